"""The steps and their tools: each step of the work swaps the row of tools under it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QToolButton, QWidget

from venueplanner.app.language import Language
from venueplanner.app.packing import all_packs
from venueplanner.domain.words import N_
from venueplanner.kinds import ALL

from .actions import ActionBook
from .desk import Desk
from .icons import icon, names
from .pieces import tool_button

STEPS = (
    ("city", N_("City data")),
    ("draw", N_("Draw")),
    ("check", N_("Check")),
    ("organise", N_("Organise")),
    ("packs", N_("Packs")),
)
_COMMANDS = {
    "city": ("add_folder", "layer_report", "zoom_city"),
    "check": (
        *("check_all", "previous_finding", "next_finding", "show_finding", "waive"),
        *("propose_cordon", "propose_posts", "sensitivity", "rules"),
    ),
    "packs": ("exercise",),
}
_TOOLS = (("select", N_("Select")), ("measure", N_("Measure")), ("pan", N_("Pan")))


class StepTabs(QTabBar):
    """The steps."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("steps")
        self.setDrawBase(False)
        self.setExpanding(False)
        for _ in STEPS:
            self.addTab("")

    def retranslate(self, language: Language) -> None:
        """Say the steps in another language."""
        for index, (_, text) in enumerate(STEPS):
            self.setTabText(index, language(text))
        self.setAccessibleName(language(N_("Steps")))


class ToolRow(QWidget):
    """Signals: `tool_wanted(id)` a drawing tool; `record_wanted(kind)` a new record; `pack_wanted(id)` a product."""

    tool_wanted = Signal(str)
    record_wanted = Signal(str)
    pack_wanted = Signal(str)

    def __init__(self, desk: Desk, actions: ActionBook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tools")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk, self._actions = desk, actions
        self._step = "draw"
        self._tool = "select"
        self._buttons: dict[str, QToolButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 3, 8, 3)
        self._row.setSpacing(2)
        self.show_step("draw")
        desk.theme.changed.connect(lambda: self.show_step(self._step))

    def show_step(self, step: str) -> None:
        """Show the tools of a step."""
        self._step = step
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._buttons = {}
        if step == "draw":
            self._fill_draw()
        elif step == "organise":
            self._fill_organise()
        elif step == "packs":
            self._fill_packs()
        for command in _COMMANDS.get(step, ()):
            button = self._button()
            button.setDefaultAction(self._actions[command])
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.mark(self._tool)

    def _fill_draw(self) -> None:
        say = self._desk.language
        for tool, text in _TOOLS[:1]:
            self._add(tool, say(text), tool, self._wish(tool))
        for kind in ALL:
            if kind.shapes:
                self._add(kind.id, say(kind.word), kind.icon, self._wish(kind.id), kind.key, say(kind.help))
        for tool, text in _TOOLS[1:]:
            self._add(tool, say(text), tool, self._wish(tool))

    def _fill_organise(self) -> None:
        say = self._desk.language
        for kind in ALL:
            if not kind.shapes:
                make = lambda _=False, kind_id=kind.id: self.record_wanted.emit(kind_id)  # noqa: E731
                self._add(kind.id, say(kind.word), kind.icon, make, "", say(kind.help), checkable=False)

    def _fill_packs(self) -> None:
        say = self._desk.language
        for pack in all_packs():
            drawing = pack.id.replace("-", "_")
            name = drawing if drawing in names() else "html" if "html" in names() else "pack"
            make = lambda _=False, pack_id=pack.id: self.pack_wanted.emit(pack_id)  # noqa: E731
            self._add(pack.id, say(pack.label), name, make, "", say(pack.help), checkable=False)

    def _wish(self, tool: str) -> object:
        return lambda _=False: self.tool_wanted.emit(tool)

    def _button(self) -> QToolButton:
        button = tool_button("tool")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(20, 20))
        button.setMinimumWidth(self._desk.theme.px(64))
        button.setFixedHeight(self._desk.theme.px(48))
        return button

    def _add(
        self,
        key: str,
        text: str,
        drawing: str,
        act: object,
        shortcut: str = "",
        tip: str = "",
        *,
        checkable: bool = True,
    ) -> None:
        button = self._button()
        button.setText(text)
        button.setIcon(icon(drawing if drawing in names() else "add", self._desk.tokens))
        button.setCheckable(checkable)
        button.setToolTip(f"{tip or text} ({shortcut})" if shortcut else tip or text)
        button.setAccessibleName(text)
        button.clicked.connect(act)
        self._row.addWidget(button)
        self._buttons[key] = button

    def mark(self, tool: str) -> None:
        """Mark the tool in use."""
        self._tool = tool
        for key, button in self._buttons.items():
            if button.isCheckable():
                button.setChecked(key == tool)

    def retranslate(self, language: Language) -> None:
        """Say the tools in another language."""
        self.show_step(self._step)
