"""The phase strip over the map: which stretch of the event's time is looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from venueplanner.app.language import Language
from venueplanner.domain.plan import Change, Feature
from venueplanner.domain.words import N_

from .desk import Desk
from .pieces import button, empty, label, plain, tool_button


class PhaseStrip(QWidget):
    """A button a phase, in the order of time, and one for all phases. Without phases it says how to add them."""

    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 3, 10, 3)
        self._row.setSpacing(0)
        self._group: QButtonGroup | None = None
        self._told: tuple[object, ...] = ()
        desk.plan_changed.connect(self._changed)
        desk.session_changed.connect(self.refresh)
        desk.phase_changed.connect(self._mark)
        self.refresh()

    def retranslate(self, language: Language) -> None:
        """Say it in another language."""
        self.setAccessibleName(language(N_("Phase of the event")))
        self._told = ()
        self.refresh()

    def _changed(self, change: Change, _initiator: object) -> None:
        if "phase" in change.kinds():
            self.refresh()

    def refresh(self) -> None:
        """Make the buttons anew when the phases are."""
        desk = self._desk
        phases = sorted(desk.session.plan.of("phase"), key=lambda each: (str(each["start"] or "~"), each.name))
        told = (desk.language.code, *((each.id, phase_words(each)) for each in phases))
        if told == self._told:
            self._mark()
            return
        self._told = told
        empty(self._row)
        self._group = QButtonGroup(self)
        if not phases:
            text = desk.say(N_("No phases yet: everything in the plan counts at any time."))
            self._row.addWidget(label(text, "muted"))
            self._row.addWidget(button(desk.say(N_("Add phases")), lambda: self.wanted.emit("phase"), "link"))
            self._row.addStretch(1)
            return
        self._add(desk.say(N_("All phases")), None)
        for phase in phases:
            self._add(phase_words(phase), phase.id)
        self._mark()

    def _add(self, text: str, phase: str | None) -> None:
        piece: QToolButton = tool_button("phase", self)
        piece.setText(plain(text))
        piece.setCheckable(True)
        piece.setProperty("phase", phase or "")
        piece.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        piece.clicked.connect(lambda: self._desk.set_phase(phase))
        assert self._group is not None  # noqa: S101 - made in refresh
        self._group.addButton(piece)
        self._row.addWidget(piece)

    def _mark(self) -> None:
        for piece in self._group.buttons() if self._group is not None else []:
            piece.setChecked(piece.property("phase") == (self._desk.session.phase or ""))


def phase_words(phase: Feature) -> str:
    """Name and hours of a phase: "Event 17–22"."""
    start, end = str(phase["start"] or ""), str(phase["end"] or "")
    hours = "–".join(_hour(each) for each in (start, end) if each)
    return f"{phase.name} {hours}".strip()


def _hour(when: str) -> str:
    clock = when[11:16]
    return clock[:2] if clock.endswith(":00") else clock
