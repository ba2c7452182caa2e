"""A sheet: which piece of ground lies where on the device, and how large a pixel of 1/96 inch is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPolygonF
from shapely.geometry.base import BaseGeometry

Points = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Sheet:
    """`(x, y)` metres in the middle of a frame of `width` × `height` device units; `per_unit` metres to one unit.

    `left`, `top` is the frame's corner on the device; `pixel` is 1/96 inch in device units (1 on screen, and on a page
    whose painter is scaled to 96 units an inch).
    """

    x: float
    y: float
    per_unit: float
    width: float
    height: float
    left: float = 0.0
    top: float = 0.0
    pixel: float = 1.0

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """The ground shown: min x, min y, max x, max y in metres."""
        half_x, half_y = self.width / 2 * self.per_unit, self.height / 2 * self.per_unit
        return self.x - half_x, self.y - half_y, self.x + half_x, self.y + half_y

    @property
    def metres_per_pixel(self) -> float:
        """Metres to 1/96 inch."""
        return self.per_unit * self.pixel

    @property
    def scale(self) -> float:
        """The scale's denominator: 2500 for 1 : 2 500."""
        return self.metres_per_pixel * 96 / 0.0254

    def to_device(self, points: Any) -> Points:
        """Ground points (n, 2) in metres as device points (n, 2)."""
        xy = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        out = np.empty_like(xy)
        out[:, 0] = self.left + self.width / 2 + (xy[:, 0] - self.x) / self.per_unit
        out[:, 1] = self.top + self.height / 2 - (xy[:, 1] - self.y) / self.per_unit
        return out

    def to_ground(self, x: float, y: float) -> tuple[float, float]:
        """A device point as ground metres."""
        east = self.x + (x - self.left - self.width / 2) * self.per_unit
        return east, self.y - (y - self.top - self.height / 2) * self.per_unit

    def point(self, x: float, y: float) -> QPointF:
        """One ground point on the device."""
        across, down = self.to_device([(x, y)])[0]
        return QPointF(float(across), float(down))

    def path(self, shape: BaseGeometry | None) -> QPainterPath:
        """The outline of a line or polygon geometry on the device (odd-even filled)."""
        path = QPainterPath()
        if shape is None or shape.is_empty:
            return path
        for part in shapely.get_parts(shape):
            if part.geom_type == "Polygon":
                for ring in (part.exterior, *part.interiors):
                    path.addPolygon(self._polygon(ring))
                    path.closeSubpath()
            elif part.geom_type in ("LineString", "LinearRing"):
                path.addPolygon(self._polygon(part))
            elif part.geom_type == "GeometryCollection":
                path.addPath(self.path(part))
        return path

    def _polygon(self, line: Any) -> QPolygonF:
        return QPolygonF([QPointF(x, y) for x, y in self.to_device(shapely.get_coordinates(line)).tolist()])


def fit(bounds: tuple[float, float, float, float], width: float, height: float, margin: float = 1.1) -> Sheet:
    """A sheet of `width` × `height` pixels that shows `bounds` with a margin."""
    across, up = max(bounds[2] - bounds[0], 20.0), max(bounds[3] - bounds[1], 20.0)
    per_unit = margin * max(across / width, up / height)
    return Sheet((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2, per_unit, width, height)
