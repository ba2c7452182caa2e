"""Chicanes from the definitions alone: a curve tried arc by arc, places tried one by one, a body driven again."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from shapely import affinity
from shapely.geometry import LineString, box
from shapely.geometry.base import BaseGeometry

SLACK = 0.004


def widest_shift(length: float, shift: float, room: float, room_behind: float) -> float:
    """Largest radius with which a point passes (0, 0) and (length, shift), edges at -room and shift + room_behind,
    parallel to them long before and long after: radii from large to small, headings at the first gap and places of the
    change from left to right are all tried; shift and far edge may be missed by `SLACK` of the shift.
    """
    slack, r = SLACK * shift, 2e5
    while r > length / 4:
        steepest = math.acos(max(-1.0, 1.0 - room / r))  # so much it can have turned before the first gap
        sine = np.sin(np.linspace(0.0, min(steepest, math.pi / 2), 41))[:, None]
        change = np.linspace(0.0, length, 201)[None, :]
        top, last = sine + change / r, sine + (2 * change - length) / r
        real = (top <= 1.0) & (np.abs(last) <= 1.0)
        cos0, cos1, cos2 = (np.sqrt(np.clip(1.0 - s * s, 0.0, 1.0)) for s in (sine, top, last))
        across = r * (cos0 + cos2 - 2 * cos1)
        after = np.where(last > 0.0, r * (1.0 - cos2), 0.0)
        if (real & (across >= shift - slack) & (across + after <= shift + room_behind + slack)).any():
            return r
        r *= 0.975
    return r


def may_stand(
    along: float, across: float, things: Sequence[BaseGeometry], low: float, high: float, wide: float
) -> bool:
    """Whether a cut through a vehicle, square to the street, is free of things and between the edges."""
    cut = LineString([(along, across - wide / 2), (along, across + wide / 2)])
    return across - wide / 2 >= low and across + wide / 2 <= high and not any(cut.intersects(t) for t in things)


def hits(
    way: Sequence[Sequence[float]], things: Sequence[BaseGeometry], low: float, high: float, front: float, wide: float
) -> float:
    """How deep a body that drives a way (place of its rear axle, heading) enters a thing or crosses an edge, metres."""
    deepest = 0.0
    for (x1, y1, h1), (x2, y2, h2) in pairwise(way):
        for n in range(5):
            s = n / 4
            body = box(0.0, -wide / 2, front, wide / 2)
            turned = affinity.rotate(body, h1 + s * (h2 - h1), origin=(0, 0), use_radians=True)
            body = affinity.translate(turned, x1 + s * (x2 - x1), y1 + s * (y2 - y1))
            _, y_low, _, y_high = body.bounds
            deepest = max(deepest, low - y_low, y_high - high)
            for thing in things:
                if body.intersects(thing):
                    inner = 0.0
                    while inner < 2.0 and body.buffer(-inner - 0.02).intersects(thing):
                        inner += 0.02
                    deepest = max(deepest, inner)
    return deepest
