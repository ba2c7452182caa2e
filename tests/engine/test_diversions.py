"""Closures, turns, signs and corridors: cases whose answer is known beforehand."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import LineString, Point, box

from venueplanner.engine.diversions import (
    Mover,
    closed_by,
    ends_of,
    fitting_turns,
    obstacles_on,
    roads_of,
    served,
    signs_for,
    spots_of,
    stretch_of,
    way_between,
)
from venueplanner.engine.diversions.corridor import clear_widths, runs_below
from venueplanner.engine.diversions.roads import ring_reach
from venueplanner.engine.streets import build_network

GRID = [[(0, 100 * n), (300, 100 * n)] for n in range(4)] + [[(100 * n, 0), (100 * n, 300)] for n in range(4)]
BUS = Mover(2.5, 4.0, 12.5, 5.3)
CAR = Mover(2.0, 2.0)


def roads(lines=GRID, widths=None, **more):
    network = build_network(
        [LineString(each) for each in lines], default_width=7.0, default_free_speed=10.0, width=widths
    )
    return roads_of(network, **more)


def node(net, x, y):
    return int(np.argmin(np.hypot(*(net.node_xy - (x, y)).T)))


def closed(net, *coords):
    return closed_by(net, LineString(coords), 5.0)


def test_that_streets_a_closure_only_crosses_stay_open():
    net = roads().network
    blocks = closed(net, (0, 101), (300, 101))
    assert (blocks.high - blocks.low).sum() == pytest.approx(300)
    assert stretch_of(net, blocks).equals(LineString([(0, 100), (300, 100)]))


def test_that_part_of_a_street_is_closed_to_the_metre():
    blocks = closed(roads().network, (120.5, 98), (170.25, 98))
    assert (blocks.low.tolist(), blocks.high.tolist()) == ([20.5], [70.25])


def test_that_a_closure_drawn_away_from_streets_closes_nothing():
    assert not closed(roads().network, (20, 50), (80, 50)).low.size
    assert not closed_by(roads().network, Point(50, 50), 5.0).low.size


def test_that_a_point_closes_the_street_it_stands_on():
    blocks = closed_by(roads().network, Point(150, 102), 5.0)
    assert blocks.low.tolist() == [pytest.approx(49)]


def test_that_the_way_round_one_block_is_three_blocks():
    found = roads()
    net = found.network
    blocks = closed(net, (110, 100), (190, 100))
    links = np.diff(blocks.ptr) > 0
    ends = ends_of(found, LineString([(110, 100), (190, 100)]), blocks, links)
    assert (ends.first, ends.last) == (node(net, 100, 100), node(net, 200, 100))
    way = way_between(found, ends.first, ends.last, found.open(CAR, links))
    assert way.metres == pytest.approx(300)
    assert way.seconds == pytest.approx(30)


def test_that_the_end_of_a_closure_moves_out_to_where_drivers_can_choose():
    lines = [[(0, 0), (400, 0)], [(0, 0), (0, 100), (400, 100), (400, 0)], [(100, 0), (100, 5)]]
    found = roads([*lines, [(0, 0), (-50, 0)], [(400, 0), (450, 0)]])
    line = LineString([(150, 0), (250, 0)])
    blocks = closed_by(found.network, line, 3.0)
    ends = ends_of(found, line, blocks, np.diff(blocks.ptr) > 0)
    # the stub of 5 m counts as a street, so its junction is the first choice
    assert ends.first == node(found.network, 100, 0)
    assert ends.last == node(found.network, 400, 0)


def test_that_a_closed_dead_end_cuts_no_through_traffic():
    found = roads([*GRID, [(300, 0), (400, 0)]])
    line = LineString([(320, 0), (380, 0)])
    blocks = closed_by(found.network, line, 3.0)
    assert not ends_of(found, line, blocks, np.diff(blocks.ptr) > 0).cuts_through


@pytest.mark.parametrize(("width", "fits"), [(8.74, False), (8.76, True), (20.0, True)])
def test_that_the_turning_ring_fits_a_square_corner_from_eight_and_three_quarter_metres(width, fits):
    # outer 12.5, inner 5.3: the corner stands (12.5 - w)·√2 from the middle, which is 5.3 at w = 8.752
    reach = ring_reach(BUS, [width], [width], [0.0])[0]
    assert bool(reach <= BUS.inner) is fits


def test_that_turns_between_streets_of_unknown_width_are_taken():
    assert fitting_turns(roads(), BUS).all()
    narrow = roads(widths=[6.0] * 8)
    assert not fitting_turns(narrow, BUS).all()
    assert fitting_turns(narrow, CAR).all()


def test_that_a_bus_is_sent_where_it_can_turn():
    # the short way has square corners between narrow streets, the long one blunt corners between wide ones
    lines = [[(0, 0), (100, 0)], [(300, 0), (400, 0)], [(100, 0), (100, -20)], [(100, -20), (300, -20)],
             [(300, -20), (300, 0)], [(100, 0), (200, 120), (300, 0)]]  # fmt: skip
    found = roads(lines, widths=[9.0, 9.0, 6.0, 6.0, 6.0, 9.0])
    ends = node(found.network, 0, 0), node(found.network, 400, 0)
    car = way_between(found, *ends, found.open(CAR), fitting_turns(found, CAR))
    bus = way_between(found, *ends, found.open(BUS), fitting_turns(found, BUS))
    assert car.metres == pytest.approx(440)
    assert bus.metres == pytest.approx(200 + 2 * np.hypot(100, 120))
    assert obstacles_on(found, BUS, bus.edges) == []
    assert {what for what, _, _ in obstacles_on(found, BUS, car.edges)} == {"turn"}


def test_that_low_and_narrow_streets_keep_out_only_who_does_not_fit():
    found = roads([[(0, 0), (100, 0)]], widths=[3.0], height=[3.5])
    assert found.open(CAR).all()
    assert not found.open(BUS).any()
    way = way_between(found, 0, 1, found.through)
    assert obstacles_on(found, Mover(3.5, 4.0), way.edges) == [("width", 0, 3.0), ("height", 0, 3.5)]


def test_that_a_door_on_the_closed_stretch_and_one_behind_it_are_told_apart():
    found = roads([*GRID, [(300, 0), (500, 0)]])
    net = found.network
    blocks = closed(net, (340, 0), (360, 0))
    links = np.diff(blocks.ptr) > 0
    before = served(found)
    after = served(found, links, before)
    doors = spots_of(found, [Point(320, 8), Point(350, 8), Point(420, 8), Point(1000, 1000)], 60.0)
    assert doors.link.tolist()[-1] == -1
    assert before.spots(found, doors)[0].tolist() == [True, True, True, False]
    reached, on = after.spots(found, doors, blocks)
    assert reached.tolist() == [True, False, False, False]
    assert on.tolist() == [False, True, False, False]


def test_that_a_sign_stands_before_every_junction_to_the_right_of_the_street():
    found = roads()
    net = found.network
    start, end = node(net, 0, 0), node(net, 200, 100)
    on = np.isin(np.arange(net.edges) >> 1, np.flatnonzero((net.bounds()[:, 1] == 0) | (net.bounds()[:, 0] == 200)))
    way = way_between(found, start, end, found.through & on)
    signs = signs_for(found, way, before=30.0, side=4.0)
    assert [each.shows for each in signs] == ["ahead", "ahead", "left"]
    assert (signs[1].place.x, signs[1].place.y) == (pytest.approx(70), pytest.approx(-4))
    assert (signs[2].place.x, signs[2].place.y) == (pytest.approx(170), pytest.approx(-4))


def test_that_a_corridor_is_as_wide_as_what_is_left_between_both_sides():
    line = LineString([(0, 0), (20, 0)])
    marks, width = clear_widths(line, [box(8, 1.5, 12, 3), box(0, -9, 20, -2)], 6.0, 1.0)
    assert width[(marks > 8.5) & (marks < 11.5)] == pytest.approx(3.5)
    assert width[marks < 7.5] == pytest.approx(8.0)
    assert runs_below(width, 5.0) == [(8, 12)]


def test_that_a_thin_line_across_bars_the_corridor():
    _, width = clear_widths(LineString([(0, 0), (20, 0)]), [box(10.4, -9, 10.45, 9)], 6.0, 1.0)
    assert width.min() == 0.0
