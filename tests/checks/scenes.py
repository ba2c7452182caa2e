"""Small scenes for checks: a plan drawn in a few words, with streets and buildings where wanted."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from venueplanner.app.documents import profile_named
from venueplanner.domain.plan import LayerRecord, Plan
from venueplanner.domain.site import Layer, Site
from venueplanner.edits import features


def layer(role: str, *shapes: Any, **columns: list[Any]) -> Layer:
    """A city layer of shapes."""
    array = np.empty(len(shapes), dtype=object)
    array[:] = list(shapes)
    return Layer(role, role, role, array, {key: np.array(value, dtype=object) for key, value in columns.items()})


def site(*things: tuple[str, Any, dict[str, Any]], layers: tuple[Layer, ...] = ()) -> Site:
    """A site with features (kind, shape, values) and city layers."""
    plan = Plan(layers={each.id: LayerRecord(each.id, each.name, each.role, "") for each in layers})
    for kind, shape, values in things:
        plan = features.add(plan, kind=kind, shape=shape, values=values)
    return Site(plan, {each.id: each for each in layers}, profile_named("kg"))


SQUARE = shapely.box(0, 0, 60, 60)


def wall_with_gap(width: float) -> list[tuple[str, Any, dict[str, Any]]]:
    """A perimeter of 60 m closed by barriers all round but for one gap of `width` m in the middle of the south side."""
    left, right = 30 - width / 2, 30 + width / 2
    line = shapely.LineString([(right, 0), (60, 0), (60, 60), (0, 60), (0, 0), (left, 0)])
    return [("perimeter", SQUARE, {"name": "A"}), ("barrier", line, {"name": "B1"})]
