"""The status line: where the pointer is, scale, coordinate system; what is on disk; whether the checks are fresh."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from venueplanner.app import whereabouts
from venueplanner.app.language import Language
from venueplanner.domain.words import N_, Words

from .desk import Desk
from .pieces import dress, ground, label


class StatusLine(QWidget):
    """One line of plain figures."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        inner = QHBoxLayout()
        inner.setSpacing(18)
        self.position, self.grid, self.scale, self.system = (label(role="muted") for _ in range(4))
        self.told = label()
        self.disk, self.checks = label(role="good"), label(role="good")
        for piece in (self.position, self.grid, self.scale, self.system):
            inner.addWidget(piece)
        inner.addWidget(self.told, 1)
        inner.addWidget(self.disk)
        inner.addWidget(self.checks)
        row.addWidget(ground("status", inner, (12, 3, 12, 3)))
        self._until = QTimer(self, singleShot=True, interval=8000)
        self._until.timeout.connect(lambda: self.told.setText(""))
        desk.said.connect(self.tell)
        desk.plan_changed.connect(lambda _change, _who: self._written())
        desk.session_changed.connect(self._opened)
        desk.findings_changed.connect(self._fresh)
        self._written_at = ""
        self._opened()

    def tell(self, text: str) -> None:
        """Say something for a few seconds."""
        self.told.setText(text)
        self._until.start()

    def point(self, x: float, y: float) -> None:
        """The pointer is here, in metres."""
        position, grid = whereabouts.texts(self._desk.session.plan, x, y)
        self.position.setText(position)
        self.grid.setText(grid)

    def show_scale(self, denominator: float) -> None:
        """The map's scale."""
        self.scale.setText("1 : " + f"{denominator:,.0f}".replace(",", "\u00a0"))

    def _opened(self) -> None:
        self._written_at = ""
        self.system.setText(whereabouts.system_name(self._desk.session.plan))
        self._say_disk()
        self._fresh()

    def _written(self) -> None:
        self._written_at = datetime.now().astimezone().strftime("%H:%M:%S")
        self.system.setText(whereabouts.system_name(self._desk.session.plan))
        self._say_disk()

    def _say_disk(self) -> None:
        desk = self._desk
        if desk.session.journal is None:
            text, role = desk.say(N_("no journal: changes are not kept until saved")), "warn"
        elif self._written_at:
            words = Words(N_("every change on disk {time}"), {"time": self._written_at})
            text, role = "● " + desk.language.say(words), "good"
        else:
            text, role = "● " + desk.say(N_("every change goes to disk")), "good"
        self.disk.setText(text)
        dress(self.disk, role=role)

    def _fresh(self) -> None:
        desk = self._desk
        if desk.inspector.busy:
            text, role = desk.say(N_("checking …")), "warn"
        else:
            latency = desk.inspector.last_latency
            text = desk.say(N_("checks fresh"))
            text += f" ({latency * 1000:.0f} ms)" if latency is not None else ""
            role = "good"
        self.checks.setText("· " + text)
        dress(self.checks, role=role)

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self._say_disk()
        self._fresh()
