"""Painting what a tool is doing: the draft, the snap mark, the figures at the cursor, the grips of the selection."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from venueplanner.app.drawing import Palette, Sheet, chip, handles
from venueplanner.app.language import Language
from venueplanner.app.tools.choosing import grips
from venueplanner.app.tools.events import Draft
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_, Words

_SNAP_WORDS = {"vertex": N_("corner"), "crossing": N_("crossing"), "segment": N_("line")}


def paint_draft(painter: QPainter, sheet: Sheet, draft: Draft, palette: Palette, language: Language) -> None:
    """The draft of the running tool, with figures beside the cursor."""
    accent = QColor(palette.accent)
    soft = QColor(accent)
    soft.setAlphaF(0.14)
    for shape in draft.shapes.values():
        if shape.geom_type == "Point":
            painter.setPen(QPen(accent, 2))
            painter.setBrush(QBrush(soft))
            painter.drawEllipse(sheet.point(shape.x, shape.y), 11, 11)
            continue
        path = sheet.path(shape)
        if shape.geom_type == "Polygon":
            painter.fillPath(path, QBrush(soft))
        painter.strokePath(path, QPen(accent, 2.2, Qt.PenStyle.DashLine))
    chain = [*draft.points, *draft.way, *([draft.cursor] if draft.cursor and draft.points else [])]
    if len(chain) >= 2:
        _chain(painter, sheet, draft, chain, accent, soft)
    painter.setPen(QPen(QColor(palette.halo), 1.2))
    painter.setBrush(QBrush(accent))
    for place in draft.points:
        painter.drawEllipse(sheet.point(*place), 3.6, 3.6)
    if draft.snap is not None:
        paint_snap(painter, sheet, draft, palette, language)
    text = figures(draft, language)
    if text and draft.cursor is not None:
        at = sheet.point(*draft.cursor)
        frame = QRectF(0, 0, sheet.width, sheet.height)
        chip(painter, QPointF(at.x() + 4, at.y() - 4), text, accent, 1.0, frame)


def _chain(
    painter: QPainter, sheet: Sheet, draft: Draft, chain: list[tuple[float, float]], accent: QColor, soft: QColor
) -> None:
    if draft.family == "Polygon" and len(chain) > 2:
        painter.fillPath(sheet.path(shapely.Polygon(chain)), QBrush(soft))
        closing = sheet.path(shapely.LineString([chain[-1], chain[0]]))
        painter.strokePath(closing, QPen(accent, 1.2, Qt.PenStyle.DotLine))
    painter.strokePath(sheet.path(shapely.LineString(chain)), QPen(accent, 2.2))


def figures(draft: Draft, language: Language) -> str:
    """Length of the leg, whole length, direction and area, as they stand at the cursor."""
    parts: list[str] = []
    if draft.typed:
        parts.append(language.say(Words(N_("{typed} m"), {"typed": draft.typed})))
    elif draft.leg is not None:
        parts.append(language.say(Words(N_("{metres:.2f} m"), {"metres": draft.leg})))
    if draft.typed_angle is not None:
        parts.append(f"∠ {draft.typed_angle}°")
    elif draft.angle is not None and draft.leg:
        parts.append(f"{draft.angle:.0f}°")
    if draft.typed or draft.typed_angle:
        parts.append("↵")
    if draft.length is not None and (draft.leg is None or draft.length > draft.leg + 1e-6):
        parts.append("Σ " + language.say(Words(N_("{metres:.1f} m"), {"metres": draft.length})))
    if draft.area is not None and draft.area > 0:
        parts.append(language.say(Words(N_("{area:.0f} m²"), {"area": draft.area})))
    return " · ".join(parts)


def paint_snap(painter: QPainter, sheet: Sheet, draft: Draft, palette: Palette, language: Language) -> None:
    """The three snap marks: box on a corner, cross on a crossing, hourglass on a line."""
    snap = draft.snap
    if snap is None:
        return
    at = sheet.point(snap.x, snap.y)
    x, y, r = at.x(), at.y(), 7.0
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, colour in ((4.0, palette.halo), (2.0, palette.fast)):
        painter.setPen(QPen(QColor(colour), width))
        if snap.kind == "vertex":
            painter.drawRect(QRectF(x - r, y - r, 2 * r, 2 * r))
        elif snap.kind == "crossing":
            painter.drawLine(QPointF(x - r, y - r), QPointF(x + r, y + r))
            painter.drawLine(QPointF(x - r, y + r), QPointF(x + r, y - r))
        else:
            corners = [(-r, -r), (r, -r), (-r, r), (r, r), (-r, -r)]
            for (ax, ay), (bx, by) in itertools.pairwise(corners):
                painter.drawLine(QPointF(x + ax, y + ay), QPointF(x + bx, y + by))


def paint_selection(painter: QPainter, sheet: Sheet, features: Iterable[Feature], palette: Palette) -> None:
    """A bright edge round selected features, with grips when one is selected."""
    chosen = [each for each in features if each.shape is not None]
    accent = QColor(palette.accent)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for feature in chosen:
        shape = feature.shape
        if shape is None:
            continue
        painter.setPen(QPen(accent, 2.0))
        if shape.geom_type == "Point":
            at = sheet.point(*shapely.get_coordinates(shape)[0])
            painter.drawEllipse(at, 15, 15)
        else:
            glow = QColor(accent)
            glow.setAlphaF(0.35)
            painter.strokePath(sheet.path(shape), QPen(glow, 9))
    if len(chosen) != 1 or chosen[0].shape is None or chosen[0].shape.geom_type == "Point":
        return
    painter.setPen(QPen(accent, 1.4))
    painter.setBrush(QBrush(QColor(palette.halo)))
    for space in handles(sheet, chosen[0].shape):
        painter.drawRect(space)
    painter.setPen(QPen(accent, 1.0))
    for grip in grips(chosen[0]):
        if grip.fresh:
            painter.drawEllipse(sheet.point(*grip.place), 2.6, 2.6)


def paint_rubber(painter: QPainter, palette: Palette, box: QRectF) -> None:
    """The box that is being dragged."""
    colour = QColor(palette.accent)
    painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DashLine))
    colour.setAlphaF(0.12)
    painter.setBrush(QBrush(colour))
    painter.drawRect(box)
