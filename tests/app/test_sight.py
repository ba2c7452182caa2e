"""Proposed posts and the report of a plan's sight: figures known beforehand, one step, the same as the checks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from tests.checks.scenes import layer, site
from venueplanner.app import documents, sight, sight_report
from venueplanner.app.inspector import check_subject
from venueplanner.app.language import Language
from venueplanner.app.session import Session
from venueplanner.checks import camera_coverage, post_cover
from venueplanner.cli.main import main as venueplanner
from venueplanner.domain.errors import UnknownName
from venueplanner.domain.site import Layer

FAR_HOUSE = layer("buildings", shapely.box(900, 900, 910, 910))
CORDON = ("cordon", shapely.LineString([(0, 0), (300, 0)]), {"name": "C1"})


def session_of(*things: Any, layers: tuple[Layer, ...] = (FAR_HOUSE,)) -> Session:
    scene = site(*things, layers=layers)
    plan = scene.plan.put("facts", {"crs": "EPSG:32643"})
    return Session(plan, scene.rules, layers=dict(scene.layers))


def test_that_the_first_posts_see_a_whole_range_each_and_the_last_the_rest() -> None:
    found = sight.suggest(session_of(CORDON), 9)
    assert [round(each.adds) for each in found] == [100, 100, 100]
    assert found[-1].watched == pytest.approx(300.0, abs=0.5)
    assert all(each.place.y == pytest.approx(0.0) for each in found)


def test_that_posts_already_there_are_counted() -> None:
    (first, *rest) = sight.suggest(session_of(CORDON, ("post", shapely.Point(50, 0), {"range": 50})), 9)
    assert first.adds == pytest.approx(100.0, abs=1.5)
    assert first.watched == pytest.approx(200.0, abs=1.5)
    assert len(rest) == 1


def test_that_nothing_is_proposed_where_nothing_is_missing_or_asked() -> None:
    assert sight.suggest(session_of(CORDON), 0) == []
    people = ("cordon", CORDON[1], {"name": "C1", "means": "people"})
    assert sight.suggest(session_of(people), 5) == []


def test_that_no_post_is_proposed_inside_a_building() -> None:
    house = layer("buildings", shapely.box(100, -20, 200, 20))
    found = sight.suggest(session_of(CORDON, layers=(house,)), 9)
    assert found
    assert not any(house.shapes[0].buffer(-0.01).contains(each.place) for each in found)
    assert found[-1].watched == pytest.approx(300.0, abs=2.5), "metres inside the building need nobody"


def test_that_accepting_is_one_step_back_and_forth_and_mends_the_finding() -> None:
    session = session_of(CORDON)
    before = session.plan
    proposals = sight.suggest(session, 9)
    sight.accept(session, proposals)
    names = [each.name for each in session.plan.of("post")]
    assert names == ["P1", "P2", "P3"]
    scene = session.site()
    _, findings = check_subject(post_cover.CORDONS, scene, scene.of("cordon")[0])
    assert findings == () or max(each.measured or 0 for each in findings if each.severity == "major") < 3.0
    session.undo()
    assert dict(session.plan.features) == dict(before.features)


def test_that_a_line_that_is_none_is_named() -> None:
    with pytest.raises(UnknownName, match="no perimeter or cordon"):
        sight.suggest(session_of(CORDON), 3, lines=["nonsense"])


def test_that_the_report_says_what_the_check_says() -> None:
    crowd = ("crowd_area", shapely.box(-10, 20, 10, 40), {"name": "K1"})
    camera = ("camera", shapely.Point(0, 0), {"name": "V1", "hfov": 90, "pixels": 3840, "mast": 1.5})
    house = layer("buildings", shapely.box(-30, 10, 0, 12))
    session = session_of(crowd, camera, layers=(house,))
    found = sight_report.report(session, Language("en"))
    (area,) = found["areas"]
    scene = session.site()
    _, (finding,) = check_subject(camera_coverage.CHECK, scene, scene.of("crowd_area")[0])
    assert area["area_m2"] - area["seen_m2"]["detect"] == pytest.approx(finding.measured, abs=0.2)
    assert area["seen_m2"]["monitor"] >= area["seen_m2"]["detect"] >= area["seen_m2"]["identify"]
    assert found["cameras"][0]["field"]["type"] in ("Polygon", "MultiPolygon")
    assert any("Height unknown" in each for each in found["assumptions"])
    assert "proposals" not in found


def test_that_the_command_line_proposes_and_takes_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "plan.gpkg"
    session = session_of(CORDON, layers=())
    documents.save(session, plan)
    assert venueplanner(["sight", str(plan), "--suggest", "2", "--accept", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [round(each["adds_m"]) for each in found["proposals"]] == [100, 100]
    assert found["lines"][0]["alone_m"] == pytest.approx(300.0)
    assert found["lines"][0]["owners"] == [{"post": None, "name": "", "from_m": 0.0, "to_m": 300.0}]
    assert len(documents.open_session(plan).plan.of("post")) == 2
    assert venueplanner(["sight", str(plan)]) == 0
    assert "Cordon C1: 100 of 300 m seen by no post" in capsys.readouterr().out
    assert venueplanner(["sight", str(plan), "--json"]) == 0
    owners = json.loads(capsys.readouterr().out)["lines"][0]["owners"]
    assert [each["name"] for each in owners] == ["P1", "P2", ""]
    assert [each["to_m"] for each in owners] == pytest.approx([100.0, 200.0, 300.0], abs=0.2)
