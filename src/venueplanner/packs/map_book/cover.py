"""The cover: title, overview map with the frames of the detail sheets, legend, cartouche."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from venueplanner.domain.pack import PackJob
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_, Words
from venueplanner.packs.drawing.labels import halo_text
from venueplanner.packs.drawing.sheet import Sheet
from venueplanner.packs.drawing.symbols import painter_font
from venueplanner.packs.editions import cartouche, say

from .cartouche import paint_band
from .layout import MM, DetailSheet, Page
from .legend import legend_height, paint_legend
from .maps import FRAME_BLUE, ground, paint_map
from .writer import ALARM, INK, MUTED, Writer

ROOM = 5 * MM  # round the map, for the figures of the grid
ABOVE_LEGEND = 112.0  # title, classification and dates
POINTS = frozenset({"post", "gate", "exit", "note"})
SCALES = (500, 750, 1000, 1250, 1500, 2000, 2500, 3000, 4000, 5000, 6000, 7500, 10_000, 12_500, 15_000, 20_000, 25_000)


def paint_cover(
    writer: Writer, page: Page, job: PackJob, features: Sequence[Feature], book: Sequence[DetailSheet]
) -> None:
    """The first page."""
    panel, space = frames(page, features)
    overview = overview_sheet(job, features, book, space)
    _panel(writer, panel, page, job, features, book)
    paint_map(writer, overview, job, shown(features, book), names=False)
    _sheet_frames(writer.painter, overview, book)
    paint_band(writer, overview, job, job.translate(N_("Overview")), job.translate(N_("cover")))
    writer.painter.setBrush(Qt.BrushStyle.NoBrush)


def frames(page: Page, features: Sequence[Feature]) -> tuple[QRectF, QRectF]:
    """Where title and legend go, and where the overview map goes."""
    body = page.body
    bottom = page.band.top() - 2 * MM
    if page.landscape:
        panel = QRectF(body.left(), body.top(), max(body.width() * 0.27, 290.0), bottom - body.top())
        left = panel.right() + 3 * MM + ROOM
        return panel, QRectF(left, body.top() + ROOM, body.right() - left - ROOM, bottom - body.top() - 2 * ROOM)
    high = ABOVE_LEGEND + 24 + legend_height(features, 3)
    panel = QRectF(body.left(), bottom - high, body.width(), high)
    return panel, QRectF(
        body.left() + ROOM, body.top() + ROOM, body.width() - 2 * ROOM, panel.top() - body.top() - 3 * ROOM
    )


def shown(features: Sequence[Feature], book: Sequence[DetailSheet]) -> list[Feature]:
    """What the overview shows: points that stand on a detail sheet would only lie on top of each other here."""
    detailed = shapely.union_all([shapely.box(*each.bounds) for each in book])
    return [
        each for each in features if each.kind not in POINTS or each.shape is None or not detailed.covers(each.shape)
    ]


def _panel(
    writer: Writer,
    panel: QRectF,
    page: Page,
    job: PackJob,
    features: Sequence[Feature],
    book: Sequence[DetailSheet],
) -> None:
    said, top = cartouche(job), panel.top()

    def line(text: str, size: float, high: float, gap: float, *, bold: bool = False, muted: bool = False) -> None:
        nonlocal top
        space = QRectF(panel.left(), top, panel.width(), high)
        colour = MUTED if muted else INK
        top += min(writer.text(space, text, size, bold=bold, colour=colour), high) + gap

    if said["exercise"]:
        space = QRectF(panel.left(), top, panel.width(), 24)
        top += writer.text(space, said["exercise"], 18, bold=True, colour=ALARM)
    line(said["title"], 21 if page.landscape else 19, 78, 4, bold=True)
    line(said["classification"], 10, 26, 4, bold=True, muted=True)
    phases = job.site.plan.of("phase")
    if phases:
        when = f"{str(phases[0]['start'] or '')[:16]} – {str(phases[-1]['end'] or '')[:16]}".replace("T", " ")
        line(when, 10, 14, 4)
    index = ", ".join(each.label for each in book)
    line(
        say(job, Words(N_("Detail sheets ({count}): {index}"), {"count": len(book), "index": index})),
        9,
        24,
        8,
        muted=True,
    )
    line(job.translate(N_("Legend")), 11, 16, 4, bold=True)
    room = QRectF(panel.left(), top, panel.width(), panel.bottom() - top)
    paint_legend(writer, room, job, features, 1 if page.landscape else 3)


def overview_sheet(job: PackJob, features: Sequence[Feature], book: Sequence[DetailSheet], space: QRectF) -> Sheet:
    """The overview: all the plan and all detail sheets at a round scale."""
    boxes = [shapely.box(*each.bounds) for each in book] + [shapely.box(*ground(features, job.site))]
    x0, y0, x1, y1 = (float(each) for each in shapely.total_bounds(boxes))
    per_unit = 1.06 * max((x1 - x0) / space.width(), (y1 - y0) / space.height())
    # A round scale reads better and measures better.
    scale = per_unit * 96 / 0.0254
    nice = next((step for step in SCALES if step >= scale), scale)
    per_unit = float(nice) * 0.0254 / 96
    return Sheet(
        (x0 + x1) / 2, (y0 + y1) / 2, per_unit, space.width(), space.height(), left=space.left(), top=space.top()
    )


def _sheet_frames(painter: QPainter, overview: Sheet, book: Sequence[DetailSheet]) -> None:
    font = painter_font(9, bold=True)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for each in book:
        x0, y0, x1, y1 = each.bounds
        one, other = overview.point(x0, y1), overview.point(x1, y0)
        painter.setPen(QPen(FRAME_BLUE, 1.1))
        painter.drawRect(QRectF(one, other))
        halo_text(painter, one + QPointF(4, 12), each.label, font, FRAME_BLUE, QColor("#FFFFFF"), 1.0)
