"""Reading a dBASE table as it lies on the disk, also when it is damaged: which rows there are and what they hold.

The table is read in one go as fixed-width rows; only distinct texts are decoded. Nothing is written and no row is
dropped here: deleted and missing rows are told to the caller.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from venueplanner.domain.words import N_

from .encoding import Encoding, decide_encoding, decode

NOT_A_TABLE = N_("the .dbf is not a dBASE table: no columns were read")
ENDS_EARLY = N_("the .dbf ends in the middle: the columns of the last rows are empty")
BAD_NUMBERS = N_("some numbers in the table cannot be read and are left empty")
MEMO = N_("memo columns are kept in a file of their own and were not read")

_TEXT, _NUMBER, _WHOLE = "CVMGP0@T+", "NF", "IYB"


@dataclass(frozen=True)
class DbfField:
    """One column as the header declares it."""

    raw_name: bytes
    kind: str
    start: int
    width: int
    decimals: int


@dataclass
class Dbf:
    """A table as read. `declared`: rows the header promises; `deleted`: which rows are flagged deleted."""

    fields: list[DbfField]
    rows: npt.NDArray[np.uint8]
    declared: int
    language_byte: int
    deleted: npt.NDArray[np.bool_]
    notes: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)


def read_dbf(path: Path) -> Dbf | None:
    """The table of a .dbf file; None when it is no dBASE table at all. Raises `OSError`."""
    raw = path.read_bytes()
    if len(raw) < 33:
        return None
    count, head, width = struct.unpack_from("<IHH", raw, 4)
    if raw[0] & 0x07 not in (2, 3, 4, 5) and raw[0] not in (0x30, 0x31, 0x32):
        return None
    fields, start, offset = [], 1, 32
    limit = min(head if head > 32 else len(raw), len(raw))
    while offset + 32 <= limit and raw[offset] not in (0x0D, 0x00):
        name = raw[offset : offset + 11].split(b"\0")[0].strip()
        kind, size, decimals = chr(raw[offset + 11]), raw[offset + 16], raw[offset + 17]
        if kind == "C" and decimals:  # Clipper's long texts keep the high byte of the width there
            wide = size + 256 * decimals
            size = wide if start + wide <= width else size
        fields.append(DbfField(name, kind.upper(), start, size, decimals))
        start += size
        offset += 32
    if not fields or width < 2:
        return None
    if head < offset or head > len(raw):
        head = min(offset + 1, len(raw))
    whole = min(count, (len(raw) - head) // width)
    rows = np.frombuffer(raw, dtype=np.uint8, count=whole * width, offset=head).reshape(whole, width)
    fields = [each for each in fields if each.width > 0 and each.start + each.width <= width]
    notes = [ENDS_EARLY] if whole < count else []
    return Dbf(fields, rows, count, raw[29], rows[:, 0] == ord("*"), notes)


def encoding_of(table: Dbf, cpg: str | None, chosen: str | None = None) -> Encoding:
    """What the table is written in: from its names and texts, the .cpg and the language byte."""
    sample: list[bytes] = [each.raw_name for each in table.fields]
    for each in table.fields:
        if each.kind == "C":
            sample += [text for text in np.unique(_cells(table, each)).tolist() if not text.isascii()][:4000]
    return decide_encoding(sample, cpg=cpg, language_byte=table.language_byte, chosen=chosen)


def columns_of(table: Dbf, codec: str) -> dict[str, npt.NDArray[Any]]:
    """Column name → array: texts as object arrays (None where empty), numbers as float64 (NaN where empty) or int64."""
    columns: dict[str, npt.NDArray[Any]] = {}
    for number, each in enumerate(table.fields):
        name = decode(each.raw_name, codec, full=len(each.raw_name) >= 10).strip() or f"field_{number + 1}"
        stem, again = name, 2
        while name in columns:
            name, again = f"{stem}_{again}", again + 1
        columns[name] = _column(table, each, codec)
    return columns


def _cells(table: Dbf, each: DbfField) -> npt.NDArray[np.bytes_]:
    block = np.ascontiguousarray(table.rows[:, each.start : each.start + each.width])
    cells: npt.NDArray[np.bytes_] = block.view(f"S{each.width}").reshape(-1)
    return cells


def _column(table: Dbf, each: DbfField, codec: str) -> npt.NDArray[Any]:
    cells = _cells(table, each)
    if each.kind in _NUMBER:
        return _numbers(table, cells, each)
    if (each.kind in "IB+O" and each.width in (4, 8) and each.kind != "B") or (each.kind == "B" and each.width == 8):
        block = np.ascontiguousarray(table.rows[:, each.start : each.start + each.width])
        return block.view("<i4" if each.width == 4 else "<f8").reshape(-1).astype(np.float64)
    distinct, inverse = np.unique(cells, return_inverse=True)
    words = np.empty(len(distinct), dtype=object)
    for index, raw in enumerate(distinct.tolist()):
        words[index] = _word(raw, each, codec)
    if each.kind == "M" and MEMO not in table.notes:
        table.notes.append(MEMO)
    result: npt.NDArray[Any] = words[inverse.reshape(-1)] if len(distinct) else words
    return result


def _word(raw: bytes, each: DbfField, codec: str) -> str | None:
    if each.kind == "L":
        letter = raw.strip().upper()[:1]
        return "true" if letter in (b"T", b"Y", b"1") else "false" if letter in (b"F", b"N", b"0") else None
    text = decode(raw.split(b"\0")[0].rstrip(), codec, full=len(raw) >= each.width).strip()
    if each.kind == "D":
        return (
            f"{text[:4]}-{text[4:6]}-{text[6:8]}" if len(text) == 8 and text.isdigit() and text != "00000000" else None
        )
    return text or None


def _numbers(table: Dbf, cells: npt.NDArray[np.bytes_], each: DbfField) -> npt.NDArray[Any]:
    distinct, inverse = np.unique(cells, return_inverse=True)
    values = np.full(len(distinct), np.nan)
    bad = False
    for index, raw in enumerate(distinct.tolist()):
        text = raw.split(b"\0")[0].strip().replace(b",", b".")
        if text and text.strip(b"*"):
            try:
                values[index] = float(text)
            except ValueError:
                bad = True
    if bad and BAD_NUMBERS not in table.notes:
        table.notes.append(BAD_NUMBERS)
    numbers = values[inverse.reshape(-1)] if len(distinct) else values
    whole = each.decimals == 0 and len(numbers) > 0 and bool(np.isfinite(numbers).all())
    if whole and bool((numbers == np.floor(numbers)).all()) and bool((np.abs(numbers) < 2**53).all()):
        return numbers.astype(np.int64)
    return numbers
