"""Labels that do not collide: each takes the first free place near its anchor, or is left out."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPainterPath, QPen

from .palette import Palette
from .symbols import painter_font


@dataclass
class Labels:
    """Collects texts, keeps the space they and the symbols take, and paints them at the end, heaviest first."""

    frame: QRectF
    pixel: float = 1.0
    size: float = 11.0
    _taken: list[QRectF] = field(default_factory=list)
    _wanted: list[tuple[int, str, QPointF, float]] = field(default_factory=list)

    def copy(self) -> Labels:
        """The same wishes and spaces, to go on with in two ways."""
        return Labels(self.frame, self.pixel, self.size, list(self._taken), list(self._wanted))

    @property
    def taken(self) -> tuple[tuple[float, float, float, float], ...]:
        """The spaces that are taken: left, top, width, height."""
        return tuple(each.getRect() for each in self._taken)  # type: ignore[misc]

    def reserve(self, space: QRectF) -> None:
        """Keep labels away from this space."""
        self._taken.append(space)

    def add(self, text: str, at: QPointF, *, away: float = 0.0, weight: int = 1) -> None:
        """Ask for a label at `at`, beside it when `away` (1/96 inch) is more than nothing."""
        self._wanted.append((-weight, text, at, away))

    def paint(self, painter: QPainter, palette: Palette) -> None:
        """Paint what finds room."""
        font = painter_font(self.size * self.pixel, bold=True)
        metrics = QFontMetricsF(font)
        for _, text, at, away in sorted(self._wanted, key=lambda each: each[0]):
            short = text if len(text) <= 32 else text[:31] + "…"
            width, height = metrics.horizontalAdvance(short), metrics.height()
            for space in self._places(at, away * self.pixel, width, height):
                if self.frame.contains(space) and not any(space.intersects(other) for other in self._taken):
                    self._taken.append(space)
                    baseline = QPointF(space.left(), space.bottom() - metrics.descent())
                    halo_text(painter, baseline, short, font, QColor(palette.text), QColor(palette.halo), self.pixel)
                    break
        self._wanted.clear()

    @staticmethod
    def _places(at: QPointF, away: float, width: float, height: float) -> list[QRectF]:
        if away <= 0:
            return [
                QRectF(at.x() - width / 2, at.y() - height / 2 + shift, width, height) for shift in (0, height, -height)
            ]
        gap = away
        return [
            QRectF(at.x() + gap, at.y() - height / 2, width, height),
            QRectF(at.x() - width / 2, at.y() - gap - height, width, height),
            QRectF(at.x() - width / 2, at.y() + gap, width, height),
            QRectF(at.x() - gap - width, at.y() - height / 2, width, height),
            QRectF(at.x() + gap, at.y() - gap - height, width, height),
            QRectF(at.x() + gap, at.y() + gap, width, height),
        ]

    def along(
        self, painter: QPainter, text: str, at: QPointF, angle: float, palette: Palette, size: float = 10.5
    ) -> bool:
        """Paint a text turned by `angle` degrees (clockwise on the device) at once, if there is room. For streets."""
        font = painter_font(size * self.pixel)
        metrics = QFontMetricsF(font)
        width, height = metrics.horizontalAdvance(text), metrics.height()
        across = abs(width * math.cos(math.radians(angle))) + abs(height * math.sin(math.radians(angle)))
        down = abs(width * math.sin(math.radians(angle))) + abs(height * math.cos(math.radians(angle)))
        space = QRectF(at.x() - across / 2, at.y() - down / 2, across, down)
        if not self.frame.contains(space) or any(space.intersects(other) for other in self._taken):
            return False
        self._taken.append(space)
        painter.save()
        painter.translate(at)
        painter.rotate(angle)
        baseline = QPointF(-width / 2, height / 2 - metrics.descent())
        halo_text(painter, baseline, text, font, QColor(palette.text), QColor(palette.halo), self.pixel)
        painter.restore()
        return True


def halo_text(
    painter: QPainter, at: QPointF, text: str, font: object, colour: QColor, halo: QColor, pixel: float
) -> None:
    """Text with a soft edge, readable on any ground. Drawn as text, so that it can be searched for in a PDF."""
    outline = QPainterPath()
    outline.addText(at, font, text)  # type: ignore[call-overload]
    edge = QPen(halo, 3.0 * pixel)
    edge.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(outline, edge)
    painter.setBrush(QBrush(Qt.BrushStyle.NoBrush))
    painter.setPen(colour)
    painter.setFont(font)  # type: ignore[arg-type]
    painter.drawText(at, text)


def chip(
    painter: QPainter, at: QPointF, text: str, colour: QColor, pixel: float, frame: QRectF | None = None
) -> QRectF:
    """A small filled plate with white text, such as "2.40 m"; kept inside the frame."""
    font = painter_font(12 * pixel, bold=True)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text) + 12 * pixel, metrics.height() + 5 * pixel
    space = QRectF(at.x() + 12 * pixel, at.y() - height - 6 * pixel, width, height)
    if frame is not None:
        space.moveLeft(min(max(space.left(), frame.left()), frame.right() - width))
        space.moveTop(min(max(space.top(), frame.top()), frame.bottom() - height))
    painter.setPen(QPen(QColor("#FFFFFF"), 1.2 * pixel))
    painter.setBrush(QBrush(colour))
    painter.drawRoundedRect(space, 3 * pixel, 3 * pixel)
    dark_text = colour.lightnessF() > 0.62
    painter.setPen(QColor("#1B1F23") if dark_text else QColor("#FFFFFF"))
    painter.setFont(font)
    painter.drawText(space, Qt.AlignmentFlag.AlignCenter, text)
    return space
