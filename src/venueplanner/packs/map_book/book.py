"""Making the map book: cover, detail sheets, findings, lists."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from venueplanner.domain.errors import BadValue, NoRoom
from venueplanner.domain.fields import Choice, Field, Number, Text
from venueplanner.domain.pack import Frame, Pack, PackJob
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.packs.editions import SHARED, cartouche, file_stem, is_public, seen
from venueplanner.packs.picture import ensure_application

from . import georeference
from .cover import paint_cover
from .layout import DetailSheet, Page, Placed, automatic_scale, ground_of, sheets_for
from .lists import feature_tables, findings_table, states_table
from .maps import ground, paint_detail
from .tables import Tables
from .writer import Writer

_PLACE = re.compile(r"\s*(?:(\w+)\s*:)?\s*([-+]?\d+(?:\.\d+)?)\s*,\s*([-+]?\d+(?:\.\d+)?)\s*")

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
    Text(
        id="frame",
        label=N_("Middles of the sheets"),
        help=N_("A1: x, y; A2: x, y … in metres; set by dragging the blue frames. Empty: laid over the plan."),
    ),
    *SHARED,
)


def page_of(options: Mapping[str, Any]) -> Page:
    """The page the options ask for."""
    return Page(str(options.get("paper") or "A4"), options.get("orientation") != "portrait")


def sheets(site: Site, options: Mapping[str, Any], features: Sequence[Feature] | None = None) -> list[DetailSheet]:
    """The detail sheets a book would have: for the preview and for the frames on the map."""
    chosen = list(site.plan.features.values()) if features is None else list(features)
    page = page_of(options)
    core = ground(chosen, site, "perimeter", "crowd_area", "barrier", "gate", "post", "exit")
    given = options.get("scale")
    scale = float(given) if isinstance(given, int | float) and given else automatic_scale(page, core)
    shapes = [each.shape for each in chosen if each.shape is not None]
    return sheets_for(page, core, scale, shapes, _placed(options.get("frame")))


def _placed(text: object) -> list[Placed]:
    """The sheets a planner has laid out. Raises `BadValue` for what cannot be read.

    >>> _placed("A1: 100, 200; B3: 150.5, 200")
    [('A1', 100.0, 200.0), ('B3', 150.5, 200.0)]
    >>> _placed("100, 200")
    [('A1', 100.0, 200.0)]
    """
    found: list[Placed] = []
    for number, part in enumerate(filter(str.strip, str(text or "").split(";")), 1):
        read = _PLACE.fullmatch(part)
        if read is None:
            sentence = Words(N_("“{text}” is no place: write x, y in metres."), {"text": part.strip()[:60]})
            raise BadValue(sentence)
        found.append((read[1] or f"A{number}", float(read[2]), float(read[3])))
    return found


def frames(job: PackJob) -> list[Frame]:
    """The detail sheets as frames to be laid out on the map."""
    return [
        Frame(each.label, each.bounds, (each.bounds[2] - each.bounds[0]) / ground_of(page_of(job.options), 1.0)[0])
        for each in sheets(job.site, job.options, seen(job))
    ]


def pages(job: PackJob) -> int:
    """How many pages the book would have: cover, detail sheets, and the lists as they would run."""
    ensure_application()
    features, page = seen(job), Page("A4", landscape=False)
    writer = Writer("", page)
    try:
        _lists(writer, page, job, features)
        return 1 + len(sheets(job.site, job.options, features)) + writer.number
    finally:
        writer.close()


def make(job: PackJob) -> list[Path]:
    """Write the book; the file is whole or not there. Raises `NoRoom`, `BadValue`."""
    ensure_application()
    target = job.folder / f"{file_stem(job)}-map-book.pdf"
    writer = Writer(cartouche(job)["title"], page_of(job.options))
    try:
        _paint(writer, job)
    finally:
        book = writer.close()
    try:
        with tempfile.TemporaryDirectory(dir=job.folder, prefix=".map-book-") as rough:
            done = Path(rough) / "done.pdf"
            georeference.write(book, done, writer.placed, job.coordinates, job.coordinates.wkt1)
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
    total = len(book) + 2
    job.progress(0, total)
    paint_cover(writer, page, job, features, book)
    for number, sheet in enumerate(book, 1):
        job.progress(number, total)
        writer.next_page(page)
        paint_detail(writer, job, features, sheet, book)
    job.progress(total - 1, total)
    # Lists are upright A4 whatever the maps are: they are read in the hand and copied.
    _lists(writer, Page("A4", landscape=False), job, features)
    job.progress(total, total)


def _lists(writer: Writer, page: Page, job: PackJob, features: Sequence[Feature]) -> None:
    tables = Tables(writer, page, job)
    if not is_public(job):
        tables.add(findings_table(job))
        tables.add(states_table(job))
    for table in feature_tables(job, features):
        tables.add(table)


PACK = Pack(
    id="map-book",
    label=N_("Map book"),
    help=N_("A vector PDF: cover with overview and legend, detail sheets, findings and lists."),
    fields=FIELDS,
    make=make,
    frames=frames,
    pages=pages,
)
