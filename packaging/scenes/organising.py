"""Who owns what: a thing in the plan that nobody answers for."""

from __future__ import annotations

from collections.abc import Mapping

from shapely import LineString

from .town import LOOK, SQUARE, TOWN, Scene

SCENES: Mapping[str, Scene] = {
    "orphans": Scene(
        LOOK,
        (
            ("stakeholder", None, {"name": "S1"}),
            ("perimeter", SQUARE, {"name": "A"}),
            ("cordon", LineString([(-4, -12), (74, -12)]), {"name": "C1"}),
        ),
        TOWN,
    ),
}
