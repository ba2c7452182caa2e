"""Outlines: what a drawn line or point really takes up on the ground."""

from __future__ import annotations

import math
from typing import Any

from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring


def disc(point: Any, diameter: float) -> Polygon:
    """A disc of `diameter` metres round a point: a bollard, a single block whose turn is not known.

    >>> import shapely
    >>> round(disc(shapely.Point(0, 0), 2.0).bounds[2], 6)
    1.0
    """
    return point.buffer(diameter / 2.0, quad_segs=16)  # type: ignore[no-any-return]


def strip(line: Any, depth: float) -> BaseGeometry:
    """A line `depth` metres deep, drawn exactly from end to end (flat ends).

    >>> import shapely
    >>> strip(shapely.LineString([(0, 0), (4, 0)]), 0.5).bounds
    (0.0, -0.25, 4.0, 0.25)
    """
    return line.buffer(depth / 2.0, cap_style="flat", join_style="mitre")  # type: ignore[no-any-return]


def wedge(point: Any, reach: float, azimuth: float, opening: float) -> Polygon:
    """The sector of a circle of `reach` metres round a point, `opening` degrees wide about the bearing `azimuth`.

    >>> import shapely
    >>> round(wedge(shapely.Point(0, 0), 10.0, 90.0, 90.0).area, 1)
    78.5
    """
    steps = max(2, math.ceil(opening / 3.0))
    turns = [math.radians(azimuth - opening / 2.0 + opening * step / steps) for step in range(steps + 1)]
    arc = [(point.x + reach * math.sin(turn), point.y + reach * math.cos(turn)) for turn in turns]
    return Polygon(arc if opening >= 360.0 else [(point.x, point.y), *arc])


def barrier_modules(shape: Any, module_width: float, clear_gap: float, depth: float) -> list[BaseGeometry]:
    """The modules of a barrier drawn as a point (one disc) or a line.

    A line without clear gap is one strip from end to end. With a clear gap it is cut into modules `module_width` long
    with exactly `clear_gap` between them; the row starts at the first vertex, and the last module is cut short or left
    out so that it never reaches beyond the last vertex.

    >>> import shapely
    >>> row = barrier_modules(shapely.LineString([(0, 0), (5, 0)]), 1.0, 1.0, 0.5)
    >>> [module.bounds[0] for module in row]
    [0.0, 2.0, 4.0]
    """
    if shape is None or shape.is_empty:
        return []
    if shape.geom_type == "Point":
        return [disc(shape, module_width)]
    if clear_gap <= 0.0 or module_width <= 0.0 or shape.length <= module_width:
        return [strip(shape, depth)]
    pitch = module_width + clear_gap
    count = math.ceil(shape.length / pitch - 1e-9)
    ends = [(k * pitch, min(k * pitch + module_width, shape.length)) for k in range(count)]
    return [strip(substring(shape, a, b), depth) for a, b in ends if b - a > 1e-6]
