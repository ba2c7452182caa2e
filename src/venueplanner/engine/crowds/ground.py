"""Ground that can be walked on, as cells: what stands in the way is filled in, everything else is free.

Only for distances and areas; how wide a way is comes from the outlines themselves (`narrow_places`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from venueplanner.engine.compiled import compiled

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Walkable:
    """Cells of `cell` metres, (rows, columns) from the lower left corner `west`, `south`; `free` where people walk."""

    free: Bools
    west: float
    south: float
    cell: float

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = self.free.shape
        return rows, columns

    def cells_of(self, shape: BaseGeometry) -> Bools:
        """Which cells have their middle in a polygon; of a line or point those within a cell of it."""
        flat = shape.buffer(self.cell) if shape.area == 0 else shape
        return covered([flat], self.west, self.south, self.cell, self.shape)

    def middle(self, row: int, column: int) -> tuple[float, float]:
        """The middle of a cell, metres."""
        return self.west + (column + 0.5) * self.cell, self.south + (row + 0.5) * self.cell

    def area_of(self, cells: Bools) -> BaseGeometry:
        """The ground of some cells as one shape: runs of cells in each row, joined."""
        edge = np.diff(np.pad(cells.astype(np.int8), ((0, 0), (1, 1))), axis=1)
        rows, first = np.nonzero(edge == 1)
        last = np.nonzero(edge == -1)[1]
        if not len(rows):
            return shapely.Polygon()
        low = self.south + rows * self.cell
        return shapely.union_all(
            shapely.box(self.west + first * self.cell, low, self.west + last * self.cell, low + self.cell)
        )


def walkable(
    box: Sequence[float], obstacles: Iterable[BaseGeometry], openings: Iterable[BaseGeometry] = (), *,
    cell: float, most: int,
) -> Walkable:  # fmt: skip
    """Free cells of a box (west, south, east, north; metres) among obstacles.

    cell: metres, made larger when there were more than `most` cells. Lines and thin things are taken for at least one
    cell wide, so that nobody steps through a fence; a way narrower than a cell may therefore be closed. `openings` are
    free again whatever was filled in before.
    """
    west, south, east, north = box
    size = max(cell, float(np.sqrt(max((east - west) * (north - south), 0.0) / most)))
    shape = max(1, int(np.ceil((north - south) / size))), max(1, int(np.ceil((east - west) / size)))
    window = (west - size, south - size, west + (shape[1] + 1) * size, south + (shape[0] + 1) * size)
    several = [thick(each, size) for each in obstacles if not each.is_empty]
    filled = covered([shapely.clip_by_rect(each, *window) for each in several], west, south, size, shape)
    free = ~filled | covered(list(openings), west, south, size, shape)
    return Walkable(free, west, south, size)


def thick(shape: BaseGeometry, cell: float) -> BaseGeometry:
    """A shape that no step between neighbouring cells leaps over: at least one cell wide."""
    width = 2.0 * shape.area / shape.length if shape.length > 0 else 0.0
    return shape if width >= cell else shape.buffer(max(cell - width, 0.0) / 2.0 + 1e-6, quad_segs=4)


def covered(shapes: Sequence[BaseGeometry], west: float, south: float, cell: float, size: tuple[int, int]) -> Bools:
    """Cells (rows, columns) whose middle lies in one of the polygons; a middle on an edge counts on one side of it.

    >>> covered([shapely.box(0, 0, 2, 1)], 0.0, 0.0, 1.0, (2, 3)).astype(int).tolist()
    [[1, 1, 0], [0, 0, 0]]
    """
    found = np.zeros(size, dtype=np.bool_)
    parts = shapely.get_parts(np.array([each for each in shapes if not each.is_empty], dtype=object))
    parts = parts[shapely.get_type_id(parts) == 3]
    if not len(parts):
        return found
    rings, owner = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    grid = (xy - (west, south)) / cell - 0.5  # in cells, the middle of cell (0, 0) at the origin
    here = ring[1:] == ring[:-1]
    first, second = grid[:-1][here], grid[1:][here]
    part = owner[ring[:-1][here]].astype(np.int64)
    start = np.searchsorted(part, np.arange(len(parts) + 1)).astype(np.int64)
    _fill(first, second, start, found)
    return found


@compiled
def _fill(first: Floats, second: Floats, start: Ints, found: Bools) -> None:
    rows, columns = found.shape
    parity = np.zeros((rows, columns + 1), dtype=np.bool_)
    for part in range(len(start) - 1):
        low, high, left = rows, -1, columns
        for edge in range(start[part], start[part + 1]):
            x0, y0, x1, y1 = first[edge, 0], first[edge, 1], second[edge, 0], second[edge, 1]
            if y0 == y1:
                continue
            if y0 > y1:
                x0, y0, x1, y1 = x1, y1, x0, y0
            begin, end = max(int(np.ceil(y0)), 0), min(int(np.ceil(y1)), rows)  # rows with y0 <= row < y1
            for row in range(begin, end):
                x = x0 + (row - y0) / (y1 - y0) * (x1 - x0)
                column = min(max(int(np.ceil(x)), 0), columns)
                parity[row, column] = not parity[row, column]
                low, high, left = min(low, row), max(high, row), min(left, column)
        for row in range(low, high + 1):
            inside = False
            for column in range(left, columns):
                if parity[row, column]:
                    inside = not inside
                    parity[row, column] = False
                if inside:
                    found[row, column] = True
            parity[row, columns] = False
