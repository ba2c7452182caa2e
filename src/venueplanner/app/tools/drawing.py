"""Drawing: click by click, with the length at the cursor; type a number to fix the next length.

Backspace takes back a vertex (or a typed digit); Enter, double-click and right-click finish; Esc cancels; Shift with a
pressed button draws freehand.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Generator

import shapely

from venueplanner.domain.errors import PlannerError
from venueplanner.domain.kind import Kind
from venueplanner.domain.words import N_, Words
from venueplanner.edits import features
from venueplanner.edits.vertices import line_of

from .events import Done, Draft, Place, Pointer, Tool

_FAMILY = {"point": "Point", "line": "LineString", "polygon": "Polygon"}
_DIGITS = frozenset("0123456789.,")


def bearing(start: Place, end: Place) -> float:
    """Direction from one place to another in degrees clockwise from north.

    >>> bearing((0, 0), (1, 0))
    90.0
    """
    return math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])) % 360.0


def at_length(start: Place, towards: Place, length: float) -> Place:
    """The place `length` metres from `start` in the direction of `towards`."""
    run = math.hypot(towards[0] - start[0], towards[1] - start[1])
    if run == 0:
        return start[0], start[1] + length
    share = length / run
    return start[0] + (towards[0] - start[0]) * share, start[1] + (towards[1] - start[1]) * share


def sketch(family: str, points: list[Place], event: Pointer, typed: str) -> Draft:
    """The draft of what is drawn so far, with the pointer as its next vertex and the figures for the cursor."""
    cursor = event.place
    if points and (fixed := _number(typed)):
        cursor = at_length(points[-1], event.place, fixed)
    chain = [*points, cursor]
    leg = math.dist(points[-1], cursor) if points else None
    length = sum(math.dist(one, other) for one, other in itertools.pairwise(chain)) if points else None
    area = abs(shapely.Polygon(chain).area) if family == "Polygon" and len(chain) > 2 else None
    angle = bearing(points[-1], cursor) if points else None
    return Draft(family, tuple(points), cursor, event.snap, typed, length, leg, angle, area)


def _number(typed: str) -> float | None:
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        return None
    return value if value > 0 else None


class _Pen:
    """What has been drawn so far: vertices and the number being typed."""

    def __init__(self, family: str) -> None:
        self.family = family
        self.points: list[Place] = []
        self.typed = ""

    def take(self, event: Pointer) -> bool:
        """Follow one event; True when the drawing is finished."""
        if event.what == "press" and event.button == "left":
            self._add(event.place)
            return self.family == "Point"
        if event.what == "double" or (event.what == "press" and event.button == "right"):
            return True
        if event.what == "key":
            return self._key(event)
        if event.what == "move" and event.shift and event.button == "left":
            self._trail(event)
        return False

    def _add(self, place: Place) -> None:
        if self.points and (fixed := _number(self.typed)):
            place, self.typed = at_length(self.points[-1], place, fixed), ""
        if not self.points or self.points[-1] != place:
            self.points.append(place)

    def _trail(self, event: Pointer) -> None:
        if self.points and math.dist(self.points[-1], event.place) > event.near / 3:
            self.points.append(event.place)

    def _key(self, event: Pointer) -> bool:
        if event.key == "Enter":
            if not (self.points and _number(self.typed)):
                return True
            self._add(event.place)
        elif event.key in ("Backspace", "Delete"):
            if self.typed:
                self.typed = self.typed[:-1]
            else:
                del self.points[-1:]
        elif event.key in _DIGITS and self.points:
            self.typed += event.key
        return False


def draw_points(family: str) -> Generator[Draft, Pointer, list[Place] | None]:
    """Gather clicked points; None when cancelled."""
    pen = _Pen(family)
    event = yield Draft(family)
    while event.what != "cancel":
        if pen.take(event):
            return pen.points
        event = yield sketch(family, pen.points, event, pen.typed)
    return None


def draw(kind: Kind, *, new_id: Callable[[], str] = features.new_id) -> Tool:
    """Draw one feature of a kind. Too few points: nothing is made."""
    family = _FAMILY[kind.shapes[0]]
    points = yield from draw_points(family)
    if points is None:
        return None
    try:
        shape = line_of(points, family)
    except PlannerError:
        return None
    made = new_id()
    label = Words(N_("Draw {kind}"), {"kind": Words(kind.label)})
    return Done(label, features.add, {"kind": kind.id, "shape": shape, "id": made}, select=(made,))


def measure() -> Tool:
    """Measure lengths and areas; nothing is made."""
    yield from draw_points("Polygon")
    return None
