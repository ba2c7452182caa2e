"""Attainable speeds and bends beside their slow twins on random scenes, and what must never change or grow."""

from __future__ import annotations

import os
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import LineString
from shapely.ops import unary_union

from tests.oracles.run_up import largest_arc, squared_speeds
from venueplanner.engine.approaches import Caps, attainable_speeds
from venueplanner.engine.streets import Profile, bend_radii, blocks_of_links, build_network, corner_radius
from venueplanner.engine.vehicle import Vehicle

EXAMPLES = int(os.environ.get("VENUEPLANNER_EXAMPLES", "200"))
WIDTH, GRIP = 1.8, 9.82
NONE = np.zeros(0, dtype=bool)


@st.composite
def towns(draw):
    """Straight streets between the jittered points of a small grid: no two cross, any may be missing."""
    columns, rows = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    jitter = st.floats(-12, 12).map(lambda v: round(v, 2))
    at = {(i, j): (40.0 * i + draw(jitter), 40.0 * j + draw(jitter)) for i in range(columns) for j in range(rows)}
    pairs = [((i, j), (i + 1, j)) for i in range(columns - 1) for j in range(rows)]
    pairs += [((i, j), (i, j + 1)) for i in range(columns) for j in range(rows - 1)]
    kept = [pair for pair in pairs if draw(st.integers(0, 9))] or pairs[:1]
    widths = [draw(st.sampled_from([1.5, 3.0, 5.5, 7.0, 14.0])) for _ in kept]
    return [(at[a], at[b], w) for (a, b), w in zip(kept, widths, strict=True)]


@st.composite
def vehicles(draw):
    return Vehicle(
        mass=1500,
        acceleration=draw(st.sampled_from([0.75, 2.0, 3.2])),
        top_speed=draw(st.sampled_from([12.0, 25.0, 44.0])),
        width=WIDTH,
        turning_radius=draw(st.sampled_from([0.0, 7.3, 12.0])),
    )


def network_of(town):
    return build_network([LineString([a, b]) for a, b, _ in town], default_width=7.0, default_free_speed=14.0,
                         width=[w for *_, w in town])  # fmt: skip


@settings(max_examples=EXAMPLES, deadline=None)
@given(town=towns(), vehicle=vehicles(), data=st.data())
def test_that_attainable_speeds_equal_the_repeated_definition(town, vehicle, data):
    network = network_of(town)
    closed = data.draw(st.lists(st.sampled_from(town), max_size=2))
    outside = data.draw(st.lists(st.sampled_from(town), max_size=2))
    mask = np.isin(network.line, [town.index(street) for street in closed])
    start = np.zeros(network.edges)
    for street in outside:
        start[2 * np.flatnonzero(network.line == town.index(street))] = 200.0
    speeds = attainable_speeds(
        network, vehicle, friction=1.0, gravity=GRIP, blocks=blocks_of_links(network, mask), start=start
    )
    expected = squared_speeds(
        town,
        acceleration=vehicle.acceleration,
        top=vehicle.top_speed**2,
        grip=GRIP,
        vehicle_width=WIDTH,
        tightest=vehicle.path_radius,
        closed=[(a, b) for a, b, _ in closed],
        start={(a, b): 200.0 for a, b, _ in outside},
    )
    for link, line in enumerate(network.line.tolist()):
        a, b, wide = town[line]
        if mask[link] or wide < WIDTH:
            assert speeds.squared[2 * link] == speeds.squared[2 * link + 1] == 0
        else:
            assert speeds.squared[2 * link] == pytest.approx(expected[a, b], rel=1e-6, abs=1e-6)
            assert speeds.squared[2 * link + 1] == pytest.approx(expected[b, a], rel=1e-6, abs=1e-6)


def profile_by(network, town, climbs):
    """The network's profile, each link with the stations its street has."""
    rows = [[(0.0, 0.0), *climbs[town[line][:2]]] for line in network.line.tolist()]
    ptr = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    along = [share * network.length[k] for k, row in enumerate(rows) for share, _ in row]
    return Profile(ptr, np.array(along), np.array([height for row in rows for _, height in row]), NONE)


@settings(max_examples=EXAMPLES, deadline=None)
@given(town=towns(), vehicle=vehicles(), data=st.data())
def test_that_speeds_over_hills_and_through_chicanes_equal_the_repeated_definition(town, vehicle, data):
    network = network_of(town)
    assert (network.link_from != network.link_to).all()
    height = st.floats(-9, 9).map(lambda v: round(v, 2))
    ground = {place: data.draw(height) for a, b, _ in town for place in (a, b)}
    climbs, limits = {}, {}
    for a, b, _ in town:
        inner = [(share, data.draw(height)) for share in data.draw(st.sampled_from([(), (0.5,), (0.2, 0.7)]))]
        climbs[a, b] = [*inner, (1.0, ground[b] - ground[a])]
        climbs[b, a] = [(1 - s, h - climbs[a, b][-1][1]) for s, h in reversed(inner)] + [(1.0, ground[a] - ground[b])]
        held = [(s, data.draw(st.floats(1, 300))) for s in data.draw(st.sampled_from([(), (), (0.4,), (0.3, 0.9)]))]
        limits[a, b] = held
        limits[b, a] = [(1 - s, cap) for s, cap in held]
    rows = [(k, s, cap) for k, n in enumerate(network.line.tolist()) for s, cap in limits[town[n][:2]]]
    link = np.array([k for k, *_ in rows], dtype=np.int64)
    cap = np.array([c for *_, c in rows], dtype=float)
    caps = Caps(link, np.array([s for _, s, _ in rows], dtype=float) * network.length[link], cap, cap)
    profile = profile_by(network, town, climbs)
    speeds = attainable_speeds(network, vehicle, friction=1.0, gravity=GRIP, rise=profile, caps=caps)
    expected = squared_speeds(
        town, acceleration=vehicle.acceleration, top=vehicle.top_speed**2, grip=GRIP, vehicle_width=WIDTH,
        tightest=vehicle.path_radius, climbs=climbs, limits=limits, gravity=GRIP,
    )  # fmt: skip
    for link, line in enumerate(network.line.tolist()):
        a, b, wide = town[line]
        if wide >= WIDTH:
            assert speeds.squared[2 * link] == pytest.approx(expected[a, b], rel=1e-5, abs=1e-4)
            assert speeds.squared[2 * link + 1] == pytest.approx(expected[b, a], rel=1e-5, abs=1e-4)
    without = attainable_speeds(network, vehicle, friction=1.0, gravity=GRIP, rise=profile)
    assert (speeds.squared <= without.squared + 1e-6).all()  # a chicane never raises a speed
    ends = np.arange(network.edges)
    at_end = speeds.squared_at(ends, np.repeat(network.length, 2))
    assert at_end[speeds.usable] == pytest.approx(speeds.squared[speeds.usable], abs=1e-4)


@settings(max_examples=EXAMPLES, deadline=None)
@given(town=towns(), vehicle=vehicles(), data=st.data())
def test_that_a_closure_never_raises_a_speed_and_order_and_place_change_nothing(town, vehicle, data):
    network = network_of(town)
    base = attainable_speeds(network, vehicle, friction=1.0, gravity=GRIP)
    mask = np.zeros(network.links, dtype=bool)
    mask[data.draw(st.integers(0, network.links - 1))] = True
    closed = attainable_speeds(network, vehicle, friction=1.0, gravity=GRIP, blocks=blocks_of_links(network, mask))
    assert (closed.squared <= base.squared + 1e-9).all()
    shuffled = data.draw(st.permutations(range(len(town))))
    moved = network_of([(_moved(a), _moved(b), w) for a, b, w in (town[n] for n in shuffled)])
    again = attainable_speeds(moved, vehicle, friction=1.0, gravity=GRIP)
    here = {(int(n), d): base.squared[2 * k + d] for k, n in enumerate(network.line) for d in (0, 1)}
    there = {(shuffled[n], d): again.squared[2 * k + d] for k, n in enumerate(moved.line) for d in (0, 1)}
    assert there == pytest.approx(here, rel=1e-5, abs=1e-5)


def _moved(place):
    return place[0] + 496_000.0, place[1] + 6_672_000.0


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    steps=st.lists(st.tuples(st.floats(8, 60), st.floats(5, 40)), min_size=1, max_size=4),
    width=st.floats(2, 8),
    side=st.sampled_from([1, -1]),
)
def test_that_a_bend_has_the_largest_arc_that_fits(steps, width, side):
    corners, heading = [(0.0, 0.0), (100.0, 0.0)], 0.0
    for length, turn in steps:
        heading += side * np.radians(turn)
        x, y = corners[-1]
        corners.append((x + length * np.cos(heading), y + length * np.sin(heading)))
    xy = np.array(corners)
    forth, back = bend_radii(xy, np.array([0, len(xy)]), np.array([width]), 1e9, np.radians(1), np.radians(2))
    for j in range(1, len(corners) - 1):
        for found, windows in (
            (forth[j], [corners[i : j + 2] for i in range(j)]),
            (back[j], [corners[j - 1 : k + 1] for k in range(j + 1, len(corners))]),
        ):
            arcs = [largest_arc(w, width) for w in windows]
            if not np.isnan(arcs).any():  # uneven bends no single arc goes round are left to the closed forms
                assert found == pytest.approx(min(arcs), rel=1e-4)


@settings(max_examples=EXAMPLES, deadline=None)
@given(turn=st.floats(5, 170), before=st.floats(0.5, 12), behind=st.floats(0.5, 12))
def test_that_a_turn_between_streets_of_two_widths_has_the_largest_arc_that_fits(turn, before, behind):
    angle = np.radians(turn)
    corners = [(-50.0, 0.0), (0.0, 0.0), (50 * np.cos(angle), 50 * np.sin(angle))]
    expected = largest_arc(corners, before, behind)
    assert corner_radius(before, behind, np.cos(angle)) == pytest.approx(expected, rel=1e-4)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    lines=st.lists(
        st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=2, max_size=5), min_size=1, max_size=7
    ),
    levels=st.data(),
)
def test_that_no_scene_of_lines_is_too_odd_and_length_is_kept(lines, levels):
    """Zero length, duplicates, overlaps, self-touching: every drawn metre is in the network, and it can be driven."""
    shapes = [LineString([(5.0 * x, 5.0 * y) for x, y in line]) for line in lines]
    level = [levels.draw(st.integers(0, 1)) for _ in lines]
    network = build_network(shapes, default_width=7.0, default_free_speed=14.0, level=level, snap=0.01, dangle=0.1)
    assert network.length.sum() == pytest.approx(sum(s.length for s in shapes), abs=1e-6)
    car = Vehicle(mass=1500, acceleration=3.2, top_speed=44.0, width=1.8, turning_radius=7.3)
    speeds = attainable_speeds(network, car, friction=1.0, gravity=GRIP)
    assert np.isfinite(speeds.squared).all()
    assert (speeds.squared >= 0).all()
    assert (speeds.squared <= 44.0**2).all()
    # every segment of one level ends where the network says: crossings became nodes
    for n, one in enumerate(shapes):
        for m, other in enumerate(shapes[:n]):
            meet = one.intersection(other)
            if level[n] == level[m] and meet.geom_type == "Point" and one.is_simple and other.is_simple:
                at = np.hypot(*(network.node_xy - [meet.x, meet.y]).T)
                assert at.min() < 1e-6


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.tuples(st.floats(-300, 300), st.floats(-300, 300)), min_size=2, max_size=9), st.floats(0, 400))
@example([(1.0, 0.0), (0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (2.0, 0.0)], 0.0)  # a short loop
def test_that_a_line_turned_round_is_driven_the_same_the_other_way(corners, angle):
    drawn = LineString([(round(x, 1), round(y, 1)) for x, y in corners])
    line = affinity.rotate(drawn, angle, origin=(0, 0))
    if any(np.hypot(b[0] - a[0], b[1] - a[1]) < 0.01 for a, b in pairwise(line.coords)):
        return
    if unary_union(drawn).length < drawn.length - 1e-6:
        return  # drawn over itself: which of the two pieces is the end of the street is anybody's guess
    car = Vehicle(mass=1500, acceleration=3.2, top_speed=44.0, width=1.8, turning_radius=7.3)
    one, two = (
        attainable_speeds(
            build_network(
                [shape], default_width=7.0, default_free_speed=14.0, bend_tolerance=0.0, snap=0.002, dangle=0.01
            ),
            car,
            friction=1.0,
            gravity=GRIP,
        )
        for shape in (line, line.reverse())
    )
    assert np.sort(one.squared) == pytest.approx(np.sort(two.squared), rel=1e-6, abs=1e-6)
