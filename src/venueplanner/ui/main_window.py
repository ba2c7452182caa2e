"""The main window: steps and tools above, plan and city left, the map, findings below, properties right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from venueplanner.app.language import Language
from venueplanner.app.settings import Settings
from venueplanner.app.settings import save as save_settings
from venueplanner.domain.check import Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_
from venueplanner.kinds import ALL, BY_ID

from . import key_book
from .actions import COMMANDS, ActionBook
from .canvas import MapCanvas
from .deeds import Deeds
from .desk import Desk
from .dropping import Drops
from .files import Files
from .findings_panel import FindingsPanel
from .layer_tree import LayerTree
from .menus import fill_menus, map_menu
from .pack_panel import PackPanel
from .phase_strip import PhaseStrip
from .pieces import ground
from .properties_panel import PropertiesPanel
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
        self._tool_keys: dict[str, QShortcut] = {}
        self.files = Files(self)
        self.deeds = Deeds(self)
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
        self.packs = PackPanel(desk, self)
        self.status = StatusLine(desk, self)
        self.start = StartPage(desk, settings, self._begin, self.open_plan, self)
        self._begun = False
        self._lay_out()
        self._connect()
        self.actions_book.connect_all(self.deeds.doers())
        self.take_keys()
        Drops(self, self.files.take_dropped)
        self.retranslate(desk.language)
        self.dress()
        self._set_stage()
        self.setMinimumSize(980, 600)

    # -- building -----------------------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.addWidget(self.steps)
        bar.addStretch(1)
        self.search.setClearButtonEnabled(True)
        bar.addWidget(self.search, 1)
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
        self.right = QStackedWidget(self)
        self.right.addWidget(side)
        self.right.addWidget(self.packs)
        across = QSplitter(Qt.Orientation.Horizontal, self)
        for piece in (self.tree, upright, self.right):
            across.addWidget(piece)
        across.setSizes([self.desk.theme.px(each) for each in (250, 846, 272)])
        across.setStretchFactor(1, 1)
        self.across = across
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
        self.tools.record_wanted.connect(self.deeds.new_record)
        self.tools.pack_wanted.connect(self.open_pack)
        self.packs.frames_changed.connect(canvas.show_sheets)
        self.packs.write_wanted.connect(self.files.pack)
        self.packs.left.connect(self._pack_left)
        canvas.escaped.connect(self.packs.shut)
        canvas.tool_changed.connect(self.tools.mark)
        canvas.tool_changed.connect(lambda tool: None if tool == "sheets" else self.packs.shut())
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
        self.findings.waive_wanted.connect(self.deeds.waive)
        self.findings.table.zoom_wanted.connect(canvas.zoom_to)
        self.why.show_wanted.connect(canvas.show_evidence)
        self.why.waive_wanted.connect(self.deeds.waive)
        self.why.help_wanted.connect(self.deeds.show_help)
        self.search.returnPressed.connect(self.deeds.search)
        for kind in ALL:
            if kind.shapes:
                shortcut = QShortcut(canvas)
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(lambda kind_id=kind.id: canvas.set_tool(kind_id))
                self._tool_keys[kind.id] = shortcut
        leave = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.packs, self.packs.shut)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

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
                      self.status, self.canvas, self.start, self.packs):  # fmt: skip
            piece.retranslate(language)
        self._say_title()

    def dress(self) -> None:
        """Wear the theme's colours."""
        self.canvas.set_theme("dark" if self.desk.tokens.dark else "light")
        self.actions_book.dress(self.desk.tokens)
        self.search.setMinimumWidth(self.desk.theme.px(90))
        self.search.setMaximumWidth(self.desk.theme.px(270))
        self.tree.setMinimumWidth(self.desk.theme.px(150))

    def take_keys(self) -> None:
        """Put the user's own keys in force, on commands and tools."""
        own = self.settings.keys
        for entry in key_book.entries():
            keys = [QKeySequence(each) for each in key_book.keys_of(entry, own)]
            if entry.id.startswith(key_book.DRAW):
                self._tool_keys[entry.id.removeprefix(key_book.DRAW)].setKeys(keys)
            else:
                self.actions_book[entry.id].setShortcuts(keys)

    def toggle_panels(self, shown: bool | None = None) -> None:
        """Hide the panels at the sides so that the map has the room, or show them again."""
        shown = not self.tree.isVisible() if shown is None else shown
        for panel in (self.tree, self.right):
            panel.setVisible(shown)

    # -- packs --------------------------------------------------------------------------------------------------
    def open_pack(self, pack_id: str) -> None:
        """Show a pack's options beside the map, and its sheets on it."""
        self.toggle_panels(shown=True)
        self.steps.setCurrentIndex([step for step, _ in STEPS].index("packs"))
        if self.stage.currentWidget() is not self.canvas:
            self._begun = True
            self._set_stage()
        self.packs.shut()
        if self.canvas.hand.tool_id != "select":
            self.canvas.set_tool("select")
        self.right.setCurrentWidget(self.packs)
        self.packs.open(pack_id)
        if self.packs.frames:
            self.canvas.set_tool("sheets")
        self.tools.mark_pack(pack_id)

    def _pack_left(self) -> None:
        self.right.setCurrentIndex(0)
        self.tools.mark_pack("")
        if self.canvas.hand.tool_id == "sheets":
            self.canvas.set_tool("select")

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
            self.deeds.new_record(what)

    def _wanted(self, what: str) -> None:
        if what in ("add_folder", "import"):
            self.files.add_folder()
        elif what in BY_ID:
            self.canvas.set_tool(what)

    def _context(self, x: float, y: float, across: int, down: int) -> None:
        menu = map_menu(self, x, y)
        menu.exec(QPoint(across, down))
        menu.deleteLater()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self._share_height)  # heights are known once the window has been laid out

    def _share_height(self) -> None:
        low = min(self.desk.theme.px(200), round(self.upright.height() * 0.42))
        self.upright.setSizes([self.upright.height() - low, low])

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
