"""Heights of the ground on a grid: mixed between the middles of four cells; what is not known stays unknown."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .compiled import compiled

Floats = NDArray[np.float64]


class Relief(NamedTuple):
    """Heights on square cells: z (rows, columns) m, north row first, nan unknown; west, north: corner; cell: m."""

    z: Floats
    west: float
    north: float
    cell: float

    @property
    def known(self) -> bool:
        """Whether there is any height at all."""
        return bool(self.z.size)


LEVEL = Relief(np.zeros((0, 0)), 0.0, 0.0, 1.0)  # nothing known: everything counts as level


@compiled
def height_at(x: float, y: float, relief: Relief) -> float:
    """Height at a place, bilinear between the middles of cells; nan outside the grid and beside an unknown cell."""
    z, west, north, cell = relief
    rows, columns = z.shape
    c, r = (x - west) / cell, (north - y) / cell
    if rows == 0 or not (0.0 <= c <= columns and 0.0 <= r <= rows):
        return np.nan
    c, r = min(max(c - 0.5, 0.0), columns - 1.0), min(max(r - 0.5, 0.0), rows - 1.0)
    c0, r0 = int(c), int(r)
    u, v = c - c0, r - r0
    total = 0.0
    for dr in range(2):
        for dc in range(2):
            weight = (u if dc else 1.0 - u) * (v if dr else 1.0 - v)
            if weight > 0.0:
                total += weight * z[r0 + dr, c0 + dc]
    return float(total)


@compiled
def heights_at(xy: Floats, relief: Relief) -> Floats:
    """`height_at` for (n, 2) places.

    >>> hill = Relief(np.array([[10.0, 20.0], [10.0, 20.0]]), 0.0, 200.0, 100.0)
    >>> heights_at(np.array([[50.0, 100.0], [100.0, 100.0], [300.0, 100.0]]), hill).tolist()
    [10.0, 15.0, nan]
    """
    found = np.empty(len(xy))
    for n in range(len(xy)):
        found[n] = height_at(xy[n, 0], xy[n, 1], relief)
    return found


def window(z: NDArray[np.floating], west: float, north: float, cell: float, box: tuple[float, ...]) -> Relief:
    """The part of a grid that covers a box (x1, y1, x2, y2), with one cell to spare; `LEVEL` where they do not meet."""
    rows, columns = z.shape
    c0, c1 = max(0, int((box[0] - west) // cell) - 1), min(columns, int((box[2] - west) // cell) + 3)
    r0, r1 = max(0, int((north - box[3]) // cell) - 1), min(rows, int((north - box[1]) // cell) + 3)
    if c0 >= c1 or r0 >= r1:
        return LEVEL
    part = np.ascontiguousarray(z[r0:r1, c0:c1], dtype=np.float64)
    return Relief(part, float(west + c0 * cell), float(north - r0 * cell), float(cell))
