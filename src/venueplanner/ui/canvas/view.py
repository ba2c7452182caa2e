"""The view: which ground the canvas shows, its history (back and next), and its limits."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from venueplanner.app.drawing import Sheet

CLOSEST, FARTHEST = 0.004, 400.0  # metres per pixel
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Window:
    """Middle in metres and metres per pixel."""

    x: float = 0.0
    y: float = 0.0
    metres_per_pixel: float = 1.0

    def sheet(self, width: float, height: float) -> Sheet:
        """The sheet of a widget of `width` × `height` pixels."""
        return Sheet(self.x, self.y, self.metres_per_pixel, width, height)

    def zoomed(self, factor: float, ground: tuple[float, float]) -> Window:
        """Closer by `factor`, keeping the ground point where it is."""
        scale = min(max(self.metres_per_pixel / factor, CLOSEST), FARTHEST)
        share = scale / self.metres_per_pixel
        x, y = ground
        return Window(x + (self.x - x) * share, y + (self.y - y) * share, scale)

    def shifted(self, east: float, north: float) -> Window:
        """Moved by metres."""
        return replace(self, x=self.x + east, y=self.y + north)


def showing(bounds: Box, width: int, height: int, margin: float = 1.15) -> Window:
    """The window that shows `bounds` in a widget."""
    across, up = max(bounds[2] - bounds[0], 4.0), max(bounds[3] - bounds[1], 4.0)
    scale = margin * max(across / max(width, 1), up / max(height, 1))
    scale = min(max(scale, CLOSEST), FARTHEST)
    return Window((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2, scale)


@dataclass
class Trail:
    """The windows seen before and after the present one."""

    before: list[Window] = field(default_factory=list)
    after: list[Window] = field(default_factory=list)

    def leave(self, window: Window) -> None:
        """Remember a window that is being left for good (not every step of a drag)."""
        if not self.before or self.before[-1] != window:
            self.before.append(window)
            del self.before[:-50]
            self.after.clear()

    def back(self, now: Window) -> Window:
        """The window before."""
        while self.before:
            earlier = self.before.pop()
            if earlier != now:
                self.after.append(now)
                return earlier
        return now

    def forth(self, now: Window) -> Window:
        """The window after."""
        if not self.after:
            return now
        self.before.append(now)
        return self.after.pop()


def scale_of(metres_per_pixel: float, dpi: float = 96.0) -> float:
    """The scale's denominator on a screen of `dpi` pixels an inch."""
    return metres_per_pixel * dpi / 0.0254


def is_sane(window: Window) -> bool:
    """Whether all numbers are finite."""
    return all(math.isfinite(each) for each in (window.x, window.y, window.metres_per_pixel))
