"""Settings: kept between starts, and no damaged file keeps the program from starting."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from venueplanner.app import settings


def file_of(home: Path) -> Path:
    return home / "settings" / "settings.json"


def test_that_settings_come_back(tmp_path: Path) -> None:
    mine = settings.Settings("ky", "dark", 1.5, "Duty officer", folders={"plans": str(tmp_path)}, panels={"a": [1]})
    mine.opened(tmp_path / "a.gpkg")
    settings.save(mine)
    assert settings.load() == mine
    assert settings.load().folder("plans") == str(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", "\x00", '{"language": 5, "recent": 7}', "[" * 100_000])
def test_that_a_damaged_file_gives_the_defaults(own_home: Path, content: str) -> None:
    settings.save(settings.Settings())
    file_of(own_home).write_text(content)
    assert settings.load() == settings.Settings()


def test_that_a_file_that_cannot_be_read_is_put_aside(own_home: Path) -> None:
    settings.save(settings.Settings())
    file_of(own_home).write_text("{ broken")
    settings.load()
    settings.save(settings.Settings())
    assert file_of(own_home).with_suffix(".damaged").read_text() == "{ broken"


@pytest.mark.parametrize(
    ("raw", "name", "wanted"),
    [
        ({"theme": "pink"}, "theme", "system"),
        ({"language": "tlh"}, "language", ""),
        ({"text_scale": 40}, "text_scale", 2.0),
        ({"text_scale": float("nan")}, "text_scale", 1.0),
        ({"recent": ["a", 5, None]}, "recent", ["a"]),
        ({"folders": {"plans": 3, "city": "b"}}, "folders", {"city": "b"}),
        ({"unknown": 1}, "theme", "system"),
    ],
)
def test_that_values_that_make_no_sense_are_mended(
    own_home: Path, raw: dict[str, object], name: str, wanted: object
) -> None:
    settings.save(settings.Settings())
    file_of(own_home).write_text(json.dumps(raw))
    assert getattr(settings.load(), name) == wanted
    assert settings.load().folder("plans") == str(Path.home())


def test_that_recent_plans_are_few_newest_first_and_can_be_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    mine = settings.Settings()
    for number in range(12):
        mine.opened(Path(f"{number}.gpkg"))
    mine.opened(Path("8.gpkg"))
    assert [Path(each).stem for each in mine.recent] == ["8", "11", "10", "9", "7", "6", "5", "4"]
    mine.forget(Path("8.gpkg"))
    assert Path(mine.recent[0]).stem == "11"


def test_that_a_disk_that_takes_nothing_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    settings.save(settings.Settings(signer="before"))
    monkeypatch.setattr(Path, "write_text", full)
    settings.save(settings.Settings(signer="after"))
    assert settings.load().signer == "before"


@pytest.mark.parametrize(
    ("spoken", "wanted"), [("ru_RU", "ru"), ("ky_KG", "ky"), ("de_DE", "en"), ("Russian_Russia", "ru"), ("en_GB", "en")]
)
def test_that_the_machines_language_is_spoken_where_the_program_can(
    spoken: str, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VENUEPLANNER_LANGUAGE", spoken)
    assert settings.system_language() == wanted
    assert settings.Settings().speaks == wanted
    assert settings.Settings(language="ky").speaks == "ky"
