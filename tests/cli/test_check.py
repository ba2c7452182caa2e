"""From nothing to findings: figures known beforehand, geometry where it should be, a state for every check."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
import shapely

from venueplanner.domain.rules import Rule

from .scenes import SQUARE, Run, closed_but_for, dead_end, degrees, geojson, row, shapefile

METRE = 1 / 111_000  # degrees of latitude; of longitude a metre is more here
MUST_SAY = {
    "check",
    "severity",
    "text",
    "measured",
    "threshold",
    "unit",
    "rule",
    "source",
    "features",
    "geometry",
}


def same_place(found: Any, wanted: Any, metres: float = 0.05) -> bool:
    there = shapely.geometry.shape(found)
    return bool(there.hausdorff_distance(degrees(wanted)) < metres * METRE)


def gaps(report: Any) -> list[Any]:
    return [each for each in report["findings"] if each["check"] == "coverage-gap"]


@pytest.mark.parametrize("width", [1.3, 1.65, 2.4, 6.0])
def test_that_a_gap_between_two_barriers_is_measured_to_the_millimetre(
    run: Run, plan: Path, tmp_path: Path, width: float
) -> None:
    assert run("add", plan, geojson(tmp_path / "f.geojson", *closed_but_for(width))).code == 0
    said = run("check", plan, "--only", "coverage-gap", "--json")
    (gap,) = gaps(said.json)
    assert gap["measured"] == pytest.approx(width, abs=0.001)
    assert (gap["threshold"], gap["unit"], gap["rule"]) == (1.2, "m", "coverage.limit")
    assert gap["severity"] == ("critical" if width > 1.6501 else gap["severity"])
    assert said.code == said.json["exit_code"] == 1
    assert f"Gap of {width:.2f} m between Vehicle barrier B1 and Vehicle barrier B2:" in gap["text"]


def test_that_a_gap_no_wider_than_the_rule_allows_is_no_finding(run: Run, plan: Path, tmp_path: Path) -> None:
    run("add", plan, geojson(tmp_path / "f.geojson", *closed_but_for(1.19)))
    said = run("check", plan, "--only", "coverage-gap", "--json")
    assert (said.code, said.json["findings"]) == (0, [])
    (state,) = said.json["states"]
    assert (state["check"], state["state"], state["reason"]) == ("coverage-gap", "fine", "")


def test_that_the_gap_is_drawn_where_it_is_in_wgs84(run: Run, plan: Path, tmp_path: Path) -> None:
    run("add", plan, geojson(tmp_path / "f.geojson", *closed_but_for(2.4)))
    (gap,) = gaps(run("check", plan, "--json").json)
    assert set(gap) >= MUST_SAY
    middle = shapely.geometry.shape(gap["geometry"]).centroid
    assert middle.distance(degrees(shapely.Point(30, 0))) < 0.5 * METRE
    (lon, lat), *_ = gap["geometry"]["coordinates"]
    assert 74 < lon < 75 < 90
    assert 42 < lat < 43
    assert same_place(gap["geometry"], shapely.LineString([(28.8, 0), (31.2, 0)]), metres=0.5)


@pytest.mark.parametrize("length", [60.0, 120.0, 200.0])
@pytest.mark.parametrize(("vehicle", "acceleration"), [("M1", 3.2), ("N3C", 1.25)])
def test_that_a_street_from_a_dead_end_gives_the_speed_of_its_length(
    run: Run, plan: Path, tmp_path: Path, length: float, vehicle: str, acceleration: float
) -> None:
    assert run("import", plan, dead_end(tmp_path / "city", length)).code == 0
    run("add", plan, geojson(tmp_path / "f.geojson", row("perimeter", SQUARE, name="A", vehicle_class=vehicle)))
    said = run("check", plan, "--only", "vehicle-approach", "--json")
    (found,) = (each for each in said.json["findings"] if "Тупик Айтматова" in each["text"])
    assert found["measured"] == pytest.approx(math.sqrt(2 * acceleration * length) * 3.6, rel=0.001)
    assert found["unit"] == "km/h"
    route = shapely.geometry.shape(found["geometry"])
    assert route.distance(degrees(shapely.Point(-length / 2, 30))) < 4.5 * METRE


def test_that_every_finding_names_its_rule_source_and_features_of_the_plan(
    run: Run, plan: Path, tmp_path: Path
) -> None:
    shapefile(tmp_path / "city", "ulitsy", shapely.LineString([(-100, 30), (10, 30)]), NAME=["Чүй"])
    run("import", plan, tmp_path / "city")
    rows = [{**each, "id": f"id-{number}"} for number, each in enumerate(closed_but_for(2.4))]
    run("add", plan, geojson(tmp_path / "f.geojson", *rows))
    report = run("check", plan, "--json").json
    assert {each["check"] for each in report["findings"]} >= {"coverage-gap", "vehicle-approach"}
    for each in report["findings"]:
        assert each["source"]
        assert each["rule"]
        assert set(each["features"]) <= {"id-0", "id-1", "id-2"}
        assert each["subject"] in each["features"]
    states = {state["check"]: state["state"] for state in report["states"]}
    assert (states["coverage-gap"], states["vehicle-approach"]) == ("findings", "findings")
    assert set(states) == {each["id"] for each in run("checks", "--json").json}


def test_that_what_cannot_be_checked_is_said_and_is_exit_code_2(run: Run, plan: Path, tmp_path: Path) -> None:
    run("add", plan, geojson(tmp_path / "f.geojson", *closed_but_for(1.0)))
    said = run("check", plan, "--json")
    states = {each["check"]: (each["state"], each["reason"]) for each in said.json["states"]}
    assert said.code == 2
    assert states["coverage-gap"] == ("fine", "")
    assert states["vehicle-approach"] == ("unchecked", "no street layer")
    assert "vehicle-approach · Square: not checked: no street layer" in run("check", plan).out


def test_that_an_empty_plan_is_never_all_clear(run: Run, plan: Path) -> None:
    said = run("check", plan, "--json")
    assert said.code == 2
    states = {each["check"]: each["state"] for each in said.json["states"]}
    assert set(states.values()) == {"unchecked", "idle"}
    assert states["coverage-gap"] == states["vehicle-approach"] == "unchecked"
    assert states["camera-coverage"] == "idle", "a plan without cameras has nothing to check there"


def test_that_checking_changes_no_byte_of_the_plan(run: Run, plan: Path, tmp_path: Path) -> None:
    run("add", plan, geojson(tmp_path / "f.geojson", *closed_but_for(2.4)))
    before, names = plan.read_bytes(), sorted(plan.parent.iterdir())
    for words in (["check", plan, "--json"], ["check", plan], ["info", plan], ["info", plan, "--json"]):
        run(*words)
    assert plan.read_bytes() == before
    assert sorted(plan.parent.iterdir()) == names


def test_that_a_phase_is_checked_as_it_stands_then(run: Run, plan: Path, tmp_path: Path) -> None:
    perimeter, first, second = closed_but_for(1.0)
    second["properties"]["phases"] = ["Evening"]
    rows = [row("phase", name="Day"), row("phase", name="Evening"), perimeter, first, second]
    run("add", plan, geojson(tmp_path / "f.geojson", *rows))
    only = ("--only", "coverage-gap")
    assert run("check", plan, *only, "--phase", "Evening").code == 0
    day = run("check", plan, *only, "--phase", "Day", "--json")
    assert day.code == 1
    assert max(each["measured"] for each in day.json["findings"]) == pytest.approx(30.5, abs=1.0)


def test_that_one_and_several_rated_barriers_are_said_grammatically(run: Run, plan: Path, tmp_path: Path) -> None:
    rated = {"rating": "V/7200[N3C]/80/90:1.1", "as_tested": True, "module_width": 1.0}
    west = [shapely.LineString([(0, -1), (0, 30)]), shapely.LineString([(0, 30), (0, 61)])]
    run("import", plan, dead_end(tmp_path / "city", 60.0))
    rows = [row("barrier", line, name=f"B{number}", **rated) for number, line in enumerate(west, start=1)]
    run("add", plan, geojson(tmp_path / "f.geojson", row("perimeter", SQUARE, name="A"), *rows))
    said = run("check", plan, "--only", "vehicle-approach")
    assert "; rated for it: B" in said.out
    assert " is rated for it" not in said.out
    assert "; защита на это рассчитана: B" in run("--language", "ru", "check", plan).out
    assert "; ага ылайыкталганы: B" in run("--language", "ky", "check", plan).out


def test_that_the_plans_own_rule_value_is_the_one_used(run: Run, plan: Path, tmp_path: Path) -> None:
    from venueplanner.app import commands, documents

    run("add", plan, geojson(tmp_path / "f.geojson", *closed_but_for(2.4)))
    session = documents.open_session(plan)
    commands.override_rule(session, "coverage.limit", "2.5")
    documents.save(session)
    assert isinstance(session.rules["coverage.limit"], Rule)
    assert run("check", plan, "--only", "coverage-gap").code == 0
