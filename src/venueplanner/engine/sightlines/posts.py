"""Posts and lines: who sees which metre of a line, which metre nobody sees, and which posts see each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from .obstacles import Obstacles

Floats = npt.NDArray[np.float64]
TOUCH = 1e-6  # metres
BESIDE = 0.05  # metres: a line drawn on a façade or on a hoarding is seen by who sees up to it


@dataclass(frozen=True)
class Stretch:
    """A part of a line with one owner: `begin` and `end` metres along it, the index of the post or None."""

    begin: float
    end: float
    owner: int | None
    line: LineString

    @property
    def length(self) -> float:
        """Metres."""
        return self.end - self.begin


def owned_stretches(line: Any, eyes: Floats, areas: Sequence[BaseGeometry], step: float) -> list[Stretch]:
    """Each metre of a line with the post that sees it; of several the nearest.

    line: a LineString or ring in metres; eyes: (n, 2) places of the posts; areas: what each sees. The line is cut where
    an area begins or ends and at least every `step` metres, and each piece is judged at its middle.

    >>> import numpy as np, shapely
    >>> way = shapely.LineString([(0, 0), (10, 0)])
    >>> found = owned_stretches(way, np.array([[2.0, 0.0]]), [shapely.box(-5, -5, 4, 5)], 1.0)
    >>> [(each.owner, round(each.length, 1)) for each in found]
    [(0, 4.1), (None, 5.9)]
    """
    whole = LineString(line.coords)
    seen = [shapely.buffer(each, BESIDE) for each in areas]
    cuts = set(np.linspace(0.0, whole.length, max(2, math.ceil(whole.length / step) + 1)).tolist())
    for each in seen:
        crossed = shapely.get_coordinates(shapely.intersection(whole, shapely.boundary(each)))
        cuts.update(whole.project(shapely.Point(xy)) for xy in crossed)
    marks = np.array(sorted(cuts))
    marks = marks[np.r_[True, np.diff(marks) > TOUCH]]
    middle = shapely.line_interpolate_point(whole, (marks[:-1] + marks[1:]) / 2.0)
    best = np.full(len(middle), math.inf)
    owner = np.full(len(middle), -1)
    for number, each in enumerate(seen):
        shapely.prepare(each)
        away = shapely.distance(middle, shapely.Point(eyes[number]))
        nearer = shapely.intersects(each, middle) & (away < best)
        best[nearer], owner[nearer] = away[nearer], number
    changes = np.flatnonzero(np.diff(owner)) + 1
    begins, ends = np.r_[0, changes], np.r_[changes, len(owner)]
    return [
        Stretch(float(marks[i]), float(marks[j]), None if who < 0 else int(who), _part(whole, marks[i], marks[j]))
        for i, j, who in zip(begins, ends, owner[begins], strict=True)
        if j > i
    ]


def _part(whole: LineString, begin: float, end: float) -> LineString:
    return LineString(substring(whole, float(begin), float(end)).coords)


def mutual_sight(
    obstacles: Obstacles, eyes: Floats, pairs: Sequence[tuple[int, int]], height: float = 0.0
) -> list[bool]:
    """Whether the eyes of each pair see each other: no obstacle of at least `height` m lies between them.

    eyes: (n, 2) metres. Brushing along a façade or past a corner is seen.

    >>> import numpy as np, shapely
    >>> from .obstacles import obstacles_of
    >>> house = obstacles_of([shapely.box(4, -1, 6, 1)])
    >>> mutual_sight(house, np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 9.0]]), [(0, 1), (1, 2)])
    [False, True]
    """
    answers = []
    for one, other in pairs:
        line = LineString([eyes[one], eyes[other]])
        found: list[int] = obstacles.tree.query(line, predicate="intersects").tolist() if len(obstacles) else []
        blocking = (obstacles.shapes[each] for each in found if obstacles.tops[each] >= height)
        answers.append(not any(_stops(each, line) for each in blocking))
    return answers


def _stops(obstacle: BaseGeometry, line: LineString) -> bool:
    if obstacle.area > 0.0:
        return bool(obstacle.intersection(line).length > TOUCH and not _along_edge(obstacle, line))
    ends = shapely.MultiPoint([line.coords[0], line.coords[-1]])
    met = obstacle.intersection(line)
    return met.length <= TOUCH and met.difference(ends.buffer(TOUCH)).is_empty is False


def _along_edge(obstacle: BaseGeometry, line: LineString) -> bool:
    inside = obstacle.intersection(line)
    return bool(inside.difference(obstacle.boundary.buffer(TOUCH)).length <= TOUCH)
