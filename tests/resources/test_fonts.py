"""The fonts of screen and paper have every letter, sign and figure that the program says in its three languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFont, QRawFont
from pytestqt.qtbot import QtBot

from venueplanner.app.language import LANGUAGES, read_catalogue
from venueplanner.packs.drawing.symbols import painter_font
from venueplanner.ui import fonts

from .packaged import RESOURCES

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
KYRGYZ = "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя"
FONTS = {
    "screen": lambda: fonts.text_font(),
    "screen, bold": lambda: fonts.text_font(bold=True),
    "formulas": lambda: fonts.mono_font(),
    "paper": lambda: painter_font(12),
    "paper, bold": lambda: painter_font(12, bold=True),
}


def said() -> set[str]:
    """Every character of the catalogues, the help pages and both alphabets."""
    found = set(RUSSIAN + RUSSIAN.upper() + KYRGYZ + KYRGYZ.upper())
    for code in (code for code, _ in LANGUAGES if code != "en"):
        for text, translation in read_catalogue(RESOURCES / "lang" / f"{code}.po").items():
            found |= set(text) | set(translation)
    for path in (RESOURCES / "help").rglob("*.md"):
        found |= set(path.read_text("utf-8"))
    return {each for each in found if not each.isspace()}


@pytest.mark.parametrize("name", FONTS)
def test_that_a_font_has_every_character_the_program_says(name: str, qtbot: QtBot) -> None:
    make: Callable[[], QFont] = FONTS[name]
    font = QRawFont.fromFont(make())
    assert sorted(each for each in said() if not font.supportsCharacter(ord(each))) == []


def test_that_the_letters_asked_of_a_screen_font_are_those_of_kyrgyz_beyond_russian() -> None:
    own = set(KYRGYZ) - set(RUSSIAN)
    assert own | {each.upper() for each in own} <= set(fonts.KYRGYZ)
