"""Editing single vertices. A vertex is (ring, index): ring 0 is the outer ring or the line itself, 1 … are holes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.errors import BadValue
from venueplanner.domain.plan import Plan
from venueplanner.domain.words import N_, Words

from .places import reshape

Place = tuple[float, float]
Rings = list[list[Place]]


def rings_of(shape: Any) -> Rings:
    """The vertices of a shape, ring by ring; the closing vertex of a polygon's ring is left out."""
    if shape.geom_type == "Polygon":
        return [[(x, y) for x, y in ring.coords[:-1]] for ring in (shape.exterior, *shape.interiors)]
    return [[(x, y) for x, y in shape.coords]]


def from_rings(family: str, rings: Rings) -> BaseGeometry:
    """The shape of a family (Point, LineString, Polygon) with these vertices. Raises `BadValue` for too few."""
    least = {"Point": 1, "LineString": 2, "Polygon": 3}[family]
    if len(rings[0]) < least:
        raise BadValue(Words(N_("At least {least} points are needed here."), {"least": least}))
    if family == "Point":
        return shapely.Point(rings[0][0])
    if family == "LineString":
        return shapely.LineString(rings[0])
    return shapely.Polygon(rings[0], [ring for ring in rings[1:] if len(ring) >= least])


def move(plan: Plan, *, id: str, ring: int, index: int, to: Place) -> Plan:
    """The plan with one vertex of a feature at another place."""
    return _edited(plan, id, lambda rings: rings[ring].__setitem__(index, to))


def insert(plan: Plan, *, id: str, ring: int, index: int, at: Place) -> Plan:
    """The plan with a new vertex before `index`."""
    return _edited(plan, id, lambda rings: rings[ring].insert(index, at))


def remove(plan: Plan, *, id: str, ring: int, index: int) -> Plan:
    """The plan without one vertex. Raises `BadValue` when too few would be left."""
    return _edited(plan, id, lambda rings: rings[ring].pop(index))


def _edited(plan: Plan, feature_id: str, edit: object) -> Plan:
    shape = plan.features[feature_id].shape
    if shape is None:
        raise BadValue(Words(N_("This record has no shape.")))
    rings = rings_of(shape)
    edit(rings)  # type: ignore[operator]
    return reshape(plan, id=feature_id, shape=from_rings(shape.geom_type, rings))


def line_of(points: Sequence[Place], family: str) -> BaseGeometry:
    """The shape a planner has drawn, from its clicked points."""
    return from_rings(family, [list(points)])
