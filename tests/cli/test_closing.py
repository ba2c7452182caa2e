"""`passage` and `cordon` on the command line: known figures, geometry in degrees, an answer put in the plan."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from .scenes import Run, closed_but_for, degrees, geojson, row, shapefile

CROWD = shapely.box(-20, -4, 20, 4).union(shapely.box(-2, -20, 2, 20))


@pytest.fixture
def crossing(run: Run, plan: Path, tmp_path: Path) -> Path:
    """A crowd at a crossing of streets 6 m wide (south, north) and 10 m wide (west, east), 30 to 60 m long."""
    folder = tmp_path / "city"
    shapefile(
        folder,
        "zdaniya",
        shapely.box(-60, 5, -3, 60),
        shapely.box(3, 5, 60, 60),
        shapely.box(3, -60, 60, -5),
        shapely.box(-60, -60, -3, -5),
        ETAZH=[2, 2, 2, 2],
    )
    way = shapely.LineString([(0, 0), (120, 0)])
    rows = [
        row("crowd_area", CROWD, name="K1"),
        row("emergency_route", way, name="E1"),
    ]
    assert run("add", plan, geojson(tmp_path / "crowd.geojson", *rows)).code == 0
    assert run("import", plan, folder).code == 0
    return plan


def test_that_the_widest_way_in_is_told_with_its_gap_and_route(run: Run, plan: Path, tmp_path: Path) -> None:
    assert run("add", plan, geojson(tmp_path / "x.geojson", *closed_but_for(2.4))).code == 0
    said = run("passage", plan, "--json")
    (perimeter,) = said.json["perimeters"]
    assert said.code == 1
    assert perimeter["width_m"] == pytest.approx(2.4, abs=1e-3)
    (gap,) = perimeter["gaps"]
    here = shapely.geometry.shape(gap["geometry"])
    assert here.distance(degrees(shapely.LineString([(28.8, 0), (31.2, 0)]))) < 1e-5  # a metre
    assert shapely.geometry.shape(gap["route"]).intersects(here.buffer(1e-7))
    assert {each["rule"]: each["gets_in"] for each in perimeter["classes"]} == {
        "passage.lorry": False,
        "passage.car": True,
        "passage.small_car": True,
        "coverage.limit": True,
    }
    text = run("passage", plan).out
    assert "2.40 m" in text
    assert "No building layer" in text


def test_that_a_closed_perimeter_has_exit_code_0_and_one_of_several_can_be_asked(
    run: Run, plan: Path, tmp_path: Path
) -> None:
    rows = [*closed_but_for(0.6), row("perimeter", shapely.box(300, 0, 340, 40), name="Bare")]
    assert run("add", plan, geojson(tmp_path / "x.geojson", *rows)).code == 0
    assert run("passage", plan, "--perimeter", "Square").code == 0
    assert run("passage", plan, "--perimeter", "Bare", "--json").json["perimeters"][0]["open"]
    assert run("passage", plan).code == 1
    assert run("passage", plan, "--perimeter", "Nowhere").code == 8


def test_that_both_objectives_are_answered_in_metres_and_closures(run: Run, crossing: Path) -> None:
    (answer,) = run("cordon", crossing, "--area", "K1", "--objective", "metres", "--json").json["answers"]
    assert answer["barrier_m"] == pytest.approx(32.0, abs=0.01)
    assert len(answer["closures"]) == 4
    assert all(None not in each["between"] for each in answer["closures"])
    (few,) = run("cordon", crossing, "--area", "K1", "--objective", "count", "--json").json["answers"]
    assert few["cost"] == 4
    assert "4" in run("cordon", crossing, "--area", "K1").out


def test_that_a_kept_way_becomes_a_gate_and_distance_is_kept(run: Run, crossing: Path) -> None:
    said = run("cordon", crossing, "--area", "K1", "--keep-open", "E1", "--stand-off", 20, "--json")
    (answer,) = said.json["answers"]
    assert answer["gates"] == 1
    assert answer["barrier_m"] == pytest.approx(28.0, abs=0.1)
    crowd = degrees(CROWD.buffer(19.8))
    assert not any(shapely.geometry.shape(each["geometry"]).intersects(crowd) for each in answer["closures"])


def test_that_an_accepted_answer_is_ordinary_features_and_then_nothing_is_left_to_close(
    run: Run, crossing: Path
) -> None:
    said = run("cordon", crossing, "--area", "K1", "--keep-open", "E1", "--accept", 1, "--json")
    assert said.code == 0
    assert len(said.json["accepted"]["features"]) == 6
    features = run("info", crossing, "--json").json["features"]
    assert (features["barrier"], features["gate"]) == (5, 1)
    again = run("cordon", crossing, "--area", "K1")
    assert "Nothing has to be closed" in again.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--area", "nobody"], 8),
        (["--area", "E1"], 8),
        (["--area", "K1", "--keep-open", "nobody"], 8),
        (["--area", "K1", "--stand-off", "-3"], 7),
        (["--area", "K1", "--stand-off", "nan"], 7),
        (["--area", "K1", "--accept", "9"], 8),
        (["--area", "K1", "--objective", "beauty"], 64),
        ([], 64),
    ],
)
def test_that_wrong_words_are_answered_with_a_sentence(run: Run, crossing: Path, words: list[str], code: int) -> None:
    said = run("cordon", crossing, *words)
    assert said.code == code
    assert said.err
