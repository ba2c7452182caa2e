"""The best closing chain round a perimeter: its widest gap is as small as any chain's can be.

Everything that stands in the band round the line is joined by true face-to-face distances, the shortest first
(Kruskal). A union-find carries for every piece how often it lies once more round the ring; the first join that closes a
way round the protected area completes the chain. Its joins longer than the limit are the gaps. This equals the widest
passage through the band, with exact widths.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from .pieces import Band, Floats, Ints, Pieces, band_of, faces

NEAR = 12.0  # metres: joins up to here are looked for between all pieces, longer ones between neighbours only
HAIR = 1e-6  # metres: a gap of exactly the limit is no gap
STEPS = 8  # places looked at along a join, to know which way round it leads


@dataclass(frozen=True)
class Gap:
    """One clear gap: `width` m; `segment` from face to face, or the open stretch of the line.

    `sides`: indices of the closers on both sides, None where there is none. `at`: metres along the perimeter.
    `kind`: "gap" (measured straight), "open stretch" (along the line), "entirely open" (nothing stands there).
    """

    width: float
    segment: LineString
    sides: tuple[int | None, int | None]
    at: float
    kind: str


@dataclass(frozen=True)
class _Join:
    """A join of two pieces: its length, how many turns it adds, and its line."""

    one: int
    other: int
    length: float
    turns: int
    line: LineString | None
    straight: bool = True


def coverage_gaps(perimeter: Polygon, closers: Sequence[BaseGeometry], *, limit: float, reach: float) -> list[Gap]:
    """All clear gaps wider than `limit` (m) of the best chain of closers within `reach` (m) of the perimeter's line.

    closers: outlines, as areas or lines, of all that closes: barriers, cordons, shut gates, buildings, walls, water.
    Empty and invalid ones are passed over or mended. Widths are clear, face to face (DfT/CPNI Traffic Advisory Leaflet
    1/11). Raises ValueError where the perimeter has no area.

    >>> wall = shapely.box(0, 0, 50, 50).exterior.difference(shapely.box(20, -1, 22.4, 1))
    >>> [round(gap.width, 2) for gap in coverage_gaps(shapely.box(0, 0, 50, 50), [wall], limit=1.2, reach=5)]
    [2.4]
    """
    area = _largest_area(perimeter)
    band = band_of(area, reach)
    pieces = faces(band, closers)
    if not len(pieces.shapes):
        return [Gap(band.length, band.ring, (None, None), 0.0, "entirely open")]
    chain = _Chain(band, pieces)
    chain.hold([_Join(int(a), int(b), 0.0, t, None) for (a, b), t in _with_turns(band, pieces, pieces.joined)])
    chain.hold(_near_joins(band, pieces))
    if chain.ring is None:
        chain.hold(_far_joins(band, pieces, chain))
    return [_gap(band, pieces, join) for join in chain.ring or [] if join.length > limit + HAIR]


def _largest_area(perimeter: Polygon) -> Polygon:
    parts = [each for each in shapely.get_parts(shapely.make_valid(perimeter)) if each.geom_type == "Polygon"]
    if not parts:
        raise ValueError("A perimeter needs an area.")
    largest = max(parts, key=lambda each: each.area)
    return Polygon(largest.exterior)


def _with_turns(band: Band, pieces: Pieces, pairs: Ints) -> list[tuple[tuple[int, int], int]]:
    if not len(pairs):
        return []
    difference = pieces.at[pairs[:, 1]] - pieces.at[pairs[:, 0]]
    turns = np.rint((band.wrapped(difference) - difference) / band.length).astype(int)
    return [((int(a), int(b)), int(t)) for (a, b), t in zip(pairs, turns, strict=True)]


def _joins(band: Band, pieces: Pieces, one: Ints, other: Ints) -> list[_Join]:
    """Straight joins between pieces whose line stays in the band."""
    if not len(one):
        return []
    lines = shapely.shortest_line(pieces.shapes[one], pieces.shapes[other])
    length = shapely.length(lines)
    inside = length < HAIR
    inside[~inside] = shapely.covers(band.roomy, lines[~inside])
    one, other, lines, length = one[inside], other[inside], lines[inside], length[inside]
    difference = pieces.at[other] - pieces.at[one]
    moved = band.wrapped(difference)
    far = length > NEAR
    if far.any():  # only a long join can lead round the ring the long way: follow it step by step
        ends = shapely.get_coordinates(lines[far]).reshape(-1, 2, 2)
        share = np.linspace(0.0, 1.0, STEPS)[None, :, None]
        way = ends[:, :1] * (1 - share) + ends[:, 1:] * share
        at = band.along(shapely.points(way.reshape(-1, 2))).reshape(-1, STEPS)
        stations = np.column_stack([pieces.at[one[far]], at, pieces.at[other[far]]])
        moved[far] = band.wrapped(np.diff(stations, axis=1)).sum(axis=1)
    turns = np.rint((moved - difference) / band.length).astype(int)
    return [
        _Join(int(a), int(b), float(d), int(t), line)
        for a, b, d, t, line in zip(one, other, length, turns, lines, strict=True)
    ]


def _near_joins(band: Band, pieces: Pieces) -> list[_Join]:
    tree = shapely.STRtree(pieces.shapes)
    near = min(NEAR, band.length / 6)
    one, other = tree.query(pieces.shapes, predicate="dwithin", distance=near)
    keep = one < other
    return _joins(band, pieces, one[keep], other[keep])


def _far_joins(band: Band, pieces: Pieces, chain: _Chain) -> list[_Join]:
    """Joins over long openings: from the end of each group of pieces to the beginning of the next ones."""
    groups = chain.groups()
    spans = [(float(lifted.min()), float(lifted.max()), members, lifted) for members, lifted in groups]
    spans.sort(key=lambda each: each[0])
    found: list[_Join] = []
    count = len(spans)
    for number in range(count):
        _, end, members, lifted = spans[number]
        last = members[lifted >= end - NEAR]
        tail = int(members[np.argmax(lifted)])
        for step in range(1, min(count, 6) + 1):
            start, _, others, their = spans[(number + step) % count]
            first = others[their <= start + NEAR]
            head = int(others[np.argmin(their)])
            one, other = np.repeat(last, len(first)), np.tile(first, len(last))
            distinct = one != other
            found += _joins(band, pieces, one[distinct], other[distinct])
            found += _along_the_line(band, pieces, tail, head)
    return found


def _along_the_line(band: Band, pieces: Pieces, tail: int, head: int) -> list[_Join]:
    """The open stretch of perimeter from the far end of one piece to the near end of another, going forward."""
    leave, _ = _ends(band, pieces, tail)[::-1]
    reach, _ = _ends(band, pieces, head)
    gap = float(np.mod(reach - leave, band.length))
    if tail == head and gap == 0.0:
        gap = band.length
    line = _stretch(band, leave, gap)
    moved = _signed(band, leave - pieces.at[tail]) + gap + _signed(band, pieces.at[head] - reach)
    turns = round((moved - (pieces.at[head] - pieces.at[tail])) / band.length)
    return [_Join(tail, head, gap, turns, line, straight=False)]


def _ends(band: Band, pieces: Pieces, piece: int) -> tuple[float, float]:
    """Where along the line a piece begins and ends."""
    at = band.along(shapely.points(shapely.get_coordinates(pieces.shapes[piece])))
    lifted = pieces.at[piece] + band.wrapped(at - pieces.at[piece])
    return float(lifted.min()), float(lifted.max())


def _signed(band: Band, difference: float) -> float:
    return float(band.wrapped(np.array([difference]))[0])


def _stretch(band: Band, start: float, length: float) -> LineString:
    start = float(np.mod(start, band.length))
    if start + length <= band.length:
        return LineString(_two(substring(band.ring, start, start + length)))
    head = _two(substring(band.ring, start, band.length))
    tail = _two(substring(band.ring, 0.0, start + length - band.length))
    return LineString([*head, *tail[1:]])


def _two(part: BaseGeometry) -> list[tuple[float, ...]]:
    places = [tuple(each) for each in shapely.get_coordinates(part).tolist()]
    return places if len(places) > 1 else places * 2


class _Chain:
    """Union-find over pieces that counts turns round the ring; `ring` is the closed chain once there is one."""

    def __init__(self, band: Band, pieces: Pieces) -> None:
        count = len(pieces.shapes)
        self._band, self._pieces = band, pieces
        self._root = list(range(count))
        self._turns = [0] * count  # turns of a piece relative to its root
        self._tree: list[list[tuple[int, _Join]]] = [[] for _ in range(count)]
        self.ring: list[_Join] | None = None

    def hold(self, joins: list[_Join]) -> None:
        """Take joins, the shortest first, until a ring is closed."""
        for join in sorted(joins, key=lambda each: (each.length, each.one, each.other)):
            if self.ring is not None:
                return
            self._take(join)

    def _take(self, join: _Join) -> None:
        one, turns_one = self._find(join.one)
        other, turns_other = self._find(join.other)
        lead = turns_one + join.turns - turns_other
        if one != other:
            self._root[other], self._turns[other] = one, lead
            self._tree[join.one].append((join.other, join))
            self._tree[join.other].append((join.one, join))
        elif lead != 0:
            self.ring = [*self._path(join.one, join.other), join]

    def _find(self, piece: int) -> tuple[int, int]:
        turns, trail = 0, []
        while self._root[piece] != piece:
            trail.append(piece)
            piece = self._root[piece]
        for each in reversed(trail):
            turns += self._turns[each]
            self._root[each], self._turns[each] = piece, turns
        return piece, turns

    def _path(self, start: int, goal: int) -> list[_Join]:
        came: dict[int, tuple[int, _Join] | None] = {start: None}
        queue = deque([start])
        while queue and goal not in came:
            here = queue.popleft()
            for there, join in self._tree[here]:
                if there not in came:
                    came[there] = (here, join)
                    queue.append(there)
        path: list[_Join] = []
        step = came.get(goal)
        while step is not None:
            path.append(step[1])
            step = came[step[0]]
        return path

    def groups(self) -> list[tuple[Ints, Floats]]:
        """The pieces that hold together, with their positions along the line counted on over the turns."""
        members: dict[int, list[tuple[int, int]]] = {}
        for piece in range(len(self._root)):
            root, turns = self._find(piece)
            members.setdefault(root, []).append((piece, turns))
        found = []
        for several in members.values():
            ids = np.array([piece for piece, _ in several], dtype=np.int64)
            counted = np.array([turn for _, turn in several], dtype=np.float64)
            lifted = self._pieces.at[ids] + counted * self._band.length
            shift = np.floor(lifted.min() / self._band.length) * self._band.length
            found.append((ids, lifted - shift))
        return found


def _gap(band: Band, pieces: Pieces, join: _Join) -> Gap:
    line = join.line if join.line is not None else LineString()
    middle = line.interpolate(0.5, normalized=True)
    sides = (int(pieces.closer[join.one]), int(pieces.closer[join.other]))
    at = float(band.along(middle))
    return Gap(join.length, line, sides, at, "gap" if join.straight else "open stretch")


def closing_line(gap: Gap) -> LineString | None:
    """Where a barrier would close the gap: from face to face, or along the open stretch. None when there is no line."""
    return None if gap.segment.is_empty or gap.segment.length <= 0 else gap.segment


def passing_classes(width: float, classes: Sequence[tuple[str, float]]) -> list[Any]:
    """Who fits through a clear width: the classes (id, needed width m) whose need is no more than it.

    >>> passing_classes(1.7, [("motorcycle", 1.2), ("car", 1.65), ("van", 2.3)])
    ['motorcycle', 'car']
    """
    return [name for name, needed in classes if width >= needed]
