"""The legend: one row a kind that is on the sheets, with its symbol as the map draws it."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from venueplanner.domain.kind import Kind
from venueplanner.domain.pack import PackJob
from venueplanner.domain.plan import Feature
from venueplanner.kinds import ALL
from venueplanner.packs.drawing.palette import PAPER
from venueplanner.packs.drawing.sheet import Sheet
from venueplanner.packs.drawing.symbols import PLATES, blocks, disc, fill_of, plate, stroke

from .writer import MUTED, Writer

ROW = 20.0
SAMPLE = 44.0


def kinds_on_map(features: Sequence[Feature]) -> list[Kind]:
    """The kinds that have a shape on the map, in the order of the legend."""
    there = {each.kind for each in features if each.shape is not None}
    return [kind for kind in ALL if kind.id in there and kind.style is not None]


def paint_sample(painter: QPainter, space: QRectF, kind: Kind) -> None:
    """The kind's symbol in a small box."""
    style = kind.style
    if style is None:
        return
    sheet = Sheet(0.0, 0.0, 1.0, space.width(), space.height(), left=space.left(), top=space.top())
    half, middle = space.width() / 2 - 5, QPointF(space.center())
    line = shapely.LineString([(-half, -3), (half, 3)])
    if style.symbol == "disc":
        disc(painter, middle, kind.tag + "1", style, PAPER, 0.9)
    elif style.symbol in PLATES:
        plate(painter, middle, style.symbol, style, PAPER, 1.0)
    elif style.symbol == "blocks":
        row = [shapely.box(-half + step * 11, -2.6, -half + step * 11 + 8, 2.6) for step in range(3)]
        blocks(painter, sheet, list(row), style, PAPER)
    elif style.fill or "polygon" in kind.shapes:
        box = shapely.box(-half, -6, half, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.fillPath(sheet.path(box), fill_of(style, PAPER))
        stroke(painter, sheet, box, style, PAPER)
    else:
        stroke(painter, sheet, line, style, PAPER)


def legend_height(features: Sequence[Feature], columns: int) -> float:
    """The height of the legend in 1/96 inch."""
    return -(-len(kinds_on_map(features)) // columns) * ROW


def paint_legend(writer: Writer, space: QRectF, job: PackJob, features: Sequence[Feature], columns: int = 2) -> float:
    """The legend in `columns` columns; returns its height."""
    kinds = kinds_on_map(features)
    rows = -(-len(kinds) // columns)
    wide = space.width() / columns
    for number, kind in enumerate(kinds):
        column, row = divmod(number, max(rows, 1))
        left, top = space.left() + column * wide, space.top() + row * ROW
        paint_sample(writer.painter, QRectF(left, top, SAMPLE, ROW - 2), kind)
        count = sum(each.kind == kind.id for each in features)
        text = f"{job.translate(kind.plural)}"
        writer.text(QRectF(left + SAMPLE + 8, top + 3, wide - SAMPLE - 40, ROW), text, 9.5)
        writer.text(QRectF(left + wide - 34, top + 3, 24, ROW), str(count), 9.5, colour=MUTED, right=True)
    return rows * ROW
