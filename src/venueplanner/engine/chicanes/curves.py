"""The fastest way from one free place to the next: two arcs of one radius, and the speed friction allows on them.

A vehicle that stays parallel to the street before and behind shifts by y over L on arcs of r = (L² + y²)/(4·y). Where
a gap leaves room between the vehicle and the edge, it can begin its turn before the gap and end it behind: the arcs are
larger. With rooms a and b the circles that touch both edges and pass both gaps give
    L = √(4·r·Y - Y²) - √(2·r·a - a²) - √(2·r·b - b²),   Y = y + a + b,
which is the first form where there is no room. Skid speed on r: v² = f·g·r (MIL-HDBK-1013/14 eq. 5-6). Length and
overhang of the vehicle are left out, so every speed is an upper bound.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .rows import Row

LARGEST = 1e7  # m; beyond it a curve is a straight line


@dataclass(frozen=True)
class Held:
    """Two rows between which a vehicle has to shift: where that stretch begins and ends, and the best radius."""

    first: Row
    second: Row
    begin: float
    end: float
    radius: float


def shift_radius(length: float, shift: float, room: float = 0.0, room_behind: float = 0.0) -> float:
    """Largest radius with which a vehicle shifts by `shift` metres over `length`, rooms beside the gaps counted.

    >>> shift_radius(10.0, 2.0), round(shift_radius(10.0, 2.0, 0.5, 0.5), 1)
    (13.0, 48.1)
    """
    if shift <= 0:
        return math.inf
    a, b = min(room, shift + room_behind), min(room_behind, shift + room)
    if a <= 0 and b <= 0:
        return (length**2 + shift**2) / (4 * shift)
    whole = shift + a + b

    def reach(r: float) -> float:
        return math.sqrt(4 * r * whole - whole**2) - sum(math.sqrt(max(0.0, 2 * r * c - c * c)) for c in (a, b))

    low, high = max(whole / 4, a / 2, b / 2), LARGEST
    if reach(high) < length:
        return math.inf
    if reach(low) >= length:
        return low
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if reach(middle) < length else (low, middle)
        if high - low < 1e-9 * high:
            break
    return high


def best_radius(first: Row, second: Row, low: float, high: float) -> float:
    """The best a vehicle does between two rows, over all pairs of their gaps; 0 where one of them has none.

    low, high: how far to the sides its middle can be before and behind.
    """
    length, best = max(0.0, second.begin - first.end), 0.0
    for a1, b1 in first.free:
        for a2, b2 in second.free:
            if a2 > b1:  # to the left
                best = max(best, shift_radius(length, a2 - b1, max(0.0, b1 - low), max(0.0, high - a2)))
            elif b2 < a1:
                best = max(best, shift_radius(length, a1 - b2, max(0.0, high - a1), max(0.0, b2 - low)))
            else:
                return math.inf
    return best


def held_at(rows: Sequence[Row], low: float, high: float, largest: float) -> list[Held]:
    """The pairs of rows that hold a vehicle to a radius below `largest`; a row without a gap stands alone with 0."""
    found = []
    for n, first in enumerate(rows):
        if not first.free:
            found.append(Held(first, first, first.begin, first.end, 0.0))
            continue
        for second in rows[n + 1 :]:
            if second.free and (radius := best_radius(first, second, low, high)) < largest:
                found.append(Held(first, second, first.end, second.begin, radius))
    return found
