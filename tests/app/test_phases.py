"""Phases against checks: equal to checking phase by phase, and the hours of open and unstaffed gates."""

from __future__ import annotations

from dataclasses import replace

import shapely

from tests.checks.scenes import site, wall_with_gap
from venueplanner.app import phases
from venueplanner.app.inspector import check_subject
from venueplanner.checks import ALL
from venueplanner.domain.check import Check
from venueplanner.domain.site import Site
from venueplanner.edits import features

GATE = shapely.LineString([(28, 0), (32, 0)])


def scene() -> Site:
    place = site(*wall_with_gap(4.0))
    plan = place.plan
    for name, start, end in (("late", 18, 22), ("early", 10, 14), ("noon", 14, 18)):
        hours = {"start": f"2027-08-28 {start}:00", "end": f"2027-08-28 {end}:00"}
        plan = features.add(plan, kind="phase", values={"name": name, **hours}, id=name)
    for name, state, active in (("G1", "locked", "early,late"), ("G1 noon", "open", "noon")):
        values = {"name": name, "state": state, "phases": active}
        plan = features.add(plan, kind="gate", shape=GATE, values=values, id=name)
    return replace(place, plan=plan)


def test_that_every_cell_is_what_the_check_says_in_that_phase() -> None:
    place = scene()
    whole = phases.matrix(place)
    assert [each.name for each in whole.columns] == ["early", "noon", "late"]
    for check, cells in zip(whole.rows, whole.cells, strict=True):
        for phase, cell in zip(whole.columns, cells, strict=True):
            there = replace(place, phase=phase.id)
            answers = [check_subject(check, there, each) for each in check.subjects(there)]
            found = sorted(each.id for _, several in answers for each in several)
            assert sorted(each.id for each in cell.findings) == found, (check.id, phase.name)


def test_that_the_same_things_are_not_checked_twice() -> None:
    calls = []
    first = next(each for each in ALL if each.id == "coverage-gap")

    def counted(check: Check) -> Check:
        return replace(check, find=lambda site, subject: calls.append(site.phase) or check.find(site, subject))

    phases.matrix(scene(), [counted(first)])
    assert calls == ["early", "noon"], "late has the same gates as early"


def test_that_a_gate_open_in_one_phase_is_told_with_its_hours() -> None:
    assert [each.say() for each in phases.matrix(scene(), []).sentences] == [
        "14:00–18:00: gate G1 noon is open and nobody guards it."
    ]


def test_that_a_guarded_gate_whose_shift_goes_early_is_told_with_the_hours_left() -> None:
    place = scene()
    plan = features.change(place.plan, id="G1 noon", values={"state": "guarded", "guards": 2})
    assert list(phases.open_gates(replace(place, plan=plan))) == [], "a plan without shifts counts the guards as there"
    hours = {"start": "2027-08-28 14:00", "end": "2027-08-28 16:30"}
    plan = features.add(plan, kind="shift", values={"at": "G1 noon", "people": 2, **hours})
    (sentence,) = phases.open_gates(replace(place, plan=plan))
    assert sentence.say() == "16:30–18:00: gate G1 noon is to be guarded by 2; 0 are on shift."
