"""Which alphabet a table is written in, with and without declarations, true and false ones."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.storage.city import zoo
from venueplanner.storage.city import dbf
from venueplanner.storage.city.encoding import (
    BY_BYTES_AGAINST,
    BY_CPG,
    BY_FEW_LETTERS,
    BY_LANGUAGE_BYTE,
    BY_NOTHING,
    BY_USER,
    decide_encoding,
    decode,
)

CODECS = ("cp1251", "cp866", "koi8_r", "utf-8")


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("words", [1, 2, 5, 20])
def test_that_street_names_without_any_hint_are_read_right(codec: str, words: int) -> None:
    """100 of 100 random samples each; a sample of one word may be called a guess but not be wrong."""
    picker = random.Random(words)
    for _ in range(100):
        names = [word for name in picker.sample(zoo.STREETS, words) for word in name.split()][:words]
        found = decide_encoding([name.encode(codec) for name in names])
        assert [decode(name.encode(codec), found.codec) for name in names] == names


def test_that_real_tables_are_read_right_without_their_hints(shared_data: Path) -> None:
    """Every table of the cities whose encoding its maker declared or noted, read with the declaration withheld."""
    truth = {"cp1251": "cp1251", "utf8": "utf-8", "epsg": "utf-8", "municipal_sk42": "cp1251", "msk23": "cp1251"}
    right = wrong = 0
    for path in sorted(shared_data.glob("*/*/*.dbf")):
        expected = next((codec for word, codec in truth.items() if word in path.parent.name), None)
        table = dbf.read_dbf(path)
        if expected is None or table is None or "broken-open" in path.parts or "reference-open" in path.parts:
            continue
        found = dbf.encoding_of(dbf.Dbf(table.fields, table.rows, table.declared, 0, table.deleted), None)
        if found.letters:
            right, wrong = right + (found.codec == expected), wrong + (found.codec != expected)
    assert right >= 30
    assert wrong == 0


def test_that_a_cpg_is_believed_when_the_letters_agree() -> None:
    found = decide_encoding([name.encode("cp1251") for name in zoo.STREETS], cpg="1251")
    assert (found.codec, found.by, found.sure) == ("cp1251", BY_CPG, True)


def test_that_the_language_byte_is_believed_when_there_is_no_cpg() -> None:
    found = decide_encoding([name.encode("cp866") for name in zoo.STREETS], language_byte=0x65)
    assert (found.codec, found.by) == ("cp866", BY_LANGUAGE_BYTE)


@pytest.mark.parametrize(
    ("codec", "cpg"),
    [
        ("cp1251", "UTF-8"),
        ("cp1251", "ISO-8859-1"),
        ("utf-8", "1251"),
        ("cp866", "ANSI 1251"),
        ("cp1251", "KOI-7-SOVIET"),
    ],
)
def test_that_a_false_cpg_is_found_out(codec: str, cpg: str) -> None:
    found = decide_encoding([name.encode(codec) for name in zoo.STREETS], cpg=cpg)
    assert (found.codec, found.by) == (codec, BY_BYTES_AGAINST)


def test_that_a_false_language_byte_is_found_out() -> None:
    found = decide_encoding([name.encode("cp866") for name in zoo.STREETS], language_byte=0xC9)
    assert (found.codec, found.by, found.declared) == ("cp866", BY_BYTES_AGAINST, "0xC9")


def test_that_the_planner_has_the_last_word() -> None:
    found = decide_encoding([b"\xd3\xeb\xe8\xf6\xe0"], cpg="UTF-8", chosen="cp866")
    assert (found.codec, found.by) == ("cp866", BY_USER)


def test_that_latin_letters_need_no_decision() -> None:
    assert decide_encoding([b"Main street", b"12"]).by == BY_NOTHING


@pytest.mark.parametrize("names", [["OPERATÖR", "Förvaltning", "Göteborg"], ["Estação Central", "Praça da Sé"]])
def test_that_western_names_do_not_become_cyrillic(names: list[str]) -> None:
    found = decide_encoding([name.encode("latin-1") for name in names])
    assert [decode(name.encode("latin-1"), found.codec) for name in names] == names


def test_that_two_letters_are_a_guess_and_said_to_be_one() -> None:
    found = decide_encoding(["№ ЮГ".encode("cp1251")])
    assert not found.sure
    assert found.by == BY_FEW_LETTERS


def test_that_kyrgyz_letters_survive_in_utf8() -> None:
    names = ["Чүй проспектиси", "Үсөнгазы Бөкөнбаев көчөсү", "Жаңы жол"]
    found = decide_encoding([name.encode() for name in names], language_byte=0xC9)
    assert found.codec == "utf-8"
    assert sorted(found.samples) == sorted(names)


def test_that_a_letter_cut_in_half_at_the_end_of_a_field_costs_nothing_else() -> None:
    raw = "улица Ахунбаева".encode()[:21]
    assert decode(raw, "utf-8", full=True) == "улица Ахунб"
    names = [name.encode()[:21] for name in zoo.STREETS]
    assert decide_encoding(names).codec == "utf-8"


def test_that_a_wild_byte_never_costs_a_row() -> None:
    assert decode(b"\xd3\x98", "cp1251") == "У\ufffd"


@pytest.mark.parametrize("codec", ["cp1251", "cp866", "utf-8"])
@pytest.mark.parametrize("hint", ["none", "language", "cpg"])
def test_that_names_of_columns_are_decoded_too(tmp_path: Path, codec: str, hint: str) -> None:
    language = {"cp1251": 0xC9, "cp866": 0x65}.get(codec, 0) if hint == "language" else 0
    fields = (("УЛИЦА", "C", 60, 0), ("ДОМ", "C", 8, 0), ("ЭТАЖ", "N", 4, 0))
    path = zoo.write(tmp_path, codec=codec, language=language, cpg=codec if hint == "cpg" else None, fields=fields)
    table = dbf.read_dbf(path.with_suffix(".dbf"))
    assert table is not None
    cpg = path.with_suffix(".cpg").read_text() if hint == "cpg" else None
    columns = dbf.columns_of(table, dbf.encoding_of(table, cpg).codec)
    assert list(columns) == ["УЛИЦА", "ДОМ", "ЭТАЖ"]
    assert columns["УЛИЦА"].tolist() == list(zoo.STREETS)
    assert columns["ЭТАЖ"].dtype == "int64"
