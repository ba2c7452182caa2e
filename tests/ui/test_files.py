"""Files as the window handles them: open, save, recent, drop, leave with unsaved work, come back after a kill."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from venueplanner.app import documents
from venueplanner.app.places import sample_plan

from .conftest import put
from .hands import Hands, choosing, words_of
from .small_town import at

TOWN = sample_plan().parent / "town"


def says_file(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    """Every file dialog answers with this path."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path))


def test_that_a_plan_is_opened_and_named_in_the_title(empty: Hands, sample_copy: Path, monkeypatch) -> None:
    empty.desk.session.mark_saved(sample_copy)
    says_file(monkeypatch, sample_copy)
    empty.do("open")
    empty.settle()
    assert empty.plan.of("perimeter")
    assert empty.plan.fact("title") in empty.window.windowTitle()
    assert empty.window.settings.recent[0] == str(sample_copy.resolve())


def test_that_a_file_that_is_no_plan_is_refused_in_words_and_the_plan_stays(
    hands: Hands, tmp_path, monkeypatch
) -> None:
    bad = tmp_path / "bad.gpkg"
    bad.write_bytes(b"no plan at all")
    before = hands.plan
    texts = hands.answering(lambda dialog: dialog.accept())
    hands.window.open_plan(bad)
    assert "bad.gpkg" in texts[0]
    assert hands.plan is before


def test_that_save_writes_what_was_drawn_and_the_star_goes(sample: Hands, sample_copy: Path) -> None:
    sample.desk.select((sample.plan.of("post")[0].id,))
    sample.fill("name", "Renamed post")
    assert "*" in sample.window.windowTitle()
    sample.key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert "*" not in sample.window.windowTitle()
    again = documents.open_session(sample_copy)
    assert "Renamed post" in {each.name for each in again.plan.of("post")}


def test_that_save_as_adds_the_ending_and_takes_the_city_along(sample: Hands, tmp_path: Path, monkeypatch) -> None:
    says_file(monkeypatch, tmp_path / "copy of it")
    sample.do("save_as")
    again = documents.open_session(tmp_path / "copy of it.gpkg")
    assert again.layers.keys() == sample.desk.session.layers.keys()
    assert not again.plan.since(sample.plan)


@pytest.mark.parametrize(("answer", "goes"), [("Cancel", False), ("Do not save", True), ("Save", True)])
def test_that_leaving_with_unsaved_work_asks(
    hands: Hands, tmp_path: Path, monkeypatch, answer: str, goes: bool
) -> None:
    says_file(monkeypatch, tmp_path / "kept.gpkg")
    hands.drag(at(-30, 30), at(-30, 60))
    moved = hands.plan
    texts = hands.answering(choosing(answer))
    hands.do("new")
    assert "Save the changes" in texts[0]
    assert (hands.plan is not moved) is goes
    assert (tmp_path / "kept.gpkg").exists() is (answer == "Save")


def test_that_closing_the_window_asks_and_cancel_keeps_it(hands: Hands) -> None:
    hands.drag(at(-30, 30), at(-30, 60))
    texts = hands.answering(choosing("Cancel"))
    assert not hands.window.close()
    assert texts
    assert hands.window.isVisible()


def test_that_recent_plans_stand_in_the_file_menu_and_open(sample: Hands, sample_copy: Path) -> None:
    sample.window.open_plan(sample_copy)
    sample.do("new")
    file_menu = sample.window.menuBar().actions()[0].menu()
    recent = next(each.menu() for each in file_menu.actions() if each.menu() is not None)
    recent.aboutToShow.emit()
    assert recent.actions()[0].text() == "festival"
    assert recent.actions()[0].toolTip() == str(sample_copy.resolve())
    recent.actions()[0].trigger()
    assert sample.desk.session.path == sample_copy.resolve()


# -- city data --------------------------------------------------------------------------------------------------
def drop(hands: Hands, *paths: Path) -> bool:
    """Drop files on the map; False when the window does not take them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    middle = QPoint(300, 200)
    args = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(middle, Qt.DropAction.CopyAction, *args)
    QApplication.sendEvent(hands.window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(hands.window, QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, *args))
        QApplication.processEvents()
    return enter.isAccepted()


def streets_only(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for path in TOWN.glob("streets.*"):
        shutil.copy(path, folder)
    return folder


def test_that_a_folder_dropped_on_the_window_is_read(empty: Hands, tmp_path: Path, monkeypatch) -> None:
    says_file(monkeypatch, tmp_path / "plan.gpkg")
    assert drop(empty, streets_only(tmp_path))
    assert [each.role for each in empty.plan.layers.values()] == ["streets"]
    dialog = next(each for each in QApplication.topLevelWidgets() if each.windowTitle() == "How the city data was read")
    assert dialog.isVisible()


def test_that_a_plan_dropped_on_the_window_is_opened(empty: Hands, sample_copy: Path) -> None:
    assert drop(empty, sample_copy)
    assert empty.plan.of("perimeter")


def test_that_what_cannot_be_used_is_not_taken(empty: Hands, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setText("hello")
    args = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, *args)
    enter.ignore()
    QApplication.sendEvent(empty.window, enter)
    assert not enter.isAccepted()


def test_that_add_folder_asks_for_a_file_first_and_reports_every_layer(
    empty: Hands, tmp_path: Path, monkeypatch
) -> None:
    folder = streets_only(tmp_path)
    says_file(monkeypatch, tmp_path / "plan.gpkg")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    empty.step("city")
    empty.do("add_folder")
    assert (tmp_path / "plan.gpkg").exists()
    (record,) = empty.plan.layers.values()
    assert record.count > 10
    report = next(each for each in QApplication.topLevelWidgets() if each.windowTitle() == "How the city data was read")
    assert report.isVisible()
    empty.do("undo")
    assert not empty.plan.layers


def test_that_an_empty_folder_is_refused_in_words(empty: Hands, tmp_path: Path, monkeypatch) -> None:
    nothing = tmp_path / "nothing"
    nothing.mkdir()
    says_file(monkeypatch, tmp_path / "plan.gpkg")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(nothing))
    texts = empty.answering(lambda dialog: dialog.accept())
    empty.do("add_folder")
    assert "nothing" in texts[0]
    assert not empty.plan.layers


# -- after a crash ----------------------------------------------------------------------------------------------
DRAWS_AND_WAITS = textwrap.dedent("""
    import sys, time
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from venueplanner.app import documents
    from venueplanner.app.settings import Settings
    from venueplanner.ui.application import Running, application
    application()
    running = Running(documents.new_session(), Settings(language="en", theme="light"))
    running.window.resize(1366, 768)
    running.window.show()
    running.window.tools._buttons["post"].click()
    application().processEvents()
    QTest.mouseClick(running.window.canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    print("drawn", len(running.desk.session.plan.of("post")), flush=True)
    time.sleep(60)
""")


def test_that_after_kill_the_next_start_offers_the_work_back(empty: Hands, own_home: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(documents.__file__).parents[2])}
    process = subprocess.Popen(
        [sys.executable, "-c", DRAWS_AND_WAITS], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout is not None
    with process.stdout:
        assert process.stdout.readline().strip() == "drawn 1"
    os.kill(process.pid, signal.SIGKILL)
    process.wait(20)
    texts = empty.answering(choosing("Open it"))
    assert empty.window.files.offer_recovery()
    assert "cut off with 1 unsaved steps" in texts[0]
    assert len(empty.plan.of("post")) == 1
    assert empty.desk.session.dirty
    assert not documents.leftovers()


def test_that_ask_me_later_keeps_the_work_and_throw_away_does_not(empty: Hands, own_home: Path) -> None:
    from venueplanner.app import commands

    lost = documents.new_session()
    commands.draw_point(lost, "post", 0.0, 0.0)
    lost.journal._file.close()
    empty.answering(choosing("Ask me later"))
    assert not empty.window.files.offer_recovery()
    assert len(documents.leftovers()) == 1
    empty.answering(choosing("Throw it away"))
    assert not empty.window.files.offer_recovery()
    assert not documents.leftovers()


def test_that_a_saved_plan_put_back_is_complete(sample: Hands, sample_copy: Path) -> None:
    put(sample, documents.open_session(sample_copy, keep_journal=True))
    assert sample.desk.session.layers
    assert words_of(sample.window.status)
