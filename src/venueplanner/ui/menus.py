"""The menus of the window: the bar above, and what a right click on the map offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QApplication, QMenu

from venueplanner.app import bookmarks, identifying, packing
from venueplanner.app.language import LANGUAGES
from venueplanner.app.tools.choosing import end_at
from venueplanner.domain.words import N_
from venueplanner.kinds import ALL, BY_ID

from .canvas.hand import HAND_PIXELS
from .pieces import plain
from .recent_menu import RecentMenu

if TYPE_CHECKING:
    from .main_window import MainWindow

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("File"), ("new", "new_from_folder", "open", "open_sample", "", "save", "save_as", "", "map_book", "",
                  "settings", "", "quit")),
    (N_("Edit"), ("undo", "redo", "", "cut", "copy", "paste", "delete", "", "search", "palette", "",
                  "table", "measure", "what_is_here")),
    (N_("View"), ("zoom_in", "zoom_out", "zoom_plan", "zoom_city", "zoom_selection", "", "view_back", "view_forth",
                  "bookmark", "", "layers", "panels", "full_screen", "theme")),
    (N_("City data"), ("add_folder", "layer_report")),
    (N_("Checks"), ("check_all", "", "previous_finding", "next_finding", "show_finding", "waive", "",
                   "propose_cordon", "propose_posts", "sensitivity", "", "rules")),
    (N_("Organise"), ("usual_tasks", "roles", "", "import_threat", "risks", "", "phase_matrix")),
    (N_("Packs"), ("exercise",)),
    (N_("Help"), ("help", "keys", "about")),
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
            menu.addMenu(BookmarkMenu(window, menu))
        if title == "Packs":
            for pack in packing.all_packs():
                action = menu.addAction(say(pack.label) + "…")
                action.triggered.connect(lambda _=False, pack_id=pack.id: window.open_pack(pack_id))


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


class BookmarkMenu(QMenu):
    """The bookmarked views of the plan, asked for when the menu opens."""

    def __init__(self, window: MainWindow, parent: QMenu) -> None:
        super().__init__(window.desk.say(N_("Bookmarks")), parent)
        self._window = window
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List the views, and a menu to forget them."""
        window, say = self._window, self._window.desk.say
        self.clear()
        views = bookmarks.views(window.desk.session.plan)
        for name, box in views.items():
            self.addAction(plain(name)).triggered.connect(lambda _=False, box=box: window.canvas.zoom_to(box))
        if not views:
            self.addAction(say(N_("No bookmarks yet"))).setEnabled(False)
            return
        self.addSeparator()
        forget = self.addMenu(say(N_("Forget")))
        for name in views:
            drop = forget.addAction(plain(name))
            drop.triggered.connect(lambda _=False, name=name: bookmarks.drop(window.desk.session, name))


def map_menu(window: MainWindow, x: float, y: float) -> QMenu:
    """What a right click on the map offers at a place in metres: what is here, something new, going on with a line."""
    say, canvas, deeds = window.desk.say, window.canvas, window.deeds
    menu = QMenu(window)
    menu.addAction(say(N_("What is here"))).triggered.connect(lambda: deeds.what_is_here(x, y))
    end = end_at(window.desk.session.plan, canvas.selected, (x, y), HAND_PIXELS * canvas.window_now.metres_per_pixel)
    if end is not None:
        line, at_start = end
        text = say(N_("Continue the line here"))
        text = f"{text}: {window.desk.language(BY_ID[line.kind].label)} {line.name}".strip()
        menu.addAction(plain(text)).triggered.connect(lambda: _go_on(window, line.id, at_start))
    here = menu.addMenu(say(N_("New here")))
    for kind in ALL:
        if kind.shapes:
            action = here.addAction(window.desk.language(kind.label))
            action.triggered.connect(lambda _=False, kind_id=kind.id: deeds.new_at(kind_id, x, y))
    menu.addSeparator()
    copy = menu.addMenu(say(N_("Copy coordinates")))
    for label, text in identifying.positions(window.desk.session, x, y):
        action = copy.addAction(f"{window.desk.language(label)}: {text}")
        action.triggered.connect(lambda _=False, text=text: QApplication.clipboard().setText(text))
    for name in ("copy", "paste", "delete"):
        menu.addAction(window.actions_book[name])
    return menu


def _go_on(window: MainWindow, line_id: str, at_start: bool) -> None:
    window.canvas.hand.go_on(line_id, at_start)
    window.canvas.setFocus()
