"""Showing what was painted for another view: the city's frame and the plan's picture, scaled or shifted to this one."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPixmap

from venueplanner.app.drawing import Sheet

from .frame_maker import Frame
from .view import Window


def _space(sheet: Sheet, middle: tuple[float, float], width: float, height: float) -> QRectF:
    """A picture of `width` × `height` pixels of this view round a middle in metres."""
    at = sheet.point(*middle)
    return QRectF(at.x() - width / 2, at.y() - height / 2, width, height)


def blit_frame(painter: QPainter, sheet: Sheet, frame: Frame) -> None:
    """The city's frame, whose pixels may be of another size than this view's."""
    share = frame.metres_per_pixel / sheet.metres_per_pixel
    width, height = frame.image.width() * share, frame.image.height() * share
    painter.drawImage(_space(sheet, (frame.x, frame.y), width, height), frame.image)


def blit_overlay(painter: QPainter, sheet: Sheet, overlay: QPixmap, window: Window) -> None:
    """The plan's picture, painted for `window` in a widget of the sheet's size."""
    share = window.metres_per_pixel / sheet.metres_per_pixel
    space = _space(sheet, (window.x, window.y), sheet.width * share, sheet.height * share)
    painter.drawPixmap(space, overlay, QRectF(overlay.rect()))
