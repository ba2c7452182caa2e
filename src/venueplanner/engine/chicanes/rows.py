"""A street straightened to (along, across), and where the middle of a vehicle can be beside what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
STEP = 0.5  # metres between places of an outline that are carried over to the straightened street
FINE = 6  # decimals: what differs less is one place, however coordinates are rounded
Interval = tuple[float, float]


@dataclass(frozen=True)
class Straight:
    """One thing in a street's own coordinates: its outline there (along, across; left of the line is above 0)."""

    number: int  # which of the shapes given
    outline: BaseGeometry

    @property
    def along(self) -> Interval:
        """Where it begins and ends along the street."""
        x1, _, x2, _ = self.outline.bounds
        return round(float(x1), FINE), round(float(x2), FINE)


@dataclass(frozen=True)
class Row:
    """A stretch of street where something stands: where it begins and ends, where the middle of a vehicle can be."""

    begin: float
    end: float
    free: tuple[Interval, ...]
    numbers: tuple[int, ...]  # which things stand there


def straightened(line: LineString, shapes: Sequence[BaseGeometry], low: float, high: float) -> list[Straight]:
    """The parts of shapes between `low` (right, below 0) and `high` metres across a street, in its coordinates.

    Exact beside a straight piece; beside a bend an outline is carried over in steps of half a metre.
    """
    reach = max(high, -low)
    band = line.buffer(reach, cap_style="flat")
    made = []
    for number, shape in enumerate(shapes):
        part = shapely.intersection(shape, band)
        if part.is_empty:
            continue
        hull = shapely.get_coordinates(shapely.segmentize(part, STEP))
        xy = _carried(line, hull)
        outline = shapely.MultiPoint(xy).convex_hull
        outline = outline.intersection(shapely.box(-1.0, low, line.length + 1.0, high))
        if not outline.is_empty:
            made.append(Straight(number, outline))
    return made


def _carried(line: LineString, xy: Floats) -> Floats:
    """Places in the coordinates of a line: along it, and across it (left above 0)."""
    along: Floats = np.asarray(shapely.line_locate_point(line, shapely.points(xy)))
    before = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(along - 0.05, 0.0)))
    after = shapely.get_coordinates(shapely.line_interpolate_point(line, np.minimum(along + 0.05, line.length)))
    u = after - before
    u /= np.maximum(np.hypot(*u.T), 1e-12)[:, None]
    d = xy - before
    return np.stack([along, u[:, 0] * d[:, 1] - u[:, 1] * d[:, 0]], axis=1)


def free_places(blocked: Sequence[Interval], low: float, high: float, width: float) -> tuple[Interval, ...]:
    """Where the middle of a vehicle can be between two edges, with stretches across the street blocked.

    >>> free_places([(-4.0, 0.0)], -4.0, 4.0, 2.0), free_places([(-1.0, 1.0)], -4.0, 4.0, 2.0)
    (((1.0, 3.0),), ((-3.0, -2.0), (2.0, 3.0)))
    """
    at, end = low + width / 2, high - width / 2
    found: list[Interval] = []
    for left, right in sorted((a - width / 2, b + width / 2) for a, b in blocked):
        if left >= at and at <= end:
            found.append((at, min(left, end)))
        at = max(at, right)
    if at <= end:
        found.append((at, end))
    return tuple(found)


def rows_of(things: Sequence[Straight], low: float, high: float, width: float) -> list[Row]:
    """The rows of a street, in order: neighbouring stretches with the same free places are one."""
    marks = sorted({m for each in things for m in each.along})
    thin = {each.along[0] for each in things if each.along[0] == each.along[1]}
    pieces = [*pairwise(marks), *((m, m) for m in thin)]
    rows: list[Row] = []
    for begin, end in sorted(pieces):
        there = [each for each in things if each.along[0] <= begin and end <= each.along[1]]
        blocked = [interval for each in there if (interval := _across(each.outline, begin, end)) is not None]
        if not blocked:
            continue
        free = free_places(blocked, low, high, width)
        numbers = tuple(sorted(each.number for each in there))
        last = rows[-1] if rows else None
        if last is not None and last.free == free and begin <= last.end:
            rows[-1] = Row(last.begin, max(last.end, end), free, tuple(sorted({*last.numbers, *numbers})))
        else:
            rows.append(Row(begin, end, free, numbers))
    return rows


def _across(outline: BaseGeometry, begin: float, end: float) -> Interval | None:
    _, y1, _, y2 = outline.bounds
    cut = outline.intersection(shapely.box(begin, y1 - 1.0, max(end, begin), y2 + 1.0))
    if cut.is_empty:
        return None
    _, low, _, high = cut.bounds
    return round(float(low), FINE), round(float(high), FINE)
