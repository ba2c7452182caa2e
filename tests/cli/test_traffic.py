"""The command `traffic`: ways round, access and fire engines, as text and as JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapely.geometry import LineString, box

from .scenes import SQUARE, Run, geojson, row, shapefile


@pytest.fixture
def town(run: Run, plan: Path, tmp_path: Path) -> Path:
    """A grid of streets, a fire station, a house on a street that is closed, and a perimeter."""
    folder = tmp_path / "city"
    lines = [LineString([(-100, y), (200, y)]) for y in (-100, 100, 200)]
    lines += [LineString([(x, -100), (x, 200)]) for x in (-100, 100, 200)]
    shapefile(folder, "ulitsy", *lines, NAME=[f"S{n}" for n in range(6)], KLASS=["residential"] * 6)
    shapefile(folder, "zdaniya", box(-90, 206, -70, 216), box(20, 104, 40, 110), VID=["fire_station", "house"])
    assert run("import", plan, folder).code == 0
    rows = [row("perimeter", SQUARE, name="A"), row("closure", LineString([(10, 100), (60, 100)]), name="L1")]
    assert run("add", plan, geojson(tmp_path / "plan.geojson", *rows)).code == 0
    return plan


def test_that_the_ways_round_are_told_with_metres_and_minutes(run: Run, town: Path) -> None:
    said = run("traffic", town)
    assert said.code == 0
    assert "Closure L1: 50 m of street" in said.out
    assert said.out.count("more round it") == 6
    assert "On the closed stretch: 1 homes." in said.out
    assert "min before" in said.out


def test_that_the_figures_and_routes_are_there_as_json(run: Run, town: Path) -> None:
    found = run("traffic", town, "--closure", "L1", "--json").json
    (closure,) = found["closures"]
    first = closure["detours"][0]
    assert first["more_m"] == pytest.approx(200, abs=1)
    assert first["after"]["type"] == "LineString"
    assert 70 < first["after"]["coordinates"][0][0] < 80
    assert {each["purpose"] for each in closure["signs"]} == {"closed", "advance", "detour"}
    (perimeter,) = found["perimeters"]
    assert perimeter["disjoint_ways"] == 2
    assert perimeter["engines"][0]["before_min"] > 0


def test_that_an_unknown_closure_is_named_with_those_there_are(run: Run, town: Path) -> None:
    said = run("traffic", town, "--closure", "L9")
    assert said.code == 8
    assert "L9" in said.err
    assert "L1" in said.err


def test_that_without_streets_the_command_says_what_to_add(run: Run, plan: Path) -> None:
    said = run("traffic", plan)
    assert said.code == 4
    assert "streets" in said.err
