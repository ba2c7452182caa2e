"""Passage: who gets in over free ground, what counts in the way, and that no gap is told twice as a problem."""

from __future__ import annotations

import pytest
import shapely

from venueplanner.app.inspector import check_subject
from venueplanner.checks import coverage_gap
from venueplanner.checks.passage import CHECK
from venueplanner.domain.check import Finding
from venueplanner.domain.plan import LayerRecord, Plan
from venueplanner.domain.site import Site
from venueplanner.edits import BY_NAME, features

from .scenes import SQUARE, layer, site, wall_with_gap

FAR = layer("buildings", shapely.box(500, 500, 510, 510))
# A ring of houses 30 m outside the perimeter with two streets through it: 4 m in the west, 8 m in the east.
RING = layer(
    "buildings",
    shapely.box(-50, -40, 110, -30),
    shapely.box(-50, 90, 110, 100),
    shapely.box(-50, -30, -40, 28),
    shapely.box(-50, 32, -40, 90),
    shapely.box(100, -30, 110, 26),
    shapely.box(100, 34, 110, 90),
)


def found(scene: Site) -> list[Finding]:
    (perimeter,) = scene.plan.of("perimeter")
    status, findings = check_subject(CHECK, scene, perimeter)
    assert status.state == ("findings" if findings else "fine"), status
    return sorted(findings, key=lambda each: -(each.measured or 0))


@pytest.mark.parametrize(
    ("width", "who"), [(1.3, "motorcycle"), (1.6, "A small car"), (2.0, "A car or van"), (2.6, "A lorry")]
)
def test_that_the_gap_on_the_line_is_told_for_information_with_the_way_to_it(width: float, who: str) -> None:
    (finding,) = found(site(*wall_with_gap(width), layers=(FAR,)))
    assert finding.severity == "info"
    assert finding.measured == pytest.approx(width, abs=1e-6)
    assert who in finding.text.say()
    roles = [each.role for each in finding.evidence]
    assert roles == ["gap", "route"]
    assert finding.evidence[1].shape.intersects(finding.evidence[0].shape)
    assert finding.fixes == ()


@pytest.mark.parametrize("width", [0.001, 0.8, 1.2])
def test_that_no_wider_gap_than_the_limit_is_no_finding(width: float) -> None:
    assert found(site(*wall_with_gap(width), layers=(FAR,))) == []


def test_that_an_area_without_anything_round_it_is_open() -> None:
    (finding,) = found(site(("perimeter", SQUARE, {"name": "A"}), layers=(FAR,)))
    assert "over open ground" in finding.text.say()
    assert finding.severity == "info"  # coverage gap says that nothing stands there


def test_that_houses_far_from_the_line_close_what_they_close() -> None:
    scene = site(("perimeter", SQUARE, {"name": "A"}), layers=(RING,))
    (finding,) = found(scene)
    assert finding.severity == "critical"
    assert "2 gaps" in finding.text.say()
    assert finding.measured == pytest.approx(8.0, abs=1e-6)
    closed = BY_NAME[finding.fixes[0].edit](scene.plan, **finding.fixes[0].args)
    assert found(Site(closed, scene.layers, scene.rules)) == []


def test_that_vehicles_of_different_width_are_told_apart() -> None:
    bollards = [("barrier", shapely.Point(-45, y), {"module_width": 0.5}) for y in (30.0,)]
    findings = found(site(("perimeter", SQUARE, {"name": "A"}), *bollards, layers=(RING,)))
    assert [each.rule for each in findings] == ["passage.lorry", "passage.small_car"]
    assert "2 gaps" in findings[1].text.say()
    assert findings[1].measured == pytest.approx(1.75, abs=1e-3)


def test_that_a_cordon_keeps_no_vehicle_out_and_the_finding_says_so() -> None:
    line = shapely.LineString([(-45, 26), (-45, 34)])
    street = ("barrier", shapely.LineString([(105, 26), (105, 34)]), {})
    scene = site(("perimeter", SQUARE, {"name": "A"}), street, ("cordon", line, {"name": "C1"}), layers=(RING,))
    (finding,) = found(scene)
    assert finding.measured == pytest.approx(4.0, abs=1e-6)
    assert any("C1" in each.say() for each in finding.why)


def test_that_a_cordon_on_the_line_makes_it_a_problem_of_its_own() -> None:
    gap = shapely.LineString([(27, 0), (33, 0)])
    scene = site(*wall_with_gap(5.0), ("cordon", gap, {"name": "C1"}), layers=(FAR,))
    (perimeter,) = scene.plan.of("perimeter")
    assert check_subject(coverage_gap.CHECK, scene, perimeter)[1] == ()
    (finding,) = found(scene)
    assert finding.severity == "critical"
    assert finding.fixes


@pytest.mark.parametrize(
    ("values", "severity"),
    [
        ({"state": "locked"}, None),
        ({"state": "guarded", "guards": 2}, None),
        ({"state": "guarded", "guards": 0}, "critical"),
        ({"state": "open"}, "info"),
    ],
)
def test_that_a_gate_is_as_good_as_its_lock_or_guard(values: dict[str, object], severity: str | None) -> None:
    gate = ("gate", shapely.LineString([(27.5, 0), (32.5, 0)]), values)
    findings = found(site(*wall_with_gap(5.0), gate, layers=(FAR,)))
    assert [each.severity for each in findings] == ([] if severity is None else [severity])


def test_that_a_gate_of_another_phase_does_not_count() -> None:
    plan = site(*wall_with_gap(5.0), layers=(FAR,)).plan
    plan = features.add(plan, kind="phase", values={"name": "day"}, id="day")
    plan = features.add(plan, kind="phase", values={"name": "night"}, id="night")
    line = shapely.LineString([(27.5, 0), (32.5, 0)])
    plan = features.add(plan, kind="gate", shape=line, values={"state": "locked", "phases": ["night"]})
    rules = site().rules
    for phase, count in (("night", 0), ("day", 1), (None, 0)):
        assert len(found(Site(plan, {FAR.id: FAR}, rules, phase))) == count


def test_that_without_buildings_and_walls_it_says_that_it_could_not_look() -> None:
    scene = site(*wall_with_gap(3.0))
    status, findings = check_subject(CHECK, scene, scene.plan.of("perimeter")[0])
    assert (status.state, findings) == ("unchecked", ())
    assert isinstance(scene.plan, Plan)
    assert LayerRecord("x", "x", "walls", "").role == "walls"


def test_that_a_line_drawn_carelessly_beside_a_wall_is_judged_by_the_wall() -> None:
    loose = ("perimeter", shapely.box(-4, -4, 64, 64), {"name": "A"})
    (finding,) = found(site(loose, *wall_with_gap(2.0)[1:], layers=(FAR,)))
    assert finding.measured == pytest.approx(2.0, abs=1e-6)
