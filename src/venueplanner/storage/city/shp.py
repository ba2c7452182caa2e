"""Reading the shapes of a .shp file record by record, also when the file or its index is damaged.

The index (.shx) is used where it agrees with the records, else the records are followed one by one; what neither can
reach is reported with its row. No count inside the file is believed before it was held against the file's length, so
a record that claims two billion points costs nothing.
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .rings import lines_of, multipoints_of, points_of, polygons_of
from .shapes import (
    DAMAGED,
    EMPTY_FILE,
    ENDS_EARLY,
    FLAT_TYPE,
    INDEX_DAMAGED,
    INDEX_MISSING,
    NOT_A_SHP,
    NOT_FLAT,
    NULL_SHAPE,
    OTHER_TYPE,
    TYPE_NAMES,
    Shapes,
    ints_at,
)

FILE_CODE = 9994


class NotAShapefile(Exception):
    """Why a .shp cannot be read at all (a sentence part to be translated)."""


def read_shp(path: Path, shx: Path | None) -> Shapes:
    """All shapes of a .shp file. Raises `NotAShapefile` and `OSError`."""
    raw = path.read_bytes()
    if not raw:
        raise NotAShapefile(EMPTY_FILE)
    if len(raw) < 100 or struct.unpack_from(">i", raw)[0] != FILE_CODE:
        raise NotAShapefile(NOT_A_SHP)
    declared = FLAT_TYPE.get(struct.unpack_from("<i", raw, 32)[0], -1)
    if declared == -1:
        raise NotAShapefile(NOT_A_SHP)
    starts, notes = _records(raw, shx)
    return _parse(raw, starts, declared, notes)


def _records(raw: bytes, shx: Path | None) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Byte offset of each record's content; -1 where the record cannot be reached."""
    walked = _walk(raw)
    if shx is None:
        return walked, [INDEX_MISSING]
    index = shx.read_bytes()
    damaged = len(index) < 100 or struct.unpack_from(">i", index)[0] != FILE_CODE or (len(index) - 100) % 8 != 0
    if damaged and len(index) <= 100:
        return walked, [INDEX_DAMAGED]
    rows = (len(index) - 100) // 8
    offsets = (
        np.frombuffer(index, dtype=">i4", count=rows * 2, offset=100).reshape(-1, 2)[:, 0].astype(np.int64) * 2 + 8
    )
    if not damaged and rows == len(walked) and np.array_equal(offsets, walked):
        return walked, []
    promised = (struct.unpack_from(">i", index, 24)[0] * 2 - 100) // 8
    total = max(len(walked), rows if not damaged else 0, promised if 0 <= promised - rows <= 10**7 and damaged else 0)
    starts = np.full(total, -1, dtype=np.int64)
    starts[: min(rows, total)] = np.where(_plausible(raw, offsets), offsets, -1)[:total]
    missing = np.flatnonzero(starts[: len(walked)] < 0)
    starts[missing] = walked[missing]
    agree = not damaged and rows >= len(walked) and bool((starts[: len(walked)] == walked).all())
    return starts, [] if agree else [INDEX_DAMAGED]


def _plausible(raw: bytes, offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether a record with the right number stands before each offset."""
    good = (offsets >= 108) & (offsets + 4 <= len(raw))
    numbers = np.zeros(len(offsets), dtype=np.int64)
    data = np.frombuffer(raw, dtype=np.uint8)
    at = offsets[good] - 8
    if len(at):
        four = data[at[:, None] + np.arange(4)].astype(np.int64)
        numbers[good] = (four << np.array([24, 16, 8, 0])).sum(axis=1)
    first = 0 if good.any() and numbers[good].min() == 0 else 1  # some writers count from 0
    return np.asarray(good & (numbers == np.arange(len(offsets)) + first))


def _walk(raw: bytes) -> npt.NDArray[np.int64]:
    """Follow the records by their own lengths as far as they make sense; the last one may be cut off."""
    unpack = struct.Struct(">ii").unpack_from
    starts, at, end, previous = [], 100, len(raw), None
    while at + 12 <= end:
        number, words = unpack(raw, at)
        if words < 2 or (previous is not None and number != previous + 1):
            break
        starts.append(at + 8)
        previous = number
        at += 8 + 2 * words
    return np.array(starts, dtype=np.int64)


def _parse(raw: bytes, starts: npt.NDArray[np.int64], declared: int, notes: list[str]) -> Shapes:
    total = len(starts)
    shapes = np.full(total, None, dtype=object)
    result = Shapes(shapes, TYPE_NAMES[declared], notes=notes)
    data = np.frombuffer(raw + b"\0" * 64, dtype=np.uint8)
    room = _room(starts, len(raw))
    kinds = np.where(room >= 4, ints_at(data, starts), -1)
    flat = np.array([FLAT_TYPE.get(int(kind), -2) if kind != -1 else -1 for kind in kinds], dtype=np.int64)
    said = ints_at(data, starts - 4, big=True) * 2
    cut = (starts >= 0) & (starts + room == len(raw)) & (said > room)  # the last record, and longer than what is left
    if declared == 0:  # a header without a type: the commonest type of the records is the layer's
        seen = flat[(flat > 0) & (flat != 31)]
        declared = int(np.bincount(seen).argmax()) if len(seen) else 0
        result.kind = TYPE_NAMES[declared]
    for row in np.flatnonzero(flat != declared):
        kind = flat[row]
        early = starts[row] < 0 or cut[row]
        result.reasons[int(row)] = (
            ENDS_EARLY if early or kind == -1 else NULL_SHAPE if kind == 0 else DAMAGED if kind == -2 else OTHER_TYPE
        )
    rows = np.flatnonzero((flat == declared) & ~cut)
    for row in np.flatnonzero((flat == declared) & cut):
        result.reasons[int(row)] = ENDS_EARLY
    if declared == 31:
        result.reasons.update({int(row): NOT_FLAT for row in rows})
    elif declared == 1:
        points_of(data, starts, room, rows, result)
    elif declared == 8:
        multipoints_of(data, starts, room, rows, result)
    elif declared == 3:
        lines_of(data, starts, room, rows, result)
    elif declared == 5:
        polygons_of(data, starts, room, rows, result)
    return result


def _room(starts: npt.NDArray[np.int64], size: int) -> npt.NDArray[np.int64]:
    """Bytes each record can have: up to the next record or the end of the file. Its own claim is not needed."""
    reached = np.unique(starts[starts >= 0])
    following = np.append(reached[1:] - 8, size)
    room = np.zeros(len(starts), dtype=np.int64)
    room[starts >= 0] = (following - reached)[np.searchsorted(reached, starts[starts >= 0])]
    return room
