"""What the window does with files: new, open, save, city data, packs, and coming back after a crash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from venueplanner.app import city, documents, packing
from venueplanner.app.jobs import Stop
from venueplanner.app.places import sample_plan
from venueplanner.app.searching import ROLE_LABELS
from venueplanner.app.session import Session
from venueplanner.app.settings import save as save_settings
from venueplanner.domain.errors import Cancelled, PlannerError
from venueplanner.domain.words import N_, Words

from . import dialogs
from .start_page import keep_picture
from .waiting import Progress, Waiting

if TYPE_CHECKING:
    from .main_window import MainWindow

PATTERN = "*.gpkg"
Answer = TypeVar("Answer")


class Files:
    """The files of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.waiting = Waiting(window)

    @property
    def _desk(self) -> Any:
        return self._window.desk

    # -- telling ------------------------------------------------------------------------------------------------
    def _trouble(self, error: PlannerError) -> None:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle("VenuePlanner")
        box.setText(error.text.say(self._desk.language))
        box.setInformativeText(error.hint.say(self._desk.language))
        box.exec()

    def _remember(self, purpose: str, path: Path) -> None:
        settings = self._window.settings
        settings.folders[purpose] = str(path if path.is_dir() else path.parent)
        if purpose == "plans":
            settings.opened(path)
        save_settings(settings)

    def _long(self, title: str, work: Callable[[Stop, Progress], Answer]) -> Answer | None:
        """Run long work in a thread, with a bar and a cancel button; None when it was stopped or failed."""
        try:
            return self.waiting.run(title, self._desk.language, work)
        except Cancelled:
            return None
        except PlannerError as error:
            self._trouble(error)
            return None

    # -- plans --------------------------------------------------------------------------------------------------
    def may_leave(self) -> bool:
        """Ask once when there is something unsaved: save, do not save, or stay."""
        if not self._desk.session.dirty:
            return True
        box = QMessageBox(self._window)
        box.setWindowTitle("VenuePlanner")
        box.setText(self._desk.say(N_("Save the changes of the plan?")))
        save = box.addButton(self._desk.say(N_("Save")), QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(self._desk.say(N_("Do not save")), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(self._desk.say(N_("Cancel")), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.exec()
        if box.clickedButton() is save:
            return self.save()
        return box.clickedButton() is drop

    def leave(self) -> None:
        """The plan is given up: its journal is not needed any more; its picture stays for the start page."""
        if self._desk.session.path is not None and self._window.canvas.isVisible():
            keep_picture(self._window.canvas, self._desk.session.path)
        documents.close(self._desk.session)

    def _put(self, session: Session) -> None:
        self.leave()
        self._desk.open(session)

    def new(self) -> None:
        """An empty plan."""
        if self.may_leave():
            self._put(documents.new_session())

    def new_from_folder(self) -> None:
        """An empty plan that starts from a folder of city data."""
        self.new()
        self.add_folder()

    def open(self) -> None:
        """Choose a plan file and open it."""
        folder = self._window.settings.folder("plans")
        name, _ = QFileDialog.getOpenFileName(self._window, self._desk.say(N_("Open a plan")), folder, PATTERN)
        if name and self.may_leave():
            self.open_path(Path(name))

    def open_sample(self) -> None:
        """Open the sample plan."""
        if self.may_leave():
            self.open_path(sample_plan())

    def open_asking(self, path: Path) -> None:
        """Open a plan file that was picked from a list or dropped; unsaved work is asked about first."""
        if self.may_leave():
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """Open a plan file; what is wrong with it is said, and the present plan stays."""
        session = self._long(
            self._desk.say(N_("Opening the plan …")), lambda _stop, _tell: documents.open_session(path)
        )
        if session is not None and self._begin(session):
            self._put(session)
            missing = documents.missing_data(session)
            if missing is not None:
                self._desk.said.emit(self._desk.language.say(missing))
            self._remember("plans", path)

    def _begin(self, session: Session, leftover: documents.Leftover | None = None) -> bool:
        """Begin the journal of a session that was read; False, with the reason said, when there is no room for it."""
        try:
            if leftover is None:
                documents.begin_journal(session)
            else:
                documents.take_up(session, leftover)
        except PlannerError as error:
            self._trouble(error)
            return False
        return True

    def take_dropped(self, paths: list[Path]) -> None:
        """Open a plan that was dropped on the window, or read the folders of what was dropped into the plan."""
        look = self._desk.say(N_("Looking at the files …"))
        found = self._long(look, lambda _stop, _tell: (_is_plan(paths[0]), _folders(paths)))
        if found is None:
            return
        is_plan, folders = found
        if is_plan:
            self.open_asking(paths[0])
            return
        for folder in folders:
            self.add_folder(folder)

    def save(self) -> bool:
        """Save; asks for a name when there is none. False when it was not saved."""
        if self._desk.session.path is None:
            return self.save_as()
        return self._write(self._desk.session.path)

    def save_as(self) -> bool:
        """Save under another name; the city data goes along."""
        folder = self._window.settings.folder("plans")
        name, _ = QFileDialog.getSaveFileName(self._window, self._desk.say(N_("Save the plan")), folder, PATTERN)
        if not name:
            return False
        path = Path(name)
        return self._write(path if path.suffix == ".gpkg" else path.with_name(path.name + ".gpkg"))

    def _write(self, path: Path) -> bool:
        try:
            documents.save(self._desk.session, path, self._desk.inspector)
        except PlannerError as error:
            self._trouble(error)
            return False
        self._remember("plans", path)
        self._desk.said.emit(self._desk.language.say(Words(N_("Saved {file}."), {"file": path.name})))
        self._window._say_title()
        return True

    def offer_recovery(self) -> bool:
        """Offer the work of a session that was cut off; True when it was taken up."""
        for leftover in documents.leftovers():
            box = QMessageBox(self._window)
            box.setTextFormat(Qt.TextFormat.PlainText)
            box.setWindowTitle(self._desk.say(N_("Work to recover")))
            values = {"title": leftover.title or self._desk.say(N_("Untitled plan")), "steps": leftover.steps}
            box.setText(self._desk.language.say(Words(N_("“{title}” was cut off with {steps} unsaved steps."), values)))
            box.setInformativeText(self._desk.say(N_("Open it as it was at the last moment?")))
            take = box.addButton(self._desk.say(N_("Open it")), QMessageBox.ButtonRole.AcceptRole)
            drop = box.addButton(self._desk.say(N_("Throw it away")), QMessageBox.ButtonRole.DestructiveRole)
            box.addButton(self._desk.say(N_("Ask me later")), QMessageBox.ButtonRole.RejectRole)
            box.exec()
            if box.clickedButton() is take:
                again, title = leftover, self._desk.say(N_("Opening the plan …"))
                session = self._long(title, lambda _stop, _tell, again=again: documents.recovered(again))  # type: ignore[misc]
                if session is None or not self._begin(session, leftover):
                    continue
                self._put(session)
                return True
            if box.clickedButton() is drop:
                leftover.discard()
        return False

    # -- city data ----------------------------------------------------------------------------------------------
    def add_folder(self, source: Path | None = None) -> None:
        """Take a folder of the city's files (or one file) into the plan; asks which when it is not given."""
        desk = self._desk
        if desk.session.path is None:
            desk.said.emit(desk.say(N_("Save the plan first: city data is kept beside it.")))
            if not self.save_as():
                return
        if source is None:
            folder = self._window.settings.folder("city")
            name = QFileDialog.getExistingDirectory(self._window, desk.say(N_("Folder of city data")), folder)
            if not name:
                return
            source = Path(name)
        session, path = desk.session, source
        plan, target, present = session.plan, session.path, list(session.layers.values())
        report = self._long(
            desk.say(N_("Reading city data …")),
            lambda stop, progress: city.read_folder(
                plan,
                target,
                path,
                present=present,
                progress=progress,
                cancelled=lambda: stop.asked,
                commit=stop.commit,
            ),
        )
        if report is None or desk.attempt(city.stand_on, session, report) is None:
            return
        self._remember("city", source)
        self._window.canvas.zoom_to("city")
        desk.inspector.check_all()
        self.layer_report()

    def layer_report(self) -> None:
        """How each layer was read, and who decided encoding and coordinate system."""
        desk = self._desk
        heads = [
            desk.say(text)
            for text in (N_("Layer"), N_("Used as"), N_("Features"), N_("Repaired"), N_("Set aside"), N_("Encoding"),
                         N_("Coordinate system"), N_("Accuracy"), N_("Operation"), N_("Source"))
        ]  # fmt: skip
        rows = [
            (
                each.name,
                desk.say(ROLE_LABELS.get(each.role, each.role)),
                str(each.count),
                str(each.repaired),
                str(len(each.set_aside)),
                f"{each.encoding} ({desk.say(each.encoding_by)})",
                f"{each.crs} ({desk.say(each.crs_by)})",
                "" if each.accuracy is None else f"± {each.accuracy:g} m",
                each.operation,
                each.source,
            )
            for each in desk.session.plan.layers.values()
        ]
        dialogs.show_table(desk.say(N_("How the city data was read")), heads, rows, desk.language, self._window)

    # -- packs --------------------------------------------------------------------------------------------------
    def pack(self, pack_id: str) -> None:
        """Ask for a folder and write a pack with the options that the plan holds."""
        desk = self._desk
        folder = self._window.settings.folder("packs")
        name = QFileDialog.getExistingDirectory(self._window, desk.say(N_("Folder for the files")), folder)
        if not name:
            return
        write = desk.attempt(
            packing.prepare, desk.session, Path(name), desk.language, only=pack_id, inspector=desk.inspector
        )
        if write is None:
            return
        written = self._long(desk.say(N_("Writing the pack …")), lambda _stop, progress: write(progress))
        if written:
            self._remember("packs", Path(name))
            names = ", ".join(path.name for path in written)
            said = Words(N_("Wrote {files} into {folder}."), {"files": names, "folder": name})
            desk.said.emit(desk.language.say(said))


def _is_plan(path: Path) -> bool:
    """What is a plan only the file says: a city's GeoPackage has the same ending."""
    return path.suffix.lower() == ".gpkg" and documents.is_plan(path)


def _folders(paths: list[Path]) -> list[Path]:
    """What to read: folders, a single file, or the folders that several files lie in, each once."""
    return list(dict.fromkeys(path if path.is_dir() or len(paths) == 1 else path.parent for path in paths))
