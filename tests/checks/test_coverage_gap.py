"""Coverage gaps: widths known beforehand, who fits, what counts as closing."""

from __future__ import annotations

import pytest
import shapely

from venueplanner.app.inspector import check_subject
from venueplanner.checks.coverage_gap import CHECK
from venueplanner.domain.check import Finding
from venueplanner.domain.site import Site

from .scenes import SQUARE, layer, site, wall_with_gap


def found(scene: Site) -> list[Finding]:
    (perimeter,) = scene.plan.of("perimeter")
    status, findings = check_subject(CHECK, scene, perimeter)
    assert status.state == ("findings" if findings else "fine")
    return list(findings)


@pytest.mark.parametrize("width", [1.21, 1.5, 2.4, 3.75, 9.0])
def test_that_a_gap_is_measured_as_wide_as_it_is(width: float) -> None:
    (finding,) = found(site(*wall_with_gap(width)))
    assert finding.measured == pytest.approx(width, abs=1e-6)
    assert finding.threshold == 1.2
    assert finding.severity == ("critical" if width >= 1.65 else "major")


@pytest.mark.parametrize("width", [0.0, 0.5, 1.2])
def test_that_a_gap_of_no_more_than_the_limit_is_none(width: float) -> None:
    assert found(site(*wall_with_gap(max(width, 1e-3)))) == []


@pytest.mark.parametrize(
    ("width", "who"), [(1.3, "motorcycle"), (1.55, "narrow car"), (2.0, "a car fits"), (2.5, "a van"), (3.0, "lorry")]
)
def test_that_the_sentence_says_who_fits(width: float, who: str) -> None:
    (finding,) = found(site(*wall_with_gap(width)))
    assert who in finding.text.say()


def test_that_a_building_closes_the_rest() -> None:
    house = layer("buildings", shapely.box(29 - 1.5, -5, 60, 1))
    assert found(site(*wall_with_gap(5.0), layers=(house,))) == []


def test_that_an_open_gate_closes_nothing_and_a_guarded_one_does() -> None:
    gate = shapely.LineString([(27.5, 0), (32.5, 0)])
    assert found(site(*wall_with_gap(5.0), ("gate", gate, {"state": "guarded"}))) == []
    (finding,) = found(site(*wall_with_gap(5.0), ("gate", gate, {"state": "open"})))
    assert finding.measured == pytest.approx(5.0)


def test_that_bollards_are_measured_between_faces() -> None:
    bollards = [("barrier", shapely.Point(27 + 1.5 * n, 0), {"module_width": 0.3}) for n in range(5)]
    assert found(site(*wall_with_gap(6.0), *bollards)) == []
    (finding, *_) = found(site(*wall_with_gap(6.0), *bollards[:2], *bollards[3:]))
    assert finding.measured == pytest.approx(2.7, abs=0.01)


def test_that_nothing_round_a_perimeter_is_one_open_line() -> None:
    (finding,) = found(site(("perimeter", SQUARE, {})))
    assert finding.measured == pytest.approx(240.0)
    assert "open all round" in finding.text.say()


def test_that_modules_too_far_apart_are_one_finding() -> None:
    line = shapely.LineString([(0, 0), (60, 0), (60, 60), (0, 60), (0, 0)])
    row = ("barrier", line, {"module_width": 1.0, "clear_gap": 1.5})
    findings = found(site(("perimeter", SQUARE, {}), row))
    assert min(each.measured or 0 for each in findings) == pytest.approx(1.5, abs=0.2)
    assert len(findings) < 12


def test_that_the_offered_fix_closes_the_gap() -> None:
    from venueplanner.edits import BY_NAME

    scene = site(*wall_with_gap(2.4))
    (finding,) = found(scene)
    fix = finding.fixes[0]
    plan = BY_NAME[fix.edit](scene.plan, **fix.args)
    assert found(Site(plan, scene.layers, scene.rules)) == []
