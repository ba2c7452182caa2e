"""Passage on cases that can be worked out by hand, and on things no city should have."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from scipy.spatial import Delaunay
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon, box

from venueplanner.engine.passage import ground_of, passage
from venueplanner.engine.passage.triangles import triangulate

YARD = box(10, 10, 50, 50)


def walled(width: float, depth: float = 0.6) -> Polygon:
    """A wall round a square of 60 m with one gap in the south."""
    left, right = 30 - width / 2, 30 + width / 2
    line = LineString([(right, 0), (60, 0), (60, 60), (0, 60), (0, 0), (left, 0)])
    return line.buffer(depth / 2, cap_style="flat", join_style="mitre")


def found(obstacles, area=YARD, limit=1.2):
    return passage(ground_of(obstacles, widest=2.55), area, limit=limit)


@pytest.mark.parametrize("count", [3, 4, 30, 2000])
def test_that_triangles_are_those_of_qhull(count):
    xy = np.random.default_rng(count).random((count, 2)) * 900
    corners, twins = triangulate(xy)
    ours = {tuple(sorted(each)) for each in corners.reshape(-1, 3).tolist()}
    assert ours == {tuple(sorted(each)) for each in Delaunay(xy).simplices.tolist()}
    half = np.flatnonzero(twins >= 0)
    assert (twins[twins[half]] == half).all()
    assert (corners[twins[half]] == corners[np.where(half % 3 == 2, half - 2, half + 1)]).all()


def test_that_the_example_in_the_docstring_of_triangulate_is_true():
    import doctest

    from venueplanner.engine.passage import triangles

    assert doctest.testmod(triangles).failed == 0


def test_that_points_in_one_place_or_in_line_are_no_trouble():
    assert len(triangulate(np.zeros((5, 2)))[0]) == 0
    assert len(triangulate(np.column_stack([np.arange(9.0), np.arange(9.0)]))[0]) == 0
    square = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])
    assert len(triangulate(np.concatenate([square, square]))[0]) == 6


@pytest.mark.parametrize("width", [1.21, 1.5, 2.4, 3.75, 9.0, 21.0])
def test_that_one_gap_is_as_wide_as_it_is(width):
    seen = found([walled(width)])
    assert seen.width == pytest.approx(width, abs=1e-9)
    assert [gap.owners for gap in seen.gaps] == [(0, 0)]
    assert seen.gaps[0].segment.length == pytest.approx(width)


@pytest.mark.parametrize("width", [0.0, 0.6, 1.2])
def test_that_a_gap_of_no_more_than_the_limit_lets_nothing_in(width):
    assert found([walled(max(width, 1e-3))]) == found([walled(1e-3)])
    assert found([walled(max(width, 1e-3))]).gaps == ()


def test_that_two_discs_are_measured_face_to_face():
    ring = [Point(100 * math.cos(a), 100 * math.sin(a)).buffer(5, quad_segs=64) for a in np.linspace(0, 2 * np.pi, 61)]
    seen = found(ring[:-1], Point(0, 0).buffer(30))
    clear = ring[0].distance(ring[1])
    assert len(seen.gaps) == 60 if clear > 1.2 else not seen.gaps
    wider = [*ring[:10], *ring[11:-1]]
    seen = found(wider, Point(0, 0).buffer(30))
    assert seen.width == pytest.approx(ring[9].distance(ring[11]), abs=1e-6)
    assert set(seen.gaps[0].owners) == {9, 10}


def test_that_a_bend_of_a_street_is_as_wide_as_its_narrowest_place():
    outer = LineString([(-30, -4), (4, -4), (4, 60)]).buffer(0.05)
    inner = LineString([(-30, 0), (0, 0), (0, 50)]).buffer(0.05)
    back = LineString([(-10, 60), (4, 60)]).buffer(0.05)
    side = LineString([(-10, 60), (-10, 0)]).buffer(0.05)
    seen = found([outer, inner, back, side], box(-8, 52, -6, 58))
    assert seen.width == pytest.approx(3.9, abs=1e-6)


def test_that_every_gap_of_a_row_of_bollards_is_told_once():
    posts = [Point(24 + 2.0 * k, 0).buffer(0.15) for k in range(7)]
    seen = found([walled(12.0), *posts])
    assert len(seen.gaps) == 6
    assert seen.width == pytest.approx(1.7, abs=1e-3)


def test_that_two_gaps_one_behind_the_other_are_told_by_the_narrower():
    second = walled(3.0)
    first = affinity.scale(walled(2.0), 1.4, 1.4, origin=(30, 30))
    seen = found([second, first])
    assert [round(gap.width, 3) for gap in seen.gaps] == [2.8]


def test_that_the_route_keeps_half_the_gap_clear_and_touches_the_area():
    scene = [walled(2.4), box(25, -9, 29, -3), box(30, -20, 40, -6)]
    seen = found(scene)
    route = seen.gaps[0].route
    assert shapely.union_all(scene).distance(route) >= seen.width / 2 - 0.02
    assert route.intersects(seen.gaps[0].segment)
    assert Point(route.coords[-1]).distance(YARD) <= seen.width / 2 + 1e-6
    assert route.coords[0][1] < -20


def test_that_an_area_with_nothing_round_it_lies_open():
    assert found([]).open
    assert found([Point(200, 200).buffer(3)]).open
    assert found([walled(2.0)], box(200, 200, 210, 210)).open


def test_that_more_obstacles_on_prepared_ground_are_as_all_at_once():
    houses = [
        box(x, y, x + 17 - x % 7 / 5, y + 12 - (x + y) % 11 / 4)
        for x in range(-60, 130, 25)
        for y in range(-60, 130, 20)
    ]
    barriers = [LineString([(17, -10), (25, -10)]).buffer(0.3), Point(20, 15).buffer(0.4), box(39, 36, 47, 44)]
    ground = ground_of(houses, widest=2.55)
    area = box(22, 32, 36, 38)
    at_once = passage(ground_of([*houses, *barriers], widest=2.55), area, limit=1.2)
    later = passage(ground.with_more(barriers), area, limit=1.2)
    assert [gap.width for gap in later.gaps] == pytest.approx([gap.width for gap in at_once.gaps], abs=1e-6)
    assert [set(gap.owners) for gap in later.gaps] == [set(gap.owners) for gap in at_once.gaps]
    assert passage(ground, area, limit=1.2).width == pytest.approx(found(houses, area).width)


def unsound(x: float) -> LineString:
    """A line with a coordinate that is no number, as broken files hold them."""
    with np.errstate(invalid="ignore"):
        return LineString([(0, 0), (x, 1)])


ODD = {
    "empty": Polygon(),
    "an empty line": LineString(),
    "zero length": LineString([(30, 0), (30, 0)]),
    "bow tie": Polygon([(20, -2), (40, 2), (40, -2), (20, 2)]),
    "spike": Polygon([(20, -1), (30, 1), (30, 40), (30, 1), (40, -1)]),
    "huge": box(-1e6, -1e6, 1e6, -50),
    "nested": box(0, 0, 60, 60).difference(box(1, 1, 59, 59)).union(box(20, 20, 21, 21)),
    "a collection": shapely.GeometryCollection([Point(30, 0), LineString([(28, 0), (32, 0)]), box(3, 3, 4, 4)]),
    "heights": Polygon([(0, 0, 5), (1, 0, 5), (1, 1, 5)]),
    "not a number": unsound(float("nan")),
    "endless": unsound(float("inf")),
    "touching itself": LineString([(20, 0), (40, 0), (30, 5), (30, -5), (30, 0)]),
    "a flat area": Polygon([(0, 0), (5, 0), (3, 0)]),
    "a ring line": LineString([(29, -1), (31, -1), (31, 1), (29, 1), (29, -1)]),
    "nothing": None,
}


@pytest.mark.parametrize("odd", ODD.values(), ids=list(ODD))
def test_that_no_obstacle_is_too_odd(odd):
    before = found([walled(2.4)])
    seen = found([walled(2.4), odd, odd, walled(2.4)])
    assert 0.0 <= seen.width <= before.width + 1e-9
    prepared = ground_of([walled(2.4)], widest=2.55).with_more([odd, odd])
    assert passage(prepared, YARD, limit=1.2).width == pytest.approx(seen.width, abs=0.02)


def test_that_odd_areas_are_no_trouble():
    for area in (Polygon(), Point(30, 30), LineString([(20, 20), (40, 40)]), shapely.MultiPolygon([YARD])):
        assert found([walled(2.4)], area).width == pytest.approx(0.0 if area.is_empty else 2.4)
