"""Plans made from nothing on the command line, in the middle of Bishkek; places are metres of UTM 43N from there.

Degrees come from pyproj directly, so that a mistake in the program's own transforms would show.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyproj
import pytest
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from venueplanner.cli.main import main

EAST, NORTH = 467_000.0, 4_747_000.0
_TO_DEGREES = pyproj.Transformer.from_crs("EPSG:32643", "EPSG:4326", always_xy=True)
BUGS = ("Traceback", "this is a bug")


@dataclass(frozen=True)
class Said:
    """What a command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


def runner(capsys: pytest.CaptureFixture[str]) -> Run:
    """`run("check", plan, "--json")`: one command in this process; a bug of the program fails the test."""

    def run(*words: object) -> Said:
        capsys.readouterr()
        try:
            code = main([str(word) for word in words])
        except SystemExit as leave:
            code = int(leave.code or 0)
        said = capsys.readouterr()
        assert not any(bug in said.err + said.out for bug in BUGS), said.err
        return Said(code, said.out, said.err)

    return run


def degrees(shape: BaseGeometry) -> BaseGeometry:
    """A shape in metres from the middle as longitude and latitude."""

    def there(xy: np.ndarray) -> np.ndarray:
        return np.column_stack(_TO_DEGREES.transform(xy[:, 0] + EAST, xy[:, 1] + NORTH))

    return shapely.transform(shape, there)


def in_zone(shape: BaseGeometry) -> BaseGeometry:
    """A shape in metres from the middle as metres of UTM 43N."""
    return affinity.translate(shape, EAST, NORTH)


def row(kind: str | None, shape: BaseGeometry | None = None, **values: Any) -> dict[str, Any]:
    """One GeoJSON feature; the shape is in metres from the middle."""
    geometry = None if shape is None else shapely.geometry.mapping(degrees(shape))
    properties = values if kind is None else {"kind": kind, **values}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def geojson(path: Path, *rows: dict[str, Any]) -> Path:
    """A GeoJSON file of rows."""
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(rows)}), encoding="utf-8")
    return path


def shapefile(folder: Path, name: str, *shapes: BaseGeometry, **columns: list[Any]) -> Path:
    """A shapefile in UTM 43N as another program writes it."""
    folder.mkdir(parents=True, exist_ok=True)
    there = [in_zone(shape) for shape in shapes]
    table = geopandas.GeoDataFrame(columns or {"id": list(range(len(shapes)))}, geometry=there, crs="EPSG:32643")
    path = folder / f"{name}.shp"
    table.to_file(path, engine="pyogrio", encoding="utf-8")
    return path


SQUARE = shapely.box(0, 0, 60, 60)


def closed_but_for(gap: float) -> list[dict[str, Any]]:
    """A perimeter of 60 m square, closed by two barriers but for `gap` metres in the middle of its south side.

    The barriers are of modules as long as their lines are whole multiples of.
    """
    left, right = 30 - gap / 2, 30 + gap / 2
    round_it = shapely.LineString([(right, 0), (60, 0), (60, 60), (0, 60), (0, 0)])
    return [
        row("perimeter", SQUARE, name="Square"),
        row("barrier", round_it, name="B1", module_width=left / 24),
        row("barrier", shapely.LineString([(0, 0), (left, 0)]), name="B2", module_width=left / 24),
    ]


def dead_end(folder: Path, length: float) -> Path:
    """City data: a straight street of `length` metres from a dead end to the west side of a square, and houses."""
    street = shapely.LineString([(-length, 30), (10, 30)])
    shapefile(folder, "ulitsy", street, NAME=["Тупик Айтматова"], KLASS=["улица"])
    shapefile(
        folder,
        "zdaniya",
        shapely.box(-length - 50, 34, -0.5, 400),
        shapely.box(-length - 50, -400, -0.5, 26),
        shapely.box(-length - 60, -400, -length - 2, 400),
        shapely.box(-0.5, 61, 400, 400),
        shapely.box(-0.5, -400, 400, -1),
        shapely.box(61, -1, 400, 61),
        ETAZH=[2, 2, 2, 2, 2, 2],
    )
    return folder
