"""The icon family: 24-pixel line drawings in `resources/icons`, painted in the theme's colours at any resolution."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from venueplanner.app.places import cache_folder, resources

if TYPE_CHECKING:
    from .theme import Tokens


def names() -> set[str]:
    """Every drawing there is."""
    return {path.stem for path in (resources() / "icons").glob("*.svg")}


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def drawing(name: str, colour: str) -> bytes:
    """The SVG of an icon in one colour."""
    return _source(name).replace("currentColor", colour).encode()


def pixmap(name: str, colour: str, pixels: int, ratio: float = 1.0) -> QPixmap:
    """An icon as a picture of `pixels` logical pixels."""
    picture = QPixmap(round(pixels * ratio), round(pixels * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(drawing(name, colour))).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


@lru_cache(maxsize=512)
def _icon(name: str, normal: str, on: str, off: str, pixels: int) -> QIcon:
    icon = QIcon()
    for ratio in (1.0, 1.5, 2.0, 3.0):
        for state, colour in ((QIcon.State.Off, normal), (QIcon.State.On, on)):
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Active, QIcon.Mode.Selected):
                icon.addPixmap(pixmap(name, colour, pixels, ratio), mode, state)
            icon.addPixmap(pixmap(name, off, pixels, ratio), QIcon.Mode.Disabled, state)
    return icon


def icon(name: str, tokens: Tokens, pixels: int = 20, *, accent: bool = False) -> QIcon:
    """An icon for a button: text colour, accent when checked (or always), faded when disabled."""
    faded = _between(tokens.muted, tokens.panel)
    return _icon(name, tokens.accent if accent else tokens.text, tokens.accent, faded, pixels)


def _between(one: str, other: str) -> str:
    first, second = QColor(one), QColor(other)
    return QColor(
        (first.red() * 3 + second.red() * 2) // 5,
        (first.green() * 3 + second.green() * 2) // 5,
        (first.blue() * 3 + second.blue() * 2) // 5,
    ).name()


def file_of(name: str, colour: str) -> str:
    """The path of an icon in one colour, as a style sheet wants it (the file is made in the cache folder)."""
    folder: Path = cache_folder() / "icons"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{colour.lstrip('#')}.svg"
    wanted = drawing(name, colour)
    if not path.is_file() or path.read_bytes() != wanted:
        path.write_bytes(wanted)
    return path.as_posix()
