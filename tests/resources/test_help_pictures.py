"""The pictures of the help: one a check, as check and drawing are today, with a caption in every language.

A check whose subject has no place on the map needs no picture.
"""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage

from venueplanner.app import help_pages, help_pictures
from venueplanner.app.language import LANGUAGES, Language
from venueplanner.checks import ALL
from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.words import Words
from venueplanner.kinds import BY_ID as KINDS

from .packaged import RESOURCES, script

MAKER = script("make_pictures")
FOLDER = RESOURCES / "help" / "pictures"
ON_THE_MAP = [check for check in ALL if KINDS[check.subject].shapes]
CODES = tuple(code for code, _ in LANGUAGES)
MOST_BYTES = 25_000
DRAWN: dict[str, tuple[QImage, Finding]] = {}


def drawn(check: Check) -> tuple[QImage, Finding]:
    """The picture and the finding as they are today, made once."""
    if check.id not in MAKER.scenes():
        pytest.fail(
            f"The help page of {check.id} has no picture. Write a scene for it in packaging/scenes in which it finds "
            f"something, run python packaging/make_pictures.py {check.id}, look at the picture in "
            "resources/help/pictures and put {{picture}} under the title of its page in every language."
        )
    if check.id not in DRAWN:
        DRAWN[check.id] = MAKER.picture_of(check)
    return DRAWN[check.id]


def test_that_every_scene_and_every_file_is_of_a_check_on_the_map() -> None:
    known = {check.id for check in ON_THE_MAP}
    assert set(MAKER.scenes()) <= known
    assert {path.stem for path in FOLDER.iterdir()} <= known
    assert {path.suffix for path in FOLDER.iterdir()} == {".png", ".json"}


@pytest.mark.parametrize("check", ON_THE_MAP, ids=lambda check: check.id)
def test_that_the_picture_shows_what_the_check_finds_and_draws_today(check: Check) -> None:
    image, _ = drawn(check)
    path = FOLDER / f"{check.id}.png"
    assert path.is_file(), f"run python packaging/make_pictures.py {check.id}"
    assert path.stat().st_size <= MOST_BYTES
    now, before = (MAKER.pixels(each).astype(int) for each in (image, QImage(str(path))))
    assert before.shape == (320 * 2, 560 * 2, 3)
    apart = np.abs(now - before).max(axis=2)
    # Letters differ a little between the fonts of two machines; a line that moved is thousands of pixels.
    assert (apart > 40).mean() < 0.002, f"run python packaging/make_pictures.py {check.id} and look at the picture"
    assert apart.mean() < 1.0


@pytest.mark.parametrize("check", ON_THE_MAP, ids=lambda check: check.id)
def test_that_the_caption_is_the_finding_of_the_picture(check: Check) -> None:
    _, finding = drawn(check)
    assert all(not each.shape.is_empty for each in finding.evidence)
    kept = help_pictures.words(json.loads((FOLDER / f"{check.id}.json").read_text("utf-8")))
    assert kept.say() == finding.text.say(), f"run python packaging/make_pictures.py {check.id}"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("check", ON_THE_MAP, ids=lambda check: check.id)
def test_that_the_page_shows_picture_and_caption_under_its_title_in_its_language(check: Check, code: str) -> None:
    _, finding = drawn(check)
    page = help_pages.find(f"checks/{check.id}", code)
    assert page is not None
    assert page.path.read_text("utf-8").split("\n")[2] == "{{picture}}", page.path
    title, picture, caption = help_pages.text(page).split("\n\n")[:3]
    assert title.startswith("# ")
    target = re.fullmatch(r"!\[.+\]\((.+)\)", picture)
    assert target is not None
    assert (page.path.parent / target[1]).resolve() == (FOLDER / f"{check.id}.png").resolve()
    said = Language(code).say(finding.text)
    assert re.sub(r"\\(.)", r"\1", caption) == f"*{said}*"
    assert (said == finding.text.say()) == (code == "en"), "the sentence is translated"


@pytest.mark.parametrize(
    ("template", "kept"),
    [
        ("{width:.2f} m", True),
        ("{kmh:.0f} km/h · {angle:.0f}°", True),
        ("{area:.0f} m² unseen", False),
        ("mask", False),
    ],
)
def test_that_a_picture_holds_figures_and_no_words(template: str, kept: bool) -> None:
    label = Words(template, {"width": 1.0, "kmh": 2.0, "angle": 3.0, "area": 4.0})
    evidence: Any = [Evidence("zone", None, label), Evidence("zone", None, label)]  # type: ignore[arg-type]
    assert [each.label is not None for each in MAKER.readable(evidence)] == [kept, False], "and each once"


def test_that_a_check_that_finds_nothing_in_its_scene_is_an_error() -> None:
    check = next(each for each in ALL if each.id == "run-out")
    empty = Check(check.id, check.label, check.help, check.subject, check.watches, check.reach, lambda site, each: ())
    with pytest.raises(LookupError, match="finds nothing in its scene"):
        MAKER.picture_of(empty)
