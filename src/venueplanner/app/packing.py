"""Making packs and pictures of a session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from venueplanner.checks import ALL as CHECKS
from venueplanner.domain.errors import BadValue, NoRoom, UnknownName
from venueplanner.domain.fields import Field
from venueplanner.domain.pack import Frame, Pack, PackJob
from venueplanner.domain.plan import Change
from venueplanner.domain.words import N_, Words
from venueplanner.packs import ALL as PACKS
from venueplanner.packs import picture

from . import commands
from .documents import coordinates_of
from .inspector import Inspector
from .language import Language
from .places import resources
from .reporting import inspect
from .session import Session
from .site_walk import questions

Progress = Callable[[int, int], None]
Write = Callable[[Progress], list[Path]]


def ids() -> list[str]:
    """The ids of all packs."""
    return [pack.id for pack in PACKS]


def all_packs() -> tuple[Pack, ...]:
    """The declared packs, for menus and dialogs."""
    return PACKS


def fields() -> list[Field]:
    """The options of all packs together, each id once."""
    found: dict[str, Field] = {}
    for pack in PACKS:
        for field in pack.fields:
            found.setdefault(field.id, field)
    return list(found.values())


def make(
    session: Session,
    folder: Path,
    language: Language,
    *,
    only: str = "",
    options: Mapping[str, Any] | None = None,
    inspector: Inspector | None = None,
    progress: Progress | None = None,
) -> list[Path]:
    """Write the packs into `folder` and return the files. Raises `UnknownName`, `BadValue`, `NoRoom`, `Cancelled`."""
    write = prepare(session, folder, language, only=only, options=options, inspector=inspector)
    return write(progress or (lambda done, total: None))


def prepare(
    session: Session,
    folder: Path,
    language: Language,
    *,
    only: str = "",
    options: Mapping[str, Any] | None = None,
    inspector: Inspector | None = None,
) -> Write:
    """What `make` does, in two steps: the session is looked at now; the function that is returned runs in any thread.

    Raises `UnknownName`, `BadValue`; the function `NoRoom` and whatever its progress raises.
    """
    chosen = [pack for pack in PACKS if only in ("", pack.id)]
    if not chosen:
        raise UnknownName(
            Words(N_("There is no pack “{pack}”."), {"pack": only}),
            Words(N_("The packs are: {known}."), {"known": ", ".join(ids())}),
        )
    for pack in chosen:  # before the checks run: a bad option is told at once
        _options(pack, options or {}, session)
    inspector = inspector or inspect(session)
    jobs = [(pack, _job(session, pack, language, inspector, options or {}, folder)) for pack in chosen]

    def write(progress: Progress) -> list[Path]:
        _make_folder(folder)
        written: list[Path] = []
        for pack, job in jobs:
            asked = tuple(questions(job.site)) if pack.asks else ()
            written += pack.make(replace(job, progress=progress, questions=asked))
        return written

    return write


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        sentence = Words(
            N_("The folder {folder} cannot be made: {why}."), {"folder": str(folder), "why": error.strerror}
        )
        raise NoRoom(sentence, Words(N_("Choose another folder."))) from None


def _job(
    session: Session, pack: Pack, language: Language, inspector: Inspector, options: Mapping[str, Any], folder: Path
) -> PackJob:
    return PackJob(
        site=session.site(),
        findings=tuple(inspector.findings),
        states=dict(inspector.states),
        options=_options(pack, options, session),
        folder=folder,
        resources=resources(),
        coordinates=coordinates_of(session.plan),
        language=language.code,
        translate=language,
        decimal=language.decimal,
        made_at=datetime.now().astimezone().isoformat("T", "minutes"),
        checks={check.id: check.label for check in CHECKS},
    )


@dataclass(frozen=True)
class Layout:
    """What a pack would be with the plan's options: values, the sheets on the map, pages (None: unknown)."""

    values: Mapping[str, Any]
    frames: tuple[Frame, ...] = ()
    pages: int | None = None


def pack_of(pack_id: str) -> Pack:
    """The pack of an id."""
    return next(each for each in PACKS if each.id == pack_id)


def layout(session: Session, pack_id: str, language: Language, inspector: Inspector) -> Layout:
    """What a pack would be if it were written now. Raises `BadValue` where an option kept in the plan is no good."""
    pack = pack_of(pack_id)
    job = _job(session, pack, language, inspector, {}, Path())
    frames = tuple(pack.frames(job)) if pack.frames else ()
    return Layout(job.options, frames, pack.pages(job) if pack.pages else None)


def set_option(session: Session, pack_id: str, field_id: str, value: object, *, initiator: object = None) -> Change:
    """Keep an option of a pack in the plan; the default is not written down."""
    field = next(each for each in pack_of(pack_id).fields if each.id == field_id)
    text = "" if value is None or value == field.default else str(value)
    if isinstance(value, bool) and text:
        text = "yes" if value else "no"
    return commands.set_facts(session, {f"pack.{field_id}": text}, initiator=initiator)


def _options(pack: Pack, given: Mapping[str, Any], session: Session) -> dict[str, Any]:
    """The values of a pack's fields: given ones parsed, else the plan's own (fact `pack.<id>`), else the default."""
    values: dict[str, Any] = {}
    for field in pack.fields:
        raw = given.get(field.id, session.plan.fact(f"pack.{field.id}") or None)
        values[field.id] = field.default if raw is None else field.parse(raw)
    return values


def size_of(text: str) -> tuple[int, int]:
    """`1600x1000` as numbers. Raises `BadValue`."""
    parts = text.lower().replace("×", "x").split("x")
    if len(parts) == 2 and all(part.isdecimal() for part in parts):
        width, height = int(parts[0]), int(parts[1])
        if 16 <= width <= 20000 and 16 <= height <= 20000:
            return width, height
    raise BadValue(Words(N_("“{size}” is no size: write width x height in pixels, such as 1600x1000."), {"size": text}))


def render(session: Session, path: Path, size: str, theme: str, language: Language) -> None:
    """Draw the plan with its findings as a PNG picture. Raises `BadValue`, `NoRoom`."""
    width, height = size_of(size)
    inspector = inspect(session)
    image = picture.draw(session.site(), inspector.findings, language.say, width=width, height=height, theme=theme)
    picture.save_png(image, path)
