"""Cordons on cases that can be worked out by hand: the shortest barrier, the fewest closures, ways kept open."""

from __future__ import annotations

import csv
import doctest
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon, box

from venueplanner.engine.cordons import Wish, cordons, cutting, lines, minimum_cut
from venueplanner.engine.passage import ground_of, passage

AREA = box(-8, -8, 8, 8)
# Four blocks round a crossing: streets 6 m wide north and south, 10 m wide west and east; 40 m to the outer corners.
BLOCKS = [
    box(-60, 5, -3, 60).difference(box(-20, 5, 0, 20)),
    box(3, 5, 60, 60).difference(box(0, 5, 20, 20)),
    box(3, -60, 60, -5).difference(box(0, -20, 20, -5)),
    box(-60, -60, -3, -5).difference(box(-20, -20, 0, -5)),
]


def answers(obstacles, area=AREA, objective="metres", keep_open=(), **more):
    return cordons(ground_of(obstacles, widest=2.55), area, Wish(objective, 1.2, **more), keep_open)


def left_open(obstacles, answer, area=AREA):
    closed = [*obstacles, *(each.line for each in answer.closures)]
    seen = passage(ground_of(closed, widest=2.55), area, limit=1.2)
    return seen.open or seen.width > 0


@pytest.mark.parametrize("module", [cutting, lines], ids=lambda module: module.__name__)
def test_that_the_examples_in_the_docstrings_are_true(module):
    assert doctest.testmod(module).failed == 0


def test_that_the_four_streets_of_a_crossing_are_closed_across():
    (answer,) = answers(BLOCKS)
    assert answer.metres == pytest.approx(32.0, abs=1e-6)
    assert sorted(round(each.width, 6) for each in answer.closures) == [6.0, 6.0, 10.0, 10.0]
    assert sorted(sorted(each.owners) for each in answer.closures) == [[0, 1], [0, 3], [1, 2], [2, 3]]
    assert not left_open(BLOCKS, answer)


def test_that_one_long_closure_beats_two_short_ones_where_closures_are_counted():
    # two passages of 3 m on either side of a kiosk lead into a street that is 10 m wide farther out
    yard = [
        box(-30, 8, -20, 30),
        box(-30, -30, -20, -8),
        box(-30, 30, 30, 40),
        box(-30, -40, 30, -30),
        box(30, -40, 40, 40),
    ]
    street = [box(-90, 8, -30, 12), box(-90, -12, -30, -8), box(-28, -5, -22, 5)]
    scene = [*yard, *street]
    area = box(0, -10, 10, 10)
    (short,) = answers(scene, area, "metres")
    (few,) = answers(scene, area, "count")
    assert (len(short.closures), round(short.metres, 6)) == (2, 6.0)
    assert (len(few.closures), round(few.metres, 6)) == (1, 16.0)
    assert not left_open(scene, short, area)
    assert not left_open(scene, few, area)


def test_that_a_minimum_distance_keeps_closures_away_from_the_area():
    (near,) = answers(BLOCKS)
    (far,) = answers(BLOCKS, stand_off=25.0)
    assert min(AREA.distance(each.line) for each in near.closures) < 25
    assert min(AREA.distance(each.line) for each in far.closures) >= 25 - 1e-6
    assert not left_open(BLOCKS, far)
    assert far.metres == pytest.approx(32.0, abs=0.1)


def test_that_a_way_kept_open_becomes_a_gate_of_its_width_and_price():
    way = LineString([(0, 0), (100, 0)])
    (answer,) = answers(BLOCKS, keep_open=[way], gate_width=4.0, gate_cost=12.0)
    gates = [gate for each in answer.closures for gate in each.gates]
    assert [gate.length for gate in gates] == pytest.approx([4.0])
    assert gates[0].intersects(way)
    assert answer.metres == pytest.approx(28.0, abs=1e-3)
    assert answer.cost == pytest.approx(40.0, abs=1e-3)
    (counted,) = answers(BLOCKS, objective="count", keep_open=[way])
    assert counted.cost == 5


def test_that_next_best_answers_differ_and_cost_no_less():
    scene = [*BLOCKS, box(62, 5.5, 90, 60), box(62, -60, 90, -5.5)]  # a second, wider place to close the east
    found = answers(scene, answers=3)
    assert len(found) >= 2
    assert [each.cost for each in found] == sorted(each.cost for each in found)
    assert found[1].cost > found[0].cost
    assert not any(left_open(scene, each) for each in found)


def test_that_an_area_in_the_open_gets_a_taut_ring():
    area = Point(0, 0).buffer(20).difference(Point(0, 25).buffer(15))
    for scene in ([], [Point(200, 0).buffer(1)], [box(300, 300, 310, 310), box(-310, 300, -300, 310)]):
        (answer,) = answers(scene, area)
        hull = area.convex_hull
        assert hull.length <= answer.metres <= hull.length * 1.2 + 5
        assert not any(each.line.intersects(area) for each in answer.closures)
        rings = shapely.polygonize([each.line for each in answer.closures])
        assert rings.covers(area) or shapely.union_all(rings).covers(area)


def test_that_an_open_side_is_closed_straight_and_stops_at_what_stands_in_the_way():
    court = box(-40, -40, 40, 40).difference(box(-30, -40.1, 30, 30))
    (answer,) = answers([court, box(-2, -42, 2, -36)], box(-10, -20, 10, 0))
    assert answer.metres == pytest.approx(56.0, abs=0.1)
    assert len(answer.closures) == 2


def test_that_a_closed_place_needs_nothing():
    wall = box(-30, -30, 30, 30).difference(box(-29, -29, 29, 29))
    assert answers([wall]) == []
    assert answers([wall], Polygon()) == []


def test_that_gaps_within_the_limit_are_left_alone():
    wall = box(-30, -30, 30, 30).difference(box(-29, -29, 29, 29)).difference(box(-0.5, -40, 0.5, -20))
    assert answers([wall]) == []


@pytest.mark.parametrize(
    "odd", [Polygon(), LineString([(0, 0), (0, 0)]), box(-9, -9, 9, 9), None, box(-1e5, -1e5, 1e5, -70)]
)
@pytest.mark.parametrize("objective", ["metres", "count"])
def test_that_no_scene_is_too_odd(odd, objective):
    for answer in answers([*BLOCKS, odd, odd], objective=objective, answers=2):
        assert not left_open([*BLOCKS, odd], answer)


def test_that_reference_networks_have_their_known_flow(shared_data: Path):
    folder = shared_data / "reference-open" / "maxflow-dimacs"
    with (folder / "expected.csv").open(encoding="utf-8") as file:
        expected = list(csv.DictReader(file))
    assert expected
    for row in expected:
        arcs, ends = [], {}
        for line in (folder / row["file"]).read_text("utf-8").splitlines():
            words = line.split()
            if words[:1] == ["n"]:
                ends[words[2]] = int(words[1])
            elif words[:1] == ["a"]:
                arcs.append([int(word) for word in words[1:4]])
        one, other, size = np.array(arcs, dtype=np.int64).T
        value, cut = minimum_cut(one, other, size, ends["s"], ends["t"], directed=True)
        assert value == int(row["max_flow_networkx_preflow_push"])
        assert size[cut].sum() == value
