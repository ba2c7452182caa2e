"""Attainable speeds on streets: closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import LineString, Point, box

from venueplanner.engine.approaches import Caps, attainable_speeds
from venueplanner.engine.approaches.routes import walk_back
from venueplanner.engine.streets import (
    Profile,
    blocks_by_shapes,
    blocks_of_links,
    build_network,
    corner_radius,
    joined_blocks,
    profile_of,
    study_sources,
)
from venueplanner.engine.vehicle import Vehicle

CAR = Vehicle(mass=1500, acceleration=3.2, top_speed=160 / 3.6, width=1.8, turning_radius=7.3)
GRIP = {"friction": 1.0, "gravity": 9.82}


def streets(*lines, width=7.0, **more):
    return build_network([LineString(c) for c in lines], default_width=width, default_free_speed=60 / 3.6, **more)


def test_that_a_dead_end_street_gives_the_run_up_from_rest():
    speeds = attainable_speeds(streets([(0, 0), (80, 0)]), CAR, **GRIP)
    assert speeds.speed == pytest.approx([np.sqrt(2 * 3.2 * 80)] * 2)


def test_that_a_long_street_ends_at_the_top_speed():
    speeds = attainable_speeds(streets([(0, 0), (800, 0)]), CAR, **GRIP)
    assert speeds.speed == pytest.approx([160 / 3.6] * 2)


def test_that_a_street_cut_in_pieces_is_as_fast_as_the_whole():
    speeds = attainable_speeds(streets(*[[(n * 10, 0), (n * 10 + 10, 0)] for n in range(12)]), CAR, **GRIP)
    assert speeds.speed.max() == pytest.approx(np.sqrt(2 * 3.2 * 120))


def test_that_a_vehicle_from_outside_the_study_area_brings_its_free_speed():
    network = streets([(-20, 0), (0, 0)], [(0, 0), (50, 0)])
    start = study_sources(network, box(-1, -1, 100, 1))
    speeds = attainable_speeds(network, CAR, start=start, **GRIP)
    assert speeds.speed[0] == pytest.approx(np.sqrt((60 / 3.6) ** 2 + 2 * 3.2 * 20))
    assert speeds.speed[2] == pytest.approx(np.sqrt((60 / 3.6) ** 2 + 2 * 3.2 * 70))


def test_that_a_street_ending_at_the_rim_of_the_data_begins_at_its_free_speed():
    network = streets([(0, 0), (50, 0)])
    start = study_sources(network, box(-500, -500, 500, 500), rim=5.0, data_extent=box(0, -50, 100, 50))
    assert start == pytest.approx([(60 / 3.6) ** 2, 0.0])


def test_that_a_square_corner_clips_to_the_skid_speed_of_its_best_line():
    # usable width 7.0 - 1.8 on both sides: r = w / (1 - cos 45°)
    radius = 5.2 / (1 - np.cos(np.pi / 4))
    assert corner_radius(5.2, 5.2, 0.0) == pytest.approx(radius)
    speeds = attainable_speeds(streets([(0, 0), (100, 0)], [(100, 0), (100, 30)]), CAR, **GRIP)
    assert speeds.squared[2] == pytest.approx(9.82 * radius + 2 * 3.2 * 30)


def test_that_a_corner_inside_one_line_limits_like_a_corner_between_two():
    one = attainable_speeds(streets([(0, 0), (100, 0), (100, 30)]), CAR, **GRIP)
    two = attainable_speeds(streets([(0, 0), (100, 0)], [(100, 0), (100, 30)]), CAR, **GRIP)
    assert one.squared[0] == pytest.approx(two.squared[2])
    assert one.squared[1] == pytest.approx(two.squared[1])


def test_that_a_round_bend_has_the_radius_of_the_best_line_formula():
    # E6 of the skid formula's best line: R + (w/2)·(1 + cos(D/2))/(1 - cos(D/2)), within what the drawn polygon allows
    r, w, angle = 40.0, 5.2, np.radians(60)
    turn = np.linspace(0, angle, 13)
    bend = np.stack([r * np.sin(turn), r * (1 - np.cos(turn))], axis=1)
    end = bend[-1] + 60 * np.array([np.cos(angle), np.sin(angle)])
    network = streets([(-300, 0), *bend, end], bend_tolerance=0.01)
    speeds = attainable_speeds(network, CAR, **GRIP)
    best = r + w / 2 * (1 + np.cos(angle / 2)) / (1 - np.cos(angle / 2))
    limits = speeds.stations.forth
    radii = limits[np.isfinite(limits)] / 9.82
    assert radii.min() == pytest.approx(best, rel=0.02)
    assert speeds.squared[0] == pytest.approx(9.82 * best + 2 * 3.2 * 60, rel=0.03)


def test_that_a_jog_narrower_than_the_street_is_no_bend():
    straight = attainable_speeds(streets([(0, 0), (200, 0)]), CAR, **GRIP)
    jog = attainable_speeds(streets([(0, 0), (100, 0), (101, 1.5), (199, 1.5)], bend_tolerance=0.1), CAR, **GRIP)
    assert jog.speed[0] == pytest.approx(straight.speed[0], rel=0.01)


def test_that_a_lorry_that_cannot_turn_so_tightly_starts_again_from_rest():
    lorry = Vehicle(mass=7200, acceleration=1.25, top_speed=25, width=2.5, turning_radius=12.0)
    network = streets([(0, 0), (100, 0)], [(100, 0), (100, 40)], width=4.0)
    assert corner_radius(1.5, 1.5, 0.0) < 12.0
    assert attainable_speeds(network, lorry, **GRIP).squared[2] == pytest.approx(2 * 1.25 * 40)


def test_that_a_street_narrower_than_the_vehicle_is_not_driven():
    network = streets([(0, 0), (100, 0)], [(100, 0), (130, 0)], width=1.5)
    assert not attainable_speeds(network, CAR, **GRIP).usable.any()


def test_that_one_ways_are_ignored_unless_asked_for():
    network = streets([(0, 0), (100, 0)], oneway=[1])
    assert attainable_speeds(network, CAR, **GRIP).speed[1] > 0
    assert attainable_speeds(network, CAR, obey_oneway=True, **GRIP).speed[1] == 0


def test_that_climbing_costs_what_the_slope_takes():
    network = streets([(0, 0), (100, 0)])
    speeds = attainable_speeds(network, CAR, rise=[10.0], **GRIP)
    assert speeds.squared == pytest.approx([2 * (3.2 * 100 - 9.82 * 10), 2 * (3.2 * 100 + 9.82 * 10)])


def test_that_a_hill_too_steep_to_climb_is_reached_only_with_a_swing():
    network = streets([(0, 0), (100, 0)], [(100, 0), (120, 0)])
    speeds = attainable_speeds(network, CAR, rise=[0.0, 10.0], **GRIP)
    assert speeds.squared[2] == pytest.approx(2 * 3.2 * 100 + 2 * (3.2 * 20 - 9.82 * 10))
    assert attainable_speeds(streets([(100, 0), (120, 0)]), CAR, rise=[10.0], **GRIP).squared[0] == 0


NONE = np.zeros(0, dtype=bool)
GRADES = {"M1": (1500, 3.20, 1.5, (76, 84, 91, 98, 104)), "N3C": (7200, 1.25, 2.3, (27, 44, 57, 67, 76))}


@pytest.mark.parametrize("class_id", GRADES)
def test_that_the_speed_after_100_m_up_or_down_is_that_of_the_slope_table(class_id):
    # gradients of -10, -5, 0, +5, +10 % downhill, km/h, after E2: v² = 2·(a + g·sin θ)·s with tan θ the gradient
    mass, a, width, table = GRADES[class_id]
    vehicle = Vehicle(mass=mass, acceleration=a, top_speed=160 / 3.6, width=width)
    for grade, kmh in zip((-0.10, -0.05, 0.0, 0.05, 0.10), table, strict=True):
        speeds = attainable_speeds(streets([(0, 0), (100, 0)]), vehicle, rise=[-100 * np.sin(np.arctan(grade))], **GRIP)
        assert speeds.speed[0] * 3.6 == pytest.approx(kmh, abs=0.5)


def test_that_a_hill_in_the_middle_of_a_long_street_is_climbed_with_a_swing_or_not_at_all():
    network = streets([(0, 0), (100, 0)], [(100, 0), (300, 0)])
    hill = Profile(np.array([0, 2, 5]), np.array([0.0, 100, 0, 100, 200]), np.array([0.0, 0, 0, 60, 0]), NONE)
    speeds = attainable_speeds(network, CAR, rise=hill, **GRIP)
    assert speeds.squared_at(np.array([2]), np.array([100.0])) == pytest.approx(2 * 3.2 * 200 - 2 * 9.82 * 60)
    higher = Profile(hill.ptr, hill.along, hill.climb * 2, NONE)
    speeds = attainable_speeds(network, CAR, rise=higher, **GRIP)
    assert speeds.squared_at(np.array([2]), np.array([100.0]))[0] == 0  # stuck below the top
    assert speeds.squared[2] == pytest.approx((160 / 3.6) ** 2)  # but who stands on the top rolls down


def test_that_a_route_over_a_hill_begins_where_the_run_up_needs_it():
    network = streets([(0, 0), (300, 0)])
    valley = Profile(np.array([0, 3]), np.array([0.0, 200, 300]), np.array([0.0, 0, 20]), NONE)
    speeds = attainable_speeds(network, CAR, rise=valley, **GRIP)
    needed = float(speeds.squared[0])  # more than the climb alone gives: all of the level street is needed too
    leg = walk_back(speeds, 0, 300.0, needed).legs[0]
    assert (leg.length, leg.rise) == (pytest.approx(300.0), pytest.approx(20.0))
    leg = walk_back(speeds, 0, 300.0, 100.0).legs[0]  # the last 100 m climb 20 m: 1.236 m/s² are left
    assert leg.length == pytest.approx(100.0 / (2 * (3.2 - 9.82 * 0.2)))
    assert leg.rise == pytest.approx(0.2 * leg.length)
    assert leg.speed_out**2 == pytest.approx(leg.speed_in**2 + 2 * (3.2 * leg.length - 9.82 * leg.rise), abs=1e-6)


def test_that_heights_of_streets_are_read_along_them_and_bridges_climb_evenly():
    network = streets([(0, 0), (100, 0)], [(0, 50), (100, 50)], [(0, 90), (500, 90)], level=[0, 1, 0])

    def bump(xy):
        high = np.where(np.abs(xy[:, 0] - 50) < 30, 7.0, 1.0)
        return np.where(xy[:, 0] > 200, np.nan, high)

    profile = profile_of(network, bump, 25.0)
    assert profile.along[:5].tolist() == [0, 25, 50, 75, 100]
    assert profile.climb[:5].tolist() == [0, 6, 6, 6, 0]
    assert profile.climb[5:7].tolist() == [0, 0]  # the bridge
    assert profile.climb[7:].tolist() == [0.0] * 21  # a street that leaves the grid is level
    assert profile.lost.tolist() == [False, False, True]


def test_that_a_limit_on_the_way_holds_in_both_directions():
    network = streets([(0, 0), (100, 0)])
    caps = Caps(np.array([0]), np.array([70.0]), np.array([25.0]), np.array([36.0]))
    speeds = attainable_speeds(network, CAR, caps=caps, **GRIP)
    assert speeds.squared == pytest.approx([25 + 2 * 3.2 * 30, 36 + 2 * 3.2 * 70])
    way = walk_back(speeds, 0, 100.0, float(speeds.squared[0]))
    assert (way.legs[0].bound, way.legs[0].radius) == ("chicane", pytest.approx(25 / 9.82))


def test_that_on_a_ring_a_vehicle_gains_until_the_skid_speed_of_the_ring_holds_it():
    turn = np.linspace(0, 2 * np.pi, 73)
    ring = 40 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    speeds = attainable_speeds(streets(ring[:37], ring[36:]), CAR, **GRIP)
    steady = 9.82 * (40 + 5.2 / 2)  # on a half turn the best line is the outer edge before and after it
    assert 2 * 3.2 * np.pi * 40 > 1.5 * steady  # half a ring from rest would give more
    assert steady <= speeds.squared.max() <= 1.15 * steady  # the limit ends with the line; the next begins a little on


def test_that_behind_a_block_the_run_up_begins_again():
    network = streets([(0, 0), (100, 0)])
    wall = blocks_by_shapes(network, [box(40, -5, 41, 5)], vehicle_width=1.8)
    speeds = attainable_speeds(network, CAR, blocks=wall, **GRIP)
    assert speeds.squared == pytest.approx([2 * 3.2 * 59, 2 * 3.2 * 40])
    edge, along = np.array([0, 0, 0]), np.array([40.0, 40.5, 100.0])
    assert speeds.squared_at(edge, along) == pytest.approx([2 * 3.2 * 40, np.nan, 2 * 3.2 * 59], nan_ok=True)


def test_that_a_row_of_bollards_blocks_only_where_no_gap_lets_the_vehicle_through():
    network = streets([(0, 0), (100, 0)])
    tight = [Point(50, y).buffer(0.15) for y in np.arange(-3.5, 3.6, 1.4)]
    loose = [Point(50, y).buffer(0.15) for y in np.arange(-3.0, 3.1, 3.0)]
    assert blocks_by_shapes(network, tight, vehicle_width=1.5).low.size == 1
    assert blocks_by_shapes(network, loose, vehicle_width=1.5).low.size == 0
    assert blocks_by_shapes(network, tight, vehicle_width=0.8).low.size == 0


def test_that_a_closed_link_cuts_the_way_through():
    network = streets([(0, 0), (50, 0)], [(50, 0), (100, 0)], [(100, 0), (150, 0)])
    closed = blocks_of_links(network, np.array([False, True, False]))
    speeds = attainable_speeds(network, CAR, blocks=closed, **GRIP)
    assert speeds.squared[4] == pytest.approx(2 * 3.2 * 50)
    both = joined_blocks(network, closed, blocks_by_shapes(network, [box(120, -5, 121, 5)], vehicle_width=1.8))
    assert attainable_speeds(network, CAR, blocks=both, **GRIP).squared[4] == pytest.approx(2 * 3.2 * 29)
