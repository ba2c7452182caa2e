"""Zones round a place or behind a barrier, and what they take in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]


def people_inside(zone: BaseGeometry, areas: Sequence[BaseGeometry], people: ArrayLike) -> Floats:
    """How many people of each crowd area are inside a zone when they stand evenly over it: (n,).

    zone and areas in metres; people (n,) counts, nan (not known) counts as nan where any of the area is inside.
    An area without extent counts whole when it touches the zone.

    >>> people_inside(shapely.box(0, 0, 5, 10), [shapely.box(0, 0, 10, 10)], [400]).tolist()
    [200.0]
    """
    count = np.asarray(people, dtype=np.float64)
    if not len(areas):
        return np.zeros(0)
    shapes = np.asarray(areas, dtype=object)
    whole = shapely.area(shapes)
    inside = shapely.area(shapely.intersection(shapes, zone))
    touched = shapely.intersects(shapes, zone)
    share = np.where(whole > 0, inside / np.where(whole > 0, whole, 1.0), touched.astype(float))
    return np.where(share > 0, share * count, 0.0)


def quantity_distance(factor: float, quantity: float) -> float:
    """Distance in metres that a licensed store of `quantity` kg net explosive mass keeps: factor · quantity^(1/3).

    The form of IATG 02.20 and the Finnish Tukes table; only for stores whose net quantity is known, subject to the
    minima of the table, and the competent authority decides. Raises ValueError for a negative quantity.

    >>> round(quantity_distance(22.2, 100.0))
    103
    """
    if quantity < 0 or factor < 0:
        raise ValueError("factor and quantity cannot be negative")
    return float(factor * np.cbrt(quantity))


def run_out(barrier: BaseGeometry, metres: float, protected: BaseGeometry | None = None) -> BaseGeometry:
    """Where a stopped vehicle and what it throws can come to rest behind a barrier: within `metres` of it.

    protected: the side that counts as behind, such as the area of the perimeter; None takes both sides.

    >>> line = shapely.LineString([(0, 0), (10, 0)])
    >>> round(run_out(line, 2.0, shapely.box(0, 0, 10, 10)).area, 6)
    20.0
    """
    zone = barrier.buffer(metres, quad_segs=16)
    return zone if protected is None else zone.intersection(protected)


def bearings(origin: tuple[float, float], places: ArrayLike) -> Floats:
    """Directions from one place to others, degrees clockwise from north: (n,) from (n, 2).

    >>> bearings((0.0, 0.0), [(0.0, 5.0), (5.0, 0.0)]).tolist()
    [0.0, 90.0]
    """
    away = np.asarray(places, dtype=np.float64).reshape(-1, 2) - np.asarray(origin)
    return np.asarray(np.degrees(np.arctan2(away[:, 0], away[:, 1])) % 360.0)


def widest_turn(directions: ArrayLike) -> float:
    """The largest angle between any two directions, 0 to 180 degrees; 0 for fewer than two.

    >>> widest_turn([350.0, 10.0, 100.0])
    110.0
    """
    found = [abs((a - b + 180.0) % 360.0 - 180.0) for a, b in combinations(np.asarray(directions, dtype=float), 2)]
    return float(max(found, default=0.0))
