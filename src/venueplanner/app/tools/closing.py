"""Closing a street in three clicks: the street, then its two ends, dragged or clicked along it; hours by figures.

A click on a street proposes to close it from crossing to crossing. A drag at one of its ends, or a click farther along,
moves the end along the streets. Figures set the hours: 18 Tab 23.30. Enter, double-click and right-click close it.
Backspace takes back; Esc drops it. Where there are no streets, or with T, the closure is drawn freehand as any line.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from venueplanner.domain.words import N_, Words
from venueplanner.edits import features
from venueplanner.edits.vertices import line_of

from .events import Done, Draft, Place, Pointer, Tool

WHOLE_STREETS = N_("Click the street to close. T draws the line freehand.")
FREEHAND = N_("Click along the street to close. T takes whole streets again.")
_FIGURES = frozenset("0123456789.,:")


class Streets(Protocol):
    """What the tool asks of the streets."""

    @property
    def ready(self) -> bool:
        """Whether the streets of the city are read; until then no street is found."""

    def block(self, place: Place, near: float) -> list[Place] | None:
        """The stretch of street at a place, from crossing to crossing, or None away from streets."""

    def __call__(self, start: Place, end: Place, near: float) -> list[Place] | None:
        """The vertices after `start` along the streets to `end`."""

    def name_at(self, place: Place, near: float) -> str:
        """The name of the street at a place, or an empty text."""


@dataclass
class _Hours:
    """From when until when, as typed: figures of the hour and minute, Tab between the two."""

    day: date
    typed: tuple[str, str] = ("", "")
    second: bool = False

    def take(self, key: str) -> None:
        one, two = self.typed
        if key == "Tab":
            self.second = not self.second
        elif key == "Backspace":
            self.typed = (one, two[:-1]) if self.second else (one[:-1], two)
        elif len(two if self.second else one) < 5:
            self.typed = (one, two + key) if self.second else (one + key, two)

    @property
    def any(self) -> bool:
        return bool(self.typed[0] or self.typed[1])

    def values(self) -> dict[str, str | None]:
        """Start and end as fields take them; an end before the start is of the next day."""
        start, end = (_clock(each, self.day) for each in self.typed)
        if start is not None and end is not None and end <= start:
            end += timedelta(days=1)
        return {"start": _field(start), "end": _field(end)}


def _clock(typed: str, day: date) -> datetime | None:
    """The time that figures mean: 6, 18.30, 18:30, 1830; None when they mean none."""
    figures = typed.replace(",", ".").replace(":", ".")
    hour, _, minute = figures.partition(".")
    if not minute and len(hour) in (3, 4):
        hour, minute = hour[:-2], hour[-2:]
    if not hour.isdigit() or (minute and not minute.isdigit()):
        return None
    if int(hour) > 23 or int(minute or 0) > 59:
        return None
    return datetime.combine(day, time(int(hour), int(minute or 0)))


def _field(when: datetime | None) -> str | None:
    return None if when is None else when.strftime("%Y-%m-%dT%H:%M")


class _Stretch:
    """The line being closed, and which of its ends the hand holds."""

    def __init__(self, streets: Streets) -> None:
        self.streets = streets
        self.points: list[Place] = []
        self.held = -1  # 0 the first end, 1 the last, -1 none
        self.pressed = False
        self.chosen = 0  # ends set since the street was clicked
        self.last = -1  # the end that was set last

    def nearer(self, place: Place) -> int:
        return 0 if math.dist(place, self.points[0]) <= math.dist(place, self.points[-1]) else 1

    def take(self, place: Place, near: float) -> None:
        """Take hold of an end: the one at the hand, else the nearer one, and the next time the other."""
        at_hand = min(math.dist(place, self.points[0]), math.dist(place, self.points[-1])) <= near
        other = self.chosen == 1 and not at_hand
        self.held = self.last = 1 - self.last if other else self.nearer(place)
        self.pressed = True

    def with_end(self, end: int, place: Place, near: float) -> list[Place]:
        """The line with one end moved along the streets to a place; as it is where no street leads there."""
        fixed = self.points[-1] if end == 0 else self.points[0]
        way = self.streets(fixed, place, near)
        if way is None:
            return self.points
        line = [fixed, *way]
        return line[::-1] if end == 0 else line


def close_street(streets: Streets, *, day: Callable[[], date], new_id: Callable[[], str] = features.new_id) -> Tool:
    """Close a street: click it, set its two ends, type the hours."""
    stretch, hours = _Stretch(streets), _Hours(day())
    street = ""
    event = yield Draft(note=Words(WHOLE_STREETS))
    while event.what != "cancel":
        near = 3 * event.near
        ends = event.what == "double" or (event.what == "press" and event.button == "right")
        ends = ends or (event.what == "key" and event.key == "Enter")
        if ends and stretch.points:
            return _done(stretch.points, street, hours, new_id())
        if event.what == "press" and event.button == "left":
            if not stretch.points:
                stretch.points = streets.block(event.place, near) or []
                street = streets.name_at(event.place, near)
            else:
                stretch.take(event.place, near)
        elif event.what == "release" and stretch.pressed:
            stretch.points = stretch.with_end(stretch.held, event.place, near)
            stretch.held, stretch.pressed = -1, False
            stretch.chosen += 1
            if stretch.chosen == 2 and not hours.any:
                note = Words(N_("Type the hours, such as 18 Tab 23.30; Enter closes the street."))
                event = yield _sketch(stretch, event, hours, note)
                continue
        elif event.what == "key" and stretch.points:
            if event.key == "Backspace" and not hours.any:
                stretch.points, stretch.chosen, street = [], 0, ""
            elif event.key in _FIGURES or event.key in ("Tab", "Backspace"):
                hours.take(event.key)
        event = yield _sketch(stretch, event, hours, None)
    return None


def _sketch(stretch: _Stretch, event: Pointer, hours: _Hours, note: Words | None) -> Draft:
    near = 3 * event.near
    if not stretch.points:
        block = stretch.streets.block(event.place, near) or []
        length = line_of(block, "LineString").length if len(block) > 1 else None
        if not block and not stretch.streets.ready:
            note = Words(N_("Reading the streets …"))
        return Draft(cursor=event.place, way=tuple(block), length=length, note=note)
    points = stretch.points
    if stretch.pressed and event.what == "move":
        points = stretch.with_end(stretch.held, event.place, near)
    line = line_of(points, "LineString")
    if hours.any and note is None:
        start, end = hours.typed
        note = Words(N_("Closed from {start} until {end}"), {"start": start or "…", "end": end or "…"})
    return Draft("LineString", tuple(points[:-1]), points[-1], event.snap, note=note, length=line.length)


def _done(points: list[Place], street: str, hours: _Hours, made: str) -> Done:
    values = {"street": street or None, **hours.values()}
    args = {"kind": "closure", "shape": line_of(points, "LineString"), "id": made, "values": values}
    return Done(Words(N_("Close a street")), features.add, args, select=(made,))
