"""Who sees what, and who is told: cameras, their notices, posts."""

from __future__ import annotations

from collections.abc import Mapping

from shapely import LineString, Point, box

from .town import LOOK, PEOPLE, SQUARE, TOWN, Scene, rows

SCENES: Mapping[str, Scene] = {
    "camera-coverage": Scene(
        (-24, -4, 74, 50),
        (
            ("crowd_area", box(14, 6, 62, 40), PEOPLE),
            (
                "camera",
                Point(-6, 22),
                {"name": "V1", "hfov": 80.0, "pixels": 3840, "mast": 4.0, "azimuth": 90.0, "task": "detect"},
            ),
        ),
        {"buildings": rows(box(24, 24, 32, 31), box(-20, -4, -10, 50), box(68, -4, 90, 50), height=9.0)},
    ),
    "camera-privacy": Scene(
        (-24, -8, 74, 50),
        (
            ("crowd_area", box(8, 8, 40, 34), PEOPLE),
            (
                "camera",
                Point(-6, 21),
                {"name": "V1", "hfov": 70.0, "pixels": 3840, "mast": 6.0, "azimuth": 90.0, "vfov": 40.0, "tilt": 10.0},
            ),
        ),
        {
            "buildings": (
                *rows(box(50, 4, 66, 40), kind="apartments", height=15.0),
                *rows(box(-20, -8, -10, 50), box(4, 42, 44, 58), kind="office", height=9.0),
            ),
        },
        rule="privacy.density",
    ),
    "camera-notice": Scene(
        (-12, -22, 82, 44),
        (
            ("perimeter", SQUARE, {"name": "A"}),
            ("barrier", LineString([(0, 40), (0, 0), (32, 0)]), {"name": "B1"}),
            ("barrier", LineString([(38, 0), (70, 0), (70, 40)]), {"name": "B2"}),
            ("gate", Point(35, 0), {"name": "G1", "use": "people", "width": 6.0}),
            ("camera", Point(35, 36), {"name": "V1", "azimuth": 180.0, "hfov": 70.0, "retention": 90}),
        ),
        TOWN,
        rule="notice.reach",
    ),
    "post-cover": Scene(
        LOOK,
        (
            ("perimeter", SQUARE, {"name": "A"}),
            ("post", Point(3, 3), {"name": "P1", "range": 30}),
            ("post", Point(4, 36), {"name": "P2", "range": 30}),
            ("post", Point(66, 22), {"name": "P3", "range": 26}),
        ),
        TOWN,
    ),
    "cordon-cover": Scene(
        LOOK,
        (
            ("cordon", LineString([(-4, 0), (74, 0)]), {"name": "C1"}),
            ("post", Point(24, 26), {"name": "P1", "range": 60}),
        ),
        {**TOWN, "buildings": (*TOWN["buildings"], *rows(box(26, 10, 34, 16), box(6, 12, 12, 17), height=3.5))},
    ),
}
