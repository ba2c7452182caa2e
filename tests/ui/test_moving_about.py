"""Pan and zoom as hands know them."""

from __future__ import annotations

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from .hands import CTRL, LEFT, MIDDLE, NONE, RIGHT, SHIFT, Hands
from .small_town import at

Key, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
SPOT = QPoint(200, 150)
FREE = at(-50, -80)


def scale(hands: Hands) -> float:
    return hands.canvas.window_now.metres_per_pixel


def middle(hands: Hands) -> tuple[float, float]:
    return hands.canvas.window_now.x, hands.canvas.window_now.y


@pytest.mark.parametrize(("keys", "factor"), [(NONE, 1.4), (CTRL, 1.1)], ids=["wheel", "ctrl+wheel"])
def test_that_the_wheel_zooms_at_the_cursor_and_finer_with_ctrl(hands: Hands, keys, factor: float) -> None:
    ground, before = hands.ground(SPOT), scale(hands)
    hands.wheel(SPOT, 1, keys)
    assert before / scale(hands) == pytest.approx(factor)
    assert hands.ground(SPOT) == pytest.approx(ground, abs=1e-6)
    hands.wheel(SPOT, -1, keys)
    assert scale(hands) == pytest.approx(before)


@pytest.mark.parametrize("tool", ["select", "pan", "cordon"])
def test_that_the_middle_button_pans_in_every_tool(hands: Hands, tool: str) -> None:
    hands.canvas.set_tool(tool)
    cursor = hands.canvas.cursor().shape()
    before = middle(hands)
    hands.drag(FREE, at(-20, -80), button=MIDDLE)
    assert before[0] - middle(hands)[0] == pytest.approx(30, abs=0.7)
    assert hands.canvas.hand.tool_id == tool
    assert hands.canvas.cursor().shape() == cursor
    assert not hands.desk.session.history


def test_that_the_left_button_pans_where_nothing_lies_and_in_the_pan_tool(hands: Hands) -> None:
    before = middle(hands)
    hands.drag(FREE, at(-20, -80))
    assert before[0] - middle(hands)[0] == pytest.approx(30, abs=0.7)
    hands.canvas.set_tool("pan")
    before = middle(hands)
    hands.drag(at(-30, 30), at(0, 30))
    assert before[0] - middle(hands)[0] == pytest.approx(30, abs=0.7)
    assert not hands.desk.session.history


def test_that_space_held_pans_while_drawing(hands: Hands) -> None:
    hands.tool("cordon")
    hands.click(FREE)
    before = middle(hands)
    hands.canvas.setFocus()
    QTest.keyPress(hands.canvas, Key.Key_Space)
    hands.drag(at(-30, -60), at(0, -60))
    QTest.keyRelease(hands.canvas, Key.Key_Space)
    assert before[0] - middle(hands)[0] == pytest.approx(30, abs=0.7)
    assert len(hands.canvas.hand.draft.points) == 1


@pytest.mark.parametrize("tool", ["select", "pan", "cordon"])
def test_that_shift_drag_zooms_to_the_box_in_every_tool(hands: Hands, tool: str) -> None:
    hands.canvas.set_tool(tool)
    hands.drag(at(0, 0), at(40, 20), keys=SHIFT)
    west, north = hands.ground(QPoint(0, 0))
    east, south = hands.ground(QPoint(hands.canvas.width(), hands.canvas.height()))
    assert middle(hands) == pytest.approx(at(20, 10), abs=0.7)
    assert east - west < 90
    assert west < at(0, 0)[0] + 0.7
    assert south < at(0, 0)[1] + 0.7
    assert north > at(40, 20)[1] - 0.7
    assert not hands.desk.session.history


def test_that_back_and_next_go_through_the_views(hands: Hands) -> None:
    first = hands.canvas.window_now
    hands.key(Key.Key_Plus, CTRL)
    second = hands.canvas.window_now
    hands.key(Key.Key_J, CTRL)
    assert hands.canvas.window_now == second  # nothing is selected: nothing to show
    hands.key(Key.Key_Right)
    hands.key(Key.Key_Left, ALT)
    assert hands.canvas.window_now == second
    hands.key(Key.Key_PageUp, CTRL)
    assert hands.canvas.window_now == first
    hands.key(Key.Key_Right, ALT)
    assert hands.canvas.window_now == second
    QTest.mouseClick(hands.canvas, Qt.MouseButton.BackButton)
    assert hands.canvas.window_now == first
    QTest.mouseClick(hands.canvas, Qt.MouseButton.ForwardButton)
    assert hands.canvas.window_now == second


def test_that_a_drag_is_one_view_to_go_back_to(hands: Hands) -> None:
    first = hands.canvas.window_now
    hands.drag(FREE, at(-20, -80), button=MIDDLE)
    hands.key(Key.Key_Left, ALT)
    assert hands.canvas.window_now == first


def test_that_the_arrows_and_the_zoom_keys_work(hands: Hands) -> None:
    x, y = middle(hands)
    hands.key(Key.Key_Right)
    hands.key(Key.Key_Up)
    assert middle(hands)[0] > x
    assert middle(hands)[1] > y
    before = scale(hands)
    hands.key(Key.Key_Plus, CTRL)
    assert scale(hands) < before
    hands.key(Key.Key_Minus, CTRL)
    assert scale(hands) == pytest.approx(before)
    hands.key(Key.Key_PageUp)
    assert scale(hands) == pytest.approx(before / 2)
    hands.key(Key.Key_PageDown)
    assert scale(hands) == pytest.approx(before)


@pytest.mark.parametrize("key", [(Key.Key_0, CTRL), (Key.Key_F, CTRL | SHIFT)], ids=["Ctrl+0", "Ctrl+Shift+F"])
def test_that_the_whole_plan_is_shown(hands: Hands, key) -> None:
    hands.wheel(SPOT, 6)
    hands.key(*key)
    for corner in (at(0, 0), at(60, 60)):
        assert hands.canvas.rect().contains(hands.pixel(corner))
    assert scale(hands) < 0.5


def test_that_what_is_selected_is_shown(hands: Hands) -> None:
    hands.click(at(-30, 30))
    hands.wheel(SPOT, -8)
    hands.key(Key.Key_J, CTRL)
    assert middle(hands) == pytest.approx(at(-30, 30), abs=0.7)


def test_that_the_status_line_says_where_the_pointer_is(hands: Hands) -> None:
    hands.move(at(0, 0))
    status = hands.window.status
    assert "N" in status.position.text()
    assert "E" in status.position.text()
    assert status.grid.text().startswith("43T")
    assert status.scale.text().startswith("1 :")


def test_that_zooming_ends_somewhere(hands: Hands) -> None:
    for _ in range(80):
        hands.wheel(SPOT, 3)
    assert math.isfinite(scale(hands))
    for _ in range(80):
        hands.wheel(SPOT, -3)
    assert all(map(math.isfinite, (*middle(hands), scale(hands))))
    hands.settle()


def test_that_the_right_button_in_the_middle_of_nothing_draws_nothing(hands: Hands) -> None:
    hands.on_menu(lambda menu: None)
    before = hands.plan
    hands.tool("perimeter")
    hands.click(FREE, button=RIGHT)
    hands.click(FREE, button=LEFT)
    hands.key(Key.Key_Escape)
    assert hands.plan is before
