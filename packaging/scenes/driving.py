"""What a closed street does: ways round it, signs, doors, the ways of the emergency services."""

from __future__ import annotations

from collections.abc import Mapping

from shapely import LineString, box

from .town import Rows, Scene, rows

# Four streets each way, 50 m apart, with a house in every block.
EAST = tuple(LineString([(-250, y), (350, y)]) for y in (-50, 0, 50))
NORTH = tuple(LineString([(x, -150), (x, 150)]) for x in (0, 60, 120))
_STREETS: Rows = rows(*EAST, *NORTH, box(-250, -150, 350, 150).exterior, width=7.0)
_HOUSES: Rows = rows(*(box(x + 8, y + 8, x + 52, y + 42) for x in (-60, 0, 60, 120) for y in (-50, 0)), kind="house")
CITY: Mapping[str, Rows] = {"streets": _STREETS, "buildings": _HOUSES}
CLOSED = ("closure", LineString([(10, 0), (50, 0)]), {"name": "L1"})
LOOK = (-45.0, -62.0, 165.0, 58.0)

SCENES: Mapping[str, Scene] = {
    "closure-detour": Scene(LOOK, (CLOSED,), CITY),
    "closure-signs": Scene(LOOK, (CLOSED,), CITY),
    "access": Scene(
        LOOK,
        (
            ("closure", LineString([(60, 8), (60, 26)]), {"name": "L1"}),
        ),
        {
            "streets": rows(LineString([(-250, 0), (350, 0)]), LineString([(60, 0), (60, 46), (150, 46)]),
                            LineString([(-250, 0), (-250, -90), (350, -90), (350, 0)]), width=7.0),
            "buildings": rows(box(68, 24, 92, 40), box(100, 24, 124, 40), box(-30, 8, 48, 40), box(-30, -44, 40, -8),
                              box(50, -44, 124, -8), kind="house"),
        },
    ),
    "emergency-ways": Scene(
        (-12, -19, 58, 21),
        (
            ("emergency_route", LineString([(-10, 0), (56, 0)]), {"name": "E1", "width": 3.5}),
            ("barrier", LineString([(18, -1.3), (34, -1.3)]), {"name": "B1", "module_width": 1.6, "clear_gap": 0.2}),
        ),
        {
            "streets": rows(LineString([(-250, 0), (350, 0)]), width=7.0),
            "buildings": rows(box(-30, 1.9, 70, 16), box(-30, -16, 70, -4.5)),
        },
    ),
    "first-engine": Scene(
        (-62.0, -56.0, 134.0, 56.0),
        (("perimeter", box(70, 8, 110, 40), {"name": "A"}),),
        {
            "streets": rows(LineString([(-50, -50), (-50, 50)]), LineString([(-50, -40), (0, 0), (-50, 40)]),
                            LineString([(0, 0), (50, 0)]), box(50, 0, 120, 50).exterior, width=7.0),
            "buildings": (*rows(box(-62, -6, -54, 6), kind="fire_station", name="1"),
                          *rows(box(-20, 18, 40, 44), box(-20, -44, 40, -18), box(60, -44, 110, -8))),
        },
    ),
}  # fmt: skip
