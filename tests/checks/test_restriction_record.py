"""Restriction records: each point, the expiry, measures without a record, and answers kept fresh."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import shapely

from venueplanner.app.inspector import Inspector, check_subject
from venueplanner.app.jobs import Inline
from venueplanner.app.session import Session
from venueplanner.checks import BY_ID
from venueplanner.domain.site import Site
from venueplanner.edits import features

from .scenes import SQUARE, site

CHECK = BY_ID["restriction-record"]
LINE = shapely.LineString([(0, 0), (10, 0)])
WHOLE = {
    "legal_basis": "art. 5", "aim": "public_order", "necessity": "n", "proportionality": "p", "decided_by": "city",
    "non_discrimination": "d", "appeal": "court", "expiry": "2027-08-28 23:00",
}  # fmt: skip


def scene(*measures: tuple[str, Any, dict[str, Any]], linked: str | None = None, **record: Any) -> Site:
    place = site(("phase", None, {"name": "Event", "start": "2027-08-28 14:00", "end": "2027-08-28 22:00"}))
    plan = place.plan
    for number, (kind, shape, values) in enumerate(measures):
        plan = features.add(plan, kind=kind, shape=shape, values=values, id=f"m{number}")
    if linked is not None:
        plan = features.add(plan, kind="restriction", values={"name": "RR1", "measures": linked, **record}, id="rr")
    return replace(place, plan=plan)


def said(place: Site) -> list[tuple[str, str]]:
    answers = [check_subject(CHECK, place, each) for each in CHECK.subjects(place)]
    assert all(status.state in ("fine", "findings") for status, _ in answers)
    return [(each.severity, each.text.say()) for _, several in answers for each in several]


CORDON = ("cordon", LINE, {"name": "C1"})


def test_that_a_cordon_with_a_complete_record_is_fine() -> None:
    assert said(scene(CORDON, linked="m0", **WHOLE)) == []


@pytest.mark.parametrize(
    ("field", "point"),
    [
        ("legal_basis", "legal basis"),
        ("aim", "legitimate aim"),
        ("necessity", "necessity"),
        ("proportionality", "proportionality"),
        ("non_discrimination", "non-discrimination"),
        ("decided_by", "decision and way to appeal"),
        ("appeal", "decision and way to appeal"),
        ("expiry", "expiry"),
    ],
)
def test_that_each_point_of_the_test_is_asked_for(field: str, point: str) -> None:
    answers = said(scene(CORDON, linked="m0", **{key: value for key, value in WHOLE.items() if key != field}))
    assert answers == [("major", f"Restriction record RR1 is not complete: {point}.")]


@pytest.mark.parametrize(
    ("measure", "severity"),
    [
        (CORDON, "major"),
        (("camera", shapely.Point(0, 0), {"name": "V1"}), "major"),
        (("closure", LINE, {"name": "L1"}), "minor"),
        (("gate", LINE, {"name": "G1", "use": "people", "state": "guarded"}), "major"),
        (("gate", LINE, {"name": "G1", "use": "people", "state": "open"}), ""),
        (("gate", LINE, {"name": "G1", "use": "emergency", "state": "locked"}), ""),
        (("perimeter", SQUARE, {"name": "A", "entry": "closed"}), "major"),
        (("perimeter", SQUARE, {"name": "A", "entry": "checked"}), ""),
        (("perimeter", SQUARE, {"name": "A"}), ""),
    ],
)
def test_that_what_limits_people_needs_a_record_and_what_does_not_needs_none(measure: Any, severity: str) -> None:
    begun = said(scene(measure, linked="", **WHOLE))
    assert [each for each, _ in begun] == ([severity] if severity else [])
    bare = said(scene(measure))
    assert [each for each, _ in bare] == (["info"] if severity else []), "before the first record it only tells"


@pytest.mark.parametrize(
    ("expiry", "words"),
    [
        ("2027-08-28 21:59", "expires at 28.08.2027 21:59"),
        ("2027-08-28 22:00", ""),
        ("2027-08-29 22:00", ""),
        ("2027-08-29 22:01", "long after"),
    ],
)
def test_that_a_record_ends_with_its_measures_and_not_long_after(expiry: str, words: str) -> None:
    answers = said(scene(CORDON, linked="m0", **{**WHOLE, "expiry": expiry}))
    assert len(answers) == bool(words)
    assert words in "".join(text for _, text in answers)


def test_that_a_record_is_looked_at_again_when_its_measure_lasts_longer() -> None:
    place = scene(CORDON, linked="m0", **{**WHOLE, "expiry": "2027-08-28 22:00"})
    late = {"name": "Late", "start": "2027-08-28 22:00", "end": "2027-08-29 02:00"}
    plan = features.add(place.plan, kind="phase", values=late, id="late")
    event = next(each.id for each in plan.of("phase") if each.name == "Event")
    plan = features.change(plan, id="m0", values={"phases": event})
    session = Session(plan, place.rules)
    inspector = Inspector(session, [CHECK], Inline())
    inspector.check_all()
    assert inspector.findings == []
    session.do("Longer", features.change, id="m0", values={"phases": f"{event},late"})
    assert [each.subject for each in inspector.findings] == ["rr"]
