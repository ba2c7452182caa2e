"""Help pages: found by id and language, filled with what is declared elsewhere, linked to each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from venueplanner.app import help_pages
from venueplanner.app.documents import profile_named
from venueplanner.domain.errors import UnknownName


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A resources folder of the test's own."""
    (tmp_path / "help" / "en" / "checks").mkdir(parents=True)
    (tmp_path / "help" / "ru").mkdir()
    monkeypatch.setattr(help_pages, "resources", lambda: tmp_path)
    return tmp_path / "help"


def test_that_a_page_not_translated_yet_comes_in_english(own: Path) -> None:
    (own / "en" / "index.md").write_text("# Start\n", "utf-8")
    found = help_pages.find("index", "ru")
    assert found is not None
    assert (found.title, found.language) == ("Start", "en")
    assert help_pages.find("nowhere", "ru") is None


def test_that_a_number_is_written_as_the_language_of_the_page_does(own: Path) -> None:
    for code in ("en", "ru"):
        (own / code / "index.md").write_text("# P\n{{coverage.limit:.2f}} {{coverage.reach}}", "utf-8")
    said = {
        code: help_pages.text(help_pages.Page("index", "P", own / code / "index.md", code)) for code in ("en", "ru")
    }
    limit = profile_named("kg").number("coverage.limit")
    assert said["en"] == f"# P\n{limit:.2f} 10"
    assert said["ru"] == f"# P\n{limit:.2f} 10".replace(".", ",")


def test_that_a_rule_nobody_has_is_refused_by_name(own: Path) -> None:
    (own / "en" / "index.md").write_text("# P\n{{coverage.limits}}", "utf-8")
    with pytest.raises(UnknownName, match=r"coverage\.limits"):
        help_pages.text(help_pages.Page("index", "P", own / "en" / "index.md"))


def test_that_the_rules_under_a_name_are_listed_with_their_values(own: Path) -> None:
    (own / "en" / "index.md").write_text("# P\n\n{{rules passing}}\n", "utf-8")
    said = help_pages.text(help_pages.Page("index", "P", own / "en" / "index.md"))
    rules = profile_named("kg")
    rows = [line for line in said.splitlines() if line.startswith("| ")][2:]
    assert len(rows) == len(rules.under("passing")) > 3
    assert f"| {rules.number('passing.van'):g} m |" in said


@pytest.mark.parametrize(
    ("page_id", "target", "leads_to"),
    [
        ("index", "kinds/gate.md", "kinds/gate"),
        ("checks/coverage-gap", "../kinds/gate.md", "kinds/gate"),
        ("checks/coverage-gap", "vehicle-approach.md", "checks/vehicle-approach"),
        ("checks/coverage-gap", "../index.md", "index"),
        ("kinds/gate", "../../../etc/passwd", "etc/passwd"),
        ("kinds/gate", "../checks/coverage-gap.md#source", "checks/coverage-gap"),
    ],
)
def test_that_a_link_leads_to_the_page_it_names_and_never_out_of_the_help(
    page_id: str, target: str, leads_to: str
) -> None:
    page = help_pages.Page(page_id, "", Path())
    assert help_pages.linked(page, target) == leads_to


def test_that_the_start_page_comes_first_and_kinds_in_the_order_of_the_legend() -> None:
    pages = help_pages.all_pages("ky")
    assert pages[0].id == help_pages.START
    said = help_pages.text(pages[0])
    assert said.index("kinds/perimeter.md") < said.index("kinds/cordon.md") < said.index("kinds/barrier.md")
