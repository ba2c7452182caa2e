"""The lists of the book: findings, the state of every check, posts, barriers, gates. Tables that run over pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPolygonF

from venueplanner.domain.check import STATES, Finding
from venueplanner.domain.pack import PackJob
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_, Words
from venueplanner.kinds import BY_ID
from venueplanner.packs.drawing.palette import PAPER
from venueplanner.packs.editions import cartouche, say_value

from .layout import Page
from .writer import INK, MUTED, Writer

STATE_WORDS = dict(STATES)
PAD = 4.0
SIZE = 9.0


@dataclass(frozen=True)
class Column:
    """A column: heading and its share of the width."""

    heading: str
    share: float


@dataclass(frozen=True)
class Row:
    """A row of cells; `severity` paints its mark in the first cell."""

    cells: tuple[str, ...]
    severity: str = ""


def say(job: PackJob, words: Words | str) -> str:
    """A sentence in the sheet's language."""
    return words.say(job.translate, job.decimal) if isinstance(words, Words) else job.translate(words)


def paint_table(
    writer: Writer,
    page: Page,
    job: PackJob,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    empty: str = "",
) -> None:
    """A table on as many pages as it needs, each with title, heading and foot."""
    if not rows:
        _begin(writer, page, job, title)
        writer.text(page.body.adjusted(0, 40, 0, 0), empty, 10, colour=MUTED)
        return
    left = list(rows)
    while left:
        body = _begin(writer, page, job, title)
        y = _headings(writer, body, columns)
        while left:
            height = _height(writer, body, columns, left[0])
            if y + height > body.bottom() - 22 and y > body.top() + 60:
                break
            _row(writer, QRectF(body.left(), y, body.width(), height), columns, left.pop(0))
            y += height


def _begin(writer: Writer, page: Page, job: PackJob, title: str) -> QRectF:
    writer.next_page(page)
    body, said = page.body, cartouche(job)
    writer.text(QRectF(body.left(), body.top(), body.width() * 0.6, 24), title, 15, bold=True)
    head = QRectF(body.left() + body.width() * 0.6, body.top() + 5, body.width() * 0.4, 16)
    writer.text(head, f"{said['exercise']} {said['classification']}".strip(), 8.5, colour=MUTED, right=True)
    foot = QRectF(body.left(), body.bottom() - 14, body.width(), 14)
    version = say(job, Words(N_("version {version}, made {made}"), {"version": said["version"], "made": said["made"]}))
    writer.text(foot, f"{said['title']} · {version}", 8, colour=MUTED)
    writer.text(foot, str(writer.number + 1), 8, colour=MUTED, right=True)
    return body.adjusted(0, 34, 0, 0)


def _headings(writer: Writer, body: QRectF, columns: Sequence[Column]) -> float:
    x, tallest = body.left(), 0.0
    for column in columns:
        wide = column.share * body.width()
        tallest = max(tallest, writer.text(QRectF(x, body.top(), wide - PAD, 30), column.heading, 8.5, bold=True))
        x += wide
    y = body.top() + tallest + 3
    writer.rule(body.left(), y, body.right())
    return y + 2


def _height(writer: Writer, body: QRectF, columns: Sequence[Column], row: Row) -> float:
    tallest = 12.0
    for number, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
        room = column.share * body.width() - PAD - (16 if row.severity and number == 0 else 0)
        tallest = max(tallest, writer.height_of(cell, room, SIZE))
    return tallest + 2 * PAD


def _row(writer: Writer, space: QRectF, columns: Sequence[Column], row: Row) -> None:
    x = space.left()
    for number, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
        wide = column.share * space.width()
        inset = 16 if row.severity and number == 0 else 0
        if inset:
            severity_mark(writer, QPointF(x + 6, space.top() + PAD + 6), row.severity)
        writer.text(QRectF(x + inset, space.top() + PAD, wide - PAD - inset, space.height()), cell, SIZE, colour=INK)
        x += wide
    writer.rule(space.left(), space.bottom() - 1, space.right())


def severity_mark(writer: Writer, at: QPointF, severity: str) -> None:
    """Triangle, diamond, disc or ring: severity by shape as well as by colour."""
    painter, r = writer.painter, 5.0
    colour = PAPER.severity(severity)
    painter.setPen(QColor(colour))
    painter.setBrush(QBrush(colour) if severity != "info" else QBrush())
    if severity == "critical":
        painter.drawPolygon(QPolygonF([at + QPointF(0, -r), at + QPointF(r, r * 0.8), at + QPointF(-r, r * 0.8)]))
    elif severity == "major":
        painter.drawPolygon(
            QPolygonF([at + QPointF(0, -r), at + QPointF(r, 0), at + QPointF(0, r), at + QPointF(-r, 0)])
        )
    else:
        painter.drawEllipse(at, r * 0.8, r * 0.8)


def finding_rows(job: PackJob) -> Iterator[Row]:
    """One row a finding: sentence, measured against allowed, source; waived ones with the reason."""
    waivers = job.site.plan.waivers
    for each in job.findings:
        text = say(job, each.text)
        waiver = waivers.get(each.id)
        if waiver is not None and waiver.cover == each.cover:
            values = {"reason": waiver.reason, "by": waiver.by, "date": waiver.date[:10]}
            text += "\n" + say(job, Words(N_("Waived: {reason} ({by}, {date})"), values))
        yield Row((text, _figures(job, each), each.source), each.severity)


def _figures(job: PackJob, each: Finding) -> str:
    if each.measured is None:
        return ""
    decimals = 0 if each.unit == "km/h" else 2
    text = f"{each.measured:.{decimals}f} {each.unit}"
    if each.threshold:
        text += f" / {each.threshold:.{decimals}f} {each.unit}"
    return text.replace(".", job.decimal)


def state_rows(job: PackJob) -> Iterator[Row]:
    """One row a check and subject: its state, with what is missing."""
    for (check, subject), status in job.states.items():
        feature = job.site.plan.features.get(subject)
        reason = say(job, status.reason) if status.reason else ""
        yield Row((check, feature.name if feature else "–", job.translate(STATE_WORDS[status.state]), reason))


def feature_rows(job: PackJob, features: Sequence[Feature], fields: Sequence[str]) -> Iterator[Row]:
    """One row a feature: name, the fields, and its MGRS reference."""
    for each in sorted(features, key=lambda feature: (feature.kind, _natural(feature.name))):
        kind = BY_ID[each.kind]
        cells = [each.name]
        for name in fields:
            field = kind.field(name)
            cells.append(say_value(job, field, each) if field is not None else "")
        place = each.shape.representative_point() if each.shape is not None else None
        cells.append(job.coordinates.to_mgrs(place.x, place.y) if place is not None else "")
        yield Row(tuple(cells))


def _natural(name: str) -> tuple[str, int, str]:
    digits = "".join(letter for letter in name if letter.isdigit())
    return "".join(letter for letter in name if letter.isalpha()), int(digits or 0), name


def labels_of(job: PackJob, kind_id: str, fields: Sequence[str]) -> list[str]:
    """Headings for a list of a kind's features."""
    kind = BY_ID[kind_id]
    named = [kind.field(name) for name in fields]
    return [job.translate(N_("Name")), *(job.translate(each.label) for each in named if each), "MGRS"]
