"""What an eye sees, by casting rays: slow and obviously right."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry


def first_hits(
    eye: tuple[float, float], obstacles: Sequence[BaseGeometry], reach: float, angles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far one sees in each direction (radians from east): the distance to the nearest place the ray meets."""
    ends = np.column_stack([eye[0] + reach * np.cos(angles), eye[1] + reach * np.sin(angles)])
    rays = shapely.linestrings(np.stack([np.broadcast_to(eye, ends.shape), ends], axis=1))
    found = np.full(len(angles), reach)
    for obstacle in obstacles:
        if obstacle.is_empty:
            continue
        edge = obstacle.boundary if shapely.get_dimensions(obstacle) == 2 else obstacle
        away = shapely.distance(shapely.Point(eye), shapely.intersection(rays, edge))
        found = np.fmin(found, np.where(np.isnan(away), reach, away))
    return found


def seen_lengths(
    eye: tuple[float, float], area: BaseGeometry, reach: float, angles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How much of each ray lies in an area."""
    ends = np.column_stack([eye[0] + 2 * reach * np.cos(angles), eye[1] + 2 * reach * np.sin(angles)])
    rays = shapely.linestrings(np.stack([np.broadcast_to(eye, ends.shape), ends], axis=1))
    return np.asarray(shapely.length(shapely.intersection(rays, area)))


def sees_point(
    eye: tuple[float, float], height: float, place: tuple[float, float], target: float,
    houses: Sequence[tuple[BaseGeometry, float]],
) -> bool:  # fmt: skip
    """Whether the line from an eye to a target passes clear of upright prisms on level ground, in small steps."""
    steps = np.linspace(0.0, 1.0, 4001)
    x = eye[0] + steps * (place[0] - eye[0])
    y = eye[1] + steps * (place[1] - eye[1])
    z = height + steps * (target - height)
    return not any((shapely.contains_xy(shape, x, y) & (z < top)).any() for shape, top in houses)


def best_cover(covers: Sequence[Sequence[int]], weights: Sequence[float], most: int) -> float:
    """The most that any `most` places cover, by trying all."""
    import itertools

    best = 0.0
    for several in itertools.combinations(range(len(covers)), min(most, len(covers))):
        best = max(best, math.fsum(weights[each] for each in set().union(*(covers[place] for place in several))))
    return best
