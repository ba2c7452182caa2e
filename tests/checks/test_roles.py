"""Orphans, tasks and shifts: what has no owner, who does what, and where people are missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
import shapely

from venueplanner.app.inspector import Inspector, check_subject
from venueplanner.app.jobs import Inline
from venueplanner.app.session import Session
from venueplanner.checks import BY_ID
from venueplanner.checks.staffing import shortfall
from venueplanner.domain.check import Finding
from venueplanner.domain.site import Site
from venueplanner.edits import features, usual_tasks

from .scenes import SQUARE, site

BODY = {"contact": "channel 1", "deputy": "shift leader"}


def with_(scene: Site, kind: str, id: str, shape: Any = None, **values: Any) -> Site:
    return replace(scene, plan=features.add(scene.plan, kind=kind, shape=shape, values=values, id=id))


def found(check_id: str, scene: Site) -> list[Finding]:
    check = BY_ID[check_id]
    answers = [check_subject(check, scene, each) for each in check.subjects(scene)]
    assert all(status.state in ("fine", "findings") for status, _ in answers)
    return [finding for _, several in answers for finding in several]


def bodies() -> Site:
    scene = with_(site(), "stakeholder", "city", name="City", **BODY)
    return with_(scene, "stakeholder", "police", name="Police", **BODY)


# -- orphans --------------------------------------------------------------------------------------------------------
def test_that_a_plan_without_stakeholders_has_no_orphans_and_says_that_nothing_was_looked_at() -> None:
    scene = site(("perimeter", SQUARE, {}))
    session = Session(scene.plan, scene.rules)
    inspector = Inspector(session, [BY_ID["orphans"]], Inline())
    inspector.check_all()
    assert inspector.findings == []
    assert inspector.states["orphans", ""].state == "idle"


@pytest.mark.parametrize(
    ("values", "severity"),
    [
        ({"owner": "city", "doer": "police"}, ""),
        ({"owner": "city"}, "info"),
        ({"doer": "police"}, "minor"),
        ({"owner": "nobody"}, "minor"),
        ({}, "minor"),
    ],
)
def test_that_what_has_no_owner_is_graver_than_what_nobody_places(values: dict[str, Any], severity: str) -> None:
    scene = with_(bodies(), "perimeter", "a", SQUARE, name="A", **values)
    assert [each.severity for each in found("orphans", scene)] == ([severity] if severity else [])


def test_that_taking_a_stakeholder_out_makes_orphans_at_once() -> None:
    scene = with_(bodies(), "perimeter", "a", SQUARE, owner="city", doer="police")
    session = Session(scene.plan, scene.rules)
    inspector = Inspector(session, [BY_ID["orphans"]], Inline())
    inspector.check_all()
    assert inspector.findings == []
    session.do("Remove", features.remove, ids=["city"])
    assert [each.severity for each in inspector.findings] == ["minor"]
    session.do("Remove", features.remove, ids=["police"])
    assert inspector.findings == [], "without any stakeholder the matter has not begun"


# -- tasks ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"responsible": "city", "accountable": "police"}, None),
        ({"responsible": "city"}, "nobody answers"),
        ({"accountable": "city"}, "nobody does it"),
        ({"responsible": "city", "accountable": "city,police"}, "2 answer for it (A) instead of one: City, Police"),
        ({"responsible": "gone", "accountable": "gone"}, "nobody answers"),
        ({}, "nobody answers for it (A); nobody does it (R)"),
    ],
)
def test_that_a_task_has_exactly_one_who_answers_and_one_who_does_it(values: dict[str, Any], words: str | None) -> None:
    findings = found("raci", with_(bodies(), "task", "t", name="T", **values))
    assert len(findings) == (words is not None)
    assert words is None or words in findings[0].text.say()


def test_that_whoever_does_a_task_can_be_reached_and_replaced() -> None:
    scene = with_(bodies(), "stakeholder", "venue", name="Venue")
    task = {"name": "T", "responsible": "venue", "accountable": "city"}
    (finding,) = found("raci", with_(scene, "task", "t", **task))
    assert finding.text.say() == "Task T: Venue has no contact; Venue has no deputy."
    (finding,) = found("raci", with_(scene, "task", "t", **task, stand_in="police"))
    assert finding.text.say() == "Task T: Venue has no contact."


def test_that_eight_tasks_of_one_phase_are_too_many_and_seven_are_not() -> None:
    scene = with_(bodies(), "phase", "event", name="Event")
    task = {"responsible": "city", "accountable": "police", "phases": "event"}
    for number in range(7):
        scene = with_(scene, "task", f"t{number}", **task)
    assert found("raci", scene) == []
    assert found("raci", with_(scene, "task", "free", **{**task, "phases": ""})) == []
    (finding,) = found("raci", with_(scene, "task", "t8", **task))
    assert (finding.measured, finding.threshold, finding.subject) == (8, 7, "city")


def test_that_the_usual_tasks_are_ordinary_records_that_pass_the_check_once_contacts_are_in() -> None:
    plan = usual_tasks.add_usual(site().plan)
    assert len(plan.of("task")) == len(usual_tasks.USUAL) == 18
    assert len(plan.of("stakeholder")) == 8
    assert usual_tasks.add_usual(plan) == plan, "a second run adds nothing"
    for each in plan.of("stakeholder"):
        plan = features.change(plan, id=each.id, values=BODY)
    assert found("raci", replace(site(), plan=plan)) == []


def test_that_the_usual_tasks_use_the_bodies_that_are_there() -> None:
    plan = with_(site(), "stakeholder", "mine", name="My police", body="police").plan
    plan = usual_tasks.add_usual(plan, say=lambda text: f"~{text}")
    assert len(plan.of("stakeholder")) == 8
    assert {each.name[0] for each in plan.of("task")} == {"~"}
    (command,) = [each for each in plan.of("task") if each.name == "~Incident command"]
    assert command.links("accountable") == ("mine",)


# -- shifts ---------------------------------------------------------------------------------------------------------
DAY = datetime.fromisoformat("2027-08-28")


def at(hour: float) -> str:
    return (DAY + timedelta(hours=hour)).isoformat(timespec="minutes")


def roster(*shifts: dict[str, Any], people: int = 2) -> Site:
    scene = with_(site(), "phase", "event", name="Event", start=at(14), end=at(20))
    scene = with_(scene, "post", "p", shapely.Point(0, 0), name="P1", people=people)
    for number, values in enumerate(shifts):
        hours = {"start": at(values["start"]), "end": at(values["end"])}
        scene = with_(scene, "shift", f"s{number}", **{"name": f"S{number}", **values, **hours})
    return scene


def said(scene: Site) -> list[str]:
    return [each.text.say() for each in found("staffing", scene)]


def test_that_a_post_with_enough_people_all_the_time_is_fine() -> None:
    one, other = {"at": "p", "people": 2, "start": 13, "end": 17}, {"at": "p", "people": 2, "start": 17, "end": 21}
    assert said(roster(one, other)) == []


def test_that_the_hours_in_which_people_are_missing_are_named() -> None:
    one, other = {"at": "p", "people": 2, "start": 13, "end": 16}, {"at": "p", "people": 1, "start": 16, "end": 21}
    assert said(roster(one, other)) == [
        "Post P1 needs 2 people in phase Event; from 16:00 to 20:00 1 are on shift."
    ]  # fmt: skip
    (finding,) = found("staffing", roster(one))
    assert (finding.severity, finding.measured, finding.threshold) == ("major", 0, 2)


def test_that_crowds_need_a_person_for_every_two_hundred_and_fifty() -> None:
    scene = with_(roster(people=0), "crowd_area", "k", SQUARE, name="K", people=501)
    enough = with_(scene, "shift", "s", at="k", people=3, start=at(14), end=at(20))
    few = with_(scene, "shift", "s", at="k", people=2, start=at(14), end=at(20))
    assert found("staffing", enough) == []
    (finding,) = found("staffing", few)
    assert (finding.measured, finding.threshold) == (2, 3)


@pytest.mark.parametrize(
    ("shifts", "words"),
    [
        ([{"start": 8, "end": 20}], None),
        ([{"start": 8, "end": 20.5}], "lasts 12.5 hours"),
        ([{"start": 20, "end": 8}], "no start and end"),
        ([{"who": "Asan", "start": 8, "end": 12}, {"who": " ASAN", "start": 12, "end": 14}], None),
        ([{"who": "Asan", "start": 8, "end": 12}, {"who": " ASAN", "start": 11, "end": 14}], "from 11:00 to 12:00"),
        ([{"start": 8, "end": 12}, {"start": 11, "end": 14}], None),
    ],
)
def test_that_long_shifts_and_double_bookings_are_found(shifts: list[dict[str, Any]], words: str | None) -> None:
    findings = said(roster(*shifts, people=0))
    assert len(findings) == (words is not None)
    assert words is None or words in findings[0]


@pytest.mark.parametrize(("count", "words"), [(0, None), (2, "leads only 2"), (3, None), (7, None), (8, "leads 8")])
def test_that_one_leads_three_to_seven_at_a_time(count: int, words: str | None) -> None:
    led = [{"led_by": "s0", "start": 9, "end": 11} for _ in range(count)]
    later = [{"led_by": "s0", "start": 11, "end": 12} for _ in range(min(count, 2))]
    findings = said(roster({"start": 8, "end": 12}, *led, *later, people=0))
    assert len(findings) == (words is not None)
    assert words is None or words in findings[0]


def test_that_the_worst_stretch_is_what_counting_minute_by_minute_gives() -> None:
    choose = Random(4)
    for _ in range(40):
        hours = (DAY + timedelta(hours=10), DAY + timedelta(hours=14))
        spans = []
        for _ in range(choose.randrange(5)):
            start = DAY + timedelta(minutes=choose.randrange(540, 840))
            spans.append(((start, start + timedelta(minutes=choose.randrange(10, 200))), choose.randrange(1, 4)))
        wanted = choose.randrange(1, 5)
        minutes = [hours[0] + timedelta(minutes=n) for n in range(240)]
        there = [sum(people for (start, end), people in spans if start <= each < end) for each in minutes]
        answer = shortfall(hours, spans, wanted)
        if min(there) >= wanted:
            assert answer is None
            continue
        assert answer is not None
        (start, end), have = answer
        assert have == min(there)
        first = there.index(have)
        assert start == minutes[first]
        last = first
        while last < 240 and there[last] == have:
            last += 1
        assert end == hours[0] + timedelta(minutes=last)
