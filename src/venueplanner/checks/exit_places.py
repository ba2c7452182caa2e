"""Where exits lie as seen from the people, and where one more would help."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Fix
from venueplanner.domain.words import N_, Words
from venueplanner.engine.outlines import wedge
from venueplanner.engine.standoff import bearings, widest_turn

from .leaving import Gathering, Way


def places_of(ways: Sequence[Way]) -> list[tuple[float, float]]:
    """The middles of exits."""
    return [(each.opening.centroid.x, each.opening.centroid.y) for each in ways]


def turn_between(found: Gathering, places: Sequence[tuple[float, float]]) -> float:
    """The widest angle between two places as seen from the middle of the areas, degrees."""
    middle = found.ground.centroid
    return widest_turn(bearings((middle.x, middle.y), places)) if places else 0.0


def empty_direction(found: Gathering, places: Sequence[tuple[float, float]]) -> float:
    """The middle of the widest sector without an exit, degrees clockwise from north as seen from the areas."""
    if not places:
        return 0.0
    middle = found.ground.centroid
    turns = np.sort(bearings((middle.x, middle.y), places))
    spaces = np.diff(np.append(turns, turns[0] + 360.0))
    widest = int(np.argmax(np.round(spaces, 6)))
    return float((turns[widest] + spaces[widest] / 2.0) % 360.0)


def exit_fix(found: Gathering, width: float) -> tuple[Fix, ...]:
    """One more exit on the line round the areas, in the middle of the widest sector that has none."""
    edge = found.around if found.around is not None else found.ground
    if edge.is_empty or not 0.5 <= width <= 100:
        return ()
    middle = found.ground.centroid
    turn = math.radians(empty_direction(found, places_of(found.ways)))
    far = 2.0 * math.hypot(edge.bounds[2] - edge.bounds[0], edge.bounds[3] - edge.bounds[1])
    ray = LineString([(middle.x, middle.y), (middle.x + far * math.sin(turn), middle.y + far * math.cos(turn))])
    hits = shapely.get_coordinates(ray.intersection(edge.boundary))
    if not len(hits):
        return ()
    place = Point(max(hits, key=lambda xy: math.hypot(xy[0] - middle.x, xy[1] - middle.y)))
    label = Words(N_("Add an exit of {width:.1f} m"), {"width": width})
    return (Fix(label, "add", {"kind": "exit", "shape": place, "values": {"width": round(width, 2)}}),)


def empty_sector(found: Gathering, places: list[tuple[float, float]]) -> BaseGeometry:
    """A wedge towards the widest sector without an exit, half as long as the ground; all of it without exits."""
    if not places:
        return found.ground
    x0, y0, x1, y1 = found.ground.bounds
    return wedge(found.ground.centroid, math.hypot(x1 - x0, y1 - y0) / 2.0, empty_direction(found, places), 60.0)
