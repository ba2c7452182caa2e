"""What people read on the command line: three languages, the decimal comma, and a help that leaves nothing out."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest
import shapely

from venueplanner.app import packing
from venueplanner.cli.main import main, parser
from venueplanner.domain.fields import Choice

from .scenes import Run, closed_but_for, dead_end, geojson, row

CYRILLIC = re.compile("[А-Яа-яЁёҢңӨөҮү]")
COMMANDS = ("new", "import", "add", "check", "sight", "pack", "render", "info", "kinds", "checks", "open", "start")


@pytest.fixture
def gap(run: Run, plan: Path, tmp_path: Path) -> Path:
    run("add", plan, geojson(tmp_path / "f.geojson", *closed_but_for(2.4)))
    return plan


@pytest.mark.parametrize(("code", "words"), [("ru", "Разрыв|Зазор|Просвет"), ("ky", "Боштук|Ачык|Жылчык")])
def test_that_findings_are_said_in_the_language_with_a_comma(run: Run, gap: Path, code: str, words: str) -> None:
    said = run("--language", code, "check", gap)
    line = next(each for each in said.out.splitlines() if "B1" in each)
    assert "2,40" in line
    assert "2.40" not in line
    assert CYRILLIC.search(line)
    report = json.loads(run("--language", code, "check", gap, "--json").out)
    assert "2,40" in report["findings"][0]["text"]
    assert report["findings"][0]["measured"] == pytest.approx(2.4, abs=0.001)


def test_that_the_language_is_taken_before_and_behind_the_command_and_from_the_environment(
    run: Run, gap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run("--language", "ru", "check", gap).out
    assert run("check", gap, "--language", "ru").out == before
    assert run("check", gap).out != before
    monkeypatch.setenv("VENUEPLANNER_LANGUAGE", "ru")
    assert run("check", gap).out == before
    assert run("check", gap, "--language", "en").out != before
    monkeypatch.setenv("VENUEPLANNER_LANGUAGE", "tlh")
    assert "Gap of 2.40 m" in run("check", gap).out


@pytest.mark.parametrize("code", ["ru", "ky"])
def test_that_errors_are_said_in_the_language_with_a_comma(run: Run, plan: Path, tmp_path: Path, code: str) -> None:
    file = geojson(tmp_path / "f.geojson", row("gate", shapely.Point(0, 0), width=0.1))
    said = run("--language", code, "add", plan, file).err
    assert CYRILLIC.search(said.removeprefix("venueplanner: "))
    assert "0,3 м" in said
    assert "Nothing was added" not in said
    assert "does not exist" not in run("--language", code, "info", tmp_path / "none.gpkg").err


@pytest.mark.parametrize("code", ["ru", "ky"])
def test_that_no_command_answers_in_english_where_another_language_is_asked_for(
    run: Run, tmp_path: Path, code: str
) -> None:
    plan = tmp_path / "праздник.gpkg"
    said = [run("--language", code, "new", plan).out]
    said.append(run("--language", code, "import", plan, dead_end(tmp_path / "city", 60.0)).out)
    said.append(run("--language", code, "add", plan, geojson(tmp_path / "f.geojson", *closed_but_for(2.4))).out)
    said.append(run("--language", code, "info", plan).out)
    said.append(run("--language", code, "kinds").out)
    said.append(run("--language", code, "checks").out)
    left = "Made|Added|Rules|features|repaired|watches|subject|record|set aside|Findings"
    english = re.compile(rf"(?<![-\w])({left})(?![-\w])|\(default")  # an id such as restriction-record is no word
    for each in said:
        assert not english.search(each), each
        assert CYRILLIC.search(each)


def test_that_an_old_console_gets_question_marks_instead_of_an_error(
    gap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1251", write_through=True))
    assert main(["check", str(gap)]) == 2
    assert b"2.40 m" in raw.getvalue()


def help_of(run: Run, *words: str) -> str:
    said = run(*words, "--help")
    assert said.code == 0
    return " ".join(said.out.split()).replace("- ", "-")  # long names are broken at their hyphens


def test_that_the_first_help_names_every_command_and_exit_code(run: Run) -> None:
    text = help_of(run)
    for command in COMMANDS:
        assert f" {command} " in text
    for code in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 64, 70):
        assert re.search(rf"\b{code} \w+", text)


def test_that_every_argument_of_every_command_is_explained() -> None:
    choices = next(each.choices for each in parser()._actions if each.dest == "command")
    assert set(choices or ()) >= set(COMMANDS)
    for name, command in dict(choices or {}).items():  # type: ignore[call-overload]
        for action in command._actions:
            assert action.help, f"{name} {action.dest}"
            assert action.metavar != "VALUE", f"{name} {action.dest}"
            takes_one = action.nargs != 0 and action.option_strings and not action.required
            if takes_one and action.dest not in ("encoding", "crs", "only"):
                assert "default" in action.help, f"{name} {action.dest}"


def test_that_the_help_of_pack_lists_choices_limits_and_defaults(run: Run) -> None:
    text = help_of(run, "pack")
    for pack in packing.ids():
        assert pack in text
    for field in packing.fields():
        assert f"--{field.id.replace('_', '-')}" in text
        if isinstance(field, Choice):
            assert "{" + ",".join(value for value, _ in field.options) + "}" in text
            assert f"(default: {field.default})" in text
    assert "From 50 to 200000" in text


def test_that_the_help_of_check_names_every_check(run: Run) -> None:
    text = help_of(run, "check")
    assert "coverage-gap" in text
    assert "vehicle-approach" in text
