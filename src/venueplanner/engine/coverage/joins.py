"""Joins between pieces: how long each is, and whether it leads once more round a protected middle.

Turns are counted exactly: every way is followed as the angle under which the middle's centre sees it, and no straight
line and no piece is ever seen under half a turn or more.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from .band import HAIR, Band, Floats, Ints, wrapped
from .pieces import Pieces

NEAR = 12.0  # metres: joins up to here are looked for between all pieces
FAR = 60.0  # metres: and up to here between pieces that nothing shorter joins; still longer ones go along the line
TURN = 2 * np.pi


@dataclass(frozen=True)
class Join:
    """A join of two pieces: its length, how many turns it adds, and its way.

    `line`: from face to face, where it is straight. `way`, where it goes along the perimeter: metres along that from
    where to where, and the places on both faces it comes from and leads to.
    """

    one: int
    other: int
    length: float
    turns: int
    line: LineString | None = None
    way: tuple[float, float, tuple[float, ...], tuple[float, ...]] | None = None


class Sight:
    """What the centre of one middle sees: the angle of every place, counted on along the perimeter's line."""

    def __init__(self, band: Band, pieces: Pieces, centre: Floats) -> None:
        self._band, self._centre = band, centre
        ring = shapely.get_coordinates(band.ring)
        self._runs = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
        angles: Floats = self.angle(ring)
        self._angles = angles[0] + np.concatenate([[0.0], np.cumsum(wrapped(np.diff(angles), TURN))])
        self._ring = ring
        self.middle = self.angle(pieces.middle)
        self.lifted = self.counted(pieces.at, pieces.middle)

    def angle(self, xy: Floats) -> Floats:
        """Directions (n,) in which places (n, 2) are seen."""
        return np.asarray(np.arctan2(xy[:, 1] - self._centre[1], xy[:, 0] - self._centre[0]))

    def counted(self, at: Floats, xy: Floats) -> Floats:
        """Directions of places whose nearest place on the line is `at`, counted on from the beginning of the line."""
        before = np.clip(np.searchsorted(self._runs, at, side="right") - 1, 0, len(self._runs) - 2)
        foot = self.angle(shapely.get_coordinates(shapely.line_interpolate_point(self._band.ring, at)))
        corner = self.angle(self._ring[before])
        found: Floats = self._angles[before] + wrapped(foot - corner, TURN) + wrapped(self.angle(xy) - foot, TURN)
        return found

    def turns(self, one: Ints, leave: Floats, reach: Floats, other: Ints) -> Ints:
        """Turns added by going from the middle of piece `one` along it to `leave` (n, 2), straight to `reach`, and on.

        Counted against the positions of both pieces along the line.
        """
        a, b = self.angle(leave), self.angle(reach)
        way = wrapped(a - self.middle[one], TURN) + wrapped(b - a, TURN) + wrapped(self.middle[other] - b, TURN)
        found: Ints = np.rint((way - (self.lifted[other] - self.lifted[one])) / TURN).astype(np.int64)
        return found


def held_together(pieces: Pieces, sight: Sight) -> list[Join]:
    """Consecutive pieces of one face."""
    if not len(pieces.joined):
        return []
    one, other = pieces.joined.T
    shared = shapely.get_coordinates(shapely.get_point(pieces.shapes[one], -1))
    turns = sight.turns(one, shared, shared, other)
    return [Join(int(a), int(b), 0.0, int(t)) for a, b, t in zip(one, other, turns, strict=True)]


@dataclass(frozen=True, eq=False)
class Straight:
    """Straight joins from face to face that stay in the band: pieces (n,) and (n,), lines (n,), lengths (n,)."""

    one: Ints
    other: Ints
    line: npt.NDArray[np.object_]
    length: Floats

    def seen(self, sight: Sight) -> list[Join]:
        """The same as joins, with the turns one middle's centre sees."""
        if not len(self.one):
            return []
        ends = shapely.get_coordinates(self.line).reshape(-1, 2, 2)
        turns = sight.turns(self.one, ends[:, 0], ends[:, 1], self.other)
        return [
            Join(int(a), int(b), float(d), int(t), line)
            for a, b, d, t, line in zip(self.one, self.other, self.length, turns, self.line, strict=True)
        ]


def straight(band: Band, pieces: Pieces, one: Ints, other: Ints) -> Straight:
    """The straight joins of pairs of pieces; those that leave the band are left out."""
    if not len(one):
        return Straight(one, other, np.empty(0, dtype=object), np.zeros(0))
    lines = shapely.shortest_line(pieces.shapes[one], pieces.shapes[other])
    length = shapely.length(lines)
    good = length < HAIR
    good[~good] = shapely.covers(band.roomy, lines[~good])
    return Straight(one[good], other[good], lines[good], length[good])


def near_pairs(pieces: Pieces, distance: float) -> tuple[Ints, Ints]:
    """All pairs of pieces no farther apart than `distance` metres."""
    one, other = shapely.STRtree(pieces.shapes).query(pieces.shapes, predicate="dwithin", distance=distance)
    keep = one < other
    return one[keep], other[keep]


def along_the_line(band: Band, pieces: Pieces, sight: Sight) -> list[Join]:
    """Joins along the perimeter's line from every piece to the next: they always lead all the way round.

    An open stretch is as long as the line is open there, or as its ends are apart, whichever is more. Where the next
    piece begins beside the last, the join goes from the middle of one to the line, along it, and to the other's middle.
    """
    begin, end = _spans(band, pieces, sight)
    away: Floats = np.asarray(shapely.distance(shapely.points(pieces.middle), band.ring))
    order = np.argsort(begin.at, kind="stable")
    found: list[Join] = []
    tail, held = int(order[0]), 0  # the piece that reaches farthest so far, and the round in which it was met
    for step in range(1, 2 * len(order) + 1):
        turn, number = divmod(step, len(order))
        piece = int(order[number])
        start, far = float(begin.at[piece]) + turn * band.length, float(end.at[tail]) + held * band.length
        if start >= far:
            way, ends = (far, start), (_place(end.xy[tail]), _place(begin.xy[piece]))
            length = max(start - far, math.dist(*ends))
        else:
            way = float(pieces.at[tail]) + held * band.length, float(pieces.at[piece]) + turn * band.length
            ends = _place(pieces.middle[tail]), _place(pieces.middle[piece])
            length = abs(way[1] - way[0]) + float(away[tail] + away[piece])
        found.append(Join(tail, piece, length, turn - held, None, (*way, *ends)))
        if float(end.at[piece]) + turn * band.length >= far:
            tail, held = piece, turn
    return found


def line_of(band: Band, join: Join) -> LineString:
    """The line of a join: straight, or from the face to the perimeter's line, along that, and to the other face."""
    if join.line is not None:
        return join.line
    if join.way is None:
        return LineString()
    start, stop, one, other = join.way
    places = _stretch(band, min(start, stop), abs(stop - start))
    if stop < start:
        places.reverse()
    if math.dist(one, places[0]) > HAIR:
        places.insert(0, one)
    if math.dist(other, places[-1]) > HAIR:
        places.append(other)
    return LineString(places)


@dataclass(frozen=True, eq=False)
class _Ends:
    """One end of every piece: `at` metres along the line, counted on from its middle, and the place `xy` itself."""

    at: Floats
    xy: Floats


def _spans(band: Band, pieces: Pieces, sight: Sight) -> tuple[_Ends, _Ends]:
    """Where along the line each piece begins and ends.

    A corner of a piece whose nearest place on the line lies beyond another middle (across a narrow neck) is left out.
    """
    xy, owner = shapely.get_coordinates(pieces.shapes, return_index=True)
    at = band.along(shapely.points(xy))
    lifted = pieces.at[owner] + band.wrapped(at - pieces.at[owner])
    by_line = sight.counted(at, xy) + np.rint((lifted - at) / band.length) * TURN
    by_piece = sight.lifted[owner] + wrapped(sight.angle(xy) - sight.middle[owner], TURN)
    good = np.abs(by_line - by_piece) < 0.1
    count = np.arange(len(pieces.at))
    xy, owner = np.concatenate([pieces.middle, xy[good]]), np.concatenate([count, owner[good]])
    lifted = np.concatenate([pieces.at, lifted[good]])
    order = np.lexsort((lifted, owner))
    first = np.searchsorted(owner[order], count, side="left")
    last = np.searchsorted(owner[order], count, side="right") - 1
    begin, end = order[first], order[last]
    return _Ends(lifted[begin], xy[begin]), _Ends(lifted[end], xy[end])


def _place(xy: Floats) -> tuple[float, ...]:
    return float(xy[0]), float(xy[1])


def _stretch(band: Band, start: float, length: float) -> list[tuple[float, ...]]:
    start = float(np.mod(start, band.length))
    if start + length <= band.length:
        return _two(substring(band.ring, start, start + length))
    head = _two(substring(band.ring, start, band.length))
    tail = _two(substring(band.ring, 0.0, start + length - band.length))
    return [*head, *tail[1:]]


def _two(part: BaseGeometry) -> list[tuple[float, ...]]:
    places = [tuple(each) for each in shapely.get_coordinates(part).tolist()]
    return places if len(places) > 1 else places * 2
