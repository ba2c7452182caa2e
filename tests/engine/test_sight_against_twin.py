"""Visibility polygons against dense ray casting, and what must hold whatever the scene."""

from __future__ import annotations

import os

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from tests.oracles.sight import first_hits, seen_lengths, sees_point
from venueplanner.engine.sightlines import look, mutual_sight, obstacles_of
from venueplanner.engine.sightlines.outline import ARC

EXAMPLES = int(os.environ.get("VENUEPLANNER_EXAMPLES", "150"))
many = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
few = settings(max_examples=max(EXAMPLES // 5, 30), deadline=None, suppress_health_check=list(HealthCheck))
REACH = 60.0
# Directions nobody draws a wall in: rays that only graze a corner are told apart by rounding alone.
ANGLES = np.linspace(-np.pi, np.pi, 179)[:-1] + 0.01234567
# Relative to a grid of centimetres, so that a ray along a wall stays a rare event.
whole = st.integers(-5000, 5000).map(lambda n: n / 100)
size = st.integers(20, 3000).map(lambda n: n / 100)
EYE = (0.00271828, -0.00314159)


@st.composite
def house(draw: st.DrawFn) -> BaseGeometry:
    x, y, wide, deep = draw(whole), draw(whole), draw(size), draw(size)
    shape: BaseGeometry = shapely.box(x, y, x + wide, y + deep)
    sort = draw(
        st.sampled_from(["box", "turned", "ell", "court", "triangle", "wall", "zigzag", "bowtie", "dot", "two"])
    )
    if sort == "turned":
        shape = affinity.rotate(shape, draw(st.integers(1, 89)))
    elif sort == "ell":
        shape = shape.difference(shapely.box(x + wide / 2, y + deep / 2, x + wide + 1, y + deep + 1))
    elif sort == "court":
        shape = shape.difference(shapely.box(x + wide / 4, y + deep / 4, x + wide * 3 / 4, y + deep * 3 / 4))
    elif sort == "triangle":
        shape = shapely.Polygon([(x, y), (x + wide, y + deep / 3), (x + wide / 4, y + deep)])
    elif sort == "wall":
        shape = shapely.LineString([(x, y), (x + wide, y + deep)])
    elif sort == "zigzag":
        shape = shapely.LineString([(x, y), (x + wide, y + deep), (x, y + deep), (x, y + deep), (x + wide, y)])
    elif sort == "bowtie":
        shape = shapely.Polygon([(x, y), (x + wide, y + deep), (x + wide, y), (x, y + deep)])
    elif sort == "dot":
        shape = shapely.LineString([(x, y), (x, y)])
    elif sort == "two":
        shape = shapely.MultiPolygon([shape, shapely.box(x + wide + 0.5, y, x + wide + 1.0, y + deep)])
    return shape


scenes = st.lists(house(), max_size=9).flatmap(
    lambda shapes: st.sampled_from([shapes, [*shapes, *shapes[:2]]])  # the same wall twice, as in merged layers
)


def clear_of(shapes: list[BaseGeometry]) -> list[BaseGeometry]:
    """Those the eye does not stand on; whether it stands inside one does not matter to the rays."""
    at = shapely.Point(EYE)
    return [each for each in shapes if each.boundary.distance(at) > 1e-3 and each.distance(at) > 1e-3]


@many
@given(scenes)
def test_that_the_polygon_reaches_as_far_as_rays_do(shapes: list[BaseGeometry]) -> None:
    kept = clear_of(shapes)
    area = look(obstacles_of(kept), *EYE, REACH).area()
    assert area.is_valid
    expected = first_hits(EYE, kept, REACH, ANGLES)
    found = seen_lengths(EYE, area, REACH, ANGLES)
    slack = np.where(expected > REACH - 2 * ARC, ARC + 1e-6, 1e-6)
    grazed = grazing(kept, expected)
    assert (np.abs(found - expected) <= slack)[~grazed].all()


def grazing(shapes: list[BaseGeometry], far: np.ndarray) -> np.ndarray:
    """Rays that pass a corner nearer than a micrometre: rounding decides whether they meet it."""
    corners = shapely.get_coordinates([each for each in shapes if not each.is_empty]) - np.array(EYE)
    if not len(corners):
        return np.zeros(len(ANGLES), dtype=bool)
    across = np.abs(np.outer(np.cos(ANGLES), corners[:, 1]) - np.outer(np.sin(ANGLES), corners[:, 0]))
    return np.asarray((across < 1e-6).any(axis=1))


@many
@given(scenes, st.floats(0, 360), st.floats(1, 360), st.floats(0, 20))
def test_that_a_field_of_view_is_the_part_of_the_whole_inside_its_wedge(
    shapes: list[BaseGeometry], azimuth: float, opening: float, near: float
) -> None:
    seen = look(obstacles_of(clear_of(shapes)), *EYE, REACH)
    area = seen.area(40.0, azimuth=azimuth, hfov=opening, near=near)
    assert area.is_valid
    expected = np.minimum(seen_lengths(EYE, seen.area(), REACH, ANGLES), 40.0)
    turn = (np.degrees(np.pi / 2 - ANGLES) - azimuth + 180.0) % 360.0 - 180.0
    found = seen_lengths(EYE, area, REACH, ANGLES)
    inside = np.abs(turn) < opening / 2 - 1e-6
    clear = inside | (np.abs(turn) > opening / 2 + 1e-6)
    wanted = np.where(inside, np.maximum(expected - near, 0.0), 0.0)
    assert (np.abs(found - wanted) <= 3 * ARC + near * 0.0013)[clear].all()


@few
@given(scenes, house())
def test_that_a_building_more_never_adds_sight(shapes: list[BaseGeometry], more: BaseGeometry) -> None:
    kept = clear_of([*shapes, more])
    without = look(obstacles_of(kept[:-1]), *EYE, REACH).area()
    assert look(obstacles_of(kept), *EYE, REACH).area().difference(without.buffer(ARC + 1e-6)).area < 1e-6


@few
@given(scenes, st.sampled_from([(25_496_000.0, 6_672_000.0), (-3000.0, 7.0)]))
def test_that_moving_everything_changes_nothing(shapes: list[BaseGeometry], shift: tuple[float, float]) -> None:
    kept = clear_of(shapes)
    before = look(obstacles_of(kept), *EYE, REACH).area()
    moved = [affinity.translate(each, *shift) for each in kept]
    after = look(obstacles_of(moved), EYE[0] + shift[0], EYE[1] + shift[1], REACH).area()
    assert after.area == pytest.approx(before.area, abs=1e-3)


@few
@given(scenes, st.lists(st.tuples(whole, whole), min_size=2, max_size=5, unique=True))
def test_that_mutual_sight_is_mutual_and_agrees_with_the_polygon(
    shapes: list[BaseGeometry], eyes: list[tuple[float, float]]
) -> None:
    shapes = [each for each in shapes if each.is_valid]
    outside = [e for e in eyes if all(s.distance(shapely.Point(e)) > 1e-3 for s in shapes)]
    assume(len(outside) >= 2)
    table, places = obstacles_of(shapes), np.array(outside)
    one, other = mutual_sight(table, places, [(0, 1), (1, 0)])
    assert one == other
    seen = look(table, *outside[0], 200.0).area()
    at = shapely.Point(outside[1])
    if seen.boundary.distance(at) > 1e-3:
        assert seen.contains(at) == one


@few
@given(st.lists(st.tuples(house(), st.sampled_from([1.0, 3.0, 5.0, 7.0, 12.0])), max_size=5), st.integers(0, 10_000))
def test_that_an_eye_on_a_mast_sees_over_low_buildings_as_lines_do(
    houses: list[tuple[BaseGeometry, float]], seed: int
) -> None:
    at = shapely.Point(EYE)
    standing = [(s, top) for s, top in houses if s.is_valid and s.area > 0.5 and s.distance(at) > 0.5]
    seen = look(
        obstacles_of([s for s, _ in standing], [top for _, top in standing]), *EYE, REACH, height=6.0, target=1.5
    ).area()
    choose = np.random.default_rng(seed)
    for x, y in choose.uniform(-35, 35, (12, 2)):
        place = shapely.Point(x, y)
        if seen.boundary.distance(place) < 0.05 or any(s.distance(place) < 0.05 for s, _ in standing):
            continue
        assert seen.contains(place) == sees_point(EYE, 6.0, (x, y), 1.5, standing)
