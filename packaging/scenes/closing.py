"""What closes the place and what gets in: gaps, ways, speeds, gates, ratings, walls, run-out."""

from __future__ import annotations

from collections.abc import Mapping

from shapely import LineString, box

from .town import LOOK, PEOPLE, RATED, SQUARE, TOWN, Rows, Scene, rows


def block(y0: float, y1: float) -> Rows:
    """A row of houses from west to east between two latitudes, for a street that runs along them."""
    return rows(*(box(x, y0, x + 26, y1) for x in range(-150, -10, 28)))


SCENES: Mapping[str, Scene] = {
    "coverage-gap": Scene(
        LOOK,
        (
            ("perimeter", SQUARE, {"name": "A"}),
            ("barrier", LineString([(0, 40), (0, 0), (31, 0)]), {"name": "B1"}),
            ("barrier", LineString([(34, 0), (70, 0), (70, 40)]), {"name": "B2"}),
        ),
        TOWN,
    ),
    "passage": Scene(
        (-62, -40, 112, 66),
        (
            ("perimeter", box(10, 0, 60, 28), {"name": "A"}),
            ("barrier", LineString([(-33, 13), (-33, 20)]), {"name": "B1", "module_width": 1.0, "clear_gap": 0.0}),
        ),
        {
            "streets": rows(LineString([(-90, 14), (10, 14)]), width=7.0),
            "buildings": rows(
                box(-40, -34, 34, -18),
                box(34, -34, 100, -20),
                box(-40, 44, 30, 60),
                box(30, 46, 100, 60),
                box(-40, -18, -26, 8),
                box(-40, 20, -26, 44),
                box(84, -20, 100, 46),
            ),
        },
    ),
    "vehicle-approach": Scene(
        (-104, -40, 54, 40),
        (
            ("perimeter", box(0, -26, 42, 26), {"name": "A"}),
            (
                "barrier",
                LineString([(0, -4), (0, 4)]),
                {"name": "B1", "rating": "V/1500[M1]/48/90:0.5", "as_tested": True},
            ),
        ),
        {
            "streets": rows(LineString([(-90, 0), (4, 0)]), name="Чүй"),
            "buildings": (
                *block(4.0, 24),
                *block(-24, -4.0),
                *rows(
                    box(-12, 4, -0.5, 60),
                    box(-12, -60, -0.5, -4),
                    box(-0.5, 26.2, 60, 60),
                    box(-0.5, -60, 60, -26.2),
                    box(42.2, -27, 60, 27),
                    box(-160, -60, -92, 60),
                ),
            ),
        },
        says="Чүй",
    ),
    "chicane": Scene(
        (-66, -26, 32, 30),
        (
            ("perimeter", box(8, -18, 60, 18), {"name": "A"}),
            ("barrier", LineString([(-42, -3.5), (-42, 1.3)]), {"name": "B1", **RATED, "module_width": 1.0}),
            ("barrier", LineString([(-30, -1.3), (-30, 3.5)]), {"name": "B2", **RATED, "module_width": 1.0}),
        ),
        {
            "streets": rows(LineString([(-300, 0), (30, 0)]), name="Чүй", width=7.0),
            "buildings": rows(
                *(box(x, y, x + 28, y + 21) for x in (-122, -94, -66, -38) for y in (3.6, -24.6)),
                box(-10, 3.6, 0, 24.6),
                box(-10, -24.6, 0, -3.6),
                *(box(x, y, x + 22, y + 18) for x in (-64, -38) for y in (27, -46)),
            ),
        },
        rule="approach.shared_limit",
    ),
    "gate-control": Scene(
        (8, -22, 62, 12),
        (
            ("perimeter", SQUARE, {"name": "A"}),
            ("barrier", LineString([(0, 40), (0, 0), (31, 0)]), {"name": "B1"}),
            ("barrier", LineString([(37, 0), (70, 0), (70, 40)]), {"name": "B2"}),
            ("gate", LineString([(31, 0), (37, 0)]), {"name": "G1", "use": "vehicles", "state": "open"}),
        ),
        TOWN,
    ),
    "barrier-rating": Scene(
        LOOK,
        (
            ("perimeter", SQUARE, {"name": "A"}),
            ("barrier", LineString([(0, 40), (0, 0)]), {"name": "B1", **RATED}),
            ("barrier", LineString([(0, 0), (70, 0)]), {"name": "B2"}),
            ("barrier", LineString([(70, 0), (70, 40)]), {"name": "B3", **RATED}),
        ),
        TOWN,
    ),
    "natural-barrier": Scene(
        LOOK,
        (("perimeter", SQUARE, {"name": "A"}),),
        {
            **TOWN,
            "walls": (
                *rows(
                    LineString([(-1.5, 40), (-1.5, -1.5), (12, -1.5)]),
                    LineString([(30, -1.5), (40, -1.5)]),
                    LineString([(60, -1.5), (71.5, -1.5), (71.5, 40)]),
                    height=1.4,
                ),
                *rows(LineString([(12, -1.5), (30, -1.5)]), height=0.3),
                *rows(LineString([(40, -1.5), (60, -1.5)]), height=0.2),
            ),
        },
    ),
    "run-out": Scene(
        LOOK,
        (
            ("perimeter", SQUARE, {"name": "A"}),
            ("barrier", LineString([(0, 0), (70, 0)]), {"name": "B1"}),
            ("crowd_area", box(8, 6, 62, 36), PEOPLE),
        ),
        TOWN,
    ),
}
