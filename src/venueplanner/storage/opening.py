"""Finding out what a file is before it is trusted: a GeoPackage, ours, whole, of a format we know."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from venueplanner.domain.errors import BadFile, NewerFile
from venueplanner.domain.words import N_, Words

from .change_log import first_break
from .container import APPLICATION_ID
from .database import engine_to_read, engine_to_write, names
from .migrations import migrate
from .reading_plan import Reader
from .seal import SQLITE_HEAD, SealState, look_at_seal
from .tables import FORMAT
from .versions import folder_of

_BESIDE = ("-journal", "-wal", "-shm")
_OLD_APPLICATION_IDS = (0x47503130, 0x47503131)  # GeoPackage 1.0 and 1.1
# What reading a file with changed bytes may raise: SQLite itself, text that is no UTF-8, values of a wrong type.
_UNREADABLE = (sa.exc.SQLAlchemyError, sqlite3.Error, ValueError, KeyError, TypeError, OverflowError, MemoryError)
_OPEN_OLDER = N_("Open an earlier version from the folder {folder}, or a copy.")


def read_file(path: Path) -> dict[str, Any]:
    """Everything that `OpenedPlan` holds. Raises `BadFile` or `NewerFile`."""
    try:
        _first_look(path)
        with tempfile.TemporaryDirectory(prefix="venueplanner-") as folder:
            return _read(_settled(path, Path(folder)), path, Path(folder))
    except OSError as error:
        sentence = Words(N_("{file} cannot be read ({reason})."), {"file": str(path), "reason": str(error)})
        raise BadFile(sentence, Words(N_("See whether it is there and whether you may read it."))) from error


def _first_look(path: Path) -> None:
    if not path.exists():
        sentence = Words(N_("{file} does not exist."), {"file": str(path)})
        raise BadFile(sentence, Words(N_("See whether the name is right and the disk is there.")))
    if path.is_dir():
        sentence = Words(N_("{file} is a folder, not a plan."), {"file": str(path)})
        raise BadFile(sentence, Words(N_("Choose a plan file (*.gpkg).")))
    with path.open("rb") as file:
        head = file.read(100)
    if head and SQLITE_HEAD.startswith(head):
        raise damaged(path)
    if head[:16] != SQLITE_HEAD:
        sentence = Words(N_("{file} is not a plan: it is not a GeoPackage."), {"file": str(path)})
        raise BadFile(sentence, Words(N_("Choose a plan file (*.gpkg).")))


def damaged(path: Path) -> BadFile:
    """The error for a file that was ours and is not whole any more."""
    sentence = Words(N_("{file} is damaged: it is not as it was written."), {"file": str(path)})
    return BadFile(sentence, Words(_OPEN_OLDER, {"folder": str(folder_of(path))}))


def _settled(path: Path, folder: Path) -> Path:
    """The file itself, or a settled copy when another program left unfinished business beside it."""
    beside = [path.with_name(path.name + ending) for ending in _BESIDE]
    if not any(each.exists() and each.stat().st_size for each in beside[:2]):
        return path
    copy = folder / "plan.gpkg"
    shutil.copy2(path, copy)
    for each in beside[:2]:  # the -shm part is rebuilt
        if each.exists():
            shutil.copy2(each, copy.with_name(copy.name + each.name.removeprefix(path.name)))
    try:
        with sqlite3.connect(copy) as db:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
            db.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise damaged(path) from error
    finally:
        db.close()
    return copy


def _read(settled: Path, path: Path, folder: Path) -> dict[str, Any]:
    try:
        with engine_to_read(settled).connect() as connection:
            found = _format(connection, path)
    except _UNREADABLE as error:
        raise damaged(path) from error
    seal = look_at_seal(settled)
    if seal is SealState.DAMAGED:
        raise damaged(path)
    if found < FORMAT:
        settled = _migrated(settled, path, folder, found)
    edited = seal is SealState.EDITED
    try:
        with engine_to_read(settled).connect() as connection:
            if edited and connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                raise damaged(path)
            reader = Reader(connection, edited)
            plan, log = reader.plan(), reader.log()
    except _UNREADABLE as error:
        raise damaged(path) from error
    return {
        "plan": plan,
        "log": log,
        "remarks": tuple(reader.remarks),
        "edited": edited,
        "migrated_from": found if found < FORMAT else None,
        "log_broken_at": first_break(log),
    }


def _format(connection: sa.Connection, path: Path) -> int:
    """The plan format of a file, after looking whether it is a plan at all."""
    application = connection.exec_driver_sql("PRAGMA application_id").scalar()
    contents = names(connection, "gpkg_contents")
    if not contents and application not in (APPLICATION_ID, *_OLD_APPLICATION_IDS):
        sentence = Words(N_("{file} is not a plan: it is a database, but not a GeoPackage."), {"file": str(path)})
        raise BadFile(sentence, Words(N_("Choose a plan file (*.gpkg).")))
    if not names(connection, "vp_meta"):
        sentence = Words(N_("{file} is a GeoPackage of another program, not a plan."), {"file": str(path)})
        raise BadFile(sentence, Words(N_("To use its data, add it to a plan with City data ▸ Add.")))
    value = connection.exec_driver_sql("SELECT value FROM vp_meta WHERE key = 'format'").scalar()
    if not str(value).isdigit():
        raise damaged(path)
    found = int(str(value))
    if found > FORMAT:
        values = {"file": str(path), "found": found, "known": FORMAT}
        sentence = Words(
            N_("{file} was written by a newer version of the program (format {found}; this one knows {known})."), values
        )
        raise NewerFile(sentence, Words(N_("Update the program, or ask for the plan in the older format.")))
    return found


def _migrated(settled: Path, path: Path, folder: Path, found: int) -> Path:
    copy = folder / "older.gpkg"
    shutil.copy2(settled, copy)
    try:
        with engine_to_write(copy).begin() as connection:
            migrate(connection, found, FORMAT)
    except KeyError as error:
        values = {"file": str(path), "found": found}
        sentence = Words(N_("{file} has the format {found}, which this version cannot read any more."), values)
        raise BadFile(sentence, Words(N_("Open and save it with an older version of the program first."))) from error
    return copy
