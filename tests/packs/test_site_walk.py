"""The site-walk list, read back."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from venueplanner.app import documents, packing, site_walk
from venueplanner.app.language import Language
from venueplanner.app.places import sample_plan
from venueplanner.domain.errors import NoRoom


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    session = documents.open_session(sample_plan(), to_change=False)
    (path,) = packing.make(session, tmp_path_factory.mktemp("walk"), Language("ky"), only="site-walk")
    return path


def test_that_the_list_has_a_row_for_every_question(made: Path) -> None:
    session = documents.open_session(sample_plan(), to_change=False)
    asked = site_walk.questions(session.site())
    assert len(asked) > 10
    assert {each.topic for each in asked} >= {"gates", "barriers", "streets"}
    with pikepdf.open(made) as pdf:
        assert 1 <= len(pdf.pages) <= 2 + len(asked) // 8
        assert all(float(page.mediabox[3]) > float(page.mediabox[2]) for page in pdf.pages)


def test_that_the_list_begins_on_the_first_page_and_that_the_public_gets_none(made: Path, tmp_path: Path) -> None:
    with pikepdf.open(made) as pdf:
        first = pdf.pages[0].Contents.read_bytes()
    assert first.count(b"Tj") + first.count(b"TJ") > 20
    session = documents.open_session(sample_plan(), to_change=False)
    options = {"edition": "public"}
    assert packing.make(session, tmp_path, Language("en"), only="site-walk", options=options) == []
    assert list(tmp_path.iterdir()) == []


def test_that_nothing_is_left_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = documents.open_session(sample_plan(), to_change=False)

    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(NoRoom, match=r"site-walk\.pdf"):
        packing.make(session, tmp_path, Language("en"), only="site-walk")
    assert list(tmp_path.iterdir()) == []
