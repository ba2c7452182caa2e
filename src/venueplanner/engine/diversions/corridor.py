"""The clear width along a way: from what stands on its left to what stands on its right, metre by metre."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from venueplanner.engine.streets.network import Floats, Ints


def clear_widths(line: LineString, solid: Sequence[BaseGeometry], side: float, step: float) -> tuple[Floats, Floats]:
    """Distances along a line and the clear width there, at most twice `side`; 0 where something stands on the line.

    solid: outlines in metres. The width is measured square to the way, to the nearest thing on either side.

    >>> from shapely.geometry import box
    >>> walls = [box(-5, 2, 25, 3), box(8, -3, 12, -1)]
    >>> clear_widths(LineString([(0, 0), (20, 0)]), walls, 5.0, 10.0)[1].round(3).tolist()
    [7.0, 3.0, 7.0]
    """
    count = max(2, int(np.ceil(line.length / step)) + 1)
    marks = np.linspace(0.0, line.length, count)
    width = np.full(count, 2.0 * side)
    solid = [each for each in solid if not each.is_empty]
    if not solid:
        return marks, width
    tree = shapely.STRtree(solid)
    here = shapely.get_coordinates(shapely.line_interpolate_point(line, marks))
    small = min(0.05, line.length / 4)
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, np.minimum(marks + small, line.length)))
    behind = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(marks - small, 0.0)))
    run = ahead - behind
    run /= np.maximum(np.hypot(*run.T), 1e-12)[:, None]
    out = np.stack([-run[:, 1], run[:, 0]], axis=1) * side
    points: Any = shapely.points(here)
    sides: list[Any] = [shapely.linestrings(np.stack([here, here + each], axis=1)) for each in (out, -out)]
    free = np.zeros(count)
    for rays in sides:
        reach = np.full(count, side)
        at, hit = tree.query(rays, predicate="intersects")
        if at.size:
            met = shapely.intersection(rays[at], np.asarray(solid, dtype=object)[hit])
            np.minimum.at(reach, at, shapely.distance(points[at], met))
        free += reach
    at, _ = tree.query(points, predicate="intersects")
    free[at] = 0.0
    barred = _barred(line, marks, solid, tree)
    free[barred] = 0.0
    return marks, free


def _barred(line: LineString, marks: Floats, solid: Sequence[BaseGeometry], tree: shapely.STRtree) -> Ints:
    """The nearest marks to whatever thin thing crosses the line between two of them."""
    found = []
    for index in tree.query(line, predicate="intersects").tolist():
        along = float(shapely.line_locate_point(line, line.intersection(solid[index]).representative_point()))
        found.append(int(np.argmin(np.abs(marks - along))))
    return np.array(sorted(set(found)), dtype=np.int64)


def runs_below(values: Floats, limit: float) -> list[tuple[int, int]]:
    """First and last index of every run of values below a limit.

    >>> runs_below(np.array([5.0, 1.0, 2.0, 5.0, 0.0]), 3.0)
    [(1, 2), (4, 4)]
    """
    low = np.concatenate([[False], values < limit, [False]])
    edges = np.flatnonzero(low[1:] != low[:-1])
    return [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]
