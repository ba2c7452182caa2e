"""Crowd answers beside slow, obviously right ones on random scenes, and what can never happen."""

from __future__ import annotations

import os

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString, box

from tests.oracles import crowds as slow
from venueplanner.engine import crowds
from venueplanner.engine.crowds.ground import covered
from venueplanner.engine.passage import ground_of

EXAMPLES = int(os.environ.get("VENUEPLANNER_EXAMPLES", "40"))
few = settings(max_examples=EXAMPLES, deadline=None)
WIDTHS = st.lists(st.floats(0.5, 30), min_size=1, max_size=8)


@few
@given(WIDTHS, st.data())
def test_that_losing_the_largest_is_the_worst_of_losing_each(widths, data):
    flows = [data.draw(st.sampled_from([48.0, 56.0, 60.0, 66.0, 72.0, 82.0])) for _ in widths]
    found = crowds.exit_capacity(widths, flows, 8.0)
    lost, least = slow.capacity_by_removal(widths, flows, 8.0)
    assert found.without == pytest.approx(lost, abs=1e-6)
    assert found.least == pytest.approx(least, abs=1e-6)


@settings(max_examples=min(EXAMPLES, 200), deadline=None)
@given(st.lists(st.integers(0, 600), min_size=1, max_size=5), st.sampled_from([10.0, 15.0]), st.integers(2, 40))
def test_that_the_queue_is_that_of_a_stopwatch(come, step, rate):
    found = crowds.queue([float(each) for each in come], step, float(rate))
    most, wait, last = slow.queue_by_steps(come, step, rate)
    small = step / 400  # one pace of the twin
    assert found.most == pytest.approx(most, abs=2 * max(*come, 1) / 400 + 1e-6)
    assert found.wait == pytest.approx(wait, abs=2 * max(*come, 1) / 400 / rate + 1e-6)
    if sum(come):
        assert found.done == pytest.approx(last, abs=2 * small + 1e-6)


@st.composite
def gatherings(draw, groups=5, exits=3):
    n, e = draw(st.integers(1, groups)), draw(st.integers(1, exits))
    people = [float(draw(st.integers(1, 300))) for _ in range(n)]
    walk = [[float(draw(st.integers(0, 200))) for _ in range(e)] for _ in range(n)]
    rates = [draw(st.integers(2, 60)) / 10.0 for _ in range(e)]
    return people, walk, rates


@few
@given(gatherings())
def test_that_no_linear_program_shares_people_out_better(case):
    people, walk, rates = case
    found = crowds.clearing(people, walk, rates, tolerance=0.02)
    best = slow.clearing_by_programs(people, walk, rates)
    assert found.seconds == pytest.approx(best, abs=0.05)
    assert found.shares.sum(axis=1) == pytest.approx(people, rel=1e-6)
    assert found.lasts.max() <= found.seconds + 0.05


@few
@given(gatherings(), st.integers(0, 2), st.floats(1.0, 3.0), st.integers(0, 4), st.integers(1, 200))
def test_that_a_wider_exit_never_lengthens_and_more_people_never_shorten_it(case, exit_, wider, group, more):
    people, walk, rates = case
    before = crowds.clearing(people, walk, rates).seconds
    rates[exit_ % len(rates)] *= wider
    after = crowds.clearing(people, walk, rates).seconds
    assert after <= before
    people[group % len(people)] += more
    assert crowds.clearing(people, walk, rates).seconds >= after


@settings(max_examples=min(EXAMPLES // 2, 300), deadline=None)
@given(st.integers(3, 9), st.integers(3, 9), st.integers(0, 10**6), st.floats(0.0, 0.5))
def test_that_distances_are_those_of_a_graph_tried_step_by_step(rows, columns, seed, share):
    choose = np.random.default_rng(seed)
    free = choose.random((rows, columns)) >= share
    goals = choose.random((rows, columns)) < 0.05
    found = crowds.distances(crowds.Walkable(free, 0.0, 0.0, 1.0), goals)
    assert found.metres == pytest.approx(slow.distances_by_graph(free, goals))


@st.composite
def blocks(draw, most=4):
    found = []
    for _ in range(draw(st.integers(0, most))):
        x, y = draw(st.floats(2, 40)), draw(st.floats(2, 25))
        found.append(box(x, y, x + draw(st.floats(1, 12)), y + draw(st.floats(1, 12))))
    return found


@few
@given(blocks(), st.floats(1, 49), st.floats(1, 39))
def test_that_a_walk_is_as_long_as_the_true_way_round_the_corners(several, x, y):
    """The bound of `walking`: 2.8 % for direction; half a cell at each of the corners, and the cells of both ends."""
    cell = 0.25
    window, start, goal = (0, 0, 50, 40), (0.5, 0.5), (x, y)
    if any(block.buffer(1).intersects(shapely.Point(at)) for block in several for at in (start, goal)):
        return
    true = slow.around_corners(start, goal, several)
    ground = crowds.walkable(window, several, cell=cell, most=10**6)
    found = crowds.distances(ground, ground.cells_of(shapely.Point(goal)))
    walked = found.metres[int(start[1] / cell), int(start[0] / cell)]
    fits = all(a.disjoint(b) or a.buffer(-0.1).intersects(b) for n, a in enumerate(several) for b in several[:n])
    tight = any(0 < a.distance(b) < 2.1 * cell for n, a in enumerate(several) for b in several[:n])
    inside = all(2 * cell < each.bounds[1] and each.bounds[3] < 40 - 2 * cell for each in several)
    if fits and not tight and inside and np.isfinite(walked):
        corners = 4 * len(several)
        assert true - (corners / 2 + 3) * cell <= walked <= true * 1.028 + (corners + 3) * cell


@few
@given(st.integers(1, 5), st.integers(0, 10**6))
def test_that_cells_are_filled_as_point_by_point(count, seed):
    choose = np.random.default_rng(seed)
    several = [
        shapely.Point(*choose.uniform(-2, 12, 2)).buffer(choose.uniform(0.2, 4), quad_segs=choose.integers(1, 5))
        for _ in range(count)
    ]
    several[0] = several[0].difference(several[0].buffer(-0.3))
    found = covered([each for each in several if not each.is_empty], -0.13, 0.21, 0.37, (25, 31))
    assert (found == slow.covered_by_points(several, -0.13, 0.21, 0.37, (25, 31))).all()


@few
@given(
    st.lists(st.tuples(st.floats(-8, 12), st.floats(0.05, 2)), min_size=1, max_size=10),
    st.floats(0, 5),
    st.floats(0, 6.2),
)
def test_that_clear_gaps_are_those_found_place_by_place(rows, away, turn):
    width = 6.0
    spans = [(at, at + wide) for at, wide in rows]
    modules = [box(begin, away, end, away + 0.2) for begin, end in spans]
    line = LineString([(0, 0), (width, 0)])
    turned = shapely.transform(
        np.array([line, *modules], dtype=object),
        lambda xy: xy @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]) + (300, -20),
    )
    found = crowds.across(turned[0], list(turned[1:]), 6.0)
    before = [span for span, module in zip(spans, modules, strict=True) if module.distance(line) <= 6.0]
    if found is None:
        assert not any(begin < width and end > 0 for begin, end in before)
        return
    assert found.apart == pytest.approx(away, abs=1e-6)
    wanted = slow.clear_by_points(width, before, -away, width + away)
    assert found.effective == pytest.approx(wanted, abs=0.01)


@st.composite
def corridors(draw):
    """A hall 30 m wide with walls across it, each with gaps of known widths."""
    standing, sums, widest = [box(-11, -1, 201, 31) - box(-10, 0, 200, 30)], [], []
    for number in range(draw(st.integers(1, 3))):
        x, at, gaps = 20.0 + 30 * number, 0.0, []
        for _ in range(draw(st.integers(1, 3))):
            solid, gap = draw(st.floats(2, 5)), draw(st.floats(0.6, 4))
            standing.append(box(x, at, x + 1, at + solid))
            gaps.append(gap)
            at += solid + gap
        standing.append(box(x, at, x + 1, 30))
        sums.append(sum(gaps))
        widest.append(max(gaps))
    return standing, min(sums), min(widest)


@few
@given(corridors())
def test_that_the_narrowest_line_is_the_wall_with_least_in_all_and_the_widest_way_the_best_gap(case):
    """Known by construction. Tolerance: 0.03 m a gap, the bound of the samples; the widest way is measured exactly."""
    standing, least, widest = case
    ground = ground_of(standing, widest=4.0)
    crowd, door, inside = box(-5, 8, 5, 22), LineString([(150, 10), (150, 20)]), box(-10, 0, 200, 30)
    found = crowds.narrows(ground, crowd, door, within=inside)
    assert least - 0.001 <= found.width <= least + 0.1
    assert crowds.widest_way(ground, crowd, door).width == pytest.approx(widest, abs=0.005)
