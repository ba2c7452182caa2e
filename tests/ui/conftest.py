"""One window for all tests of this folder; each test puts a plan of its own on it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from venueplanner.app import documents
from venueplanner.app.places import sample_plan
from venueplanner.app.session import Session
from venueplanner.app.settings import Settings
from venueplanner.ui.application import Running, application

from .hands import Hands
from .small_town import LOOK, small_session


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    return application()


@pytest.fixture(autouse=True)
def no_thread_is_left_behind() -> None:
    """The shared window keeps its threads between tests; `stage` looks when it ends."""


@pytest.fixture(scope="session")
def stage(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hands]:
    """The one window, shown, in English and light."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VENUEPLANNER_HOME", str(tmp_path_factory.mktemp("home")))
        running = Running(documents.new_session(), Settings(language="en", theme="light"))
        running.window.resize(1366, 768)
        running.window.show()
        running.window.activateWindow()
        QTest.qWaitForWindowActive(running.window)
        yield Hands(running)
        running.end()
    QApplication.processEvents()
    left = [each.name for each in threading.enumerate() if each.name.startswith("venueplanner")]
    assert not left, f"threads left running: {left}"


def put(hands: Hands, session: Session) -> Hands:
    """Put a plan on the window as if it had just been opened."""
    documents.close(hands.desk.session)
    hands.desk.open(session)
    hands.settle()
    hands.window.activateWindow()  # no window manager does it when a dialog has closed
    hands.canvas.setFocus()
    return hands


@pytest.fixture
def hands(stage: Hands, qtbot: object) -> Iterator[Hands]:
    """The window with the small generated plan, everything as at the start."""
    yield from _fresh(stage, small_session(), LOOK)


@pytest.fixture
def empty(stage: Hands, qtbot: object) -> Iterator[Hands]:
    """The window with a new, empty plan."""
    yield from _fresh(stage, documents.new_session(), (-110, -110, 130, 115))


@pytest.fixture
def sample(stage: Hands, qtbot: object, sample_copy: Path) -> Iterator[Hands]:
    """The window with a copy of the sample plan."""
    yield from _fresh(stage, documents.open_session(sample_copy, keep_journal=True))


@pytest.fixture
def sample_copy(tmp_path: Path) -> Path:
    """The sample plan and its city data in a folder of the test's own."""
    source = sample_plan()
    shutil.copytree(source.with_suffix(".city"), tmp_path / "festival.city")
    return Path(shutil.copy(source, tmp_path / "festival.gpkg"))


def _fresh(hands: Hands, session: Session, look: tuple[float, ...] = ()) -> Iterator[Hands]:
    put(hands, session)
    if look:
        hands.canvas.zoom_to(look)
        hands.settle()
    yield hands
    hands.stop_answering()
    window = hands.window
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for dialog in [each for each in QApplication.topLevelWidgets() if each.isWindow() and each is not window]:
        dialog.close()
    window.clip = ()
    window.search.clear()
    hands.canvas.snapping, hands.canvas.following = True, False
    hands.desk.set_phase(None)
    hands.step("draw")
    window.findings.show_tab("findings")
    if hands.desk.language.code != "en":
        window.speak("en")
    if hands.desk.tokens.dark:
        hands.desk.theme.choose("light")
    hands.settle()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # no event loop runs that would do it
