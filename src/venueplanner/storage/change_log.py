"""The change log of a plan: one row a step, each with a hash over itself and the row before.

A changed, removed or moved row is noticed; a cut tail only when the last hash was noted elsewhere (print it).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from venueplanner.domain.plan import Change

from .plan_text import row_out, say

Made = tuple[str, Change, float]  # label, change, UTC seconds


@dataclass(frozen=True)
class LogRow:
    """One step: number, moment (UTC), what was done, the ids it changed, hashes of what was there before and after."""

    seq: int
    time: str
    label: str
    changed: tuple[str, ...]
    before: str
    after: str
    chain: str = ""

    def sealed(self, previous: str) -> LogRow:
        """The row with its hash, following a row with the hash `previous`."""
        body = say([previous, self.seq, self.time, self.label, self.changed, self.before, self.after])
        return replace(self, chain=hashlib.sha256(body.encode()).hexdigest())


def extend(rows: Sequence[LogRow], steps: Iterable[Made], saved: tuple[str, str, str]) -> list[LogRow]:
    """The log with the steps it does not have yet, and a row for the save: (moment, plan hash before, after)."""
    log = list(rows)
    known = {(row.time, row.label) for row in rows}
    for label, change, when in steps:
        time = datetime.fromtimestamp(when, UTC).isoformat(timespec="microseconds")
        if (time, label) not in known:
            ids = tuple(sorted({key for table in change.tables.values() for key, _, _ in table}))
            _add(log, LogRow(len(log) + 1, time, label, ids, _side(change, 1), _side(change, 2)))
    moment, before, after = saved
    _add(log, LogRow(len(log) + 1, moment, "Saved", (), before, after))
    return log


def _add(log: list[LogRow], row: LogRow) -> None:
    log.append(row.sealed(log[-1].chain if log else ""))


def _side(change: Change, side: int) -> str:
    """The hash of all old (1) or all new (2) rows of a change."""
    rows = {table: {row[0]: row_out(row[side]) for row in found} for table, found in change.tables.items()}
    return hashlib.sha256(say(rows).encode()).hexdigest()


def first_break(rows: Sequence[LogRow]) -> int | None:
    """The number of the first row that does not follow from the one before, or None."""
    previous = ""
    for number, row in enumerate(rows, start=1):
        if row.seq != number or row.sealed(previous).chain != row.chain:
            return number
        previous = row.chain
    return None
