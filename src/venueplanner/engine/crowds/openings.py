"""What barriers leave of an exit: the sum of the clear gaps before it, its stand-off, and how wide the array is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Array:
    """Modules before an opening: `effective` metres stay clear, capped at the width of the opening; the row begins
    `apart` metres from it and is `width` metres wide from outermost to outermost; `gap` is the widest clear gap.
    """

    effective: float
    apart: float
    width: float
    gap: float


def across(opening: LineString, modules: Sequence[BaseGeometry], reach: float) -> Array | None:
    """What modules within `reach` metres of a straight opening leave of it; None when none stands before it.

    The modules are seen square to the opening. People spread as they go on, as far to each side as the array stands
    away: clear width counts over that much more than the opening, and is capped at the opening (planner default after
    DfT/CPNI TAL 2/13 and TAL 01/16: sum of the clear gaps, never the width of the street).

    >>> posts = [shapely.box(x, -0.1, x + 0.2, 0.1) for x in (1.0, 2.4, 3.8)]
    >>> round(across(LineString([(0, 0), (5, 0)]), posts, 6.0).effective, 2)
    4.4
    """
    start, end = np.array(opening.coords[0][:2]), np.array(opening.coords[-1][:2])
    width = float(np.hypot(*(end - start)))
    if width == 0 or not modules:
        return None
    along = (end - start) / width
    square = np.array([-along[1], along[0]])
    spans: list[tuple[float, float]] = []
    apart = np.inf
    for module in modules:
        distance = float(opening.distance(module))
        if distance > reach:
            continue
        local = shapely.get_coordinates(module) - start
        low, high = float((local @ along).min()), float((local @ along).max())
        spans.append((low, high))
        if low < width and high > 0:
            side = local @ square
            apart = min(apart, 0.0 if side.min() <= 0 <= side.max() else float(np.abs(side).min()))
    if not np.isfinite(apart):
        return None
    spans.sort()
    clear, gap = _clear(spans, -apart, width + apart)
    return Array(min(clear, width), apart, max(high for _, high in spans) - spans[0][0], gap)


def _clear(spans: Sequence[tuple[float, float]], low: float, high: float) -> tuple[float, float]:
    """Metres between low and high that no span covers, and the longest piece of them."""
    clear, widest, at = 0.0, 0.0, low
    for begin, end in [*spans, (high, high)]:
        piece = min(begin, high) - at
        if piece > 0:
            clear += piece
            widest = max(widest, piece)
        at = max(at, min(end, high))
    return clear, widest
