"""The frames of a pack's sheets on the live map: blue and see-through, each with its label and scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from venueplanner.app.drawing import Palette, Sheet, chip
from venueplanner.domain.pack import Frame


def paint_sheets(
    painter: QPainter, sheet: Sheet, frames: Sequence[Frame], dragged: Mapping[str, Any], palette: Palette
) -> None:
    """Every frame; one that is being `dragged` (label → its box) at its new place and stronger."""
    room = QRectF(0, 0, sheet.width, sheet.height)
    for frame in frames:
        held = frame.label in dragged
        x0, y0, x1, y1 = dragged[frame.label].bounds if held else frame.bounds
        space = QRectF(sheet.point(x0, y1), sheet.point(x1, y0))
        edge, fill = QColor(palette.accent), QColor(palette.accent)
        fill.setAlphaF(0.24 if held else 0.13)
        painter.setBrush(QBrush(fill))
        painter.setPen(QPen(edge, 3.0 if held else 2.0, Qt.PenStyle.SolidLine))
        painter.drawRect(space)
        text = f"{frame.label} · 1 : {frame.scale:,.0f}".replace(",", "\u00a0")
        chip(painter, QPointF(max(space.left(), 0) + 6, max(space.top(), 0) + 26), text, edge, 1.0, room)
