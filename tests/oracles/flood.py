"""How wide a disc still gets from outside to the protected middle, by flooding a fine grid: slow and obviously right.

Shares no code with the engine: everything that closes is painted on a grid, the distance transform says where a disc of
some diameter fits, and labels say whether the places where it fits reach from the edge of the picture to the middle.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import ndimage
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

ROUNDING = 2.9  # cells: how far a width on the grid can be from the true one (see `widest_way`)


class Flood:
    """A picture of the ground round a perimeter, painted once; ask it as often as you like."""

    def __init__(self, perimeter: Polygon, closers: Iterable[BaseGeometry], *, reach: float, cell: float, cap: float):
        """perimeter: at least 2·reach wide. closers: count only within `reach` m of its line. cap: widest way asked, m.

        cell: metres of one square of the grid.
        """
        x0, y0, x1, y1 = perimeter.bounds
        rim = reach + cap / 2 + 4 * cell  # room for the disc to go all the way round outside
        self._cell, self._cap = cell, cap
        self._x = np.arange(x0 - rim, x1 + rim + cell, cell)
        self._y = np.arange(y0 - rim, y1 + rim + cell, cell)
        line = perimeter.exterior
        inside, away = self._inside(perimeter), self._distance_to([line])
        self._middle, self._outside = inside & (away > reach), ~inside & (away > reach)
        near = line.buffer(reach)
        parts = [near.intersection(shapely.make_valid(each)) for each in closers if not each.is_empty]
        self._clear = self._distance_to(parts)
        self._to_middle, self._to_outside = (self._away(each) for each in (self._middle, self._outside))

    def widest_way(self) -> tuple[float, float]:
        """The widest disc (m, up to the cap) whose centre gets from outside the band into the middle, and the widest
        that once touches the outside and once the middle.

        The truth is between the two, but for the grid: a square's centre is up to 0.71 cells from what was painted in
        it; a way drawn through centres leaves the true one by up to 0.71 cells; both count twice in a diameter: 2.9.
        """
        return self._bisect(touching=False), self._bisect(touching=True)

    def _bisect(self, *, touching: bool) -> float:
        if self._reaches(self._cap, touching=touching):
            return self._cap
        low, high = 0.0, self._cap
        while high - low > self._cell / 10:
            width = (low + high) / 2
            low, high = (width, high) if self._reaches(width, touching=touching) else (low, width)
        return low

    def _reaches(self, width: float, *, touching: bool) -> bool:
        fits = self._clear >= max(width / 2, 1e-9)
        label, _ = ndimage.label(fits)
        begin = self._to_outside <= width / 2 if touching else self._outside
        goal = self._to_middle <= width / 2 if touching else self._middle
        return bool(np.isin(np.unique(label[fits & begin]), np.unique(label[fits & goal])).any())

    def _away(self, painted: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Metres from the centre of every square to the nearest painted one, 0 on painted ones."""
        if not painted.any():
            return np.full(painted.shape, np.inf)
        return np.asarray(ndimage.distance_transform_edt(~painted) * self._cell)

    def _distance_to(self, shapes: Iterable[BaseGeometry]) -> NDArray[np.float64]:
        painted = np.zeros((len(self._y), len(self._x)), dtype=bool)
        for shape in shapes:
            for part in shapely.get_parts(shapely.get_parts(shape)):
                if part.length == 0:
                    continue  # points and lines without length close nothing
                if part.geom_type == "Polygon":
                    painted |= self._inside(part)
                    part = part.boundary
                xy = shapely.get_coordinates(part.segmentize(self._cell / 4))
                columns = np.rint((xy[:, 0] - self._x[0]) / self._cell).astype(int)
                rows = np.rint((xy[:, 1] - self._y[0]) / self._cell).astype(int)
                painted[rows, columns] = True
        return self._away(painted)

    def _inside(self, polygon: Polygon) -> NDArray[np.bool_]:
        x0, y0, x1, y1 = polygon.bounds
        columns = np.flatnonzero((self._x >= x0) & (self._x <= x1))
        rows = np.flatnonzero((self._y >= y0) & (self._y <= y1))
        found = np.zeros((len(self._y), len(self._x)), dtype=bool)
        if len(columns) and len(rows):
            shapely.prepare(polygon)
            found[np.ix_(rows, columns)] = shapely.contains_xy(
                polygon, self._x[columns][None, :], self._y[rows][:, None]
            )
        return found
