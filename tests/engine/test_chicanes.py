"""Chicanes: closed forms, their slow twins on random scenes, and what must never happen."""

from __future__ import annotations

import math
import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import LineString, Point, box

from tests.oracles.chicane import SLACK, hits, may_stand, widest_shift
from venueplanner.engine.chicanes import (
    LongVehicle,
    best_radius,
    free_places,
    held_at,
    rows_of,
    shift_radius,
    straightened,
    way_through,
)

EXAMPLES = int(os.environ.get("VENUEPLANNER_EXAMPLES", "200"))
ENGINE = LongVehicle(outside=12.5, inside=5.3, width=2.55)
STREET = LineString([(-60, 0), (90, 0)])


def two_blocks(length, overlap=0.0, width=7.0, thick=0.6):
    """Blocks from the right and from the left edge, `length` metres apart, each past the middle by `overlap`."""
    return [box(0, -width / 2, thick, overlap), box(thick + length, -overlap, 2 * thick + length, width / 2)]


def test_that_a_shift_without_room_has_the_radius_of_two_equal_arcs():
    # r = (L² + y²)/(4·y), and the skid speed on it with f = 1.0: E4
    assert shift_radius(10.0, 2.0) == pytest.approx((10.0**2 + 2.0**2) / (4 * 2.0)) == 13.0
    assert math.sqrt(9.82 * shift_radius(10.0, 2.0)) * 3.6 == pytest.approx(40.7, abs=0.05)
    assert shift_radius(0.0, 2.0) == 0.5
    assert shift_radius(7.0, 0.0) == math.inf


def test_that_a_gap_just_as_wide_as_the_vehicle_gives_the_closed_form():
    # 7 m street, vehicle 1.5 m, blocks that leave 1.5 m: no room to turn before or behind, shift 7 - 3 + ... = 5.5 m
    things = straightened(STREET, two_blocks(12.0, overlap=2.0), -3.5, 3.5)
    rows = rows_of(things, -3.5, 3.5, 1.5)
    assert [row.free for row in rows] == [((2.75, 2.75),), ((-2.75, -2.75),)]
    assert [(row.begin - 60, row.end - 60) for row in rows] == [
        (pytest.approx(0.0), pytest.approx(0.6)),
        (pytest.approx(12.6), pytest.approx(13.2)),
    ]
    assert best_radius(rows[0], rows[1], -2.75, 2.75) == pytest.approx((12.0**2 + 5.5**2) / (4 * 5.5))
    held = held_at(rows, -2.75, 2.75, largest=100.0)
    assert [(h.begin - 60, h.end - 60) for h in held] == [(pytest.approx(0.6), pytest.approx(12.6))]


def test_that_a_wide_gap_lets_the_turn_begin_before_it():
    tight, wide = shift_radius(10.0, 1.5), shift_radius(10.0, 1.5, 2.0, 2.0)
    assert wide > 10 * tight
    assert shift_radius(10.0, 1.5, 50.0, 0.0) == pytest.approx(shift_radius(10.0, 1.5, 1.5, 0.0))  # more is no use


def test_that_gaps_on_the_same_side_hold_nobody_and_a_closed_row_lets_nobody_through():
    same = [box(0, -3.5, 0.6, 0), box(12, -3.5, 12.6, 0)]
    rows = rows_of(straightened(STREET, same, -3.5, 3.5), -3.5, 3.5, 1.5)
    assert held_at(rows, -2.75, 2.75, 1e6) == []
    closed = rows_of(straightened(STREET, [box(0, -9, 1, 9)], -3.5, 3.5), -3.5, 3.5, 1.5)
    assert [h.radius for h in held_at(closed, -2.75, 2.75, 1e6)] == [0.0]


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.floats(1, 40), st.floats(0.2, 6), st.floats(0, 3), st.floats(0, 3))
def test_that_the_best_curve_equals_trying_arcs_one_by_one(length, shift, room, behind):
    expected = widest_shift(length, shift, room, behind)
    found = shift_radius(length, shift, room, behind)
    if found < 5e4 and found > 1.5 * (shift + room + behind):  # near 60° and beyond the twin's step is too coarse
        slack = SLACK * shift
        assert found * 0.95 <= expected <= shift_radius(length, shift - slack, room, behind + 2 * slack) * 1.01


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.floats(1, 40), st.floats(0.2, 6), st.floats(0, 3), st.floats(0, 3), st.floats(0.1, 5))
def test_that_more_length_or_room_never_tightens_a_curve_and_more_shift_never_widens_it(length, shift, a, b, more):
    radius = shift_radius(length, shift, a, b)
    assert shift_radius(length + more, shift, a, b) >= radius * (1 - 1e-6)
    assert shift_radius(length, shift, a + more, b) >= radius * (1 - 1e-6)
    assert shift_radius(length, shift, b, a) == pytest.approx(radius, rel=1e-5)
    assert shift_radius(length, shift + more) <= shift_radius(length, shift) or length < shift + more


@st.composite
def blocks(draw):
    number = st.floats(-5, 5).map(lambda v: round(v, 1))
    found = []
    for _ in range(draw(st.integers(1, 4))):
        x, y = draw(st.floats(0, 40).map(lambda v: round(v, 1))), draw(number)
        found.append(box(x, y, x + draw(st.floats(0.2, 4)), y + draw(st.floats(0.2, 5))))
    return found


@settings(max_examples=EXAMPLES, deadline=None)
@given(blocks(), st.sampled_from([1.5, 2.55]))
def test_that_free_places_equal_laying_the_vehicle_there(things, width):
    low, high = -4.0, 4.0
    rows = rows_of(straightened(STREET, things, low, high), low, high, width)
    for along in np.arange(0.05, 45, 0.93):
        over = [row for row in rows if row.begin <= along + 60 <= row.end]
        for across in np.arange(-3.93, 4.0, 0.31):
            said = all(any(a <= across <= b for a, b in row.free) for row in over)
            said &= low + width / 2 <= across <= high - width / 2
            assert said == may_stand(along, across, things, low, high, width)


@settings(max_examples=EXAMPLES, deadline=None)
@given(blocks(), st.data())
def test_that_one_thing_more_never_gives_a_larger_radius(things, data):
    def tightest(some):
        rows = rows_of(straightened(STREET, some, -4.0, 4.0), -4.0, 4.0, 1.5)
        return min((h.radius for h in held_at(rows, -3.25, 3.25, 1e6)), default=math.inf)

    fewer = list(things)
    fewer.pop(data.draw(st.integers(0, len(things) - 1)))
    assert tightest(things) <= tightest(fewer) + 1e-6


def test_that_a_street_at_any_angle_and_place_gives_the_same_rows():
    things, line = two_blocks(9.0, 0.4), STREET
    for angle, by in ((33.0, 0.0), (190.0, 6_672_000.0)):
        turned = [affinity.translate(affinity.rotate(t, angle, origin=(0, 0)), by, by / 2) for t in (*things, line)]
        rows = rows_of(straightened(turned[-1], turned[:-1], -3.5, 3.5), -3.5, 3.5, 1.5)
        wanted = rows_of(straightened(line, things, -3.5, 3.5), -3.5, 3.5, 1.5)
        found = [held.radius for held in held_at(rows, -2.75, 2.75, 1e6)]
        assert found == pytest.approx([held.radius for held in held_at(wanted, -2.75, 2.75, 1e6)], rel=1e-3)


def test_that_the_turning_ring_of_the_directive_gives_the_long_vehicle():
    assert ENGINE.tightest == pytest.approx(6.575)
    assert math.hypot(ENGINE.front, ENGINE.inside + ENGINE.width) == pytest.approx(12.5)


def test_that_a_long_vehicle_needs_length_between_two_blocks():
    assert way_through(two_blocks(10.0), -3.5, 3.5, ENGINE) is None
    assert way_through(two_blocks(20.0), -3.5, 3.5, ENGINE) is not None
    assert way_through([box(0, -3.5, 1, 0.5)], -3.5, 3.5, ENGINE) is not None  # 3.0 m are left
    assert way_through([box(0, -3.5, 1, 1.0)], -3.5, 3.5, ENGINE) is None  # 2.5 m
    assert way_through([], -1.2, 1.2, ENGINE) is None


@settings(max_examples=EXAMPLES, deadline=None)
@given(blocks())
def test_that_a_way_found_is_driven_without_touching_anything(things):
    way = way_through(things, -4.0, 4.0, ENGINE)
    if way is None:
        return
    assert hits(way.tolist(), things, -4.0, 4.0, ENGINE.front, ENGINE.width) <= 0.1
    turn = np.abs(np.diff(np.sin(way[:, 2]))) / np.diff(way[:, 0])
    assert (turn <= 1 / ENGINE.tightest + 1e-9).all()


@settings(max_examples=EXAMPLES, deadline=None)
@given(blocks(), st.data())
def test_that_one_thing_less_never_closes_a_way(things, data):
    if way_through(things, -4.0, 4.0, ENGINE) is not None:
        fewer = list(things)
        fewer.pop(data.draw(st.integers(0, len(things) - 1)))
        assert way_through(fewer, -4.0, 4.0, LongVehicle(12.5, 5.3, 2.5)) is not None


@pytest.mark.parametrize(
    "odd", [Point(0, 0), LineString([(0, 0), (0, 0)]), LineString([(0, -3), (0, 0)]), box(0, 0, 0, 0)]
)
def test_that_no_outline_is_too_odd(odd):
    things = straightened(STREET, [odd, *two_blocks(20.0)], -3.5, 3.5)
    rows_of(things, -3.5, 3.5, 1.5)
    way_through([each.outline for each in things], -3.5, 3.5, ENGINE)
    assert free_places([(-9, 9)], -3, 3, 1.5) == ()
