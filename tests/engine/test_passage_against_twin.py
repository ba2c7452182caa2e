"""Passage beside a flood fill on a fine grid, on random scenes, and what must hold whatever stands there."""

from __future__ import annotations

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import LineString, Point, box

from tests.oracles.free_space import widest_disc
from venueplanner.engine.passage import ground_of, passage

EXAMPLES = int(os.environ.get("VENUEPLANNER_EXAMPLES", "100"))
AREA = box(0, 0, 8, 6)
BOX = (-18.0, -18.0, 26.0, 24.0)
STEP = 0.2
ROOM = 8.0  # wider ways in are not told apart: the border of the grid is that near
LIMIT = 0.6


@st.composite
def scenes(draw, most=9):
    """Houses, walls, discs and posts round a small area, near enough to leave narrow gaps."""
    x, y = st.floats(-9, 16).map(lambda v: round(v, 1)), st.floats(-9, 14).map(lambda v: round(v, 1))
    size, turn = st.floats(0.3, 11), st.integers(0, 90)
    things = []
    for _ in range(draw(st.integers(0, most))):
        sort, a, b = draw(st.sampled_from("hhhwwdp")), draw(x), draw(y)
        if sort == "h":
            things.append(affinity.rotate(box(a, b, a + draw(size), b + draw(size)), draw(turn)))
        elif sort == "w":
            things.append(LineString([(a, b), (draw(x), draw(y)), (draw(x), draw(y))]))
        elif sort == "d":
            things.append(Point(a, b).buffer(draw(st.floats(0.1, 3))))
        else:
            things.append(Point(a, b))
    return [each for each in things if each.within(box(-16, -16, 24, 22))]


@st.composite
def yards(draw):
    """A ring of walls round the area, broken by a few gaps, with things before them."""
    ring = draw(st.sampled_from([box(-3, -3, 11, 9), box(-6, -2, 10, 8)])).exterior
    marks = sorted(draw(st.lists(st.floats(0, 0.999), min_size=1, max_size=4, unique=True)))
    wall = ring
    for mark in marks:
        wall = wall.difference(ring.interpolate(mark, normalized=True).buffer(draw(st.floats(0.2, 2.5))))
    return [wall, *draw(scenes(most=4))]


def found(things, area=AREA, limit=LIMIT):
    return passage(ground_of(things, widest=2.55), area, limit=limit)


def apart(things):
    """The things, kept 3 m away from the area. A vehicle up to 5 m wide then gets near the area wholly or not at all:
    it cannot touch the area through a gap that it does not fit through.
    """
    cut = [each.difference(AREA.buffer(3)) for each in things]
    return [each for each in cut if not each.is_empty]


def width_of(seen):
    return 5.0 if seen.open else min(seen.width, 5.0)


def bound(width):
    """What `passage` promises: √(w² + h²) − w with h growing from 0.25 m where gaps are wider than 3 m; and a hair."""
    spacing = 0.25 * 1.25 + max(width - 3, 0) / 4
    return np.hypot(max(width, LIMIT), spacing) - max(width, LIMIT) + 0.02


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.one_of(scenes(), yards()))
def test_that_the_width_is_that_of_a_flood_fill(things):
    seen = found(things)
    grid = widest_disc(things, AREA, box=BOX, step=STEP)
    slack = grid.bound + 0.06  # the grid's bound and the one of `passage` for gaps over the limit
    if seen.open:
        assert grid.touching >= ROOM - slack
    elif seen.width == 0:
        assert grid.entering <= LIMIT + slack
    else:
        assert min(grid.entering, ROOM) - slack <= seen.width
        assert min(seen.width, ROOM) <= grid.touching + slack


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.one_of(scenes(), yards()), st.one_of(scenes(most=3), yards()))
def test_that_more_obstacles_never_widen_and_laying_them_over_is_as_all_at_once(things, more):
    things, more = apart(things), apart(more)
    before, after = width_of(found(things)), width_of(found([*things, *more]))
    assert after <= before + bound(before)
    over = width_of(passage(ground_of(things, widest=2.55).with_more(more), AREA, limit=LIMIT))
    assert over == pytest.approx(after, abs=bound(after))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.one_of(scenes(), yards()), st.integers(0, 359))
def test_that_moving_and_turning_everything_changes_nothing(things, degrees):
    def moved(shape):
        return affinity.translate(affinity.rotate(shape, degrees, origin=(0, 0)), 496_512.0, 6_672_128.0)

    things = apart(things)
    before = width_of(found(things))
    after = width_of(found([moved(each) for each in things][::-1], moved(AREA)))
    assert after == pytest.approx(before, abs=bound(before))


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.one_of(scenes(), yards()))
def test_that_closing_the_listed_gaps_leaves_nothing_over_the_limit(things):
    things = apart(things)
    seen = found(things)
    if seen.open:
        return
    closed = found([*things, *[gap.segment for gap in seen.gaps]])
    assert closed.width == 0.0


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.one_of(scenes(), yards()))
def test_that_every_route_can_be_driven_and_every_gap_lies_between_its_owners(things):
    things = apart(things)
    seen = found(things)
    for gap in seen.gaps:
        clear = min(each.distance(gap.route) for each in things)
        assert clear >= np.sqrt(max(gap.width**2 - (0.25 + gap.width / 4) ** 2, 0)) / 2 - 0.03
        ends = [Point(gap.segment.coords[0]), Point(gap.segment.coords[-1])]
        for end, owner in zip(ends, gap.owners, strict=True):
            assert owner is not None
            assert things[owner].distance(end) < 0.01
