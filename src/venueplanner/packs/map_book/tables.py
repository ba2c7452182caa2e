"""Tables that run over pages: one below another, so that short lists share a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPolygonF

from venueplanner.domain.pack import PackJob
from venueplanner.domain.words import N_, Words
from venueplanner.packs.drawing.palette import PAPER
from venueplanner.packs.editions import cartouche, say

from .layout import Page
from .writer import ALARM, INK, MUTED, Writer

PAD = 4.0
SIZE = 11.0
HEAD = 26.0  # above the first table of a page: classification
FOOT = 20.0
TITLE = 26.0
BETWEEN = 26.0


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


@dataclass(frozen=True)
class Table:
    """A list of the book; `empty` is said when it has no rows, `notes` stand small below it."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    empty: str = ""
    notes: Sequence[str] = ()


class Tables:
    """Puts tables on pages, beginning a page when the next table would be torn without need.

    `first`: nothing stands on the writer's first page yet, so the tables begin there.
    """

    def __init__(self, writer: Writer, page: Page, job: PackJob, *, first: bool = False) -> None:
        self._writer, self._page, self._job, self._first = writer, page, job, first
        self._y = float("inf")

    @property
    def _body(self) -> QRectF:
        return self._page.body

    @property
    def _end(self) -> float:
        return self._body.bottom() - FOOT

    def add(self, table: Table) -> None:
        """One table; on a new page when it does not fit on what is left of this one but fits on a whole one."""
        heading = self._heading_height(table.columns)
        heights = [self._height(table.columns, row) for row in table.rows]
        notes = [self._writer.height_of(note, self._body.width(), SIZE - 2) for note in table.notes]
        whole = TITLE + (heading if heights else SIZE * 2) + sum(heights) + sum(notes)
        room = self._end - self._body.top() - HEAD
        if self._y + BETWEEN + min(whole, room) > self._end:
            self._next_page()
        else:
            self._y += BETWEEN
        self._title(table.title)
        if not table.rows:
            space = QRectF(self._body.left(), self._y, self._body.width(), SIZE * 2)
            self._y += self._writer.text(space, table.empty, SIZE, colour=MUTED)
            return
        self._headings(table.columns)
        for row, height in zip(table.rows, heights, strict=True):
            if self._y + height > self._end:
                self._next_page()
                self._title(table.title)
                self._headings(table.columns)
            self._row(QRectF(self._body.left(), self._y, self._body.width(), height), table.columns, row)
            self._y += height
        self._y += PAD
        for note, height in zip(table.notes, notes, strict=True):
            if self._y + height > self._end:
                self._next_page()
            space = QRectF(self._body.left(), self._y, self._body.width(), height + 2)
            self._writer.text(space, note, SIZE - 2, colour=MUTED)
            self._y += height

    def space(self, title: str, height: float) -> QRectF:
        """Room of `height` across the page for a picture under a title, on a new page when this one has not enough."""
        if self._y + BETWEEN + TITLE + height > self._end:
            self._next_page()
        else:
            self._y += BETWEEN
        self._title(title)
        room = QRectF(self._body.left(), self._y, self._body.width(), height)
        self._y += height
        return room

    def _next_page(self) -> None:
        writer, job, said = self._writer, self._job, cartouche(self._job)
        if not self._first:
            writer.next_page(self._page)
        self._first = False
        body = self._body
        head = QRectF(body.left(), body.top(), body.width(), 16)
        marks = " · ".join(each for each in (said["exercise"], said["classification"]) if each)
        writer.text(head, marks, 10, bold=True, colour=ALARM if said["exercise"] else MUTED, right=True)
        foot = QRectF(body.left(), body.bottom() - 14, body.width(), 14)
        version = say(job, Words(N_("version {version}, made {made}"), dict(said)))
        until = f" · {say(job, N_('Valid until'))} {said['valid_until']}" if said["valid_until"] else ""
        left = QRectF(foot.left(), foot.top(), foot.width() - 40, foot.height())
        writer.text(left, f"{said['title']} · {version}{until}", 9, colour=MUTED)
        writer.text(foot, str(writer.number + 1), 9, colour=MUTED, right=True)
        self._y = body.top() + HEAD

    def _title(self, title: str) -> None:
        space = QRectF(self._body.left(), self._y, self._body.width(), TITLE)
        self._writer.text(space, title, 16, bold=True)
        self._y += TITLE

    def _heading_height(self, columns: Sequence[Column]) -> float:
        wide = self._body.width()
        return 5 + max(
            self._writer.height_of(each.heading, each.share * wide - PAD, SIZE - 1, bold=True) for each in columns
        )

    def _headings(self, columns: Sequence[Column]) -> None:
        x, height = self._body.left(), self._heading_height(columns)
        for column in columns:
            wide = column.share * self._body.width()
            self._writer.text(QRectF(x, self._y, wide - PAD, height), column.heading, SIZE - 1, bold=True)
            x += wide
        self._writer.rule(self._body.left(), self._y + height - 2, self._body.right())
        self._y += height

    def _height(self, columns: Sequence[Column], row: Row) -> float:
        tallest = SIZE + 3
        for number, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
            room = column.share * self._body.width() - PAD - _inset(row, number)
            tallest = max(tallest, self._writer.height_of(cell, room, SIZE))
        return tallest + 2 * PAD

    def _row(self, space: QRectF, columns: Sequence[Column], row: Row) -> None:
        x = space.left()
        for number, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
            wide, inset = column.share * space.width(), _inset(row, number)
            if inset:
                severity_mark(self._writer, QPointF(x + 6, space.top() + PAD + 7), row.severity)
            place = QRectF(x + inset, space.top() + PAD, wide - PAD - inset, space.height())
            self._writer.text(place, cell, SIZE, colour=INK)
            x += wide
        self._writer.rule(space.left(), space.bottom() - 1, space.right())


def _inset(row: Row, number: int) -> float:
    return 18.0 if row.severity and number == 0 else 0.0


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
