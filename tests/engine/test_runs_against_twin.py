"""Runs over open ground beside their slow twin on random scenes, and what must never grow."""

from __future__ import annotations

import os

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import LineString, box

from tests.oracles.run_up import worst_straight_runs
from venueplanner.engine.approaches import Rules, survey_perimeter
from venueplanner.engine.approaches.places import perimeter_places
from venueplanner.engine.relief import Relief
from venueplanner.engine.streets import build_network
from venueplanner.engine.vehicle import Vehicle

EXAMPLES = int(os.environ.get("VENUEPLANNER_EXAMPLES", "200"))
CAR = Vehicle(mass=1500, acceleration=3.2, top_speed=20.0, width=1.8, turning_radius=7.3)
RULES = Rules(spacing=9.0, run_up=50.0, street_spacing=6.0, rays=17, open_space=15.0, most_turn=150.0)
SKID = {"friction": 1.0, "gravity": 9.82}
PERIMETER = box(0, 0, 30, 20)


@st.composite
def scenes(draw):
    """A few houses, walls and bollards round a small perimeter, and streets far enough apart not to meet."""
    number = st.floats(-45, 75).map(lambda v: round(v, 1))
    houses = []
    for _ in range(draw(st.integers(0, 5))):
        x, y = draw(number), draw(number)
        house = box(x, y, x + draw(st.floats(0.3, 25)), y + draw(st.floats(0.3, 25)))
        houses.append(affinity.rotate(house, draw(st.integers(0, 90))))
    for _ in range(draw(st.integers(0, 2))):
        x, y = draw(number), draw(number)
        houses.append(LineString([(x, y), (x + draw(st.floats(-30, 30)), y + draw(st.floats(-30, 30)) + 31)]))
    rows = draw(st.lists(st.sampled_from([-40.0, -20.0, 5.0, 33.0, 50.0]), unique=True, max_size=3))
    west, east, slant = st.floats(-60, -45), st.floats(-20, 80), st.floats(-3, 3)
    streets = [LineString([(draw(west), y), (draw(east), y + draw(slant))]) for y in rows]
    return houses, streets


def survey(perimeter, streets, obstacles, **more):
    network = build_network(streets, default_width=6.0, default_free_speed=14.0)
    return survey_perimeter(perimeter, network, CAR, obstacles, rules=RULES, **SKID, **more)


@settings(max_examples=EXAMPLES, deadline=None)
@given(scenes())
def test_that_the_worst_straight_run_equals_trying_every_rectangle(scene):
    houses, streets = scene
    found = survey(PERIMETER, streets, houses)
    points, crossed = [], np.zeros(len(found.samples.xy), dtype=bool)
    for line in streets:
        points += _street_points(line)
        for x, y in shapely.get_coordinates(line.intersection(PERIMETER.exterior)):
            crossed |= (
                np.hypot(*(found.samples.xy - [x, y]).T) < 15.0
            )  # places a carriageway may cover: judged elsewhere
    settings_ = {"acceleration": 3.2, "top": 400.0, "grip": 9.82, "tightest": 7.3 - 0.9, "reach": 50.0, "rays": 17,
                 "open_space": 15.0, "most_turn": 150.0}  # fmt: skip
    for n in np.flatnonzero(~crossed)[::5]:
        place = tuple(found.samples.xy[n] + 0.05 * found.samples.outward[n])
        outward = tuple(found.samples.outward[n])
        # a hair wider and a hair narrower: touching an obstacle is decided either way
        low, high = (
            worst_straight_runs(place, outward, PERIMETER, houses, points, vehicle_width=1.8 + hair, **settings_)
            for hair in (1e-6, -5e-6)
        )
        assert low[0] - 1e-3 <= found.samples.speed[n] ** 2 <= high[0] + 1e-3
        assert low[1] - 1e-3 <= found.samples.normal_speed[n] ** 2 <= high[1] + 1e-3


def _street_points(line):
    """Points of one straight street outside the perimeter, both ways, with the speed from rest; blocked inside it."""
    (ax, ay), (bx, by) = line.coords
    parts = line.difference(PERIMETER)
    pieces = [p for p in getattr(parts, "geoms", [parts]) if p.length > 0]
    count = max(1, int(np.ceil((line.length - 1e-6) / RULES.street_spacing)))
    u = np.array([bx - ax, by - ay]) / line.length
    points = []
    for step in range(count + 1):
        at = np.array([ax, ay]) + u * line.length * step / count
        piece = next((p for p in pieces if p.distance(shapely.Point(at)) < 1e-9), None)
        if piece is None:
            continue
        first, last = np.array(piece.coords[0]), np.array(piece.coords[-1])
        for heading, begin in ((u, first), (-u, last)):
            squared = min(400.0, 2 * 3.2 * float(np.hypot(*(at - begin))))
            points.append((tuple(at), tuple(heading), squared, 6.0 - 1.8))
    return points


@pytest.mark.parametrize("by", [0.0, 496_512.0, 6_672_128.0])
@pytest.mark.parametrize("hair", [-1e-8, 0.0, 1e-8])
def test_that_a_side_of_a_whole_number_of_steps_is_cut_alike_wherever_it_lies(by, hair):
    assert len(perimeter_places(box(by, by, by + 30 + hair, by + 20), 5.0).xy) == 20


@settings(max_examples=EXAMPLES, deadline=None)
@given(scenes(), st.floats(-0.3, 0.3), st.floats(-0.3, 0.3), st.booleans())
def test_that_runs_over_sloping_ground_equal_trying_every_rectangle(scene, east, north, ends):
    """A plane that rises by `east` and `north` metres a metre; where it ends in the scene the rest is level."""
    houses, _ = scene
    cell, right = 5.0, (40.0 if ends else 100.0)
    x, y = np.arange(-97.5, right, cell), np.arange(97.5, -100.0, -cell)
    plane = Relief(east * x[None, :] + north * y[:, None], -100.0, 100.0, cell)

    def height(place):
        return east * place[0] + north * place[1] if place[0] < plane.west + cell * plane.z.shape[1] else np.nan

    found = survey(PERIMETER, [LineString([(-60, -40), (80, -40)])], houses, relief=plane)
    points = _street_points(LineString([(-60, -40), (80, -40)]))
    more = {"acceleration": 3.2, "top": 400.0, "grip": 9.82, "tightest": 7.3 - 0.9, "reach": 50.0, "rays": 17,
            "open_space": 15.0, "most_turn": 150.0, "height": height}  # fmt: skip
    for n in range(2, len(found.samples.xy), 5):
        place = tuple(found.samples.xy[n] + 0.05 * found.samples.outward[n])
        low, high = (
            worst_straight_runs(
                place, tuple(found.samples.outward[n]), PERIMETER, houses, points, vehicle_width=1.8 + hair, **more
            )
            for hair in (1e-6, -5e-6)
        )
        # unlike on the level a hair more of a run uphill is slower: the two give no order
        assert min(low[0], high[0]) - 2e-2 <= found.samples.speed[n] ** 2 <= max(low[0], high[0]) + 2e-2
        assert min(low[1], high[1]) - 2e-2 <= found.samples.normal_speed[n] ** 2 <= max(low[1], high[1]) + 2e-2


@settings(max_examples=EXAMPLES, deadline=None)
@given(scenes(), st.data())
def test_that_obstacles_never_raise_a_speed_and_moving_everything_changes_nothing(scene, data):
    houses, streets = scene
    found = survey(PERIMETER, streets, houses)
    if houses:
        fewer = list(houses)
        fewer.pop(data.draw(st.integers(0, len(houses) - 1)))
        freer = survey(PERIMETER, streets, fewer)
        assert (found.samples.speed <= freer.samples.speed + 1e-9).all()
        assert (found.samples.normal_speed <= freer.samples.normal_speed + 1e-9).all()
    if any(shapely.Point(end).distance(PERIMETER.exterior) < 0.01 for street in streets for end in street.coords):
        return  # a street that ends exactly on the line crosses it or only touches it, as rounding falls
    by = (496_512.0, 6_672_128.0)  # metres, as in a city's own grid
    moved = survey(
        affinity.translate(PERIMETER, *by),
        [affinity.translate(s, *by) for s in streets][::-1],
        [affinity.translate(h, *by) for h in houses][::-1],
    )
    assert moved.samples.speed == pytest.approx(found.samples.speed, abs=1e-4)
    assert moved.samples.normal_speed == pytest.approx(found.samples.normal_speed, abs=1e-4)


@settings(max_examples=EXAMPLES, deadline=None)
@given(scenes())
def test_that_every_route_can_be_driven_as_told(scene):
    houses, streets = scene
    found = survey(PERIMETER, streets, houses)
    for approach in found.approaches:
        for way in (approach.fastest, approach.hardest):
            assert way.route.coords[-1] == pytest.approx((way.x, way.y))
            assert PERIMETER.exterior.distance(shapely.Point(way.x, way.y)) < 1e-6
            reached = way.legs[0].speed_in ** 2 + 2 * 3.2 * way.route.length
            assert way.speed**2 <= reached + 1e-3
            for leg in way.legs:
                assert leg.speed_out**2 <= leg.speed_in**2 + 2 * 3.2 * leg.length + 1e-3
        assert approach.speed >= max(approach.speeds) - 1e-9
        assert approach.normal_speed >= approach.fastest.normal_speed - 1e-9


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), min_size=3, max_size=6),
    st.lists(st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), min_size=2, max_size=4), max_size=4),
    scenes(),
)
def test_that_no_perimeter_and_no_street_is_too_odd(corners, lines, scene):
    hull = shapely.MultiPoint([(8.0 * x, 8.0 * y) for x, y in corners]).convex_hull
    if hull.geom_type != "Polygon":
        return
    streets = [LineString([(8.0 * x, 8.0 * y) for x, y in line]) for line in lines]
    odd = [
        shapely.Polygon(),
        shapely.Point(3, 3),
        LineString([(0, 0), (0, 0)]),
        shapely.MultiPolygon([box(0, 0, 1, 1)]),
    ]
    found = survey(hull, streets, [*scene[0], *odd])
    assert np.isfinite(found.samples.speed).all()
    assert (found.samples.speed <= CAR.top_speed + 1e-9).all()
    assert (found.samples.normal_speed <= found.samples.speed + 1e-9).all()
