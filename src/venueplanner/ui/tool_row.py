"""The steps and their tools: each step of the work swaps the row of tools under it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabBar, QToolButton, QWidget

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
    "organise": ("usual_tasks", "roles", "import_threat", "risks", "phase_matrix"),
    "packs": ("exercise",),
}
# What leaves the row first where it is too narrow; the rest follows from the right.
RARE = ("pan", "assembly_point", "sign", "hazard", "diversion", "emergency_route", "note", "camera", "standoff")
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
        self._pack = ""
        self._step = "draw"
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
        self._more = self._button()
        self._more.setText(self._desk.say(N_("More")))
        self._more.setIcon(icon("chevron", self._desk.tokens, self._desk.theme.px(20)))
        self._more.setToolTip(self._desk.say(N_("The tools for which there is no room")))
        self._more.setAccessibleName(self._more.text())
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(QMenu(self._more))
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self._fit()
        self.mark(self._tool)

    # -- room ---------------------------------------------------------------------------------------------------
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _all(self) -> list[QToolButton]:
        widgets = [item.widget() for at in range(self._row.count()) if (item := self._row.itemAt(at)) is not None]
        return [each for each in widgets if isinstance(each, QToolButton) and each is not self._more]

    def _fit(self) -> None:
        """Every tool as wide as its word; those for which there is no room go into a menu, the rarest first."""
        buttons = self._all()
        wide = {each: self._width_of(each) for each in (*buttons, self._more)}
        for each, width in wide.items():
            each.setFixedWidth(width)
        room = self.width() - 16 + self._row.spacing()
        taken = sum(wide[each] + self._row.spacing() for each in buttons)
        rare = [self._buttons[each] for each in RARE if each in self._buttons]
        order = [*rare, *(each for each in reversed(buttons[1:]) if each not in rare)]
        away: set[QToolButton] = set()
        if taken > room:
            taken += wide[self._more] + self._row.spacing()
            while taken > room and order:
                away.add(order[0])
                taken -= wide[order.pop(0)] + self._row.spacing()
        for each in buttons:
            each.setHidden(each in away)
        self._more.setHidden(not away)
        self._list([each for each in buttons if each in away])
        self._mark_more()

    def _width_of(self, button: QToolButton) -> int:
        font = button.font()
        font.setPixelSize(self._desk.theme.px(11))
        font.setBold(True)  # as it is when the tool is in use
        return max(
            self._desk.theme.px(56), QFontMetrics(font).horizontalAdvance(button.text()) + self._desk.theme.px(12)
        )

    def _list(self, buttons: list[QToolButton]) -> None:
        menu = self._more.menu()
        menu.clear()
        for each in buttons:
            action = menu.addAction(each.icon(), each.text(), each.click)
            action.setToolTip(each.toolTip())

    def _mark_more(self) -> None:
        self._more.setCheckable(True)
        self._more.setChecked(any(each.isChecked() and each.isHidden() for each in self._all()))

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
            if not kind.shapes and not kind.sealed:
                make = lambda _=False, kind_id=kind.id: self.record_wanted.emit(kind_id)  # noqa: E731
                self._add(kind.id, say(kind.word), kind.icon, make, "", say(kind.help), checkable=False)

    def _fill_packs(self) -> None:
        say = self._desk.language
        for pack in all_packs():
            drawing = pack.id.replace("-", "_")
            name = drawing if drawing in names() else "html" if "html" in names() else "pack"
            make = lambda _=False, pack_id=pack.id: self.pack_wanted.emit(pack_id)  # noqa: E731
            self._add(pack.id, say(pack.label), name, make, "", say(pack.help))

    def _wish(self, tool: str) -> object:
        return lambda _=False: self.tool_wanted.emit(tool)

    def _button(self) -> QToolButton:
        button = tool_button("tool")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(self._desk.theme.px(20), self._desk.theme.px(20)))
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
        button.setIcon(icon(drawing if drawing in names() else "add", self._desk.tokens, self._desk.theme.px(20)))
        button.setCheckable(checkable)
        button.setToolTip(f"{tip or text} ({shortcut})" if shortcut else tip or text)
        button.setAccessibleName(text)
        button.clicked.connect(act)
        self._row.addWidget(button)
        self._buttons[key] = button

    def mark_pack(self, pack_id: str) -> None:
        """Mark the pack whose options are shown."""
        self._pack = pack_id
        for pack in all_packs():
            if pack.id in self._buttons:
                self._buttons[pack.id].setChecked(pack.id == pack_id)

    def mark(self, tool: str) -> None:
        """Mark the tool in use."""
        self._tool = tool
        for key, button in self._buttons.items():
            if button.isCheckable():
                button.setChecked(key in (tool, self._pack))
        self._mark_more()

    def retranslate(self, language: Language) -> None:
        """Say the tools in another language."""
        self.show_step(self._step)
