"""The sheet of who does what, read back: every task, no contact."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.packs import jobs
from tests.packs.reading import flat, pages_of
from venueplanner.edits import features, usual_tasks
from venueplanner.packs import BY_ID
from venueplanner.packs.raci import matrix

PACK = BY_ID["raci"]


def plan(**contact: Any) -> Any:
    made = usual_tasks.add_usual(jobs.plan_of())
    for each in made.of("stakeholder"):
        made = features.change(made, id=each.id, values=contact)
    return made


def test_that_the_sheet_has_every_task_and_body_and_no_contact(tmp_path: Path) -> None:
    secret = {"contact": jobs.SECRET["contact"], "deputy": jobs.SECRET["deputy"]}
    (path,) = PACK.make(jobs.job(tmp_path, plan=plan(**secret)))
    words = flat("".join(page.text for page in pages_of(path)))
    for name, _ in usual_tasks.USUAL:
        assert flat(name) in words
    assert flat("Police and interior ministry") in words
    assert not any(each in words for each in secret.values())


def test_that_the_public_edition_holds_no_task_for_command_only_and_no_finding(tmp_path: Path) -> None:
    told = replace(jobs.finding_at(), check="raci")
    for edition, shown in (("public", False), ("restricted", True)):
        (path,) = PACK.make(jobs.job(tmp_path, plan=plan(), edition=edition, findings=(told,)))
        words = flat("".join(page.text for page in pages_of(path)))
        assert (flat("Incident command") in words) == shown
        assert (jobs.SECRET["finding"] in words) == shown


def test_that_the_matrix_says_what_the_links_say() -> None:
    whole = matrix(plan())
    place = {each.name: at for at, each in enumerate(whole.columns)}
    row = next(
        cells for task, cells in zip(whole.rows, whole.cells, strict=True) if task.name == "Search and screening"
    )
    assert row[place["Organiser"]] == "A"
    assert row[place["Private security company"]] == "R"
    first = whole.cells[0]
    assert set(first[place["Organiser"]]) == {"A", "R"}
