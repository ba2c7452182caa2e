"""Gates that lack something, barriers that count as nothing, walls too low, and gates reached too fast."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import shapely

from venueplanner.app.inspector import check_subject
from venueplanner.checks import BY_ID
from venueplanner.domain.check import Finding, Question
from venueplanner.domain.site import Site

from .scenes import SQUARE, layer, site

RATED = {"rating": "V/7200[N3C]/80/90:1.1", "as_tested": True}
GATE = shapely.LineString([(28, 0), (32, 0)])


def found(check_id: str, scene: Site) -> list[Finding]:
    check = BY_ID[check_id]
    answers = [check_subject(check, scene, each) for each in scene.plan.of(check.subject)]
    assert all(status.state in ("fine", "findings") for status, _ in answers)
    return list(itertools.chain.from_iterable(findings for _, findings in answers))


def asked(check_id: str, scene: Site) -> list[Question]:
    check = BY_ID[check_id]
    assert check.ask is not None
    return [each for subject in scene.plan.of(check.subject) for each in check.ask(scene, subject)]


def gate(**values: Any) -> Site:
    scene = site(("stakeholder", None, {"name": "S"}), ("perimeter", SQUARE, {}))
    owner = scene.plan.of("stakeholder")[0].id
    from dataclasses import replace

    from venueplanner.edits import features

    given = {"name": "G1", "owner": (owner,), "state": "guarded", "guards": 2, "use": "vehicles", "fail_state": "stays",
             **RATED, **values}  # fmt: skip
    return replace(scene, plan=features.add(scene.plan, kind="gate", shape=GATE, values=given))


def test_that_a_gate_with_everything_lacks_nothing() -> None:
    assert found("gate-control", gate()) == []
    assert found("gate-control", gate(use="people", rating=None, as_tested=False, fail_state=None)) == []


@pytest.mark.parametrize(
    ("values", "words", "count"),
    [
        ({"owner": ()}, "nobody owns it", 1),
        ({"guards": 0}, "has no guards", 1),
        ({"state": "open"}, "open and nobody guards it", 1),
        ({"state": "locked", "guards": 0, "rating": None}, "has no rating", 1),
        ({"rating": "very strong"}, "not one that can be read", 1),
        ({"as_tested": False}, "not installed as tested", 1),
        ({"fail_state": None}, "without power is not known", 1),
        ({"fail_state": "opens"}, "opens when power fails", 1),
        ({"owner": (), "guards": 0, "rating": None, "fail_state": None}, "nobody owns it", 4),
    ],
)
def test_that_each_thing_a_gate_lacks_is_said(values: dict[str, Any], words: str, count: int) -> None:
    (finding,) = found("gate-control", gate(**values))
    assert words in finding.text.say()
    assert (finding.measured, finding.threshold) == (count, 0)
    assert finding.severity == "major"


def test_that_a_gate_far_from_any_perimeter_closes_nothing_and_is_left_alone() -> None:
    assert found("gate-control", site(("gate", GATE, {"use": "vehicles"}))) == []


def test_that_width_and_state_without_power_are_asked_on_site() -> None:
    questions = asked("gate-control", gate(fail_state=None, width=4.5))
    assert [each.unit for each in questions] == ["m", ""]
    assert "4.5 m" in questions[0].why.say()
    assert shapely.distance(questions[0].shape, GATE) == 0


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "is unrated"),
        ({"rating": "strong"}, "no known standard"),
        ({**RATED, "as_tested": False}, "not installed as tested"),
    ],
)
def test_that_a_barrier_that_counts_as_nothing_is_told_and_graver_on_the_line(
    values: dict[str, Any], words: str
) -> None:
    on_line, beside = (shapely.LineString([(0, y), (60, y)]) for y in (0, -40))
    (grave,) = found("barrier-rating", site(("perimeter", SQUARE, {}), ("barrier", on_line, {"name": "B", **values})))
    (light,) = found("barrier-rating", site(("perimeter", SQUARE, {}), ("barrier", beside, {"name": "B", **values})))
    assert words in grave.text.say()
    assert (grave.severity, light.severity) == ("major", "minor")


def test_that_a_tested_barrier_installed_as_tested_is_fine_and_not_asked_about() -> None:
    scene = site(("perimeter", SQUARE, {}), ("barrier", shapely.LineString([(0, 0), (60, 0)]), RATED))
    assert found("barrier-rating", scene) == []
    assert asked("barrier-rating", scene) == []


def walls(*high: float | str | None) -> Site:
    shapes = [shapely.LineString([(10 * n, 0), (10 * n + 8, 0)]) for n in range(len(high))]
    return site(("perimeter", SQUARE, {"name": "A"}), layers=(layer("walls", *shapes, height=list(high)),))


def test_that_walls_lower_than_half_a_metre_are_found_and_unknown_ones_asked_about() -> None:
    scene = walls(0.3, 0.5, None, "0,1", "2 m")
    (finding,) = found("natural-barrier", scene)
    assert finding.measured == pytest.approx(0.1)
    assert "2 walls" in finding.text.say()
    (question,) = asked("natural-barrier", scene)
    assert question.shape.x == pytest.approx(24, abs=4)
    assert found("natural-barrier", walls(0.5, 1.0)) == []


def test_that_a_low_wall_closes_no_gap_and_a_high_one_does() -> None:
    line = shapely.LineString([(32, 0), (60, 0), (60, 60), (0, 60), (0, 0), (28, 0)])
    for height, gaps in ((0.3, 1), (0.6, 0), (None, 0)):
        wall = layer("walls", shapely.LineString([(27.9, 0), (32.1, 0)]), height=[height])
        scene = site(("perimeter", SQUARE, {}), ("barrier", line, {}), layers=(wall,))
        assert len(found("coverage-gap", scene)) == gaps


def test_that_a_vehicle_gate_at_the_end_of_a_long_street_wants_a_chicane_and_one_for_people_does_not() -> None:
    street = layer("streets", shapely.LineString([(30, -200), (30, 5)]), name=["Main"], width=[6.0])
    house = layer("buildings", shapely.box(500, 500, 510, 510))
    for use, count in (("vehicles", 1), ("people", 0)):
        scene = site(
            ("perimeter", SQUARE, {"vehicle_class": "M1"}), ("gate", GATE, {"name": "G1", "use": use, **RATED}),
            layers=(street, house),
        )  # fmt: skip
        told = [each for each in found("vehicle-approach", scene) if "chicane" in each.text.say()]
        assert len(told) == count
    told = [each for each in found("vehicle-approach", gate_street(9.0)) if "chicane" in each.text.say()]
    assert told == [], "20 km/h need no chicane"


def gate_street(metres: float) -> Site:
    """A gate reached by a street too short for more than 30 km/h, walled on both sides."""
    street = layer("streets", shapely.LineString([(30, -metres), (30, 5)]), name=["Main"], width=[6.0])
    shut = layer("buildings", shapely.box(-30, -60, 26.5, -0.5), shapely.box(33.5, -60, 90, -0.5),
                 shapely.box(20, -80, 40, -metres - 1))  # fmt: skip
    return site(
        ("perimeter", SQUARE, {"vehicle_class": "M1"}), ("gate", GATE, {"name": "G1", "use": "vehicles", **RATED}),
        layers=(street, shut),
    )  # fmt: skip


def test_that_widths_the_city_does_not_give_are_asked_once_a_street() -> None:
    lines = [shapely.LineString([(30, -200), (30, -100)]), shapely.LineString([(30, -100), (30, 5)])]
    unknown = layer("streets", *lines, name=["Main", "Main"])
    scene = site(
        ("perimeter", SQUARE, {"vehicle_class": "M1"}), layers=(unknown, layer("buildings", SQUARE.buffer(900)))
    )
    (question,) = asked("vehicle-approach", scene)
    assert "Main" in question.text.say()
    known = layer("streets", *lines, name=["Main", "Main"], width=[7.0, 7.0])
    assert asked("vehicle-approach", site(("perimeter", SQUARE, {}), layers=(known,))) == []
