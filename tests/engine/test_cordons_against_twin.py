"""Minimum cuts beside networkx and beside trying every subset; cordons on random scenes leave nothing open."""

from __future__ import annotations

import os

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import LineString

from tests.engine.test_passage_against_twin import AREA, scenes, yards
from tests.oracles.cuts import by_networkx, by_subsets, joined
from venueplanner.engine.cordons import Wish, cordons, minimum_cut, reduced
from venueplanner.engine.passage import ground_of, passage

EXAMPLES = int(os.environ.get("VENUEPLANNER_EXAMPLES", "100"))
LIMIT = 0.6


@st.composite
def networks(draw, places=8, most=14):
    """A few places with at most three edges each, as triangles have, and two with any number."""
    n = draw(st.integers(1, places))
    degree, edges = [0] * n, []
    for a, b, cost in draw(
        st.lists(st.tuples(st.integers(0, n + 1), st.integers(0, n + 1), st.integers(1, 9)), max_size=most)
    ):
        ends = [end for end in (a, b) if end < n]
        if a != b and all(degree[end] < 3 for end in ends):
            edges.append((a, b, cost))
            for end in ends:
                degree[end] += 1
    return n, edges


def arrays(edges):
    return tuple(np.array([edge[k] for edge in edges], dtype=np.int64) for k in range(3))


@settings(max_examples=EXAMPLES, deadline=None)
@given(networks(most=9))
def test_that_the_cut_is_the_cheapest_of_all_subsets(case):
    n, edges = case
    value, cut = reduced(n, *arrays(edges)).cut()
    assert value == by_subsets(edges, n, n + 1)
    assert len(cut) <= len(edges)


@settings(max_examples=EXAMPLES, deadline=None)
@given(networks(places=30, most=80))
def test_that_making_a_network_smaller_changes_no_cut(case):
    n, edges = case
    one, other, cost = arrays(edges)
    value, taken = minimum_cut(one, other, cost, n, n + 1)
    smaller = reduced(n, one, other, cost)
    less, few = smaller.cut()
    assert value == less == by_networkx(edges, n, n + 1)
    assert cost[taken].sum() == value
    gone = smaller.portal[few]
    assert cost[gone].sum() == value
    assert not joined(edges, {int(each) for each in gone}, n, n + 1)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 50)), max_size=40))
def test_that_directed_networks_have_the_flow_of_networkx(edges):
    value, cut = minimum_cut(*arrays(edges), 0, 9, directed=True)
    assert value == by_networkx(edges, 0, 9, directed=True)
    assert sum(edge[2] for edge, taken in zip(edges, cut, strict=True) if taken) == value


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.one_of(scenes(), yards()),
    st.sampled_from(["metres", "count"]),
    st.sampled_from([0.0, 2.0, 5.0]),
    st.booleans(),
)
def test_that_every_answer_leaves_no_way_in_and_keeps_its_distance(things, objective, stand_off, keep):
    ground = ground_of(things, widest=2.55)
    protected = AREA.buffer(stand_off) if stand_off else AREA
    ways = [LineString([(4, 3), (4, 60)])] if keep else []
    found = cordons(ground, AREA, Wish(objective, LIMIT, stand_off=stand_off, answers=3), ways)
    before = passage(ground, protected, limit=LIMIT)
    assert bool(found) or (not before.open and before.width == 0.0)
    for answer in found:
        lines = [each.line for each in answer.closures]
        assert min(line.distance(AREA) for line in lines) >= stand_off - 0.01
        over = passage(ground.with_more(lines), protected, limit=LIMIT)
        assert not over.open
        assert over.width <= LIMIT + 0.02
        for each in answer.closures:
            pieces = [*each.barriers, *each.gates]
            assert abs(sum(piece.length for piece in pieces) - each.width) < 0.05
            assert bool(each.gates) == any(way.intersects(each.line) for way in ways)
    if objective == "metres":
        assert found == sorted(found, key=lambda answer: answer.cost)
