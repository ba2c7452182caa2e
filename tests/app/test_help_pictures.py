"""Sentences kept beside pictures: the same sentence after writing and reading, in every language, safe in Markdown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from venueplanner.app import help_pictures
from venueplanner.app.language import LANGUAGES, Language
from venueplanner.domain.words import N_, Words


@pytest.mark.parametrize("code", [code for code, _ in LANGUAGES])
def test_that_a_sentence_is_said_alike_after_it_was_kept(code: str) -> None:
    template = N_("Gap of {width:.2f} m between {one} and {other}: {who}.")
    sentence = Words(
        template, {"width": 2.4, "one": Words(N_("the building")), "other": "B1", "who": Words(N_("a van fits"))}
    )
    kept = json.loads(json.dumps(help_pictures.data_of(sentence)))
    said = Language(code).say(help_pictures.words(kept))
    assert said == Language(code).say(sentence)
    assert ("2.40" in said) == (code == "en")


def test_that_whole_numbers_stay_whole_and_measures_are_kept_to_a_millimetre() -> None:
    kept = help_pictures.data_of(Words("{count} · {width}", {"count": 3, "width": 1.23456}))
    assert kept["values"] == {"count": 3, "width": 1.235}
    assert isinstance(kept["values"]["count"], int)


def test_that_signs_of_markdown_in_a_sentence_are_shown_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(help_pictures, "folder", lambda: tmp_path)
    (tmp_path / "x.json").write_text(json.dumps({"text": "[B1] is *3_0 m*"}), encoding="utf-8")
    said = "\\[B1\\] is \\*3\\_0 m\\*"
    assert help_pictures.shown("x", Language("en")) == f"![{said}](../../pictures/x.png)\n\n*{said}*"
    assert help_pictures.shown("without", Language("en")) == ""
