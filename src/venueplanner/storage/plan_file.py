"""The plan file: saving so that a file is whole, old or new; opening with a plain sentence for whatever is wrong.

A save writes a temporary file in the same folder, seals it, reads it back, compares, puts it on disk, keeps the file it
replaces among the earlier versions, and takes its place in one step.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from venueplanner.domain.check import Finding, Status
from venueplanner.domain.errors import BadFile, NoRoom
from venueplanner.domain.plan import Plan
from venueplanner.domain.rules import Rules
from venueplanner.domain.words import N_, Words

from . import container, opening
from .change_log import LogRow, Made, extend
from .disk import no_room, replace_whole, sync_file
from .plan_text import plan_hash
from .versions import keep_version
from .writing_plan import write_plan

__all__ = ["OpenedPlan", "open_plan", "save_plan"]


@dataclass(frozen=True)
class OpenedPlan:
    """A plan read from its file. `edited`: another program changed it since; `remarks`: what could not be taken as it
    was; `migrated_from`: the older format it had, or None; `log`: its change log; `log_broken_at`: the first row of the
    log that does not follow from the one before, or None.
    """

    plan: Plan
    log: tuple[LogRow, ...]
    remarks: tuple[Words, ...] = ()
    edited: bool = False
    migrated_from: int | None = None
    log_broken_at: int | None = None


def open_plan(path: Path) -> OpenedPlan:
    """The plan in a file. Raises `BadFile` or `NewerFile` with a plain sentence; the file itself is never touched."""
    return OpenedPlan(**opening.read_file(path))


def save_plan(
    path: Path,
    plan: Plan,
    *,
    rules: Rules | None = None,
    findings: Iterable[Finding] = (),
    states: Mapping[tuple[str, str], Status] | None = None,
    log: Iterable[Made] = (),
    continues: Path | None = None,
) -> None:
    """Write a plan to a file, replacing it in one step. Raises `NoRoom`; what was there before is then untouched.

    `log`: the steps since the plan was opened (label, change, UTC seconds); those already logged are not repeated.
    `continues`: the file whose change log goes on here (default: the file that is replaced).
    """
    before, old_log = _history(continues or path)
    rows = extend(old_log, log, (container.utc_now(), before, plan_hash(plan)))
    fresh = path.with_name(f".{path.stem}.{os.getpid()}.saving")
    try:
        _drop_stale(path)
        write_plan(fresh, plan, rules, findings, states or {}, rows)
        _compare(fresh, plan, path)
        sync_file(fresh)
        keep_version(path)
        replace_whole(fresh, path)
    except (OSError, sqlite3.Error, sa.exc.DBAPIError) as error:
        raise _unwritable(path, error) from error
    finally:
        _drop(fresh)


def _history(path: Path) -> tuple[str, tuple[LogRow, ...]]:
    """The plan hash and the log of an earlier file; a file that cannot be read has none."""
    try:
        opened = open_plan(path)
    except BadFile:
        return "", ()
    return plan_hash(opened.plan), opened.log


def _compare(fresh: Path, plan: Plan, path: Path) -> None:
    """Read back what was written. What does not say the same never replaces a good file."""
    try:
        same = plan_hash(open_plan(fresh).plan) == plan_hash(plan)
    except BadFile:
        same = False
    if not same:
        sentence = Words(N_("{file} was not saved: what was written reads back differently."), {"file": str(path)})
        raise NoRoom(sentence, Words(N_("Save it to another disk. The plan in memory is kept.")))


def _unwritable(path: Path, error: Exception) -> NoRoom:
    cause: BaseException = error.orig if isinstance(error, sa.exc.DBAPIError) and error.orig is not None else error
    if isinstance(cause, sqlite3.OperationalError) and ("unable to open" in str(cause) or "readonly" in str(cause)):
        exists = path.parent.is_dir()
        cause = PermissionError(str(cause)) if exists else FileNotFoundError(2, str(cause))
    return no_room(path, cause)


def _drop_stale(path: Path) -> None:
    """Remove what saves of this plan left behind that were cut off (their process is gone, or its id is ours)."""
    for left in path.parent.glob(f".{_escaped(path.stem)}.*.saving*"):
        number = left.name.removeprefix(f".{path.stem}.").split(".")[0]
        if number.isdigit() and not _runs(int(number)):
            _drop(left)


def _escaped(text: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in text)


def _runs(process: int) -> bool:
    if process == os.getpid():
        return False
    if os.name == "nt":
        return True  # asking would end it; the file is removed by a later save of that process id
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _drop(path: Path) -> None:
    for each in (path, path.with_name(path.name + "-journal")):
        try:
            each.unlink(missing_ok=True)
        except OSError:
            continue
