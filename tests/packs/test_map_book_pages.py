"""The pages of the map book: size, words and language, and that the plan is drawn and no picture."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from tests.packs import jobs
from tests.packs.reading import Read, pages_of
from venueplanner.packs import map_book

POINTS = {"A4": (595, 842), "A3": (842, 1191)}  # ISO 216, 1/72 inch, rounded

SAID = {
    "ky": ("МАШЫГУУ", "ЧЕКТЕЛГЕН", "Шарттуу белгилер", "Эскертүүлөр", "Посттор"),
    "ru": ("УЧЕНИЯ", "ОГРАНИЧЕННЫЙ ДОСТУП", "Условные обозначения", "Замечания", "Посты"),
    "en": ("EXERCISE", "RESTRICTED", "Legend", "Findings", "Posts"),
}


def book(folder: Path, language: str = "en", **options: object) -> list[Read]:
    return pages_of(map_book.PACK.make(jobs.job(folder, language, **options))[0])


@pytest.mark.parametrize("paper", ["A4", "A3"])
@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_that_maps_have_the_paper_asked_for_and_lists_are_upright_a4(
    tmp_path: Path, paper: str, orientation: str
) -> None:
    pages = book(tmp_path, paper=paper, orientation=orientation, scale=1000)
    short, long = POINTS[paper]
    expected = (long, short) if orientation == "landscape" else (short, long)
    assert pages[0].size == pytest.approx(expected, abs=1)
    assert pages[1].size == pytest.approx(expected, abs=1)
    assert pages[-1].size == pytest.approx(POINTS["A4"], abs=1)


def test_that_a_small_plan_is_a_cover_a_sheet_and_one_page_of_lists(tmp_path: Path) -> None:
    pages = book(tmp_path, scale=1000)
    assert [bool(page.viewports) for page in pages] == [True, True, False]


def test_that_a_large_scale_gives_several_sheets_which_the_cover_names(tmp_path: Path) -> None:
    pages = book(tmp_path, scale=250)
    maps = [page for page in pages if page.viewports]
    assert len(maps) > 4
    assert pages[0].says("A1, A2, B1, B2")
    assert maps[1].says("A2 →")


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_that_titles_are_in_the_language_and_kyrgyz_letters_come_back(tmp_path: Path, language: str) -> None:
    pages = book(tmp_path, language, exercise=True)
    text = "".join(page.text for page in pages)
    for word in SAID[language]:
        assert word.replace(" ", "") in text
    assert all(page.says(jobs.TITLE) for page in pages)
    assert set("ңөүҢӨҮ") <= set(text)
    assert "�" not in text, "a letter without a Unicode value cannot be searched for"
    assert "Чүйкөчөсү" in text


def test_that_exercise_classification_version_and_validity_stand_on_every_page(tmp_path: Path) -> None:
    options = {"exercise": True, "classification": "ДСП 17", "version": "4b", "valid_until": jobs.VALID}
    for page in book(tmp_path, **options):
        assert page.says("EXERCISE")
        assert page.says("ДСП 17")
        assert page.says("4b")
        assert page.says(jobs.VALID)


def test_that_without_the_exercise_mark_no_page_says_exercise(tmp_path: Path) -> None:
    assert not any(page.says("EXERCISE") for page in book(tmp_path))


def test_that_a_long_classification_is_not_cut_on_a_narrow_page(tmp_path: Path) -> None:
    words = "Для служебного пользования штаба и приданных сил, экземпляр номер двадцать семь"
    for page in book(tmp_path, paper="A4", orientation="portrait", exercise=True, classification=words):
        assert page.says(words)


def test_that_the_plan_is_drawn_as_lines_and_not_as_a_picture(tmp_path: Path) -> None:
    for page in book(tmp_path):
        assert page.images == []
    assert len(book(tmp_path)[1].paths) > 60


def test_that_many_posts_run_over_pages_and_none_is_lost(tmp_path: Path) -> None:
    posts = [("post", jobs.shifted(shapely.Point(n % 10, n // 10)), {"name": f"Q{n}"}) for n in range(120)]
    pages = book(tmp_path, plan=jobs.plan_of(*jobs.usual(), *posts), scale=1000)
    runs = [run.text for page in pages if not page.viewports for run in page.runs()]
    assert [name for name in runs if name[:1] == "Q"] == [f"Q{n}" for n in range(120)], "all, and Q2 before Q10"
    assert len([page for page in pages if not page.viewports]) >= 3


def test_that_equal_jobs_give_equal_bytes(tmp_path: Path) -> None:
    plan = jobs.plan_of(*jobs.usual())
    one = map_book.PACK.make(jobs.job(tmp_path, plan=plan))[0].read_bytes()
    assert one == map_book.PACK.make(jobs.job(tmp_path, plan=plan))[0].read_bytes()


def test_that_an_empty_plan_still_makes_a_book(tmp_path: Path) -> None:
    pages = book(tmp_path, plan=jobs.plan_of(), findings=())
    assert pages[0].says(jobs.TITLE)
    assert pages[-1].says("The checks found nothing.")
