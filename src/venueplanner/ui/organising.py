"""What the step Organise opens: who does what, the usual tasks, the risk register, a threat judgement to import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from venueplanner.app import risks, roles
from venueplanner.app.risks import newest
from venueplanner.domain.words import N_

from . import dialogs
from .phase_dialog import show_phases

if TYPE_CHECKING:
    from .main_window import MainWindow


def doers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """What each command of the step does."""
    return {
        "roles": lambda: _show_roles(window),
        "usual_tasks": lambda: _add_usual(window),
        "import_threat": lambda: _import_threat(window),
        "phase_matrix": lambda: show_phases(window.desk, window),
        "risks": lambda: _show_risks(window),
    }


def _show_roles(window: MainWindow) -> None:
    desk = window.desk
    whole = roles.matrix(desk.session.plan)
    if not whole.rows:
        text = N_("The plan has no tasks yet: “Usual tasks” in the step Organise adds a table of them.")
        desk.said.emit(desk.say(text))
        return
    heads = [desk.say(N_("Task")), *(each.name for each in whole.columns)]
    rows = [(task.name, *cells) for task, cells in zip(whole.rows, whole.cells, strict=True)]
    dialogs.show_table(desk.say(N_("Who does what")), heads, rows, desk.language, window)


def _add_usual(window: MainWindow) -> None:
    desk = window.desk
    change = desk.attempt(roles.add_usual, desk.session, desk.language, initiator=window)
    if change is not None and not change:
        desk.said.emit(desk.say(N_("All the usual tasks are in the plan already.")))


def _import_threat(window: MainWindow) -> None:
    desk = window.desk
    title = desk.say(N_("The authority's file with its threat judgement"))
    name, _ = QFileDialog.getOpenFileName(window, title, window.settings.folder("plans"), "*.json")
    if not name:
        return
    if desk.attempt(risks.import_threat, desk.session, Path(name), initiator=window):
        judgement = newest(desk.session.plan)
        desk.select((judgement.id,) if judgement is not None else ())


def _show_risks(window: MainWindow) -> None:
    desk = window.desk
    register = risks.register(desk.session, desk.inspector)
    if not register:
        desk.said.emit(desk.say(N_("The plan has no risks yet: “Risk” in the step Organise adds one.")))
        return
    heads = [desk.say(text) for text in (N_("Risk"), *risks.HEADS, N_("Vulnerability"), N_("Due"))]
    rows = [
        (
            each.risk.name,
            *(risks.said(score, desk.language) for score in (each.inherent, each.planned, each.today, each.recorded)),
            "–" if each.vulnerability is None else str(each.vulnerability),
            str(each.risk["due"] or "–").replace("T", " "),
        )
        for each in register
    ]
    title = f"{desk.say(N_('Risk register'))} – {desk.say(risks.CAVEAT)}"
    dialogs.show_table(title, heads, rows, desk.language, window)
