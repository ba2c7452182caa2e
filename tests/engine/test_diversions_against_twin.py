"""Ways round, access and two ways: equal to another program on random closures of random streets."""

from __future__ import annotations

import numpy as np
import pytest
from shapely.geometry import LineString

from tests.oracles import traffic as twin
from venueplanner.engine.diversions import Mover, Roads, roads_of, served, two_ways, way_between
from venueplanner.engine.streets import build_network

SEEDS = range(4)
SCENES = 25
SMALL = Mover(2.0, 2.0)


def random_roads(choose: np.random.Generator) -> Roads:
    """A grid of streets with one-way signs, speeds and perhaps a diagonal."""
    n = int(choose.integers(3, 6))
    lines, oneway = [], []
    for k in range(n):
        lines += [LineString([(0, 100 * k), (100 * (n - 1), 100 * k)])]
        lines += [LineString([(100 * k, 0), (100 * k, 100 * (n - 1))])]
        oneway += choose.integers(-1, 2, 2).tolist() if choose.random() < 0.4 else [0, 0]
    if choose.random() < 0.5:
        lines.append(LineString([(0, 0), (100 * (n - 1), 100 * (n - 1))]))
        oneway.append(0)
    speed = choose.choice([20.0, 30.0, 50.0, 60.0], len(lines))
    return roads_of(build_network(lines, default_width=7.0, default_free_speed=10.0, oneway=oneway, maxspeed_kmh=speed))


def scenes(seed: int):
    choose = np.random.default_rng(seed)
    for _ in range(SCENES):
        roads = random_roads(choose)
        closed = choose.random(roads.network.links) < choose.choice([0.05, 0.2, 0.4])
        one, two = (int(each) for each in choose.choice(len(roads.network.node_xy), 2, replace=False))
        yield roads, closed, one, two


@pytest.mark.parametrize("seed", SEEDS)
def test_that_ways_round_random_closures_are_as_quick_as_another_program_finds_them(seed):
    found = 0
    for roads, closed, one, two in scenes(seed):
        open_ = roads.open(SMALL, closed)
        way = way_between(roads, one, two, open_)
        wanted = twin.seconds_between(roads, one, two, open_)
        assert (way.seconds if way else np.inf) == pytest.approx(wanted)
        if way is not None:
            found += 1
            net = roads.network
            assert (net.tail[way.edges[0]], net.head[way.edges[-1]]) == (one, two)
            assert (net.head[way.edges[:-1]] == net.tail[way.edges[1:]]).all()
            assert not closed[way.edges >> 1].any()
            assert way.line(net).length == pytest.approx(way.metres)
    assert 5 < found < SCENES


@pytest.mark.parametrize("seed", SEEDS)
def test_that_who_keeps_access_is_the_largest_part_another_program_finds(seed):
    for roads, closed, _, _ in scenes(seed):
        nodes = set(np.flatnonzero(served(roads, closed).nodes).tolist())
        parts = twin.parts(roads, roads.access & ~np.repeat(closed, 2))
        assert nodes in parts
        assert len(nodes) == max(len(each) for each in parts)


@pytest.mark.parametrize("seed", SEEDS)
def test_that_two_ways_share_no_street_and_take_as_little_time_as_another_program_needs(seed):
    counts = [0, 0, 0]
    for roads, closed, one, two in scenes(seed):
        open_ = roads.access & ~np.repeat(closed, 2)
        pair = two_ways(roads, np.array([one]), np.array([two]), open_)
        assert pair.disjoint == twin.disjoint(roads, one, two, open_)
        counts[pair.disjoint] += 1
        if pair.disjoint == 2:
            first, second = (set((way >> 1).tolist()) for way in pair.ways)
            assert not first & second
            assert sum(pair.seconds(roads)) == pytest.approx(twin.least_of_two(roads, one, two, open_), abs=1e-3)
        if pair.disjoint == 1:
            assert pair.cut.size
            for link in pair.cut.tolist():
                without = open_.copy()
                without[2 * link : 2 * link + 2] = False
                assert twin.disjoint(roads, one, two, without) == 0
    assert counts[0] > 0
    assert counts[2] > 0


def test_that_a_closure_never_shortens_a_trip():
    for roads, closed, one, two in scenes(99):
        before = way_between(roads, one, two, roads.open(SMALL))
        after = way_between(roads, one, two, roads.open(SMALL, closed))
        if after is not None:
            assert before is not None
            assert after.seconds >= before.seconds - 1e-9
