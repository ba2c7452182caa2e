"""Chicanes: who they slow, that the largest engine still passes, and what they do to the speed at the perimeter."""

from __future__ import annotations

import math

import pytest
import shapely
from shapely.geometry import LineString

from tests.checks.scenes import layer, site
from venueplanner.checks.chicane import CHECK
from venueplanner.checks.driving import survey

STREET = layer("streets", LineString([(-300, 0), (20, 0)]), name=["Long Street"], width=[7.0])
AREA = shapely.box(0, -12, 40, 12)
RATED = {"rating": "V/7200[N2]/112/90:1.0", "as_tested": True, "clear_gap": 0.0, "depth": 0.6, "module_width": 1.0}
WALLS = layer("buildings", shapely.box(-320, 3.6, -0.5, 60), shapely.box(-320, -60, -0.5, -3.6))


def row(x, low, high, name, **values):
    return ("barrier", LineString([(x, low), (x, high)]), {**RATED, **values, "name": name})


def chicane(length=12.0, overlap=0.0, **values):
    return [
        row(-80 - length, -3.5, overlap, "B1", **values),
        row(-80, -overlap, 3.5, "B2", **values),
    ]


def scene(*things, walls=WALLS, vehicle="N2A"):
    layers = (STREET, walls) if walls else (STREET,)
    return site(("perimeter", AREA, {"name": "A", "vehicle_class": vehicle}), *things, layers=layers)


def findings(made):
    return [each for barrier in made.of("barrier") for each in CHECK.find(made, barrier)]


def test_that_a_tight_chicane_slows_but_keeps_the_engine_out():
    made = scene(*chicane(8.0, 0.9))
    worst, speed = findings(made)
    assert worst.severity == "major"
    assert "does not get through the chicane of B1, B2" in worst.text.say()
    assert worst.features == (made.of("barrier")[0].id, made.of("barrier")[1].id)
    assert "Long Street" in speed.text.say()
    assert speed.measured == pytest.approx(0.0) or speed.measured < 80


def test_that_a_long_chicane_lets_the_engine_through_and_slows_nobody():
    only = findings(scene(*chicane(30.0), vehicle="M1"))
    assert [each.severity for each in only] == ["major"]
    assert "can drive through the chicane of B1, B2 at" in only[0].text.say()
    assert only[0].measured > 60


def test_that_the_speed_is_that_of_the_best_curve():
    # gaps of exactly the van's width leave no room: shift y, arcs r = (L² + y²)/(4·y), v = √(f·g·r)
    made = scene(*chicane(12.0, 1.25, depth=0.05), vehicle="N2A")
    speed = findings(made)[-1]
    width = made.rules.number("vehicle.N2A.width")
    free = 3.5 - 1.25
    if width <= free:
        room, shift, length = free - width, 2 * 1.25 + width, 12.0 - 0.05
        assert speed.measured >= 3.6 * math.sqrt(9.82 * (length**2 + shift**2) / (4 * shift)) - 0.5
        assert room >= 0


def test_that_open_ground_beside_the_carriageway_lets_a_car_by():
    open_side = layer("buildings", shapely.box(-320, 3.6, -0.5, 60), shapely.box(-320, -60, -0.5, -9.0))
    beside = findings(scene(*chicane(10.0, 0.5), walls=open_side, vehicle="M1"))[-1]
    closed = findings(scene(*chicane(10.0, 0.5), vehicle="M1"))[-1]
    assert beside.measured > closed.measured
    assert any("Open beside the carriageway" in line.say() for line in beside.why)
    blind = findings(scene(*chicane(10.0, 0.5), walls=None, vehicle="M1"))[-1]
    assert any("only the carriageway is judged" in line.say() for line in blind.why)


def test_that_what_can_be_pushed_aside_is_said():
    loose = findings(scene(*chicane(6.0, 1.8, as_tested=False), vehicle="M1"))[-1]
    assert loose.severity == "major"
    assert "B1, B2 can be pushed aside" in loose.text.say() or loose.measured > 30


def test_that_barriers_from_one_side_or_on_the_line_are_no_chicane():
    assert findings(scene(row(-90, -3.5, 0, "B1"), row(-78, -3.5, 0, "B2"))) == []
    assert findings(scene(row(-90, -3.5, 0, "B1"))) == []
    assert findings(scene(row(0, -3.5, 0, "B1"), row(0, 0.5, 3.5, "B2"))) == []


ENCLOSED = layer(
    "buildings",
    *WALLS.shapes,
    shapely.box(-0.5, 12.2, 60, 13),
    shapely.box(-0.5, -13, 60, -12.2),
    shapely.box(41, -13, 42, 13),
)  # so that the street is the only way


def at_the_line(*things, vehicle="N2A"):
    made = scene(*things, walls=ENCLOSED, vehicle=vehicle)
    return max(each.speed for each in survey(made, made.of("perimeter")[0]).approaches)


def test_that_a_chicane_that_holds_lowers_the_speed_at_the_perimeter():
    """80 m are left behind it: what the chicane allows and the run-up after it."""
    free, held = at_the_line(), at_the_line(*chicane(4.0, 1.0))
    assert held < free
    assert held**2 >= 2 * 2.0 * 79.0 - 1e-6  # from rest behind it at the least


def test_that_a_chicane_that_can_be_pushed_aside_lowers_nothing():
    assert at_the_line(*chicane(4.0, 1.0, as_tested=False)) == pytest.approx(at_the_line())
    assert at_the_line(*chicane(4.0, 1.0, rating="V/7200[N2]/16/90:1.0")) == pytest.approx(at_the_line())


@pytest.mark.parametrize("length", [3.0, 6.0, 12.0, 25.0])
@pytest.mark.parametrize("overlap", [-1.0, 0.0, 1.0])
def test_that_a_barrier_never_raises_a_speed(length, overlap):
    one, two = chicane(length, overlap)
    free = at_the_line()
    assert at_the_line(one) <= free + 1e-6
    assert at_the_line(one, two) <= at_the_line(one) + 1e-6
