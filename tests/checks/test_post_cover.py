"""Posts along perimeters and cordons: lengths known beforehand, who counts, which neighbours connect."""

from __future__ import annotations

from typing import Any

import pytest
import shapely

from venueplanner.app.inspector import check_subject
from venueplanner.checks import post_cover
from venueplanner.domain.check import Check, Finding
from venueplanner.domain.site import Layer

from .scenes import layer, site

FAR_HOUSE = layer("buildings", shapely.box(900, 900, 910, 910))
LINE = shapely.LineString([(0, 0), (100, 0)])


def post(x: float, y: float, reach: float | None, name: str = "P1") -> tuple[str, Any, dict[str, Any]]:
    return ("post", shapely.Point(x, y), {"name": name, "range": reach})


def cordon(**values: Any) -> tuple[str, Any, dict[str, Any]]:
    return ("cordon", LINE, {"name": "C1", **values})


def found(*things: Any, check: Check = post_cover.CORDONS, layers: tuple[Layer, ...] = (FAR_HOUSE,)) -> list[Finding]:
    scene = site(*things, layers=layers)
    (subject,) = scene.of(check.subject)
    status, findings = check_subject(check, scene, subject)
    assert status.state == ("findings" if findings else "fine"), status.reason
    return list(findings)


@pytest.mark.parametrize(("reach", "alone"), [(30.0, 40.0), (45.0, 10.0), (None, 0.0)])
def test_that_a_post_owns_what_it_sees(reach: float | None, alone: float) -> None:
    findings = found(cordon(), post(50, 0, reach))
    assert sum(each.measured or 0 for each in findings) == pytest.approx(alone, abs=0.3)
    assert all(each.severity == "major" for each in findings)


def test_that_nobody_there_is_said() -> None:
    (finding,) = found(cordon())
    assert "no post is within sight" in str(finding.text)
    assert finding.measured == pytest.approx(100.0)
    assert found(cordon(), post(50, 0, 0.0))[0].measured == pytest.approx(100.0), "range 0: it does not watch"


def test_that_a_line_of_people_watches_itself() -> None:
    assert found(cordon(means="people")) == []


def test_that_a_house_in_the_way_leaves_its_shadow_alone() -> None:
    house = layer("buildings", shapely.box(45, 5, 55, 10))
    (finding,) = found(cordon(), post(50, 20, 80), layers=(house,))
    # From 10 m above its far side, past the corners 5 m off at 10 m: 10 m to each side at 20 m.
    assert finding.measured == pytest.approx(20.0, abs=0.3)


def test_that_neighbours_see_each_other_or_stand_near() -> None:
    wall = layer("buildings", shapely.box(50, 1, 51, 30))
    seen = (cordon(), post(10, 5, 60, "P1"), post(90, 5, 60, "P2"))
    assert found(*seen) == []
    (finding,) = found(*seen, layers=(wall,))
    assert finding.severity == "minor"
    assert finding.measured == pytest.approx(80.0)
    assert finding.threshold == 50.0
    near = (cordon(), post(30, 5, 80, "P1"), post(70, 5, 80, "P2"))
    assert found(*near, layers=(wall,)) == []


def test_that_the_guards_of_a_gate_see_their_gate_and_buildings_need_nobody() -> None:
    perimeter = ("perimeter", shapely.box(0, 0, 40, 40), {"name": "A"})
    gate = ("gate", shapely.LineString([(10, 0), (20, 0)]), {"state": "guarded", "guards": 2})
    house = layer("buildings", shapely.box(-5, 30, 45, 45))
    (alone,) = found(perimeter, check=post_cover.CHECK)
    (guarded,) = found(perimeter, gate, check=post_cover.CHECK)
    (built,) = found(perimeter, check=post_cover.CHECK, layers=(house,))
    assert alone.measured == pytest.approx(160.0)
    assert guarded.measured == pytest.approx(150.0, abs=1.1)
    assert built.measured == pytest.approx(100.0, abs=0.3)
    locked = ("gate", gate[1], {"state": "locked", "guards": 2})
    assert found(perimeter, locked, check=post_cover.CHECK)[0].measured == pytest.approx(160.0)


def test_that_the_ring_is_closed_when_neighbours_are_asked() -> None:
    perimeter = ("perimeter", shapely.box(0, 0, 100, 100), {"name": "A"})
    posts = [post(x, y, 80, f"P{x}{y}") for x, y in ((1, 1), (99, 1), (99, 99), (1, 99))]
    assert found(perimeter, *posts, check=post_cover.CHECK) == []
    block = layer("buildings", shapely.box(-20, 45, 40, 55))
    names = [str(each.text) for each in found(perimeter, *posts, check=post_cover.CHECK, layers=(block,))]
    assert any("P11" in name and "P199" in name and "do not see each other" in name for name in names)
