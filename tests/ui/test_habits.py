"""Habits: box selection, the right-click menu, continuing lines, the table, bookmarks, panels, keys and settings."""

from __future__ import annotations

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMenu, QTextBrowser, QToolButton

from venueplanner.app import bookmarks, settings
from venueplanner.app.language import Language
from venueplanner.ui import key_book
from venueplanner.ui.settings_dialog import SettingsDialog

from .hands import CTRL, RIGHT, Hands
from .small_town import at
from .test_window import dialog_now

Key = Qt.Key
FREE, POST = at(-50, -80), at(-30, 30)
SHIFT_CTRL = CTRL | Qt.KeyboardModifier.ShiftModifier


def entry(menu: QMenu, beginning: str):
    return next(each for each in menu.actions() if each.text().startswith(beginning))


# -- selection --------------------------------------------------------------------------------------------------
def test_that_ctrl_drag_selects_what_the_box_touches_and_moves_nothing(hands: Hands) -> None:
    view = hands.canvas.window_now
    hands.drag(at(-40, 40), at(20, -10), keys=CTRL)
    assert {feature.kind for feature in hands.desk.chosen_features()} == {"post", "barrier", "perimeter"}
    assert hands.canvas.window_now == view
    assert not hands.desk.session.history


def test_that_a_box_inside_an_area_does_not_select_the_area_and_adds_to_the_selection(hands: Hands) -> None:
    hands.click(POST)
    hands.drag(at(10, 10), at(40, 40), keys=CTRL)
    assert [feature.kind for feature in hands.desk.chosen_features()] == ["post"]


# -- right click ------------------------------------------------------------------------------------------------
def test_that_what_is_here_tells_place_street_feature_and_city_data(hands: Hands) -> None:
    hands.on_menu(lambda menu: entry(menu, "What is here").trigger())
    hands.click(POST, button=RIGHT)
    text = dialog_now().findChild(QTextBrowser).toPlainText()
    assert "P1" in text
    assert "43T" in text
    assert " N " in text
    dialog_now().close()
    hands.on_menu(lambda menu: entry(menu, "What is here").trigger())
    hands.click(at(100, 60), button=RIGHT)
    text = dialog_now().findChild(QTextBrowser).toPlainText()
    assert "Jibek Street, 0 m" in text
    assert "Streets" in text


def test_that_a_line_goes_on_from_the_end_that_was_clicked(hands: Hands) -> None:
    hands.on_menu(lambda menu: entry(menu, "Continue the line here").trigger())
    hands.click(at(0, 0), button=RIGHT)
    assert hands.canvas.hand.tool_id == "continue"
    hands.click(at(-20, -20))
    hands.key(Key.Key_Return)
    corners = shapely.get_coordinates(hands.only("barrier").shape)
    assert corners[0] == pytest.approx(at(-20, -20), abs=0.7)
    assert len(corners) == 3
    assert len(hands.desk.session.history) == 1
    assert hands.canvas.hand.tool_id == "select"


def test_that_away_from_an_end_no_line_is_offered(hands: Hands) -> None:
    texts = hands.on_menu(lambda _menu: None)
    hands.click(at(30, 0), button=RIGHT)
    assert texts
    assert not [text for text in texts if text.startswith("Continue")]


def test_that_new_here_begins_an_area_with_its_first_corner_there(hands: Hands) -> None:
    def choose(menu: QMenu) -> None:
        entry(entry(menu, "New here").menu(), "Crowd area").trigger()

    hands.on_menu(choose)
    hands.click(FREE, button=RIGHT)
    assert hands.canvas.hand.tool_id == "crowd_area"
    (first,) = hands.canvas.hand.draft.points
    assert first == pytest.approx(FREE, abs=0.7)


# -- vertices while drawing -------------------------------------------------------------------------------------
def test_that_ctrl_z_takes_back_a_vertex_while_drawing_and_ctrl_y_puts_it_back(hands: Hands) -> None:
    hands.tool("cordon")
    hands.click(FREE, at(-30, -80), at(-30, -60))
    hands.key(Key.Key_Z, CTRL)
    assert len(hands.canvas.hand.draft.points) == 2
    hands.key(Key.Key_Y, CTRL)
    assert len(hands.canvas.hand.draft.points) == 3
    for _ in range(5):
        hands.key(Key.Key_Z, CTRL)
    assert not hands.canvas.hand.draft.points
    for _ in range(3):
        hands.key(Key.Key_Z, SHIFT_CTRL)
    hands.key(Key.Key_Return)
    assert len(shapely.get_coordinates(hands.only("cordon").shape)) == 3
    hands.key(Key.Key_Z, CTRL)
    assert not hands.plan.of("cordon")


# -- table ------------------------------------------------------------------------------------------------------
def test_that_f6_lists_features_sorted_as_people_count(hands: Hands) -> None:
    for name in ("P10", "P2"):
        hands.canvas.set_tool("post")
        hands.click(FREE)
        hands.fill("name", name)
    hands.key(Key.Key_Escape)
    hands.key(Key.Key_F6)
    table = hands.window.findings.table
    assert table.kind.currentData() == "post"
    assert [each.name for each in table.model.features] == ["P1", "P2", "P10"]
    table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [each.name for each in table.model.features] == ["P10", "P2", "P1"]
    table.view.selectRow(2)
    assert hands.desk.selected == (table.model.features[2].id,)
    hands.fill("name", "Gatehouse")
    assert "Gatehouse" in {each.name for each in table.model.features}
    before = hands.canvas.window_now
    table.view.doubleClicked.emit(table.model.index(0, 0))
    assert hands.canvas.window_now != before


# -- views and panels -------------------------------------------------------------------------------------------
def test_that_a_bookmarked_view_comes_back_and_can_be_forgotten(hands: Hands, monkeypatch) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Square", True))
    hands.canvas.zoom_to((*at(0, 0), *at(40, 30)))
    hands.key(Key.Key_B, CTRL)
    there = hands.canvas.window_now
    (box,) = bookmarks.views(hands.plan).values()
    hands.wheel(hands.canvas.rect().center(), -6)
    hands.canvas.zoom_to(box)
    assert (hands.canvas.window_now.x, hands.canvas.window_now.y) == pytest.approx((there.x, there.y), abs=0.1)
    bookmarks.drop(hands.desk.session, "Square")
    assert not bookmarks.views(hands.plan)


def test_that_ctrl_tab_gives_the_map_the_room_and_ctrl_l_brings_the_layers_back(hands: Hands) -> None:
    wide = hands.canvas.width()
    hands.key(Key.Key_Tab, CTRL)
    hands.until(lambda: hands.canvas.width() > wide + 200)
    hands.key(Key.Key_L, CTRL)
    hands.until(lambda: hands.canvas.width() == wide)
    assert hands.window.tree.hasFocus()


# -- keys and settings ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", ["en", "ru", "ky"])
def test_that_the_page_of_keys_tells_every_key_there_is(code: str) -> None:
    language = Language(code)
    page = key_book.page(language, {"map_book": "Ctrl+Alt+P"})
    for each in key_book.entries():
        assert not each.keys or f"| {language(each.label).rstrip('…')} |" in page, each.id
    assert "Ctrl+Alt+P" in page
    assert "| Ctrl+P |" not in page


def test_that_no_two_declared_keys_clash_and_a_clash_is_told() -> None:
    assert not key_book.clashes({})
    assert key_book.clashes({"table": "Ctrl+P"}) == [("Ctrl+P", "Map book…", "Table of the features")]
    assert key_book.clashes({"table": "S"})


def test_that_settings_change_keys_language_and_text_size_at_once(hands: Hands, monkeypatch) -> None:
    own = settings.Settings(language="en", theme="light")
    monkeypatch.setattr(hands.window, "settings", own)

    def choose(dialog: SettingsDialog) -> None:
        dialog.list.setCurrentItem(next(each for each in dialog._items() if each.text(0) == "Table of the features"))
        dialog._set("Ctrl+P")
        seen.append(dialog.trouble.text())
        seen.append(dialog.ok.isEnabled())
        dialog._set("Ctrl+Alt+T")
        dialog.language.setCurrentIndex(dialog.language.findData("ru"))
        dialog.text_size.setValue(25)
        dialog.accept()

    seen: list[object] = []
    hands.answering(choose)
    hands.do("settings")
    try:
        hands.until(lambda: hands.desk.language.code == "ru")
        assert "Map book" in str(seen[0])
        assert seen[1] is False
        assert own.keys == {"table": "Ctrl+Alt+T"}
        assert hands.window.actions_book["table"].shortcut().toString() == "Ctrl+Alt+T"
        assert hands.desk.theme.scale == 1.25
    finally:
        own.keys, own.text_scale = {}, 1.0
        hands.window.take_keys()
        hands.desk.theme.choose("light", 1.0)


# -- room -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", ["en", "ru", "ky"])
@pytest.mark.parametrize("scale", [1.0, 1.25, 2.0])
def test_that_no_word_of_the_tool_row_is_cut_and_every_tool_is_within_reach(
    hands: Hands, code: str, scale: float
) -> None:
    window = hands.window
    window.speak(code)
    hands.until(lambda: hands.desk.language.code == code)
    hands.desk.theme.choose("light", scale)
    try:
        window.steps.setCurrentIndex(1)
        hands.settle()
        row = window.tools
        shown = [each for each in row.findChildren(QToolButton) if each.isVisible()]
        for button in shown:
            assert button.geometry().right() <= row.width()
            assert button.fontMetrics().horizontalAdvance(button.text()) <= button.width() - 4
        menu = [each.text() for each in row._more.menu().actions()] if row._more.isVisible() else []
        assert {each.text() for each in row._buttons.values()} <= {each.text() for each in shown} | set(menu)
    finally:
        hands.desk.theme.choose("light", 1.0)


def test_that_findings_are_filtered_by_severity_and_check(sample: Hands) -> None:
    panel = sample.window.findings
    everything = len(panel.lists["findings"].rows.rows)
    sample.press_button(panel._counts["critical"])
    rows = panel.lists["findings"].rows.rows
    assert 0 < len(rows) < everything
    assert {row.severity for row in rows} == {"critical"}
    sample.press_button(panel._counts["critical"])
    panel.which.setCurrentIndex(1)
    panel.which.activated.emit(1)
    rows = panel.lists["findings"].rows.rows
    assert {row.check for row in rows} == {panel.which.currentData()}
    panel.which.setCurrentIndex(0)
    panel.which.activated.emit(0)
    assert len(panel.lists["findings"].rows.rows) == everything
