"""`crowd`: net areas, capacities, time to leave and routes of a plan made on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from .scenes import Run, degrees, geojson, row

AREA = shapely.box(10, 10, 90, 90)


@pytest.fixture
def crowded(run: Run, plan: Path, tmp_path: Path) -> Path:
    """A square of 100 m with 4000 people, four exits of 5 m and a stage."""
    rows = [
        row("perimeter", shapely.box(0, 0, 100, 100), name="A"),
        row("crowd_area", AREA, name="Main", people=4000),
        row("note", shapely.box(10, 80, 90, 90), name="Stage", takes_ground=True),
        *(row("exit", shapely.Point(at), name=name, width=5.0)
          for name, at in zip("NESW", ((50, 100), (100, 50), (50, 0), (0, 50)), strict=True)),
    ]  # fmt: skip
    assert run("add", plan, geojson(tmp_path / "f.geojson", *rows)).code == 0
    return plan


def test_that_the_figures_are_those_of_the_formulas(run: Run, crowded: Path) -> None:
    said = run("crowd", crowded, "--json").json
    (area,) = said["areas"]
    assert area["net_m2"] == pytest.approx(80 * 70, abs=8)  # the plan's metres are not the scene's to a hair
    assert area["density"] == pytest.approx(4000 / 5600, rel=0.002)
    (group,) = said["gatherings"]
    assert group["capacity"]["guide"] == {"all": 13120, "without_largest": 9840}
    assert group["capacity"]["observed"] == {"all": 9600, "without_largest": 7200}
    assert [each["capacity_without"] for each in group["exits"]] == [7200] * 4
    assert sum(each["people"] for each in group["exits"]) == pytest.approx(4000, abs=3)
    assert 4000 / 20 / 60 <= group["clearance_min"] <= 4000 / 20 / 60 + 110 / 1.2 / 60
    assert "walkable" not in group


def test_that_routes_are_in_degrees_and_lead_from_the_area_to_the_exit(run: Run, crowded: Path) -> None:
    (group,) = run("crowd", crowded, "--json").json["gatherings"]
    area = degrees(AREA.buffer(1))
    for each in group["exits"]:
        route = shape(each["route"])
        assert area.contains(shapely.Point(route.coords[0]))
        assert shape(each["opening"]).distance(shapely.Point(route.coords[-1])) < 2e-5


def test_that_the_walkable_ground_can_be_handed_on(run: Run, crowded: Path) -> None:
    (group,) = run("crowd", crowded, "--area", "Main", "--walkable", "--json").json["gatherings"]
    ground = shape(group["walkable"]["ground"])
    assert ground.is_valid
    assert ground.area == pytest.approx(160 * 160 - 800, rel=0.01)
    assert len(group["walkable"]["exits"]) == 4


def test_that_the_text_says_the_same_in_every_language(run: Run, crowded: Path) -> None:
    assert "7200 without the largest" in run("crowd", crowded).out
    assert "7200 без самого большого" in run("crowd", crowded, "--language", "ru").out
    assert "эң чоңу жок 7200" in run("crowd", crowded, "--language", "ky").out


def test_that_an_unknown_area_or_phase_is_named_with_what_there_is(run: Run, crowded: Path) -> None:
    said = run("crowd", crowded, "--area", "Nowhere")
    assert said.code == 8
    assert "Main" in said.err
    assert run("crowd", crowded, "--phase", "Nowhere").code == 8
