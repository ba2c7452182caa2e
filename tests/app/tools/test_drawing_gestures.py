"""Every way to draw with hand and keys ends in the edit that was meant, or in none."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest

from venueplanner.app.tools.drawing import draw, measure
from venueplanner.app.tools.events import Done, Draft, Pointer
from venueplanner.domain.plan import Plan
from venueplanner.edits import features
from venueplanner.kinds import BY_ID

HERE = {"near": 1.0}


def press(x: float, y: float, button: str = "left") -> Pointer:
    return Pointer("press", x, y, raw=(x, y), button=button)


def move(x: float, y: float, **more: Any) -> Pointer:
    return Pointer("move", x, y, raw=(x, y), **more)


def keys(*names: str, at: tuple[float, float] = (0.0, 0.0)) -> list[Pointer]:
    return [Pointer("key", *at, raw=at, key=name) for name in names]


def play(tool: Any, *events: Pointer) -> tuple[list[Draft], Done | None, bool]:
    """The drafts shown, what the tool ended with, and whether it ended."""
    drafts = [next(tool)]
    for event in events:
        try:
            drafts.append(tool.send(event))
        except StopIteration as end:
            return drafts, end.value, True
    return drafts, None, False


def drawn(kind: str, *events: Pointer) -> tuple[str, list[tuple[float, float]]]:
    """Type and vertices of the shape that a gesture makes; the edit is really done."""
    _, done, ended = play(draw(BY_ID[kind], new_id=lambda: "mine"), *events)
    assert ended
    assert done is not None
    assert done.label.say()
    assert done.edit is features.add
    assert done.select == ("mine",)
    feature = done.edit(Plan(), **done.args).features["mine"]
    assert feature.kind == kind
    shape = feature.shape
    ring = shape.exterior.coords[:-1] if shape.geom_type == "Polygon" else shape.coords
    return shape.geom_type, [(round(x, 6), round(y, 6)) for x, y in ring]


CORNERS = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]
CLICKS = [press(*corner) for corner in CORNERS]


def test_that_a_point_is_one_click() -> None:
    assert drawn("post", press(3, 4)) == ("Point", [(3, 4)])


@pytest.mark.parametrize(
    "finish", [keys("Enter"), [press(99, 99, "right")], [Pointer("double", 10, 10)]], ids=["Enter", "right", "double"]
)
@pytest.mark.parametrize(("kind", "wanted"), [("cordon", "LineString"), ("perimeter", "Polygon")])
def test_that_enter_right_click_and_double_click_finish(finish: list[Pointer], kind: str, wanted: str) -> None:
    assert drawn(kind, *CLICKS, move(50, 50), *finish) == (wanted, CORNERS)


def test_that_the_second_press_of_a_double_click_makes_no_second_vertex() -> None:
    assert drawn("cordon", *CLICKS, press(10, 10), Pointer("double", 10, 10)) == ("LineString", CORNERS)


@pytest.mark.parametrize("events", [[], CLICKS, [*CLICKS, *keys("7")]])
def test_that_esc_ends_without_an_edit(events: list[Pointer]) -> None:
    _, done, ended = play(draw(BY_ID["cordon"]), *events, Pointer("cancel"))
    assert ended
    assert done is None


def test_that_backspace_takes_back_vertices_one_by_one_and_digits_first() -> None:
    events = [*CLICKS, *keys("4", "2", "Backspace", "Backspace", "Backspace"), press(20, 0), *keys("Enter")]
    assert drawn("cordon", *events) == ("LineString", [(0, 0), (10, 0), (20, 0)])
    drafts, _, ended = play(draw(BY_ID["cordon"]), *CLICKS, *keys(*["Backspace"] * 5))
    assert not ended
    assert drafts[-1].points == ()


@pytest.mark.parametrize("typed", ["12.5", "12,5"])
@pytest.mark.parametrize("taken_by", ["Enter", "click"])
def test_that_a_typed_length_fixes_the_next_leg_in_the_direction_of_the_pointer(typed: str, taken_by: str) -> None:
    take = keys("Enter", at=(30, 40)) if taken_by == "Enter" else [press(30, 40)]
    events = [press(0, 0), move(30, 40), *keys(*typed, at=(30, 40)), *take, *keys("Enter")]
    assert drawn("cordon", *events) == ("LineString", [(0, 0), (7.5, 10.0)])


def test_that_the_cursor_shows_length_leg_bearing_and_area() -> None:
    drafts, _, _ = play(draw(BY_ID["perimeter"]), *CLICKS[:2], move(10, 10))
    last = drafts[-1]
    assert (last.length, last.leg, last.angle, last.area) == (20.0, 10.0, 0.0, 50.0)
    assert last.cursor == (10.0, 10.0)
    drafts, _, _ = play(draw(BY_ID["cordon"]), press(0, 0), move(-5, 0))
    assert drafts[-1].angle == pytest.approx(270.0)
    assert drafts[-1].area is None


def test_that_the_draft_shows_the_typed_length_before_it_is_taken() -> None:
    drafts, _, _ = play(draw(BY_ID["cordon"]), press(0, 0), move(3, 4), *keys("1", "0", at=(3, 4)))
    assert drafts[-1].typed == "10"
    assert drafts[-1].cursor == pytest.approx((6.0, 8.0))
    assert drafts[-1].leg == pytest.approx(10.0)


@pytest.mark.parametrize(("kind", "clicks"), [("cordon", CLICKS[:1]), ("perimeter", CLICKS[:2])])
def test_that_too_few_points_make_nothing_and_say_so(kind: str, clicks: list[Pointer]) -> None:
    drafts, done, ended = play(draw(BY_ID[kind]), *clicks, *keys("Enter"))
    assert not ended
    assert done is None
    assert drafts[-1].note is not None


def test_that_an_edge_that_crosses_itself_is_not_taken_until_it_is_mended() -> None:
    bow = [press(0, 0), press(10, 10), press(10, 0), press(0, 10)]
    drafts, _, ended = play(draw(BY_ID["perimeter"]), *bow, *keys("Enter"))
    assert not ended
    assert "crosses itself" in str(drafts[-1].note)
    mended = drawn("perimeter", *bow, *keys("Enter", "Backspace", "Enter"))
    assert mended == ("Polygon", [(0, 0), (10, 10), (10, 0)])


def test_that_shift_and_a_drag_draw_freehand_no_finer_than_the_hand() -> None:
    circle = [(10 * math.cos(turn / 50), 10 * math.sin(turn / 50)) for turn in range(200)]
    drag = [move(x, y, shift=True, button="left", near=3.0) for x, y in circle]
    family, points = drawn("cordon", press(*circle[0]), *drag, *keys("Enter"))
    assert family == "LineString"
    assert len(points) < 100
    assert all(math.dist(one, other) > 0.9 for one, other in itertools.pairwise(points))


def test_that_measuring_makes_nothing() -> None:
    drafts, done, ended = play(measure(), *CLICKS, move(0, 10), *keys("Enter"))
    assert ended
    assert done is None
    assert drafts[-1].area == pytest.approx(100.0)
