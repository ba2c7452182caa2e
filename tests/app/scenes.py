"""Sessions for tests of this room: a plan in the middle of Bishkek, with layers made in memory."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import numpy as np

from venueplanner.app.documents import profile_named
from venueplanner.app.session import Session
from venueplanner.domain.plan import LayerRecord, Plan
from venueplanner.domain.site import Layer
from venueplanner.edits import features

EAST, NORTH = 467_000.0, 4_747_000.0
FACTS = {"crs": "EPSG:32643", "title": "Nooruz"}


def layer(role: str, *shapes: Any, **columns: list[Any]) -> Layer:
    """A city layer of shapes."""
    array = np.empty(len(shapes), dtype=object)
    array[:] = list(shapes)
    return Layer(role, role, role, array, {key: np.array(value, dtype=object) for key, value in columns.items()})


def session(*things: tuple[str, Any, dict[str, Any]], layers: tuple[Layer, ...] = ()) -> Session:
    """A session with features (kind, shape, values); the id of each is its name."""
    records = {each.id: LayerRecord(each.id, each.name, each.role, "") for each in layers}
    plan = Plan(layers=MappingProxyType(records), facts=MappingProxyType(dict(FACTS)))
    for kind, shape, values in things:
        plan = features.add(plan, kind=kind, shape=shape, values=values, id=str(values.get("name", "")))
    return Session(plan, profile_named("kg"), layers={each.id: each for each in layers})
