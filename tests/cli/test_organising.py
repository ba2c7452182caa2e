"""The commands of the step Organise."""

from __future__ import annotations

from pathlib import Path

from .scenes import Run


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
