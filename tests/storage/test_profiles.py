"""Rule profiles: what a TOML file says, and what is said about a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from venueplanner.domain.errors import BadFile
from venueplanner.storage.profiles import list_profiles, load_profile

RULES = Path(__file__).parents[2] / "resources" / "rules"
GOOD = """
id = "test"
title = "Тест"
[[rule]]
id = "coverage.limit"
value = 1.2
unit = "m"
source = "TAL 1/11"
clause = "p. 2"
confidence = "found"
valid_from = 2017-10-01
[[rule]]
id = "card.name"
value = "DHS"
"""


def test_that_a_profile_is_read_with_its_sources(tmp_path: Path) -> None:
    (tmp_path / "test.toml").write_text(GOOD, encoding="utf-8")
    rules = load_profile(tmp_path / "test.toml")
    assert (rules.id, rules.title, list(rules.rules)) == ("test", "Тест", ["coverage.limit", "card.name"])
    assert rules.number("coverage.limit") == 1.2
    assert rules.text("card.name") == "DHS"
    assert rules["coverage.limit"].cite() == "TAL 1/11, p. 2"
    assert rules["coverage.limit"].valid_from == "2017-10-01"
    assert rules["card.name"].confidence == "proposal"


def test_that_the_profiles_that_come_with_the_program_are_sound() -> None:
    profiles = list_profiles(RULES)
    assert [each.id for each in profiles] == sorted(path.stem for path in RULES.glob("*.toml"))
    for profile in profiles:
        for rule in profile.rules.values():
            assert rule.label, f"{profile.id}: {rule.id} has no label"
            assert rule.source, f"{profile.id}: {rule.id} has no source"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "test"', "", "“id” is missing"),
        ('title = "Тест"', 'title = ""', "“title” is missing"),
        ('title = "Тест"', 'title = "T"\ncolour = "red"', "“colour” is not a key of a profile"),
        ("value = 1.2", "value = [1]", "rule “coverage.limit”: “value” has to be a number or a text"),
        ("value = 1.2", "value = true", "“value” has to be a number or a text"),
        ("value = 1.2", "valeu = 1.2", "rule “coverage.limit”: “valeu” is not a key of a rule"),
        ('confidence = "found"', 'confidence = "sure"', "“confidence” has to be one of found, known"),
        ('id = "card.name"', 'id = "coverage.limit"', "“coverage.limit” stands in it twice"),
        ('id = "card.name"', 'label = "x"', "rule “no. 2”: the text “id” is missing"),
        ('unit = "m"', "unit = 1", "“unit” has to be a text"),
        ('unit = "m"', "unit = ", "not readable as TOML"),
    ],
)
def test_that_a_wrong_profile_is_refused_with_file_and_key(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in GOOD
    path = tmp_path / "test.toml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadFile) as caught:
        load_profile(path)
    assert said in caught.value.say()
    assert str(path) in caught.value.say()


@pytest.mark.parametrize("content", [b"id = 'a'\ntitle = 'b'\n", b"\xff\xfe\x00", b"id='a'\ntitle='b'\nrule = 3\n"])
def test_that_a_file_without_rules_is_no_profile(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.toml").write_bytes(content)
    with pytest.raises(BadFile, match=r"x\.toml"):
        load_profile(tmp_path / "x.toml")


def test_that_a_missing_profile_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="does not exist"):
        load_profile(tmp_path / "gone.toml")
