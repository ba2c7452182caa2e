"""The sample plan file: what its sources say, opened as users open it, with the findings it was built to have."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sample_data import make_plan
from venueplanner.app import documents
from venueplanner.app.places import sample_plan
from venueplanner.cli.main import main as venueplanner

SAMPLE = Path(__file__).parents[2] / "sample_data"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plan = tmp_path_factory.mktemp("sample") / "festival.gpkg"
    make_plan.make(plan)
    return plan


def findings_of(plan: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, Any]]]:
    code = venueplanner(["check", str(plan), "--json"])
    return code, json.loads(capsys.readouterr().out)["findings"]


def test_that_the_kept_plan_is_what_its_sources_make_today(fresh: Path) -> None:
    made = documents.open_session(fresh, to_change=False)
    kept = documents.open_session(sample_plan(), to_change=False)
    assert sample_plan() == SAMPLE / "festival.gpkg"
    assert {**kept.plan.facts, "made": ""} == {**made.plan.facts, "made": ""}
    assert set(kept.plan.features) == set(made.plan.features)
    for key, feature in made.plan.features.items():
        there = kept.plan.features[key]
        assert dict(there.values) == dict(feature.values), feature.name
        assert (there.shape is None) == (feature.shape is None), feature.name
        assert there.shape is None or there.shape.equals_exact(feature.shape, 0.001), feature.name
    sizes = {layer.name: (layer.role, len(layer)) for layer in made.layers.values()}
    assert {layer.name: (layer.role, len(layer)) for layer in kept.layers.values()} == sizes
    sources = {record.source: record.sha256 for record in made.plan.layers.values()}
    assert {record.source: record.sha256 for record in kept.plan.layers.values()} == sources


def test_that_every_town_file_is_recognised_for_what_it_is(fresh: Path) -> None:
    session = documents.open_session(fresh, to_change=False)
    roles = {record.name: record.role for record in session.plan.layers.values()}
    assert roles == {
        "streets": "streets", "buildings": "buildings", "areas": "areas", "water": "water", "walls": "walls",
        "rails": "rails", "points": "points", "furniture": "other",
    }  # fmt: skip
    assert all("OpenStreetMap" in record.attribution for record in session.plan.layers.values())
    assert all(not record.set_aside for record in session.plan.layers.values())


def test_that_the_checks_find_the_three_leaks_and_no_other(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, findings = findings_of(fresh, capsys)
    assert code == 1
    names = {each["id"]: each["properties"]["name"] for each in _source()}
    serious = [each for each in findings if each["severity"] != "info"]
    gaps = {
        frozenset(names[key] for key in each["features"]) - {"A1 Railway Square"}: each["measured"]
        for each in serious
        if each["check"] == "coverage-gap"
    }
    assert gaps == {
        frozenset({"B8", "B9"}): pytest.approx(2.40, abs=0.01),
        frozenset({"B6"}): pytest.approx(1.90, abs=0.01),
    }
    grave = ("critical", "major")
    approaches = [each for each in serious if each["check"] == "vehicle-approach" and each["severity"] in grave]
    weak = {names[key] for each in approaches for key in each["features"]} - {"A1 Railway Square"}
    assert weak == {"B5"}, "only the unrated blocks may be named as too weak"
    assert all(each["measured"] > 50.0 for each in approaches)


def test_that_the_plan_file_names_no_place_of_the_machine_it_was_made_on() -> None:
    for path in [SAMPLE / "festival.gpkg", *(SAMPLE / "festival.city").iterdir()]:
        content = path.read_bytes()
        for trace in (str(SAMPLE.parent).encode(), b"/tmp/", b"/home/", b"/" + b"root/"):
            assert trace not in content, f"{path.name} holds {trace!r}"


def _source() -> list[dict[str, Any]]:
    features: list[dict[str, Any]] = json.loads((SAMPLE / "festival.geojson").read_text(encoding="utf-8"))["features"]
    return features
