"""Approaches to a perimeter: closed forms, what hides a street, and what is told about a route."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import LineString, Polygon, box

from venueplanner.engine.approaches import Rules, survey_perimeter
from venueplanner.engine.streets import blocks_by_shapes, build_network
from venueplanner.engine.vehicle import Vehicle

CAR = Vehicle(mass=1500, acceleration=3.2, top_speed=160 / 3.6, width=1.8, turning_radius=7.3)
GRIP = {"friction": 1.0, "gravity": 9.82}
SQUARE = box(0, -20, 40, 20)
# Walls that leave only a slot of 4 m in the middle of the square's west side, 1 m before it.
SLOT = [box(-1.2, 2, -1, 25), box(-1.2, -25, -1, -2), box(-1.2, 20.5, 60, 21), box(-1.2, -21, 60, -20.5),
        box(40.5, -21, 41, 21)]  # fmt: skip


def streets(*lines, width=7.0, **more):
    return build_network([LineString(c) for c in lines], default_width=width, default_free_speed=60 / 3.6, **more)


def street(survey, line):
    return next(a for a in survey.approaches if a.line == line)


def test_that_a_straight_street_arrives_with_its_run_up_square_on():
    survey = survey_perimeter(SQUARE, streets([(-100, 0), (10, 0)]), CAR, [], rules=Rules(run_up=50), **GRIP)
    way = street(survey, 0).fastest
    crossing = survey.samples.speed[np.argmin(np.hypot(*(survey.samples.xy - [0, 0]).T))]
    assert crossing == pytest.approx(np.sqrt(2 * 3.2 * 100), rel=0.01)
    assert way.energy == pytest.approx(0.5 * 1500 * way.speed**2)
    assert way.normal_energy == pytest.approx(0.5 * 1500 * (way.speed * np.sin(np.radians(way.angle))) ** 2)


def test_that_a_street_between_walls_gives_exactly_its_run_up():
    walls = [LineString([(0, 1), (-100, 1), (-100, -1), (0, -1)])]
    survey = survey_perimeter(box(0, -1, 40, 1), streets([(-100, 0), (10, 0)]), CAR, walls, **GRIP)
    way = street(survey, 0).fastest
    assert (way.x, way.y) == pytest.approx((0, 0), abs=1e-6)
    assert way.speed == pytest.approx(np.sqrt(2 * 3.2 * 100))
    assert way.angle == pytest.approx(90)
    assert way.crosses
    assert not way.from_outside
    assert way.route.length == pytest.approx(100)
    (leg,) = way.legs
    assert (leg.line, leg.bound, leg.speed_in) == (0, "acceleration", 0.0)


def test_that_a_street_meets_a_slanting_line_at_its_angle():
    slanting = Polygon([(0, 0), (60, 60), (60, 0)])
    survey = survey_perimeter(slanting, streets([(-60, 30), (50, 30)]), CAR, [], rules=Rules(run_up=0.1), **GRIP)
    way = street(survey, 0).fastest
    assert way.angle == pytest.approx(45)
    assert way.normal_speed == pytest.approx(way.speed * np.sqrt(0.5))


def test_that_open_ground_gives_its_longest_clear_run():
    wall = [LineString([(-70, -300), (-70, 300)])]
    survey = survey_perimeter(SQUARE, streets([(500, 500), (600, 500)]), CAR, [*SLOT, *wall], **GRIP)
    middle = np.argmin(np.hypot(*(survey.samples.xy - [0, 0]).T))
    # the slot lets the vehicle's 1.8 m through at a slant, so the run is at least the straight one and not endless
    assert np.sqrt(2 * 3.2 * 70) <= survey.samples.speed[middle] <= np.sqrt(2 * 3.2 * 300)
    assert survey.samples.line[middle] == -1
    assert all(a.line is None for a in survey.approaches)


def test_that_a_wall_in_sight_shortens_the_run_to_it():
    box_in = [LineString([(0, 1.2), (-70, 1.2), (-70, -1.2), (0, -1.2)])]
    survey = survey_perimeter(box(0, -1, 40, 1), streets([(500, 500), (600, 500)]), CAR, box_in, **GRIP)
    west = survey.samples.speed[np.argmin(np.hypot(*survey.samples.xy.T))]
    assert west == pytest.approx(np.sqrt(2 * 3.2 * 70), rel=0.01)


def test_that_a_slot_narrower_than_the_vehicle_lets_nothing_through():
    narrow = [box(-1.2, 0.8, -1, 25), box(-1.2, -25, -1, -0.8), *SLOT[2:]]
    survey = survey_perimeter(SQUARE, streets([(500, 500), (600, 500)]), CAR, narrow, **GRIP)
    west = survey.samples.xy[:, 0] == 0
    assert survey.samples.speed[west].max() <= np.sqrt(2 * 3.2 * 45)  # only the strip between wall and line is left


def test_that_a_wall_that_hides_the_street_leaves_a_shorter_run():
    network = streets([(-60, -150), (-60, 150)])
    wall = [LineString([(-30, -400), (-30, 400)])]
    open_ground = survey_perimeter(SQUARE, network, CAR, [], **GRIP).samples
    hidden = survey_perimeter(SQUARE, network, CAR, wall, **GRIP).samples
    west = open_ground.xy[:, 0] == 0
    assert hidden.normal_speed[west] == pytest.approx(np.sqrt(2 * 3.2 * 30), rel=0.01)  # square on from the wall
    assert open_ground.normal_speed[west].min() > np.sqrt(2 * 3.2 * 60)


def test_that_a_turn_off_the_street_on_to_open_ground_is_clipped_like_a_turn():
    # a street passing at right angles, and a corridor to the perimeter exactly one vehicle wide plus a hand
    walls = [LineString([(-3, 1), (0, 1)]), LineString([(-3, -1), (0, -1)]), LineString([(-3, 1), (-3, 300)]),
             LineString([(-3, -1), (-3, -300)]), LineString([(-9, -300), (-9, 300)])]  # fmt: skip
    rules = Rules(open_space=5.2, street_spacing=1.0)
    survey = survey_perimeter(box(0, -1, 40, 1), streets([(-6, -300), (-6, 300)]), CAR, walls, rules=rules, **GRIP)
    west = survey.samples.speed[np.argmin(np.hypot(*survey.samples.xy.T))]
    tan = np.tan(np.pi / 4)
    radius = min(5.2 / (1 - np.cos(np.pi / 4)), 6 / tan + 5.2)
    assert west == pytest.approx(np.sqrt(9.82 * radius + 2 * 3.2 * 6), rel=0.05)


def test_that_the_answer_is_the_speed_at_the_line_whatever_stands_on_it():
    network = streets([(-100, 0), (10, 0)])
    bare = survey_perimeter(SQUARE, network, CAR, [], **GRIP)
    again = survey_perimeter(SQUARE, network, CAR, [], **GRIP)
    assert np.array_equal(bare.samples.speed, again.samples.speed)


def test_that_an_outer_barrier_shortens_the_run_up_on_the_street():
    network = streets([(-100, 0), (10, 0)], width=4.0)
    walls = [LineString([(0, 2), (-100, 2), (-100, -2), (0, -2)])]
    barrier = [box(-40, -3, -39, 3)]
    blocks = blocks_by_shapes(network, barrier, vehicle_width=1.8)
    survey = survey_perimeter(box(0, -2, 40, 2), network, CAR, [*walls, *barrier], blocks=blocks, **GRIP)
    assert street(survey, 0).speed == pytest.approx(np.sqrt(2 * 3.2 * 39), rel=0.01)


def test_that_a_tunnel_below_the_perimeter_is_no_approach():
    fence = [SQUARE.buffer(0.6) - SQUARE.buffer(0.5)]
    below = survey_perimeter(SQUARE, streets([(-100, 0), (100, 0)], level=[-1]), CAR, fence, **GRIP)
    above = survey_perimeter(SQUARE, streets([(-100, 0), (100, 0)], level=[1]), CAR, fence, **GRIP)
    assert below.samples.speed.max() == pytest.approx(np.sqrt(2 * 3.2 * 0.45))  # what fits between fence and line
    assert above.samples.speed.max() == pytest.approx(np.sqrt(2 * 3.2 * 100), rel=0.02)


def test_that_a_vehicle_does_not_come_through_the_protected_area():
    network = streets([(-100, 0), (100, 0)])
    rules = Rules(run_up=0.1)
    ways = [a.fastest for a in survey_perimeter(SQUARE, network, CAR, [], rules=rules, **GRIP).approaches]
    west = next(w for w in ways if w.crosses and w.x == pytest.approx(0))
    east = next(w for w in ways if w.crosses and w.x == pytest.approx(40))
    assert west.speed == pytest.approx(np.sqrt(2 * 3.2 * 100))
    assert east.speed == pytest.approx(np.sqrt(2 * 3.2 * 60))


def test_that_the_route_explains_its_turn():
    network = streets([(-60, -100), (-60, 0)], [(-60, 0), (10, 0)], width=5.0)
    survey = survey_perimeter(SQUARE, network, CAR, [], rules=Rules(run_up=0.1), **GRIP)
    way = next(a.fastest for a in survey.approaches if a.fastest.crosses)
    radius = 3.2 / (1 - np.cos(np.pi / 4))
    assert way.speed == pytest.approx(np.sqrt(9.82 * radius + 2 * 3.2 * 60))
    assert [leg.bound for leg in way.legs] == ["acceleration", "turn"]
    assert way.legs[1].radius == pytest.approx(radius)
    assert way.legs[0].speed_out == pytest.approx(way.legs[1].speed_in) == pytest.approx(np.sqrt(9.82 * radius))
    assert way.route.coords[-1] == pytest.approx((0, 0))
    assert way.route.length == pytest.approx(sum(leg.length for leg in way.legs))


def test_that_legs_join_in_speed_and_the_route_in_space():
    rng = np.random.default_rng(3)
    lines = [[(x, -200), (x + rng.uniform(-9, 9), 0), (x, 200)] for x in range(-200, 201, 50)]
    lines += [[(-200, y), (0, y + rng.uniform(-9, 9)), (200, y)] for y in range(-200, 201, 50)]
    survey = survey_perimeter(box(-30, -20, 35, 25), streets(*lines), CAR, [], **GRIP)
    assert len(survey.approaches) >= 4
    for approach in survey.approaches:
        for way in (approach.fastest, approach.hardest):
            for one, two in zip(way.legs[:-1], way.legs[1:], strict=True):
                assert one.speed_out == pytest.approx(two.speed_in, abs=0.7)
            assert way.legs[-1].speed_out == pytest.approx(way.speed)
            assert way.route.length == pytest.approx(sum(leg.length for leg in way.legs), abs=0.5)
            assert way.route.coords[-1] == pytest.approx((way.x, way.y))


def test_that_approaches_are_ranked_and_cover_the_stretches_they_colour():
    network = streets([(-100, 0), (10, 0)], [(20, -60), (20, 0)])
    survey = survey_perimeter(SQUARE, network, CAR, [], rules=Rules(run_up=0.1, least_run_up=10), **GRIP)
    speeds = [a.speed for a in survey.approaches]
    assert speeds == sorted(speeds, reverse=True)
    assert {a.line for a in survey.approaches} == {0, 1}
    for approach in survey.approaches:
        assert len(approach.speeds) == len(approach.samples)
        assert approach.stretch.distance(approach.route) == pytest.approx(0, abs=1e-6)


def test_that_no_piece_of_the_perimeter_is_longer_than_the_spacing():
    survey = survey_perimeter(SQUARE, streets([(-100, 0), (10, 0)]), CAR, [], rules=Rules(spacing=2.0), **GRIP)
    sizes = np.hypot(*(survey.samples.end - survey.samples.start).T)
    assert sizes.max() <= 2.0 + 1e-9
    assert sizes.sum() == pytest.approx(SQUARE.length)
