"""The maps of the book: city, plan, gaps, names, grid and edge in a frame; and a detail sheet with its neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter

from venueplanner.domain.pack import PackJob
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.packs.drawing.city import paint_city, paint_street_names
from venueplanner.packs.drawing.evidence import paint_findings
from venueplanner.packs.drawing.labels import Labels, halo_text
from venueplanner.packs.drawing.palette import PAPER
from venueplanner.packs.drawing.plan import paint_features, standing
from venueplanner.packs.drawing.sheet import Sheet
from venueplanner.packs.drawing.symbols import painter_font
from venueplanner.packs.editions import is_public, say

from .cartouche import paint_band, paint_edge, paint_grid
from .layout import Box, DetailSheet
from .writer import Writer

FRAME_BLUE = QColor("#1565C0")


def ground(features: Sequence[Feature], site: Site, *kinds: str) -> Box:
    """The ground of features of some kinds, else of all features."""
    for chosen in ([each for each in features if each.kind in kinds], list(features)):
        shapes = [shape for each in chosen for shape in standing(each, site.plan, site.rules)]
        if shapes:
            x0, y0, x1, y1 = (float(each) for each in shapely.total_bounds(shapes))
            return x0, y0, x1, y1
    layers = [layer for layer in site.layers.values() if len(layer)]
    if not layers:
        return -200.0, -200.0, 200.0, 200.0
    x0, y0, x1, y1 = (float(each) for each in shapely.total_bounds(layers[0].shapes))
    return x0, y0, x1, y1


def paint_map(writer: Writer, sheet: Sheet, job: PackJob, features: Sequence[Feature], *, names: bool) -> None:
    """A map with everything that belongs inside and at its frame; `names` asks for names of features and for gaps."""
    painter, site = writer.painter, job.site
    frame = QRectF(sheet.left, sheet.top, sheet.width, sheet.height)
    painter.save()
    painter.setClipRect(frame)
    painter.fillRect(frame, QBrush(QColor(PAPER.land)))
    labels = Labels(frame, size=9.5)
    paint_city(painter, sheet, site.layers.values(), PAPER)
    paint_features(painter, sheet, features, site.plan, site.rules, PAPER, labels=labels if names else None)
    if names and not is_public(job):
        gaps = [each for each in job.findings if each.check == "coverage-gap"]
        paint_findings(painter, sheet, gaps, PAPER, say=lambda words: say(job, words), labels=labels)
    labels.paint(painter, PAPER)
    paint_street_names(painter, sheet, site.layers.values(), labels, PAPER, most=40)
    painter.restore()
    paint_grid(writer, sheet, job)
    paint_edge(writer, sheet, job)
    writer.place(sheet)


def paint_detail(
    writer: Writer,
    job: PackJob,
    features: Sequence[Feature],
    sheet: DetailSheet,
    book: Sequence[DetailSheet],
) -> None:
    """A detail sheet on the writer's page."""
    drawn = sheet.on(writer.page.map_frame)
    paint_map(writer, drawn, job, features, names=True)
    _neighbours(writer.painter, drawn, sheet, book)
    name = say(job, Words(N_("Detail sheet {label}"), {"label": sheet.label}))
    paint_band(writer, drawn, job, name, f"{sheet.label} ({book.index(sheet) + 1}/{len(book)})")


def _neighbours(painter: QPainter, drawn: Sheet, sheet: DetailSheet, book: Sequence[DetailSheet]) -> None:
    """Names of the sheets that go on beyond the edges."""
    font = painter_font(9, bold=True)
    middle_x, middle_y = drawn.left + drawn.width / 2, drawn.top + drawn.height / 2
    places = {
        (1, 0): QPointF(drawn.left + drawn.width - 24, middle_y),
        (-1, 0): QPointF(drawn.left + 5, middle_y),
        (0, 1): QPointF(middle_x, drawn.top + 14),
        (0, -1): QPointF(middle_x, drawn.top + drawn.height - 6),
    }
    arrows = {(1, 0): "{} →", (-1, 0): "← {}", (0, 1): "↑ {}", (0, -1): "↓ {}"}
    for other in book:
        step = sheet.side_of(other)
        if step in places:
            text = arrows[step].format(other.label)
            at = places[step] - QPointF(8 if step == (1, 0) else 0, 0)
            halo_text(painter, at, text, font, FRAME_BLUE, QColor("#FFFFFF"), 1.0)
