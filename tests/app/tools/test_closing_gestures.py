"""Closing a street by three clicks: the street, its two ends, the hours."""

from __future__ import annotations

import math
import time
from datetime import date
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString

from venueplanner.app.documents import profile_named
from venueplanner.app.session import Session
from venueplanner.app.tools.closing import close_street
from venueplanner.app.tools.events import Done, Draft, Pointer
from venueplanner.app.tools.following import Closer
from venueplanner.domain.plan import LayerRecord, Plan
from venueplanner.domain.site import Layer

DAY = date(2027, 8, 28)


def closer() -> Closer:
    """A grid of named streets 100 m apart, the second one with a footway beside it and a bend between crossings."""
    lines = [LineString([(0, 0), (300, 0)]), LineString([(0, 100), (150, 110), (300, 100)])]
    lines += [LineString([(x, 0), (x, 100)]) for x in (0, 300)]
    lines += [LineString([(0, 96), (300, 96)])]
    shapes = np.empty(len(lines), dtype=object)
    shapes[:] = lines
    columns: dict[str, list[Any]] = {
        "name": ["South", "North", "West", "East", ""],
        "class": ["residential"] * 4 + ["footway"],
    }
    streets = Layer("s", "streets", "s", shapes, {k: np.array(v, dtype=object) for k, v in columns.items()})
    plan = Plan(layers={"s": LayerRecord("s", "s", "streets", "")})
    made = Closer(Session(plan, profile_named("kg"), layers={"s": streets}))
    made.prepare()
    while not made.ready:
        time.sleep(0.01)
    return made


def mouse(what: str, x: float, y: float, button: str = "left") -> Pointer:
    return Pointer(what, x, y, raw=(x, y), button=button, near=3.0)


def click(x: float, y: float) -> list[Pointer]:
    return [mouse("press", x, y), mouse("release", x, y)]


def keys(*names: str) -> list[Pointer]:
    return [Pointer("key", key=name, near=3.0) for name in names]


def play(*events: Pointer) -> tuple[list[Draft], Done | None, bool]:
    tool = close_street(closer(), day=lambda: DAY, new_id=lambda: "mine")
    drafts = [next(tool)]
    for event in events:
        try:
            drafts.append(tool.send(event))
        except StopIteration as end:
            return drafts, end.value, True
    return drafts, None, False


def closed(*events: Pointer) -> Any:
    _, done, ended = play(*events)
    assert ended
    assert done is not None
    assert done.edit is not None
    return done.edit(Plan(), **done.args).features["mine"]


def test_that_one_click_and_enter_close_a_street_from_crossing_to_crossing():
    made = closed(*click(150, 3), *keys("Enter"))
    assert made.kind == "closure"
    assert made.shape.equals(LineString([(0, 0), (300, 0)]))
    assert made["street"] == "South"
    assert (made["start"], made["end"]) == (None, None)


def test_that_three_clicks_close_the_stretch_between_two_places():
    made = closed(*click(150, 3), *click(80, 2), *click(220, -2), *keys("Enter"))
    assert [round(x) for x, _ in made.shape.coords] == [80, 220]


def test_that_dragging_an_end_takes_it_along_the_streets_and_round_a_corner():
    events = [*click(150, 3), mouse("press", 299, 1), mouse("move", 302, 40), mouse("release", 302, 60)]
    drafts, _, _ = play(*events[:-1])
    assert drafts[-1].length == pytest.approx(340, abs=1)
    made = closed(*events, *keys("Enter"))
    assert made.shape.length == pytest.approx(360)
    assert made.shape.coords[-1] == pytest.approx((300, 60))


def test_that_the_street_and_not_the_footway_beside_it_is_taken():
    made = closed(*click(150, 103), *keys("Enter"))
    assert made["street"] == "North"
    assert made.shape.length == pytest.approx(2 * math.hypot(150, 10))


def test_that_the_pointer_shows_the_street_before_it_is_clicked():
    drafts, _, _ = play(mouse("move", 150, 4), mouse("move", 150, 50))
    assert shapely.LineString(drafts[1].way).length == pytest.approx(300)
    assert drafts[2].way == ()


@pytest.mark.parametrize(
    ("typed", "start", "end"),
    [
        (["1", "8", "Tab", "2", "3", ".", "3", "0"], "2027-08-28T18:00", "2027-08-28T23:30"),
        (["1", "8", "3", "0", "Tab", "2"], "2027-08-28T18:30", "2027-08-29T02:00"),
        (["6", "Tab", "9", "9"], "2027-08-28T06:00", None),
        (["7", "Backspace", "8"], "2027-08-28T08:00", None),
    ],
    ids=["evening", "over midnight", "no hour", "taken back"],
)
def test_that_typed_figures_are_the_hours(typed: list[str], start: str, end: str | None):
    made = closed(*click(150, 3), *keys(*typed, "Enter"))
    assert (made["start"], made["end"]) == (start, end)


def test_that_right_click_and_double_click_finish_too():
    for finish in (mouse("press", 150, 50, "right"), mouse("double", 150, 50)):
        assert closed(*click(150, 3), finish).shape.length == pytest.approx(300)


def test_that_a_click_away_from_streets_closes_nothing_and_enter_waits():
    _, done, ended = play(*click(150, 50), *keys("Enter"))
    assert (done, ended) == (None, False)


def test_that_escape_drops_it_and_backspace_takes_the_street_back():
    assert play(*click(150, 3), Pointer("cancel"))[1:] == (None, True)
    drafts, _, ended = play(*click(150, 3), *keys("Backspace", "Enter"))
    assert not ended
    assert drafts[-1].points == ()


def test_that_an_end_stays_where_no_street_leads():
    made = closed(*click(150, 3), *click(5000, 5000), *keys("Enter"))
    assert made.shape.length == pytest.approx(300)
