"""What must keep its distance: stand-off rings, gas, stores, assembly points, unsearched things."""

from __future__ import annotations

from collections.abc import Mapping

from shapely import LineString, Point, box

from .town import PEOPLE, QUARTER, TOWN, Scene, rows

SCENES: Mapping[str, Scene] = {
    "stand-off": Scene(
        (-46, -64, 120, 52),
        (
            ("crowd_area", box(8, 4, 62, 36), PEOPLE),
            ("post", Point(24, -2), {"name": "P1"}),
            ("standoff", Point(36, -12), {"name": "Z1", "card_row": "case", "ring": "mandatory"}),
        ),
        TOWN,
    ),
    "gas-bottles": Scene(
        (-124, -80, 184, 96),
        (
            ("crowd_area", box(34, 2, 72, 38), PEOPLE),
            ("exit", LineString([(28, -4), (34, -4)]), {"name": "X1"}),
            ("hazard", Point(27, 8), {"name": "H1", "what": "lpg_large"}),
        ),
        QUARTER,
    ),
    "quantity-distance": Scene(
        (-160, -84, 160, 98),
        (
            ("crowd_area", box(8, 4, 62, 36), PEOPLE),
            ("hazard", Point(-52, 6), {"name": "H1", "what": "fireworks", "quantity": 27}),
        ),
        QUARTER,
        rule="quantity.factor.school",
    ),
    "assembly-points": Scene(
        (-470, -400, 470, 400),
        (
            ("perimeter", box(-35, -20, 35, 20), {"name": "A"}),
            ("standoff", Point(0, -20), {"name": "Z1", "card_row": "pipe", "ring": "preferred"}),
            ("assembly_point", Point(250, 90), {"name": "M1"}),
            ("assembly_point", Point(-430, -60), {"name": "M2"}),
        ),
        {
            "streets": rows(
                *(LineString([(-900, y), (900, y)]) for y in (-290, -130, 60, 240)),
                *(LineString([(x, -900), (x, 900)]) for x in (-560, -300, -90, 140, 330, 600)),
                width=8.0,
            ),
            "buildings": rows(
                *(box(x, y, x + 60, y + 70) for x in (-280, -190, 200, 360, 450) for y in (-230, -60, 110, 280)),
            ),
        },
    ),
    "unscreened": Scene(
        (-28, -16, 70, 40),
        (
            ("crowd_area", box(14, 2, 62, 36), PEOPLE),
            ("hazard", box(-9, 8, -1, 28), {"name": "H1", "what": "parking"}),
        ),
        TOWN,
    ),
}
