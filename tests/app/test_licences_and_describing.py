"""What the program tells of itself: licences of what it is built on, its kinds and checks, a plan's summary."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import shapely

from venueplanner.app import describing, licences
from venueplanner.app.language import LANGUAGES, Language
from venueplanner.checks import ALL as CHECKS
from venueplanner.kinds import ALL as KINDS

from .scenes import layer, session

CHECKOUT = Path(__file__).parents[2]


def test_that_every_library_the_program_declares_is_listed_with_a_licence() -> None:
    declared = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {each.name.lower().replace("_", "-") for each in licences.third_party()}
    for line in declared:
        name = licences._ROOTS.match(line)
        assert name is not None
        assert "sys_platform" in line or name.group(0).lower().replace("_", "-") in names
    for each in licences.third_party():
        assert each.licence
        assert each.version
    assert sum(bool(each.texts) for each in licences.third_party()) > len(names) / 2


def test_that_libraries_of_libraries_are_listed_too_and_each_once() -> None:
    names = [each.name.lower() for each in licences.third_party()]
    assert "certifi" in names  # asked for by pyproj only
    assert names == sorted(set(names))


def test_that_the_programs_own_licence_is_there() -> None:
    assert "Apache License" in licences.own_text()


@pytest.mark.parametrize("code", [code for code, _ in LANGUAGES])
def test_that_every_kind_and_check_is_described_in_every_language(code: str) -> None:
    language = Language(code)
    text = "\n".join([*describing.kind_lines(language), *describing.check_lines(language)])
    for kind in KINDS:
        assert f"{kind.id} (" in text
        assert language(kind.help) in text
    for check in CHECKS:
        assert f"{check.id}: {language(check.help)}" in text
    assert ("(default: " in text) == (code == "en")
    rows = describing.kinds(language)
    assert [row["id"] for row in rows] == [kind.id for kind in KINDS]
    assert [row["label"] for row in rows] == [language(kind.label) for kind in KINDS]


def test_that_the_summary_counts_features_and_names_how_layers_were_read() -> None:
    desk = session(("post", shapely.Point(0, 0), {"name": "P1"}), layers=(layer("streets"),))
    summary = describing.info(desk)
    assert summary["features"] == {"post": 1}
    assert summary["facts"]["title"] == "Nooruz"
    assert [each["role"] for each in summary["layers"]] == ["streets"]
    lines = describing.info_lines(desk, Language("ru"))
    assert lines[0] == "Nooruz"
    assert any("Улицы" in line for line in lines)
