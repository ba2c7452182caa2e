"""Long work: the window lives meanwhile, Cancel works at once and leaves everything as it was, closing is safe."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget

from venueplanner.app import city, documents, packing
from venueplanner.app.places import sample_plan
from venueplanner.app.settings import Settings
from venueplanner.storage.city import folder as city_folder
from venueplanner.ui.application import Running
from venueplanner.ui.waiting import WaitDialog

from .hands import LEFT, Hands, words_of
from .small_town import at

TOWN = sample_plan().parent / "town"


class Hanging:
    """A function that tells when it is called, and then does not go on until it is let go: a drive that hangs."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self._real, self.called, self.go = real, threading.Event(), threading.Event()
        self.thread: threading.Thread | None = None

    def __call__(self, *args: Any, **named: Any) -> Any:
        self.thread = threading.current_thread()
        self.called.set()
        assert self.go.wait(60)
        return self._real(*args, **named)

    def end(self) -> None:
        self.go.set()
        if self.thread is not None:
            self.thread.join(20)
            assert not self.thread.is_alive()


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hanging]:
    """Reading city data hangs."""
    made = Hanging(city_folder.read_folder)
    monkeypatch.setattr(city_folder, "read_folder", made)
    yield made
    made.end()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two layers of the sample's town under other names, so that they are new to the sample plan."""
    (tmp_path / "data").mkdir()
    for path in (*TOWN.glob("streets.*"), *TOWN.glob("buildings.*")):
        shutil.copy(path, tmp_path / "data" / f"old-{path.name}")
    return tmp_path / "data"


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def meanwhile(act: Callable[[WaitDialog], object]) -> list[str]:
    """Do something as soon as the bar is there; the list holds the bar's words afterwards."""
    seen: list[str] = []

    def look() -> None:
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, WaitDialog) and each.isVisible()]
        if found:
            timer.stop()
            seen.append(words_of(found[0]))
            act(found[0])

    timer = QTimer(QApplication.instance(), interval=10)
    timer.timeout.connect(look)
    timer.start()
    return seen


def bytes_of(folder: Path) -> dict[str, str]:
    """Every file below a folder with the checksum of its content."""
    files = [each for each in sorted(folder.rglob("*")) if each.is_file()]
    return {str(each.relative_to(folder)): hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def press_cancel(bar: WaitDialog) -> None:
    QTest.mouseClick(bar.findChild(QPushButton), LEFT)


def test_that_the_window_paints_and_takes_no_edits_while_data_is_read(
    sample: Hands, data: Path, hanging: Hanging
) -> None:
    painted = Paintings(sample.canvas)
    before, steps = sample.plan, len(sample.desk.session.history)

    def look(bar: WaitDialog) -> None:
        painted.count = 0
        assert hanging.thread is not threading.main_thread()
        for _ in range(3):
            sample.canvas.update()
            QApplication.processEvents()
        assert painted.count >= 3
        assert bar.isModal()
        assert QApplication.activeModalWidget() is bar
        QTest.mouseClick(sample.window.tools, LEFT)
        QTest.keyClick(sample.window.windowHandle(), Qt.Key.Key_Delete)
        assert sample.plan is before
        hanging.go.set()

    seen = meanwhile(look)
    sample.window.files.add_folder(data)
    assert "Reading city data" in seen[0]
    assert len(sample.desk.session.history) == steps + 1
    assert len(sample.plan.layers) > len(before.layers)
    sample.do("undo")
    assert sample.plan.layers == before.layers


@pytest.mark.parametrize("by", ["button", "escape", "close"])
def test_that_cancel_answers_at_once_and_leaves_plan_and_folder_as_they_were(
    sample: Hands, sample_copy: Path, data: Path, hanging: Hanging, by: str
) -> None:
    ways: dict[str, Callable[[WaitDialog], object]] = {
        "button": press_cancel,
        "escape": lambda bar: QTest.keyClick(bar, Qt.Key.Key_Escape),
        "close": lambda bar: bar.close(),
    }
    before, files = sample.plan, bytes_of(sample_copy.parent)
    meanwhile(ways[by])
    sample.window.files.add_folder(data)  # comes back although the reading hangs
    assert hanging.called.is_set()
    assert not hanging.go.is_set()
    assert sample.plan is before
    hanging.end()  # the drive answers at last: the answer is dropped
    assert sample.plan is before
    assert bytes_of(sample_copy.parent) == files
    assert not sample.window.files.waiting.busy


def test_that_what_cannot_be_half_done_is_finished(sample: Hands, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    late = Hanging(lambda: None)
    real = city.read_folder

    def read(*args: Any, commit: Callable[[], None], **named: Any) -> Any:
        return real(*args, commit=lambda: (commit(), late())[0], **named)

    monkeypatch.setattr(city, "read_folder", read)
    layers = len(sample.plan.layers)

    def try_to_stop(bar: WaitDialog) -> None:
        assert late.called.wait(20)
        sample.until(lambda: not bar.cancel.isEnabled())
        bar.reject()
        assert not sample.window.close()
        late.go.set()

    meanwhile(try_to_stop)
    sample.window.files.add_folder(data)
    assert len(sample.plan.layers) > layers
    assert sample.window.isVisible()


def test_that_opening_a_plan_can_be_stopped(sample: Hands, sample_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Hanging(documents.open_session)
    monkeypatch.setattr(documents, "open_session", slow)
    session = sample.desk.session
    meanwhile(press_cancel)
    sample.window.open_plan(sample_copy)
    slow.end()
    assert sample.desk.session is session
    assert session.journal is not None


def test_that_a_second_long_work_waits_for_no_first_one(sample: Hands, data: Path, hanging: Hanging) -> None:
    layers = len(sample.plan.layers)

    def again(_bar: WaitDialog) -> None:
        sample.window.files.add_folder(data)
        assert len(sample.plan.layers) == layers
        hanging.go.set()

    meanwhile(again)
    sample.window.files.add_folder(data)
    assert len(sample.plan.layers) > layers


def test_that_closing_the_window_meanwhile_is_safe(
    qapp: QApplication, own_home: Path, sample_copy: Path, data: Path, hanging: Hanging
) -> None:
    running = Running(documents.open_session(sample_copy, keep_journal=True), Settings(language="en", theme="light"))
    running.window.show()
    running.wait()
    files, plan = bytes_of(sample_copy.parent), running.desk.session.plan
    closed = []
    meanwhile(lambda _bar: closed.append(running.window.close()))
    running.window.files.add_folder(data)
    assert closed == [True]
    assert not running.window.isVisible()
    hanging.end()
    running.window.files.waiting.tidy(2.0)
    running.runner.close()
    running.window.deleteLater()
    qapp.processEvents()
    assert running.desk.session.plan is plan
    assert bytes_of(sample_copy.parent) == files
    assert not documents.leftovers()


def test_that_a_pack_is_painted_in_a_thread_and_can_be_stopped(
    sample: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    where = []
    pack = next(each for each in packing.PACKS if each.id == "map-book")
    real = pack.make

    def make(job: Any) -> Any:
        where.append(threading.current_thread())
        return real(job)

    monkeypatch.setitem(pack.__dict__, "make", make)
    sample.window.files.pack("map-book")
    assert where[0] is not threading.main_thread()
    (book,) = (tmp_path / "out").glob("*.pdf")
    assert book.stat().st_size > 20_000
    book.unlink()
    slow = Hanging(real)
    monkeypatch.setitem(pack.__dict__, "make", slow)
    meanwhile(press_cancel)
    sample.window.files.pack("map-book")
    slow.end()
    assert not list((tmp_path / "out").iterdir())


def test_that_the_network_is_not_built_on_the_windows_thread(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    from venueplanner.app.tools import following

    slow = Hanging(following.network_of)
    monkeypatch.setattr(following, "network_of", slow)
    hands.tool("diversion")
    hands.key(Qt.Key.Key_T)
    assert "Reading the streets" in words_of(hands.window.status)
    hands.click(at(40, 100), at(100, 40))  # straight, and nothing waits
    slow.end()
    hands.until(lambda: "follow the streets" in words_of(hands.window.status))
    assert slow.thread is not threading.main_thread()
    hands.key(Qt.Key.Key_Escape)
