"""Vehicle approach: speeds known beforehand, and what counts as holding."""

from __future__ import annotations

import math

import pytest
import shapely

from venueplanner.app.inspector import check_subject
from venueplanner.checks.vehicle_approach import CHECK
from venueplanner.domain.check import Finding
from venueplanner.domain.site import Site

from .scenes import layer, site

PERIMETER = ("perimeter", shapely.box(0, -30, 60, 30), {"name": "A"})
RATED = {"rating": "V/7200[N3C]/80/90:1.1", "as_tested": True}


def street(length: float) -> tuple[object, ...]:
    line = layer("streets", shapely.LineString([(-length, 0), (5, 0)]), name=["Main"])
    walls = layer(
        "buildings",
        shapely.box(-length - 50, 4, -0.5, 400),
        shapely.box(-length - 50, -400, -0.5, -4),
        shapely.box(-length - 60, -400, -length - 2, 400),
        shapely.box(-0.5, 31, 400, 400),
        shapely.box(-0.5, -400, 400, -31),
        shapely.box(61, -31, 400, 31),
    )
    return (line, walls)


def found(scene: Site) -> list[Finding]:
    (perimeter,) = scene.plan.of("perimeter")
    _, findings = check_subject(CHECK, scene, perimeter)
    return list(findings)


@pytest.mark.parametrize("length", [50.0, 100.0, 200.0])
def test_that_a_straight_street_gives_the_speed_of_its_run_up(length: float) -> None:
    findings = found(site(PERIMETER, layers=street(length)))  # type: ignore[arg-type]
    expected = math.sqrt(2 * 3.2 * length) * 3.6
    assert max(each.measured or 0 for each in findings) == pytest.approx(expected, rel=0.03)
    (by_street,) = (each for each in findings if "by Main" in each.text.say())
    assert by_street.measured == pytest.approx(expected, rel=0.03)


def test_that_a_heavier_class_is_slower() -> None:
    kind, shape, values = PERIMETER
    lorry = (kind, shape, {**values, "vehicle_class": "N3C"})
    findings = found(site(lorry, layers=street(100)))  # type: ignore[arg-type]
    assert max(each.measured or 0 for each in findings) == pytest.approx(math.sqrt(2 * 1.25 * 100) * 3.6, rel=0.03)


def test_that_a_rated_barrier_installed_as_tested_holds() -> None:
    line = shapely.LineString([(0, -30), (0, 30)])
    held = found(site(PERIMETER, ("barrier", line, RATED), layers=street(60)))  # type: ignore[arg-type]
    assert {each.severity for each in held if "by Main" in each.text.say()} == {"info"}
    loose = found(site(PERIMETER, ("barrier", line, {**RATED, "as_tested": False}), layers=street(60)))  # type: ignore[arg-type]
    assert any(each.severity == "critical" for each in loose)


def test_that_a_barrier_rated_too_low_does_not_hold() -> None:
    line = shapely.LineString([(0, -30), (0, 30)])
    low = {"rating": "V/1500[M1]/48/90:0.5", "as_tested": True}
    findings = found(site(PERIMETER, ("barrier", line, low), layers=street(100)))  # type: ignore[arg-type]
    worst = max(findings, key=lambda each: each.measured or 0)
    assert worst.severity == "critical"
    assert worst.threshold == pytest.approx(48.0)


def test_that_without_streets_it_says_it_could_not_look() -> None:
    scene = site(PERIMETER)
    (perimeter,) = scene.plan.of("perimeter")
    status, findings = check_subject(CHECK, scene, perimeter)
    assert status.state == "unchecked"
    assert "no street layer" in str(status.reason)
    assert findings == ()


def test_that_the_worst_of_all_classes_is_told_by_the_one_that_hits_hardest() -> None:
    line = shapely.LineString([(0, -30), (0, 30)])
    car_proof = {"rating": "V/1500[M1]/112/90:0.5", "as_tested": True}

    def told(class_id: str) -> list[str]:
        perimeter = ("perimeter", PERIMETER[1], {**PERIMETER[2], "vehicle_class": class_id})
        findings = found(site(perimeter, ("barrier", line, car_proof), layers=street(100)))  # type: ignore[arg-type]
        return [each.text.say() for each in findings if "by Main" in each.text.say() and each.severity == "critical"]

    # ½·m·v² after 100 m: m·a·s = 30 t · 0.75 m/s² · 100 m for N3G, more than any other class of the profile.
    (worst,) = told("worst")
    assert "(N3G," in worst
    assert told("M1") == [], "the barrier is rated for a car"
    assert told("N3G") == [worst]
