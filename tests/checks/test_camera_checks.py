"""Cameras: what they cover, whom they watch, who is told; figures known beforehand."""

from __future__ import annotations

import math
from typing import Any

import pytest
import shapely

from venueplanner.app.inspector import check_subject
from venueplanner.checks import camera_coverage, camera_notice, camera_privacy
from venueplanner.domain.check import Check, Finding
from venueplanner.domain.site import Layer, Site
from venueplanner.edits import BY_NAME

from .scenes import SQUARE, layer, site

FAR_HOUSE = layer("buildings", shapely.box(900, 900, 910, 910))
# 960 px: density 25 at 19.2 m with 90 degrees; 4K: 76.8 m
WIDE = {"name": "V1", "hfov": 90.0, "pixels": 3840, "mast": 1.5, "azimuth": 0.0, "retention": 90}


def camera(x: float, y: float, **values: Any) -> tuple[str, Any, dict[str, Any]]:
    return ("camera", shapely.Point(x, y), {**WIDE, **values})


def found(check: Check, scene: Site) -> list[Finding]:
    several: list[Finding] = []
    for subject in scene.of(check.subject):
        status, findings = check_subject(check, scene, subject)
        assert status.state == ("findings" if findings else "fine"), status.reason
        several += findings
    return several


def covered(scene: Site) -> list[Finding]:
    return found(camera_coverage.CHECK, scene)


CROWD = ("crowd_area", shapely.box(-10, 20, 10, 40), {"name": "K1"})


# -- coverage ------------------------------------------------------------------------------------------------------
def test_that_a_crowd_seen_whole_is_fine() -> None:
    assert covered(site(CROWD, camera(0, 0), layers=(FAR_HOUSE,))) == []


def test_that_a_house_before_the_camera_leaves_its_shadow_unseen() -> None:
    house = layer("buildings", shapely.box(-30, 10, 0, 12))
    (finding,) = covered(site(CROWD, camera(0, 0), layers=(house,)))
    assert finding.measured == pytest.approx(200.0, abs=0.5), "the western half lies behind the house"
    assert finding.severity == "minor"
    assert finding.shape is not None
    assert finding.shape.equals(shapely.box(-10, 20, 0, 40)) or finding.shape.area == pytest.approx(200.0, abs=0.5)


def test_that_a_low_house_is_looked_over_from_a_mast() -> None:
    low = layer("buildings", shapely.box(-30, 5, 0, 6), height=[3.0])
    assert covered(site(CROWD, camera(0, 0, mast=8.0), layers=(low,))) == []
    unknown = layer("buildings", shapely.box(-30, 5, 0, 6), height=[None])
    (finding,) = covered(site(CROWD, camera(0, 0, mast=8.0), layers=(unknown,)))
    assert any("Height unknown for 1 of 1" in str(line) for line in finding.why)


@pytest.mark.parametrize(("task", "gap"), [("monitor", 0), ("detect", 0), ("observe", 400), ("none", 0)])
def test_that_the_area_says_for_what_it_must_be_seen(task: str, gap: float) -> None:
    kind, shape, values = CROWD
    findings = covered(site((kind, shape, {**values, "camera_task": task}), camera(0, 0), layers=(FAR_HOUSE,)))
    assert sum(each.measured or 0 for each in findings) == pytest.approx(gap, rel=0.2, abs=1.0)


def test_that_a_camera_more_never_lowers_coverage() -> None:
    house = layer("buildings", shapely.box(-30, 10, 0, 12))
    one = covered(site(CROWD, camera(0, 0), layers=(house,)))
    two = covered(site(CROWD, camera(0, 0), camera(-20, 30, azimuth=90.0), layers=(house,)))
    assert sum(each.measured or 0 for each in two) < sum(each.measured or 0 for each in one)


def test_that_without_any_camera_it_is_said_and_no_more() -> None:
    (finding,) = covered(site(CROWD, layers=(FAR_HOUSE,)))
    assert finding.severity == "info"
    assert "No camera looks at K1" in str(finding.text)


def test_that_without_buildings_it_says_it_could_not_look() -> None:
    scene = site(CROWD, camera(0, 0))
    status, _ = check_subject(camera_coverage.CHECK, scene, scene.of("crowd_area")[0])
    assert status.state == "unchecked"
    assert "building" in str(status.reason)


def test_that_a_solid_hoarding_hides_and_a_fence_does_not() -> None:
    line = shapely.LineString([(-30, 15), (0, 15)])
    fence = ("cordon", line, {"see_through": True, "height": 2.0})
    hoarding = ("cordon", line, {"see_through": False, "height": 2.0})
    assert covered(site(CROWD, camera(0, 0), fence, layers=(FAR_HOUSE,))) == []
    (finding,) = covered(site(CROWD, camera(0, 0), hoarding, layers=(FAR_HOUSE,)))
    assert finding.measured == pytest.approx(200.0, abs=0.5)


def test_that_what_is_not_known_about_a_camera_is_said() -> None:
    scene = site(CROWD, camera(0, 0, hfov=None, azimuth=180.0), layers=(FAR_HOUSE,))
    (finding,) = covered(scene)
    said = " ".join(str(line) for line in finding.why)
    assert "field of view of V1 is not known: 90 degrees" in said
    assert "near blind zone of V1 is not known" in said
    inside = layer("buildings", shapely.box(-10, -10, 10, 10))
    (finding,) = covered(site(CROWD, camera(0, 0), layers=(inside,)))
    assert any("stands inside a building" in str(line) for line in finding.why)


# -- privacy -------------------------------------------------------------------------------------------------------
def privacy(*things: Any, layers: tuple[Layer, ...]) -> list[Finding]:
    return found(camera_privacy.CHECK, site(*things, layers=layers))


SHARP = {"vfov": 40.0, "tilt": 10.0, "mast": 6.0}


@pytest.mark.parametrize("word", ["apartments", "Жилой дом", "hospital", "школа", "mosque"])
def test_that_a_sensitive_facade_in_the_field_gets_a_mask(word: str) -> None:
    homes = layer("buildings", shapely.box(-20, 40, 20, 60), kind=[word])
    (finding,) = privacy(camera(0, 0, **SHARP), layers=(homes,))
    assert finding.measured == pytest.approx(3840 / 80, rel=0.01), "48 px/m at 40 m"
    mask = finding.evidence[0].shape
    assert homes.shapes[0].contains(mask.centroid)
    assert mask.area == pytest.approx(40.0, rel=0.1), "the seen façade, one metre deep"


def test_that_an_office_or_homes_out_of_the_field_or_far_are_no_conflict() -> None:
    office = layer("buildings", shapely.box(-20, 40, 20, 60), kind=["office"])
    behind = layer("buildings", shapely.box(-20, -60, 20, -40), kind=["apartments"])
    far = layer("buildings", shapely.box(-20, 90, 20, 99), kind=["apartments"])
    for each in (office, behind, far):
        assert privacy(camera(0, 0, **SHARP), layers=(each,)) == []


def test_that_homes_behind_another_house_are_not_watched() -> None:
    both = layer("buildings", shapely.box(-5, 40, 5, 60), shapely.box(-40, 20, 40, 22), kind=["apartments", "office"])
    assert privacy(camera(0, 0, **SHARP), layers=(both,)) == []


def test_that_a_building_is_a_clinic_when_a_clinic_is_in_it() -> None:
    house = layer("buildings", shapely.box(-20, 40, 20, 60), kind=[None])
    clinic = layer("points", shapely.Point(5, 55), kind=["clinic"], name=["City clinic"])
    (finding,) = privacy(camera(0, 0, **SHARP), layers=(house, clinic))
    assert "City clinic" in str(finding.text)
    assert privacy(camera(0, 0, **SHARP), layers=(house,)) == []


def test_that_a_school_yard_counts_by_its_ground() -> None:
    yard = layer("areas", shapely.box(-5, 30, 5, 40), kind=["school"])
    (finding,) = privacy(camera(0, 0, **SHARP), layers=(yard,))
    assert finding.shape is not None
    assert finding.shape.area == pytest.approx(100.0, rel=0.01)


def test_that_identification_needs_an_approved_zone() -> None:
    office = layer("buildings", shapely.box(90, 90, 99, 99), kind=["office"])
    near = camera(0, 0, vfov=90.0, tilt=40.0, mast=3.0)
    (finding,) = privacy(near, layers=(office,))
    reach = math.sqrt((3840 / 500) ** 2 - 1.5**2)
    assert finding.measured == pytest.approx(math.pi * reach**2 / 4, rel=0.05)
    scene = site(("perimeter", shapely.box(-20, -20, 20, 20), {"name": "A"}), layers=(office,))
    zone = scene.plan.of("perimeter")[0].id
    plan = BY_NAME["add"](scene.plan, kind="camera", shape=near[1], values={**near[2], "approved_zone": [zone]})
    assert found(camera_privacy.CHECK, Site(plan, scene.layers, scene.rules)) == []


# -- notice --------------------------------------------------------------------------------------------------------
PERIMETER = ("perimeter", SQUARE, {"name": "A"})
GATE = ("gate", shapely.LineString([(28, 0), (32, 0)]), {"name": "G1", "use": "people"})
BOTH = {"text_ky": "Видеокөзөмөл жүрүүдө", "text_ru": "Ведётся видеонаблюдение"}


def notices(*things: Any) -> list[Finding]:
    return found(camera_notice.CHECK, site(*things))


def test_that_a_gate_into_a_watched_place_needs_a_notice() -> None:
    (finding,) = notices(PERIMETER, GATE, camera(30, 30))
    assert "G1" in str(finding.text)
    assert finding.severity == "minor"
    assert notices(PERIMETER, GATE, camera(30, 30), ("sign", shapely.Point(35, -5), BOTH)) == []
    assert len(notices(PERIMETER, GATE, camera(30, 30), ("sign", shapely.Point(60, -5), BOTH))) == 1
    assert len(notices(PERIMETER, GATE, camera(30, 30), ("sign", shapely.Point(35, -5), {"purpose": "other"}))) == 1


def test_that_gates_for_vehicles_and_gates_elsewhere_ask_for_nothing() -> None:
    vehicles = ("gate", GATE[1], {"name": "G1", "use": "vehicles"})
    (finding,) = notices(PERIMETER, vehicles, camera(30, 30))
    assert "no gate leads" in str(finding.text)


def test_that_the_offered_notice_mends_it_but_for_its_texts() -> None:
    scene = site(PERIMETER, GATE, camera(30, 30))
    (finding,) = found(camera_notice.CHECK, scene)
    fix = finding.fixes[0]
    plan = BY_NAME[fix.edit](scene.plan, **fix.args)
    (left,) = found(camera_notice.CHECK, Site(plan, scene.layers, scene.rules))
    assert left.severity == "info"
    assert "lacks its text" in str(left.text)


@pytest.mark.parametrize(
    ("days", "severity", "words"),
    [(None, "minor", "not written down"), (30, "info", "the law asks for 90"), (90, "", ""), (0, "", "")],
)
def test_that_the_time_recordings_are_kept_is_asked_for(days: int | None, severity: str, words: str) -> None:
    findings = notices(PERIMETER, GATE, camera(30, 30, retention=days), ("sign", shapely.Point(35, -5), BOTH))
    assert [each.severity for each in findings] == ([severity] if severity else [])
    assert all(words in str(each.text) for each in findings)
