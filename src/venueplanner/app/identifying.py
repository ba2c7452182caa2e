"""What is here: the place in three ways of writing it, the street, the plan's features and the city's things."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Layer
from venueplanner.domain.words import N_

from . import whereabouts
from .searching import ROLE_LABELS
from .session import Session

STREET_METRES = 60.0  # how far away a street still says where one is
MOST_THINGS = 20


@dataclass(frozen=True)
class Thing:
    """Something of the city's data: the layer's name, what it is (to translate), and its attributes."""

    layer: str
    what: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Here:
    """What is at a place. `positions` are (label to translate, text); `street_away` is in metres."""

    positions: tuple[tuple[str, str], ...]
    street: str
    street_away: float
    features: tuple[Feature, ...]
    things: tuple[Thing, ...]


def positions(session: Session, x: float, y: float) -> tuple[tuple[str, str], ...]:
    """A place as latitude and longitude, as MGRS and in the plan's own system; what is not known is left out."""
    degrees, grid = whereabouts.texts(session.plan, x, y)
    own = f"{x:.2f} {y:.2f}"
    rows = ((N_("Latitude, longitude"), degrees), (N_("MGRS"), grid), (N_("Plan coordinates"), own))
    return tuple(row for row in rows if row[1])


def here(session: Session, x: float, y: float, near: float, hidden: Collection[str] = ()) -> Here:
    """What lies within `near` metres; hidden kinds and layers do not count."""
    place, site = shapely.Point(x, y), session.site()
    features = [
        each
        for each in session.plan.features.values()
        if each.kind not in hidden and each.shape is not None and site.active(each) and each.shape.dwithin(place, near)
    ]
    features.sort(key=lambda each: (shapely.area(each.shape), each.name))
    layers = [layer for layer in session.live_layers.values() if layer.id not in hidden]
    things = [thing for layer in layers for thing in _things(layer, place, near)]
    street, away = _street(session, place)
    return Here(positions(session, x, y), street, away, tuple(features), tuple(things[:MOST_THINGS]))


def _things(layer: Layer, place: shapely.Point, near: float) -> list[Thing]:
    rows = layer.within(place, near)[:MOST_THINGS]
    what = ROLE_LABELS.get(layer.role, N_("Other data"))
    return [Thing(layer.name, what, _values(layer, int(row))) for row in rows]


def _values(layer: Layer, row: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, column in layer.columns.items():
        value = column[row]
        if value is None or value is False or value != value or str(value).strip() in ("", "False"):
            continue
        number = isinstance(value, float | np.floating)
        found[name] = f"{value:g}" if number else str(value).strip()
    return found


def _street(session: Session, place: shapely.Point) -> tuple[str, float]:
    """The name of the nearest street that has one, and how far its middle line is."""
    best = ("", STREET_METRES)
    for layer in session.live_layers.values():
        if layer.role != "streets":
            continue
        rows, names = layer.within(place, STREET_METRES), layer.column("name")
        for row, away in zip(rows, shapely.distance(layer.shapes[rows], place), strict=True):
            name = names[row]
            if isinstance(name, str) and name.strip() and away <= best[1]:
                best = (name.strip(), float(away))
    return best if best[0] else ("", 0.0)
