"""Crowd figures beside the worked examples of their sources, and cases that can be worked out by hand."""

from __future__ import annotations

import doctest

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Point, box

from venueplanner.engine import crowds
from venueplanner.engine.crowds import arrivals, figures, ground, openings, quickest, walking
from venueplanner.engine.passage import ground_of


@pytest.mark.parametrize(
    "module", [figures, arrivals, ground, walking, quickest, openings], ids=lambda module: module.__name__
)
def test_that_the_examples_in_the_docstrings_are_true(module):
    failed, tried = doctest.testmod(module)
    assert failed == 0
    assert tried > 0


def test_that_twenty_metres_over_five_exits_take_10496_people_in_eight_minutes():
    """The example of the rule book, Green Guide figures: (20 − 4) · 82 · 8."""
    found = crowds.exit_capacity([4.0] * 5, 82.0, 8.0)
    assert found.least == pytest.approx(10_496)
    assert found.all == pytest.approx(20 * 82 * 8)
    assert crowds.width_needed(10_496, 82, 8) == pytest.approx(16.0)


def test_that_the_stepped_and_the_careful_profile_give_less():
    widths = [4.0] * 5
    assert crowds.exit_capacity(widths, 66.0, 8.0).least == pytest.approx(8_448)
    assert crowds.exit_capacity(widths, 60.0, 8.0).least == pytest.approx(7_680)


def test_that_the_exit_that_passes_most_is_lost_not_the_one_that_is_widest():
    found = crowds.exit_capacity([5.0, 4.5], [66.0, 82.0], 1.0)
    assert found.largest == 1
    assert found.least == pytest.approx(330)


def test_that_no_exit_and_one_exit_have_no_capacity_to_spare():
    assert crowds.exit_capacity([], 82.0, 8.0).least == 0
    assert crowds.exit_capacity([6.0], 82.0, 8.0).least == 0
    with pytest.raises(ValueError, match="negative"):
        crowds.exit_capacity([-1.0], 82.0, 8.0)


def test_that_the_hydraulic_form_adds_the_longest_way_to_the_slowest_exit():
    assert crowds.hydraulic_time([820, 0], [5, 2], [82, 82], 72, 1.2) == pytest.approx(2 + 1)
    assert crowds.hydraulic_time([1], [0.0], [82], 0, 1.2) == np.inf


@pytest.mark.parametrize(
    ("flow", "level"), [(23, "A"), (23.1, "B"), (33, "B"), (49, "C"), (66, "D"), (82, "E"), (83, "F")]
)
def test_that_fruins_levels_end_where_his_table_says(flow, level):
    assert crowds.level_of_service(flow, (23, 33, 49, 66, 82)) == level


def test_that_net_area_counts_what_overlaps_once_and_what_lies_outside_not_at_all():
    area = box(0, 0, 23, 50)  # 1,150 m², the area of a council's worked example: 2,300 people at 2 a square metre
    assert crowds.net_area(area, []).area * 2.0 == pytest.approx(2300)
    stage, roof, far = box(0, 0, 10, 5), box(0, 0, 10, 5), box(100, 0, 110, 5)
    assert crowds.net_area(area, [stage, roof, far]).area == pytest.approx(1100)


def test_that_660_an_hour_and_lane_hold_up_nobody_who_comes_no_faster():
    assert crowds.queue([660.0], 60.0, 11.0).most == 0
    found = crowds.queue([100.0, 300.0, 400.0, 200.0], 15.0, 11.0)
    assert found.most == pytest.approx(100 - 100 + (300 - 165) + (400 - 165) + (200 - 165))
    assert found.at == 60
    assert found.wait == pytest.approx(found.most / 11.0)


def test_that_without_lanes_nobody_gets_in():
    found = crowds.queue([100.0], 60.0, 0.0)
    assert (found.most, found.wait) == (100.0, np.inf)


def test_that_one_group_at_one_exit_walks_and_then_passes():
    found = crowds.clearing([820.0], [[60.0]], [82 * 5 / 60], tolerance=0.01)
    assert found.seconds == pytest.approx(60 + 120, abs=0.02)
    assert found.lasts[0] == pytest.approx(180, abs=0.1)


def test_that_people_go_on_to_the_farther_exit_only_when_it_is_worth_the_way():
    near, far = [10.0, 100.0], [10.0, 30.0]
    assert crowds.clearing([60.0], [near], [1.0, 1.0]).loads.round().tolist() == [60, 0]
    found = crowds.clearing([60.0], [far], [1.0, 1.0], tolerance=0.001)
    assert found.seconds == pytest.approx(50, abs=0.01)  # 40 pass the near exit by second 50, 20 the far one
    assert found.loads == pytest.approx([40, 20], abs=0.1)


def test_that_people_without_a_way_are_stranded_and_the_others_still_counted():
    found = crowds.clearing([10.0, 5.0], [[5.0], [np.inf]], [1.0])
    assert found.stranded == 5
    assert found.seconds == np.inf
    assert found.loads[0] == pytest.approx(10)


def test_that_distances_go_round_a_wall():
    free = crowds.walkable((0, 0, 40, 20), [box(19, 0, 21, 15)], cell=0.5, most=10**6)
    found = crowds.distances(free, free.cells_of(Point(5.25, 2.25)))
    row, column = int(2.25 / 0.5), int(35.25 / 0.5)
    true = 2 * np.hypot(19 - 5.25, 15 - 2.25) + 2.0
    assert true * 0.98 - 1.0 <= found.metres[row, column] <= true * 1.028 + 1.0
    way = found.way(row, column)
    assert way.length <= found.metres[row, column] + 1e-9
    assert way.length == pytest.approx(true, rel=0.03)
    assert not way.intersects(box(19.3, 0, 20.7, 14.3))


def test_that_a_fence_thinner_than_a_cell_is_not_stepped_through():
    line = LineString([(0, 7.3), (20, 12.1)]).buffer(0.01)
    free = crowds.walkable((0, 0, 20, 20), [line], cell=0.5, most=10**6)
    assert not np.isfinite(crowds.distances(free, free.cells_of(Point(10, 1))).metres[-1]).any()
    opened = crowds.walkable((0, 0, 20, 20), [line], [Point(10, 9.7).buffer(1.5)], cell=0.5, most=10**6)
    assert np.isfinite(crowds.distances(opened, opened.cells_of(Point(10, 1))).metres[-1]).all()


def test_that_a_row_of_posts_leaves_the_sum_of_its_gaps():
    posts = [box(x - 0.1, -0.1, x + 0.1, 0.1) for x in np.arange(0.0, 8.01, 1.0)]
    found = crowds.across(LineString([(0, 0), (8, 0)]), posts, 6.0)
    assert found.effective == pytest.approx(8 - 7 * 0.2 - 2 * 0.1)
    assert found.apart == 0
    assert found.gap == pytest.approx(0.8)


def test_that_a_row_farther_out_than_is_looked_does_not_count_and_a_wide_one_never_gives_more_than_the_exit():
    exit_ = LineString([(0, 0), (4, 0)])
    row = [box(x - 0.1, 3.0, x + 0.1, 3.2) for x in np.arange(-10.0, 14.0, 1.3)]
    found = crowds.across(exit_, row, 6.0)
    assert found.effective == 4.0
    assert found.apart == pytest.approx(3.0)
    assert crowds.across(exit_, row, 2.9) is None


def test_that_gaps_side_by_side_add_up_and_one_behind_the_other_do_not():
    walls = [box(0, 0, 1, 10), box(0, 12, 1, 20), box(0, 23, 1, 40),  # 2 m and 3 m
             box(20, 0, 21, 30), box(20, 34, 21, 40),  # 4 m
             box(-30, -1, 60, 0), box(-30, 40, 60, 41), box(-31, -1, -30, 41), box(60, -1, 61, 41)]  # fmt: skip
    standing = ground_of(walls, widest=4.0)
    crowd, door = box(-20, 10, -10, 30), LineString([(50, 18), (50, 22)])
    corridor = box(-30, 0, 60, 40)
    assert crowds.narrows(standing, crowd, door, within=corridor).width == pytest.approx(4.0, abs=0.04)
    only = crowds.narrows(standing, crowd, LineString([(10, 18), (10, 22)]), within=box(-30, 0, 12, 40))
    assert only.width == pytest.approx(5.0, abs=0.06)
    widest = crowds.widest_way(standing, crowd, door)
    assert widest.width == pytest.approx(3.0, abs=0.001)
    assert set(widest.owners) == {1, 2}


def test_that_a_closed_wall_leaves_no_way_and_open_ground_does_not_narrow_one():
    ring = Point(0, 0).buffer(20).boundary.buffer(0.5)
    standing = ground_of([ring], widest=3.0)
    assert crowds.widest_way(standing, Point(0, 0).buffer(5), Point(50, 0)).width == 0
    apart = ground_of([box(100, 100, 101, 101)], widest=3.0)
    assert crowds.narrows(apart, Point(0, 0).buffer(5), Point(50, 0)).width == np.inf


def test_that_ground_is_given_back_as_one_shape():
    free = crowds.walkable((0, 0, 10, 10), [box(4, 4, 6, 6)], cell=0.5, most=10**6)
    assert free.area_of(free.free).area == pytest.approx(96)
    assert shapely.equals(free.area_of(np.zeros(free.shape, dtype=bool)), shapely.Polygon())
