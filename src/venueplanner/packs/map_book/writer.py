"""The PDF writer: pages painted in 1/96 inch, text blocks that wrap, and where each map lies (for the georeference)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPageSize, QPainter, QPdfWriter, QPen

from venueplanner.domain.errors import NoRoom
from venueplanner.domain.words import N_, Words
from venueplanner.packs.drawing.sheet import Sheet
from venueplanner.packs.drawing.symbols import painter_font

from .layout import Page

DPI = 1200
INK = QColor("#1D2733")
MUTED = QColor("#5C6977")
LINE = QColor("#AEB7C0")


@dataclass(frozen=True)
class Placed:
    """A map on a page: page number from 0, its sheet, the page's size in 1/96 inch."""

    page: int
    sheet: Sheet
    width: float
    height: float


class Writer:
    """Paints pages into a PDF file."""

    def __init__(self, path: Path, title: str, page: Page) -> None:
        self.placed: list[Placed] = []
        self.number = 0
        self.page = page
        self._pdf = QPdfWriter(str(path))
        self._pdf.setResolution(DPI)
        self._pdf.setTitle(title)
        self._pdf.setCreator("VenuePlanner")
        self._size(page)
        self.painter = QPainter()
        if not self.painter.begin(self._pdf):
            sentence = Words(N_("The file {file} cannot be written."), {"file": str(path)})
            raise NoRoom(sentence, Words(N_("Is the folder there, writable, and is there room on the disk?")))
        self._prepare()

    def _size(self, page: Page) -> None:
        wide, high = page.size_mm
        size = QPageSize(QSizeF(wide, high), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.ExactMatch)
        self._pdf.setPageSize(size)
        self._pdf.setPageMargins(QMarginsF(0, 0, 0, 0))

    def _prepare(self) -> None:
        self.painter.resetTransform()
        self.painter.scale(DPI / 96, DPI / 96)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def next_page(self, page: Page) -> None:
        """Begin another page, of another size if wished."""
        self.page = page
        self._size(page)
        self._pdf.newPage()
        self.number += 1
        self._prepare()

    def place(self, sheet: Sheet) -> None:
        """Remember that a map lies here."""
        self.placed.append(Placed(self.number, sheet, self.page.width, self.page.height))

    def close(self) -> None:
        """Finish the file."""
        self.painter.end()

    # -- text ---------------------------------------------------------------------------------------------------
    def text(
        self,
        space: QRectF,
        text: str,
        size: float = 10.0,
        *,
        bold: bool = False,
        colour: QColor = INK,
        right: bool = False,
    ) -> float:
        """Paint wrapped text into a space (clipped at its foot); returns the height it took."""
        font = painter_font(size, bold=bold)
        flags = Qt.TextFlag.TextWordWrap
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        self.painter.setFont(font)
        self.painter.setPen(colour)
        taken = self.painter.boundingRect(space, int(flags | align), text)
        self.painter.save()
        self.painter.setClipRect(space)
        self.painter.drawText(space, int(flags | align), text)
        self.painter.restore()
        return taken.height()

    def height_of(self, text: str, width: float, size: float, *, bold: bool = False) -> float:
        """The height wrapped text needs."""
        metrics = QFontMetricsF(painter_font(size, bold=bold))
        flags = int(Qt.TextFlag.TextWordWrap)
        return metrics.boundingRect(QRectF(0, 0, width, 1e6), flags, text).height()

    def rule(self, x0: float, y: float, x1: float) -> None:
        """A thin line across."""
        self.painter.setPen(QPen(LINE, 0.6))
        self.painter.drawLine(int(x0), int(y), int(x1), int(y))
