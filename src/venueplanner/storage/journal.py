"""The crash journal: every step of an open plan on disk before anybody is told of it, also for an untitled plan.

One file an open plan, one line a step: a checksum, a space, JSON. Each checksum covers the one before, so a lost, moved
or changed line is noticed. The first line holds the whole plan as it was. While the program runs it keeps the file
locked (the system lets go of the lock when the program dies, however it dies), so nobody else offers it for recovery.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from venueplanner.domain.plan import Change, Plan

from . import plan_text
from .disk import sync_folder, writing
from .journal_reading import FORMAT, SUFFIX, Leftover, leftovers, recover
from .lock import lock

__all__ = ["Journal", "Leftover", "leftovers", "recover"]


class Journal:
    """The journal of one open plan. `append` returns when the step is on the disk itself."""

    def __init__(self, folder: Path, file: IO[bytes], path: Path) -> None:
        self._folder = folder
        self._file = file
        self.file_path = path
        self._chain = ""

    @classmethod
    def start(cls, folder: Path, plan: Plan, path: Path | None) -> Journal:
        """A new journal for a plan just opened (`path`) or untitled (None). Raises `NoRoom`."""
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        return cls._begin(folder, plan, path, replaces="")

    @classmethod
    def _begin(cls, folder: Path, plan: Plan, path: Path | None, replaces: str) -> Journal:
        now = datetime.now(UTC)
        file_path = folder / f"{now:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:8]}{SUFFIX}"
        with writing(file_path):
            file = file_path.open("xb", buffering=0)
        journal = cls(folder, file, file_path)
        try:
            with writing(file_path):
                lock(file)
            journal._write(
                {
                    "type": "start",
                    "format": FORMAT,
                    "when": now.isoformat(),
                    "pid": os.getpid(),
                    "title": plan.fact("title"),
                    "path": None if path is None else str(path.resolve()),
                    "replaces": replaces,
                    "plan": plan_text.plan_out(plan),
                }
            )
            with writing(file_path):
                sync_folder(folder)
        except BaseException:
            file.close()
            file_path.unlink(missing_ok=True)
            raise
        return journal

    def append(self, label: str, change: Change) -> None:
        """Keep one step. Raises `NoRoom` when the disk does not take it; the journal is then as it was before."""
        when = datetime.now(UTC).isoformat()
        self._write({"type": "step", "when": when, "label": label, "change": plan_text.change_out(change)})

    def rebase(self, plan: Plan, path: Path | None) -> None:
        """Begin anew from a plan just saved to `path`. The old journal goes when the new one is on disk."""
        fresh = Journal._begin(self._folder, plan, path, replaces=self.file_path.name)
        old, old_path = self._file, self.file_path
        self._file, self.file_path, self._chain = fresh._file, fresh.file_path, fresh._chain
        old.close()
        old_path.unlink(missing_ok=True)

    def close(self) -> None:
        """End a session that needs no recovery: the journal goes."""
        self._file.close()
        self.file_path.unlink(missing_ok=True)

    def _write(self, record: dict[str, Any]) -> None:
        text = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
        chain = hashlib.sha256(self._chain.encode() + text).hexdigest()[:32]
        frame = chain.encode() + b" " + text + b"\n"
        begin = self._file.seek(0, os.SEEK_END)
        with writing(self.file_path):
            try:
                rest = memoryview(frame)
                while rest:
                    rest = rest[self._file.write(rest) :]
                os.fsync(self._file.fileno())
            except OSError:
                self._take_back(begin)
                raise
        self._chain = chain

    def _take_back(self, begin: int) -> None:
        """After a failed write: no torn line, so that later steps can follow."""
        try:
            self._file.truncate(begin)
            self._file.seek(begin)
        except OSError:
            return  # reading stops at a torn line anyway; what came before is kept
