"""A disk whose power can be cut after any operation: what was not synchronised may be there, in part, or not at all.

SQLite runs on APSW here, with a file layer that notes every operation; SQLAlchemy talks to it as to the usual module.
Model: a write is one piece (no torn sectors), deleting is durable at once, a disk that says "synchronised" means it.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import apsw

from venueplanner.storage.database import add_functions

_STARTS = ("INSERT", "UPDATE", "DELETE", "REPLACE")  # before these the usual module opens a transaction


@dataclass(frozen=True)
class Operation:
    """One thing done to the disk: write, truncate, sync, delete of a file; rename and sync of the folder."""

    what: str
    name: str
    at: int = 0
    data: bytes = b""


@dataclass
class Disk:
    """Notes operations and says what could be found after a cut."""

    log: list[Operation] = field(default_factory=list)

    def note(self, what: str, name: str, at: int = 0, data: bytes = b"") -> None:
        """Keep one operation."""
        self.log.append(Operation(what, Path(name).name, at, bytes(data)))

    def after_cut(self, count: int, keep: str, chance: random.Random) -> dict[str, bytes]:
        """Files by name after the first `count` operations and a cut; `keep`: none, all or some of what is unsynced."""
        durable: dict[str, bytearray] = {}
        pending: list[Operation] = []
        for operation in self.log[:count]:
            if operation.what == "delete":
                durable.pop(operation.name, None)
                pending = [each for each in pending if each.name != operation.name]
            elif operation.what == "sync":
                for each in [each for each in pending if each.name == operation.name and each.what != "rename"]:
                    _apply(durable, each)
                    pending.remove(each)
            elif operation.what == "sync folder":
                for each in [each for each in pending if each.what == "rename"]:
                    _apply(durable, each)
                    pending.remove(each)
            else:
                pending.append(operation)
        survivors = [each for each in pending if keep == "all" or (keep == "some" and chance.random() < 0.5)]
        for each in sorted(survivors, key=lambda each: each.what == "rename"):
            _apply(durable, each)
        return {name: bytes(content) for name, content in durable.items()}


def _apply(files: dict[str, bytearray], operation: Operation) -> None:
    if operation.what == "rename":
        files[operation.data.decode()] = files.pop(operation.name, bytearray())
        return
    content = files.setdefault(operation.name, bytearray())
    if operation.what == "truncate":
        del content[operation.at :]
        return
    content.extend(bytes(max(0, operation.at - len(content))))
    content[operation.at : operation.at + len(operation.data)] = operation.data


class NotingFile(apsw.VFSFile):
    """A file that notes what is done to it."""

    def __init__(self, disk: Disk, name: Any, flags: list[int]) -> None:
        self.disk = disk
        self.name = name.filename() if isinstance(name, apsw.URIFilename) else (name or "")
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self.disk.note("write", self.name, offset, data)
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self.disk.note("truncate", self.name, newsize)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self.disk.note("sync", self.name)
        super().xSync(flags)


class NotingVFS(apsw.VFS):
    """The system's files, noted."""

    def __init__(self, name: str, disk: Disk) -> None:
        self.disk = disk
        super().__init__(name, base="")

    def xOpen(self, name: Any, flags: list[int]) -> NotingFile:
        return NotingFile(self.disk, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.disk.note("delete", filename)
        super().xDelete(filename, syncdir)


class Cursor:
    """As much of a cursor as SQLAlchemy needs."""

    arraysize = 1
    lastrowid = None
    rowcount = -1

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.cursor = connection.db.cursor()
        self.description: tuple[Any, ...] | None = None
        self.rows: list[Any] = []

    def execute(self, statement: str, parameters: Any = ()) -> Cursor:
        self.connection.begin_for(statement)
        self.rows = list(self.cursor.execute(statement, tuple(parameters)))
        self.description = tuple((f"c{at}", *[None] * 6) for at in range(len(self.rows[0]))) if self.rows else None
        return self

    def executemany(self, statement: str, rows: Any) -> None:
        self.connection.begin_for(statement)
        self.cursor.executemany(statement, [tuple(row) for row in rows])

    def fetchall(self) -> list[Any]:
        rows, self.rows = self.rows, []
        return rows

    def fetchone(self) -> Any:
        return self.rows.pop(0) if self.rows else None

    def close(self) -> None:
        self.cursor.close()


class Connection:
    """APSW in the clothes of the usual module, transactions opened the way that one opens them."""

    isolation_level = ""

    def __init__(self, path: Path, vfs: str, synchronous: str) -> None:
        self.db = apsw.Connection(str(path), vfs=vfs)
        add_functions(self)  # type: ignore[arg-type]
        for pragma in ("foreign_keys=ON", "journal_mode=DELETE", f"synchronous={synchronous}"):
            self.db.execute(f"PRAGMA {pragma}")

    def create_function(self, name: str, count: int, call: Any, deterministic: bool = False) -> None:
        self.db.create_scalar_function(name, call, count, deterministic=deterministic)

    def begin_for(self, statement: str) -> None:
        if statement.lstrip().upper().startswith(_STARTS) and not self.db.in_transaction:
            self.db.execute("BEGIN")

    def cursor(self) -> Cursor:
        return Cursor(self)

    def commit(self) -> None:
        if self.db.in_transaction:
            self.db.execute("COMMIT")

    def rollback(self) -> None:
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")

    def close(self) -> None:
        self.rollback()
        self.db.close()


def cuts(disk: Disk, seed: int) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Every cut of a disk: after each operation, with nothing, all, and three random parts of what was not synced."""
    chance = random.Random(seed)
    for count in range(len(disk.log) + 1):
        for keep in ("none", "all", "some", "some", "some"):
            yield count, disk.after_cut(count, keep, chance)
