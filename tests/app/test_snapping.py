"""Snapping: corners before crossings before lines, at places known beforehand, and never to what is hidden."""

from __future__ import annotations

import math

import pytest
import shapely

from venueplanner.app.session import Session
from venueplanner.app.snapping import Snap, snap

from .scenes import layer, session

STREETS = layer("streets", shapely.LineString([(-50, 0), (50, 0)]), shapely.LineString([(10, -50), (10, 50)]))
HOUSES = layer("buildings", shapely.box(20, 20, 40, 40))


@pytest.fixture
def city() -> Session:
    fence = shapely.LineString([(-40, 10), (-20, 30)])
    return session(("cordon", fence, {"name": "C1"}), layers=(STREETS, HOUSES))


def found(snapped: Snap | None) -> tuple[float, float, str, str] | None:
    return None if snapped is None else (round(snapped.x, 6), round(snapped.y, 6), snapped.kind, snapped.source)


@pytest.mark.parametrize(
    ("pointer", "wanted"),
    [
        ((20.6, 19.5), (20, 20, "vertex", "buildings")),
        ((-49.5, 0.5), (-50, 0, "vertex", "streets")),
        ((-39.5, 10.2), (-40, 10, "vertex", "cordon")),
        ((10.7, 0.6), (10, 0, "crossing", "streets")),
        ((30, 20.9), (30, 20, "segment", "buildings")),
        ((-10, 0.9), (-10, 0, "segment", "streets")),
        ((-30 - 0.5, 20 + 0.5), (-30, 20, "segment", "cordon")),
    ],
)
def test_that_the_pointer_takes_the_place_it_means(
    city: Session, pointer: tuple[float, float], wanted: tuple[float, float, str, str]
) -> None:
    assert found(snap(city, *pointer, 1.0)) == wanted


@pytest.mark.parametrize(("away", "tolerance"), [(0.99, 1.0), (1.01, 1.0), (4.9, 5.0), (5.1, 5.0)])
def test_that_the_tolerance_is_a_circle_of_that_radius(city: Session, away: float, tolerance: float) -> None:
    """The canvas turns pixels into this tolerance, so the hand has the same reach at every scale."""
    step = away / math.sqrt(2)
    snapped = snap(city, 40 + step, 40 + step, tolerance)
    assert found(snapped) == ((40, 40, "vertex", "buildings") if away < tolerance else None)


def test_that_hidden_layers_and_kinds_and_the_dragged_feature_do_not_count(city: Session) -> None:
    assert snap(city, 20, 20, 1.0, hidden={"buildings"}) is None
    assert snap(city, -40, 10, 1.0, hidden={"cordon"}) is None
    assert snap(city, -40, 10, 1.0, without={"C1"}) is None
    assert found(snap(city, 10.2, 0.2, 1.0, hidden={"buildings", "cordon"})) == (10, 0, "crossing", "streets")


def test_that_layers_the_plan_does_not_stand_on_do_not_count(city: Session) -> None:
    city.do("Remove", lambda plan: plan.put("layers", {"buildings": None}))
    assert snap(city, 20, 20, 1.0) is None


def test_that_a_line_along_another_is_no_crossing() -> None:
    """A barrier drawn along a perimeter: the pointer keeps its place on them instead of jumping by the tolerance."""
    barrier = shapely.LineString([(-30, 0), (30, 0)])
    desk = session(("barrier", barrier, {"name": "B1"}), layers=(STREETS,))
    x, y, kind, _ = found(snap(desk, -8.0, 0.0, 1.0)) or (0, 0, "", "")
    assert (x, y, kind) == (-8, 0, "segment")


def test_that_the_inside_of_an_area_is_no_place_to_snap_to(city: Session) -> None:
    assert snap(city, 30, 30, 2.0) is None
