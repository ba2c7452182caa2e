"""Changing what is drawn: choose, move, reshape, delete, copy; undo and redo of all of it; the named history."""

from __future__ import annotations

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from .hands import CTRL, LEFT, NONE, RIGHT, SHIFT, Hands
from .small_town import at

Key = Qt.Key
POST = at(-30, 30)


def place_of(hands: Hands, kind: str = "post") -> tuple[float, float]:
    (x, y) = shapely.get_coordinates(hands.only(kind).shape)[0]
    return float(x), float(y)


def corners(hands: Hands, kind: str = "barrier") -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(hands.only(kind).shape)]


def steps(hands: Hands) -> int:
    return len(hands.desk.session.history)


def test_that_a_click_selects_and_a_click_beside_it_selects_nothing(hands: Hands) -> None:
    hands.click(POST)
    assert hands.desk.selected == (hands.only("post").id,)
    assert "P1" in hands.window.properties._title.text()
    hands.click(at(-50, -80))
    assert hands.desk.selected == ()


def test_that_ctrl_click_adds_and_takes_away(hands: Hands) -> None:
    post, barrier = hands.only("post").id, hands.only("barrier").id
    hands.click(POST)
    hands.click(at(20, 0), keys=CTRL)
    assert set(hands.desk.selected) == {post, barrier}
    hands.click(POST, keys=CTRL)
    assert hands.desk.selected == (barrier,)


def test_that_a_drag_moves_in_one_step_with_a_name(hands: Hands) -> None:
    before = place_of(hands)
    hands.drag(POST, at(-30, 60), at(-45, 60))
    after = place_of(hands)
    assert after[0] - before[0] == pytest.approx(-15, abs=0.7)
    assert after[1] - before[1] == pytest.approx(30, abs=0.7)
    assert steps(hands) == 1
    assert hands.desk.session.undo_label == "Move"
    hands.key(Key.Key_Z, CTRL)
    assert place_of(hands) == before


def test_that_escape_during_a_drag_leaves_everything_in_its_place(hands: Hands) -> None:
    before = place_of(hands)
    hands.press(POST)
    hands.move(at(-45, 60), held=LEFT)
    hands.key(Key.Key_Escape)
    hands.release(at(-45, 60))
    assert place_of(hands) == before
    assert steps(hands) == 0


def test_that_several_features_move_together(hands: Hands) -> None:
    post, barrier = place_of(hands), corners(hands)
    hands.click(POST)
    hands.click(at(20, 0), keys=CTRL)
    hands.drag(POST, at(-30, 55))
    assert place_of(hands)[1] - post[1] == pytest.approx(25, abs=0.7)
    assert corners(hands)[0][1] - barrier[0][1] == pytest.approx(25, abs=0.7)
    assert steps(hands) == 1


def test_that_a_vertex_is_dragged_and_snaps(hands: Hands) -> None:
    hands.click(at(20, 0))
    hands.drag(at(0, 0), at(-40, -40), at(-69, -21))
    assert corners(hands)[0] == pytest.approx(at(-70, -20), abs=1e-6)  # the corner of the house
    assert hands.desk.session.undo_label == "Move vertex"
    assert steps(hands) == 1


def test_that_dragging_the_middle_of_a_side_makes_a_vertex(hands: Hands) -> None:
    hands.click(at(20, 0))
    hands.drag(at(30, 0), at(30, -20))
    assert len(corners(hands)) == 3
    assert corners(hands)[1] == pytest.approx(at(30, -20), abs=0.7)
    hands.key(Key.Key_Z, CTRL)
    assert len(corners(hands)) == 2


def test_that_delete_over_a_vertex_deletes_the_vertex_only(hands: Hands) -> None:
    hands.click(at(30, 60))
    perimeter = hands.only("perimeter")
    assert hands.desk.selected == (perimeter.id,)
    hands.move(at(60, 60))
    hands.key(Key.Key_Delete)
    shape = hands.only("perimeter").shape
    assert shape is not None
    assert len(shapely.get_coordinates(shape)) == 4
    assert hands.desk.session.undo_label == "Delete vertex"


def test_that_delete_away_from_a_vertex_deletes_the_feature(hands: Hands) -> None:
    hands.click(POST)
    hands.key(Key.Key_Delete)
    assert not hands.plan.of("post")
    assert hands.desk.selected == ()
    hands.key(Key.Key_Z, CTRL)
    assert hands.plan.of("post")


def test_that_delete_works_from_the_tree_too(hands: Hands) -> None:
    hands.desk.select((hands.only("post").id,))
    hands.window.tree.setFocus()
    hands.key(Key.Key_Delete, on=hands.window.tree)
    assert not hands.plan.of("post")


def test_that_delete_in_a_field_of_the_form_deletes_a_letter_and_no_feature(hands: Hands) -> None:
    hands.click(POST)
    field = hands.editor("name")
    field.setFocus()
    field.setCursorPosition(0)
    hands.key(Key.Key_Delete, on=field)
    assert hands.only("post").name == "1"


def test_that_copy_cut_and_paste_work_on_the_map_and_between_plans(hands: Hands) -> None:
    hands.click(POST)
    hands.key(Key.Key_C, CTRL)
    hands.key(Key.Key_V, CTRL)
    one, two = hands.plan.of("post")
    assert one.shape.distance(two.shape) > 1
    assert hands.desk.selected == (two.id,)
    hands.key(Key.Key_X, CTRL)
    assert [each.id for each in hands.plan.of("post")] == [one.id]
    hands.desk.session.mark_saved(hands.desk.session.path)  # nothing to ask about
    hands.do("new")
    hands.settle()
    hands.key(Key.Key_V, CTRL)
    assert len(hands.plan.of("post")) == 1


@pytest.mark.parametrize(
    ("key", "mods"), [(Key.Key_Y, CTRL), (Key.Key_Z, CTRL | SHIFT)], ids=["Ctrl+Y", "Ctrl+Shift+Z"]
)
def test_that_undo_and_redo_go_through_everything(hands: Hands, key, mods) -> None:
    start = hands.plan
    hands.drag(POST, at(-30, 60))
    hands.tool("cordon")
    hands.click(at(-60, -40), at(-20, -70))
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Escape)
    hands.tool("phase", step="organise")
    hands.fill("name", "Late")
    hands.canvas.setFocus()
    hands.click(at(20, 0))
    hands.key(Key.Key_Delete)
    end, count = hands.plan, steps(hands)
    assert count == 5
    for _ in range(count):
        hands.key(Key.Key_Z, CTRL)
    assert not hands.plan.since(start)
    assert not hands.window.actions_book["undo"].isEnabled()
    for _ in range(count):
        hands.key(key, mods)
    assert not hands.plan.since(end)
    assert not hands.window.actions_book["redo"].isEnabled()


def test_that_the_history_names_the_steps_and_a_click_goes_there(hands: Hands) -> None:
    before = place_of(hands)
    hands.drag(POST, at(-30, 60))
    hands.click(at(20, 0))
    hands.key(Key.Key_Delete)
    hands.press_button(hands.window.findings._tabs["history"])
    rows = hands.window.findings.history
    texts = [rows.item(row).text() for row in range(rows.count())]
    assert "Delete" in texts[0]
    assert "B1" in texts[0]
    assert "Move" in texts[1]
    assert "P1" in texts[1]
    QTest.mouseClick(rows.viewport(), LEFT, NONE, rows.visualItemRect(rows.item(2)).center())
    assert place_of(hands) == before
    assert hands.plan.of("barrier")
    QTest.mouseClick(rows.viewport(), LEFT, NONE, rows.visualItemRect(rows.item(0)).center())
    assert not hands.plan.of("barrier")
    assert place_of(hands) != before


def test_that_the_undo_command_says_what_it_takes_back(hands: Hands) -> None:
    hands.drag(POST, at(-30, 60))
    assert hands.window.actions_book["undo"].text() == "Undo: Move"


def test_that_the_exercise_mark_follows_undo(hands: Hands) -> None:
    mark = hands.window.actions_book["exercise"]
    hands.do("exercise")
    assert mark.isChecked()
    assert hands.plan.fact("pack.exercise")
    hands.do("undo")
    assert not mark.isChecked()


def test_that_the_context_menu_makes_a_feature_here_and_copies_coordinates(hands: Hands) -> None:
    def make(menu: QMenu) -> None:
        here = next(each.menu() for each in menu.actions() if each.text() == "New here")
        next(each for each in here.actions() if each.text() == "Post").trigger()
        copy = next(each.menu() for each in menu.actions() if each.text() == "Copy coordinates")
        copy.actions()[0].trigger()

    texts = hands.on_menu(make)
    hands.click(at(-50, -80), button=RIGHT)
    assert "Copy coordinates" in texts
    made = hands.plan.of("post")[-1]
    assert made.shape.distance(shapely.Point(at(-50, -80))) < 0.6
    assert "N" in QApplication.clipboard().text()
