"""Drawing: click by click, with the length at the cursor; type a number to fix the next length.

Tab goes on to the angle and back. Backspace and Ctrl+Z take back a vertex (or a typed digit), Ctrl+Y puts it back;
Enter, double-click and right-click finish; Esc cancels; Shift with a pressed button draws freehand.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Generator, Sequence

import shapely

from venueplanner.domain.errors import PlannerError
from venueplanner.domain.kind import Kind
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_, Words
from venueplanner.edits import features, places
from venueplanner.edits.vertices import line_of

from .events import Done, Draft, Place, Pointer, Tool

_FAMILY = {"point": "Point", "line": "LineString", "polygon": "Polygon"}
_DIGITS = frozenset("0123456789.,")
Follow = Callable[[Place, Place, float], "list[Place] | None"]


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


def _number(typed: str) -> float | None:
    try:
        value = float(typed.replace(",", "."))
    except ValueError:
        return None
    return value if value > 0 else None


class _Pen:
    """What has been drawn so far: vertices, and the length and angle being typed."""

    def __init__(self, family: str, follow: Follow | None = None, start: Sequence[Place] = ()) -> None:
        self.family = family
        self.points: list[Place] = list(start)
        self.taken_back: list[Place] = []
        self._kept = len(self.points)  # vertices that were there before
        self.typed = ""
        self.angle: str | None = None  # None: the typed figures are a length
        self.note: Words | None = None
        self._follow = follow

    def take(self, event: Pointer) -> bool:
        """Follow one event; True when the user wants to finish."""
        self.note = None
        if event.what == "press" and event.button == "left":
            self._add(event)
            return self.family == "Point"
        if event.what == "double" or (event.what == "press" and event.button == "right"):
            return True
        if event.what == "key":
            return self._key(event)
        if event.what == "move" and event.shift and event.button == "left":
            self._trail(event)
        return False

    def target(self, event: Pointer) -> tuple[tuple[Place, ...], Place]:
        """Where the next vertex would be, and the vertices that a followed street puts before it."""
        if not self.points:
            return (), event.place
        start, place = self.points[-1], event.place
        length, angle = _number(self.typed), self._angle()
        if length is None and angle is None:
            way = self._follow(start, place, event.near) if self._follow is not None else None
            return (tuple(way[:-1]), way[-1]) if way else ((), place)
        if angle is not None:
            turn = math.radians(angle)
            length = length or math.dist(start, place)
            return (), (start[0] + length * math.sin(turn), start[1] + length * math.cos(turn))
        return (), at_length(start, place, length or 0.0)

    def _angle(self) -> float | None:
        try:
            return float((self.angle or "").replace(",", ".")) % 360.0
        except ValueError:
            return None

    def _add(self, event: Pointer) -> None:
        way, place = self.target(event)
        for each in (*way, place):
            if not self.points or self.points[-1] != each:
                self.points.append(each)
        self.typed, self.angle = "", None
        self.taken_back.clear()

    def _trail(self, event: Pointer) -> None:
        if self.points and math.dist(self.points[-1], event.place) > event.near / 3:
            self.points.append(event.place)
            self.taken_back.clear()

    def _key(self, event: Pointer) -> bool:
        if event.key == "Enter":
            if not self.points or (_number(self.typed) is None and self._angle() is None):
                return True
            self._add(event)
        elif event.key == "Tab" and self.points:
            self.angle = "" if self.angle is None else None
        elif event.key in ("Backspace", "Delete", "Undo"):
            self._take_back()
        elif event.key == "Redo":
            self.points += [self.taken_back.pop()] if self.taken_back else []
        elif event.key in _DIGITS and self.points:
            if self.angle is None:
                self.typed += event.key
            else:
                self.angle += event.key
        return False

    def _take_back(self) -> None:
        """The last figure, then the angle as a whole, then the last vertex."""
        if self.angle is not None:
            self.angle = self.angle[:-1] if self.angle else None
        elif self.typed:
            self.typed = self.typed[:-1]
        elif len(self.points) > self._kept:
            self.taken_back.append(self.points.pop())

    def sketch(self, event: Pointer) -> Draft:
        """The draft of what is drawn so far, with the pointer as its next vertex and the figures for the cursor."""
        points = self.points
        way, cursor = self.target(event)
        chain = [*points, *way, cursor]
        legs = [math.dist(one, other) for one, other in itertools.pairwise(chain[len(points) - 1 :])] if points else []
        return Draft(
            self.family,
            tuple(points),
            cursor,
            event.snap,
            self.typed,
            self.angle,
            way,
            self.note,
            length=sum(math.dist(one, other) for one, other in itertools.pairwise(chain)) if points else None,
            leg=sum(legs) if points else None,
            angle=bearing(points[-1], cursor) if points else None,
            area=abs(shapely.Polygon(chain).area) if self.family == "Polygon" and len(chain) > 2 else None,
            taken_back=len(self.taken_back),
        )

    def finished(self) -> bool:
        """Whether what is drawn can be kept; else `note` says why, and drawing goes on."""
        try:
            shape = line_of(self.points, self.family)
        except PlannerError as error:
            self.note = error.text
            return False
        if self.family == "Polygon" and not shape.is_valid:
            self.note = Words(N_("The edge crosses itself. Take back a corner with Backspace."))
            return False
        return True


def draw_points(
    family: str, *, follow: Follow | None = None, strict: bool = True, start: Sequence[Place] = ()
) -> Generator[Draft, Pointer, list[Place] | None]:
    """Gather clicked points; None when cancelled. A `strict` drawing ends only with enough points for its shape.

    `start` are vertices to go on from; they cannot be taken back.
    """
    pen = _Pen(family, follow, start)
    event = yield Draft(family, tuple(pen.points))
    while event.what != "cancel":
        if pen.take(event) and (not strict or not pen.points or pen.finished()):
            return pen.points
        event = yield pen.sketch(event)
    return None


def draw(kind: Kind, *, new_id: Callable[[], str] = features.new_id, follow: Follow | None = None) -> Tool:
    """Draw one feature of a kind. `follow(start, end, near)` lays a leg along streets, or says None."""
    family = _FAMILY[kind.shapes[0]]
    points = yield from draw_points(family, follow=follow)
    if not points:
        return None
    made = new_id()
    label = Words(N_("Draw"))
    shape = line_of(points, family)
    return Done(label, features.add, {"kind": kind.id, "shape": shape, "id": made}, select=(made,))


def go_on(feature: Feature, *, at_start: bool, follow: Follow | None = None) -> Tool:
    """Continue a line of the plan from one of its ends."""
    if feature.shape is None or feature.shape.geom_type != "LineString":
        return None
    there: list[Place] = [(float(x), float(y)) for x, y in shapely.get_coordinates(feature.shape)]
    points = yield from draw_points("LineString", follow=follow, start=there[::-1] if at_start else there)
    if not points:
        return None
    shape = line_of(points[::-1] if at_start else points, "LineString")
    return Done(Words(N_("Continue a line")), places.reshape, {"id": feature.id, "shape": shape}, select=(feature.id,))


def measure() -> Tool:
    """Measure lengths and areas; nothing is made."""
    yield from draw_points("Polygon", strict=False)
    return None
