"""Sight: areas known beforehand, tables of the trade, choices and owners checked by trying everything."""

from __future__ import annotations

import doctest
import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracles.sight import best_cover
from venueplanner.engine import optics
from venueplanner.engine.sightlines import (
    Lens,
    choose,
    choosing,
    field_angle,
    field_of,
    look,
    looking,
    mutual_sight,
    near_limit,
    obstacles,
    obstacles_of,
    owned_stretches,
    posts,
    stand_clear,
)

HOUSE = shapely.box(10, -10, 30, 10)


@pytest.mark.parametrize("module", [obstacles, optics, looking, choosing, posts], ids=lambda m: m.__name__)
def test_that_the_examples_in_the_docstrings_are_true(module):
    failed, tried = doctest.testmod(module)
    assert failed == 0
    assert tried > 0


# -- areas ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("reach", [5.0, 50.0, 400.0])
def test_that_an_eye_in_the_open_sees_its_circle_and_never_more(reach: float) -> None:
    area = look(obstacles_of([]), 3.0, 4.0, reach).area()
    assert area.area <= math.pi * reach**2
    assert area.area == pytest.approx(math.pi * reach**2, rel=0.006)
    assert shapely.hausdorff_distance(area.exterior, shapely.Point(3, 4).buffer(reach, quad_segs=256).exterior) < 0.2


def test_that_a_square_building_hides_what_is_behind_it() -> None:
    # Seen from 10 m before the middle of its near side it takes 45 degrees to either side; the near corners decide.
    reach = 40.0
    area = look(obstacles_of([HOUSE]), 0.0, 0.0, reach).area()
    quarter = math.pi * reach**2 / 4
    before_it = 0.5 * 20.0 * 10.0
    assert area.area == pytest.approx(3 * quarter + before_it, rel=0.001)


def test_that_a_corridor_is_seen_to_its_end() -> None:
    walls = [shapely.box(-100, 2, 100, 5), shapely.box(-100, -5, 100, -2), shapely.box(50, -2, 60, 2)]
    area = look(obstacles_of(walls), 0.0, 0.0, 80.0).area()
    behind = 0.5 * 4.0 * 80.0  # westwards an arc of 80 m closes it
    assert area.intersection(shapely.box(0, -2, 50, 2)).area == pytest.approx(200.0, abs=1e-6)
    assert area.area == pytest.approx(200.0 + 2 * behind, rel=0.01)


@pytest.mark.parametrize(("opening", "azimuth"), [(90.0, 45.0), (30.0, 350.0), (200.0, 180.0), (359.0, 10.0)])
def test_that_a_wedge_is_its_share_of_the_circle(opening: float, azimuth: float) -> None:
    area = look(obstacles_of([]), 0.0, 0.0, 100.0).area(azimuth=azimuth, hfov=opening)
    assert area.area == pytest.approx(math.pi * 1e4 * opening / 360, rel=0.001)
    along = math.radians(90 - azimuth)
    assert area.contains(shapely.Point(50 * math.cos(along), 50 * math.sin(along)))


def test_that_an_eye_on_a_facade_looks_out_and_not_in() -> None:
    seen = look(obstacles_of([HOUSE]), 10.0, 3.0, 20.0)
    area = seen.area()
    assert seen.stand.touching == (0,)
    assert area.area == pytest.approx(math.pi * 400 / 2, rel=0.003)
    assert area.intersection(HOUSE).area < 1e-6


def test_that_an_eye_on_a_corner_sees_three_quarters() -> None:
    assert look(obstacles_of([HOUSE]), 10.0, 10.0, 5.0).area().area == pytest.approx(math.pi * 25 * 0.75, rel=0.01)


def test_that_an_eye_drawn_just_inside_comes_out_and_one_deep_inside_sees_nothing() -> None:
    table = obstacles_of([HOUSE])
    assert stand_clear(table, 10.4, 0.0, 1.0).moved == pytest.approx(0.4)
    assert look(table, 10.4, 0.0, 5.0, mount=1.0).area().area == pytest.approx(math.pi * 12.5, rel=0.01)
    assert look(table, 20.0, 0.0, 5.0, mount=1.0).stand.shut_in
    assert look(table, 20.0, 0.0, 5.0, mount=1.0).area().is_empty


def test_that_an_eye_between_two_overlapping_houses_comes_out_of_both() -> None:
    table = obstacles_of([shapely.box(0, 0, 10, 10), shapely.box(9.5, 0, 20, 10)])
    stand = stand_clear(table, 9.7, 0.3, 1.0)
    assert not stand.shut_in
    assert stand.y == pytest.approx(0.0)


def test_that_a_wall_passed_end_on_hides_nothing() -> None:
    wall = shapely.LineString([(5, 0), (10, 0)])
    open_, walled = (look(obstacles_of(each), 0.0, 0.0, 20.0).area().area for each in ([], [wall]))
    assert walled == pytest.approx(open_, rel=1e-4)


@pytest.mark.parametrize(
    ("top", "beyond"), [(1.0, 10.0), (3.0, 15.0), (4.5, 30.0), (6.0, math.inf), (math.nan, math.inf)]
)
def test_that_a_mast_looks_over_a_low_wall_as_similar_triangles_say(top: float, beyond: float) -> None:
    wall = shapely.LineString([(10, -500), (10, 500)])
    seen = look(obstacles_of([wall], [top]), 0.0, 0.0, 60.0, height=6.0, target=1.5 if top != 3.0 else 0.0)
    # h = 6, t = 1.5 (0 for the middle case): hidden from 10 m to 10 (h - t) / (h - H)
    expected = {1.0: 10.0, 3.0: 20.0, 4.5: 30.0}.get(top, math.inf)
    line = shapely.LineString([(0, 0), (59, 0)]).intersection(seen.area())
    hidden = 59.0 - line.length
    assert hidden == pytest.approx(min(expected, 59.0) - 10.0, abs=1e-6), beyond


# -- optics --------------------------------------------------------------------------------------------------------
# Range in metres for Monitor, Detect, Observe, Recognise, Identify (12.5, 25, 62.5, 125, 250 px/m).
TABLE = {
    (1920, 30): (287, 143, 57, 29, 14),
    (1920, 90): (77, 38, 15, 7.7, 3.8),
    (2560, 60): (177, 89, 36, 18, 8.9),
    (3840, 110): (108, 54, 22, 11, 5.4),
}


@pytest.mark.parametrize(("camera", "ranges"), TABLE.items())
def test_that_ranges_are_those_of_the_published_formula(camera: tuple[int, int], ranges: tuple[float, ...]) -> None:
    lens = Lens(camera[0], camera[1], 0.0, 4.0)
    for density, expected in zip((12.5, 25, 62.5, 125, 250), ranges, strict=True):
        assert lens.slant_range(density) == pytest.approx(expected, abs=0.6 if expected > 10 else 0.06)
        assert lens.density(lens.slant_range(density)) == pytest.approx(density)


def test_that_mast_height_shortens_the_range_on_the_ground() -> None:
    lens = Lens(1920, 90, 0.0, 9.5)
    assert lens.ground_range(960 / 10, 1.5) == pytest.approx(6.0)
    assert lens.ground_range(960 / 7, 1.5) == 0.0


def test_that_sensor_and_lens_give_the_field_of_view() -> None:
    assert field_angle(5.6, 2.8) == pytest.approx(90.0)
    assert field_angle(4.8, 8.0) == pytest.approx(33.398, abs=0.001)


def test_that_the_blind_zone_and_the_far_end_follow_the_tilt() -> None:
    assert near_limit(4.0, 30.0, 30.0) == pytest.approx(4.0)
    assert near_limit(4.0, 80.0, 30.0) == 0.0
    lens = Lens(1920, 90, 0.0, 5.5, tilt=60.0, vfov=30.0)
    assert lens.blind(1.5) == pytest.approx(4.0 / math.tan(math.radians(75)))
    assert lens.ground_range(12.5, 1.5) == pytest.approx(4.0)
    (area,) = field_of(look(obstacles_of([]), 0, 0, 100), lens, [12.5], 1.5)
    ring = math.pi * (4.0**2 - lens.blind(1.5) ** 2) / 4
    assert area.area == pytest.approx(ring, rel=0.02)


# -- posts ---------------------------------------------------------------------------------------------------------
def test_that_every_metre_belongs_to_the_nearest_post_that_sees_it() -> None:
    line = shapely.LineString([(0, 0), (100, 0)])
    eyes = np.array([[20.0, 5.0], [70.0, 5.0]])
    areas = [look(obstacles_of([]), x, y, 30.0).area() for x, y in eyes]
    found = owned_stretches(line, eyes, areas, 0.5)
    assert [each.owner for each in found] == [0, 1, None]
    assert sum(each.length for each in found) == pytest.approx(100.0)
    assert found[0].end == pytest.approx(45.0, abs=0.5)
    assert found[2].length == pytest.approx(100 - 70 - math.sqrt(30**2 - 5**2), abs=0.1)


def test_that_a_post_more_never_leaves_more_of_the_line_alone() -> None:
    line = shapely.box(0, 0, 80, 50).exterior
    houses = obstacles_of([shapely.box(20, 10, 30, 40), shapely.box(50, 20, 70, 30)])
    eyes = np.random.default_rng(4).uniform(1, 49, (6, 2))
    areas = [look(houses, x, y, 40.0, mount=20.0).area() for x, y in eyes]
    alone = [
        sum(each.length for each in owned_stretches(line, eyes[:n], areas[:n], 1.0) if each.owner is None)
        for n in range(7)
    ]
    assert alone[0] == pytest.approx(260.0)
    assert all(later <= sooner + 1e-6 for sooner, later in pairwise(alone))


def test_that_walls_and_houses_part_posts_and_corners_do_not() -> None:
    table = obstacles_of([HOUSE, shapely.LineString([(0, 20), (30, 20)])], [8.0, 1.0])
    eyes = np.array([[0.0, 0.0], [40.0, 0.0], [10.0, 30.0], [0.0, 10.0], [40.0, 10.0]])
    assert mutual_sight(table, eyes, [(0, 1), (0, 2), (3, 4)]) == [False, False, True]
    assert mutual_sight(table, eyes, [(3, 2)], height=1.7) == [True]


covers = st.lists(st.lists(st.integers(0, 7), max_size=5), min_size=1, max_size=7)


@settings(max_examples=200, deadline=None)
@given(covers, st.lists(st.integers(1, 9), min_size=8, max_size=8), st.integers(1, 4))
def test_that_the_choice_keeps_its_promise_and_lazy_equals_plain_greedy(
    sets: list[list[int]], weights: list[int], most: int
) -> None:
    worth = np.array(weights, dtype=float)
    chosen = choose([np.array(each, dtype=np.int64) for each in sets], worth, most)
    best = best_cover(sets, weights, most)
    covered = chosen[-1].covered if chosen else 0.0
    assert covered >= (1 - 1 / math.e) * best - 1e-9
    seen: set[int] = set()
    for each in chosen:
        gains = [sum(weights[i] for i in set(other) - seen) for other in sets]
        assert each.adds == pytest.approx(max(gains))
        seen |= set(sets[each.place])
    assert covered == pytest.approx(sum(weights[i] for i in seen))
    if len(chosen) < most:
        assert seen == set().union(*map(set, sets))
