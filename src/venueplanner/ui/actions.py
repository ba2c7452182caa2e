"""Every command of the window, declared once: name, key, icon, menu. Menus, the palette and tool rows loop over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from venueplanner.app.language import Language
from venueplanner.domain.words import N_

from .icons import icon, names
from .theme import Tokens


@dataclass(frozen=True)
class Command:
    """One command. `short` is the word under its icon in a tool row; `toggles` makes it a switch."""

    id: str
    label: str
    icon: str = ""
    keys: tuple[str, ...] = ()
    short: str = ""
    tip: str = ""
    toggles: bool = False
    needs_plan: bool = True


def _c(id: str, label: str, icon: str = "", keys: str = "", short: str = "", tip: str = "", **more: bool) -> Command:
    return Command(id, label, icon, tuple(keys.split(" | ")) if keys else (), short, tip, **more)


COMMANDS: tuple[Command, ...] = (
    _c("new", N_("New plan"), "new", "Ctrl+N", needs_plan=False),
    _c("new_from_folder", N_("New plan from a folder of city data…"), "folder", needs_plan=False),
    _c("open", N_("Open…"), "open", "Ctrl+O", needs_plan=False),
    _c("open_sample", N_("Open the sample plan"), "sample", needs_plan=False),
    _c("save", N_("Save"), "save", "Ctrl+S"),
    _c("save_as", N_("Save as…"), "save", "Ctrl+Shift+S"),
    _c("map_book", N_("Map book…"), "map_book", "Ctrl+P"),
    _c("settings", N_("Settings…"), "settings", "Ctrl+,", needs_plan=False),
    _c("quit", N_("Quit"), "", "Ctrl+Q", needs_plan=False),
    _c("undo", N_("Undo"), "undo", "Ctrl+Z"),
    _c("redo", N_("Redo"), "redo", "Ctrl+Shift+Z | Ctrl+Y"),
    _c("cut", N_("Cut"), "cut", "Ctrl+X"),
    _c("copy", N_("Copy"), "copy", "Ctrl+C"),
    _c("paste", N_("Paste"), "paste", "Ctrl+V"),
    _c("delete", N_("Delete"), "delete", "Del"),
    _c("palette", N_("All commands…"), "search", "Ctrl+K", needs_plan=False),
    _c("search", N_("Search the map"), "search", "Ctrl+F"),
    _c("zoom_in", N_("Zoom in"), "zoom-in", "Ctrl++ | Ctrl+=", short=N_("Closer")),
    _c("zoom_out", N_("Zoom out"), "zoom-out", "Ctrl+-", short=N_("Farther")),
    _c("zoom_plan", N_("Show the whole plan"), "zoom-plan", "Ctrl+0 | Ctrl+Shift+F", short=N_("Whole plan")),
    _c("zoom_city", N_("Show the whole city"), "zoom-city", "Ctrl+Shift+0", short=N_("Whole city")),
    _c("zoom_selection", N_("Show what is selected"), "show", "Ctrl+J", short=N_("Selection")),
    _c("view_back", N_("Back to the view before"), "back", "Alt+Left | Ctrl+PgUp", short=N_("Back")),
    _c("view_forth", N_("To the view after"), "forward", "Alt+Right | Ctrl+PgDown", short=N_("Forth")),
    _c("bookmark", N_("Bookmark this view…"), "", "Ctrl+B"),
    _c("what_is_here", N_("What is here"), "about", "Ctrl+Shift+I"),
    _c("measure", N_("Measure"), "measure", "Ctrl+Shift+M"),
    _c("table", N_("Table of the features"), "table", "F6", short=N_("Table")),
    _c("panels", N_("Hide or show the side panels"), "", "Ctrl+Tab"),
    _c("layers", N_("Go to the layers"), "layers", "Ctrl+L"),
    _c("full_screen", N_("Full screen"), "", "F11", toggles=True, needs_plan=False),
    _c("theme", N_("Light or dark"), "theme", "Ctrl+Shift+T", needs_plan=False),
    _c("add_folder", N_("Add a folder of city data…"), "folder", "Ctrl+Shift+O", short=N_("Add folder")),
    _c("layer_report", N_("How the city data was read"), "report", short=N_("Report")),
    _c("exercise", N_("Mark as exercise"), "exercise", toggles=True, short=N_("Exercise mark")),
    _c("check_all", N_("Check everything again"), "check", "F5", short=N_("Check all")),
    _c("next_finding", N_("Next finding"), "next", "F8", short=N_("Next")),
    _c("previous_finding", N_("Previous finding"), "previous", "Shift+F8", short=N_("Previous")),
    _c("show_finding", N_("Show the finding on the map"), "show", "F7", short=N_("Show")),
    _c("waive", N_("Waive the finding…"), "waive", short=N_("Waive")),
    _c("propose_cordon", N_("Propose the smallest cordon"), "cordon", short=N_("Smallest cordon")),
    _c("propose_posts", N_("Suggest posts"), "post", short=N_("Suggest posts")),
    _c("sensitivity", N_("What hangs on estimates"), "measure", short=N_("Sensitivity")),
    _c("usual_tasks", N_("Add the usual tasks"), "add", short=N_("Usual tasks")),
    _c("roles", N_("Who does what"), "table", short=N_("Who does what")),
    _c("import_threat", N_("Import a threat judgement…"), "import", short=N_("Threat")),
    _c("phase_matrix", N_("Phases and checks"), "phase", short=N_("Phases")),
    _c("risks", N_("Risk register"), "risk", short=N_("Risk register")),
    _c("rules", N_("Rules and their sources"), "rules", short=N_("Rules")),
    _c("help", N_("Help"), "help", "F1", needs_plan=False),
    _c("keys", N_("All keys"), "", "Ctrl+F1", needs_plan=False),
    _c("about", N_("About VenuePlanner"), "about", needs_plan=False),
)
BY_ID = {command.id: command for command in COMMANDS}


class ActionBook(QObject):
    """The commands as Qt actions. `connect` says what each does; one without a doer is not shown."""

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._actions: dict[str, QAction] = {}
        for command in COMMANDS:
            action = QAction(owner)
            action.setObjectName(command.id)
            action.setCheckable(command.toggles)
            action.setShortcuts([QKeySequence(each) for each in command.keys])
            owner.addAction(action)
            self._actions[command.id] = action

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def connect_all(self, doers: dict[str, Callable[[], object]]) -> None:
        """Connect every command with what it does. Raises `KeyError` for one that is missing or unknown."""
        for command_id in self._actions.keys() | doers.keys():
            doer = doers[command_id]
            self._actions[command_id].triggered.connect(lambda _on=False, doer=doer: doer())

    def all(self) -> list[QAction]:
        """All actions in the order of their declaration."""
        return list(self._actions.values())

    def retranslate(self, language: Language) -> None:
        """Say every label in another language; the key stands in the tooltip."""
        for command in COMMANDS:
            action = self._actions[command.id]
            action.setText(language(command.label))
            action.setIconText(language(command.short or command.label).rstrip("…"))
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            action.setToolTip(language(command.tip or command.label).rstrip("…") + (f" ({keys})" if keys else ""))

    def dress(self, tokens: Tokens) -> None:
        """Icons in the theme's colours."""
        known = names()
        for command in COMMANDS:
            if command.icon in known:
                self._actions[command.id].setIcon(icon(command.icon, tokens))

    def set_plan_open(self, is_open: bool) -> None:
        """Grey out what needs a plan while there is none."""
        for command in COMMANDS:
            if command.needs_plan:
                self._actions[command.id].setEnabled(is_open)
