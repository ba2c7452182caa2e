"""People in groups: squares of an area whose people walk alike, each as far as the farthest of its cells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from .ground import Walkable
from .walking import Distances

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def groups(
    ground: Walkable, areas: Sequence[tuple[BaseGeometry, float]], fields: Sequence[Distances], about: int
) -> tuple[Floats, Ints, Floats]:
    """People (g,), the cell with farthest to go to all exits (g, 2) and metres to each exit (g, e) of about `about`
    squares of the areas (shape, people), people standing evenly on the free cells.

    No square reaches across something solid. Its metres are those of its farthest cell, so that nobody walks farther.
    """
    from scipy import ndimage  # here, so that a window starts without it

    label, _ = ndimage.label(ground.free)
    inside = [np.nonzero(ground.cells_of(shape) & ground.free) for shape, _ in areas]
    side = max(1, int(np.ceil(np.sqrt(sum(len(rows) for rows, _ in inside) / about))))
    people: list[float] = []
    cells: list[tuple[int, int]] = []
    walks: list[Floats] = []
    for (rows, columns), (_, number) in zip(inside, areas, strict=True):
        if not len(rows) or number <= 0:
            continue
        metres = np.empty((len(rows), len(fields)))
        for exit_, each in enumerate(fields):
            metres[:, exit_] = each.metres[rows, columns]
        keys = np.column_stack([rows // side, columns // side, label[rows, columns]])
        _, square = np.unique(keys, axis=0, return_inverse=True)
        square = square.ravel()
        for each_square in range(int(square.max()) + 1):
            mine = np.flatnonzero(square == each_square)
            reachable = np.where(np.isfinite(metres[mine]), metres[mine], 0.0)
            worst = mine[int(np.argmax(reachable.sum(axis=1)))]
            people.append(number * len(mine) / len(rows))
            cells.append((int(rows[worst]), int(columns[worst])))
            walks.append(metres[mine].max(axis=0))
    walk = np.array(walks).reshape(len(people), len(fields))
    return np.array(people), np.array(cells, dtype=np.int64).reshape(-1, 2), walk
