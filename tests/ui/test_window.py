"""The window as a whole: every command, languages, themes, help, search, steps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QTextBrowser,
    QToolButton,
    QWidget,
)

from venueplanner.app import licences
from venueplanner.kinds import ALL
from venueplanner.ui.actions import COMMANDS
from venueplanner.ui.tool_row import STEPS

from .hands import CTRL, LEFT, Hands, words_of
from .small_town import at

Key = Qt.Key


@pytest.fixture
def no_to_all(qapp, monkeypatch: pytest.MonkeyPatch):
    """Every question is answered with Cancel, every menu closed, every file dialog left."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")

    def close() -> None:
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        elif isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            dialog.reject()

    timer = QTimer(interval=5)
    timer.timeout.connect(close)
    timer.start()
    yield
    timer.stop()


COMMAND_IDS = [each.id for each in COMMANDS if each.id not in ("quit", "open_sample")]


def every_action(hands: Hands) -> list:
    """All actions of the menu bar with those of its submenus, languages left out (they have a test)."""
    found, waiting = [], [each.menu() for each in hands.window.menuBar().actions()]
    while waiting:
        for action in waiting.pop().actions():
            if action.menu() is not None:
                waiting.append(action.menu())
            elif action.text() and not action.isSeparator():
                found.append(action)
    return [each for each in found if each.objectName() not in ("quit", "open_sample") and not each.actionGroup()]


@pytest.mark.parametrize("plan", ["empty", "hands", "sample"])
def test_that_every_command_can_be_given_without_harm(plan: str, request, no_to_all) -> None:
    hands: Hands = request.getfixturevalue(plan)
    if plan == "hands":
        hands.click(at(-30, 30))
        hands.desk.choose(hands.desk.inspector.findings[0])
    actions = every_action(hands)
    assert len(actions) > 30
    for action in actions:
        action.trigger()
        QApplication.processEvents()
    hands.window.showNormal()
    hands.window.resize(1366, 768)
    assert hands.window.isVisible()


def test_that_every_command_but_the_silent_ones_stands_in_a_menu(hands: Hands) -> None:
    names = {each.objectName() for each in every_action(hands)}
    assert {each.id for each in COMMANDS} - names <= {"quit", "open_sample"}


def test_that_no_two_commands_share_a_key() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    letters = [kind.key for kind in ALL if kind.key]
    assert len(letters) == len(set(letters))
    assert not set(letters) & {"S", "T", "R"}


# -- steps, languages, themes -----------------------------------------------------------------------------------
@pytest.mark.parametrize("step", [each for each, _ in STEPS])
def test_that_each_step_shows_tools_with_a_word_an_icon_and_a_name(hands: Hands, step: str) -> None:
    hands.step(step)
    row = hands.window.tools
    buttons = [row._row.itemAt(n).widget() for n in range(row._row.count()) if row._row.itemAt(n).widget()]
    tools = [each for each in buttons if isinstance(each, QToolButton)]
    assert len(tools) >= 2
    for tool in tools:
        assert tool.text()
        assert not tool.icon().isNull(), tool.text()
        assert tool.toolTip() or tool.accessibleName()


def visible_words(widget: QWidget) -> set[str]:
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # forms that have been replaced
    return {line for line in words_of(widget).splitlines() if any(map(str.isalpha, line))}


@pytest.mark.parametrize("code", ["ru", "ky"])
def test_that_the_language_is_switched_while_running(hands: Hands, code: str) -> None:
    hands.drag(at(-30, 30), at(-30, 60))
    hands.settle()
    hands.key(Key.Key_F8)
    english = {name: visible_words(part) for name, part in parts(hands).items()}
    hands.window.speak(code)
    hands.until(lambda: hands.window.desk.language.code == code and "File" not in menu_words(hands))
    hands.settle()
    kept = {"Small town", "P1", "Square", "VenuePlanner", "B1", "Setup", "Event", "Police"}
    for name, part in parts(hands).items():
        same = {line for line in visible_words(part) & english[name] if line not in kept and is_english(line)}
        assert not same, f"{name} still says {same}"
    history = hands.window.findings.history
    assert "Move" not in history.item(0).text()
    assert not any(map(is_english, menu_words(hands))), menu_words(hands)


def is_english(line: str) -> bool:
    """Words of ASCII letters only; names, numbers and codes of the data aside."""
    words = [word.strip("()[]“”.,:;–-…·") for word in line.split()]
    return sum(word.isascii() and word.isalpha() and len(word) > 3 and not word.isupper() for word in words) > 1


def menu_words(hands: Hands) -> set[str]:
    return {each.text().replace("&", "") for each in hands.window.menuBar().actions()}


def parts(hands: Hands) -> dict[str, QWidget]:
    window = hands.window
    return {
        "tools": window.tools, "phases": window.phases, "findings": window.findings, "properties": window.properties,
        "why": window.why,
    }  # fmt: skip


def test_that_the_theme_is_switched_while_running(hands: Hands) -> None:
    def shade() -> int:
        hands.settle()
        return hands.window.grab().toImage().scaled(1, 1).pixelColor(0, 0).lightness()

    light = shade()
    hands.do("theme")
    assert shade() < light - 60
    hands.do("theme")
    assert abs(shade() - light) < 12


# -- help, search, palette --------------------------------------------------------------------------------------
def dialog_now() -> QDialog:
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible())


def test_that_f1_helps_with_what_is_at_hand(hands: Hands) -> None:
    hands.click(at(-30, 30))
    hands.key(Key.Key_F1)
    page = dialog_now()
    assert "Post" in page.windowTitle()
    assert len(page.findChild(QTextBrowser).toPlainText()) > 100


def test_that_about_lists_the_licences(hands: Hands) -> None:
    hands.do("about")
    text = dialog_now().findChild(QTextBrowser).toPlainText()
    assert "Apache-2.0" in text
    assert {"numpy", "shapely"} <= {each.name.lower() for each in licences.third_party()}
    assert all(each.name in text and each.licence for each in licences.third_party())


def seek(hands: Hands, text: str) -> None:
    hands.canvas.setFocus()
    hands.key(Key.Key_F, CTRL)
    assert hands.window.search.hasFocus()
    hands.type(text, on=hands.window.search)
    hands.key(Key.Key_Return, on=hands.window.search)


def test_that_ctrl_f_finds_features_streets_and_coordinates(hands: Hands) -> None:
    seek(hands, "P1")
    assert hands.desk.selected == (hands.only("post").id,)
    hands.window.search.clear()
    seek(hands, "jibek")
    assert hands.canvas.window_now.x == pytest.approx(at(100, 0)[0], abs=1)
    hands.window.search.clear()
    seek(hands, "467500 4747000")
    assert (hands.canvas.window_now.x, hands.canvas.window_now.y) == pytest.approx((467500, 4747000))
    hands.window.search.clear()
    seek(hands, "nowhere at all")
    assert "Nothing" in hands.window.status.told.text()


def test_that_a_record_found_is_selected_and_the_view_stays(hands: Hands) -> None:
    before = hands.canvas.window_now
    seek(hands, "Police")
    assert hands.desk.selected == (hands.only("stakeholder").id,)
    assert hands.canvas.window_now == before


def test_that_the_palette_runs_a_command(hands: Hands) -> None:
    def pick(dialog: QDialog) -> None:
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue("Measure")
        line = dialog.findChild(QLineEdit)
        line.setText("Show the whole plan")
        dialog.accept()

    hands.wheel(hands.canvas.rect().center(), -8)
    before = hands.canvas.window_now
    hands.answering(pick)
    hands.key(Key.Key_K, CTRL)
    assert hands.canvas.window_now.metres_per_pixel < before.metres_per_pixel


def test_that_full_screen_comes_and_goes(hands: Hands) -> None:
    hands.do("full_screen")
    assert hands.window.isFullScreen()
    hands.do("full_screen")
    assert not hands.window.isFullScreen()
    hands.window.resize(1366, 768)


def test_that_a_click_on_a_way_to_begin_leaves_the_start_page(empty: Hands) -> None:
    window = empty.window
    assert window.stage.currentWidget() is window.start
    empty.step("draw")
    QTest.mouseClick(window.tools._buttons["perimeter"], LEFT)
    assert window.stage.currentWidget() is window.canvas
