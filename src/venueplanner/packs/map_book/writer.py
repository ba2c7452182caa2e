"""The PDF writer: pages painted in 1/96 inch, text blocks that wrap, and where each map lies (for the georeference)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUuid
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageSize, QPainter, QPdfWriter, QPen

from venueplanner.packs.drawing.sheet import Sheet
from venueplanner.packs.drawing.symbols import painter_font

from .layout import Page

DPI = 1200
INK = QColor("#1D2733")
MUTED = QColor("#5C6977")
LINE = QColor("#AEB7C0")
ALARM = QColor("#C62828")


@dataclass(frozen=True)
class Placed:
    """A map on a page: page number from 0, its sheet, the page's size in 1/96 inch."""

    page: int
    sheet: Sheet
    width: float
    height: float


class Writer:
    """Paints pages into a PDF, which is kept in memory: Qt says nothing when a disk is full."""

    def __init__(self, title: str, page: Page) -> None:
        self.placed: list[Placed] = []
        self.number = 0
        self.page = page
        self._kept = QBuffer()
        self._kept.open(QIODevice.OpenModeFlag.WriteOnly)
        self._pdf = QPdfWriter(self._kept)
        self._pdf.setResolution(DPI)
        self._pdf.setTitle(title)
        self._pdf.setCreator("VenuePlanner")
        # Left to itself Qt draws a number by chance, and equal plans would give unequal files.
        self._pdf.setDocumentId(QUuid(f"{{{uuid5(NAMESPACE_URL, title)}}}"))
        self._size(page)
        self.painter = QPainter(self._pdf)
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

    def close(self) -> bytes:
        """End painting; returns the PDF."""
        self.painter.end()
        self._kept.close()
        return bytes(self._kept.data().data())

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
        flags = _wrap(font, text, space.width())
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
        font = painter_font(size, bold=bold)
        flags = int(_wrap(font, text, width))
        return QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 1e6), flags, text).height()

    def rule(self, x0: float, y: float, x1: float) -> None:
        """A thin line across."""
        self.painter.setPen(QPen(LINE, 0.6))
        self.painter.drawLine(int(x0), int(y), int(x1), int(y))


def _wrap(font: QFont, text: str, width: float) -> Qt.TextFlag:
    """Wrap between words; within words only where one is too long for its column, so that nothing is cut off."""
    metrics = QFontMetricsF(font)
    fits = all(metrics.horizontalAdvance(word) <= width for word in text.split())
    return Qt.TextFlag.TextWordWrap if fits else Qt.TextFlag.TextWrapAnywhere
