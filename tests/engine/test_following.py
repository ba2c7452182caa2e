"""A drawn line that follows the streets: the shortest way, from wherever on a link to wherever on another."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from shapely.geometry import LineString

from venueplanner.engine.streets import build_network
from venueplanner.engine.streets.following import StreetGraph, Walk


def walk(lines, start, **more):
    network = build_network([LineString(c) for c in lines], default_width=7.0, default_free_speed=14.0, **more)
    return Walk(StreetGraph(network), start, 5.0)


def length(coords):
    return LineString(coords).length


GRID = [[(0, 100 * n), (300, 100 * n)] for n in range(4)] + [[(100 * n, 0), (100 * n, 300)] for n in range(4)]


def test_that_the_way_turns_the_corner_at_the_crossing():
    assert walk([[(0, 0), (100, 0)], [(50, -50), (50, 50)]], (10, 2)).to((49, 40), 5.0) == [(10, 0), (50, 0), (50, 40)]


def test_that_on_one_street_the_way_is_the_piece_between_in_the_direction_drawn():
    bent = [[(0, 0), (50, 0), (50, 50)]]
    assert walk(bent, (10, 0)).to((50, 20), 5.0) == [(10, 0), (50, 0), (50, 20)]
    assert walk(bent, (50, 20)).to((10, 0), 5.0) == [(50, 20), (50, 0), (10, 0)]


def test_that_a_one_way_street_is_followed_against_its_sign():
    assert walk([[(0, 0), (100, 0)]], (90, 0), oneway=[1]).to((10, 0), 5.0) == [(90, 0), (10, 0)]


def test_that_of_two_links_between_the_same_crossings_the_shorter_is_taken():
    lens = [[(-50, 0), (0, 0)], [(0, 0), (50, 40), (100, 0)], [(0, 0), (100, 0)], [(100, 0), (150, 0)]]
    assert length(walk(lens, (-20, 0)).to((120, 0), 5.0)) == pytest.approx(140)


def test_that_the_way_round_is_taken_when_it_is_shorter_than_the_link_itself():
    horseshoe = [[(0, 0), (0, 300), (20, 300), (20, 0)], [(0, 0), (20, 0)]]
    assert length(walk(horseshoe, (0, 10)).to((20, 10), 5.0)) == pytest.approx(40)


def test_that_there_is_no_way_away_from_streets_or_to_an_island():
    lines = [[(0, 0), (100, 0)], [(0, 500), (100, 500)]]
    assert walk(lines, (10, 0)).to((10, 500), 5.0) is None
    assert walk(lines, (10, 0)).to((10, 50), 5.0) is None
    assert walk(lines, (10, 50)).to((10, 0), 5.0) is None


def test_that_ways_are_as_short_as_another_program_finds_them():
    twin = nx.Graph()
    for line in GRID:
        (x0, y0), (x1, y1) = line
        for n in range(3):
            a = (x0 + (x1 - x0) / 3 * n, y0 + (y1 - y0) / 3 * n)
            b = (x0 + (x1 - x0) / 3 * (n + 1), y0 + (y1 - y0) / 3 * (n + 1))
            twin.add_edge(a, b, weight=100.0)
    rng = np.random.default_rng(5)
    for _ in range(20):
        a, b = (tuple(float(v) * 100 for v in rng.integers(0, 4, 2)) for _ in range(2))
        expected = nx.shortest_path_length(twin, a, b, weight="weight")
        way = walk(GRID, a).to(b, 5.0)
        assert (length(way) if len(way) > 1 else 0.0) == pytest.approx(expected)
        assert way[0] == pytest.approx(a)
        assert way[-1] == pytest.approx(b)
