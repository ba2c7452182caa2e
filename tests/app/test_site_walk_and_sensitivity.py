"""What a walk on site would settle, and which findings hang on an estimate."""

from __future__ import annotations

from dataclasses import replace

import pytest
import shapely

from tests.checks.scenes import SQUARE, layer, site
from venueplanner.app.sensitivity import flips
from venueplanner.app.site_walk import questions
from venueplanner.checks import BY_ID
from venueplanner.domain.check import Check, Question
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import Words


def asking(*places: tuple[float, float]) -> Check:
    def ask(site: Site, subject: Feature) -> list[Question]:
        return [Question("t", Words(f"Q {x:g} {y:g}"), shapely.Point(x, y), Words("")) for x, y in places]

    return replace(BY_ID["coverage-gap"], ask=ask)


def order(*places: tuple[float, float]) -> list[str]:
    scene = site(("perimeter", SQUARE, {}), ("perimeter", SQUARE, {}))
    return [each.text.say() for each in questions(scene, [asking(*places)])]


def test_that_the_walk_begins_in_the_north_and_goes_on_to_the_nearest() -> None:
    assert order((0, 0), (0, 100), (5, 90), (200, 95), (0, 50)) == ["Q 0 100", "Q 5 90", "Q 0 50", "Q 0 0", "Q 200 95"]


def test_that_a_question_two_subjects_ask_is_asked_once() -> None:
    assert order((1, 1)) == ["Q 1 1"]


def test_that_a_check_that_cannot_run_asks_nothing() -> None:
    check = replace(asking((1, 1)), needs=((("streets",), Words("no street layer")),))
    assert questions(site(("perimeter", SQUARE, {})), [check]) == []


def approach(length: float) -> Site:
    """A straight street of this length between houses, from rest to a ring of barriers tested for 80 km/h."""
    inside = shapely.box(0, -30, 60, 30)
    street = layer("streets", shapely.LineString([(-length, 0), (10, 0)]), name=["Main"], width=[6.0])
    free = shapely.union_all([inside.buffer(1.0), shapely.box(-length - 1, -4, 0, 4)])
    town = layer("buildings", inside.buffer(300).difference(free))
    barrier = ("barrier", inside.exterior, {"rating": "V/1500[M1]/80/90:1.1", "as_tested": True})
    return site(("perimeter", inside, {"vehicle_class": "M1"}), barrier, layers=(street, town))


@pytest.mark.parametrize(("length", "higher"), [(70.0, True), (30.0, False)])
def test_that_a_finding_flips_where_a_fifth_more_acceleration_passes_the_rating(length: float, higher: bool) -> None:
    # v² = 2·a·s: 70 m give 76.2 km/h with 3.2 m/s² and 83.5 with 3.84; 30 m give at most 54.6.
    found = flips(approach(length), [BY_ID["vehicle-approach"]])
    by = {(each.rule, each.factor): each for each in found}
    more, less = by["vehicle.M1.acceleration", 1.2], by["vehicle.M1.acceleration", 0.8]
    main = [each for each in more.come if "Main" in each.text.say()]
    assert bool(main) is higher
    assert not [each for each in less.come if "Main" in each.text.say()]
    assert more.value == 3.2
    assert "threat assessment" in more.settled_by.say()


def test_that_only_the_classes_of_the_plan_are_varied() -> None:
    rules = {each.rule for each in flips(approach(30), [BY_ID["vehicle-approach"]])}
    assert rules == {"approach.friction", "approach.street_width", "vehicle.M1.acceleration"}
