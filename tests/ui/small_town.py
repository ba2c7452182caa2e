"""A small generated plan: two streets that cross, two houses, a square with barriers and a post, two phases."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from shapely import affinity

from venueplanner.app import documents
from venueplanner.app.session import Session
from venueplanner.domain.plan import LayerRecord, Plan
from venueplanner.domain.site import Layer
from venueplanner.edits import facts, features

X, Y = 467_600.0, 4_747_100.0  # the middle, in metres of EPSG:32643


def at(x: float, y: float) -> tuple[float, float]:
    """A place by metres east and north of the middle."""
    return X + x, Y + y


def here(shape: Any) -> Any:
    """A shape moved to the middle."""
    return affinity.translate(shape, X, Y)


STREETS = [shapely.LineString([(-200, 100), (200, 100)]), shapely.LineString([(100, -200), (100, 200)])]
HOUSES = [shapely.box(-90, -20, -70, 0), shapely.box(-90, 20, -70, 40)]


def _layer(role: str, shapes: list[Any], **columns: list[Any]) -> Layer:
    array = np.empty(len(shapes), dtype=object)
    array[:] = [here(each) for each in shapes]
    return Layer(role, role, role, array, {key: np.array(value, dtype=object) for key, value in columns.items()})


def small_plan() -> Plan:
    """The plan alone."""
    records = {role: LayerRecord(role, role.title(), role, "", count=2) for role in ("streets", "buildings")}
    plan = Plan(layers=records)
    plan = facts.put(plan, values={"title": "Small town", "crs": "EPSG:32643", "profile": "kg"})
    add: list[tuple[str, Any, dict[str, Any]]] = [
        ("phase", None, {"name": "Setup", "start": "2026-08-31T08:00", "end": "2026-08-31T15:00"}),
        ("phase", None, {"name": "Event", "start": "2026-08-31T17:00", "end": "2026-08-31T22:00"}),
        ("perimeter", here(shapely.box(0, 0, 60, 60)), {"name": "Square"}),
        ("barrier", here(shapely.LineString([(0, 0), (60, 0)])), {"name": "B1"}),
        ("post", here(shapely.Point(-30, 30)), {"name": "P1"}),
        ("stakeholder", None, {"name": "Police"}),
    ]
    for kind, shape, values in add:
        plan = features.add(plan, kind=kind, shape=shape, values=values)
    return plan


def small_session() -> Session:
    """A session on it, with a journal and the two layers."""
    session = documents.new_session(small_plan())
    session.layers["streets"] = _layer("streets", STREETS, name=["Chui Avenue", "Jibek Street"])
    session.layers["buildings"] = _layer("buildings", HOUSES)
    return session


LOOK = (*at(-110, -110), *at(130, 115))  # the piece of ground the tests work on
