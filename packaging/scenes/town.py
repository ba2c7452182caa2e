"""What a scene is, and the town that most of them lie in. Metres, x to the east, y to the north."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapely import LineString, box

Thing = tuple[str, Any, Mapping[str, Any]]  # kind, shape, values
Rows = tuple[tuple[Any, Mapping[str, Any]], ...]  # shapes of a city layer with their columns

RATED = {"rating": "V/7200[N3C]/80/90:1.1", "as_tested": True}
PEOPLE = {"name": "K1", "people": 1200}


@dataclass(frozen=True)
class Scene:
    """What stands where, and which ground the picture shows.

    The finding drawn is the gravest of all, of `rule`, or of those whose sentence has the word `says`.
    """

    bounds: tuple[float, float, float, float]
    things: tuple[Thing, ...]
    city: Mapping[str, Rows] = field(default_factory=dict)
    rule: str = ""
    says: str = ""


def rows(*shapes: Any, **columns: Any) -> Rows:
    """Rows of one layer that share their columns."""
    return tuple((shape, columns) for shape in shapes)


# A square of 70 × 40 m with houses along its north side and streets to the south and west: most scenes lie in it.
SQUARE = box(0, 0, 70, 40)
HOUSES = rows(
    box(-8, 40, 22, 58), box(22, 40, 50, 54), box(50, 40, 78, 58), box(-46, 14, -18, 58), box(88, 10, 116, 58)
)
STREETS = rows(LineString([(-400, -9), (400, -9)]), LineString([(-13, -300), (-13, 300)]), width=7.0)
TOWN: Mapping[str, Rows] = {
    "streets": STREETS,
    "buildings": (*HOUSES, *rows(box(-46, -46, -18, -17), box(-6, -46, 24, -17), box(34, -46, 64, -17),
                                 box(74, -46, 116, -17))),
}  # fmt: skip
# The same with more houses round it, for what reaches farther than the square.
QUARTER: Mapping[str, Rows] = {
    "streets": STREETS,
    "buildings": (*TOWN["buildings"], *rows(
        box(-120, 20, -60, 44), box(-110, -40, -58, -18), box(-160, -44, -124, -18), box(-46, 70, -18, 120),
        box(-8, 70, 30, 100), box(40, 70, 78, 110), box(88, 70, 130, 110), box(126, -40, 190, -18),
        box(130, 10, 170, 50), box(-46, -110, -18, -58), box(-6, -100, 40, -58), box(52, -100, 116, -60),
    )),
}  # fmt: skip
LOOK = (-12.0, -22.0, 82.0, 50.0)
