"""How wide a disc still gets to an area among obstacles, by flooding a fine grid: slow and obviously right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from scipy import ndimage
from shapely.geometry.base import BaseGeometry

EIGHT = np.ones((3, 3))


@dataclass(frozen=True)
class Widths:
    """Widest disc (m) whose middle gets into the area, and widest whose edge touches it; each within `bound` metres."""

    entering: float
    touching: float
    bound: float


def widest_disc(
    obstacles: Sequence[BaseGeometry], area: BaseGeometry, *, box: tuple[float, float, float, float], step: float
) -> Widths:
    """Both widths among obstacles inside `box`, coming from its border. Widths beyond the room left at the border are
    not told apart.

    A path of the middle is at most √2/2 steps from a cell's centre, and clearance changes by no more than the way
    moved, so a width is found within √2 steps.
    """
    x0, y0, x1, y1 = box
    x, y = np.meshgrid(np.arange(x0, x1 + step / 2, step), np.arange(y0, y1 + step / 2, step))
    cells = shapely.points(x, y)
    free = np.full(x.shape, np.inf)
    standing = [each for each in obstacles if not each.is_empty]
    for each in standing:
        free = np.minimum(free, shapely.distance(cells, each))
    away = shapely.distance(cells, area)
    border = np.zeros(x.shape, dtype=bool)
    border[0], border[-1], border[:, 0], border[:, -1] = True, True, True, True

    def reached(width: float, touch: bool) -> bool:
        # a cell is passable with no clearance at all only where nothing stands
        label, _ = ndimage.label((free >= width / 2) & (free > 0), EIGHT)
        out = np.unique(label[border & (label > 0)])
        # a disc that touches an obstacle and the area at one point lies between cells: half a diagonal more
        near = away <= (width / 2 + step / np.sqrt(2) if touch else 0.0)
        return bool(np.isin(label[near], out).any())

    return Widths(*(_bisect(reached, touch, step) for touch in (False, True)), np.sqrt(2) * step)


def _bisect(reached, touch: bool, step: float) -> float:
    low, high = 0.0, 30.0
    if not reached(0.0, touch):
        return 0.0
    while high - low > step / 20:
        middle = (low + high) / 2
        low, high = (middle, high) if reached(middle, touch) else (low, middle)
    return low
