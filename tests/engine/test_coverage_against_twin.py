"""Coverage gaps beside a flood fill on random scenes, and what must never change."""

from __future__ import annotations

import math
import os

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon, box
from shapely.ops import substring

from tests.oracles.flood import ROUNDING, Flood
from venueplanner.engine.coverage import closing_line, coverage_gaps

EXAMPLES = int(os.environ.get("VENUEPLANNER_EXAMPLES", "120"))
REACH = 5.0
CELL = 0.1  # metres; with it the twin is right to 0.29 m
CAP = 6.0  # metres: wider ways are all the same to the twin; the engine is exact up to 12 m
ROUGH = ROUNDING * CELL
PERIMETERS = [
    box(0, 0, 30, 20),
    Polygon([(0, 0), (34, 0), (34, 16), (16, 16), (16, 34), (0, 34)]),  # L
    Polygon([(0, 0), (44, 0), (44, 30), (29, 30), (29, 15), (15, 15), (15, 30), (0, 30)]),  # U
    Point(0, 0).buffer(13, quad_segs=4),
    Polygon([(0, 0), (40, 4), (30, 26), (-4, 18)]),
]


@st.composite
def scenes(draw):
    """A perimeter with walls and bollards sloppily along its line, houses across it, and odd things."""
    perimeter = draw(st.sampled_from(PERIMETERS))
    ring = perimeter.exterior
    cut = sorted(draw(st.lists(st.floats(0, 1), min_size=0, max_size=6, unique=True)))
    off = st.floats(-4.5, 4.5).map(lambda v: round(v, 1))
    gap = st.sampled_from([0.0, 0.4, 1.0, 1.19, 1.21, 1.6, 2.5, 4.0])
    closers = []
    for one, other in zip(cut, cut[1:] + [c + 1.0 for c in cut[:1]], strict=True):
        begin, end = one * ring.length, other * ring.length - draw(gap)
        style = draw(st.sampled_from(["wall", "wall", "wall", "strip", "bollards", "nothing"]))
        if end <= begin + 0.5 or style == "nothing":
            continue
        if style == "bollards":
            count = min(30, int((end - begin) / draw(st.sampled_from([1.3, 1.5, 2.0]))))
            places = [ring.interpolate((begin + (end - begin) * k / max(count, 1)) % ring.length) for k in range(count)]
            closers += [place.buffer(0.15, quad_segs=4) for place in places]
            continue
        line = stretch(ring, begin, end)
        if style == "strip":
            closers.append(line.buffer(draw(st.floats(0.05, 0.6)), cap_style="flat"))
        else:
            closers.append(line.parallel_offset(draw(off)) if draw(st.booleans()) else line)
    x0, y0, x1, y1 = perimeter.bounds
    for _ in range(draw(st.integers(0, 4))):
        x, y = draw(st.floats(x0 - 6, x1 + 2)), draw(st.floats(y0 - 6, y1 + 2))
        house = box(x, y, x + draw(st.floats(0.2, 18)), y + draw(st.floats(0.2, 12)))
        closers.append(affinity.rotate(house, draw(st.integers(0, 90))))
    odd = [Polygon(), Point(3, 3), LineString([(1, 1), (1, 1)]), Polygon([(0, 0), (4, 4), (4, 0), (0, 4)]),
           box(-200, -200, 200, 200).difference(box(-3, -3, 60, 60))]  # fmt: skip
    return perimeter, closers + draw(st.lists(st.sampled_from(odd), max_size=2)) + closers[: draw(st.integers(0, 1))]


def stretch(ring, begin, end):
    if end <= ring.length:
        return substring(ring, begin, end)
    head, tail = substring(ring, begin, ring.length), substring(ring, 0, end - ring.length)
    return LineString([*head.coords, *tail.coords[1:]])


def widest(perimeter, closers, reach=REACH):
    return max((gap.width for gap in coverage_gaps(perimeter, closers, limit=0.0, reach=reach)), default=0.0)


@settings(max_examples=EXAMPLES, deadline=None)
@given(scenes())
def test_that_the_widest_gap_is_the_widest_way_a_flood_finds(scene):
    perimeter, closers = scene
    low, high = Flood(perimeter, closers, reach=REACH, cell=CELL, cap=CAP).widest_way()
    found = min(CAP, widest(perimeter, closers))
    assert low - ROUGH <= found <= high + ROUGH


@settings(max_examples=EXAMPLES, deadline=None)
@given(scenes(), st.sampled_from([0.3, 1.2, 2.3]))
def test_that_closing_the_listed_gaps_leaves_no_way_wider_than_the_limit(scene, limit):
    perimeter, closers = scene
    gaps = coverage_gaps(perimeter, closers, limit=limit, reach=REACH)
    assert all(gap.width > limit for gap in gaps)
    closed = [*closers, *(closing_line(gap) for gap in gaps)]
    low, _ = Flood(perimeter, closed, reach=REACH, cell=CELL, cap=CAP).widest_way()
    assert low <= limit + ROUGH
    assert coverage_gaps(perimeter, closed, limit=limit, reach=REACH) == []


@settings(max_examples=EXAMPLES, deadline=None)
@given(scenes(), st.data())
def test_that_more_obstacles_never_widen_the_widest_gap(scene, data):
    perimeter, closers = scene
    fewer = list(closers)
    if fewer:
        fewer.pop(data.draw(st.integers(0, len(fewer) - 1)))
    assert min(12.0, widest(perimeter, closers)) <= widest(perimeter, fewer) + 1e-6


@settings(max_examples=EXAMPLES, deadline=None)
@given(scenes(), st.floats(0, 360), st.sampled_from([0.4, 1.7, 3.0]))
def test_that_moving_turning_mirroring_and_scaling_change_nothing_else(scene, angle, scale):
    perimeter, closers = scene
    before = [gap.width for gap in coverage_gaps(perimeter, closers, limit=0.01, reach=REACH)]
    if any(width > 12.0 * min(scale, 1.0) for width in before):
        before = None  # told along the line, and where that begins differs after scaling

    def moved(shape):
        turned = affinity.rotate(shape, angle, origin=(0, 0))
        return affinity.translate(turned, 496_512.0, 6_672_128.0)

    def scaled(shape):
        return affinity.scale(shape, -scale, scale, origin=(0, 0))

    far = [g.width for g in coverage_gaps(moved(perimeter), [moved(c) for c in closers], limit=0.01, reach=REACH)]
    big = coverage_gaps(scaled(perimeter), [scaled(c) for c in closers][::-1], limit=0.01 * scale, reach=REACH * scale)
    if before is None:
        assert far
        assert big
        return
    assert max(far, default=0.0) == pytest.approx(max(before, default=0.0), abs=1e-5)
    assert max((g.width for g in big), default=0.0) == pytest.approx(scale * max(before, default=0.0), abs=1e-5)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), min_size=3, max_size=9),
    st.sampled_from([0.001, 0.3, 4.0, 60.0]),
    scenes(),
)
def test_that_no_perimeter_is_too_odd(corners, size, scene):
    perimeter = Polygon([(x * size, y * size) for x, y in corners])
    if not any(p.geom_type.endswith("Polygon") for p in shapely.get_parts(shapely.make_valid(perimeter))):
        with pytest.raises(ValueError, match="area"):
            coverage_gaps(perimeter, scene[1], limit=1.2, reach=REACH)
        return
    for gap in coverage_gaps(perimeter, scene[1], limit=1.2, reach=REACH):
        assert math.isfinite(gap.width)
        assert gap.width > 1.2 or gap.kind == "entirely open"
        assert not gap.segment.is_empty
