"""Symbols of the plan's kinds: strokes with patterns, numbered discs, gate and exit marks, blocks, arrows.

Every kind is told apart by shape and pattern too, so that a sheet printed in black and white still works.
"""

from __future__ import annotations

import math

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.kind import Style

from .palette import Palette
from .sheet import Sheet

PLATES = frozenset({"gate", "exit", "note", "warning", "assembly", "camera", "sign"})  # drawn on a small plate


def pen_of(style: Style, palette: Palette, pixel: float, widen: float = 0.0) -> QPen:
    """The pen of a kind's line."""
    pen = QPen(palette.stroke(style), (style.width + widen) * pixel)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if style.dash else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if style.dash:
        pen.setDashPattern(list(style.dash))
    return pen


def fill_of(style: Style, palette: Palette) -> QBrush:
    """The brush of a kind's area; no brush when it has none."""
    if not style.fill or style.fill_opacity <= 0:
        return QBrush(Qt.BrushStyle.NoBrush)
    colour = QColor(palette.stroke(style) if palette.dark else style.fill)
    colour.setAlphaF(style.fill_opacity if not palette.dark else min(1.0, style.fill_opacity * 1.4))
    return QBrush(colour)


def stroke(painter: QPainter, sheet: Sheet, shape: BaseGeometry, style: Style, palette: Palette) -> None:
    """A line or the edge of an area with the kind's pen; arrows along it when the style asks for them."""
    path = sheet.path(shape)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if style.symbol not in ("blocks", "none") or style.dash:
        under = QPen(QColor(palette.halo), (style.width + 2.0) * sheet.pixel)
        under.setCapStyle(Qt.PenCapStyle.RoundCap)
        under.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        colour = under.color()
        colour.setAlphaF(0.7)
        under.setColor(colour)
        painter.strokePath(path, under)
    painter.strokePath(path, pen_of(style, palette, sheet.pixel))
    if style.symbol == "arrow":
        arrows(painter, path, palette.stroke(style), style.width * sheet.pixel)


def arrows(painter: QPainter, path: QPainterPath, colour: QColor, width: float, every: float = 90.0) -> None:
    """Arrow heads along a path, the last one at its end."""
    length = path.length()
    size = width * 2.6
    if length < size * 2:
        return
    steps = max(1, int(length // (every * max(width, 1e-6) / 3.0)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(colour))
    for step in range(1, steps + 1):
        share = path.percentAtLength(length * step / steps)
        tip = path.pointAtPercent(share)
        back = path.pointAtPercent(path.percentAtLength(max(0.0, length * step / steps - size * 1.2)))
        head(painter, back, tip, size)


def head(painter: QPainter, back: QPointF, tip: QPointF, size: float) -> None:
    """One arrow head at `tip`, pointing away from `back`, with the painter's brush."""
    angle = math.atan2(tip.y() - back.y(), tip.x() - back.x())
    sides = [
        QPointF(tip.x() - size * 1.5 * math.cos(angle + turn), tip.y() - size * 1.5 * math.sin(angle + turn))
        for turn in (0.45, -0.45)
    ]
    painter.drawPolygon(QPolygonF([tip, *sides]))


def blocks(painter: QPainter, sheet: Sheet, outlines: list[BaseGeometry], style: Style, palette: Palette) -> None:
    """Barrier modules as they stand, dark with a bright edge; never thinner than a readable line."""
    painter.setBrush(QBrush(QColor("#1B1B1B")))
    painter.setPen(QPen(QColor(style.edge or "#FFD54F"), 1.2 * sheet.pixel))
    least = 2.2 * sheet.metres_per_pixel
    for outline in outlines:
        thick = outline if shapely.minimum_clearance(outline) > least else outline.buffer(least / 2, join_style="mitre")
        painter.drawPath(sheet.path(thick))


def disc(painter: QPainter, at: QPointF, text: str, style: Style, palette: Palette, pixel: float) -> QRectF:
    """A filled disc with a short text in it; returns the space it takes."""
    font = painter_font(9.5 * pixel, bold=True)
    painter.setFont(font)
    width = painter.fontMetrics().horizontalAdvance(text)
    radius = 9.5 * pixel
    half = max(radius, width / 2 + 5 * pixel)
    space = QRectF(at.x() - half, at.y() - radius, 2 * half, 2 * radius)
    painter.setPen(QPen(QColor(style.edge or "#FFFFFF"), 1.6 * pixel))
    painter.setBrush(QBrush(QColor(style.stroke)))
    painter.drawRoundedRect(space, radius, radius)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(space, Qt.AlignmentFlag.AlignCenter, text)
    return space


def plate(painter: QPainter, at: QPointF, sign: str, style: Style, palette: Palette, pixel: float) -> QRectF:
    """A small rounded plate with a drawn sign, one of PLATES."""
    width, height = 17.0 * pixel, 14.0 * pixel
    space = QRectF(at.x() - width / 2, at.y() - height / 2, width, height)
    painter.setPen(QPen(QColor(style.edge or "#FFFFFF"), 1.2 * pixel))
    painter.setBrush(QBrush(QColor(style.stroke)))
    painter.drawRoundedRect(space, 3 * pixel, 3 * pixel)
    painter.setPen(QPen(QColor("#FFFFFF"), 1.5 * pixel, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.setBrush(QBrush(QColor("#FFFFFF")))
    x, y, u = at.x(), at.y(), pixel
    if sign == "gate":
        for offset in (-4.5, 4.5):
            painter.drawLine(QPointF(x + offset * u, y - 4 * u), QPointF(x + offset * u, y + 4 * u))
        for level in (-1.5, 1.5):
            painter.drawLine(QPointF(x - 4.5 * u, y + level * u), QPointF(x + 4.5 * u, y + level * u))
    elif sign == "exit":
        painter.drawLine(QPointF(x - 5 * u, y), QPointF(x + 3 * u, y))
        head(painter, QPointF(x - 5 * u, y), QPointF(x + 5.5 * u, y), 3.4 * u)
    elif sign == "warning":
        painter.drawLine(QPointF(x, y - 4.5 * u), QPointF(x, y + 1.0 * u))
        painter.drawPoint(QPointF(x, y + 4.2 * u))
    elif sign == "assembly":
        for east, north in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
            far, near = QPointF(x + 6 * u * east, y + 5 * u * north), QPointF(x + 1.8 * u * east, y + 1.5 * u * north)
            head(painter, far, near, 2.2 * u)
            painter.drawLine(far, near)
    elif sign == "camera":
        painter.drawRect(QRectF(x - 5.5 * u, y - 3 * u, 7 * u, 6 * u))
        painter.drawPolygon(
            QPolygonF([QPointF(x + 2 * u, y), QPointF(x + 6 * u, y - 3 * u), QPointF(x + 6 * u, y + 3 * u)])
        )
    elif sign == "sign":
        painter.drawLine(QPointF(x, y - 1.5 * u), QPointF(x, y + 4 * u))
        painter.drawEllipse(QPointF(x, y - 4.2 * u), 0.6 * u, 0.6 * u)
    else:
        for level in (-3.0, 0.0, 3.0):
            painter.drawLine(QPointF(x - 4.5 * u, y + level * u), QPointF(x + 4.5 * u, y + level * u))
    return space


def painter_font(size: float, *, bold: bool = False) -> QFont:
    """The map's font, `size` device units high."""
    font = QFont("DejaVu Sans")
    font.setPixelSize(max(1, round(size)))
    font.setBold(bold)
    return font
