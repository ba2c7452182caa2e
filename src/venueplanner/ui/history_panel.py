"""The history: every step by name; click one to go back or forth to it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from venueplanner.app import commands
from venueplanner.app.language import Language
from venueplanner.app.session import Step
from venueplanner.domain.words import N_
from venueplanner.kinds import BY_ID

from .desk import Desk


class HistoryList(QListWidget):
    """The steps, the latest on top; what was taken back stands greyed above them."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.itemActivated.connect(self._go)
        self.itemClicked.connect(self._go)
        desk.plan_changed.connect(lambda _change, _who: self.refresh())
        desk.session_changed.connect(self.refresh)

    def retranslate(self, language: Language) -> None:
        """Say the steps in another language."""
        self.setAccessibleName(language(N_("History")))
        self.refresh()

    def refresh(self) -> None:
        """Fill the list."""
        self.clear()
        session = self._desk.session
        done, undone = session.history, session.undone
        steps = [*done, *undone]
        for at in range(len(steps), 0, -1):
            item = QListWidgetItem(self._words(steps[at - 1]))
            item.setData(Qt.ItemDataRole.UserRole, at)
            if at > len(done):
                item.setForeground(QBrush(QColor(self._desk.tokens.muted)))
                item.setToolTip(self._desk.say(N_("Taken back; click to do it again")))
            self.addItem(item)
            if at == len(done):
                self.setCurrentItem(item)
        start = QListWidgetItem(self._desk.say(N_("As it was opened")))
        start.setData(Qt.ItemDataRole.UserRole, 0)
        self.addItem(start)
        if not done:
            self.setCurrentItem(start)

    def _words(self, step: Step) -> str:
        when = datetime.fromtimestamp(step.when).astimezone().strftime("%H:%M:%S") if step.when else ""
        return "   ".join(part for part in (when, self._desk.say(step.label), self._about(step)) if part)

    def _about(self, step: Step) -> str:
        """What the step was done to: a name, or how many of which kinds."""
        rows = step.change.rows("features")
        if len(rows) == 1:
            feature = rows[0][2] or rows[0][1]
            kind = BY_ID.get(feature.kind)
            return f"{self._desk.say(kind.label) if kind else feature.kind} {feature.name}".strip()
        if rows:
            return self._desk.say(N_("{count} features"), count=len(rows))
        return ", ".join(row[0] for row in step.change.rows("facts") if not row[0].startswith("rule."))

    def _go(self, item: QListWidgetItem) -> None:
        commands.go_to(self._desk.session, int(item.data(Qt.ItemDataRole.UserRole)))
