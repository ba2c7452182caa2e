"""From the point lists of a shapefile to shapes: which rows hold together, which ring is a hole of which.

Every function fills `result.shapes` at the rows it can build and `result.reasons` at those it cannot. Coordinates are
gathered for all rows at once; only polygons with several rings are looked at one by one.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from .shapes import DAMAGED, MOST, NO_LENGTH, NOT_FINITE, NULL_SHAPE, Shapes, ints_at

Bytes = npt.NDArray[np.uint8]
Rows = npt.NDArray[np.int64]
Points = npt.NDArray[np.float64]


def points_of(data: Bytes, starts: Rows, room: Rows, rows: Rows, result: Shapes) -> None:
    """Single points: type, x, y."""
    good = room[rows] >= 20
    _refuse(result, rows[~good], DAMAGED)
    rows = rows[good]
    xy = _doubles(data, starts[rows] + 4, np.full(len(rows), 2)).reshape(-1, 2)
    fine = (np.isfinite(xy) & (np.abs(xy) < MOST)).all(axis=1)
    _refuse(result, rows[~fine], NOT_FINITE)
    if fine.any():
        result.shapes[rows[fine]] = shapely.points(xy[fine])


def multipoints_of(data: Bytes, starts: Rows, room: Rows, rows: Rows, result: Shapes) -> None:
    """Many points a row: type, box, count, points."""
    counts = ints_at(data, starts[rows] + 36)
    good = (room[rows] >= 40) & (counts >= 1) & (40 + 16 * counts <= room[rows])
    _refuse(result, rows[~good], DAMAGED)
    rows, counts = rows[good], counts[good]
    xy = _doubles(data, starts[rows] + 40, counts * 2).reshape(-1, 2)
    owner = np.repeat(np.arange(len(rows)), counts)
    rows, keep = _only_finite(result, rows, owner, xy)
    if len(rows):
        result.shapes[rows] = shapely.multipoints(_made(shapely.points(xy[keep])), indices=_renumbered(owner[keep]))


def lines_of(data: Bytes, starts: Rows, room: Rows, rows: Rows, result: Shapes) -> None:
    """Lines of one or more parts; a part of a single point is left out, a row of nothing else is set aside."""
    rows, xy, part, owner = _parts(data, starts, room, rows, result)
    if not len(rows):
        return
    lengths = np.bincount(part, minlength=len(owner))
    keep_part = lengths >= 2
    lost = np.setdiff1d(np.arange(len(rows)), owner[keep_part])
    _refuse(result, rows[lost], NO_LENGTH)
    keep = keep_part[part]
    if not keep.any():
        return
    lines = _made(shapely.linestrings(xy[keep], indices=_renumbered(part[keep])))
    _gather(lines, owner[keep_part], rows, result, shapely.multilinestrings)


def polygons_of(data: Bytes, starts: Rows, room: Rows, rows: Rows, result: Shapes) -> None:
    """Polygons: rings that run clockwise are outer, the others holes of the smallest outer ring around them."""
    rows, xy, part, owner = _parts(data, starts, room, rows, result)
    if not len(rows):
        return
    lengths = np.bincount(part, minlength=len(owner))
    keep_part = lengths >= 3
    lost = np.setdiff1d(np.arange(len(rows)), owner[keep_part])
    _refuse(result, rows[lost], NO_LENGTH)
    keep = keep_part[part]
    if not keep.any():
        return
    xy, part, owner = xy[keep], _renumbered(part[keep]), owner[keep_part]
    xy, part = _closed(xy, part)
    rings = _made(shapely.linearrings(xy, indices=part))
    area = _signed_areas(xy, part, len(rings))
    of_row = np.bincount(owner, minlength=len(rows))
    single = of_row[owner] == 1
    result.shapes[rows[owner[single]]] = shapely.polygons(rings[single])
    for index in np.flatnonzero(of_row > 1):
        mine = slice(int(np.searchsorted(owner, index)), int(np.searchsorted(owner, index, side="right")))
        result.shapes[rows[index]] = nested(rings[mine], area[mine])


def nested(rings: npt.NDArray[np.object_], area: Points) -> Any:
    """One polygon or multipolygon of several rings; `area` is negative for clockwise rings (outer by the format).

    Where one ring is outer and holds all the others the direction is believed. Else a ring inside an odd number of
    others is a hole of the smallest of them, whichever way it runs; a ring that is a hole by its direction but only
    crosses an outer ring is left to the repair of that polygon; one that lies apart is a part of its own.
    """
    size = np.abs(area)
    largest = int(np.argmax(size))
    others = np.delete(np.arange(len(rings)), largest)
    boxes = shapely.bounds(rings)
    held = (boxes[others, :2] >= boxes[largest, :2]).all() and (boxes[others, 2:] <= boxes[largest, 2:]).all()
    if area[largest] < 0 and (area[others] >= 0).all() and held:
        return shapely.polygons(rings[largest], holes=rings[others])
    filled = _made(shapely.polygons(rings))
    around, inside = shapely.STRtree(filled).query(filled, predicate="covers")
    larger = size[around] > size[inside]
    parent = np.full(len(rings), -1)
    depth = np.zeros(len(rings), dtype=int)
    for outer, inner in zip(around[larger].tolist(), inside[larger].tolist(), strict=True):
        depth[inner] += 1
        if parent[inner] < 0 or size[outer] < size[parent[inner]]:
            parent[inner] = outer
    if (area < 0).any():
        for ring in np.flatnonzero((depth == 0) & (area > 0)):
            crossed = [each for each in np.flatnonzero(area < 0) if shapely.intersects(filled[each], rings[ring])]
            if crossed:
                depth[ring], parent[ring] = 1, min(crossed, key=lambda each: size[each])
    holes: dict[int, list[int]] = {int(each): [] for each in np.flatnonzero(depth % 2 == 0)}
    for ring in np.flatnonzero(depth % 2 == 1):
        holes.setdefault(int(parent[ring]), []).append(int(ring))
    parts = [shapely.polygons(rings[shell], holes=rings[mine] if mine else None) for shell, mine in holes.items()]
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def _made(shapes: Any) -> npt.NDArray[np.object_]:
    """An array of shapes, for the type checker: given arrays, shapely gives arrays."""
    return np.asarray(shapes, dtype=object)


def _parts(data: Bytes, starts: Rows, room: Rows, rows: Rows, result: Shapes) -> tuple[Rows, Points, Rows, Rows]:
    """The parts of all rows: the rows that hold together, their points, each point's part and each part's row index."""
    parts, points = ints_at(data, starts[rows] + 36), ints_at(data, starts[rows] + 40)
    good = (room[rows] >= 44) & (parts >= 1) & (points >= 1) & (44 + 4 * parts + 16 * points <= room[rows])
    empty = (room[rows] >= 44) & (points == 0) & (parts >= 0) & (parts < 2)
    _refuse(result, rows[empty], NULL_SHAPE)
    _refuse(result, rows[~good & ~empty], DAMAGED)
    rows, parts, points = rows[good], parts[good], points[good]
    first = _ints_of_ranges(data, starts[rows] + 44, parts)
    owner = np.repeat(np.arange(len(rows)), parts)
    last = np.append(first[1:], 0)
    ends = np.cumsum(parts) - 1
    last[ends] = points
    begins = np.concatenate([[0], ends[:-1] + 1]) if len(rows) else np.array([], dtype=np.int64).astype(np.int64)
    sound = np.ones(len(rows), dtype=bool)
    sound[first[begins] != 0] = False
    sound[owner[(first < 0) | (last < first) | (last > points[owner])]] = False
    _refuse(result, rows[~sound], DAMAGED)
    part_ok = sound[owner]
    rows, parts, points = rows[sound], parts[sound], points[sound]
    counts, owner = (last - first)[part_ok], _renumbered(owner[part_ok])
    xy = _doubles(data, starts[rows] + 44 + 4 * parts, points * 2).reshape(-1, 2)
    part = np.repeat(np.arange(len(counts)), counts)
    kept, keep = _only_finite(result, rows, owner[part], xy)
    if len(kept) == len(rows):
        return rows, xy, part, owner
    keep_part = np.isin(rows[owner], kept)
    order = np.full(len(rows), -1, dtype=np.int64)
    order[np.isin(rows, kept)] = np.arange(len(kept))
    number = np.cumsum(keep_part) - 1
    return kept, xy[keep], number[part[keep]], order[owner[keep_part]]


def _only_finite(result: Shapes, rows: Rows, owner: Rows, xy: Points) -> tuple[Rows, npt.NDArray[np.bool_]]:
    """The rows all of whose points are numbers of a possible size, and which points belong to them."""
    bad = ~(np.isfinite(xy) & (np.abs(xy) < MOST)).all(axis=1)
    if not bad.any():
        return rows, np.ones(len(xy), dtype=bool)
    wrong = np.unique(owner[bad])
    _refuse(result, rows[wrong], NOT_FINITE)
    fine = np.ones(len(rows), dtype=bool)
    fine[wrong] = False
    return rows[fine], fine[owner]


def _closed(xy: Points, part: Rows) -> tuple[Points, Rows]:
    """Rings with their first point repeated at the end where it is not."""
    ends = np.flatnonzero(np.append(part[1:] != part[:-1], True))
    begins = np.concatenate([[0], ends[:-1] + 1])
    short = (ends - begins) < 3
    open_ring = (xy[begins] != xy[ends]).any(axis=1) | short
    if not open_ring.any():
        return xy, part
    where = ends[open_ring] + 1
    return np.insert(xy, where, xy[begins[open_ring]], axis=0), np.insert(part, where, part[ends[open_ring]])


def _signed_areas(xy: Points, part: Rows, count: int) -> Points:
    """Signed area of each closed ring (negative: clockwise), with the ring's first point as origin."""
    begins = np.searchsorted(part, np.arange(count))
    local = xy - xy[begins][part]
    cross = local[:-1, 0] * local[1:, 1] - local[1:, 0] * local[:-1, 1]
    cross[part[:-1] != part[1:]] = 0.0
    return np.asarray(np.bincount(part[:-1], weights=cross, minlength=count) / 2.0)


def _gather(lines: npt.NDArray[np.object_], owner: Rows, rows: Rows, result: Shapes, collect: object) -> None:
    """Put one-part shapes as they are and the others as a collection at their rows."""
    of_row = np.bincount(owner, minlength=len(rows))
    single = of_row[owner] == 1
    result.shapes[rows[owner[single]]] = lines[single]
    many = ~single
    if many.any():
        result.shapes[rows[np.unique(owner[many])]] = collect(lines[many], indices=_renumbered(owner[many]))  # type: ignore[operator]


def _refuse(result: Shapes, rows: Rows, reason: str) -> None:
    result.reasons.update({int(row): reason for row in rows})


def _renumbered(labels: Rows) -> Rows:
    """Labels that only rise, numbered 0, 1, 2 … without gaps."""
    if not len(labels):
        return labels
    return np.cumsum(np.concatenate([[False], labels[1:] != labels[:-1]]), dtype=np.int64)


def _ranges(begins: Rows, counts: Rows) -> Rows:
    """begin, begin+1, … for each range, one after the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    shifts: Rows = np.repeat(begins - (ends - counts), counts)
    return np.arange(total, dtype=np.int64) + shifts


def _ints_of_ranges(data: Bytes, at: Rows, counts: Rows) -> Rows:
    four = data[_ranges(at, counts * 4)]
    return four.view("<i4").astype(np.int64)


def _doubles(data: Bytes, at: Rows, counts: Rows) -> Points:
    """The 64-bit numbers of each range of `counts` at byte offset `at`."""
    if not len(at):
        return np.empty(0)
    if ((at - at[0]) % 4 == 0).all():  # four bytes at a time: shapefile records are whole 32-bit words
        shift = int(at[0]) % 4
        words = data[shift : shift + (len(data) - shift) // 4 * 4].view("<u4")
        return np.asarray(words[_ranges((at - shift) // 4, counts * 2)].view("<f8"))
    return np.asarray(data[_ranges(at, counts * 8)].view("<f8"))
