"""Who may see what: the public edition has nothing that is for command or field teams, in any form."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from tests.packs import jobs
from tests.packs.reading import flat, pages_of
from venueplanner.domain.pack import Pack
from venueplanner.packs import BY_ID

HIDDEN_FROM_ALL = ("contact", "deputy")
HIDDEN_FROM_PUBLIC = (*HIDDEN_FROM_ALL, "command", "field", "finding", "remark")


def words_of(path: Path) -> str:
    """Everything in a file that could be read: of a PDF its texts, and the bytes of all its streams and fields."""
    if path.suffix == ".html":
        return flat(path.read_text(encoding="utf-8"))
    with pikepdf.open(path) as pdf:
        raw = [str(pdf.docinfo), str(pdf.Root.get("/Metadata", ""))]
        raw += [each.read_bytes().decode("latin-1") for each in pdf.objects if _readable(each)]
    return flat("".join(page.text for page in pages_of(path)) + "".join(raw))


def _readable(each: object) -> bool:
    return isinstance(each, pikepdf.Stream) and each.get("/Subtype") != "/Image" and "/Length1" not in each


@pytest.fixture(params=["map-book", "field-map"])
def pack(request: pytest.FixtureRequest) -> Pack:
    return BY_ID[request.param]


def test_that_the_public_edition_says_nothing_that_is_not_for_everyone(tmp_path: Path, pack: Pack) -> None:
    words = words_of(pack.make(jobs.job(tmp_path, edition="public"))[0])
    for name in HIDDEN_FROM_PUBLIC:
        assert jobs.SECRET[name] not in words
    assert flat("Бала жоголсо – ушул жерге") in words
    assert "Coveragegap" not in words


def test_that_the_restricted_edition_says_all_but_contacts(tmp_path: Path, pack: Pack) -> None:
    words = words_of(pack.make(jobs.job(tmp_path))[0])
    for name in HIDDEN_FROM_ALL:
        assert jobs.SECRET[name] not in words
    for name in ("command", "field", "finding"):
        assert jobs.SECRET[name] in words


def test_that_the_public_edition_calls_itself_public_whatever_the_plan_says(tmp_path: Path, pack: Pack) -> None:
    words = words_of(pack.make(jobs.job(tmp_path, edition="public", classification="TOPSECRET"))[0])
    assert "TOPSECRET" not in words
    assert "PUBLIC" in words


def test_that_one_edition_does_not_replace_the_other(tmp_path: Path, pack: Pack) -> None:
    one = pack.make(jobs.job(tmp_path))[0]
    other = pack.make(jobs.job(tmp_path, edition="public"))[0]
    assert one != other
    assert sorted(tmp_path.iterdir()) == sorted([one, other])


def test_that_a_notice_is_cut_at_its_ruled_line(tmp_path: Path, pack: Pack) -> None:
    plan = jobs.plan_of(*jobs.usual(), attribution="© City of Bishkek\n==========\nKeep this file")
    words = words_of(pack.make(jobs.job(tmp_path, plan=plan))[0])
    assert "©CityofBishkek" in words
    assert "Keepthis" not in words
