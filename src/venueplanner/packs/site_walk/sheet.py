"""The site-walk list: upright A4, in walking order, one row a question with room for the answer."""

from __future__ import annotations

from pathlib import Path

from venueplanner.domain.check import Question
from venueplanner.domain.pack import Pack, PackJob
from venueplanner.domain.words import N_
from venueplanner.packs.editions import SHARED, is_public, say
from venueplanner.packs.map_book.tables import Column, Row, Table
from venueplanner.packs.sheets import write_tables

BOX = "☐"


def make(job: PackJob) -> list[Path]:
    """Write the list; the file is whole or not there. The public edition has none. Raises `NoRoom`."""
    if is_public(job):
        return []
    return write_tables(job, "site-walk", [_table(job)], landscape=False)


def _table(job: PackJob) -> Table:
    tr = job.translate
    columns = [
        Column("№", 0.06),
        Column("MGRS", 0.19),
        Column(tr(N_("What to look at")), 0.33),
        Column(tr(N_("Why")), 0.24),
        Column(tr(N_("Found")), 0.18),
    ]
    rows = [_row(job, number, each) for number, each in enumerate(job.questions, 1)]
    notes = (
        tr(N_("In the order of a walk from north; the answers go into the plan's forms or into the city's data.")),
    )
    empty = tr(N_("The plan and the city's data leave no question open that the checks ask."))
    return Table(tr(N_("Site walk")), columns, rows, empty, notes)


def _row(job: PackJob, number: int, question: Question) -> Row:
    place = question.shape.centroid
    answer = f"{BOX} ________ {job.translate(question.unit)}" if question.unit else f"{BOX} {job.translate(N_('yes'))}"
    if not question.unit:
        answer += f"   {BOX} {job.translate(N_('no'))}"
    grid = job.coordinates.to_mgrs(place.x, place.y)
    return Row((str(number), grid, say(job, question.text), say(job, question.why), answer))


PACK = Pack(
    id="site-walk",
    label=N_("Site-walk list"),
    help=N_("What a look on site would settle: widths, heights and certificates the data does not give."),
    fields=SHARED,
    make=make,
    asks=True,
)
