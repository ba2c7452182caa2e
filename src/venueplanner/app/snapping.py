"""Snapping: the place a planner means when the pointer comes near a corner, a crossing or a line.

City layers and the plan answer alike; corners win over crossings, crossings over lines. The tolerance is in metres and
comes from pixels, so it feels the same at every scale. Never to what is hidden.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.site import Layer

from .session import Session

SNAP_ROLES = ("streets", "buildings", "walls", "water", "areas", "rails", "points", "boundary", "other")
MOST_SHAPES = 400  # more than this near the pointer means the map is zoomed out too far to mean one of them


@dataclass(frozen=True)
class Snap:
    """A place to snap to: `kind` is vertex, crossing or segment; `source` the layer role or kind it belongs to."""

    x: float
    y: float
    kind: str
    source: str


def snap(
    session: Session,
    x: float,
    y: float,
    tolerance: float,
    *,
    hidden: Collection[str] = (),
    without: Collection[str] = (),
) -> Snap | None:
    """The nearest place within `tolerance` metres, or None.

    `hidden` layers and kinds and the feature ids in `without` do not count.
    """
    here = shapely.Point(x, y)
    found = list(_near(session, here, tolerance, hidden, without))
    if not found or len(found) > MOST_SHAPES:
        return None
    for pick in (_vertex, _crossing, _segment):
        best = pick(found, x, y, tolerance)
        if best is not None:
            return best
    return None


def _near(
    session: Session, here: BaseGeometry, tolerance: float, hidden: Collection[str], without: Collection[str]
) -> Iterator[tuple[BaseGeometry, str]]:
    for feature in session.plan.features.values():
        if feature.shape is None or feature.kind in hidden or feature.id in without:
            continue
        if feature.shape.dwithin(here, tolerance) or _edge(feature.shape).dwithin(here, tolerance):
            yield _edge(feature.shape), feature.kind
    for layer in session.live_layers.values():
        if layer.role in SNAP_ROLES and layer.id not in hidden:
            for index in _indices(layer, here, tolerance):
                yield _edge(layer.shapes[index]), layer.role


def _indices(layer: Layer, here: BaseGeometry, tolerance: float) -> Any:
    return layer.within(here, tolerance)


def _edge(shape: BaseGeometry) -> BaseGeometry:
    return shape.boundary if shape.geom_type in ("Polygon", "MultiPolygon") else shape


def _vertex(found: list[tuple[BaseGeometry, str]], x: float, y: float, tolerance: float) -> Snap | None:
    best: Snap | None = None
    nearest = tolerance
    for shape, source in found:
        coords = shapely.get_coordinates(shape)
        away = np.hypot(coords[:, 0] - x, coords[:, 1] - y)
        index = int(np.argmin(away))
        if away[index] <= nearest:
            nearest = float(away[index])
            best = Snap(float(coords[index, 0]), float(coords[index, 1]), "vertex", source)
    return best


def _crossing(found: list[tuple[BaseGeometry, str]], x: float, y: float, tolerance: float) -> Snap | None:
    lines = [(shape, source) for shape, source in found if shape.length > 0]
    window = shapely.box(x - tolerance, y - tolerance, x + tolerance, y + tolerance)
    best: Snap | None = None
    nearest = tolerance
    near = [(shapely.intersection(shape, window), source) for shape, source in lines[:24]]
    for number, (one, source) in enumerate(near):
        for other, _ in near[number + 1 :]:
            met = shapely.get_parts(shapely.intersection(one, other))
            crossings = met[shapely.get_dimensions(met) == 0]  # what runs along another line crosses it nowhere
            for px, py in shapely.get_coordinates(crossings):
                away = math.hypot(px - x, py - y)
                if away <= nearest:
                    nearest, best = away, Snap(float(px), float(py), "crossing", source)
    return best


def _segment(found: list[tuple[BaseGeometry, str]], x: float, y: float, tolerance: float) -> Snap | None:
    here = shapely.Point(x, y)
    best: Snap | None = None
    nearest = tolerance
    for shape, source in found:
        away = shape.distance(here)
        if away <= nearest:
            spot = shapely.get_coordinates(shapely.shortest_line(shape, here))[0]
            nearest, best = away, Snap(float(spot[0]), float(spot[1]), "segment", source)
    return best
