"""The commands of the step Organise."""

from __future__ import annotations

from pathlib import Path

import shapely

from .scenes import Run, geojson, row


def test_that_the_usual_tasks_are_added_once_and_shown_as_a_matrix(run: Run, plan: Path) -> None:
    assert "no tasks yet" in run("roles", plan).out
    first = run("roles", plan, "--add-usual", "--json").json
    again = run("roles", plan, "--add-usual", "--json").json
    assert len(first["tasks"]) == len(again["tasks"]) == 18
    assert {each["id"] for each in first["tasks"]} == {each["id"] for each in again["tasks"]}
    names = {each["id"]: each["name"] for each in first["stakeholders"]}
    command = next(each for each in first["tasks"] if each["name"] == "Incident command")
    assert {names[key]: cell for key, cell in command["roles"].items()}["Police and interior ministry"] == "A"
    assert any("has no contact" in each["text"] for each in first["findings"])


def test_that_the_usual_tasks_are_said_in_the_language(run: Run, plan: Path) -> None:
    assert "Оценка рисков" in run("roles", plan, "--add-usual", "--language", "ru").out


def test_that_a_threat_judgement_is_taken_in_and_named_in_the_register(run: Run, plan: Path, tmp_path: Path) -> None:
    file = tmp_path / "threat.json"
    file.write_text('{"issued_by": "GUVD", "version": "3", "date": "2027-08-01", "level": "High", "text": "t"}')
    assert run("risks", plan).out.startswith("No threat judgement")
    assert "version 3 of GUVD" in run("threat", plan, file).out
    found = run("risks", plan, "--json").json
    assert found["threat_judgement"]["version"] == "3"
    assert run("threat", plan, tmp_path / "none.json").code == 4


def test_that_a_gate_left_open_is_named_with_its_hours(run: Run, plan: Path, tmp_path: Path) -> None:
    assert "no phases yet" in run("phases", plan).out
    phase, gate = "6b1a6a0e-0000-4000-8000-000000000001", shapely.LineString([(0, 0), (4, 0)])
    rows = [
        {**row("phase", name="Lunch", start="2027-08-28T14:00", end="2027-08-28T15:30"), "id": phase},
        row("gate", gate, name="G3", state="open", phases=[phase]),
    ]
    assert run("add", plan, geojson(tmp_path / "rows.geojson", *rows)).code == 0
    assert "14:00–15:30: gate G3 is open and nobody guards it." in run("phases", plan).out
    found = run("phases", plan, "--json").json
    assert [each["name"] for each in found["phases"]] == ["Lunch"]
    (records,) = [each for each in found["checks"] if each["check"] == "restriction-record"]
    assert records["cells"][0]["state"] == "fine", "an open gate keeps nobody out"
