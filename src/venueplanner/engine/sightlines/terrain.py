"""Sight over a surface grid: which cells an eye sees, and whether two places see each other.

`visible_cells` works outwards ring by ring: the line to a cell passes between two cells of the ring before, and the
plane through the eye and those two says from which elevation on the cell's place is seen (Wang, Robinson, White:
Generating viewsheds without using sightlines, PE&RS 66, 2000; the way gdal_viewshed works too). `sees_over` follows
one line.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from venueplanner.engine.compiled import compiled

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Surface:
    """Elevations on square cells: z (rows, columns) metres, north row first; west, north: corner; cell: metres."""

    z: Floats
    west: float
    north: float
    cell: float

    def at(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of the cell at (x, y). Raises ValueError outside the grid."""
        row, column = math.floor((self.north - y) / self.cell), math.floor((x - self.west) / self.cell)
        if not (0 <= row < self.z.shape[0] and 0 <= column < self.z.shape[1]):
            raise ValueError(f"({x:.1f}, {y:.1f}) lies outside the elevation model")
        return row, column

    def raised(self, shapes: Sequence[BaseGeometry], tops: Sequence[float]) -> Surface:
        """The surface with areas standing on it, each as high as `tops` says above the ground under its middle."""
        z = self.z.copy()
        rows, columns = z.shape
        for shape, top in zip(shapes, tops, strict=True):
            if shape.is_empty or not math.isfinite(top):
                continue
            left, low, right, high = shape.bounds
            c0, c1 = max(0, int((left - self.west) / self.cell)), min(columns, int((right - self.west) / self.cell) + 1)
            r0, r1 = max(0, int((self.north - high) / self.cell)), min(rows, int((self.north - low) / self.cell) + 1)
            if c0 >= c1 or r0 >= r1:
                continue
            x = self.west + (np.arange(c0, c1) + 0.5) * self.cell
            y = self.north - (np.arange(r0, r1) + 0.5) * self.cell
            inside = shapely.contains_xy(shape, *np.meshgrid(x, y))
            if inside.any():
                part = z[r0:r1, c0:c1]
                part[inside] = np.maximum(part[inside], float(np.median(self.z[r0:r1, c0:c1][inside])) + top)
        return Surface(z, self.west, self.north, self.cell)


@compiled
def lowest_seen(z: Floats, row: int, column: int, eye: float) -> Floats:
    """The elevation from which on each place is seen by an eye at elevation `eye` over the cell (row, column).

    The eye's own cell and its eight neighbours are always seen: their own elevation stands there.
    """
    rows, columns = z.shape
    seen = z.copy()
    over = z.copy()  # what stops the sight to the cells behind: the ground, or the lowest line that passes over it
    farthest = max(row, rows - 1 - row, column, columns - 1 - column)
    for ring in range(2, farthest + 1):
        for side in range(4):
            for along in range(-ring, ring + 1):
                if side >= 2 and (along == -ring or along == ring):
                    continue  # the corners belong to the first two sides
                if side == 0:
                    dr, dc = -ring, along
                elif side == 1:
                    dr, dc = ring, along
                elif side == 2:
                    dr, dc = along, -ring
                else:
                    dr, dc = along, ring
                r, c = row + dr, column + dc
                if r < 0 or r >= rows or c < 0 or c >= columns:
                    continue
                sr = 0 if dr == 0 else (1 if dr > 0 else -1)
                sc = 0 if dc == 0 else (1 if dc > 0 else -1)
                if side < 2:
                    minor = abs(dc)
                    straight = over[r - sr, c] if minor < ring else 0.0
                    inner = over[r - sr, c - sc]
                else:
                    minor = abs(dr)
                    straight = over[r, c - sc] if minor < ring else 0.0
                    inner = over[r - sr, c - sc]
                weight = (straight - eye) * (ring - minor) if minor < ring else 0.0
                needed = eye + (weight + (inner - eye) * minor) / (ring - 1)
                seen[r, c] = needed
                over[r, c] = max(z[r, c], needed)
    return seen


def visible_cells(surface: Surface, x: float, y: float, height: float, target: float, reach: float) -> Flags:
    """(rows, columns): which cells an eye `height` m above (x, y) sees something `target` m high on, up to `reach` m.

    Raises ValueError when (x, y) lies outside the grid.
    """
    row, column = surface.at(x, y)
    needed = lowest_seen(surface.z, row, column, float(surface.z[row, column]) + height)
    rows, columns = np.ogrid[: surface.z.shape[0], : surface.z.shape[1]]
    away = np.hypot(rows - row, columns - column) * surface.cell
    seen: Flags = (surface.z + target >= needed) & (away <= reach)
    return seen


def hidden_ground(surface: Surface, x: float, y: float, height: float, target: float, reach: float) -> BaseGeometry:
    """The cells within `reach` m that `visible_cells` says are not seen, as one area: take it from a field of view."""
    seen = visible_cells(surface, x, y, height, target, reach)
    row, column = surface.at(x, y)
    rows, columns = np.ogrid[: surface.z.shape[0], : surface.z.shape[1]]
    hidden = ~seen & (np.hypot(rows - row, columns - column) * surface.cell <= reach)
    edge = np.diff(np.pad(hidden, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    at_row, begin = np.nonzero(edge == 1)
    _, end = np.nonzero(edge == -1)
    if not len(at_row):
        return Polygon()
    west, north = surface.west + begin * surface.cell, surface.north - at_row * surface.cell
    runs = shapely.box(west, north - surface.cell, surface.west + end * surface.cell, north)
    return shapely.union_all(runs)


def sees_over(
    surface: Surface, one: tuple[float, float], other: tuple[float, float], height: float, other_height: float
) -> bool:
    """Whether two places see each other over the surface, eyes `height` and `other_height` m above it.

    The line is followed in steps of half a cell over elevations interpolated between the middles of the cells.
    """
    ends = np.array([one, other], dtype=np.float64)
    ground = _between_cells(surface, ends)
    eyes = ground + np.array([height, other_height])
    steps = max(2, math.ceil(2.0 * float(np.hypot(*(ends[1] - ends[0]))) / surface.cell))
    share = np.linspace(0.0, 1.0, steps + 1)[1:-1]
    places = ends[0] + share[:, None] * (ends[1] - ends[0])
    return bool((_between_cells(surface, places) <= eyes[0] + share * (eyes[1] - eyes[0]) + 1e-9).all())


def _between_cells(surface: Surface, places: Floats) -> Floats:
    rows, columns = surface.z.shape
    c = np.clip((places[:, 0] - surface.west) / surface.cell - 0.5, 0.0, columns - 1.0)
    r = np.clip((surface.north - places[:, 1]) / surface.cell - 0.5, 0.0, rows - 1.0)
    c0, r0 = np.minimum(c.astype(int), max(columns - 2, 0)), np.minimum(r.astype(int), max(rows - 2, 0))
    c1, r1 = np.minimum(c0 + 1, columns - 1), np.minimum(r0 + 1, rows - 1)
    u, v = c - c0, r - r0
    z = surface.z
    upper, lower = z[r0, c0] * (1 - u) + z[r0, c1] * u, z[r1, c0] * (1 - u) + z[r1, c1] * u
    answer: Floats = upper * (1 - v) + lower * v
    return answer
