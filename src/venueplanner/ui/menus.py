"""The menus of the window: the bar above, and what a right click on the map offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu

from venueplanner.app import packing
from venueplanner.app.language import LANGUAGES
from venueplanner.domain.words import N_
from venueplanner.kinds import ALL

from .recent_menu import RecentMenu

if TYPE_CHECKING:
    from .main_window import MainWindow

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("File"), ("new", "new_from_folder", "open", "open_sample", "", "save", "save_as", "", "quit")),
    (N_("Edit"), ("undo", "redo", "", "cut", "copy", "paste", "delete", "", "search", "palette")),
    (N_("View"), ("zoom_in", "zoom_out", "zoom_plan", "zoom_city", "zoom_selection", "", "view_back", "view_forth", "",
                  "full_screen", "theme")),
    (N_("City data"), ("add_folder", "layer_report")),
    (N_("Checks"), ("check_all", "", "previous_finding", "next_finding", "show_finding", "waive", "",
                   "propose_cordon", "propose_posts", "sensitivity", "", "rules")),
    (N_("Packs"), ("exercise",)),
    (N_("Help"), ("help", "about")),
)  # fmt: skip


def fill_menus(window: MainWindow) -> None:
    """Fill the bar in the language of the window."""
    bar, say, book = window.menuBar(), window.desk.language, window.actions_book
    bar.clear()
    for title, entries in MENUS:
        menu = bar.addMenu(say(title))
        for entry in entries:
            menu.addAction(book[entry]) if entry else menu.addSeparator()
            if entry == "open":
                menu.addMenu(RecentMenu(window.settings, say, window.files.open_asking, menu))
        if title == "View":
            menu.addMenu(_languages(window, menu))
        if title == "Packs":
            for pack in packing.all_packs():
                action = menu.addAction(say(pack.label) + "…")
                action.triggered.connect(lambda _=False, pack_id=pack.id: window.files.pack(pack_id))


def _languages(window: MainWindow, parent: QMenu) -> QMenu:
    menu = QMenu(window.desk.say(N_("Language")), parent)
    group = QActionGroup(menu)
    for code, name in LANGUAGES:
        action = QAction(name, menu, checkable=True)
        action.setChecked(code == window.desk.language.code)
        action.triggered.connect(lambda _=False, code=code: window.speak(code))
        group.addAction(action)
        menu.addAction(action)
    return menu


def map_menu(window: MainWindow, new_at: Callable[[str], object], coordinates: str) -> QMenu:
    """What a right click on the map offers: something new there, the coordinates, copy, paste, delete."""
    say = window.desk.say
    menu = QMenu(window)
    here = menu.addMenu(say(N_("New here")))
    for kind in ALL:
        if "point" in kind.shapes:
            action = here.addAction(window.desk.language(kind.label))
            action.triggered.connect(lambda _=False, kind_id=kind.id: new_at(kind_id))
    copy = menu.addAction(say(N_("Copy coordinates")))
    copy.triggered.connect(lambda: QApplication.clipboard().setText(coordinates))
    for name in ("copy", "paste", "delete"):
        menu.addAction(window.actions_book[name])
    return menu
