"""What cameras see among buildings, and viewsheds, beside plain shapely and gdal_viewshed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from tests.bench import Missing
from tests.bench.city_sets import SHARED, made_up
from tests.bench.figure import Figure
from venueplanner.engine.sightlines import Lens, Surface, choose, field_of, look, obstacles_of, visible_cells

NAME = "sight"
CAMERAS = 100
REACH = 100.0
DENSITIES = (12.5, 25.0, 62.5, 125.0, 250.0)


def run() -> list[Figure]:
    """100 cameras in a real city centre and in a made-up one, a choice of posts, two viewsheds."""
    figures = []
    for name, houses, around in (("Helsinki centre", *_helsinki()), ("150,000 buildings", *_made_up())):
        figures += _cameras(name, houses, around)
    figures.append(_choice(*_helsinki()))
    return figures + _viewsheds()


def _best(work: Callable[[], object], times: int = 3) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found) * 1000.0


def _helsinki() -> tuple[NDArray[np.object_], NDArray[np.float64]]:
    """Buildings, and the surveillance cameras that OpenStreetMap has there."""
    import pyogrio

    folder = SHARED / "helsinki-centre"
    found = {path.stem.lower(): path for path in folder.rglob("*.shp")}
    houses = next((path for stem, path in found.items() if "building" in stem), None)
    points = next((path for stem, path in found.items() if "point" in stem), None)
    if houses is None or points is None:
        raise Missing("the shared city data is not beside this checkout")
    shapes = shapely.from_wkb(pyogrio.raw.read(houses, columns=[])[2])
    _, _, wkb, values = pyogrio.raw.read(points)
    cameras = np.zeros(len(wkb), dtype=bool)
    for column in values:
        if column.dtype == object:
            cameras |= np.array([str(each) == "surveillance" for each in column])
    return shapes, shapely.get_coordinates(shapely.from_wkb(wkb[cameras]))


def _made_up() -> tuple[NDArray[np.object_], NDArray[np.float64]]:
    shapes = made_up().shapes["polygon"]
    places = np.random.default_rng(1).normal((500_000, 5_500_000), 1500.0, (400, 2))
    return shapes, places


def _cameras(name: str, houses: NDArray[np.object_], places: NDArray[np.float64]) -> list[Figure]:
    table = obstacles_of(houses)
    outside = [place for place in places if not look(table, *place, 1.0, mount=1.5).stand.shut_in]
    at = np.array(outside[:CAMERAS])
    turn = np.random.default_rng(2).uniform(0, 360, len(at))
    lenses = [Lens(1920, 90.0, float(each), 4.0, 15.0, 50.0) for each in turn]

    def ours() -> list[object]:
        return [
            field_of(look(table, x, y, REACH, mount=1.5), lens, DENSITIES, 1.5)
            for (x, y), lens in zip(at, lenses, strict=True)
        ]

    def plain() -> list[object]:
        return [_plain(table.shapes, table.tree, x, y, lens) for (x, y), lens in zip(at, lenses, strict=True)]

    return [
        Figure(
            f"{len(at)} cameras, 5 bands each, {name}", _best(ours), _best(plain, 1), "ms", "shapely, shadow by shadow"
        ),
        Figure(f"table of obstacles, {name}", _best(lambda: obstacles_of(houses), 1), None, "ms"),
    ]


def _plain(houses: NDArray[np.object_], tree: shapely.STRtree, x: float, y: float, lens: Lens) -> list[object]:
    """The way a script does it: the circle less the shadow of every wall, then cut to the wedge and the bands."""
    eye = np.array([x, y])
    circle = shapely.Point(x, y).buffer(REACH, quad_segs=32)
    shadows = []
    for index in tree.query(circle, predicate="intersects"):
        for ring in shapely.get_rings(shapely.get_parts(houses[index])):
            xy = shapely.get_coordinates(ring)
            a, b = xy[:-1], xy[1:]
            far = np.stack([a, b, eye + (b - eye) * 1e3, eye + (a - eye) * 1e3], axis=1)
            shadows += [each for each in shapely.polygons(far) if each.area > 1e-6]
    seen = circle.difference(shapely.union_all(shadows))
    turns = np.radians(90.0 - lens.azimuth + np.linspace(-lens.hfov / 2, lens.hfov / 2, 31))
    wedge = shapely.Polygon([eye, *(eye + 2 * REACH * np.column_stack([np.cos(turns), np.sin(turns)]))])
    blind = shapely.Point(x, y).buffer(lens.blind(1.5))
    reaches = [lens.ground_range(each, 1.5) for each in DENSITIES]
    return [seen.intersection(wedge).intersection(shapely.Point(x, y).buffer(r)).difference(blind) for r in reaches]


def _choice(houses: NDArray[np.object_], places: NDArray[np.float64]) -> Figure:
    """Ten posts out of the candidates along a 2 km line, each metre of it to be seen."""
    table = obstacles_of(houses)
    middle = np.median(places, axis=0)
    ring = shapely.Point(middle).buffer(2000 / (2 * np.pi), quad_segs=64).exterior
    metres = ring.interpolate(np.arange(0.5, ring.length, 1.0))
    stands = [ring.interpolate(along) for along in np.arange(0.0, ring.length, 5.0)]

    def ours() -> object:
        covers = []
        for stand in stands:
            area = look(table, stand.x, stand.y, 50.0, mount=1.5).area().buffer(0.05)
            shapely.prepare(area)
            covers.append(np.flatnonzero(shapely.intersects(area, metres)))
        return choose(covers, np.ones(len(metres)), 10)

    return Figure(f"10 posts out of {len(stands)} places, 2 km, Helsinki", _best(ours), None, "ms")


def _viewsheds() -> list[Figure]:
    """A surface model of 234 x 223 cells, and the same laid out five by five."""
    import rasterio

    model = SHARED / "goteborg-dsm" / "DSM_KRbig.tif"
    if not model.exists() or shutil.which("gdal_viewshed") is None:
        raise Missing("the surface model or gdal_viewshed is not on this machine")
    figures = []
    with rasterio.open(model) as data:
        z, profile = data.read(1), dict(data.profile)
    for times in (1, 5):
        grid = np.tile(z, (times, times))
        surface = Surface(grid.astype(float), profile["transform"].c, profile["transform"].f, profile["transform"].a)
        x = surface.west + (grid.shape[1] // 2 + 0.5) * surface.cell
        y = surface.north - (grid.shape[0] // 2 + 0.5) * surface.cell
        with tempfile.TemporaryDirectory() as folder:
            source, made = Path(folder) / "z.tif", Path(folder) / "seen.tif"
            with rasterio.open(source, "w", **{**profile, "height": grid.shape[0], "width": grid.shape[1]}) as data:
                data.write(grid, 1)
            command = ["gdal_viewshed", "-q", "-ox", str(x), "-oy", str(y), "-oz", "8", "-tz", "1.7", "-md", "5000",
                       "-cc", "0", "-vv", "1", str(source), str(made)]  # fmt: skip
            theirs = _best(lambda command=command: subprocess.run(command, check=True, capture_output=True))  # type: ignore[misc]
            seen = visible_cells(surface, x, y, 8.0, 1.7, 5000.0)
            with rasterio.open(made) as data:
                alike = float((seen == (data.read(1) > 0)).mean())
        ours = _best(lambda surface=surface, x=x, y=y: visible_cells(surface, x, y, 8.0, 1.7, 5000.0))  # type: ignore[misc]
        name = f"viewshed, {grid.shape[1]} x {grid.shape[0]} cells, {100 * alike:.1f} % alike"
        figures.append(Figure(name, ours, theirs, "ms", "gdal_viewshed, whole run"))
    return figures
