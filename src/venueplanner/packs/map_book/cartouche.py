"""The cartouche under every map: title, scale bar, datum, version, validity, classification, QR, and the map's edge."""

from __future__ import annotations

import itertools

import numpy as np
import segno
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen, QPolygonF

from venueplanner.domain.pack import PackJob
from venueplanner.domain.words import N_
from venueplanner.packs.drawing.furniture import paint_north, paint_scale_bar
from venueplanner.packs.drawing.palette import PAPER
from venueplanner.packs.drawing.sheet import Sheet
from venueplanner.packs.drawing.symbols import painter_font
from venueplanner.packs.editions import attributions, cartouche
from venueplanner.packs.grid import convergence, grid_lines, spacing_for

from .layout import MM
from .writer import ALARM, INK, LINE, MUTED, Writer

GRID = QColor("#4A6FA5")


def paint_grid(writer: Writer, sheet: Sheet, job: PackJob) -> None:
    """Grid lines inside the frame and their figures outside it."""
    frame = QRectF(sheet.left, sheet.top, sheet.width, sheet.height)
    painter = writer.painter
    font = painter_font(7.5)
    soft = QColor(GRID)
    soft.setAlphaF(0.45)
    for line in grid_lines(job.coordinates, sheet.bounds, spacing_for(sheet.scale)):
        points = [QPointF(x, y) for x, y in sheet.to_device(line.points).tolist()]
        painter.save()
        painter.setClipRect(frame)
        painter.setPen(QPen(soft, 0.5))
        painter.drawPolyline(QPolygonF(points))
        painter.restore()
        painter.setFont(font)
        painter.setPen(GRID)
        for at in _crossings(points, frame, line.north):
            if line.north:
                space = QRectF(at.x() - 14, at.y() - 11 if at.y() < frame.center().y() else at.y() + 1, 28, 10)
            else:
                space = QRectF(at.x() - 19 if at.x() < frame.center().x() else at.x() + 1, at.y() - 5, 18, 10)
            painter.drawText(space, Qt.AlignmentFlag.AlignCenter, line.label)


def _crossings(points: list[QPointF], frame: QRectF, north: bool) -> list[QPointF]:
    """Where a line meets the frame: top and bottom for lines that run north, left and right for the others."""
    found = []
    for edge in (frame.top(), frame.bottom()) if north else (frame.left(), frame.right()):
        for one, other in itertools.pairwise(points):
            a, b = (one.y(), other.y()) if north else (one.x(), other.x())
            if a != b and min(a, b) <= edge <= max(a, b):
                share = (edge - a) / (b - a)
                x = one.x() + share * (other.x() - one.x())
                y = one.y() + share * (other.y() - one.y())
                at = QPointF(x, edge) if north else QPointF(edge, y)
                inside = (
                    frame.left() + 8 < at.x() < frame.right() - 8 if north else frame.top() < at.y() < frame.bottom()
                )
                if inside:
                    found.append(at)
                break
    return found


def paint_edge(writer: Writer, sheet: Sheet, job: PackJob) -> None:
    """The neat line, the north arrow and the exercise mark on the map."""
    painter = writer.painter
    frame = QRectF(sheet.left, sheet.top, sheet.width, sheet.height)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(INK, 1.2))
    painter.drawRect(frame)
    turn = convergence(job.coordinates, sheet.x, sheet.y)
    paint_north(painter, sheet, PAPER, QPointF(frame.right() - 20, frame.top() + 26), turn)
    mark = cartouche(job)["exercise"]
    if mark:
        painter.setFont(painter_font(34, bold=True))
        colour = QColor(ALARM)
        colour.setAlphaF(0.30)
        painter.setPen(colour)
        painter.drawText(frame, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, mark)


def paint_band(writer: Writer, sheet: Sheet, job: PackJob, name: str, position: str) -> None:
    """The cartouche: what the sheet is, its scale, and when it stops being true."""
    band, painter, say = writer.page.band, writer.painter, job.translate
    said = cartouche(job)
    writer.rule(band.left(), band.top(), band.right())
    code = band.height() - 2 * MM
    code = max(code, 20 * MM)
    paint_qr(writer, QRectF(band.right() - code, band.bottom() - code, code, code), qr_text(job, sheet))
    inner = QRectF(band.left(), band.top() + 2 * MM, band.width() - code - 4 * MM, band.height() - 2 * MM)
    wide = inner.width()
    first = QRectF(inner.left(), inner.top(), wide * 0.42, inner.height())
    height = writer.text(first, said["title"], 13, bold=True)
    height = min(height, 34.0)
    writer.text(first.adjusted(0, height + 2, 0, 0), name, 10, colour=MUTED)
    exercise = f"{said['exercise']} · " if said["exercise"] else ""
    mark = exercise + said["classification"]
    high = writer.height_of(mark, first.width(), 9, bold=True)
    foot = QRectF(first.left(), inner.bottom() - high, first.width(), high + 2)
    writer.text(foot, mark, 9, bold=True, colour=ALARM if exercise else INK)
    second = QRectF(inner.left() + wide * 0.45, inner.top(), wide * 0.25, inner.height())
    scale = f"1 : {sheet.scale:,.0f}".replace(",", " ")
    writer.text(second, scale, 12, bold=True)
    paint_scale_bar(painter, sheet, PAPER, QPointF(second.left(), second.top() + 44), second.width() * 0.9)
    writer.text(QRectF(second.left(), second.top() + 49, second.width(), 46), datum_note(job, sheet), 8, colour=MUTED)
    third = QRectF(inner.left() + wide * 0.73, inner.top(), wide * 0.27, inner.height())
    rows = [
        (say(N_("Sheet")), position),
        (say(N_("Version")), said["version"]),
        (say(N_("Made")), said["made"]),
        (say(N_("Valid until")), said["valid_until"] or "–"),
    ]
    y = third.top()
    for label, value in rows:
        writer.text(QRectF(third.left(), y, third.width() * 0.44, 13), label, 8.5, colour=MUTED)
        writer.text(QRectF(third.left() + third.width() * 0.45, y, third.width() * 0.55, 13), value, 8.5, bold=True)
        y += 14.5
    writer.text(QRectF(third.left(), y + 1, third.width(), 26), "; ".join(attributions(job)), 6.5, colour=MUTED)


def datum_note(job: PackJob, sheet: Sheet) -> str:
    """The plan's system, and the grid: spacing, datum and the 100 km square that the figures at the edge leave out."""
    west, south, east, north = sheet.bounds
    corners = ((west, south), (east, south), (west, north), (east, north))
    squares = list(dict.fromkeys(_square(job, x, y) for x, y in corners))
    spacing = spacing_for(sheet.scale)
    grid = f"{spacing:g} m" if spacing < 1000 else f"{spacing / 1000:g} km"
    return f"{job.coordinates.label}\nMGRS {', '.join(squares)} · UTM {grid} · WGS 84"


def _square(job: PackJob, x: float, y: float) -> str:
    """Zone and 100 km square of a place, as in "35V LG"."""
    reference = job.coordinates.to_mgrs(x, y).replace(" ", "")
    return f"{reference[:-12]} {reference[-12:-10]}"


def qr_text(job: PackJob, sheet: Sheet) -> str:
    """A geo: address of the sheet's middle (RFC 5870), which phones open, with the plan's version behind it."""
    lon, lat = job.coordinates.to_lonlat_array(np.array([[sheet.x, sheet.y]]))[0].tolist()
    version = cartouche(job)["version"]
    return f"geo:{lat:.5f},{lon:.5f}?q={lat:.5f},{lon:.5f}&v={version}"


def paint_qr(writer: Writer, space: QRectF, text: str) -> None:
    """A QR code (ISO/IEC 18004, level M) as one vector path, with its quiet zone inside `space`."""
    matrix = [[bool(cell) for cell in row] for row in segno.make(text, error="m", micro=False).matrix]
    count = len(matrix) + 8
    size = space.width() / count
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for row, cells in enumerate(matrix):
        start = None
        for column, cell in enumerate([*cells, False]):
            if cell and start is None:
                start = column
            elif not cell and start is not None:
                x, y = space.left() + (start + 4) * size, space.top() + (row + 4) * size
                path.addRect(QRectF(x, y, (column - start) * size, size))
                start = None
    writer.painter.fillRect(space, QBrush(QColor("#FFFFFF")))
    writer.painter.fillPath(path, QBrush(QColor("#000000")))
    writer.painter.setPen(QPen(LINE, 0.4))
    writer.painter.setBrush(Qt.BrushStyle.NoBrush)
