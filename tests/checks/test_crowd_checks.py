"""Density, net area, exits, time to leave, queues, narrow places, accessible ways, enclosed people: figures known."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import shapely

from venueplanner.app.inspector import check_subject
from venueplanner.checks import BY_ID
from venueplanner.domain.check import Finding
from venueplanner.domain.plan import Plan
from venueplanner.domain.site import Site
from venueplanner.edits import BY_NAME as EDITS
from venueplanner.edits import features

from .scenes import layer, site

SQUARE = shapely.box(0, 0, 100, 100)
HALL = shapely.box(10, 10, 90, 90)
Thing = tuple[str, Any, dict[str, Any]]


def found(check_id: str, scene: Site) -> list[Finding]:
    """The findings of one check for all its subjects."""
    check = BY_ID[check_id]
    answers = [check_subject(check, scene, each) for each in scene.plan.of(check.subject)]
    assert all(status.state in ("fine", "findings") for status, _ in answers), [status for status, _ in answers]
    return list(itertools.chain.from_iterable(findings for _, findings in answers))


def said(findings: list[Finding]) -> str:
    return " ".join(each.text.say() for each in findings)


def mended(scene: Site, finding: Finding) -> Site:
    """The site after the first fix of a finding."""
    fix = finding.fixes[0]
    return Site(EDITS[fix.edit](scene.plan, **fix.args), scene.layers, scene.rules, scene.phase)


def crowd(people: int | None = 4000, shape: Any = HALL, name: str = "K1", **values: Any) -> Thing:
    return ("crowd_area", shape, {"name": name, "people": people, **values})


def exits(*places: tuple[float, float], width: float = 5.0, **values: Any) -> list[Thing]:
    return [
        ("exit", shapely.Point(place), {"name": f"X{n}", "width": width, **values}) for n, place in enumerate(places, 1)
    ]


FOUR = ((50, 0), (100, 50), (50, 100), (0, 50))
AROUND: Thing = ("perimeter", SQUARE, {"name": "A"})


# -- rows 19 and 20 -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("people", "severity"), [(12_800, None), (12_801, "major"), (25_600, "major"), (25_601, "critical")]
)
def test_that_two_people_a_square_metre_are_planned_for_and_four_alarm(people: int, severity: str | None) -> None:
    findings = found("crowd-density", site(crowd(people)))
    assert [each.severity for each in findings] == ([severity] if severity else [])


def test_that_density_counts_the_ground_that_is_left_and_can_be_mended() -> None:
    stage = ("note", shapely.box(10, 10, 90, 50), {"name": "Stage", "takes_ground": True})
    scene = site(crowd(8000), stage)
    (finding,) = found("crowd-density", scene)
    assert finding.measured == pytest.approx(2.5)
    assert "1600 people too many" in finding.text.say()
    assert found("crowd-density", mended(scene, finding)) == []
    words_only = ("note", shapely.box(10, 10, 90, 50), {"name": "Meeting place"})
    assert found("crowd-density", site(crowd(8000), words_only)) == []


def test_that_people_who_walk_need_more_room_and_unknown_numbers_are_said() -> None:
    assert len(found("crowd-density", site(crowd(7000, posture="moving")))) == 1
    (finding,) = found("crowd-density", site(crowd(None)))
    assert finding.measured is None
    assert finding.severity == "minor"


def test_that_the_net_area_is_without_buildings_lanes_stalls_and_fences() -> None:
    things = (
        ("emergency_route", shapely.LineString([(0, 50), (100, 50)]), {"width": 4.0}),
        ("hazard", shapely.box(20, 60, 40, 70), {"what": "lpg_large"}),
        ("cordon", shapely.LineString([(60, 60), (70, 60)]), {}),
    )
    house = layer("buildings", shapely.box(0, 0, 30, 20))
    (finding,) = found("net-area", site(crowd(10), *things, layers=(house,)))
    free = 6400 - 80 * 4 - 200 - 10 * 0.4 - 20 * 10
    assert finding.evidence[0].shape.area == pytest.approx(free)
    assert finding.measured == pytest.approx(100 * (1 - free / 6400))
    assert finding.severity == "info"
    (nothing,) = found("net-area", site(crowd(10), layers=(layer("buildings", SQUARE),)))
    assert nothing.severity == "major"


# -- row 21 -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("profile", "people", "severity"),
    [("guide", 9840, None), ("guide", 9841, "critical"), ("observed", 7200, None), ("observed", 7201, "major"),
     ("observed", 9841, "critical"), ("alcohol", 8640, None), ("alcohol", 8641, "major")],
)  # fmt: skip
def test_that_the_largest_exit_is_taken_off_in_every_profile(profile: str, people: int, severity: str | None) -> None:
    """Four exits of 5 m, 8 minutes: 15 m · q · 8."""
    scene = site(AROUND, crowd(people, flow_profile=profile), *exits(*FOUR))
    assert [each.severity for each in found("exit-capacity", scene)] == ([severity] if severity else [])


def test_that_the_missing_metres_are_told_and_one_exit_more_mends_it() -> None:
    scene = site(AROUND, crowd(8000), *exits(*FOUR))
    (finding,) = found("exit-capacity", scene)
    assert finding.measured == pytest.approx(7200)
    assert "1.7 m of exit are missing" in finding.text.say()
    assert found("exit-capacity", mended(scene, finding)) == []


def test_that_areas_with_the_same_exits_are_told_once_with_all_their_people() -> None:
    halves = (crowd(4000, shapely.box(10, 10, 45, 90)), crowd(4000, shapely.box(55, 10, 90, 90), "K2"))
    (finding,) = found("exit-capacity", site(AROUND, *halves, *exits(*FOUR)))
    assert "of 8000 people" in finding.text.say()
    assert "K1" in finding.text.say()
    assert "K2" in finding.text.say()


def test_that_high_risk_steps_and_locked_exits_lower_the_capacity() -> None:
    assert found("exit-capacity", site(AROUND, crowd(6000), *exits(*FOUR))) == []
    assert len(found("exit-capacity", site(AROUND, crowd(6000, risk="high"), *exits(*FOUR)))) == 1
    assert len(found("exit-capacity", site(AROUND, crowd(6000), *exits(*FOUR, surface="stepped")))) == 1
    assert (
        len(found("exit-capacity", site(AROUND, crowd(6000), *exits(*FOUR[:3]), *exits(FOUR[3], opening="locked"))))
        == 1
    )


# -- row 22 -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("people", "needed"), [(500, 2), (501, 3), (1000, 3), (1001, 4)])
def test_that_more_people_need_more_exits(people: int, needed: int) -> None:
    enough = site(AROUND, crowd(people), *exits(*FOUR[:needed]))
    assert [each for each in found("exit-spread", enough) if each.unit == ""] == []
    (finding,) = [each for each in found("exit-spread", site(AROUND, crowd(people), *exits(*FOUR[: needed - 1])))
                  if each.unit == ""]  # fmt: skip
    assert (finding.measured, finding.threshold) == (needed - 1, needed)


def test_that_exits_on_one_side_are_found_and_the_fix_opens_another_side() -> None:
    scene = site(AROUND, crowd(400), *exits((40, 0), (60, 0)))
    findings = found("exit-spread", scene)
    assert {each.unit for each in findings} == {"%", "deg"}
    assert found("exit-spread", mended(scene, findings[0])) == []


# -- row 23 -------------------------------------------------------------------------------------------------------
WALLS = layer("buildings", shapely.box(-5, -5, 105, 105) - shapely.box(0, 0, 100, 100))


def test_that_the_time_to_leave_is_the_way_and_the_queue_at_the_door() -> None:
    """One exit of 5 m in the observed profile, 5 people a second: 4000 people pass in 800 s, the nearest walks 8 s."""
    scene = site(AROUND, crowd(4000), *exits((50, 2)))
    (finding,) = found("clearance", scene)
    assert finding.measured == pytest.approx((800 + 8 / 1.2) / 60, abs=0.15)
    assert "X1" in finding.text.say()
    assert finding.evidence[0].role == "route"


def test_that_people_behind_a_fence_without_an_opening_have_no_way() -> None:
    fence = ("cordon", shapely.box(8, 8, 92, 92).exterior, {"means": "fence"})
    (finding,) = found("clearance", site(AROUND, crowd(4000), fence, *exits(*FOUR)))
    assert finding.severity == "critical"
    assert "4000 people have no way" in finding.text.say()
    opened = site(AROUND, crowd(1000), fence, *exits((50, 8), (50, 92)))
    assert found("clearance", opened) == []


def test_that_a_gate_for_people_lets_out_unless_it_is_locked() -> None:
    wall = [("cordon", shapely.LineString([(52, 8), (92, 8), (92, 92), (8, 92), (8, 8), (48, 8)]), {})]
    for state, count in (("open", 0), ("guarded", 0), ("locked", 1)):
        gate = ("gate", shapely.LineString([(48, 8), (52, 8)]), {"width": 4, "state": state, "use": "people"})
        scene = site(AROUND, crowd(1000), *wall, gate, *exits((50, 0)))
        assert len(found("clearance", scene)) == count, state


# -- row 24 -------------------------------------------------------------------------------------------------------
def row_of_blocks(y: float) -> Thing:
    """Blocks 1 m wide with 1 m between them, 21 m long."""
    line = shapely.LineString([(39.5, y), (60.5, y)])
    return ("barrier", line, {"name": "B1", "module_width": 1.0, "clear_gap": 1.0, "depth": 0.5})


def test_that_an_exit_through_blocks_counts_the_gaps_and_can_be_corrected() -> None:
    scene = site(AROUND, row_of_blocks(0.0), *exits((50.5, 0), width=8.0))
    (finding,) = found("exit-barriers", scene)
    assert finding.measured == pytest.approx(4.0)
    assert finding.severity == "major"
    after = mended(scene, finding)
    assert found("exit-barriers", after) == []
    assert after.plan.of("exit")[0]["clear_width"] == pytest.approx(4.0)


@pytest.mark.parametrize(("away", "texts"), [(3.0, ["before it"]), (7.0, [])])
def test_that_a_row_close_before_an_exit_is_told(away: float, texts: list[str]) -> None:
    line = ("barrier", shapely.LineString([(0, 0), (47, 0)]), {})
    scene = site(AROUND, line, row_of_blocks(-away - 0.25), *exits((50.5, 0), width=6.0))
    findings = [each for each in found("exit-barriers", scene) if "before it" in each.text.say()]
    assert len(findings) == len(texts)
    assert all(each.measured == pytest.approx(0.0, abs=3.01) for each in findings)


# -- row 25 -------------------------------------------------------------------------------------------------------
def gate(lanes: int, **values: Any) -> Thing:
    line = shapely.LineString([(48, 0), (52, 0)])
    return ("gate", line, {"name": "G1", "use": "people", "state": "guarded", "lanes": lanes, **values})


def test_that_a_peak_twice_as_fast_as_the_lanes_makes_half_of_them_wait() -> None:
    """1320 an hour by one lane of 660 an hour: after the hour 660 wait, the longest an hour."""
    scene = site(AROUND, crowd(1320, arrival_peak=1320), gate(1))
    (finding,) = found("entry-queue", scene)
    assert finding.measured == pytest.approx(60)
    assert finding.severity == "major"
    assert "up to 660 people" in finding.text.say()
    assert "outside the perimeter" in finding.text.say()
    ground = finding.evidence[0].shape
    assert ground.area == pytest.approx(660 * 0.65, rel=0.01)
    assert ground.intersection(SQUARE).area < 1.0
    after = mended(scene, finding)
    assert all(each.severity != "major" for each in found("entry-queue", after))


def test_that_enough_lanes_make_no_queue_and_a_gate_without_lanes_lets_nobody_in() -> None:
    assert found("entry-queue", site(AROUND, crowd(1320, arrival_peak=1320), gate(2))) == []
    assert found("entry-queue", site(AROUND, crowd(1320), gate(9, use="emergency"))) == []
    (finding,) = found("entry-queue", site(AROUND, crowd(1320), gate(0)))
    assert "nobody is let in" in finding.text.say()


# -- row 26 -------------------------------------------------------------------------------------------------------
def passage_of(width: float) -> Site:
    """A yard with one way out, an alley of some width that leads to an exit of 10 m."""
    yard = shapely.box(-10, -10, 110, 110) - shapely.box(0, 0, 100, 100) - shapely.box(50, -11, 50 + width, 1)
    return site(crowd(2000), *exits((52, -14), width=10.0), layers=(layer("buildings", yard),))


@pytest.mark.parametrize(("width", "severity"), [(2.0, "major"), (3.5, "minor"), (4.0, None)])
def test_that_the_flow_through_an_alley_has_its_level(width: float, severity: str | None) -> None:
    findings = found("pinch-points", passage_of(width))
    assert [each.severity for each in findings] == ([severity] if severity else [])
    if severity:
        assert findings[0].measured == pytest.approx(2000 / 8 / width, rel=0.02)
        assert findings[0].evidence[0].shape.length == pytest.approx(width, abs=0.05)


# -- row 39 -------------------------------------------------------------------------------------------------------
DROP: Thing = ("assembly_point", shapely.Point(50, -20), {"name": "M1", "purpose": "drop_off"})


def test_that_a_set_down_place_and_a_level_exit_are_asked_for() -> None:
    fine = site(AROUND, crowd(), DROP, *exits(*FOUR), layers=(WALLS_WITH_DOORS,))
    assert found("accessible-route", fine) == []
    assert "no place is drawn" in said(found("accessible-route", site(AROUND, crowd(), *exits(*FOUR))))
    stepped = site(AROUND, crowd(), DROP, *exits(*FOUR, surface="stepped"))
    assert "no exit is without steps" in said(found("accessible-route", stepped))
    steep = site(AROUND, crowd(), DROP, *exits(*FOUR, gradient=9.0))
    assert "9.0 %" in said(found("accessible-route", steep))
    assert found("accessible-route", site(AROUND, crowd(accessible=False))) == []


WALLS_WITH_DOORS = layer(
    "buildings", shapely.box(-5, -5, 105, 105) - SQUARE - shapely.box(47, -6, 53, 106) - shapely.box(-6, 47, 106, 53)
)


@pytest.mark.parametrize(("door", "count"), [(1.49, 1), (1.51, 0)])
def test_that_the_way_in_is_as_wide_as_a_wheelchair_needs(door: float, count: int) -> None:
    wall = layer("buildings", shapely.box(-5, -5, 105, 105) - SQUARE - shapely.box(50, -6, 50 + door, 1))
    scene = site(AROUND, crowd(), DROP, *exits((50 + door / 2, 0)), layers=(wall,))
    findings = [each for each in found("accessible-route", scene) if "M1" in each.text.say()]
    assert len(findings) == count
    assert all(each.measured == pytest.approx(door, abs=0.005) for each in findings)


# -- row 53, and phases -------------------------------------------------------------------------------------------
def test_that_people_in_a_closed_line_need_two_open_ways_in_different_directions() -> None:
    assert found("enclosed", site(AROUND, crowd(), *exits(FOUR[0], FOUR[2]))) == []
    (one,) = found("enclosed", site(AROUND, crowd(), *exits(FOUR[0])))
    assert (one.severity, one.measured) == ("critical", 1.0)
    (side,) = found("enclosed", site(AROUND, crowd(), *exits((40, 0), (60, 0))))
    assert side.unit == "deg"
    assert len(found("enclosed", site(AROUND, crowd(), *exits(FOUR[0], FOUR[2], opening="locked")))) == 1
    gates = [gate(1), ("gate", shapely.LineString([(48, 100), (52, 100)]), {"use": "people", "state": "open"})]
    assert found("enclosed", site(AROUND, crowd(), *gates)) == []


def test_that_a_ring_of_people_without_a_perimeter_encloses_too() -> None:
    ring = ("cordon", shapely.Point(50, 50).buffer(70).exterior, {"means": "people"})
    assert found("enclosed", site(crowd())) == []
    assert len(found("enclosed", site(crowd(), ring))) == 1


def test_that_each_phase_is_looked_at_and_named() -> None:
    plan = Plan()
    for name in ("Arrival", "Event"):
        plan = features.add(plan, kind="phase", values={"name": name})
    arrival, event = (each.id for each in sorted(plan.of("phase"), key=lambda each: each.name))
    for kind, shape, values in (AROUND, crowd(400), *exits(FOUR[0])):
        plan = features.add(plan, kind=kind, shape=shape, values=values)
    plan = features.add(plan, kind="exit", shape=shapely.Point(FOUR[2]), values={"phases": [event]})
    scene = site()
    both = Site(plan, {}, scene.rules)
    (finding,) = found("enclosed", both)
    assert finding.text.say().startswith("Arrival: ")
    assert found("enclosed", Site(plan, {}, scene.rules, event)) == []
    assert len(found("enclosed", Site(plan, {}, scene.rules, arrival))) == 1
