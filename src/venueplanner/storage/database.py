"""Connections to SQLite: settings that survive a power cut, and the functions that the R-tree triggers call.

Rollback journal and full synchronisation: a cut during a commit leaves the old or the new content. (Write-ahead logging
with NORMAL synchronisation loses acknowledged commits, and breaks when only the main file is copied.)
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from .geometry import box_of, is_empty


def _box_function(index: int) -> Callable[[bytes | None], float | None]:
    return lambda blob: None if blob is None or is_empty(blob) else box_of(blob)[index]


def add_functions(db: sqlite3.Connection) -> None:
    """The functions of the R-tree triggers. Without them any change of a feature table fails."""
    for index, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        db.create_function(name, 1, _box_function(index), deterministic=True)
    db.create_function("ST_IsEmpty", 1, lambda blob: None if blob is None else int(is_empty(blob)), deterministic=True)


def engine_to_write(path: Path) -> sa.Engine:
    """An engine on a file of our own that is being written."""

    def connect() -> sqlite3.Connection:
        db = sqlite3.connect(path)
        add_functions(db)
        for pragma in ("foreign_keys=ON", "journal_mode=DELETE", "synchronous=FULL"):
            db.execute(f"PRAGMA {pragma}")
        return db

    return sa.create_engine("sqlite://", creator=connect, poolclass=NullPool)


def engine_to_read(path: Path) -> sa.Engine:
    """An engine on a file of unknown origin: nothing in it can be run, nothing is written, not even a lock file."""

    def connect() -> sqlite3.Connection:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0", "query_only=ON"):
            db.execute(f"PRAGMA {pragma}")
        return db

    return sa.create_engine("sqlite://", creator=connect, poolclass=NullPool)


def script(connection: sa.Connection, statements: tuple[str, ...] | list[str]) -> None:
    """Run plain statements one after the other (colons in them are not parameters)."""
    for statement in statements:
        connection.exec_driver_sql(statement)


def quoted(name: str) -> str:
    """A table or column name as SQL wants it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'


def names(connection: sa.Connection, table: str) -> list[str]:
    """The column names of a table in its file, in order; empty when there is no such table."""
    rows: Any = connection.exec_driver_sql(f"PRAGMA table_info({quoted(table)})")
    return [str(row[1]) for row in rows]
