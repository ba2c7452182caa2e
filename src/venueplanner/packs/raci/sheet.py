"""The matrix on paper: A4 across, one row a task; the names of the columns are numbered below."""

from __future__ import annotations

from pathlib import Path

from venueplanner.domain.pack import Pack, PackJob
from venueplanner.domain.words import N_
from venueplanner.packs.editions import SHARED, check_name, finding_text, is_public, seen
from venueplanner.packs.map_book.tables import Column, Row, Table
from venueplanner.packs.sheets import write_tables

from .matrix import matrix

WIDE = 12  # columns of stakeholders that fit one table; more go into a second


def make(job: PackJob) -> list[Path]:
    """Write the matrix and what is still to be mended; the public edition has no findings. Raises `NoRoom`."""
    tables = _tables(job)
    return write_tables(job, "raci", tables if is_public(job) else [*tables, _open_points(job)], landscape=True)


def _tables(job: PackJob) -> list[Table]:
    tr = job.translate
    shown = seen(job)
    whole = matrix(
        job.site.plan,
        [each for each in shown if each.kind == "task"],
        [each for each in shown if each.kind == "stakeholder"],
    )
    legend = tr(N_("R does it, A answers for it, C is asked before, I is told."))
    tables = []
    for first in range(0, max(len(whole.columns), 1), WIDE):
        bodies = whole.columns[first : first + WIDE]
        share = 0.66 / max(len(bodies), 1)
        columns = [Column(tr(N_("Task")), 0.34), *(Column(str(first + n), share) for n in range(1, len(bodies) + 1))]
        rows = [
            Row((task.name, *cells[first : first + WIDE])) for task, cells in zip(whole.rows, whole.cells, strict=True)
        ]
        names = [f"{first + n}  {each.name}" for n, each in enumerate(bodies, 1)]
        empty = tr(N_("The plan has no tasks yet."))
        tables.append(Table(tr(N_("Who does what")), columns, rows, empty, (legend, *names)))
    return tables


def _open_points(job: PackJob) -> Table:
    tr = job.translate
    about = [each for each in job.findings if each.check in ("raci", "orphans", "staffing")]
    rows = [Row((check_name(job, each.check), finding_text(job, each)), each.severity) for each in about]
    columns = [Column(tr(N_("Check")), 0.25), Column(tr(N_("Finding")), 0.75)]
    return Table(tr(N_("Still to be mended")), columns, rows, tr(N_("The checks found nothing.")))


PACK = Pack(
    id="raci",
    label=N_("Who does what"),
    help=N_("Tasks against stakeholders: responsible, accountable, consulted, informed; without any contact."),
    fields=SHARED,
    make=make,
)
