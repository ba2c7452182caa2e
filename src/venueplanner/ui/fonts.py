"""The text font: an installed family that has every Kyrgyz letter, at a size that scales with the user's choice."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics

from venueplanner.app.places import resources

KYRGYZ = "ңөүҢӨҮ№"
WANTED = ("Segoe UI", "SF Pro Text", "Inter", "Noto Sans", "PT Sans", "DejaVu Sans", "Liberation Sans", "Arial")
MONO = ("Cascadia Mono", "Consolas", "DejaVu Sans Mono", "Liberation Mono", "Courier New")
TEXT_PIXELS = 12.5


def load_own() -> None:
    """Make fonts in `resources/fonts` known to Qt, where the program brings any."""
    for path in sorted((resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


@lru_cache(maxsize=1)
def family() -> str:
    """The first wanted family that is installed and has the Kyrgyz letters; the system's own when there is none."""
    return _first(WANTED) or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


@lru_cache(maxsize=1)
def mono_family() -> str:
    """A family with letters of one width, for formulas."""
    return _first(MONO) or QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()


def _first(wanted: tuple[str, ...]) -> str:
    installed = set(QFontDatabase.families())
    for name in wanted:
        if name in installed and all(QFontMetrics(QFont(name)).inFontUcs4(ord(letter)) for letter in KYRGYZ):
            return name
    return ""


def text_font(scale: float = 1.0, *, pixels: float = TEXT_PIXELS, bold: bool = False) -> QFont:
    """The text font at a size in pixels of the 100 % design."""
    font = QFont(family())
    font.setPixelSize(max(8, round(pixels * scale)))
    font.setBold(bold)
    return font


def mono_font(scale: float = 1.0, *, pixels: float = 11.5) -> QFont:
    """The font of formulas."""
    font = QFont(mono_family())
    font.setPixelSize(max(8, round(pixels * scale)))
    return font
