"""What stands on every map: scale bar and north arrow."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from .labels import halo_text
from .palette import Palette
from .sheet import Sheet
from .symbols import painter_font


def round_length(longest: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is no longer than `longest`.

    >>> round_length(730.0)
    500.0
    """
    if longest <= 0 or not math.isfinite(longest):
        return 1.0
    power = 10.0 ** math.floor(math.log10(longest))
    return max(step * power for step in (1.0, 2.0, 5.0) if step * power <= longest * (1 + 1e-9))


def paint_scale_bar(painter: QPainter, sheet: Sheet, palette: Palette, at: QPointF, longest: float = 130.0) -> None:
    """A two-part bar with its length in metres or kilometres; `at` is its lower left corner."""
    metres = round_length(longest * sheet.pixel * sheet.per_unit)
    width = metres / sheet.per_unit
    height = 5.0 * sheet.pixel
    edge = QPen(QColor(palette.text), 1.0 * sheet.pixel)
    painter.setPen(edge)
    for part in range(4):
        painter.setBrush(QBrush(QColor(palette.text if part % 2 == 0 else palette.halo)))
        painter.drawRect(QRectF(at.x() + width * part / 4, at.y() - height, width / 4, height))
    text = f"{metres:g} m" if metres < 1000 else f"{metres / 1000:g} km"
    font = painter_font(10.5 * sheet.pixel, bold=True)
    painter.setFont(font)
    colour, halo = QColor(palette.text), QColor(palette.halo)
    halo_text(painter, QPointF(at.x(), at.y() - height - 4 * sheet.pixel), text, font, colour, halo, sheet.pixel)


def paint_north(painter: QPainter, sheet: Sheet, palette: Palette, at: QPointF, convergence: float = 0.0) -> None:
    """A north arrow centred at `at`; `convergence` turns it clockwise from grid north to true north, degrees."""
    u = sheet.pixel
    painter.save()
    painter.translate(at)
    painter.rotate(convergence)
    painter.setPen(QPen(QColor(palette.halo), 1.2 * u))
    painter.setBrush(QBrush(QColor(palette.text)))
    painter.drawPolygon(
        QPolygonF([QPointF(0, -17 * u), QPointF(7 * u, 8 * u), QPointF(0, 3 * u), QPointF(-7 * u, 8 * u)])
    )
    font = painter_font(11 * u, bold=True)
    halo_text(painter, QPointF(-4 * u, 21 * u), "N", font, QColor(palette.text), QColor(palette.halo), u)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.restore()
