"""Choosing and changing: click selects, drag moves a feature or a vertex, the middle of a side makes a new vertex."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import shapely
from shapely import affinity

from venueplanner.domain.errors import PlannerError
from venueplanner.domain.plan import Box, Feature, Plan
from venueplanner.domain.words import N_, Words
from venueplanner.edits import features, places, vertices
from venueplanner.edits.vertices import Place, from_rings, rings_of

from .events import Done, Draft, Pointer, Tool


@dataclass(frozen=True)
class Grip:
    """A vertex, or the middle of a side (`fresh`), that can be dragged."""

    feature: str
    ring: int
    index: int
    place: Place
    fresh: bool = False


def grips(feature: Feature) -> list[Grip]:
    """The vertices of a feature and the middles of its sides."""
    if feature.shape is None:
        return []
    found: list[Grip] = []
    closed = feature.shape.geom_type == "Polygon"
    for ring, coords in enumerate(rings_of(feature.shape)):
        found += [Grip(feature.id, ring, index, place) for index, place in enumerate(coords)]
        pairs = list(itertools.pairwise(coords)) + ([(coords[-1], coords[0])] if closed else [])
        for index, (one, other) in enumerate(pairs):
            middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
            found.append(Grip(feature.id, ring, index + 1, middle, fresh=True))
    return found


def grip_at(plan: Plan, selected: Sequence[str], place: Place, near: float) -> Grip | None:
    """The grip under the pointer, when one line or area is selected; vertices before middles.

    Of several selected features none is reshaped (they move together), and a point has nothing to reshape.
    """
    feature = plan.features.get(selected[0]) if len(selected) == 1 else None
    if feature is None or feature.shape is None or feature.shape.geom_type == "Point":
        return None
    all_grips = grips(feature)
    for fresh in (False, True):
        close = [grip for grip in all_grips if grip.fresh is fresh and math.dist(grip.place, place) <= near]
        if close:
            return min(close, key=lambda grip: math.dist(grip.place, place))
    return None


def feature_at(plan: Plan, place: Place, near: float, visible: Callable[[Feature], bool]) -> Feature | None:
    """The feature under the pointer: points before lines, lines before areas, small before large."""
    here = shapely.Point(place)
    rank = {"Point": 0, "LineString": 1, "Polygon": 2}
    best: tuple[tuple[int, float], Feature] | None = None
    for feature in plan.features.values():
        shape = feature.shape
        if shape is None or not visible(feature) or not shape.dwithin(here, near):
            continue
        on_edge = shape.geom_type == "Polygon" and shape.boundary.dwithin(here, near)
        order = (1 if on_edge else rank.get(shape.geom_type, 2), shape.area or shape.length)
        if best is None or order < best[0]:
            best = (order, feature)
    return best[1] if best else None


def in_box(plan: Plan, box: Box, visible: Callable[[Feature], bool]) -> tuple[str, ...]:
    """The features a box touches. An area that lies all round the box is its ground, not its content."""
    space = shapely.box(*box)
    return tuple(
        each.id
        for each in plan.features.values()
        if each.shape is not None
        and visible(each)
        and each.shape.intersects(space)
        and not (each.shape.geom_type == "Polygon" and each.shape.contains(space))
    )


def end_at(plan: Plan, selected: Sequence[str], place: Place, near: float) -> tuple[Feature, bool] | None:
    """The line whose end is under the pointer, and whether it is its first vertex; what is selected comes first."""
    here = shapely.Point(place)
    lines = [each for each in plan.features.values() if each.shape is not None and each.shape.geom_type == "LineString"]
    for line in sorted(lines, key=lambda each: each.id not in selected):
        ends = shapely.get_coordinates(line.shape)[[0, -1]]
        away = [math.dist(end, place) for end in ends]
        if line.shape is not None and line.shape.dwithin(here, near) and min(away) <= near:
            return line, away[0] <= away[1]
    return None


def choose(
    plan_now: Callable[[], Plan], selected: Callable[[], Sequence[str]], visible: Callable[[Feature], bool]
) -> Tool:
    """One gesture: a click, a drag of a vertex, of a feature, or Delete."""
    event = yield Draft()
    while True:
        plan = plan_now()
        if event.what == "key" and event.key == "Delete" and selected():
            grip = grip_at(plan, selected(), event.raw, event.near)
            return _delete(plan, grip, selected())
        if event.what == "press" and event.button == "left":
            grip = None if event.ctrl else grip_at(plan, selected(), event.raw, event.near)
            if grip is not None:
                return (yield from _drag_vertex(plan, grip))
            feature = feature_at(plan, event.raw, event.near, visible)
            if feature is None:
                return Done(Words(""), select=())
            chosen = _chosen(feature.id, selected(), event)
            return (yield from _drag_features(plan, chosen, event))
        event = yield Draft(snap=event.snap)


def _chosen(clicked: str, before: Sequence[str], event: Pointer) -> tuple[str, ...]:
    if event.ctrl:
        return tuple(each for each in before if each != clicked) if clicked in before else (*before, clicked)
    return tuple(before) if clicked in before else (clicked,)


def _delete(plan: Plan, grip: Grip | None, selected: Sequence[str]) -> Done:
    if grip is not None and not grip.fresh:
        args = {"id": grip.feature, "ring": grip.ring, "index": grip.index}
        try:
            vertices.remove(plan, **args)  # type: ignore[arg-type]
        except PlannerError:
            pass
        else:
            return Done(Words(N_("Delete vertex")), vertices.remove, args, select=tuple(selected))
    return Done(Words(N_("Delete")), features.remove, {"ids": tuple(selected)})


def _drag_vertex(plan: Plan, grip: Grip) -> Tool:
    feature = plan.features[grip.feature]
    shape = feature.shape
    if shape is None:
        return None
    rings = rings_of(shape)
    if grip.fresh:
        rings[grip.ring].insert(grip.index, grip.place)
    moved = False
    event = yield Draft(shapes={feature.id: shape})
    while True:
        if event.what == "cancel":
            return None
        if event.what in ("move", "release"):
            moved = moved or math.dist(event.raw, grip.place) > event.near / 3
            rings[grip.ring][grip.index] = event.place
        if event.what == "release":
            if not moved:
                return Done(Words(""), select=(feature.id,))
            where = {"id": feature.id, "ring": grip.ring, "index": grip.index}
            if grip.fresh:
                return Done(
                    Words(N_("New vertex")), vertices.insert, {**where, "at": event.place}, select=(feature.id,)
                )
            return Done(Words(N_("Move vertex")), vertices.move, {**where, "to": event.place}, select=(feature.id,))
        draft = from_rings(shape.geom_type, rings)
        event = yield Draft(cursor=event.place, snap=event.snap, shapes={feature.id: draft}, length=draft.length)


def _drag_features(plan: Plan, chosen: tuple[str, ...], start: Pointer) -> Tool:
    moving = [plan.features[each] for each in chosen if each in plan.features]
    event = start
    east = north = 0.0
    moved = False
    while True:
        event = yield Draft(
            cursor=event.place,
            snap=event.snap,
            shapes={each.id: affinity.translate(each.shape, east, north) for each in moving if each.shape is not None},
            leg=math.hypot(east, north) if moved else None,
        )
        if event.what == "cancel":
            return None
        if event.what in ("move", "release"):
            moved = moved or math.dist(event.raw, start.raw) > event.near / 2
            if moved:
                east, north = event.x - start.raw[0], event.y - start.raw[1]
        if event.what == "release":
            if not moved:
                return Done(Words(""), select=chosen)
            args = {"ids": chosen, "east": east, "north": north}
            return Done(Words(N_("Move")), places.move, args, select=chosen)
