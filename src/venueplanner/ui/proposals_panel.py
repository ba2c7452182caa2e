"""Proposals side by side: choose what for, see each answer's figures, look at it on the map, take one over."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from venueplanner.app import proposing
from venueplanner.app.jobs import Runner
from venueplanner.app.language import Language
from venueplanner.domain.errors import PlannerError
from venueplanner.domain.plan import Change
from venueplanner.domain.words import N_

from .desk import Desk
from .pieces import button, empty, label


class ProposalsPanel(QWidget):
    """The answers of one ask. `show_wanted(finding or None)` asks the map to draw one."""

    show_wanted = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self._ask = proposing.ASKS[0]
        self._answers: list[proposing.Answer] = []
        self._asked = 0
        self.subject = QComboBox(self)
        self.table = QTableWidget(self)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().setVisible(False)
        self.table.setShowGrid(False)
        self.told = label("", "muted", wrap=True)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(12, 6, 12, 6)
        self._head.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 6)
        foot.addWidget(self.told, 1)
        column.addLayout(foot)
        self.subject.activated.connect(lambda _: self.begin())
        self.table.itemSelectionChanged.connect(self._show)
        desk.plan_changed.connect(self._plan_changed)
        desk.session_changed.connect(self._start_over)

    def ask(self, ask_id: str) -> None:
        """Work out the answers of another ask, for the chosen feature where it can be asked for it."""
        self._ask = proposing.BY_ID[ask_id]
        self._fill_subjects()
        self._fill_head()
        self.begin()

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self.table.setAccessibleName(language(N_("Proposals")))
        self._fill_head()
        self._fill_table()

    def _fill_head(self) -> None:
        self._head.removeWidget(self.subject)  # emptying would delete it
        empty(self._head)
        say = self._desk.say
        self._head.addWidget(label(say(N_("For")), "muted"))
        self._head.addWidget(self.subject)
        self.subject.show()
        for each in proposing.ASKS:
            role = "primary" if each.id == self._ask.id else "outline"
            self._head.addWidget(button(say(each.label), partial(self.ask, each.id), role))
        self._head.addStretch(1)
        self._head.addWidget(button(say(N_("Take over")), self.take, "primary"))

    def _fill_subjects(self) -> None:
        chosen = set(self._desk.selected) | {self.subject.currentData()}
        self.subject.clear()
        for feature in proposing.subjects(self._desk.session, self._ask):
            self.subject.addItem(feature.name or "–", feature.id)
            if feature.id in chosen:
                self.subject.setCurrentIndex(self.subject.count() - 1)

    def begin(self) -> None:
        """Work out the answers in a worker; the newest question wins."""
        self._answers = []
        self._asked += 1
        asked, desk, ask = self._asked, self._desk, self._ask
        feature_id = self.subject.currentData()
        self._fill_table()
        if feature_id is None:
            self.told.setText(desk.say(N_("Draw a perimeter, a cordon or a crowd area first.")))
            return
        self.told.setText(desk.say(N_("Working it out …")))
        session = desk.session

        def done(answers: list[proposing.Answer] | None, trouble: BaseException | None) -> None:
            if asked != self._asked or session is not desk.session:
                return
            self._answers = answers or []
            self._fill_table()
            if isinstance(trouble, PlannerError):
                self.told.setText(trouble.say(desk.language))
            elif trouble is not None:
                self.told.setText(desk.say(N_("This could not be worked out.")))
            elif not self._answers:
                self.told.setText(desk.say(N_("Nothing to propose: there is nothing left to close or to watch here.")))
            else:
                self.told.setText(desk.say(ask.note))
                self.table.selectRow(0)

        self._runner.start(lambda: proposing.answers(session, ask.id, feature_id), done)

    def _fill_table(self) -> None:
        say = self._desk.language.say
        heads = [head for head, _ in self._answers[0].figures] if self._answers else []
        titles = [self._desk.say(each) for each in (N_("Proposal"), *heads)]
        self.table.setColumnCount(len(heads) + 1)
        self.table.setHorizontalHeaderLabels(titles)
        self.table.setRowCount(len(self._answers))
        for row, answer in enumerate(self._answers):
            for at, text in enumerate([say(answer.name), *(say(words) for _, words in answer.figures)]):
                item = QTableWidgetItem(text)
                if at:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(row, at, item)
        header = self.table.horizontalHeader()
        for at in range(len(heads) + 1):
            mode = QHeaderView.ResizeMode.ResizeToContents if at else QHeaderView.ResizeMode.Stretch
            header.setSectionResizeMode(at, mode)

    def _show(self) -> None:
        answer = self.chosen()
        self.show_wanted.emit(answer.shown() if answer else None)

    def chosen(self) -> proposing.Answer | None:
        """The answer that is chosen."""
        row = self.table.currentRow()
        return self._answers[row] if 0 <= row < len(self._answers) else None

    def take(self) -> None:
        """Make ordinary features of the chosen answer, in one step that can be undone."""
        answer = self.chosen()
        if answer is None:
            return
        if self._desk.attempt(answer.take, self._desk.session, self):
            self.show_wanted.emit(None)
            self.begin()

    def _plan_changed(self, change: Change, initiator: object) -> None:
        if initiator is not self and self._answers:
            self.told.setText(self._desk.say(N_("The plan has changed since this was worked out; ask again.")))

    def _start_over(self) -> None:
        self._answers = []
        self._asked += 1
        self.subject.clear()
        self._fill_table()
        self.told.setText("")
