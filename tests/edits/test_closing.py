"""Closing lines becomes ordinary barriers and gates in one step, with nothing about owners made up."""

from __future__ import annotations

import shapely
from shapely.geometry import LineString

from venueplanner.domain.plan import Plan
from venueplanner.edits import BY_NAME
from venueplanner.edits.closing import close


def test_that_every_line_becomes_a_continuous_barrier_without_owner() -> None:
    lines = shapely.MultiLineString([[(0, 0), (4, 0)], [(9, 0), (9, 7)]])
    plan = BY_NAME["close_lines"](Plan(), lines=lines)
    made = plan.of("barrier")
    assert [each.name for each in made] == ["B1", "B2"]
    assert {each["clear_gap"] for each in made} == {0.0}
    assert not any(each.links("owner") or each.links("doer") or each["rating"] for each in made)


def test_that_kept_ways_become_guarded_gates_as_wide_as_their_line() -> None:
    plan = close(Plan(), barriers=[LineString([(0, 0), (2, 0)])], gates=[LineString([(2, 0), (6, 0)])])
    (gate,) = plan.of("gate")
    assert (gate["width"], gate["state"], gate["use"]) == (4.0, "guarded", "emergency")
    assert len(plan.of("barrier")) == 1


def test_that_a_line_without_length_makes_nothing_and_a_huge_gate_stays_within_its_field() -> None:
    plan = close(Plan(), barriers=[LineString([(1, 1), (1, 1)])], gates=[LineString([(0, 0), (900, 0)])])
    assert not plan.of("barrier")
    assert plan.of("gate")[0]["width"] == 60.0
