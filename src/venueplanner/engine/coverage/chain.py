"""The best closing chain round a perimeter: its widest gap is as small as any chain's can be.

Everything that stands in the band round the line is joined by true face-to-face distances, the shortest first
(Kruskal). A union-find carries for every piece how often it lies once more round the protected middle; the first join
that closes a way round it completes the chain. Its joins longer than the limit are the gaps. This equals the widest
passage from outside to the middle, with exact widths.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from .band import HAIR, Band, band_of
from .joins import FAR, NEAR, Join, Sight, along_the_line, held_together, line_of, near_pairs, straight
from .pieces import Pieces, faces

SLIVER = 0.01  # parts of a self-crossing perimeter smaller than this share of it are slips of the hand


@dataclass(frozen=True)
class Gap:
    """One clear gap: `width` m; `segment` from face to face: straight, or by way of the open stretch of the line.

    `sides`: indices of the closers on both sides, None where there is none. `at`: metres along the perimeter.
    `kind`: "gap" (measured straight), "open stretch" (along the line), "entirely open" (nothing stands there).
    """

    width: float
    segment: LineString
    sides: tuple[int | None, int | None]
    at: float
    kind: str


def coverage_gaps(perimeter: Polygon, closers: Sequence[BaseGeometry], *, limit: float, reach: float) -> list[Gap]:
    """All clear gaps wider than `limit` (m) of the best chain of closers within `reach` (m) of the perimeter's line.

    closers: outlines, as areas or lines, of all that closes: barriers, cordons, shut gates, buildings, walls, water.
    Empty and invalid ones are passed over or mended. Widths are clear, face to face (DfT/CPNI Traffic Advisory Leaflet
    1/11), and exact up to 12 m; wider openings are told by how long the line is open where that is the shorter way.
    Both sides of a narrow neck and every arm are enclosed: a wall across its root does not pass for closing an arm.
    Raises ValueError where the perimeter has no area.

    >>> wall = shapely.box(0, 0, 50, 50).exterior.difference(shapely.box(20, -1, 22.4, 1))
    >>> [round(gap.width, 2) for gap in coverage_gaps(shapely.box(0, 0, 50, 50), [wall], limit=1.2, reach=5)]
    [2.4]
    """
    areas = _areas(perimeter)
    # Figures of a city's grid run to millions of metres; near the scene's own corner rounding is a million times finer.
    origin = np.round(np.asarray(shapely.bounds(areas[0])[:2]))
    gaps: list[Gap] = []
    before = 0.0
    for area in areas:
        found, length = _gaps_of(_moved(area, -origin), _near(area, closers, reach, origin), limit, reach)
        gaps += [replace(gap, segment=_moved(gap.segment, origin), at=gap.at + before) for gap in found]
        before += length
    return gaps


def _gaps_of(area: Polygon, closers: Sequence[BaseGeometry], limit: float, reach: float) -> tuple[list[Gap], float]:
    """The gaps of one part of a perimeter, and the length of its line."""
    band = band_of(area, reach, closers)
    pieces = faces(band, closers)
    if not len(pieces.shapes):
        covered = any(shapely.covers(each, band.area) for each in closers)
        return [] if covered else [Gap(band.length, band.ring, (None, None), 0.0, "entirely open")], band.length
    near = straight(band, pieces, *near_pairs(pieces, NEAR))
    gaps: dict[tuple[int, int], Gap] = {}
    for centre in band.centres:
        sight = Sight(band, pieces, centre)
        chain = _Chain(len(pieces.shapes))
        chain.hold(held_together(pieces, sight))
        chain.hold(near.seen(sight))
        if chain.ring is None:
            one, other = near_pairs(pieces, FAR)
            apart = chain.apart(one, other, pieces, band.length)
            far = straight(band, pieces, one[apart], other[apart]).seen(sight)
            chain.hold([*far, *along_the_line(band, pieces, sight)])
        for join in chain.ring or []:
            if join.length > limit + HAIR:
                gaps.setdefault((join.one, join.other), _gap(band, pieces, join))
    return list(gaps.values()), band.length


def _areas(perimeter: Polygon) -> list[Polygon]:
    """The parts of a perimeter, the largest first, without holes: what lies in a hole is protected too."""
    mended = shapely.get_parts(shapely.make_valid(perimeter))
    parts = [part for several in mended for part in shapely.get_parts(several)]  # areas may come beside loose lines
    whole = [Polygon(part.exterior) for part in parts if part.geom_type == "Polygon"]
    least = SLIVER * max((each.area for each in whole), default=0.0)
    thick = [each for each in whole if each.area > 0 and each.area >= least]
    if not thick:
        raise ValueError("A perimeter needs an area.")
    return sorted(thick, key=lambda each: -each.area)


def _near(area: Polygon, closers: Sequence[BaseGeometry], reach: float, origin: Any) -> list[BaseGeometry]:
    """The closers near an area's line moved to the origin, and an empty shape for every other, so that numbers stay."""
    several = np.empty(len(closers), dtype=object)
    several[:] = list(closers)
    near = shapely.intersects(shapely.box(*area.bounds).buffer(reach + 1.0), several)
    return [_moved(each, -origin) if close else Polygon() for each, close in zip(several, near, strict=True)]


def _moved(shape: Any, by: Any) -> Any:
    return shapely.transform(shape, lambda xy: xy + by)


class _Chain:
    """Union-find over pieces that counts turns round the middle; `ring` is the closed chain once there is one."""

    def __init__(self, count: int) -> None:
        self._root = list(range(count))
        self._turns = [0] * count  # turns of a piece relative to its root
        self._tree: list[list[tuple[int, Join]]] = [[] for _ in range(count)]
        self.ring: list[Join] | None = None

    def hold(self, joins: list[Join]) -> None:
        """Take joins, the shortest first, until a ring is closed."""
        for join in sorted(joins, key=lambda each: (each.length, each.one, each.other)):
            if self.ring is not None:
                return
            self._take(join)

    def _take(self, join: Join) -> None:
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

    def _path(self, start: int, goal: int) -> list[Join]:
        came: dict[int, tuple[int, Join] | None] = {start: None}
        queue = deque([start])
        while queue and goal not in came:
            here = queue.popleft()
            for there, join in self._tree[here]:
                if there not in came:
                    came[there] = (here, join)
                    queue.append(there)
        path: list[Join] = []
        step = came.get(goal)
        while step is not None:
            path.append(step[1])
            step = came[step[0]]
        return path

    def apart(self, one: Any, other: Any, pieces: Pieces, length: float) -> Any:
        """Which pairs are worth a look: of different groups, or of one that has come most of the way round."""
        found = [self._find(piece) for piece in range(len(self._root))]
        root = np.array([each for each, _ in found])
        along = pieces.at + np.array([turns for _, turns in found]) * length
        return (root[one] != root[other]) | (np.abs(along[one] - along[other]) > length / 2)


def _gap(band: Band, pieces: Pieces, join: Join) -> Gap:
    line = line_of(band, join)
    at = float(band.along(line.interpolate(0.5, normalized=True)))
    sides = (int(pieces.closer[join.one]), int(pieces.closer[join.other]))
    return Gap(join.length, line, sides, at, "gap" if join.line is not None else "open stretch")


def closing_line(gap: Gap) -> LineString | None:
    """Where a barrier would close the gap: from face to face, or along the open stretch. None when there is no line."""
    return None if gap.segment.is_empty or gap.segment.length <= 0 else gap.segment


def passing_classes(width: float, classes: Sequence[tuple[str, float]]) -> list[Any]:
    """Who fits through a clear width: the classes (id, needed width m) whose need is no more than it.

    >>> passing_classes(1.7, [("motorcycle", 1.2), ("car", 1.65), ("van", 2.3)])
    ['motorcycle', 'car']
    """
    return [name for name, needed in classes if width >= needed]
