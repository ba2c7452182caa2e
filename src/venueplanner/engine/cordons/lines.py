"""From portals of a cut to lines on the ground: joined where nothing stands between them, pulled straight, cut off at
what stands in their way.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
import shapely.ops
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

SHORT = 0.01  # metres: a piece of line this short closes nothing


def joined(portals: Sequence[tuple[int, int]], loose: set[int]) -> list[list[int]]:
    """Portals given by their end samples, strung together at samples where nothing stands.

    >>> joined([(1, 2), (3, 2), (3, 4), (8, 9)], {2, 3})
    [[1, 2, 3, 4], [8, 9]]
    """
    left = [list(each) for each in portals]
    found: list[list[int]] = []
    while left:
        line = left.pop(0)
        grown = True
        while grown:
            grown = False
            for number, piece in enumerate(left):
                longer = _strung(line, piece, loose)
                if longer is not None:
                    line, grown = longer, True
                    left.pop(number)
                    break
        found.append(line)
    return found


def _strung(line: list[int], piece: list[int], loose: set[int]) -> list[int] | None:
    if line[0] == line[-1]:
        return None
    for ahead in (piece, piece[::-1]):
        if line[-1] == ahead[0] and line[-1] in loose:
            return line + ahead[1:]
        if line[0] == ahead[-1] and line[0] in loose:
            return ahead[:-1] + line
    return None


def straightened(line: LineString, free: Sequence[bool], kept_clear: BaseGeometry) -> LineString:
    """The line without those of its free vertices whose going shortens it and sweeps over nothing to be kept clear.

    free (n,): whether each vertex may go. A closed line stays closed. What it separates stays separated, since the
    swept triangles hold nothing of what is kept clear.
    """
    places = [tuple(each) for each in shapely.get_coordinates(line).tolist()]
    may = list(free)
    shapely.prepare(kept_clear)
    changed = True
    while changed and len(places) > 2:
        changed = False
        for number in range(1, len(places) - 1):
            if not may[number]:
                continue
            swept = Polygon([places[number - 1], places[number], places[number + 1]])
            if len(places) == 4 and places[0] == places[-1]:
                break
            if not kept_clear.intersects(swept if swept.is_valid else LineString(swept.exterior.coords)):
                places.pop(number)
                may.pop(number)
                changed = True
                break
    return LineString(places)


def open_parts(line: LineString, obstacles: Sequence[BaseGeometry]) -> list[LineString]:
    """What of a line lies in the open: the pieces between the obstacles that it runs into."""
    solid = [each for each in obstacles if each.intersects(line)]
    left: BaseGeometry = line
    for each in solid:
        left = left.difference(each if each.is_valid else shapely.make_valid(each))
    parts = [each for each in shapely.get_parts(left) if each.geom_type == "LineString" and each.length > SHORT]
    return [LineString(each.coords) for each in parts]


def with_gates(
    line: LineString, ways: Sequence[BaseGeometry], width: float
) -> tuple[list[LineString], list[LineString]]:
    """Barriers and gates on a line: a gate of `width` metres, or as wide as the line, where a kept way crosses it."""
    marks: list[float] = []
    for way in ways:
        for place in shapely.get_parts(line.intersection(way)):
            middle = place.centroid
            if not middle.is_empty:
                marks.append(float(line.project(middle)))
    if not marks:
        return [line], []
    width = min(width, line.length)
    stretches: list[list[float]] = []
    for mark in sorted(marks):
        start = min(max(mark - width / 2, 0.0), line.length - width)
        if stretches and start <= stretches[-1][1]:
            stretches[-1][1] = max(stretches[-1][1], start + width) if mark > stretches[-1][1] else stretches[-1][1]
        else:
            stretches.append([start, start + width])
    gates = [_stretch(line, start, end) for start, end in stretches]
    marks = [0.0, *np.array(stretches).ravel().tolist(), line.length]
    barriers = [_stretch(line, a, b) for a, b in zip(marks[::2], marks[1::2], strict=True) if b - a > SHORT]
    return barriers, gates


def _stretch(line: LineString, start: float, end: float) -> LineString:
    return LineString(shapely.ops.substring(line, start, end).coords)
