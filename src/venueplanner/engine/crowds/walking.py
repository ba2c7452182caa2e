"""Walking distances over free cells, and the way a person takes.

Steps lead to sixteen neighbours (one cell on, slanting, and the leap of a chess knight), never through a filled cell or
between two that meet at a corner. Bound: a way is at most 2.8 % longer than the shortest one over the same free ground
(the knight's leaps leave no direction more than 13.3° from a step), and a corner may be cut by half a cell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import LineString

from venueplanner.engine.compiled import compiled

from .ground import Bools, Walkable

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
RIM = 2  # cells of the frame: the longest reach of a step
BUCKETS = 4  # more than the longest step, √5 cells: all that waits fits in a ring of as many buckets


@dataclass(frozen=True, eq=False)
class Distances:
    """Metres from every cell to the nearest of the goals (rows, columns), infinite where there is no way."""

    ground: Walkable
    metres: Floats
    onward: Ints  # the number of the next cell towards the goal, -1 at a goal and where there is no way

    def way(self, row: int, column: int) -> LineString:
        """The way from a cell to its goal, pulled straight where nothing stands between; empty without a way."""
        ground = self.ground
        columns = ground.shape[1]
        cells = [row * columns + column]
        if not np.isfinite(self.metres[row, column]):
            return LineString()
        while (after := int(self.onward.flat[cells[-1]])) >= 0:
            cells.append(after)
        places = np.array([divmod(each, columns) for each in cells], dtype=np.int64)
        kept = places[_straight(ground.free, places)]
        xy = [ground.middle(int(r), int(c)) for r, c in kept]
        return LineString(xy if len(xy) > 1 else [xy[0], xy[0]])


def distances(ground: Walkable, goals: Bools) -> Distances:
    """Walking distances to the goals (cells; those that are not free do not count).

    >>> free = np.ones((1, 4), dtype=bool)
    >>> goals = np.zeros((1, 4), dtype=bool)
    >>> goals[0, 0] = True
    >>> distances(Walkable(free, 0.0, 0.0, 0.5), goals).metres.tolist()
    [[0.0, 0.5, 1.0, 1.5]]
    """
    rows, columns = ground.shape
    wide = columns + 2 * RIM
    framed = np.pad(ground.free, RIM).ravel()
    on, one, other, length = _steps(wide)
    metres, onward = _spread(framed, np.flatnonzero(np.pad(goals & ground.free, RIM)), on, one, other, length)
    inner = np.s_[RIM : RIM + rows, RIM : RIM + columns]
    after = onward.reshape(-1, wide)[inner]
    row, column = np.divmod(after, wide)
    number = np.where(after >= 0, (row - RIM) * columns + column - RIM, -1)
    return Distances(ground, metres.reshape(-1, wide)[inner] * ground.cell, number)


def _steps(wide: int) -> tuple[Ints, Ints, Ints, Floats]:
    """The sixteen steps in a framed grid of rows `wide` cells long: how far on in numbers, which two cells must be
    free as well, and the length in cells. A straight step names its own end.
    """
    found = []
    for dr in range(-2, 3):
        for dc in range(-2, 3):
            near = max(abs(dr), abs(dc))
            if near == 0 or (near == 2 and abs(dr) + abs(dc) != 3):
                continue
            if dr == 0 or dc == 0:
                between = ((dr, dc), (dr, dc))
            elif near == 1:
                between = ((dr, 0), (0, dc))
            elif abs(dr) == 2:
                between = ((dr // 2, 0), (dr // 2, dc))
            else:
                between = ((0, dc // 2), (dr, dc // 2))
            found.append((dr * wide + dc, *(r * wide + c for r, c in between), np.hypot(dr, dc)))
    on, one, other, length = (np.array(each) for each in zip(*found, strict=True))
    return on.astype(np.int64), one.astype(np.int64), other.astype(np.int64), length.astype(np.float64)


@compiled
def _spread(free: Bools, goals: Ints, on: Ints, one: Ints, other: Ints, length: Floats) -> tuple[Floats, Ints]:
    """Dial's buckets: one cell wide, which is the shortest step, so a cell is settled when its bucket's turn comes.

    free (n,): a grid row by row with a frame of cells that are not free, so that no step leads out of it.
    """
    metres, onward = np.full(len(free), np.inf), np.full(len(free), -1, dtype=np.int64)
    done = np.zeros(len(free), dtype=np.bool_)
    head = np.full(BUCKETS, -1, dtype=np.int64)
    cells = np.empty(len(goals) + 4096, dtype=np.int64)
    after = np.empty_like(cells)
    used = 0
    for goal in goals:
        metres[goal] = 0.0
        cells[used], after[used] = goal, head[0]
        head[0] = used
        used += 1
    turn, waiting = 0, used
    while waiting > 0:
        slot = turn % BUCKETS
        while head[slot] >= 0:
            entry = head[slot]
            head[slot] = after[entry]
            waiting -= 1
            cell = cells[entry]
            if done[cell]:
                continue
            done[cell] = True
            here = metres[cell]
            for k in range(len(on)):
                there = here + length[k]
                target = cell + on[k]
                if there < metres[target] and free[target] and free[cell + one[k]] and free[cell + other[k]]:
                    metres[target] = there
                    onward[target] = cell
                    if used == len(cells):
                        cells, after = np.concatenate((cells, cells)), np.concatenate((after, after))
                    bucket = int(there) % BUCKETS
                    cells[used], after[used] = target, head[bucket]
                    head[bucket] = used
                    used += 1
                    waiting += 1
        turn += 1
    return metres, onward


@compiled
def _straight(free: Bools, places: Ints) -> Ints:
    """Which places of a way are its corners when it is pulled straight over free cells."""
    kept = [0]
    at, n = 0, len(places)
    while at < n - 1:
        best = at + 1
        for ahead in range(at + 2, n):
            if not _sees(free, places[at], places[ahead]):
                break
            best = ahead
        kept.append(best)
        at = best
    return np.array(kept, dtype=np.int64)


@compiled
def _sees(free: Bools, one: Ints, other: Ints) -> bool:
    dr, dc = float(other[0] - one[0]), float(other[1] - one[1])
    steps = int(4 * max(abs(dr), abs(dc))) + 1
    for k in range(steps + 1):
        if not free[int(np.floor(one[0] + dr * k / steps + 0.5)), int(np.floor(one[1] + dc * k / steps + 0.5))]:
            return False
    return True
