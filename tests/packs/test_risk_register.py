"""The sheets of the register, read back: the picture, the caveat, the judgement with its version."""

from __future__ import annotations

from pathlib import Path

from tests.packs import jobs
from tests.packs.reading import flat, pages_of
from venueplanner.edits import threats
from venueplanner.packs import BY_ID
from venueplanner.packs.risk_register import CAVEAT

PACK = BY_ID["risk-register"]


def test_that_the_sheets_have_risk_picture_caveat_and_the_version_of_the_judgement(tmp_path: Path) -> None:
    risk = {"name": "R1 Vehicle", "likelihood": "2", "consequence": "5", "treatment": "Barriers everywhere"}
    plan = jobs.plan_of(("risk", None, risk))
    told = {"issued_by": "GUVD", "version": "7b", "date": "2027-03-01", "level": "Elevated", "text": "Be watchful."}
    plan = threats.take(plan, values=told)
    (path,) = PACK.make(jobs.job(tmp_path, plan=plan, findings=()))
    words = flat("".join(page.text for page in pages_of(path)))
    for text in ("R1 Vehicle", "2 × 5 = 10", "Barriers everywhere", CAVEAT, "7b", "GUVD", "Be watchful."):
        assert flat(text) in words
    assert words.count(flat(CAVEAT)) == 2, "under the picture and under the list"
    assert words.count("R1") >= 3, "in the list, in its cell, and in brackets in the cell of today"


def test_that_there_is_no_public_edition_of_what_is_weak(tmp_path: Path) -> None:
    plan = jobs.plan_of(("risk", None, {"name": "R1 Vehicle", "threat": "t", "audience": "public"}))
    assert PACK.make(jobs.job(tmp_path, plan=plan, edition="public")) == []
    assert list(tmp_path.iterdir()) == []
