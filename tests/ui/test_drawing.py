"""Drawing as a planner does: pick a tool, click, type a number, finish or think better of it."""

from __future__ import annotations

import math

import pytest
import shapely
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from venueplanner.app.language import Language
from venueplanner.kinds import ALL
from venueplanner.ui.canvas.draft_paint import figures

from .hands import CTRL, LEFT, NONE, RIGHT, SHIFT, Hands
from .small_town import at

Key = Qt.Key
DRAWN = [kind for kind in ALL if kind.shapes]
A, B, C = at(-60, -40), at(-20, -70), at(20, -40)
EN = Language("en")


def line_of(hands: Hands, kind: str = "cordon") -> list[tuple[float, float]]:
    shape = hands.only(kind).shape
    assert shape is not None
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(shape)]


def near(one: tuple[float, float], other: tuple[float, float], within: float = 0.6) -> bool:
    """Whether two places are the same to about a pixel."""
    return math.dist(one, other) <= within


@pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.id)
def test_that_each_kind_is_drawn_by_its_tool(hands: Hands, kind) -> None:
    before = set(hands.plan.features)
    hands.tool(kind.id)
    if kind.id == "closure":  # where there are streets it takes whole streets, until T
        hands.key(Key.Key_T)
    hands.click(*([A] if kind.shapes[0] == "point" else [A, B, C]))
    if kind.shapes[0] != "point":
        hands.key(Key.Key_Return)
    (made,) = set(hands.plan.features) - before
    feature = hands.plan.features[made]
    assert feature.kind == kind.id
    assert feature.shape is not None
    assert feature.shape.geom_type == {"point": "Point", "line": "LineString", "polygon": "Polygon"}[kind.shapes[0]]
    assert near(tuple(shapely.get_coordinates(feature.shape)[0]), A)
    assert hands.desk.selected == (made,)
    assert hands.window.tools._buttons[kind.id].isChecked()
    hands.do("undo")
    assert set(hands.plan.features) == before
    if kind.id == "closure":  # the window keeps to it
        hands.key(Key.Key_T)


@pytest.mark.parametrize("kind", [kind for kind in DRAWN if kind.key], ids=lambda kind: kind.id)
def test_that_the_key_of_a_kind_takes_up_its_tool(hands: Hands, kind) -> None:
    hands.key(getattr(Key, f"Key_{kind.key}"))
    assert hands.canvas.hand.tool_id == kind.id
    hands.key(Key.Key_Escape)
    assert hands.canvas.hand.tool_id == "select"


@pytest.mark.parametrize(
    "kind", [kind for kind in ALL if not kind.shapes and not kind.sealed], ids=lambda kind: kind.id
)
def test_that_a_record_without_a_shape_is_made_by_its_button(hands: Hands, kind) -> None:
    before = set(hands.plan.features)
    hands.tool(kind.id, step="organise")
    (made,) = set(hands.plan.features) - before
    assert hands.plan.features[made].kind == kind.id
    assert hands.desk.selected == (made,)
    assert set(hands.window.properties.form.cells) >= {field.id for field in kind.fields}


@pytest.mark.parametrize("way", ["enter", "double", "right"])
def test_that_enter_double_click_and_right_click_finish(hands: Hands, way: str) -> None:
    hands.tool("cordon")
    hands.click(A, B)
    if way == "enter":
        hands.click(C)
        hands.key(Key.Key_Enter)
    elif way == "double":
        hands.double(C)
    else:
        hands.click(C)
        hands.click(C, button=RIGHT)
    assert len(line_of(hands)) == 3


def test_that_escape_drops_the_drawing_first_and_then_the_tool(hands: Hands) -> None:
    hands.tool("cordon")
    hands.click(A, B)
    hands.key(Key.Key_Escape)
    assert not hands.plan.of("cordon")
    assert hands.canvas.hand.tool_id == "cordon"
    hands.key(Key.Key_Escape)
    assert hands.canvas.hand.tool_id == "select"


def test_that_a_tool_taken_from_the_row_has_the_keyboard(hands: Hands) -> None:
    hands.window.tree.setFocus()
    hands.tool("cordon")
    assert QApplication.focusWidget() is hands.canvas
    hands.key(Key.Key_Escape, on=QApplication.focusWidget())
    assert hands.canvas.hand.tool_id == "select"


def test_that_backspace_takes_back_a_vertex(hands: Hands) -> None:
    hands.tool("cordon")
    hands.click(A, B, C)
    hands.key(Key.Key_Backspace)
    hands.click(at(-20, 90))
    hands.key(Key.Key_Return)
    assert len(line_of(hands)) == 3
    assert near(line_of(hands)[2], at(-20, 90))


def test_that_delete_takes_back_a_vertex_while_drawing_and_nothing_else(hands: Hands) -> None:
    post = hands.only("post").id
    hands.desk.select((post,))
    hands.tool("cordon")
    hands.click(A, B, C)
    hands.key(Key.Key_Delete)
    hands.key(Key.Key_Return)
    assert len(line_of(hands)) == 2
    assert post in hands.plan.features


def test_that_a_typed_number_fixes_the_length(hands: Hands) -> None:
    hands.tool("cordon")
    hands.click(A)
    hands.move(at(0, -40))
    hands.type("25.5")
    assert "25.5" in figures(hands.canvas.hand.draft, EN)
    hands.click(at(0, -40))
    hands.move(at(0, 90))
    hands.type("14,2")
    hands.key(Key.Key_Backspace)
    hands.type("5")
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Return)
    one, two, three = line_of(hands)
    assert math.dist(one, two) == pytest.approx(25.5, abs=1e-6)
    assert math.dist(two, three) == pytest.approx(14.5, abs=1e-6)


def test_that_tab_goes_on_to_the_angle(hands: Hands) -> None:
    hands.tool("cordon")
    hands.click(A)
    hands.move(at(0, -40))
    hands.type("20")
    hands.key(Key.Key_Tab)
    hands.type("180")
    assert "180" in figures(hands.canvas.hand.draft, EN)
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Return)
    one, two = line_of(hands)
    assert (two[0] - one[0], two[1] - one[1]) == pytest.approx((0, -20), abs=1e-6)


def test_that_an_angle_alone_turns_the_leg_and_keeps_the_length_of_the_pointer(hands: Hands) -> None:
    hands.tool("cordon")
    hands.click(A)
    hands.move(at(-30, -40))
    hands.key(Key.Key_Tab)
    hands.type("0")
    hands.key(Key.Key_Return)
    hands.key(Key.Key_Return)
    one, two = line_of(hands)
    assert two[0] == pytest.approx(one[0], abs=1e-6)
    assert two[1] - one[1] == pytest.approx(30, abs=0.6)


def test_that_length_angle_and_area_stand_at_the_cursor(hands: Hands) -> None:
    hands.tool("perimeter")
    hands.click(at(-60, -80))
    hands.move(at(-20, -80), keys=CTRL)
    assert figures(hands.canvas.hand.draft, EN).startswith("40.")
    assert "90°" in figures(hands.canvas.hand.draft, EN)
    hands.click(at(-20, -80), at(-20, -40))
    hands.move(at(-60, -40), keys=CTRL)
    area = hands.canvas.hand.draft.area
    assert area == pytest.approx(1600, abs=60)
    assert f"{area:.0f} m²" in figures(hands.canvas.hand.draft, EN)


def test_that_measuring_shows_figures_and_makes_nothing(hands: Hands) -> None:
    before = hands.plan
    hands.tool("measure")
    hands.click(at(-60, -80), at(-20, -80))
    hands.move(at(-20, -40), keys=CTRL)
    assert "m²" in figures(hands.canvas.hand.draft, EN)
    hands.key(Key.Key_Return)
    assert hands.plan is before


def test_that_shift_draws_freehand(hands: Hands) -> None:
    hands.tool("cordon")
    hands.click(A)
    hands.press(A, keys=SHIFT)
    for east in range(-58, 20, 6):
        hands.move(at(east, -40 + east % 7), held=LEFT, keys=SHIFT)
    hands.release(at(19, -40), keys=SHIFT)
    hands.key(Key.Key_Return)
    assert len(line_of(hands)) > 8


def test_that_too_few_points_are_said_and_the_drawing_goes_on(hands: Hands) -> None:
    hands.tool("perimeter")
    hands.click(A, B)
    hands.key(Key.Key_Return)
    assert "3" in hands.window.status.told.text()
    hands.click(C)
    hands.key(Key.Key_Return)
    assert len(hands.plan.of("perimeter")) == 2


# -- snapping ---------------------------------------------------------------------------------------------------
CORNER = at(-70, -20)  # of a house


def snap_of(hands: Hands):
    return hands.canvas.hand.draft.snap


def test_that_the_pointer_snaps_with_a_mark_for_corner_line_and_crossing(hands: Hands) -> None:
    hands.tool("cordon")
    hands.move((CORNER[0] + 2, CORNER[1] - 2))
    assert snap_of(hands).kind == "vertex"
    hands.move(at(0, 102))
    assert snap_of(hands).kind == "segment"
    hands.move(at(102, 102))
    assert snap_of(hands).kind == "crossing"
    hands.move(at(-40, -90))
    assert snap_of(hands) is None


def test_that_a_click_near_a_corner_lands_on_it(hands: Hands) -> None:
    hands.tool("cordon")
    hands.click((CORNER[0] + 2, CORNER[1] - 2), C)
    hands.key(Key.Key_Return)
    assert line_of(hands)[0] == pytest.approx(CORNER, abs=1e-9)


def test_that_s_turns_snapping_off_and_on_and_says_so(hands: Hands) -> None:
    hands.tool("cordon")
    hands.key(Key.Key_S)
    assert "off" in hands.window.status.told.text()
    hands.move((CORNER[0] + 2, CORNER[1] - 2))
    assert snap_of(hands) is None
    hands.key(Key.Key_S)
    hands.move((CORNER[0] + 2, CORNER[1] - 1))
    assert snap_of(hands) is not None


def test_that_ctrl_held_turns_snapping_off_for_now(hands: Hands) -> None:
    hands.tool("cordon")
    spot = (CORNER[0] + 2, CORNER[1] - 2)
    hands.move(spot, keys=CTRL)
    assert snap_of(hands) is None
    hands.click(spot, keys=CTRL)
    hands.click(C)
    hands.key(Key.Key_Return)
    assert near(line_of(hands)[0], spot)
    assert not near(line_of(hands)[0], CORNER)


def test_that_nothing_snaps_to_a_hidden_layer(hands: Hands) -> None:
    hands.canvas.set_visible("buildings", False)
    hands.tool("cordon")
    hands.move((CORNER[0] + 2, CORNER[1] - 2), keys=NONE)
    assert snap_of(hands) is None


# -- streets ----------------------------------------------------------------------------------------------------
def test_that_t_makes_a_line_follow_the_streets(hands: Hands) -> None:
    hands.tool("diversion")
    hands.key(Key.Key_T)
    hands.until(lambda: "follow the streets" in hands.window.status.told.text())
    hands.click(at(40, 100), at(100, 40))
    hands.key(Key.Key_Return)
    line = line_of(hands, "diversion")
    assert any(near(each, at(100, 100), 1e-6) for each in line), line
    assert shapely.LineString(line).length == pytest.approx(120, abs=2)
    hands.key(Key.Key_T)
    hands.click(at(40, 100), at(100, 40))
    hands.key(Key.Key_Return)
    assert len(shapely.get_coordinates(hands.plan.of("diversion")[-1].shape)) == 2


def test_that_three_clicks_and_the_hours_close_a_street(hands: Hands) -> None:
    hands.tool("closure")
    hands.move(at(60, 100))
    hands.until(lambda: hands.canvas.closer.ready, 90.0)  # a first run compiles
    hands.click(at(60, 100), at(30, 100), at(80, 100))
    for key in (Key.Key_1, Key.Key_8, Key.Key_Tab, Key.Key_2, Key.Key_3, Key.Key_Return):
        hands.key(key)
    made = hands.only("closure")
    assert made.shape is not None
    assert made.shape.length == pytest.approx(50, abs=2)
    assert [str(made[each])[-5:] for each in ("start", "end")] == ["18:00", "23:00"]
    hands.do("undo")
    assert not hands.plan.of("closure")
