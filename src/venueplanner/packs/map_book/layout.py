"""Where things lie on a page, and which detail sheets a plan needs. Lengths in 1/96 inch unless they say otherwise."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from PySide6.QtCore import QRectF
from shapely.geometry.base import BaseGeometry

from venueplanner.packs.drawing.sheet import Sheet

MM = 96 / 25.4
PAPER = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}
MARGIN = 9 * MM
BAND = 27 * MM  # height of the cartouche under a map
OVERLAP = 0.10
Box = tuple[float, float, float, float]
Placed = tuple[str, float, float]


@dataclass(frozen=True)
class Page:
    """A page: paper, size in 1/96 inch, and the frames of map and cartouche."""

    paper: str
    landscape: bool

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        short, long = PAPER[self.paper]
        return (long, short) if self.landscape else (short, long)

    @property
    def width(self) -> float:
        """Width in 1/96 inch."""
        return self.size_mm[0] * MM

    @property
    def height(self) -> float:
        """Height in 1/96 inch."""
        return self.size_mm[1] * MM

    @property
    def body(self) -> QRectF:
        """Everything inside the margins."""
        return QRectF(MARGIN, MARGIN, self.width - 2 * MARGIN, self.height - 2 * MARGIN)

    @property
    def map_frame(self) -> QRectF:
        """The map of a detail sheet, above the cartouche, with room for grid figures."""
        body = self.body
        room = 5 * MM
        return QRectF(body.left() + room, body.top() + room, body.width() - 2 * room, body.height() - BAND - 2 * room)

    @property
    def band(self) -> QRectF:
        """The cartouche."""
        body = self.body
        return QRectF(body.left(), body.bottom() - BAND, body.width(), BAND)


@dataclass(frozen=True)
class DetailSheet:
    """One detail sheet: its label (A1 …) and the ground it shows."""

    label: str
    bounds: Box

    def side_of(self, other: DetailSheet) -> tuple[int, int]:
        """On which side another sheet of this size goes on: (1, 0) east, (0, 1) north …; (0, 0) when on none.

        A sheet goes on beyond an edge when it begins before the edge and lies mostly beside it, not across a corner.
        """
        (x0, y0, x1, y1), (u0, v0, u1, v1) = self.bounds, other.bounds
        east, north = ((u0 + u1) - (x0 + x1)) / 2 / (x1 - x0), ((v0 + v1) - (y0 + y1)) / 2 / (y1 - y0)
        if 0.5 <= abs(east) <= 1 and abs(north) < 0.5:
            return (1 if east > 0 else -1), 0
        if 0.5 <= abs(north) <= 1 and abs(east) < 0.5:
            return 0, (1 if north > 0 else -1)
        return 0, 0

    def on(self, frame: QRectF) -> Sheet:
        """The sheet drawn into a frame."""
        x0, y0, x1, y1 = self.bounds
        per_unit = max((x1 - x0) / frame.width(), (y1 - y0) / frame.height())
        return Sheet(
            (x0 + x1) / 2, (y0 + y1) / 2, per_unit, frame.width(), frame.height(), left=frame.left(), top=frame.top()
        )


def ground_of(page: Page, scale: float) -> tuple[float, float]:
    """Width and height in metres that the map frame of a page shows at 1 : scale."""
    frame = page.map_frame
    return frame.width() / MM / 1000 * scale, frame.height() / MM / 1000 * scale


def sheets_for(
    page: Page, bounds: Box, scale: float, shapes: Sequence[BaseGeometry], placed: Sequence[Placed] = ()
) -> list[DetailSheet]:
    """Detail sheets at 1 : scale that cover `bounds` with 10 % overlap; those with nothing of the plan are left out.

    `placed` (label, x, y): these sheets and no others, where the planner put their frames.
    """
    wide, high = ground_of(page, scale)
    if placed:
        return [DetailSheet(label, (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)) for label, x, y in placed]
    columns, rows = _count(bounds[2] - bounds[0], wide), _count(bounds[3] - bounds[1], high)
    middle_x, middle_y = (bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2
    step_x, step_y = wide * (1 - OVERLAP), high * (1 - OVERLAP)
    found = []
    plan = shapely.union_all(shapes) if shapes else None
    for row in range(rows):
        for column in range(columns):
            x = middle_x + (column - (columns - 1) / 2) * step_x
            y = middle_y - (row - (rows - 1) / 2) * step_y
            ground = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
            if plan is None or rows * columns == 1 or plan.intersects(shapely.box(*ground)):
                found.append(DetailSheet(f"{chr(65 + row % 26)}{column + 1}", ground))
    return found


def _count(length: float, one: float) -> int:
    if length <= one:
        return 1
    return 1 + math.ceil((length - one) / (one * (1 - OVERLAP)) - 1e-9)


def automatic_scale(page: Page, bounds: Box) -> float:
    """A round scale at which the perimeter fits one detail sheet, between 1 : 500 and 1 : 5 000."""
    wide, high = ground_of(page, 1.0)
    needed = 1.1 * max((bounds[2] - bounds[0]) / wide, (bounds[3] - bounds[1]) / high)
    steps = (500, 750, 1000, 1250, 1500, 2000, 2500, 3000, 4000, 5000)
    return float(next((step for step in steps if step >= needed), 5000))
