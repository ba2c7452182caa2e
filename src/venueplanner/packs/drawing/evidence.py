"""Drawing what a finding shows: the gap with its width, the worst route, the perimeter coloured by speed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np
import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from venueplanner.domain.check import Evidence, Finding
from venueplanner.domain.words import Words

from .labels import Labels, chip
from .palette import Palette
from .sheet import Sheet
from .symbols import head


def paint_findings(
    painter: QPainter,
    sheet: Sheet,
    findings: Iterable[Finding],
    palette: Palette,
    *,
    say: object,
    labels: Labels | None = None,
    chosen: Finding | None = None,
) -> None:
    """Draw the evidence of findings: all gaps and stretches, and everything of the chosen one on top."""
    frame = shapely.box(*sheet.bounds).buffer(sheet.metres_per_pixel * 60)
    for finding in findings:
        if chosen is not None and finding.id == chosen.id:
            continue
        for each in finding.evidence:
            if each.role in ("stretch", "gap") and each.shape.intersects(frame):
                _paint(painter, sheet, each, palette.severity(finding.severity), palette, say, None, strong=False)
    if chosen is not None:
        for each in reversed(chosen.evidence):
            colour = palette.severity(chosen.severity)
            _paint(painter, sheet, each, colour, palette, say, labels, strong=True)


def _paint(
    painter: QPainter,
    sheet: Sheet,
    evidence: Evidence,
    colour: QColor,
    palette: Palette,
    say: object,
    labels: Labels | None,
    *,
    strong: bool,
) -> None:
    shape = evidence.shape
    if shape.is_empty:
        return
    pixel = sheet.pixel
    if evidence.role == "stretch":
        _stretch(painter, sheet, evidence, colour, palette, strong)
    elif evidence.role == "route":
        _route(painter, sheet, evidence, colour, palette)
    elif evidence.role == "zone":
        soft = QColor(colour)
        soft.setAlphaF(0.16)
        painter.fillPath(sheet.path(shape), QBrush(soft))
        painter.strokePath(sheet.path(shape), QPen(colour, 1.5 * pixel))
    elif evidence.role == "point":
        _ring(painter, sheet.point(shape.centroid.x, shape.centroid.y), colour, palette, pixel)
    elif evidence.role == "gap":
        pen = QPen(colour, (5.0 if strong else 3.5) * pixel)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.strokePath(sheet.path(shape), pen)
        if strong and shape.length / sheet.per_unit < 40 * pixel:
            middle = shape.centroid
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 2.2 * pixel))
            painter.drawEllipse(sheet.point(middle.x, middle.y), 16 * pixel, 16 * pixel)
    if strong and evidence.label is not None:
        middle = shapely.Point(shapely.get_coordinates(shape)[-1]) if evidence.role == "route" else shape.centroid
        frame = QRectF(sheet.left, sheet.top, sheet.width, sheet.height)
        space = chip(painter, sheet.point(middle.x, middle.y), _said(say, evidence.label), colour, pixel, frame)
        if labels is not None:
            labels.reserve(space)


def _said(say: object, words: Words) -> str:
    return str(say(words)) if callable(say) else words.say()


def speed_colour(speed: float, palette: Palette) -> QColor:
    """Green up to 20 km/h, amber up to 48 (the lowest certified impact speed but one), red above. `speed` in m/s."""
    kmh = speed * 3.6
    return QColor(palette.slow if kmh <= 20 else palette.middle if kmh <= 48 else palette.fast)


def _ring(painter: QPainter, at: QPointF, colour: QColor, palette: Palette, pixel: float) -> None:
    """A ring wide enough to leave the symbol of what stands there readable."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(QColor(palette.halo), 6.0 * pixel), QPen(colour, 3.0 * pixel)):
        painter.setPen(pen)
        painter.drawEllipse(at, 17 * pixel, 17 * pixel)


def _stretch(
    painter: QPainter, sheet: Sheet, evidence: Evidence, colour: QColor, palette: Palette, strong: bool
) -> None:
    points = sheet.to_device(shapely.get_coordinates(evidence.shape))
    values = np.asarray(evidence.values, dtype=float)
    width = (4.0 if strong else 2.6) * sheet.pixel
    count = len(points) - 1
    # A stretch without values is no slow one: it has the colour of its finding.
    speeds = [float(values[min(index, len(values) - 1)]) if len(values) else None for index in range(count)]
    colours = [(colour if each is None else speed_colour(each, palette)).name() for each in speeds]
    # Pieces of one colour are one line: a perimeter has thousands of metres, but few changes of colour.
    for name, pieces in itertools.groupby(range(count), key=colours.__getitem__):
        run = list(pieces)
        pen = QPen(QColor(name), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline([QPointF(*each) for each in points[run[0] : run[-1] + 2].tolist()])


def _route(painter: QPainter, sheet: Sheet, evidence: Evidence, colour: QColor, palette: Palette) -> None:
    path = sheet.path(evidence.shape)
    halo = QPen(QColor(palette.halo), 7.5 * sheet.pixel)
    pen = QPen(colour, 4.5 * sheet.pixel)
    for each in (halo, pen):
        each.setCapStyle(Qt.PenCapStyle.RoundCap)
        each.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.strokePath(path, each)
    length = path.length()
    if length > 30 * sheet.pixel:
        back = path.pointAtPercent(path.percentAtLength(length - 12 * sheet.pixel))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(colour))
        tip = path.pointAtPercent(1.0)
        head(painter, back, tip, 10 * sheet.pixel)
