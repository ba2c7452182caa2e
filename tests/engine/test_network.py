"""Building the street network: where lines meet, and what is repaired or reported."""

from __future__ import annotations

import numpy as np
import pytest
from shapely import affinity
from shapely.geometry import LineString, MultiLineString

from venueplanner.engine.streets import build_network, inside_blocks


def streets(*lines, **more):
    return build_network([LineString(c) for c in lines], default_width=7.0, default_free_speed=14.0, **more)


def test_that_lines_crossing_without_a_vertex_are_joined():
    network = streets([(0, 0), (100, 0)], [(50, -50), (50, 50)])
    assert (network.links, len(network.node_xy), network.report.crossings) == (4, 5, 1)
    assert network.length == pytest.approx([50] * 4)


def test_that_a_bridge_over_a_street_is_not_joined_to_it():
    network = streets([(0, 0), (100, 0)], [(50, -50), (50, 50)], level=[0, 1])
    assert (network.links, network.report.crossings) == (2, 0)


def test_that_a_bridge_is_joined_to_its_ramp():
    network = streets([(0, 0), (50, 0)], [(50, 0), (100, 0)], level=[0, 1])
    assert len(network.node_xy) == 3


def test_that_lines_meet_at_a_common_vertex():
    network = streets([(0, 0), (50, 0), (100, 0)], [(50, 0), (50, 70)])
    assert (network.links, len(network.node_xy), network.report.crossings) == (3, 4, 0)


def test_that_an_end_lying_on_a_line_without_a_vertex_is_joined():
    network = streets([(0, 0), (100, 0)], [(30, 0), (30, 70)])
    assert (network.links, len(network.node_xy)) == (3, 4)
    assert not network.report.snapped


def test_that_an_end_missing_a_line_by_little_is_joined_and_reported():
    network = streets([(0, 0), (100, 0)], [(30, 0.4), (30, 70)])
    assert (network.links, len(network.node_xy)) == (3, 4)
    (repair,) = network.report.snapped
    assert (repair.line, repair.other, repair.distance) == (1, 0, pytest.approx(0.4))
    assert network.node_xy[:, 1].min() == pytest.approx(0.0, abs=1e-6)  # the end moves, the line it missed does not


def test_that_two_ends_that_miss_each_other_meet_half_way():
    network = streets([(0, 0), (50, 0)], [(50.3, 0), (100, 0)])
    assert len(network.node_xy) == 3
    assert sorted(network.node_xy[:, 0])[1] == pytest.approx(50.15)


def test_that_an_end_missing_a_line_by_more_is_reported_and_left():
    network = streets([(0, 0), (100, 0)], [(30, 3), (30, 70)])
    assert (network.links, len(network.node_xy)) == (2, 4)
    (dangle,) = network.report.dangles
    assert (dangle.line, dangle.distance, network.report.snapped) == (1, pytest.approx(3.0), ())


def test_that_a_dead_end_far_from_everything_is_no_dangle():
    assert streets([(0, 0), (100, 0)], [(30, 8), (30, 70)]).report.dangles == ()


def test_that_lines_on_top_of_each_other_are_joined_where_they_part():
    network = streets([(0, 0), (100, 0)], [(0, 0), (60, 0), (60, 50)])
    at = np.flatnonzero((np.abs(network.node_xy - [60, 0]) < 1e-6).all(axis=1))
    assert at.size == 1
    assert (
        np.diff(network.in_ptr)[at[0]] == 4
    )  # two along the first line, one shared stretch drawn twice, the side street


def test_that_a_line_that_crosses_itself_is_joined_there():
    network = streets([(0, 0), (100, 0), (100, 50), (50, 50), (50, -50)])
    assert (network.links, network.report.crossings) == (3, 1)


def test_that_lines_without_length_or_with_broken_numbers_are_set_aside():
    with np.errstate(invalid="ignore"):
        broken = LineString([(0, 0), (np.nan, 1)])
    lines = [LineString(), LineString([(0, 0), (0, 0)]), None, broken, LineString([(0, 0), (9, 0)])]
    network = build_network(lines, default_width=7.0, default_free_speed=14.0)
    assert (network.links, network.report.set_aside, network.line.tolist()) == (1, (0, 1, 2, 3), [4])


def test_that_no_lines_make_an_empty_network():
    network = build_network([], default_width=7.0, default_free_speed=14.0)
    assert (network.links, network.edges, len(network.node_xy)) == (0, 0, 0)


def test_that_parts_of_a_multiline_are_streets_of_one_source_line():
    network = build_network(
        [LineString([(0, 9), (9, 9)]), MultiLineString([[(0, 0), (50, 0)], [(60, 0), (90, 0)]])],
        default_width=7.0,
        default_free_speed=14.0,
        width=[4.0, 6.0],
    )
    assert network.line.tolist() == [0, 1, 1]
    assert network.width.tolist() == [4.0, 6.0, 6.0]


def test_that_unknown_widths_take_the_default_and_are_reported():
    network = streets([(0, 0), (9, 0)], [(0, 9), (9, 9)], width=[np.nan, 5.0], maxspeed_kmh=[36.0, np.nan])
    assert network.width.tolist() == [7.0, 5.0]
    assert network.free_speed.tolist() == [10.0, 14.0]
    assert network.report.default_width == (0,)


def test_that_a_list_of_another_length_is_refused():
    with pytest.raises(ValueError, match="width has 1 values for 2"):
        streets([(0, 0), (9, 0)], [(0, 9), (9, 9)], width=[3.0])


def test_that_the_order_and_place_of_lines_change_nothing():
    rng = np.random.default_rng(5)
    lines = [LineString(rng.uniform(0, 200, (3, 2)).round(1)) for _ in range(12)]
    base = build_network(lines, default_width=7.0, default_free_speed=14.0)
    for other in (lines[::-1], [affinity.translate(line, 5e5, 6.7e6) for line in lines]):
        network = build_network(other, default_width=7.0, default_free_speed=14.0)
        assert np.sort(network.length) == pytest.approx(np.sort(base.length), abs=1e-5)
        assert len(network.turn_to) == len(base.turn_to)


def test_that_tunnels_pass_under_an_area():
    from shapely.geometry import box

    network = streets([(0, 0), (100, 0)], [(0, 10), (100, 10)], level=[0, -1])
    inside = inside_blocks(network, box(20, -20, 60, 20))
    assert (inside.low.tolist(), inside.high.tolist(), inside.ptr.tolist()) == ([20.0], [60.0], [0, 1, 1])
