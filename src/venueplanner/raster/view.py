"""Which piece of ground a frame shows, and how large."""

from __future__ import annotations

import math
from dataclasses import dataclass

LARGEST_FRAME_PX = 32_768


@dataclass(frozen=True, slots=True)
class View:
    """A window on the ground: its centre, its scale and its size on screen.

    `cx`, `cy` are metres in the plan's coordinate system, `metres_per_pixel` is the scale, `width` and `height` are
    whole pixels. North is up. A frame of no pixels is allowed (a window being folded away asks for one).
    Raises ValueError where a number is not finite, the scale is not positive or the frame is absurdly large.
    """

    cx: float
    cy: float
    metres_per_pixel: float
    width: int
    height: int

    def __post_init__(self) -> None:
        if not (math.isfinite(self.cx) and math.isfinite(self.cy)):
            raise ValueError(f"The centre of a view must be two finite numbers, not ({self.cx}, {self.cy})")
        if not (math.isfinite(self.metres_per_pixel) and self.metres_per_pixel > 0):
            raise ValueError(f"Metres per pixel must be a positive number, not {self.metres_per_pixel}")
        if not (0 <= self.width <= LARGEST_FRAME_PX and 0 <= self.height <= LARGEST_FRAME_PX):
            raise ValueError(f"A frame of {self.width} x {self.height} pixels cannot be drawn")

    @property
    def left(self) -> float:
        """Metres east of the left edge of the first pixel."""
        return self.cx - 0.5 * self.width * self.metres_per_pixel

    @property
    def top(self) -> float:
        """Metres north of the upper edge of the first pixel row."""
        return self.cy + 0.5 * self.height * self.metres_per_pixel

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north of the window in metres."""
        half_w = 0.5 * self.width * self.metres_per_pixel
        half_h = 0.5 * self.height * self.metres_per_pixel
        return self.cx - half_w, self.cy - half_h, self.cx + half_w, self.cy + half_h

    def to_pixels(self, x: float, y: float) -> tuple[float, float]:
        """Where a place in metres falls on the frame, in pixels from its upper left corner."""
        return (x - self.left) / self.metres_per_pixel, (self.top - y) / self.metres_per_pixel

    def to_metres(self, px: float, py: float) -> tuple[float, float]:
        """The place in metres under a point of the frame."""
        return self.left + px * self.metres_per_pixel, self.top - py * self.metres_per_pixel
