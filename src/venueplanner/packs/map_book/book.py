"""Making the map book: cover, detail sheets, findings, lists."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from venueplanner.domain.errors import BadValue, NoRoom
from venueplanner.domain.fields import Choice, Field, Number, Text
from venueplanner.domain.pack import Pack, PackJob
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
from venueplanner.packs.editions import SHARED, cartouche, file_stem, is_public, seen
from venueplanner.packs.picture import ensure_application

from . import georeference
from .cartouche import paint_band, paint_edge, paint_grid
from .layout import MM, Box, DetailSheet, Page, automatic_scale, sheets_for
from .legend import paint_legend
from .lists import Column, feature_rows, finding_rows, labels_of, paint_table, say, state_rows
from .writer import MUTED, Writer

FRAME_BLUE = QColor("#1565C0")

FIELDS: tuple[Field, ...] = (
    Choice(id="paper", label=N_("Paper"), default="A4", options=(("A4", "A4"), ("A3", "A3"))),
    Choice(
        id="orientation",
        label=N_("Orientation"),
        default="landscape",
        options=(("landscape", N_("Landscape")), ("portrait", N_("Portrait"))),
    ),
    Number(
        id="scale",
        label=N_("Scale of the detail sheets"),
        help=N_("The number after 1 : – any number. Empty: a round scale that shows the perimeter on one sheet."),
        default=None,
        low=50,
        high=200_000,
        decimals=0,
    ),
    Text(id="frame", label=N_("Middle of the sheet"), help=N_("x, y in metres; set by dragging the blue frame.")),
    *SHARED,
)


def page_of(options: Mapping[str, Any]) -> Page:
    """The page the options ask for."""
    return Page(str(options.get("paper") or "A4"), options.get("orientation") != "portrait")


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


def sheets(site: Site, options: Mapping[str, Any], features: Sequence[Feature] | None = None) -> list[DetailSheet]:
    """The detail sheets a book would have: for the preview and for the frames on the map."""
    chosen = list(site.plan.features.values()) if features is None else list(features)
    page = page_of(options)
    core = ground(chosen, site, "perimeter", "crowd_area", "barrier", "gate", "post", "exit")
    given = options.get("scale")
    scale = float(given) if isinstance(given, int | float) and given else automatic_scale(page, core)
    shapes = [each.shape for each in chosen if each.shape is not None]
    return sheets_for(page, core, scale, shapes, _centre(options.get("frame")))


def _centre(text: object) -> Box | None:
    if not text:
        return None
    try:
        x, y = (float(part) for part in str(text).replace(";", ",").split(",")[:2])
    except ValueError:
        sentence = Words(N_("“{text}” is no place: write x, y in metres."), {"text": str(text)})
        raise BadValue(sentence) from None
    return x, y, x, y


def make(job: PackJob) -> list[Path]:
    """Write the book; the file is whole or not there. Raises `NoRoom`, `BadValue`."""
    ensure_application()
    target = job.folder / f"{file_stem(job)}-map-book.pdf"
    try:
        with tempfile.TemporaryDirectory(dir=job.folder, prefix=".map-book-") as rough:
            raw, done = Path(rough) / "raw.pdf", Path(rough) / "done.pdf"
            writer = Writer(raw, cartouche(job)["title"], page_of(job.options))
            try:
                _paint(writer, job)
            finally:
                writer.close()
            georeference.write(raw, done, writer.placed, job.coordinates, job.coordinates.wkt1)
            done.replace(target)
    except OSError as error:
        values = {"file": str(target), "why": error.strerror or str(error)}
        sentence = Words(N_("The map book {file} cannot be written: {why}."), values)
        raise NoRoom(sentence, Words(N_("Is the folder writable, and is there room on the disk?"))) from None
    return [target]


def _paint(writer: Writer, job: PackJob) -> None:
    features = seen(job)
    page = page_of(job.options)
    book = sheets(job.site, job.options, features)
    total = len(book) + 3 + (1 if any(each.kind in ("barrier", "gate") for each in features) else 0)
    job.progress(0, total)
    _cover(writer, page, job, features, book)
    for number, sheet in enumerate(book):
        writer.next_page(page)
        _detail(writer, job, features, sheet, book, f"{sheet.label} ({number + 1}/{len(book)})")
        job.progress(number + 1, total)
    upright = Page("A4", False)
    if not is_public(job):
        _findings(writer, upright, job)
    _posts(writer, upright, job, features)
    job.progress(total, total)


def _map(writer: Writer, sheet: Sheet, job: PackJob, features: Sequence[Feature], *, names: bool) -> None:
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


def _detail(
    writer: Writer,
    job: PackJob,
    features: Sequence[Feature],
    sheet: DetailSheet,
    book: Sequence[DetailSheet],
    position: str,
) -> None:
    drawn = sheet.on(writer.page.map_frame)
    _map(writer, drawn, job, features, names=True)
    _neighbours(writer.painter, drawn, sheet, book)
    name = say(job, Words(N_("Detail sheet {label}"), {"label": sheet.label}))
    paint_band(writer, drawn, job, name, position)


def _neighbours(painter: QPainter, drawn: Sheet, sheet: DetailSheet, book: Sequence[DetailSheet]) -> None:
    """Names of the sheets that go on beyond the edges."""
    font = painter_font(9, bold=True)
    middle_x, middle_y = drawn.left + drawn.width / 2, drawn.top + drawn.height / 2
    places = {
        (0, 1): QPointF(drawn.left + drawn.width - 24, middle_y),
        (0, -1): QPointF(drawn.left + 5, middle_y),
        (-1, 0): QPointF(middle_x, drawn.top + 14),
        (1, 0): QPointF(middle_x, drawn.top + drawn.height - 6),
    }
    arrows = {(0, 1): "{} →", (0, -1): "← {}", (-1, 0): "↑ {}", (1, 0): "↓ {}"}
    for other in book:
        step = (other.row - sheet.row, other.column - sheet.column)
        if step in places:
            text = arrows[step].format(other.label)
            at = places[step] - QPointF(8 if step == (0, 1) else 0, 0)
            halo_text(painter, at, text, font, FRAME_BLUE, QColor("#FFFFFF"), 1.0)


def _cover(writer: Writer, page: Page, job: PackJob, features: Sequence[Feature], book: Sequence[DetailSheet]) -> None:
    """Title, overview map with the sheets on it, legend."""
    body, said = page.body, cartouche(job)
    side = 0.33 if page.landscape else 1.0
    panel = QRectF(body.left(), body.top(), body.width() * side - 6 * MM, body.height())
    if not page.landscape:
        panel = QRectF(body.left(), body.bottom() - body.height() * 0.42, body.width(), body.height() * 0.42)
    top = panel.top()
    if said["exercise"]:
        top += writer.text(
            QRectF(panel.left(), top, panel.width(), 26), said["exercise"], 18, bold=True, colour=QColor("#C62828")
        )
    top += writer.text(QRectF(panel.left(), top, panel.width(), 90), said["title"], 21, bold=True) + 4
    top += (
        writer.text(QRectF(panel.left(), top, panel.width(), 16), said["classification"], 10, bold=True, colour=MUTED)
        + 6
    )
    phases = job.site.plan.of("phase")
    if phases:
        when = f"{str(phases[0]['start'] or '')[:16]} – {str(phases[-1]['end'] or '')[:16]}".replace("T", " ")
        top += writer.text(QRectF(panel.left(), top, panel.width(), 30), when, 10) + 6
    top += 4
    writer.text(QRectF(panel.left(), top, panel.width(), 14), job.translate(N_("Legend")), 11, bold=True)
    columns = 1 if page.landscape else 3
    top += 18 + paint_legend(writer, QRectF(panel.left(), top + 18, panel.width(), 400), job, features, columns)
    top += 8
    index = ", ".join(each.label for each in book)
    text = say(job, Words(N_("{count} detail sheets: {index}"), {"count": len(book), "index": index}))
    writer.text(QRectF(panel.left(), top, panel.width(), 40), text, 9, colour=MUTED)
    room = 5 * MM
    if page.landscape:
        space = QRectF(
            panel.right() + 6 * MM + room, body.top() + room, body.right() - panel.right() - 6 * MM - 2 * room, 0
        )
        space.setBottom(page.band.top() - 2 * room)
    else:
        space = QRectF(
            body.left() + room, body.top() + room, body.width() - 2 * room, panel.top() - body.top() - 3 * room
        )
    overview = _overview(job, features, book, space)
    _map(writer, overview, job, features, names=False)
    _sheet_frames(writer.painter, overview, book)
    if page.landscape:
        paint_band(writer, overview, job, job.translate(N_("Overview")), job.translate(N_("cover")))
    writer.painter.setBrush(Qt.BrushStyle.NoBrush)


def _overview(job: PackJob, features: Sequence[Feature], book: Sequence[DetailSheet], space: QRectF) -> Sheet:
    boxes = [shapely.box(*each.bounds) for each in book] + [shapely.box(*ground(features, job.site))]
    x0, y0, x1, y1 = (float(each) for each in shapely.total_bounds(boxes))
    per_unit = 1.06 * max((x1 - x0) / space.width(), (y1 - y0) / space.height())
    # A round scale reads better and measures better.
    scale = per_unit * 96 / 0.0254
    nice = next(
        (step for step in (500, 1000, 1500, 2000, 2500, 3000, 4000, 5000, 6000, 7500, 10000) if step >= scale), scale
    )
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


def _findings(writer: Writer, page: Page, job: PackJob) -> None:
    tr = job.translate
    columns = [
        Column(tr(N_("Finding")), 0.56),
        Column(tr(N_("Measured / allowed")), 0.17),
        Column(tr(N_("Source")), 0.27),
    ]
    paint_table(
        writer, page, job, tr(N_("Findings")), columns, list(finding_rows(job)), tr(N_("The checks found nothing."))
    )
    columns = [
        Column(tr(N_("Check")), 0.22),
        Column(tr(N_("Subject")), 0.18),
        Column(tr(N_("State")), 0.2),
        Column(tr(N_("Reason")), 0.4),
    ]
    paint_table(writer, page, job, tr(N_("State of the checks")), columns, list(state_rows(job)))


def _posts(writer: Writer, page: Page, job: PackJob, features: Sequence[Feature]) -> None:
    tr = job.translate
    lists = (
        ("post", tr(N_("Posts")), ("service", "task", "people", "channel"), (0.1, 0.14, 0.36, 0.08, 0.12, 0.2)),
        ("gate", tr(N_("Gates")), ("use", "state", "width", "guards"), (0.16, 0.22, 0.2, 0.12, 0.1, 0.2)),
        (
            "barrier",
            tr(N_("Barriers")),
            ("product", "rating", "foundation", "as_tested"),
            (0.1, 0.22, 0.2, 0.18, 0.1, 0.2),
        ),
        ("exit", tr(N_("Exits")), ("width", "surface", "accessible"), (0.26, 0.14, 0.18, 0.2, 0.22)),
    )
    for kind, title, fields, shares in lists:
        chosen = [each for each in features if each.kind == kind]
        if not chosen and kind != "post":
            continue
        headings = labels_of(job, kind, fields)
        columns = [Column(label, share) for label, share in zip(headings, shares, strict=True)]
        empty = tr(N_("There are no posts in this edition."))
        paint_table(writer, page, job, title, columns, list(feature_rows(job, chosen, fields)), empty)


PACK = Pack(
    id="map-book",
    label=N_("Map book"),
    help=N_("A vector PDF: cover with overview and legend, detail sheets, findings and lists."),
    fields=FIELDS,
    make=make,
)
