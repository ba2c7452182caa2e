"""Risks: the table, what measures lower, what the register lacks, and the authority's sealed judgement."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely

from venueplanner.app import risks
from venueplanner.app.inspector import check_subject
from venueplanner.app.session import Session
from venueplanner.checks import BY_ID
from venueplanner.domain.check import Evidence, Finding
from venueplanner.domain.errors import BadFile, BadValue
from venueplanner.domain.plan import Plan
from venueplanner.domain.site import Site
from venueplanner.domain.words import Words
from venueplanner.edits import features, threats
from venueplanner.engine.scoring import Limits, lowered, score
from venueplanner.packs.risk_register import entries

from .scenes import SQUARE, site

LIMITS = Limits(5, 10, 15, 5)
TABLE = {  # domain §7.2, from likelihood 5 down
    5: "medium high very_high very_high very_high",
    4: "low medium high very_high very_high",
    3: "low medium medium high very_high",
    2: "low low medium medium high",
    1: "low low low low medium",
}
JUDGEMENT = {"issued_by": "Police", "version": "2", "date": "2027-08-20 10:00", "level": "Moderate", "text": "None."}


def test_that_the_bands_are_those_of_the_published_table() -> None:
    for likelihood, row in TABLE.items():
        assert [score(likelihood, c, LIMITS).band for c in range(1, 6)] == row.split()


@pytest.mark.parametrize(
    ("step", "by", "left"),
    [(5, [], 5), (5, [1], 4), (5, [0.5], 5), (5, [0.5, 0.5], 4), (5, [1, 1, 1], 3), (1, [1], 1), (3, [1.0, 0.5], 2)],
)
def test_that_measures_lower_whole_steps_only_rounded_to_the_careful_side(
    step: int, by: list[float], left: int
) -> None:
    assert lowered(step, by, 2.0) == left


def scene(**values: Any) -> Site:
    place = site(
        ("stakeholder", None, {"name": "Police"}),
        ("perimeter", SQUARE, {"name": "A"}),
        ("barrier", shapely.LineString([(0, 0), (60, 0)]), {"name": "B1"}),
        ("barrier", shapely.LineString([(0, 60), (60, 60)]), {"name": "B2"}),
        ("gate", shapely.Point(60, 30), {"name": "G1"}),
    )
    ids = {each.name: each.id for each in place.plan.features.values()}
    linked = {
        key: tuple(ids[name] for name in value.split())
        for key, value in values.items()
        if key in ("measures", "owner", "places")
    }
    plan = features.add(place.plan, kind="risk", values={"name": "R1", **values, **linked}, id="r")
    return replace(place, plan=plan)


WHOLE = {"likelihood": "4", "consequence": "4", "treatment": "Barriers", "owner": "Police", "due": "2027-08-28 12:00",
         "residual_likelihood": "3", "residual_consequence": "3"}  # fmt: skip


def said(place: Site) -> list[tuple[str, str]]:
    status, found = check_subject(BY_ID["risk-register"], place, place.plan.features["r"])
    assert status.state in ("fine", "findings")
    return [(each.severity, each.text.say()) for each in found if each.severity != "info"]


def test_that_a_high_risk_with_everything_is_fine_and_a_low_one_needs_nothing() -> None:
    assert said(scene(**WHOLE)) == []
    assert said(scene(likelihood="1", consequence="4")) == []


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("treatment", "nothing is written down"),
        ("owner", "nobody owns it"),
        ("due", "there is no date"),
        ("residual_likelihood", "left over is not recorded"),
    ],
)
def test_that_each_blank_of_a_very_high_risk_is_said(field: str, words: str) -> None:
    ((severity, text),) = said(scene(**{key: value for key, value in WHOLE.items() if key != field}))
    assert severity == "major"
    assert words in text


def test_that_a_catastrophe_is_never_low_and_so_needs_an_owner() -> None:
    assert "nobody owns it" in said(scene(likelihood="1", consequence="5"))[0][1]


def test_that_what_stays_high_needs_a_signature() -> None:
    left = {**WHOLE, "residual_consequence": "5"}
    assert "nobody has signed it off" in said(scene(**left))[0][1]
    assert said(scene(**left, signed_off="Vice-mayor")) == []


def finding(severity: str, *about: str) -> Finding:
    gap = Evidence("gap", shapely.LineString([(0, 0), (2, 0)]))
    return Finding("coverage-gap", severity, Words("gap"), 2.0, 1.2, "m", "r", "s", "found", about, (gap,))


def test_that_choosing_measures_scores_anew_and_a_measure_with_a_grave_finding_does_not_count_today() -> None:
    place = scene(**{**WHOLE, "measures": "B1 B2 G1", "places": "A"})
    ids = {each.name: each.id for each in place.plan.features.values()}
    (fine,) = entries(place, [])
    assert fine.inherent is not None
    assert fine.planned is not None
    assert fine.today is not None
    assert (fine.inherent.likelihood, fine.planned.likelihood, fine.today.likelihood) == (4, 3, 3)
    assert fine.vulnerability == 1
    (open_,) = entries(place, [finding("critical", ids["B1"], ids["A"]), finding("minor", ids["G1"])])
    assert open_.today is not None
    assert open_.today.likelihood == 4, "a line is as strong as its weakest place"
    assert (open_.vulnerability, [each.name for each in open_.weak]) == (5, ["B1"])
    both = [finding("critical", ids["B1"]), finding("major", ids["B2"])]
    (bare,) = entries(place, both)
    assert bare.today is not None
    assert bare.today.likelihood == 4, "half a step of the gate alone is rounded to the careful side"
    (waived,) = entries(place, both, waived=[each.id for each in both])
    assert (waived.vulnerability, waived.weak) == (1, ())


def test_that_a_risk_linked_to_nothing_has_no_vulnerability_rather_than_a_good_one() -> None:
    assert entries(scene(**WHOLE), [])[0].vulnerability is None


# -- the authority's judgement --------------------------------------------------------------------------------------
def test_that_a_judgement_is_taken_in_and_cannot_be_edited_removed_or_typed_in() -> None:
    plan = threats.take(Plan(), values=JUDGEMENT)
    (judgement,) = plan.of("threat_judgement")
    assert judgement["level"] == "Moderate"
    for edit in (
        lambda: features.change(plan, id=judgement.id, values={"level": "Low"}),
        lambda: features.remove(plan, ids=[judgement.id]),
        lambda: features.paste(plan, features=[judgement]),
        lambda: features.add(plan, kind="threat_judgement", values=JUDGEMENT),
        lambda: features.add_many(plan, features=[judgement]),
    ):
        with pytest.raises(BadValue, match="belongs to the authority"):
            edit()


def test_that_the_same_version_is_replaced_and_the_newest_date_counts() -> None:
    plan = threats.take(Plan(), values=JUDGEMENT)
    plan = threats.take(plan, values={**JUDGEMENT, "level": "High"})
    assert [each["level"] for each in plan.of("threat_judgement")] == ["High"]
    plan = threats.take(plan, values={**JUDGEMENT, "version": "1", "date": "2027-08-01"})
    newest = risks.newest(plan)
    assert newest is not None
    assert newest["version"] == "2"


@pytest.mark.parametrize("field", threats.REQUIRED)
def test_that_a_judgement_without_issuer_version_date_level_or_text_is_refused(field: str) -> None:
    with pytest.raises(BadValue, match=field):
        threats.take(Plan(), values={key: value for key, value in JUDGEMENT.items() if key != field})


@pytest.mark.parametrize("content", ["", "[]", "nonsense", '{"level": {}}', '{"colour": "red"}', '{"name": "x"}'])
def test_that_a_file_that_is_no_judgement_is_refused_with_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "threat.json"
    path.write_text(content, encoding="utf-8")
    place = site()
    session = Session(place.plan, place.rules)
    with pytest.raises(BadFile, match=r"threat\.json"):
        risks.import_threat(session, path)
    with pytest.raises(BadFile, match="cannot be read"):
        risks.import_threat(session, tmp_path / "none.json")


def test_that_the_import_keeps_the_fingerprint_and_is_one_step_to_undo(tmp_path: Path) -> None:
    path = tmp_path / "threat.json"
    path.write_text(json.dumps(JUDGEMENT), encoding="utf-8")
    place = site()
    session = Session(place.plan, place.rules)
    risks.import_threat(session, path)
    (judgement,) = session.plan.of("threat_judgement")
    assert len(str(judgement["fingerprint"])) == 64
    session.undo()
    assert session.plan.of("threat_judgement") == []
