"""The largest city sets at hand, and a made-up city, as shapes and as GeoPackages that another program can open too."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from tests.bench import Missing

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@dataclass(frozen=True)
class CitySet:
    """Shapes of one city by family, bottom first, in a metric system."""

    name: str
    epsg: int
    shapes: dict[str, NDArray[Any]]

    def write(self, folder: Path) -> dict[str, Path]:
        """One GeoPackage a family, with a spatial index."""
        import pyogrio

        written = {}
        for family, shapes in self.shapes.items():
            written[family] = folder / f"{self.name}-{family}.gpkg"
            pyogrio.raw.write(
                written[family],
                shapely.to_wkb(shapes),
                [np.arange(len(shapes))],
                ["row"],
                geometry_type="Unknown",
                crs=f"EPSG:{self.epsg}",
                layer=family,
            )
        return written


def vologda() -> CitySet:
    """25,324 buildings and 1,901 roads of Vologda (OpenStreetMap), in SK-42 zone 7."""
    import pyogrio

    folder = SHARED / "vologda-ru" / "municipal_sk42_cp1251"
    found = {}
    for family, name in (("line", "dorogi"), ("polygon", "zdaniya")):
        if not (folder / f"{name}.shp").exists():
            raise Missing("the shared city data is not beside this checkout")
        _, _, wkb, _ = pyogrio.raw.read(folder / f"{name}.shp", columns=[], encoding="cp1251")
        shapes = shapely.from_wkb(wkb)
        found[family] = shapes[~shapely.is_missing(shapes)]
    return CitySet("vologda", 28407, found)


def porto() -> CitySet:
    """Every way with a highway tag of Porto (OpenStreetMap), in UTM zone 29."""
    import osmium
    import pyproj

    path = SHARED / "scale" / "osm-extracts" / "porto_portugal.osm.pbf"
    if not path.exists():
        raise Missing("the shared city data is not beside this checkout")
    at: list[tuple[float, float]] = []
    way: list[int] = []
    ways = 0
    for entity in osmium.FileProcessor(str(path)).with_locations():
        if not entity.is_way() or "highway" not in entity.tags:
            continue
        known = [(n.location.lon, n.location.lat) for n in entity.nodes if n.location.valid()]
        if len(known) > 1:
            at += known
            way += [ways] * len(known)
            ways += 1
    lon, lat = np.array(at).T
    x, y = pyproj.Transformer.from_crs(4326, 32629, always_xy=True).transform(lon, lat)
    return CitySet("porto", 32629, {"line": shapely.linestrings(np.column_stack([x, y]), indices=np.array(way))})


def made_up(buildings: int = 150_000, seed: int = 3) -> CitySet:
    """A city of blocks 24 km across: buildings of 4 to 30 corners, denser towards the middle."""
    rng = np.random.default_rng(seed)
    centre = np.concatenate(
        [rng.normal(0, 4000, (buildings // 2, 2)), rng.uniform(-12000, 12000, (buildings - buildings // 2, 2))]
    )
    corners = rng.integers(4, 31, buildings)
    corners[rng.random(buildings) < 0.6] = 4
    ring = np.repeat(np.arange(buildings), corners)
    step = np.arange(len(ring)) - np.repeat(np.cumsum(corners) - corners, corners)
    turn = 2 * np.pi * (step + 0.5) / corners[ring]
    size = rng.lognormal(2.2, 0.5, (buildings, 2))[ring] * rng.uniform(0.8, 1.0, len(ring))[:, None]
    tilt = rng.uniform(0, np.pi, buildings)[ring]
    u, v = size[:, 0] * np.cos(turn), size[:, 1] * np.sin(turn)
    x = 500_000 + centre[ring, 0] + u * np.cos(tilt) - v * np.sin(tilt)
    y = 5_500_000 + centre[ring, 1] + u * np.sin(tilt) + v * np.cos(tilt)
    shapes = shapely.polygons(shapely.linearrings(np.column_stack([x, y]), indices=ring))
    return CitySet("made-up", 25832, {"polygon": shapes})
