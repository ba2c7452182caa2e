"""The lower panel: Findings, History, Not checked and Waived, each with its count, and the table of the features."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from venueplanner.app import commands
from venueplanner.app.language import Language
from venueplanner.domain.check import Finding
from venueplanner.domain.words import N_

from .desk import Desk
from .feature_table import FeatureTable
from .findings_model import SIGNS, Row, RowRole, RowsModel, counts, finding_row, state_rows
from .history_panel import HistoryList
from .pieces import button, ground, label, plain, tool_button
from .proposals_panel import ProposalsPanel
from .row_paint import RowPainter

TABS = (
    ("findings", N_("Findings")),
    ("proposals", N_("Proposals")),
    ("history", N_("History")),
    ("unchecked", N_("Not checked")),
    ("waived", N_("Waived")),
    ("table", N_("Table")),
)
COUNTED = (
    ("critical", N_("{count} critical")),
    ("major", N_("{count} major")),
    ("minor", N_("{count} minor")),
    ("info", N_("{count} for information")),
    ("unchecked", N_("{count} not checked")),
)


class RowList(QListView):
    """A list of rows; Enter shows, Space presses the row's button."""

    act = Signal(object, bool)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows = RowsModel(desk, self)
        self.setModel(self.rows)
        painter = RowPainter(desk, self)
        painter.pressed.connect(self.act)
        self.setItemDelegate(painter)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def current_row(self) -> Row | None:
        """The row that is chosen."""
        index = self.currentIndex()
        row: Row | None = index.data(RowRole) if index.isValid() else None
        return row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current_row()
        if row is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.act.emit(row, event.key() == Qt.Key.Key_Space)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class FindingsPanel(QWidget):
    """The lower panel. Signals: `wanted(command or kind id)` for what only the window can do."""

    wanted = Signal(str)
    show_wanted = Signal(object)
    waive_wanted = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._tabs: dict[str, QToolButton] = {}
        self._counts: dict[str, QToolButton] = {}
        head = QHBoxLayout()
        self._group = QButtonGroup(self)
        for tab_id, _ in TABS:
            tab = tool_button("tab")
            tab.setCheckable(True)
            tab.setObjectName(f"tab-{tab_id}")
            self._group.addButton(tab)
            self._tabs[tab_id] = tab
            tab.clicked.connect(lambda _on=False, tab_id=tab_id: self.show_tab(tab_id))
        chips = QHBoxLayout()
        for severity, _ in COUNTED:
            piece = tool_button("chip")
            piece.setCheckable(True)
            piece.clicked.connect(self.refresh)
            self._counts[severity] = piece
            chips.addWidget(piece)
        self.which = QComboBox(self)
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(4)
        self.which.activated.connect(lambda _at: self.refresh())
        chips.addSpacing(4)
        chips.addWidget(self.which)
        chips.addStretch(1)
        chips.setSpacing(4)
        self._filter = ground("page", chips)
        head.addWidget(self._tabs["findings"])
        head.addStretch(0)
        head.addWidget(self._filter, 1)
        for tab_id, _ in TABS[1:]:
            head.addWidget(self._tabs[tab_id])
        head.setSpacing(4)
        self.stack = QStackedWidget(self)
        self.lists = {tab_id: RowList(desk, self) for tab_id in ("findings", "unchecked", "waived")}
        self.history = HistoryList(desk, self)
        self.table = FeatureTable(desk, self)
        self.proposals = ProposalsPanel(desk, desk.runner, self)
        self.proposals.show_wanted.connect(self.show_wanted)
        self._empty = _Empty(desk, self)
        self._empty.wanted.connect(self.wanted)
        for rows in self.lists.values():
            rows.act.connect(self._act)
            rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            rows.customContextMenuRequested.connect(lambda at, rows=rows: self._menu(rows, at))
        for widget in (*self.lists.values(), self.history, self.table, self.proposals, self._empty):
            self.stack.addWidget(widget)
        self.lists["findings"].selectionModel().currentChanged.connect(self._moved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(ground("head", head, (12, 0, 12, 0)))
        self._layout, self._head = layout, head
        layout.addWidget(self.stack, 1)
        self.tab = "findings"
        self._numbers: dict[str, int] = {}
        desk.findings_changed.connect(self.refresh)
        desk.plan_changed.connect(lambda _change, _who: self._say_tabs())
        desk.session_changed.connect(self.refresh)
        desk.phase_changed.connect(self.refresh)
        desk.finding_chosen.connect(self._mark)
        self.show_tab("findings")

    def show_tab(self, tab_id: str) -> None:
        """Show one of the lists."""
        self.tab = tab_id
        self._tabs[tab_id].setChecked(True)
        self.refresh()

    def retranslate(self, language: Language) -> None:
        """Say tabs, counts and sentences in another language."""
        for tab_id, rows in self.lists.items():
            rows.setAccessibleName(language(dict(TABS)[tab_id]))
        self.history.retranslate(language)
        self.table.retranslate(language)
        self.proposals.retranslate(language)
        self._empty.retranslate(language)
        self.refresh()

    def refresh(self) -> None:
        """Fill the lists from the inspector."""
        desk = self._desk
        findings = desk.inspector.findings
        waived = [each for each in findings if desk.inspector.is_waived(each)]
        live = [each for each in findings if not desk.inspector.is_waived(each)]
        not_checked = state_rows(desk)
        idle = not (desk.inspector.busy or desk.inspector.previewing)  # lists nobody sees are filled when there is time
        rows = [*(finding_row(each, desk) for each in live), *not_checked]
        self._offer_checks(rows)
        self.lists["findings"].rows.put(self._wished(rows))
        if self.tab == "unchecked" or idle:
            self.lists["unchecked"].rows.put(state_rows(desk, everything=True))
        if self.tab == "waived" or idle:
            self.lists["waived"].rows.put([finding_row(each, desk, waived=True) for each in waived])
        self._numbers = {"unchecked": len(not_checked), "waived": len(waived)}
        self._say_counts()
        nothing = self.tab in self.lists and not self.lists[self.tab].rows.rows
        aside = {"history": self.history, "table": self.table, "proposals": self.proposals}
        if self.tab in aside:
            self.stack.setCurrentWidget(aside[self.tab])
        elif nothing or (self.tab == "findings" and not live):
            self._empty.tell(self.tab, not_checked)
            self.stack.setCurrentWidget(self._empty)
        else:
            self.stack.setCurrentWidget(self.lists[self.tab])
        self._mark(desk.finding)

    def _wished(self, rows: list[Row]) -> list[Row]:
        """The rows of the severities and the check that the user asked for; all when he asked for none."""
        wished = {severity for severity, chip in self._counts.items() if chip.isChecked() and chip.isVisibleTo(self)}
        wished |= {"failed"} if "unchecked" in wished else set()
        check = self.which.currentData()
        return [row for row in rows if (not wished or row.severity in wished) and (not check or row.check == check)]

    def _offer_checks(self, rows: list[Row]) -> None:
        """Every check that has rows, with how many; what was chosen stays chosen while it has some."""
        desk, now = self._desk, self.which.currentData()
        many = Counter(row.check for row in rows)
        offers = [(desk.say(N_("All checks")), "")]
        offers += [
            (f"{desk.language(desk.checks[each].label)} ({many[each]})", each) for each in desk.checks if many[each]
        ]
        if offers != [(self.which.itemText(at), self.which.itemData(at)) for at in range(self.which.count())]:
            self.which.clear()
            for text, check in offers:
                self.which.addItem(text, check)
            self.which.setCurrentIndex(max(self.which.findData(now), 0))
            self.which.view().setMinimumWidth(self.which.view().sizeHintForColumn(0) + 24)
        self.which.setAccessibleName(desk.say(N_("Findings of which check")))
        self.which.setVisible(self.tab == "findings" and len(rows) > 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_counts()

    def _fit_counts(self) -> None:
        """The counts in words where there is room, else as sign and number, else on a row of their own."""
        words = self.which.fontMetrics().horizontalAdvance(self.which.itemText(0)) + self._desk.theme.px(58)
        self.which.setMinimumWidth(min(words, self.width() // 3))
        which = (self.which.minimumWidth() + 8) * (not self.which.isHidden())
        room = self.width() - 60 - which - sum(each.sizeHint().width() + 6 for each in self._tabs.values())
        shown = [each for each in self._counts.values() if not each.isHidden()]
        wide = [sum(self._width_of(text) for text in texts) for texts in zip(*map(self._texts, shown), strict=True)]
        short, whole = wide or (0, 0)
        below = short > room
        if below is not (self._layout.indexOf(self._filter) >= 0):
            self._head.removeWidget(self._filter)
            self._layout.removeWidget(self._filter)
            if below:
                self._layout.insertWidget(1, self._filter)
            else:
                self._head.insertWidget(2, self._filter, 1)
            self._head.setStretch(1, int(below))
        self._filter.setContentsMargins(*((12, 2, 12, 2) if below else (0, 0, 0, 0)))
        self._filter.setVisible(not below or self.tab == "findings")
        for each in shown:
            each.setText(self._texts(each)[whole <= (self.width() - 40 - which if below else room)])

    @staticmethod
    def _texts(chip: QToolButton) -> tuple[str, str]:
        return str(chip.property("short")), chip.toolTip()

    def _width_of(self, text: str) -> int:
        return self.fontMetrics().horizontalAdvance(text) + self._desk.theme.px(12) + 8

    def _say_counts(self) -> None:
        desk = self._desk
        found = counts(desk.inspector)
        for severity, text in COUNTED:
            count = found[severity]
            piece = self._counts[severity]
            piece.setToolTip(f"{SIGNS[severity]} {desk.say(text, count=count)}")
            piece.setAccessibleName(desk.say(text, count=count))
            piece.setProperty("short", f"{SIGNS[severity]} {count}")
            piece.setStyleSheet(f"color: {desk.tokens.severity(severity)};")
            piece.setChecked(piece.isChecked() and bool(count))
            piece.setVisible(bool(count))
        self._say_tabs()

    def _say_tabs(self) -> None:
        desk = self._desk
        for tab_id, text in TABS:
            count = {"history": len(desk.session.history), **self._numbers}.get(tab_id, 0)
            self._tabs[tab_id].setText(plain(desk.say(text)) + (f"  {count}" if count else ""))
            self._tabs[tab_id].setToolTip(desk.say(text))
        self._fit_counts()

    # -- choosing and doing -------------------------------------------------------------------------------------
    def _moved(self, index: QModelIndex, _before: QModelIndex) -> None:
        row: Row | None = index.data(RowRole) if index.isValid() else None
        if row is not None and self.lists["findings"].hasFocus():
            self._desk.choose(row.finding)

    def _mark(self, finding: Finding | None) -> None:
        rows = self.lists["findings"]
        at = next((n for n, row in enumerate(rows.rows.rows) if finding and row.finding == finding), -1)
        if at < 0:
            rows.clearSelection()
        elif rows.currentIndex().row() != at or not rows.selectionModel().hasSelection():
            rows.setCurrentIndex(rows.rows.index(at, 0))

    def propose(self, ask: str) -> None:
        """Work out proposals and show them."""
        self.show_tab("proposals")
        self.proposals.ask(ask)

    def step(self, by: int) -> None:
        """Choose the next or previous finding and show it."""
        findings = [row.finding for row in self.lists["findings"].rows.rows if row.finding is not None]
        if not findings:
            return
        chosen = self._desk.finding
        at = (findings.index(chosen) + by) % len(findings) if chosen in findings else (0 if by > 0 else -1)
        self.show_tab("findings")
        self._desk.choose(findings[at])
        self.show_wanted.emit(findings[at])

    def _act(self, row: Row, on_button: bool) -> None:
        desk = self._desk
        if row.finding is not None and row.act != "unwaive":
            desk.choose(row.finding)
            if on_button and row.act == "fix":
                desk.attempt(commands.apply_fix, desk.session, row.finding.fixes[0], initiator=self)
            else:
                self.show_wanted.emit(row.finding)
        elif not on_button:
            return
        elif row.act == "unwaive" and row.finding is not None:
            desk.attempt(commands.take_back_waiver, desk.session, row.finding.id, initiator=self)
        elif row.act == "import":
            self.wanted.emit("add_folder")
        elif row.act == "draw" and row.check in desk.checks:
            self.wanted.emit(desk.checks[row.check].subject)

    def _menu(self, rows: RowList, at: QPoint) -> None:
        index = rows.indexAt(at)
        row: Row | None = index.data(RowRole) if index.isValid() else None
        if row is None or row.finding is None or row.act == "unwaive":
            return
        desk, finding = self._desk, row.finding
        menu = QMenu(self)
        menu.addAction(desk.say(N_("Show on the map"))).triggered.connect(lambda: self._act(row, False))
        for fix in finding.fixes:
            text = plain(desk.language.say(fix.label))
            menu.addAction(text).triggered.connect(
                lambda _on=False, fix=fix: desk.attempt(commands.apply_fix, desk.session, fix, initiator=self)
            )
        menu.addSeparator()
        menu.addAction(desk.say(N_("Waive…"))).triggered.connect(lambda: self.waive_wanted.emit(finding))
        menu.exec(rows.viewport().mapToGlobal(at))
        menu.deleteLater()


class _Empty(QWidget):
    """What stands where there is nothing to list: what that means, and what to do next."""

    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._last: tuple[str, list[Row]] = ("findings", [])
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        self.head = label(role="title", wrap=True)
        self.text = label(role="muted", wrap=True)
        column.addWidget(self.head)
        column.addWidget(self.text)
        row = QHBoxLayout()
        self.add = button("", lambda: self.wanted.emit("add_folder"), "primary")
        self.draw = button("", lambda: self.wanted.emit("perimeter"), "outline")
        row.addWidget(self.add)
        row.addWidget(self.draw)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def retranslate(self, language: Language) -> None:
        self.tell(*self._last)

    def tell(self, tab: str, not_checked: list[Row]) -> None:
        """Say what is missing, with a button that gets it."""
        self._last = (tab, not_checked)
        desk = self._desk
        acts = {row.act for row in not_checked}
        self.add.setText(desk.say(N_("Add city data…")))
        self.draw.setText(desk.say(N_("Draw a perimeter")))
        self.add.setVisible(tab == "findings" and "import" in acts)
        self.draw.setVisible(tab == "findings" and not desk.session.plan.of("perimeter"))
        if tab == "waived":
            self.head.setText(desk.say(N_("No finding is waived.")))
            self.text.setText(desk.say(N_("A waiver needs a reason and a name, and dies when what it covers moves.")))
        elif tab == "unchecked":
            self.head.setText(desk.say(N_("Every check has run.")))
            self.text.setText("")
        elif desk.inspector.busy:
            self.head.setText(desk.say(N_("Checking …")))
            self.text.setText("")
        elif not_checked:
            self.head.setText(desk.say(N_("Not everything could be checked, so silence means nothing yet.")))
            self.text.setText("\n".join(f"◌ {row.text}" for row in not_checked[:6]))
        else:
            self.head.setText(desk.say(N_("The checks ran and found nothing.")))
            self.text.setText(desk.say(N_("They see only what is in the plan and in the city's data.")))
