"""Catalogues read from .po files, and sentences said in a language that may change while the program runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from venueplanner.app.language import LANGUAGES, Language, read_catalogue
from venueplanner.domain.errors import BadValue
from venueplanner.domain.words import Words

PO = r'''
msgid ""
msgstr ""
"Language: ru\n"

#: a.py
msgid "One"
msgstr "Один"

#, fuzzy
msgid "Two"
msgstr "Три"

msgid ""
"Long "
"text \"quoted\"\n"
msgstr "Длинный "
"текст"

#, python-format
msgctxt "menu"
msgid "Four"
msgstr "Четыре"

msgid "Empty"
msgstr ""
#~ msgid "Old"
#~ msgstr "Старое"
msgid "Five"
msgid_plural "Fives"
msgstr[0] "Пять"
msgid "Last"
msgstr "Последний"'''


def test_that_only_whole_and_sure_entries_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "ru.po"
    path.write_text(PO, encoding="utf-8")
    assert read_catalogue(path) == {
        "One": "Один",
        'Long text "quoted"\n': "Длинный текст",
        "Four": "Четыре",
        "Last": "Последний",
    }


def test_that_a_sentence_kept_as_words_follows_the_language_and_its_decimal_mark() -> None:
    words = Words("Gap of {width:.2f} m between {one} and {other}: {who}.",
                  {"width": 2.4, "one": "B1", "other": "B2", "who": Words("a car fits")})  # fmt: skip
    said = {code: Language(code).say(words) for code, _ in LANGUAGES}
    assert said["en"] == "Gap of 2.40 m between B1 and B2: a car fits."
    assert len(set(said.values())) == 3
    for code in ("ru", "ky"):
        assert "2,40" in said[code]
        assert "a car fits" not in said[code]
        assert said[code].index("B1") < said[code].index("B2")


@pytest.mark.parametrize(("code", "mark"), [("ru", ","), ("ky", ","), ("en", ".")])
def test_that_errors_use_the_decimal_mark_of_the_language(code: str, mark: str) -> None:
    error = BadValue(Words("{limit:g} m", {"limit": 0.3}))
    assert error.say(Language(code)) == f"0{mark}3 m"
    assert error.text.say(Language(code)) == f"0{mark}3 m"


def test_that_unknown_texts_and_languages_are_said_as_written() -> None:
    assert Language("ru")("Xyzzy") == Language("tlh")("Xyzzy") == "Xyzzy"
    assert Language("ru")("") == ""
