"""Starting the window, and taking its picture without one."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from venueplanner.app import documents, settings
from venueplanner.app.checking import CHECKS
from venueplanner.app.inspector import Inspector
from venueplanner.app.jobs import Threads
from venueplanner.app.language import Language
from venueplanner.app.session import Session

from . import fonts
from .desk import Desk
from .main_window import MainWindow
from .theme import Theme

SWITCH = 0.0005  # s; Python's own 5 ms, ten times in one repainting, are a drag that stumbles


class Post(QObject):
    """Brings calls from worker threads to the window's own thread."""

    call = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.call.connect(lambda work: work(), Qt.ConnectionType.QueuedConnection)

    def __call__(self, work: Callable[[], None]) -> None:
        """Run `work` on the window's thread soon."""
        self.call.emit(work)


def application() -> QApplication:
    """The Qt application, made once."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    # Painting lets go of Python's lock at every call to Qt; each time a check that computes may keep it so long.
    sys.setswitchinterval(SWITCH)
    made = QApplication(sys.argv[:1])
    made.setApplicationName("VenuePlanner")
    fonts.load_own()
    return made


class Running:
    """A window with what keeps it alive."""

    def __init__(self, session: Session, chosen: settings.Settings) -> None:
        self.theme = Theme(chosen.theme, chosen.text_scale)
        self.theme.apply()
        self.post = Post()
        self.runner = Threads(self.post)
        language = Language(chosen.speaks)
        runner = self.runner
        self.desk = Desk(session, CHECKS, lambda each: Inspector(each, CHECKS, runner), self.theme, language, runner)
        self.window = MainWindow(self.desk, chosen)
        self.desk.inspector.check_all()

    def wait(self, seconds: float = 90.0) -> bool:
        """Let the window work until map and checks are finished; False when that takes too long."""
        end = time.monotonic() + seconds
        quiet = 0
        while time.monotonic() < end:
            application().processEvents()
            busy = self.desk.inspector.busy or self.window.canvas.busy
            quiet = 0 if busy else quiet + 1
            if quiet > 12:
                return True
            time.sleep(0.02)
        return False

    def end(self) -> None:
        """Close without asking."""
        self.window.canvas.shut()
        self.desk.leave()
        documents.close(self.desk.session)
        self.runner.close()
        self.window.deleteLater()


def run_window(path: Path | None) -> int:
    """Open the window, with a plan when one is named, and stay until it is closed."""
    app = application()
    chosen = settings.load()
    running = Running(documents.new_session(), chosen)
    running.window.resize(1366, 768)
    running.window.show()
    if not running.window.files.offer_recovery() and path is not None:
        running.window.open_plan(path)
    code = app.exec()
    running.window.files.waiting.tidy(2.0)
    running.runner.close()
    return code


def take_pictures(path: Path, out: Path, sizes: Sequence[tuple[int, int]] = ((1366, 768),)) -> list[Path]:
    """Open a plan offscreen, wait for map and checks, and write pictures of the window in light and dark."""
    application()
    chosen = settings.load()
    written: list[Path] = []
    out.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        chosen.theme = theme
        running = Running(documents.open_session(path, keep_journal=True), chosen)
        try:
            for width, height in sizes:
                running.window.resize(width, height)
                running.window.show()
                running.wait()
                findings = running.desk.inspector.findings
                shown = next((each for each in findings if each.check == "vehicle-approach"), None)
                running.desk.choose(shown)
                running.window.canvas.zoom_to("plan")
                running.wait()
                picture = out / f"main-window-{theme}-{width}x{height}.png"
                running.window.grab().save(str(picture))
                written.append(picture)
        finally:
            running.end()
    return written
