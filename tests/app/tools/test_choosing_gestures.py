"""Clicks and drags on what is there: one gesture is one edit, and a click that moves nothing changes nothing."""

from __future__ import annotations

from typing import Any

import shapely

from tests.app.scenes import session
from venueplanner.app.session import Session
from venueplanner.app.tools.choosing import choose, grip_at, grips
from venueplanner.app.tools.events import Done, Pointer
from venueplanner.edits import features, places, vertices


def scene() -> Session:
    return session(
        ("perimeter", shapely.box(0, 0, 100, 100), {"name": "A"}),
        ("cordon", shapely.LineString([(20, 20), (40, 20), (40, 40)]), {"name": "C"}),
        ("post", shapely.Point(40, 30), {"name": "P"}),
    )


def gesture(desk: Session, selected: tuple[str, ...], *events: Pointer) -> Done | None:
    tool = choose(lambda: desk.plan, lambda: selected, lambda feature: True)
    next(tool)
    for event in events:
        try:
            tool.send(event)
        except StopIteration as end:
            done: Done | None = end.value
            if done is not None and done.edit is not None:
                desk.do(done.label.say(), done.edit, **done.args)
            return done
    raise AssertionError("the gesture did not end")


def at(what: str, x: float, y: float, **more: Any) -> Pointer:
    return Pointer(what, x, y, raw=(x, y), **more)


def drag(start: tuple[float, float], end: tuple[float, float]) -> list[Pointer]:
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    return [at("press", *start), at("move", *middle), at("move", *end), at("release", *end)]


def vertices_of(desk: Session, name: str) -> list[tuple[float, float]]:
    shape = desk.plan.features[name].shape
    assert shape is not None
    return [(x, y) for x, y in shapely.get_coordinates(shape)]


def test_that_a_click_selects_points_before_lines_before_areas() -> None:
    desk = scene()
    for place, wanted in [((40, 30.5), "P"), ((30, 20.5), "C"), ((70, 70), "A")]:
        done = gesture(desk, (), at("press", *place), at("release", *place))
        assert done is not None
        assert (done.select, done.edit) == ((wanted,), None)
    assert desk.history == []


def test_that_a_click_beside_everything_selects_nothing_and_ctrl_adds_and_takes() -> None:
    desk = scene()
    done = gesture(desk, ("A",), at("press", 500, 500))
    assert done is not None
    assert done.select == ()
    for before, wanted in [(("A",), ("A", "P")), (("A", "P"), ("A",))]:
        done = gesture(desk, before, at("press", 40, 30, ctrl=True), at("release", 40, 30, ctrl=True))
        assert done is not None
        assert done.select == wanted


def test_that_a_drag_of_a_feature_is_one_step_and_moves_all_that_is_selected() -> None:
    desk = scene()
    done = gesture(desk, ("C", "P"), *drag((40, 31), (50, 36)))
    assert done is not None
    assert done.edit is places.move
    assert done.label.say() == "Move"
    assert vertices_of(desk, "P") == [(50, 35)]
    assert vertices_of(desk, "C")[0] == (30, 25)
    assert len(desk.history) == 1


def test_that_a_vertex_is_dragged_to_where_the_pointer_snaps() -> None:
    desk = scene()
    snapped = Pointer("release", 45.0, 45.0, raw=(44.6, 45.3))
    done = gesture(desk, ("C",), at("press", 40.3, 40.2), at("move", 44, 44), snapped)
    assert done is not None
    assert done.edit is vertices.move
    assert vertices_of(desk, "C") == [(20, 20), (40, 20), (45, 45)]


def test_that_dragging_the_middle_of_a_side_makes_a_vertex() -> None:
    desk = scene()
    done = gesture(desk, ("A",), *drag((50, 0), (50, -10)))
    assert done is not None
    assert done.edit is vertices.insert
    shape = desk.plan.features["A"].shape
    assert shape is not None
    assert shape.area == 100 * 100 + 100 * 10 / 2


def test_that_a_press_on_a_grip_without_a_drag_changes_nothing() -> None:
    desk = scene()
    done = gesture(desk, ("A",), at("press", 0.2, 0.1), at("release", 0.2, 0.1))
    assert done is not None
    assert (done.edit, done.select) == (None, ("A",))


def test_that_esc_in_a_drag_changes_nothing() -> None:
    desk = scene()
    for start, selected in [((40, 30), ()), ((40, 40), ("C",))]:
        assert gesture(desk, selected, at("press", *start), at("move", 90, 90), Pointer("cancel")) is None
    assert desk.history == []


def test_that_delete_takes_the_vertex_under_the_pointer_else_the_features() -> None:
    desk = scene()
    done = gesture(desk, ("C",), at("key", 40, 20, key="Delete"))
    assert done is not None
    assert done.edit is vertices.remove
    assert vertices_of(desk, "C") == [(20, 20), (40, 40)]
    done = gesture(desk, ("C",), at("key", 20, 20, key="Delete"))  # a line of one point is none: all of it goes
    assert done is not None
    assert done.edit is features.remove
    assert set(desk.plan.features) == {"A", "P"}


def test_that_grips_are_the_vertices_and_the_middles_and_vertices_win() -> None:
    desk = scene()
    found = grips(desk.plan.features["A"])
    assert sum(not each.fresh for each in found) == 4
    assert sorted(each.place for each in found if each.fresh) == [(0, 50), (50, 0), (50, 100), (100, 50)]
    near = grip_at(desk.plan, ("A",), (30.0, 0.0), 60.0)
    assert near is not None
    assert (near.fresh, near.place) == (False, (0.0, 0.0))
