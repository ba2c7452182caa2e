"""Open ground: obstacles in a grid, and how far a vehicle of some width drives straight among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from venueplanner.engine.compiled import compiled
from venueplanner.engine.streets.network import Flags, Floats, Ints


class Grid(NamedTuple):
    """Edges of obstacles, sorted into square cells. S edges; cell (i, j) is number j·columns + i."""

    low_x: float  # corner of the grid
    low_y: float
    cell: float
    columns: int
    rows: int
    segment: Floats  # (S, 4) x1, y1, x2, y2
    thin: Flags  # (S,) stops the middle of the vehicle only (the perimeter itself), not its sides
    ptr: Ints
    member: Ints


TOUCH = 1e-6  # metres: what only just touches the strip is not in the way, however coordinates are rounded


@dataclass(frozen=True, eq=False)
class Ground:
    """What stands on open ground: the edges in a grid, and an index of the obstacles that have an inside."""

    grid: Grid
    solid: Any  # STRtree

    def inside(self, xy: Floats) -> Flags:
        """Which points stand inside an obstacle."""
        found = np.zeros(len(xy), dtype=bool)
        hit, _ = self.solid.query(shapely.points(xy), predicate="within")
        found[hit] = True
        return found


def open_ground(
    obstacles: Sequence[BaseGeometry] | NDArray[Any],
    box: tuple[float, float, float, float],
    *,
    vehicle_width: float,
    thin: BaseGeometry | None = None,
    cell: float = 8.0,
) -> Ground:
    """Sort the edges of obstacles that meet a box (x1, y1, x2, y2) into a grid.

    obstacles: polygons, lines or points no vehicle drives through. thin: lines that only stop the vehicle's middle.
    cell: metres; changes the time needed, never an answer.
    """
    shapes = np.asarray(obstacles, dtype=object)
    shapes = shapes[~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)] if len(shapes) else shapes
    if len(shapes):
        b = shapely.bounds(shapes)
        shapes = shapes[(b[:, 0] <= box[2]) & (b[:, 2] >= box[0]) & (b[:, 1] <= box[3]) & (b[:, 3] >= box[1])]
    segment = _edges(shapes)
    edge = _edges(np.asarray([thin], dtype=object)) if thin is not None else np.zeros((0, 4))
    flag = np.concatenate([np.zeros(len(segment), dtype=bool), np.ones(len(edge), dtype=bool)])
    segment = np.concatenate([segment, edge])
    low_x, low_y = float(box[0]), float(box[1])
    columns, rows = (max(1, int(np.ceil(side / cell))) for side in (box[2] - box[0], box[3] - box[1]))
    ptr, member = _sorted(segment, low_x, low_y, cell, columns, rows, vehicle_width / 2)
    areas = shapes[shapely.get_dimensions(shapes) == 2] if len(shapes) else shapes
    grid = Grid(low_x, low_y, cell, columns, rows, segment, flag, ptr, member)
    return Ground(grid, shapely.STRtree(list(areas)))


def _edges(shapes: NDArray[Any]) -> Floats:
    """Straight edges of all shapes, (S, 4); a point is an edge without length."""
    if not len(shapes):
        return np.zeros((0, 4))
    parts = shapely.get_parts(shapes)
    rings = shapely.get_rings(parts[shapely.get_dimensions(parts) == 2])
    paths = np.concatenate([rings, parts[shapely.get_dimensions(parts) < 2]])
    xy, owner = shapely.get_coordinates(paths, return_index=True)
    if not len(xy):
        return np.zeros((0, 4))
    same = owner[1:] == owner[:-1]
    single = np.bincount(owner, minlength=len(paths))[owner] == 1
    return np.concatenate(
        [np.concatenate([xy[:-1][same], xy[1:][same]], axis=1), np.concatenate([xy[single], xy[single]], axis=1)]
    )


@compiled
def _sorted(
    segment: Floats, low_x: float, low_y: float, cell: float, columns: int, rows: int, margin: float
) -> tuple[Ints, Ints]:
    """Which edges come within `margin` of each cell."""
    count = np.zeros(columns * rows + 1, dtype=np.int64)
    member = np.empty(0, dtype=np.int64)
    reach = cell * 0.7072 + margin
    for fill in range(2):
        if fill:
            count = np.cumsum(count)
            member = np.empty(count[-1], dtype=np.int64)
            at = count[:-1].copy()
        for s in range(len(segment)):
            x1, y1, x2, y2 = segment[s, 0], segment[s, 1], segment[s, 2], segment[s, 3]
            dx, dy = x2 - x1, y2 - y1
            size2 = dx * dx + dy * dy
            i1 = max(0, int((min(x1, x2) - margin - low_x) // cell))
            i2 = min(columns - 1, int((max(x1, x2) + margin - low_x) // cell))
            j1 = max(0, int((min(y1, y2) - margin - low_y) // cell))
            j2 = min(rows - 1, int((max(y1, y2) + margin - low_y) // cell))
            for j in range(j1, j2 + 1):
                for i in range(i1, i2 + 1):
                    px, py = low_x + (i + 0.5) * cell - x1, low_y + (j + 0.5) * cell - y1
                    t = 0.0 if size2 == 0.0 else min(1.0, max(0.0, (px * dx + py * dy) / size2))
                    if (px - t * dx) ** 2 + (py - t * dy) ** 2 <= reach * reach:
                        if fill:
                            member[at[j * columns + i]] = s
                            at[j * columns + i] += 1
                        else:
                            count[j * columns + i + 1] += 1
    return count, member


@compiled
def _met(ax: float, ay: float, bx: float, by: float, dx: float, dy: float, side: float) -> float:
    """Distance along a strip from the origin towards (dx, dy) at which the edge a-b enters it; infinite if never."""
    n1, n2 = dx * ay - dy * ax, dx * by - dy * bx
    if (n1 > side and n2 > side) or (n1 < -side and n2 < -side):
        return np.inf
    t1, t2 = dx * ax + dy * ay, dx * bx + dy * by
    if n1 != n2:  # keep only the part of the edge inside the strip
        slope = (t2 - t1) / (n2 - n1)
        u1 = t1 + slope * (min(side, max(-side, n1)) - n1)
        t2 = t1 + slope * (min(side, max(-side, n2)) - n1)
        t1 = u1
    if max(t1, t2) < 0.0:
        return np.inf
    return max(0.0, min(t1, t2))


@compiled
def free_run(x: float, y: float, dx: float, dy: float, reach: float, half: float, grid: Grid) -> float:
    """How far from (x, y) along the unit vector (dx, dy) a strip of width 2·half is clear of obstacles, up to `reach`.

    The strip is judged exactly, not by sample rays: the first place where any edge enters it ends the run.
    """
    low_x, low_y, cell, columns, rows, segment, thin, ptr, member = grid
    i, j = int((x - low_x) // cell), int((y - low_y) // cell)
    step_i, step_j = (1 if dx > 0 else -1), (1 if dy > 0 else -1)
    next_x = (low_x + (i + (1 if dx > 0 else 0)) * cell - x) / dx if dx != 0.0 else np.inf
    next_y = (low_y + (j + (1 if dy > 0 else 0)) * cell - y) / dy if dy != 0.0 else np.inf
    add_x = cell / abs(dx) if dx != 0.0 else np.inf
    add_y = cell / abs(dy) if dy != 0.0 else np.inf
    best = reach
    entered = 0.0
    while entered < best and 0 <= i < columns and 0 <= j < rows:
        c = j * columns + i
        for m in range(ptr[c], ptr[c + 1]):
            s = member[m]
            side = TOUCH if thin[s] else half - TOUCH
            best = min(
                best,
                _met(segment[s, 0] - x, segment[s, 1] - y, segment[s, 2] - x, segment[s, 3] - y, dx, dy, side),
            )
        if next_x < next_y:
            entered = next_x
            next_x += add_x
            i += step_i
        else:
            entered = next_y
            next_y += add_y
            j += step_j
    return best
