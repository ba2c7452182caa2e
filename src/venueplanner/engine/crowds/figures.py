"""The formulas of crowd guidance: net area, density, exit capacity, flow levels. People, metres, minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]
LEVELS = "ABCDEF"


def net_area(area: BaseGeometry, infrastructure: Sequence[BaseGeometry]) -> BaseGeometry:
    """What of an area people can use: without everything that stands in it or is kept free as a lane (polygons, m).

    Purple-guide practice as councils put it: consider the space taken by infrastructure. Overlaps count once.

    >>> net_area(shapely.box(0, 0, 10, 10), [shapely.box(0, 0, 4, 5), shapely.box(2, 0, 6, 5)]).area
    70.0
    """
    whole = area if area.is_valid else shapely.make_valid(area)
    taken = [each for each in infrastructure if not each.is_empty and each.intersects(whole)]
    return whole.difference(shapely.union_all(taken)) if taken else whole


def level_of_service(flow: float, limits: Sequence[float]) -> str:
    """Fruin's level A to F of a flow in people per metre and minute; `limits` are the upper flows of A to E.

    >>> level_of_service(48.0, (23, 33, 49, 66, 82)), level_of_service(82.1, (23, 33, 49, 66, 82))
    ('C', 'F')
    """
    return LEVELS[int(np.searchsorted(np.asarray(limits, dtype=float), flow, side="left"))]


@dataclass(frozen=True)
class Capacity:
    """People who get out in the time allowed: by all exits, with each one lost (n,), with the largest lost."""

    all: float
    without: Floats
    least: float
    largest: int | None  # the exit whose loss costs most; None without exits


def exit_capacity(widths: ArrayLike, flows: ArrayLike, minutes: float) -> Capacity:
    """C = (Σ W·q − the largest W·q) · T: people who leave in `minutes` when the most useful exit is lost.

    widths (n,) metres, flows (n,) or one number, people per metre and minute. Form as used by event guidance of
    English councils (largest exit discounted). Raises ValueError for negative figures.

    >>> round(exit_capacity([4.0] * 5, 82.0, 8.0).least)
    10496
    """
    width = np.asarray(widths, dtype=float)
    rate = width * np.broadcast_to(np.asarray(flows, dtype=float), width.shape)
    if minutes < 0 or (rate < 0).any():
        raise ValueError("widths, flows and minutes cannot be negative")
    if not rate.size:
        return Capacity(0.0, rate, 0.0, None)
    without = (rate.sum() - rate) * minutes
    largest = int(np.argmax(rate))
    return Capacity(float(rate.sum() * minutes), without, float(without[largest]), largest)


def width_needed(people: float, flow: float, minutes: float) -> float:
    """Metres of exit for `people` in `minutes`: W = N / (q · T).

    >>> round(width_needed(10496, 82.0, 8.0), 2)
    16.0
    """
    return people / (flow * minutes)


def hydraulic_time(people: ArrayLike, widths: ArrayLike, flows: ArrayLike, longest: float, speed: float) -> float:
    """Minutes to clear, SFPE hydraulic form: max over exits of N / (q · W), plus the longest way / walking speed (m/s).

    >>> round(hydraulic_time([1640.0], [4.0], [82.0], 60.0, 1.0), 2)
    6.0
    """
    number = np.asarray(people, dtype=float)
    rate = np.asarray(widths, dtype=float) * np.asarray(flows, dtype=float)
    used = number > 0
    if not used.any():
        return 0.0
    if (rate[used] <= 0).any():
        return float("inf")
    return float((number[used] / rate[used]).max() + longest / speed / 60.0)
