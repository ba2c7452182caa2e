"""Where people stand, come in and get out: density, exits, queues, narrow places, accessible ways."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shapely import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from .town import Scene, rows

Thing = tuple[str, BaseGeometry, dict[str, Any]]
YARD = box(0, 0, 70, 40)
LOOK = (-28.0, -20.0, 98.0, 52.0)
AROUND: Thing = ("perimeter", YARD, {"name": "A"})
HOUSES = rows(
    box(-26, 6, -4, 24), box(-26, 28, -4, 50), box(0, 44, 32, 60), box(38, 44, 70, 60), box(74, 4, 96, 22),
    box(74, 26, 96, 48), box(-26, -20, 18, -14), box(48, -20, 96, -14),
)  # fmt: skip
STREETS = rows(LineString([(-40, -5), (110, -5)]), width=8.0)
CITY = {"streets": STREETS, "buildings": HOUSES}


def crowd(people: int, shape: BaseGeometry = box(6, 6, 64, 34), **values: Any) -> Thing:  # noqa: B008 - shapes never change
    """A crowd area."""
    return ("crowd_area", shape, {"name": "K1", "people": people, **values})


def exits(*places: tuple[float, float], width: float = 4.0) -> tuple[Thing, ...]:
    """Exits in a row."""
    return tuple(("exit", Point(at), {"name": f"X{n}", "width": width}) for n, at in enumerate(places, 1))


FOUR = ((35, 0), (70, 20), (35, 40), (0, 20))
STAGE: Thing = ("note", box(10, 24, 44, 33), {"name": "N1", "takes_ground": True})
SCENES: Mapping[str, Scene] = {
    "crowd-density": Scene(LOOK, (crowd(4800), STAGE), CITY),
    "net-area": Scene(
        LOOK,
        (crowd(1200), STAGE, ("emergency_route", LineString([(-30, 14), (100, 14)]), {"name": "E1", "width": 4.0})),
        CITY,
    ),
    "exit-capacity": Scene(LOOK, (AROUND, crowd(7000), *exits(*FOUR)), CITY),
    "exit-spread": Scene(LOOK, (AROUND, crowd(900), *exits((24, 0), (35, 0), (46, 0))), CITY, rule="exits.least_turn"),
    "clearance": Scene(LOOK, (AROUND, crowd(4500), STAGE, *exits((35, 0), (0, 30))), CITY),
    "exit-barriers": Scene(
        (-14, -9, 28, 15),
        (
            ("perimeter", box(-40, 0, 60, 40), {"name": "A"}),
            ("barrier", LineString([(-14, 0), (28, 0)]), {"name": "B1", "module_width": 1.2, "clear_gap": 1.1}),
            ("exit", Point(7, 0), {"name": "X1", "width": 9.0}),
        ),
    ),
    "entry-queue": Scene(
        LOOK,
        (
            AROUND,
            crowd(2400),
            ("gate", LineString([(31, 0), (39, 0)]), {"name": "G1", "width": 8.0, "lanes": 2, "use": "people"}),
        ),
        CITY,
    ),
    "pinch-points": Scene(
        (-20, -22, 92, 42),
        (crowd(2200, box(4, 6, 66, 36)), *exits((35, -16), width=8.0)),
        {
            "buildings": rows(
                box(-12, -12, 33.5, 1),
                box(36.5, -12, 86, 1),
                box(-12, 1, 0, 56),
                box(70, 1, 86, 56),
                box(0, 40, 70, 56),
            ),
            "streets": rows(LineString([(-40, -17), (110, -17)]), width=8.0),
        },
    ),
    "accessible-route": Scene(
        (-14, -17, 42, 15),
        (
            ("perimeter", box(-40, 0, 60, 40), {"name": "A"}),
            ("barrier", LineString([(-40, 0), (60, 0)]), {"name": "B1", "module_width": 1.2, "clear_gap": 1.0}),
            crowd(900, box(-30, 8, 50, 34)),
            ("assembly_point", Point(14, -12), {"name": "M1", "purpose": "drop_off"}),
        ),
        {"buildings": rows(box(-60, -30, -40, 60), box(60, -30, 80, 60), box(-60, 40, 80, 60))},
        says="M1",
    ),
    "enclosed": Scene(LOOK, (AROUND, crowd(900), *exits((35, 0))), CITY),
}
