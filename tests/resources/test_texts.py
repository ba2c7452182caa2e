"""The catalogues of texts: complete, true to the placeholders, and written in the letters of their language."""

from __future__ import annotations

import re

import pytest
from babel.messages.pofile import read_po

from venueplanner.app.language import LANGUAGES, read_catalogue

from .packaged import RESOURCES, script

CODES = tuple(code for code, _ in LANGUAGES if code != "en")
ALPHABET = {
    "ru": set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "ky": set("абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"),
}
ENDS = "….:?"
# Texts that are the same in every language: names, units and pure patterns of values.
SAME = re.compile(r"\{[^}]*\}|\b(?:VenuePlanner|MGRS|EXERCISE)\b|[\W\d_]")
SENTENCE = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture(scope="module")
def marked() -> dict[str, list[str]]:
    found = script("collect_texts").texts()
    assert isinstance(found, dict)
    assert len(found) > 500
    return found


def fields(text: str) -> list[str]:
    """The placeholders of a text with their formats, sorted."""
    return sorted(re.findall(r"\{[^{}]*\}", text))


@pytest.mark.parametrize("code", CODES)
def test_that_every_marked_text_is_translated_and_nothing_else_stands_in_the_catalogue(
    code: str, marked: dict[str, list[str]]
) -> None:
    known = read_catalogue(RESOURCES / "lang" / f"{code}.po")
    assert sorted(set(marked) - set(known)) == [], "run packaging/collect_texts.py and translate these"
    assert sorted(set(known) - set(marked)) == [], "run packaging/collect_texts.py: these are no longer in the code"


@pytest.mark.parametrize("code", CODES)
def test_that_no_entry_is_empty_fuzzy_obsolete_or_double(code: str) -> None:
    path = RESOURCES / "lang" / f"{code}.po"
    with path.open("rb") as stream:
        entries = read_po(stream, locale=code)
    assert [entry.id for entry in entries if entry.id and not str(entry.string).strip()] == []
    assert [entry.id for entry in entries if entry.id and entry.fuzzy] == []
    assert list(entries.obsolete) == []
    ids = re.findall(r'^msgid "(.+)"$', path.read_text("utf-8"), re.MULTILINE)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("code", CODES)
def test_that_the_program_reads_the_catalogue_as_a_foreign_reader_does(code: str) -> None:
    path = RESOURCES / "lang" / f"{code}.po"
    with path.open("rb") as stream:
        foreign = {entry.id: entry.string for entry in read_po(stream, locale=code) if entry.id}
    assert read_catalogue(path) == foreign


@pytest.mark.parametrize("code", CODES)
def test_that_a_translation_has_the_placeholders_of_its_source_with_the_same_formats(code: str) -> None:
    known = read_catalogue(RESOURCES / "lang" / f"{code}.po")
    assert {text: said for text, said in known.items() if fields(text) != fields(said)} == {}


@pytest.mark.parametrize("code", CODES)
def test_that_a_translation_ends_as_its_source_does(code: str) -> None:
    """A sentence stays a sentence, a menu entry with … keeps it, a label that ends in a colon too."""
    known = read_catalogue(RESOURCES / "lang" / f"{code}.po")

    def end(text: str) -> str:
        last = text.rstrip('”»" )')[-1:]
        return last if last in ENDS else ""

    assert {text: said for text, said in known.items() if end(text) != end(said)} == {}


@pytest.mark.parametrize("code", CODES)
def test_that_translations_are_written_in_the_letters_of_their_language(code: str) -> None:
    known = read_catalogue(RESOURCES / "lang" / f"{code}.po")
    foreign = {}
    for text, said in known.items():
        cyrillic = {letter for letter in said.lower() if "Ѐ" <= letter <= "ӿ"}
        mixed = re.findall(r"\w*(?:[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z])\w*", said)
        bare = SENTENCE.search(SAME.sub(" ", text)) and not cyrillic
        if cyrillic - ALPHABET[code] or mixed or bare:
            foreign[text] = said
    assert foreign == {}


def test_that_a_catalogue_out_of_date_is_noticed() -> None:
    collect = script("collect_texts")
    known = {"One": "Бир"}
    fresh = collect.catalogue("ky", {"One": ["a.py"], "Two": ["b.py"]}, known)
    assert 'msgid "Two"\nmsgstr ""' in fresh
    assert 'msgid "One"\nmsgstr "Бир"' in fresh
