"""Writing a pack that is only tables: one PDF, whole or not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QRectF

from venueplanner.domain.errors import NoRoom
from venueplanner.domain.pack import PackJob
from venueplanner.domain.words import N_, Words

from .editions import cartouche, file_stem
from .map_book.layout import Page
from .map_book.tables import Table, Tables
from .map_book.writer import Writer
from .picture import ensure_application

Paint = Callable[[Writer, QRectF], None]


def write_tables(
    job: PackJob, name: str, tables: Iterable[Table], *, landscape: bool, figure: tuple[str, float, Paint] | None = None
) -> list[Path]:
    """Write the tables as A4 sheets into `<title>-<name>.pdf`. Raises `NoRoom`.

    `figure` is a picture before them: its title, its height in 1/96 inch, and what paints it into a space.
    """
    ensure_application()
    page = Page("A4", landscape=landscape)
    writer = Writer(cartouche(job)["title"], page)
    book = Tables(writer, page, job, first=True)
    if figure is not None:
        title, height, paint = figure
        paint(writer, book.space(title, height))
    for each in tables:
        book.add(each)
    target = job.folder / f"{file_stem(job)}-{name}.pdf"
    fresh = target.with_suffix(".part")
    try:
        fresh.write_bytes(writer.close())
        fresh.replace(target)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        values = {"file": str(target), "why": error.strerror or str(error)}
        raise NoRoom(
            Words(N_("The sheet {file} cannot be written: {why}."), values),
            Words(N_("Is the folder writable, and is there room on the disk?")),
        ) from None
    return [target]
