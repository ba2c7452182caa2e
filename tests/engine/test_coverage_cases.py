"""Coverage gaps of scenes whose widths can be worked out by hand: `tests/cases/coverage.json`."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import pytest
import shapely
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon

from venueplanner.engine.coverage import chain, closing_line, coverage_gaps

CASES = json.loads((Path(__file__).parents[1] / "cases" / "coverage.json").read_text(encoding="utf-8"))


def closer(drawn):
    if "disc" in drawn:
        x, y, diameter = drawn["disc"]
        return Point(x, y).buffer(diameter / 2, quad_segs=16)
    return LineString(drawn["line"]) if "line" in drawn else Polygon(drawn["area"])


@pytest.mark.parametrize("angle", [0, 33])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_that_gaps_are_what_can_be_worked_out_by_hand(case, angle):
    """gaps: widths in metres; "all": nothing stands there; "some": a wide opening, however it is told."""

    def put(shape):
        return affinity.translate(affinity.rotate(shape, angle, origin=(0, 0)), 496_512.0, 4_742_128.0)

    perimeter = put(Polygon(case["perimeter"]))
    closers = [put(closer(drawn)) for drawn in case["closers"]]
    gaps = coverage_gaps(perimeter, closers, limit=case["limit"], reach=case["reach"])
    widths = sorted(gap.width for gap in gaps)
    if case["gaps"] == ["all"]:
        assert [gap.kind for gap in gaps] == ["entirely open"]
        assert widths == pytest.approx([perimeter.exterior.length])
    elif case["gaps"] == ["some"]:
        assert widths
        assert widths[-1] > 5.0
    else:
        assert widths == pytest.approx(sorted(case["gaps"]), abs=2e-3)
    closed = [*closers, *(closing_line(gap) for gap in gaps)]
    assert coverage_gaps(perimeter, closed, limit=case["limit"], reach=case["reach"]) == []


def test_that_a_gap_knows_its_sides_and_where_it_is():
    left, right = LineString([(29, 0), (0, 0), (0, 60), (30, 60)]), LineString([(31, 0), (60, 0), (60, 60), (30, 60)])
    (gap,) = coverage_gaps(shapely.box(0, 0, 60, 60), [Polygon(), left, right], limit=1.2, reach=10)
    assert set(gap.sides) == {1, 2}
    assert gap.segment.equals(LineString([(29, 0), (31, 0)]))
    assert gap.at == pytest.approx(shapely.box(0, 0, 60, 60).exterior.length - 30) or gap.at == pytest.approx(90)


def test_that_a_perimeter_without_area_is_refused():
    with pytest.raises(ValueError, match="area"):
        coverage_gaps(Polygon([(0, 0), (1, 1), (2, 2)]), [], limit=1.2, reach=10)


def test_that_the_examples_in_the_docstrings_are_true():
    assert doctest.testmod(chain).failed == 0
