"""The sheets of the register: A4 across; the 5×5 picture first, the caveat in print under it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPen

from venueplanner.domain.pack import Pack, PackJob
from venueplanner.domain.words import N_, Words
from venueplanner.engine.scoring import STEPS, Score, score
from venueplanner.kinds.risk import BANDS, limits_of
from venueplanner.kinds.threat_judgement import newest
from venueplanner.packs.editions import SHARED, is_public, say, seen
from venueplanner.packs.map_book.tables import Column, Row, Table
from venueplanner.packs.map_book.writer import INK, LINE, MUTED, Writer
from venueplanner.packs.sheets import write_tables

from .register import Entry, entries

CAVEAT = N_(
    "Ordinal ranks of judgement, not probabilities: the products order what to do first; they cannot be added up or "
    "compared with other registers. The tool infers no threat: likelihood follows the judgement of the authority."
)
COLOURS = {"low": "#DDEFD9", "medium": "#FFF2C2", "high": "#FBD5B0", "very_high": "#F3B7B2"}
CELL, ASIDE = 58.0, 150.0
HEIGHT = CELL * STEPS + 70


def make(job: PackJob) -> list[Path]:
    """Write the register; the file is whole or not there. The public edition has none. Raises `NoRoom`."""
    if is_public(job):
        return []  # it is made of findings: what is weak, and where
    waivers = job.site.plan.waivers
    waived = {each.id for each in job.findings if each.id in waivers and waivers[each.id].cover == each.cover}
    shown = {each.id for each in seen(job)}
    register = [each for each in entries(job.site, job.findings, waived) if each.risk.id in shown]
    figure = (
        job.translate(N_("Where the risks are")),
        HEIGHT,
        lambda writer, room: _picture(writer, room, job, register),
    )
    return write_tables(job, "risk-register", [_table(job, register), _judgement(job)], landscape=True, figure=figure)


def _picture(writer: Writer, room: QRectF, job: PackJob, register: Sequence[Entry]) -> None:
    """The table of 5×5 cells with the risks as they are without measures (plain) and today (in brackets)."""
    limits = limits_of(job.site.rules)
    left, top = room.left() + ASIDE, room.top()
    painter = writer.painter
    for up in range(1, STEPS + 1):
        for along in range(1, STEPS + 1):
            cell = QRectF(left + (along - 1) * CELL * 2, top + (STEPS - up) * CELL, CELL * 2, CELL)
            found = score(up, along, limits)
            painter.setPen(QPen(LINE, 0.6))
            painter.setBrush(QBrush(QColor(COLOURS[found.band])))
            painter.drawRect(cell)
            writer.text(cell.adjusted(3, 2, -3, -2), str(found.product), 8, colour=MUTED, right=True)
            there = [each.risk.name for each in register if _in(each.inherent, up, along)]
            there += [f"({each.risk.name})" for each in register if _in(each.today, up, along)]
            writer.text(cell.adjusted(4, 12, -4, -2), ", ".join(_short(each) for each in there), 10, colour=INK)
        words = f"{job.translate(N_('Likelihood'))} {up}"
        writer.text(QRectF(room.left(), top + (STEPS - up) * CELL + 18, ASIDE - 8, 30), words, 9, right=True)
    for along in range(1, STEPS + 1):
        words = f"{job.translate(N_('Consequence'))} {along}"
        writer.text(QRectF(left + (along - 1) * CELL * 2 + 4, top + STEPS * CELL + 3, CELL * 2 - 8, 16), words, 9)
    writer.text(QRectF(left, top + STEPS * CELL + 36, CELL * 2 * STEPS, 32), job.translate(CAVEAT), 8.5, colour=INK)
    legend = " · ".join(job.translate(label) for _, label in BANDS)
    note = job.translate(N_("Without measures; in brackets with the measures that no grave finding speaks against."))
    writer.text(QRectF(left, top + STEPS * CELL + 20, CELL * 2 * STEPS, 18), f"{legend}. {note}", 8.5, colour=MUTED)


def _in(found: Score | None, likelihood: int, consequence: int) -> bool:
    return found is not None and (found.likelihood, found.consequence) == (likelihood, consequence)


def _short(name: str) -> str:
    """The tag of a risk where its name begins with one: R1 of "R1 Vehicle into the crowd"."""
    bare, closed = name.strip("()"), name.startswith("(")
    first = bare.split(" ")[0]
    short = first if any(letter.isdecimal() for letter in first) else bare[:16]
    return f"({short})" if closed else short


def _table(job: PackJob, register: Sequence[Entry]) -> Table:
    tr = job.translate
    columns = [
        Column(tr(N_("Risk")), 0.15),
        Column(tr(N_("Without measures")), 0.09),
        Column(tr(N_("As planned")), 0.09),
        Column(tr(N_("Today")), 0.09),
        Column(tr(N_("Left over, recorded")), 0.1),
        Column(tr(N_("Vulnerability")), 0.09),
        Column(tr(N_("What will be done")), 0.19),
        Column(tr(N_("Owner")), 0.11),
        Column(tr(N_("Due")), 0.09),
    ]
    rows = [_row(job, each) for each in register]
    told = N_("Vulnerability from 1 (the checks find nothing at what is linked) to 5 (a critical finding is open).")
    return Table(tr(N_("Risk register")), columns, rows, tr(N_("The plan has no risks yet.")), (tr(CAVEAT), tr(told)))


def _row(job: PackJob, entry: Entry) -> Row:
    risk = entry.risk
    owners = (job.site.plan.features.get(each) for each in risk.links("owner"))
    done = str(risk["treatment"] or "")
    if entry.weak:
        values = {"names": ", ".join(each.name for each in entry.weak)}
        done += "\n" + say(job, Words(N_("Not counted today: {names}."), values))
    return Row(
        (
            risk.name,
            *(_cell(job, each) for each in (entry.inherent, entry.planned, entry.today, entry.recorded)),
            "–" if entry.vulnerability is None else str(entry.vulnerability),
            done.strip(),
            ", ".join(each.name for each in owners if each is not None),
            str(risk["due"] or "").replace("T", " "),
        )
    )


def _cell(job: PackJob, found: Score | None) -> str:
    if found is None:
        return "–"
    return f"{found.likelihood} × {found.consequence} = {found.product}\n{job.translate(dict(BANDS)[found.band])}"


def _judgement(job: PackJob) -> Table:
    """The judgement the register stands on: who, which version, when."""
    tr = job.translate
    judgement = newest(job.site.plan)
    rows = []
    if judgement is not None and judgement in seen(job):
        date, until = (str(judgement[each] or "").replace("T", " ")[:10] for each in ("date", "valid_until"))
        names = (str(judgement[each] or "") for each in ("issued_by", "version", "level"))
        rows = [Row((*names, date, until, str(judgement["text"] or "")))]
    columns = [
        Column(tr(N_("Issued by")), 0.18),
        Column(tr(N_("Version")), 0.09),
        Column(tr(N_("Threat level")), 0.11),
        Column(tr(N_("Date")), 0.1),
        Column(tr(N_("Valid until")), 0.1),
        Column(tr(N_("Text")), 0.42),
    ]
    return Table(tr(N_("Threat judgement")), columns, rows, tr(N_("No threat judgement has been imported.")))


PACK = Pack(
    id="risk-register",
    label=N_("Risk register"),
    help=N_("The risks on a 5×5 table and as a list: without measures, as planned, today; with the caveat."),
    fields=SHARED,
    make=make,
)
