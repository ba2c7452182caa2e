"""What the window shows while there is no plan yet: ways to begin, and the recent plans with their pictures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from venueplanner.app.language import Language
from venueplanner.app.settings import Settings, picture_of
from venueplanner.domain.words import N_

from .desk import Desk
from .icons import icon
from .pieces import button, empty, label

PICTURE = QSize(144, 90)
_WAYS = (
    ("new_from_folder", "folder", N_("New plan from a folder of city data…")),
    ("open", "open", N_("Open a plan…")),
    ("open_sample", "sample", N_("Open the sample plan")),
    ("draw", "perimeter", N_("Begin with an empty map")),
)


class StartPage(QScrollArea):
    """Ways to begin on the left, recent plans on the right. `begin(way)` and `open_plan(path)` are the window's."""

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        begin: Callable[[str], object],
        open_plan: Callable[[Path], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._settings, self._begin, self._open = desk, settings, begin, open_plan
        self.setObjectName("start")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(self)
        across = QHBoxLayout(inner)
        across.setContentsMargins(36, 28, 36, 28)
        across.setSpacing(44)
        self._ways, self._recent = QVBoxLayout(), QVBoxLayout()
        across.addLayout(self._ways, 5)
        across.addLayout(self._recent, 6)
        self.setWidget(inner)
        desk.theme.changed.connect(self.refresh)

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self.setAccessibleName(language(N_("Start")))
        self.refresh()

    def refresh(self) -> None:
        """Fill the page anew; plans that are gone from the disk are not offered."""
        self._fill_ways()
        self._fill_recent()

    def _fill_ways(self) -> None:
        desk, column = self._desk, self._ways
        empty(column)
        column.setSpacing(desk.theme.px(8))
        column.addWidget(label("VenuePlanner", "big"))
        purpose = N_("Plan the protection of a public event on your city's own map, offline.")
        lead = label(desk.say(purpose), "lead", wrap=True)
        lead.setMinimumWidth(desk.theme.px(280))
        column.addWidget(lead)
        column.addSpacing(desk.theme.px(10))
        for way, drawing, text in _WAYS:
            card = button(desk.say(text), partial(self._begin, way), "card")
            card.setIcon(icon(drawing, desk.tokens))
            card.setIconSize(QSize(20, 20))
            column.addWidget(card)
        column.addStretch(1)

    def _fill_recent(self) -> None:
        desk, column = self._desk, self._recent
        empty(column)
        column.setSpacing(desk.theme.px(8))
        paths = [path for each in self._settings.recent if _is_there(path := Path(each))]
        column.addWidget(label(desk.say(N_("Recent plans") if paths else N_("No recent plans yet.")), "title"))
        for path in paths[:5]:
            column.addWidget(self._card(path))
        column.addStretch(1)

    def _card(self, path: Path) -> QWidget:
        changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        text = f"{path.stem}\n{path.parent}\n{changed:%Y-%m-%d %H:%M}"
        card = button(text, partial(self._open, path), "card")
        picture = QPixmap(str(picture_of(path)))
        if not picture.isNull():
            card.setIcon(QIcon(picture))
            card.setIconSize(PICTURE * 0.7)
        card.setAccessibleName(f"{path.stem}, {changed:%Y-%m-%d}")
        card.setToolTip(str(path))
        return card


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def keep_picture(map_widget: QWidget, path: Path) -> None:
    """Keep a small picture of the map for the start page; without room for it there is none."""
    expanding, smooth = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    grown = map_widget.grab().scaled(PICTURE, expanding, smooth)
    left, top = (grown.width() - PICTURE.width()) // 2, (grown.height() - PICTURE.height()) // 2
    grown.copy(left, top, PICTURE.width(), PICTURE.height()).save(str(picture_of(path)))
