"""Finding journals of programs that were cut off, and getting the work back out of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from venueplanner.domain.errors import BadFile
from venueplanner.domain.plan import Change, Plan
from venueplanner.domain.words import N_, Words

from . import plan_text
from .content import saved_hash
from .lock import is_locked

FORMAT = 1
SUFFIX = ".journal"
_BROKEN = (ValueError, KeyError, TypeError, IndexError, AttributeError)


@dataclass(frozen=True)
class Leftover:
    """Work that was cut off: the journal's file, the plan's title and file (None: untitled), when the last step was
    made (local ISO text), how many steps. `note` says what could not be read, if anything.
    """

    path: Path
    title: str
    plan_path: Path | None
    when: str
    steps: int
    note: Words | None = None

    def discard(self) -> None:
        """Remove the journal: its work was recovered or is not wanted."""
        self.path.unlink(missing_ok=True)


@dataclass(frozen=True)
class Reading:
    """What a journal file holds as far as it is sound: the plan at the start, the steps, what is wrong after that."""

    start: dict[str, Any]
    plan: Plan
    steps: tuple[tuple[str, str, Change], ...]
    note: Words | None

    def replay(self) -> Plan:
        """The plan after all steps."""
        plan = self.plan
        for _, _, change in self.steps:
            plan = plan.apply(change)
        return plan


def leftovers(folder: Path) -> list[Leftover]:
    """Journals in a folder that no running program holds and that keep something no file has; newest first.

    Journals with nothing to recover are removed. Journals that cannot be read at all are renamed to `*.unreadable`.
    """
    found: list[tuple[Leftover, Reading]] = []
    for path in sorted(folder.glob("*" + SUFFIX)):
        try:
            if is_locked(path):
                continue
            reading = read(path)
        except OSError:
            continue  # not ours to read now; it stays where it is
        except BadFile:
            _set_aside(path)
            continue
        found.append((_leftover(path, reading), reading))
    replaced = {reading.start.get("replaces") for _, reading in found}
    kept = []
    for leftover, reading in found:
        if leftover.path.name in replaced or _is_saved(leftover, reading):
            _remove(leftover.path)
        else:
            kept.append(leftover)
    return sorted(kept, key=lambda each: each.when, reverse=True)


def recover(leftover: Leftover) -> tuple[Plan, Path | None, list[str]]:
    """The plan as it was when it was cut off, the file it belongs to, and the names of the steps. Raises `BadFile`."""
    try:
        reading = read(leftover.path)
    except OSError as error:
        raise _unreadable(leftover.path) from error
    return reading.replay(), leftover.plan_path, [label for label, _, _ in reading.steps]


def read(path: Path) -> Reading:
    """Everything sound in a journal. Raises `BadFile` when not even its first line is, `OSError` when it is away."""
    data = path.read_bytes() if path.is_file() else b""
    lines = data.split(b"\n")
    torn = lines.pop()  # what stands after the last line end: nothing, or a step being written when power went
    records, bad_line = _sound(lines)
    try:
        start = next(records)
        if start["type"] != "start" or int(start["format"]) > FORMAT:
            raise ValueError("not a start record of a known format")
        plan = plan_text.plan_in(start["plan"])
    except (StopIteration, *_BROKEN) as error:
        raise _unreadable(path) from error
    steps: list[tuple[str, str, Change]] = []
    for record in records:
        try:
            steps.append((record["label"], record["when"], plan_text.change_in(record["change"])))
        except _BROKEN:
            bad_line.append(len(steps) + 2)
            break
    return Reading(start, plan, tuple(steps), _note(bad_line, len(lines), torn))


def _unreadable(path: Path) -> BadFile:
    sentence = Words(N_("The journal {file} cannot be read."), {"file": str(path)})
    return BadFile(sentence, Words(N_("Open the last saved plan or one of its versions.")))


def _sound(lines: list[bytes]) -> tuple[Iterator[dict[str, Any]], list[int]]:
    """The records up to the first line that is not what was written; that line's number is put into the list."""
    bad: list[int] = []

    def walk() -> Iterator[dict[str, Any]]:
        chain = ""
        for number, line in enumerate(lines, start=1):
            head, _, text = line.partition(b" ")
            expected = hashlib.sha256(chain.encode() + text).hexdigest()[:32]
            if head != expected.encode():
                bad.append(number)
                return
            chain = expected
            yield json.loads(text)

    return walk(), bad


def _note(bad_line: list[int], lines: int, torn: bytes) -> Words | None:
    if bad_line and bad_line[0] < lines:
        values = {"line": bad_line[0], "lost": lines - bad_line[0] + 1}
        return Words(N_("The journal is damaged from line {line} on; {lost} steps could not be read."), values)
    if bad_line or torn:
        return Words(N_("The last step was being written when the program was cut off; it is not included."))
    return None


def _leftover(path: Path, reading: Reading) -> Leftover:
    start = reading.start
    last = reading.steps[-1][1] if reading.steps else start.get("when", "")
    try:
        when = datetime.fromisoformat(last).astimezone().isoformat("T", "seconds")
    except (ValueError, TypeError):
        when = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone().isoformat("T", "seconds")
    plan_path = Path(start["path"]) if start.get("path") else None
    return Leftover(path, str(start.get("title") or ""), plan_path, when, len(reading.steps), reading.note)


def _is_saved(leftover: Leftover, reading: Reading) -> bool:
    """Whether there is nothing to recover: an empty untitled plan, or one whose file says the same."""
    if reading.note is not None and leftover.steps:
        return False
    plan = reading.replay()
    if leftover.plan_path is None:
        untouched = not (plan.features or plan.layers or plan.waivers or plan.fact("title"))
        return untouched and dict(plan.facts) == dict(reading.plan.facts)
    return saved_hash(leftover.plan_path) == plan_text.plan_hash(plan)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # another program or a read-only folder; it is not offered in any case


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_suffix(".unreadable"))
    except OSError:
        return  # it stays where it is and is looked at again next time
