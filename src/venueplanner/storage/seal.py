"""A seal over every byte of a plan file, so that a changed byte is noticed (SQLite's own check misses many).

The file holds one row with a mark, the file's change counter, a check of that counter, and a SHA-256 digest of all
other bytes. A program that
edits the plan raises the change counter in the header: then the seal is out of date, which is no damage. Bytes that
changed while the counter stayed are damage.
"""

from __future__ import annotations

import hashlib
import os
import struct
from enum import Enum
from pathlib import Path

MARK = b"VenuePlanner seal 1:"
_DIGEST = 32
_COUNTER = 4
EMPTY = MARK + bytes(_COUNTER + _COUNTER + _DIGEST)
_COUNTER_AT, _VALID_FOR_AT = 24, 92  # SQLite file format, header offsets
_HEADER = 100
SQLITE_HEAD = b"SQLite format 3\x00"


class SealState(Enum):
    """What the seal says: as it was written; changed by a program that edits SQLite files; damaged."""

    WHOLE = "whole"
    EDITED = "edited"
    DAMAGED = "damaged"


def put_seal(path: Path) -> None:
    """Seal a closed file that holds one empty seal. Raises `ValueError` when it holds none."""
    data = bytearray(path.read_bytes())
    at = data.rfind(EMPTY)
    if at < 0:
        raise ValueError("no empty seal in the file")
    begin = at + len(MARK)
    counter = bytes(data[_COUNTER_AT : _COUNTER_AT + _COUNTER])
    data[begin : begin + 2 * _COUNTER] = counter + _check(counter)
    digest = hashlib.sha256(data).digest()
    with path.open("r+b") as file:
        file.seek(begin)
        file.write(counter + _check(counter) + digest)
        file.flush()
        os.fsync(file.fileno())


def look_at_seal(path: Path) -> SealState:
    """What the seal of a plan file says."""
    data = path.read_bytes()
    if len(data) < _HEADER or data[:16] != SQLITE_HEAD or not _header_agrees(data):
        return SealState.DAMAGED
    counter = data[_COUNTER_AT : _COUNTER_AT + _COUNTER]
    edited = False
    at = data.find(MARK)
    while at >= 0:
        begin = at + len(MARK)
        sealed, check = data[begin : begin + _COUNTER], data[begin + _COUNTER : begin + 2 * _COUNTER]
        begin += 2 * _COUNTER
        blank = data[:begin] + bytes(_DIGEST) + data[begin + _DIGEST :]
        if hashlib.sha256(blank).digest() == data[begin : begin + _DIGEST]:
            return SealState.WHOLE
        edited = edited or (sealed != counter and check == _check(sealed))
        at = data.find(MARK, begin)
    return SealState.EDITED if edited else SealState.DAMAGED


def _check(counter: bytes) -> bytes:
    return hashlib.sha256(counter).digest()[:_COUNTER]


def _header_agrees(data: bytes) -> bool:
    """Whether the header's page count and its two copies of the change counter fit the file."""
    (page,) = struct.unpack_from(">H", data, 16)
    page = 65536 if page == 1 else page
    (pages,) = struct.unpack_from(">I", data, 28)
    same = data[_COUNTER_AT : _COUNTER_AT + 4] == data[_VALID_FOR_AT : _VALID_FOR_AT + 4]
    return bool(page >= 512 and same and pages * page == len(data))
