"""What the commands of the window do: each command of `actions.COMMANDS` has its doer here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QInputDialog

from venueplanner.app import bookmarks, commands, searching
from venueplanner.app.settings import save as save_settings
from venueplanner.domain.check import Finding
from venueplanner.domain.words import N_
from venueplanner.kinds import BY_ID

from . import dialogs, here_dialog, key_book, organising
from .sensitivity_dialog import show_sensitivity
from .settings_dialog import SettingsDialog

if TYPE_CHECKING:
    from .desk import Desk
    from .main_window import MainWindow


class Deeds:
    """The doers of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    @property
    def _desk(self) -> Desk:
        return self._window.desk

    def doers(self) -> dict[str, Callable[[], object]]:
        """What each command does, by id."""
        window, desk, canvas, files = self._window, self._desk, self._window.canvas, self._window.files
        return {
            "new": files.new,
            "new_from_folder": files.new_from_folder,
            "open": files.open,
            "open_sample": files.open_sample,
            "save": files.save,
            "save_as": files.save_as,
            "map_book": lambda: window.open_pack("map-book"),
            "settings": self.settings,
            "quit": window.close,
            "undo": lambda: canvas.hand.stroke("Undo") or desk.session.undo(),
            "redo": lambda: canvas.hand.stroke("Redo") or desk.session.redo(),
            "cut": self.cut,
            "copy": self.copy,
            "paste": self.paste,
            "delete": lambda: desk.attempt(commands.delete, desk.session, desk.selected, initiator=window),
            "palette": self.palette,
            "search": window.search.setFocus,
            "zoom_in": lambda: canvas.zoom(1.5),
            "zoom_out": lambda: canvas.zoom(1 / 1.5),
            "zoom_plan": lambda: canvas.zoom_to("plan"),
            "zoom_city": lambda: canvas.zoom_to("city"),
            "zoom_selection": lambda: canvas.zoom_to(desk.selected),
            "view_back": canvas.back,
            "view_forth": canvas.forth,
            "bookmark": self.bookmark,
            "what_is_here": lambda: self.what_is_here(*canvas.hand.ground),
            "measure": lambda: canvas.set_tool("measure"),
            "table": self.table,
            "panels": window.toggle_panels,
            "layers": self.layers,
            "full_screen": lambda: window.showNormal() if window.isFullScreen() else window.showFullScreen(),
            "theme": self.other_theme,
            "add_folder": files.add_folder,
            "layer_report": files.layer_report,
            "exercise": self.exercise,
            "check_all": self.check_all,
            "next_finding": lambda: window.findings.step(1),
            "previous_finding": lambda: window.findings.step(-1),
            "show_finding": lambda: canvas.show_evidence(desk.finding),
            "waive": lambda: self.waive(desk.finding),
            "propose_cordon": lambda: window.findings.propose("cordon-count"),
            "propose_posts": lambda: window.findings.propose("posts"),
            "sensitivity": lambda: show_sensitivity(desk, window),
            "rules": lambda: dialogs.show_rules(desk.session.rules, desk.language, window),
            "help": self.help,
            "keys": lambda: self.show_help("keys"),
            "about": lambda: dialogs.show_about(desk.language, window),
            **organising.doers(window),
        }

    # -- editing ------------------------------------------------------------------------------------------------
    def copy(self) -> None:
        """Remember the selected features."""
        self._window.clip = commands.copy(self._desk.session, self._desk.selected)

    def cut(self) -> None:
        """Remember the selected features and take them out."""
        self.copy()
        self._desk.attempt(commands.delete, self._desk.session, self._desk.selected, initiator=self._window)

    def paste(self) -> None:
        """Put in what was copied, a little aside."""
        desk, window = self._desk, self._window
        if window.clip:
            step = 20 * window.canvas.window_now.metres_per_pixel
            made = desk.attempt(commands.paste, desk.session, window.clip, step, -step, initiator=window)
            desk.select(made or ())

    def new_record(self, kind_id: str) -> None:
        """A new record, selected."""
        made = self._desk.attempt(commands.draw, self._desk.session, kind_id, initiator=self._window)
        if made:
            self._desk.select((made,))

    def new_at(self, kind_id: str, x: float, y: float) -> None:
        """Something new at a place: a point at once, a line or an area with its first vertex there."""
        kind, desk, canvas = BY_ID[kind_id], self._desk, self._window.canvas
        if kind.shapes[0] != "point":
            canvas.hand.begin_at(kind_id, (x, y))
            canvas.setFocus()
            return
        made = desk.attempt(commands.draw_point, desk.session, kind_id, x, y, initiator=self._window)
        if made:
            desk.select((made,))

    def waive(self, finding: Finding | None) -> None:
        """Accept a finding with a reason and a name."""
        window, desk = self._window, self._desk
        if finding is None:
            return
        answer = dialogs.ask_waiver(desk, finding, window, window.settings.signer)
        if answer is not None:
            window.settings.signer = answer[1]
            save_settings(window.settings)
            desk.attempt(commands.waive, desk.session, finding, *answer, initiator=window)
            window.findings.refresh()

    def check_all(self) -> None:
        """Check everything again."""
        self._desk.inspector.check_all()

    def exercise(self) -> None:
        """Mark the plan's packs as an exercise, or take the mark away."""
        on = self._window.actions_book["exercise"].isChecked()
        commands.set_facts(self._desk.session, {"pack.exercise": "yes" if on else ""}, initiator=self._window)

    # -- finding the way ----------------------------------------------------------------------------------------
    def bookmark(self) -> None:
        """Keep the view under a name."""
        desk, title = self._desk, self._desk.say(N_("Bookmark this view"))
        first = f"{self._desk.say(N_('View'))} {len(bookmarks.views(desk.session.plan)) + 1}"
        name, kept = QInputDialog.getText(self._window, title, desk.say(N_("Name of the view")), text=first)
        if kept:
            desk.attempt(bookmarks.keep, desk.session, name, self._window.canvas.sheet.bounds, initiator=self._window)

    def what_is_here(self, x: float, y: float) -> None:
        """Say what lies at a place."""
        here_dialog.show_here(self._window, x, y)

    def table(self) -> None:
        """The table of the features of the selected kind, or of the kind looked at last."""
        chosen = self._desk.chosen_features()
        self._window.findings.show_tab("table")
        if chosen:
            self._window.findings.table.show_kind(chosen[0].kind)
        self._window.findings.table.view.setFocus()

    def layers(self) -> None:
        """The keyboard goes to the tree of plan and city."""
        self._window.toggle_panels(shown=True)
        tree = self._window.tree
        first = tree.topLevelItem(0)
        if tree.currentItem() is None and first is not None:
            tree.setCurrentItem(first)
        tree.setFocus()

    def search(self) -> None:
        """Show what the words in the search line mean."""
        window = self._window
        hits = searching.search(self._desk.session, window.search.text())
        if not hits:
            window.status.tell(self._desk.say(N_("Nothing of that name was found.")))
            return
        if hits[0].box is not None:
            window.canvas.zoom_to(hits[0].box)
        self._desk.select(hits[0].ids)

    def palette(self) -> None:
        """Every command by name."""
        book = self._window.actions_book
        actions = {action.text(): action for action in book.all() if action.isEnabled() and action.text()}
        title = self._desk.say(N_("All commands"))
        name, chosen = QInputDialog.getItem(self._window, title, title, sorted(actions), 0, True)
        if chosen and name in actions:
            actions[name].trigger()

    # -- the program itself -------------------------------------------------------------------------------------
    def other_theme(self) -> None:
        """Light for dark, dark for light."""
        settings = self._window.settings
        settings.theme = "light" if self._desk.tokens.dark else "dark"
        save_settings(settings)
        self._desk.theme.choose(settings.theme)

    def settings(self) -> None:
        """Language, colours, text size and keys, at once when they are taken over."""
        window = self._window
        dialog = SettingsDialog(self._desk, window.settings, window)
        if dialog.exec() == SettingsDialog.DialogCode.Accepted:
            dialog.take_over(window.settings)
            save_settings(window.settings)
            window.take_keys()
            self._desk.theme.choose(window.settings.theme, window.settings.text_scale)
            window.speak(window.settings.speaks)
        dialog.deleteLater()

    def help(self) -> None:
        """Help with what is at hand: the selection, the tool, the finding."""
        chosen, finding = self._desk.chosen_features(), self._desk.finding
        tool, pack = self._window.canvas.hand.tool_id, self._window.packs.pack_id
        kind = chosen[0].kind if chosen else tool if tool in BY_ID else ""
        page = (
            f"packs/{pack}" if pack else f"kinds/{kind}" if kind else f"checks/{finding.check}" if finding else "index"
        )
        self.show_help(page)

    def show_help(self, page: str) -> None:
        """A page of the help; the one of the keys tells those in force."""
        desk, window = self._desk, self._window
        keys = key_book.page(desk.language, window.settings.keys)
        dialogs.show_help(page, desk.language, window, desk.session.rules, keys)
