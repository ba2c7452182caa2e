"""The main window: steps and tools above, plan and city left, the map, findings below, properties right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from venueplanner.app import commands, searching
from venueplanner.app.language import Language
from venueplanner.app.settings import Settings
from venueplanner.app.settings import save as save_settings
from venueplanner.domain.check import Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_
from venueplanner.kinds import ALL, BY_ID

from . import dialogs
from .actions import COMMANDS, ActionBook
from .canvas import MapCanvas
from .desk import Desk
from .dropping import Drops
from .files import Files
from .findings_panel import FindingsPanel
from .layer_tree import LayerTree
from .menus import fill_menus, map_menu
from .phase_strip import PhaseStrip
from .pieces import ground
from .properties_panel import PropertiesPanel
from .sensitivity_dialog import show_sensitivity
from .start_page import StartPage
from .status_line import StatusLine
from .tool_row import STEPS, StepTabs, ToolRow
from .why_panel import WhyPanel


class MainWindow(QMainWindow):
    """One window on one plan."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        super().__init__()
        self.desk, self.settings = desk, settings
        self.clip: tuple[Feature, ...] = ()
        self.files = Files(self)
        theme = "dark" if desk.tokens.dark else "light"
        self.canvas = MapCanvas(desk.session, desk.language, theme, self)
        self.actions_book = ActionBook(self)
        self.steps = StepTabs(self)
        self.search = QLineEdit(self)
        self.tools = ToolRow(desk, self.actions_book, self)
        self.tree = LayerTree(desk, self)
        self.phases = PhaseStrip(desk, self)
        self.findings = FindingsPanel(desk, self)
        self.properties = PropertiesPanel(desk, self)
        self.why = WhyPanel(desk, self)
        self.status = StatusLine(desk, self)
        self.start = StartPage(desk, settings, self._begin, self.open_plan, self)
        self._begun = False
        self._lay_out()
        self._connect()
        self._connect_actions()
        Drops(self, self.files.take_dropped)
        self.retranslate(desk.language)
        self.dress()
        self._set_stage()
        self.setMinimumSize(980, 600)

    # -- building -----------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.steps, 1)
        self.search.setFixedWidth(270)
        self.search.setClearButtonEnabled(True)
        bar.addWidget(self.search)
        self.steps.setCurrentIndex(1)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.phases)
        self.stage = QStackedWidget(middle)
        self.stage.addWidget(self.canvas)
        self.stage.addWidget(self.start)
        column.addWidget(self.stage, 1)
        upright = QSplitter(Qt.Orientation.Vertical, self)
        upright.addWidget(middle)
        upright.addWidget(self.findings)
        upright.setSizes([520, 190])
        upright.setStretchFactor(0, 1)
        upright.setStretchFactor(1, 0)
        self.findings.setMinimumHeight(self.desk.theme.px(110))
        self.upright = upright
        side = QSplitter(Qt.Orientation.Vertical, self)
        side.addWidget(self.properties)
        side.addWidget(self.why)
        side.setSizes([330, 300])
        across = QSplitter(Qt.Orientation.Horizontal, self)
        for piece in (self.tree, upright, side):
            across.addWidget(piece)
        across.setSizes([222, 876, 268])
        across.setStretchFactor(1, 1)
        for splitter in (upright, side, across):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
        whole = QWidget(self)
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(ground("bar", bar, (8, 0, 12, 0)))
        rows.addWidget(self.tools)
        rows.addWidget(across, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        desk, canvas = self.desk, self.canvas
        self.steps.currentChanged.connect(lambda index: self.tools.show_step(STEPS[index][0]))
        self.tools.tool_wanted.connect(canvas.set_tool)
        self.tools.record_wanted.connect(self._new_record)
        self.tools.pack_wanted.connect(self.files.pack)
        canvas.tool_changed.connect(self.tools.mark)
        canvas.tool_changed.connect(self._begin)
        canvas.pointer_moved.connect(self.status.point)
        canvas.view_changed.connect(lambda: self.status.show_scale(canvas.scale))
        canvas.selection_changed.connect(desk.select)
        canvas.hint.connect(self.status.tell)
        canvas.draft_changed.connect(desk.preview)
        canvas.context_requested.connect(self._context)
        desk.when_shown = canvas.after_frame
        desk.selection_changed.connect(canvas.select)
        desk.evidence_changed.connect(self._show_findings)
        desk.finding_chosen.connect(self._finding_chosen)
        desk.session_changed.connect(self._session_changed)
        desk.plan_changed.connect(lambda _change, _who: self._say_title())
        desk.plan_changed.connect(lambda _change, _who: self._set_stage())
        desk.phase_changed.connect(canvas.refresh)
        desk.theme.changed.connect(self.dress)
        self.phases.wanted.connect(self._phases_wanted)
        self.tree.visibility.connect(canvas.set_visible)
        self.tree.chosen.connect(desk.select)
        self.tree.zoom_wanted.connect(canvas.zoom_to)
        self.findings.wanted.connect(self._wanted)
        self.findings.show_wanted.connect(canvas.show_evidence)
        self.findings.waive_wanted.connect(self._waive)
        self.why.show_wanted.connect(canvas.show_evidence)
        self.why.waive_wanted.connect(self._waive)
        self.why.help_wanted.connect(lambda page: dialogs.show_help(page, desk.language, self, desk.session.rules))
        self.search.returnPressed.connect(self._search)
        for kind in ALL:
            if kind.shapes and kind.key:
                shortcut = QShortcut(QKeySequence(kind.key), canvas)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(lambda kind_id=kind.id: canvas.set_tool(kind_id))

    def _connect_actions(self) -> None:
        desk, canvas, files = self.desk, self.canvas, self.files
        doers: dict[str, Callable[[], object]] = {
            "new": files.new,
            "new_from_folder": files.new_from_folder,
            "open": files.open,
            "open_sample": files.open_sample,
            "save": files.save,
            "save_as": files.save_as,
            "quit": self.close,
            "undo": self._undo,
            "redo": self._redo,
            "cut": self._cut,
            "copy": self._copy,
            "paste": self._paste,
            "delete": lambda: desk.attempt(commands.delete, desk.session, desk.selected, initiator=self),
            "palette": self._palette,
            "search": self.search.setFocus,
            "zoom_in": lambda: canvas.zoom(1.5),
            "zoom_out": lambda: canvas.zoom(1 / 1.5),
            "zoom_plan": lambda: canvas.zoom_to("plan"),
            "zoom_city": lambda: canvas.zoom_to("city"),
            "zoom_selection": lambda: canvas.zoom_to(desk.selected),
            "view_back": canvas.back,
            "view_forth": canvas.forth,
            "full_screen": lambda: self.showNormal() if self.isFullScreen() else self.showFullScreen(),
            "theme": self._other_theme,
            "add_folder": files.add_folder,
            "layer_report": files.layer_report,
            "exercise": self._exercise,
            "check_all": self._check_all,
            "next_finding": lambda: self.findings.step(1),
            "previous_finding": lambda: self.findings.step(-1),
            "show_finding": lambda: canvas.show_evidence(desk.finding),
            "waive": lambda: self._waive(desk.finding),
            "propose_cordon": lambda: self.findings.propose("cordon-count"),
            "propose_posts": lambda: self.findings.propose("posts"),
            "sensitivity": self._sensitivity,
            "rules": lambda: dialogs.show_rules(desk.session.rules, desk.language, self),
            "help": self._help,
            "about": lambda: dialogs.show_about(desk.language, self),
        }
        self.actions_book.connect_all(doers)

    # -- saying and dressing ------------------------------------------------------------------------------------
    def speak(self, code: str) -> None:
        """Switch the language while running."""
        self.settings.language = code
        save_settings(self.settings)
        self.desk.language = Language(code)
        QTimer.singleShot(0, lambda: self.retranslate(self.desk.language))

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self.actions_book.retranslate(language)
        fill_menus(self)
        self.search.setPlaceholderText(language(N_("Search: street, feature, coordinates")))
        self.search.setAccessibleName(language(N_("Search the map")))
        for piece in (self.steps, self.tools, self.tree, self.phases, self.findings, self.properties, self.why,
                      self.status, self.canvas, self.start):  # fmt: skip
            piece.retranslate(language)
        self._say_title()

    def dress(self) -> None:
        """Wear the theme's colours."""
        self.canvas.set_theme("dark" if self.desk.tokens.dark else "light")
        self.actions_book.dress(self.desk.tokens)

    def _say_title(self) -> None:
        session = self.desk.session
        name = session.path.stem if session.path else self.desk.say(N_("Untitled plan"))
        title = session.plan.fact("title") or name
        self.setWindowTitle(f"{title}{'*' if session.dirty else ''} — VenuePlanner")
        self.actions_book["exercise"].setChecked(bool(session.plan.fact("pack.exercise")))
        for name, possible in (("undo", session.undo_label), ("redo", session.redo_label)):
            action = self.actions_book[name]
            action.setEnabled(bool(possible))
            words = next(each.label for each in COMMANDS if each.id == name)
            text = self.desk.language(words)
            action.setText(f"{text}: {self.desk.language(possible)}" if possible else text)

    def _begin(self, way: str) -> None:
        """Begin in one of the start page's ways; a tool taken in hand begins with an empty map."""
        if way in ("new_from_folder", "open", "open_sample"):
            self.actions_book[way].trigger()
        elif way != "select":
            self._begun = True
            self._set_stage()

    def _set_stage(self) -> None:
        """The map, or the start page while there is nothing to show on a map."""
        plan = self.desk.session.plan
        something = bool(self._begun or self.desk.session.path or plan.features or plan.layers)
        self.stage.setCurrentWidget(self.canvas if something else self.start)

    # -- news ---------------------------------------------------------------------------------------------------
    def _session_changed(self) -> None:
        self.canvas.set_session(self.desk.session)
        self._begun = False
        self.start.refresh()
        self._set_stage()
        self._say_title()

    def _show_findings(self) -> None:
        inspector = self.desk.inspector
        live = [each for each in inspector.findings if not inspector.is_waived(each) and each.severity != "info"]
        self.canvas.show_findings(live)

    def _finding_chosen(self, finding: Finding | None) -> None:
        self.canvas.show_evidence(finding, zoom=False)

    def _phases_wanted(self, what: str) -> None:
        self.steps.setCurrentIndex([step for step, _ in STEPS].index("organise"))
        if what in BY_ID:
            self._new_record(what)

    def _wanted(self, what: str) -> None:
        if what in ("add_folder", "import"):
            self.files.add_folder()
        elif what in BY_ID:
            self.canvas.set_tool(what)

    def _new_record(self, kind_id: str) -> None:
        made = self.desk.attempt(commands.draw, self.desk.session, kind_id, initiator=self)
        if made:
            self.desk.select((made,))

    def _waive(self, finding: Finding | None) -> None:
        if finding is None:
            return
        answer = dialogs.ask_waiver(self.desk, finding, self, self.settings.signer)
        if answer is not None:
            self.settings.signer = answer[1]
            save_settings(self.settings)
            self.desk.attempt(commands.waive, self.desk.session, finding, *answer, initiator=self)
            self.findings.refresh()

    def _undo(self) -> None:
        self.desk.session.undo()

    def _redo(self) -> None:
        self.desk.session.redo()

    def _sensitivity(self) -> None:
        show_sensitivity(self.desk, self)

    def _check_all(self) -> None:
        self.desk.inspector.check_all()

    def _copy(self) -> None:
        self.clip = commands.copy(self.desk.session, self.desk.selected)

    def _cut(self) -> None:
        self._copy()
        self.desk.attempt(commands.delete, self.desk.session, self.desk.selected, initiator=self)

    def _paste(self) -> None:
        if self.clip:
            step = 20 * self.canvas.window_now.metres_per_pixel
            made = self.desk.attempt(commands.paste, self.desk.session, self.clip, step, -step, initiator=self)
            self.desk.select(made or ())

    def _exercise(self) -> None:
        on = self.actions_book["exercise"].isChecked()
        commands.set_facts(self.desk.session, {"pack.exercise": "yes" if on else ""}, initiator=self)

    def _other_theme(self) -> None:
        self.settings.theme = "light" if self.desk.tokens.dark else "dark"
        save_settings(self.settings)
        self.desk.theme.choose(self.settings.theme)

    def _help(self) -> None:
        chosen = self.desk.chosen_features()
        tool = self.canvas.hand.tool_id
        kind = chosen[0].kind if chosen else tool if tool in BY_ID else ""
        page = f"kinds/{kind}" if kind else f"checks/{self.desk.finding.check}" if self.desk.finding else "index"
        dialogs.show_help(page, self.desk.language, self, self.desk.session.rules)

    def _palette(self) -> None:
        actions = {action.text(): action for action in self.actions_book.all() if action.isEnabled() and action.text()}
        title = self.desk.say(N_("All commands"))
        name, chosen = QInputDialog.getItem(self, title, title, sorted(actions), 0, True)
        if chosen and name in actions:
            actions[name].trigger()

    def _search(self) -> None:
        hits = searching.search(self.desk.session, self.search.text())
        if not hits:
            self.status.tell(self.desk.say(N_("Nothing of that name was found.")))
            return
        if hits[0].box is not None:
            self.canvas.zoom_to(hits[0].box)
        self.desk.select(hits[0].ids)

    def _context(self, x: float, y: float, across: int, down: int) -> None:
        menu = map_menu(self, lambda kind_id: self._new_at(kind_id, x, y), self.status.position.text())
        menu.exec(QPoint(across, down))
        menu.deleteLater()

    def _new_at(self, kind_id: str, x: float, y: float) -> None:
        made = self.desk.attempt(commands.draw_point, self.desk.session, kind_id, x, y, initiator=self)
        if made:
            self.desk.select((made,))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self._share_height)  # heights are known once the window has been laid out

    def _share_height(self) -> None:
        low = self.desk.theme.px(200)
        self.upright.setSizes([max(self.upright.height() - low, low), low])

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.files.waiting.give_up() or not self.files.may_leave():
            event.ignore()
            return
        self.canvas.shut()
        self.desk.leave()
        self.files.leave()
        event.accept()

    def open_plan(self, path: Path) -> None:
        """Open a plan file in this window."""
        self.files.open_path(path)
