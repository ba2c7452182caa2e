"""Roles: the matrix of tasks and stakeholders as plain data, as lines, and the usual tasks in one step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from venueplanner.domain.plan import Change
from venueplanner.domain.words import N_, Words
from venueplanner.edits import usual_tasks
from venueplanner.packs.raci import Matrix, matrix

from . import reporting
from .language import Language
from .session import Session

CHECKS = ("orphans", "raci", "staffing")

__all__ = ["CHECKS", "Matrix", "add_usual", "lines", "matrix", "report"]


def add_usual(session: Session, language: Language, *, initiator: object = None) -> Change:
    """Add the usual tasks, and the bodies they name, in the language; one step."""
    return session.do(N_("Add the usual tasks"), usual_tasks.add_usual, initiator=initiator, say=language)


def report(session: Session, language: Language) -> dict[str, Any]:
    """Tasks with the ids of who is R, A, C and I, the stakeholders without contacts, and what the checks find."""
    whole = matrix(session.plan)
    return {
        "stakeholders": [{"id": each.id, "name": each.name, "sector": each["sector"]} for each in whole.columns],
        "tasks": [
            {
                "id": task.id,
                "name": task.name,
                "roles": {body.id: cell for body, cell in zip(whole.columns, cells, strict=True) if cell},
                "stand_in": next(iter(task.links("stand_in")), None),
                "due": task["due"],
            }
            for task, cells in zip(whole.rows, whole.cells, strict=True)
        ],
        "findings": [
            {"check": each.check, "severity": each.severity, "text": language.say(each.text), "features": each.features}
            for check in CHECKS
            for each in reporting.inspect(session, only=check).findings
        ],
    }


def lines(session: Session, language: Language) -> Iterator[str]:
    """The matrix as text: a line a task, the names of its bodies behind their letters, then the findings."""
    whole = matrix(session.plan)
    if not whole.rows:
        yield language(N_("The plan has no tasks yet."))
    for task, cells in zip(whole.rows, whole.cells, strict=True):
        said = ", ".join(f"{cell}: {body.name}" for body, cell in zip(whole.columns, cells, strict=True) if cell)
        yield language.say(Words("{task} – {said}", {"task": task.name, "said": said}))
    for check in CHECKS:
        for each in reporting.inspect(session, only=check).findings:
            yield f"  {reporting.SIGNS[each.severity]} {language.say(each.text)}"
