"""How the city's layers are painted: colours, widths, and from which scale they are seen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from venueplanner.raster.ragged import Ragged

Unit = Literal["px", "m"]
Cap = Literal["round", "butt"]
Shape = Literal["disc", "square"]

SHORTEST_DASH_PX = 0.5


def colour(text: str, opacity: float = 1.0) -> int:
    """A colour as 0xAARRGGBB from "#RRGGBB".

    >>> hex(colour("#D9D5CC"))
    '0xffd9d5cc'
    """
    digits = text.removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"A colour is written #RRGGBB, not {text!r}")
    return (round(255 * min(1.0, max(0.0, opacity))) << 24) | int(digits, 16)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line of constant width. `width` is in screen pixels or, with `unit="m"`, in metres on the ground.

    A width in metres is held between `min_px` and `max_px`, so that a street stays visible from afar.
    `casing` is the colour of an edge of `casing_px` pixels on either side, left out while the line itself is thinner
    than `casing_from_px`. `dash` is on, off, on, off … in pixels; empty for an unbroken line.
    """

    colour: int
    width: float = 1.0
    unit: Unit = "px"
    min_px: float = 0.0
    max_px: float = math.inf
    casing: int | None = None
    casing_px: float = 1.0
    casing_from_px: float = 2.0
    dash: tuple[float, ...] = ()
    cap: Cap = "round"

    def __post_init__(self) -> None:
        if not self.width >= 0 or not math.isfinite(self.width):
            raise ValueError(f"The width of a line must be zero or more, not {self.width}")
        if len(self.dash) % 2 or any(not (SHORTEST_DASH_PX <= d < math.inf) for d in self.dash):
            raise ValueError(f"Dashes come in pairs of at least {SHORTEST_DASH_PX} px each, not {self.dash}")

    def pixels(self, metres_per_pixel: float) -> float:
        """The width on screen at a scale."""
        raw = self.width if self.unit == "px" else self.width / metres_per_pixel
        return min(max(raw, self.min_px), self.max_px)


@dataclass(frozen=True, slots=True)
class Mark:
    """A disc or square for point features, `size` across, with an optional rim outside it."""

    colour: int
    size: float = 5.0
    unit: Unit = "px"
    shape: Shape = "disc"
    min_px: float = 0.0
    max_px: float = math.inf
    rim: int | None = None
    rim_px: float = 1.0

    def __post_init__(self) -> None:
        if not self.size >= 0 or not math.isfinite(self.size):
            raise ValueError(f"The size of a point must be zero or more, not {self.size}")

    def pixels(self, metres_per_pixel: float) -> float:
        """The size across on screen at a scale."""
        raw = self.size if self.unit == "px" else self.size / metres_per_pixel
        return min(max(raw, self.min_px), self.max_px)


@dataclass(frozen=True, slots=True)
class ClassStyle:
    """How one class of a layer looks, and between which scales (metres per pixel, both inclusive) it is seen.

    Classes of equal `group` are painted together: all fills, then all outlines, then all casings, then all lines, then
    all points, each in class order. So the junctions of streets merge inside a group; a later group lies on top.
    """

    fill: int | None = None
    outline: Stroke | None = None
    stroke: Stroke | None = None
    mark: Mark | None = None
    group: int = 0
    min_mpp: float = 0.0
    max_mpp: float = math.inf
    outline_max_mpp: float = math.inf

    def seen_at(self, metres_per_pixel: float) -> bool:
        """Whether the class is painted at a scale."""
        return self.min_mpp <= metres_per_pixel <= self.max_mpp


@dataclass(frozen=True, slots=True)
class Style:
    """One look per class index of a layer; a class beyond the end of the tuple is not painted."""

    classes: tuple[ClassStyle, ...] = field(default_factory=tuple)

    @classmethod
    def of(cls, *classes: ClassStyle) -> Style:
        """A style from its classes, in class order."""
        return cls(tuple(classes))


@dataclass(frozen=True, slots=True)
class Painted:
    """A layer and its look: what a frame is made of, bottom first."""

    ragged: Ragged
    style: Style


Layers = Sequence[Painted]
