"""The rows of the lower panel: findings, what was not checked, what was waived. Sign, sentence, limit, button."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from venueplanner.app.inspector import Inspector
from venueplanner.app.language import Language
from venueplanner.domain.check import STATES, Finding, Status
from venueplanner.domain.words import N_

from .desk import Desk
from .measures import quantity

SIGNS = {
    "critical": "▲",
    "major": "◆",
    "minor": "●",
    "info": "○",
    "unchecked": "◌",
    "failed": "◌",
    "fine": "✓",
    "idle": "–",
}
_STATE_WORDS = dict(STATES)
RowRole = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Row:
    """One row. `severity` picks sign and colour; `button` is the word of the button and `act` what it does."""

    severity: str
    text: str
    right: str = ""
    button: str = ""
    act: str = "show"
    finding: Finding | None = None
    check: str = ""
    stale: bool = False


class RowsModel(QAbstractListModel):
    """Rows for a list view; screen readers get the severity in words before the sentence."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: list[Row] = []

    def put(self, rows: list[Row]) -> None:
        """Show these rows; nothing happens when they are the same."""
        if rows != self.rows:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._desk.say(SPOKEN.get(row.severity, ''))}: {row.text} {row.right}".strip()
        return None


SPOKEN = {
    "critical": N_("critical"),
    "major": N_("major"),
    "minor": N_("minor"),
    "info": N_("for information"),
    "unchecked": N_("not checked"),
    "failed": N_("could not run"),
    "idle": N_("nothing to check"),
    "fine": N_("nothing found"),
}


def finding_row(finding: Finding, desk: Desk, *, waived: bool = False) -> Row:
    """The row of a finding: its first fix on the button, else Show."""
    language = desk.language
    if waived:
        waiver = desk.session.plan.waivers[finding.id]
        text = f"{language.say(finding.text)} – {waiver.reason} ({waiver.by}, {waiver.date})"
        return Row(finding.severity, text, "", language(N_("Withdraw")), "unwaive", finding, finding.check)
    fix = finding.fixes[0] if finding.fixes else None
    button, act = (language.say(fix.label), "fix") if fix else (language(N_("Show")), "show")
    limit = figures(finding, language)
    stale = desk.inspector.is_stale(finding)
    return Row(finding.severity, language.say(finding.text), limit, button, act, finding, finding.check, stale)


def figures(finding: Finding, language: Language) -> str:
    """What was found against what is allowed, such as "2.40 / 1.20 m"; one figure where only one says something."""
    found = quantity(finding.measured, finding.unit, language)
    allowed = quantity(finding.threshold, finding.unit, language) if finding.threshold else ""
    unit = "\u00a0" + language(finding.unit)
    return f"{found.removesuffix(unit)} / {allowed}" if found and allowed else found or allowed


def state_rows(desk: Desk, *, everything: bool = False) -> list[Row]:
    """A row for each check (and subject) that was not checked or could not run; with `everything` for all states."""
    language = desk.language
    rows: list[Row] = []
    for (check_id, subject), status in desk.inspector.states.items():
        if status.state in ("unchecked", "failed") or everything:
            rows.append(_state_row(desk, check_id, subject, status, language(_STATE_WORDS[status.state])))
    return rows


def _state_row(desk: Desk, check_id: str, subject: str, status: Status, state: str) -> Row:
    language = desk.language
    check = desk.checks.get(check_id)
    name = language(check.label) if check else check_id
    feature = desk.session.plan.features.get(subject)
    about = f"{name} · {feature.name}" if feature is not None else name
    reason = f": {language.say(status.reason)}" if status.reason else ""
    button, act = "", ""
    if status.state == "unchecked" and check is not None:
        missing = check.missing(desk.session.site()) is not None
        button, act = (language(N_("Add data")), "import") if missing else (language(N_("Draw")), "draw")
    severity = status.state if status.state in SIGNS else "info"
    return Row(severity, f"{about} – {state}{reason}", "", button, act, None, check_id)


def counts(inspector: Inspector) -> dict[str, int]:
    """How many findings of each severity are not waived, and how many checks could not say anything."""
    found = {"critical": 0, "major": 0, "minor": 0, "info": 0, "waived": 0}
    for finding in inspector.findings:
        found["waived" if inspector.is_waived(finding) else finding.severity] += 1
    states = inspector.states.values()
    found["unchecked"] = sum(status.state in ("unchecked", "failed") for status in states)
    return found
