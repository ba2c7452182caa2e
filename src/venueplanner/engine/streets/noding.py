"""Where street lines meet: at common vertices, where they cross without one, and where an end just misses a line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from .network import Flags, Floats, Ints, Repair

SAME_PLACE = 1e-3  # metres: below this two places are one, far under what any survey can tell apart


@dataclass
class Joints:
    """Points (all line vertices, then the cuts made in segments) and which of them are one and the same place."""

    xy: Floats  # (P, 2)
    order: Floats  # (P,) position in the flat list of vertices; a cut lies between its segment's two ends
    line: Ints  # (P,) source line
    group: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # (P,) place number
    weight: Floats = field(default_factory=lambda: np.zeros(0))  # (P,) how much a point says about where its place is
    snapped: tuple[Repair, ...] = ()
    dangles: tuple[Repair, ...] = ()
    crossings: int = 0


@dataclass(frozen=True)
class Segments:
    """All straight pieces of all lines: vertex a, vertex a + 1, with a spatial index."""

    a: Ints
    xy: Floats  # all vertices
    tree: Any

    @staticmethod
    def of(xy: Floats, line: Ints) -> Segments:
        a = np.flatnonzero(line[:-1] == line[1:])
        ends: Any = shapely.linestrings(np.stack([xy[a], xy[a + 1]], axis=1))
        return Segments(a, xy, shapely.STRtree(ends))

    def nearest(self, points: Floats, segments: Ints) -> tuple[Floats, Floats]:
        """Distance from each point to its segment, and how far along the segment (0 to 1) the nearest place is."""
        p, q = self.xy[self.a[segments]], self.xy[self.a[segments] + 1]
        d = q - p
        size = np.maximum(np.einsum("ij,ij->i", d, d), 1e-300)
        t = np.clip(np.einsum("ij,ij->i", points - p, d) / size, 0.0, 1.0)
        return np.hypot(*(points - (p + t[:, None] * d)).T), t


def joints(xy: Floats, line: Ints, level: Ints, snap: float, dangle: float) -> Joints:
    """Find every place where lines meet.

    xy: (V, 2) vertices, line after line, no two neighbours equal. line: (V,) source line of each. level: per vertex.
    A common vertex joins lines of one level, and an end joins whatever it lies on by a vertex (a bridge ends at its
    ramp).
    """
    count = len(xy)
    end = np.zeros(count, dtype=bool)
    end[0] = end[-1] = True
    changes = np.flatnonzero(line[1:] != line[:-1])
    end[changes] = end[changes + 1] = True
    segments = Segments.of(xy, line)
    place = _shared_vertices(xy, level, end)
    cuts = _Cuts(count)
    cuts.join(place, np.arange(count))  # every vertex with the representative of its place
    crossings = _crossings(segments, line, level, place, cuts)
    snapped, dangles, loose = _loose_ends(segments, line, level, end, place, cuts, snap, dangle)
    return _gathered(xy, line, cuts, segments, snapped, dangles, crossings, loose)


class _Cuts:
    """Cuts in segments and pairs of points that are one place, gathered as arrays."""

    def __init__(self, vertices: int) -> None:
        self.points = vertices
        self.segment: list[Ints] = []
        self.share: list[Floats] = []
        self.left: list[Ints] = []
        self.right: list[Ints] = []

    def join(self, left: Ints, right: Ints) -> None:
        self.left.append(np.asarray(left, dtype=np.int64))
        self.right.append(np.asarray(right, dtype=np.int64))

    def cut(self, segment: Ints, share: Floats) -> Ints:
        """Cut segments; gives the numbers of the new points."""
        new = np.arange(self.points, self.points + len(segment))
        self.points += len(segment)
        self.segment.append(np.asarray(segment, dtype=np.int64))
        self.share.append(np.asarray(share, dtype=np.float64))
        return new


def _shared_vertices(xy: Floats, level: Ints, end: Flags) -> Ints:
    """For each vertex the first vertex of its place: equal coordinates, and one level unless a line ends there."""
    cell = np.round(xy / SAME_PLACE).astype(np.int64)
    _, key = np.unique(cell, axis=0, return_inverse=True)
    key = key.ravel()
    joined = np.zeros(key.max() + 1, dtype=bool)
    joined[key[end]] = True
    floor = np.where(joined[key], 0, level)
    _, first, key = np.unique(np.stack([key, floor], axis=1), axis=0, return_index=True, return_inverse=True)
    return np.asarray(first[key.ravel()], dtype=np.int64)


def _crossings(segments: Segments, line: Ints, level: Ints, place: Ints, cuts: _Cuts) -> int:
    """Join lines of one level that cross or touch where they have no common vertex; gives how many places."""
    i, j = segments.tree.query(segments.tree.geometries)
    pick = i < j
    i, j = i[pick], j[pick]
    ai, aj = segments.a[i], segments.a[j]
    pick = level[ai] == level[aj]
    i, j, ai, aj = i[pick], j[pick], ai[pick], aj[pick]
    found = 0
    touching = np.zeros(len(i), dtype=bool)
    for vertex, segment, other in ((aj, i, ai), (aj + 1, i, ai), (ai, j, aj), (ai + 1, j, aj)):
        distance, t = segments.nearest(segments.xy[vertex], segment)
        near = distance < SAME_PLACE
        touching |= near
        apart = near & (place[vertex] != place[other]) & (place[vertex] != place[other + 1])
        found += _touch(segments, vertex[apart], segment[apart], t[apart], cuts)
    p, d = segments.xy[ai], segments.xy[ai + 1] - segments.xy[ai]
    q, e = segments.xy[aj], segments.xy[aj + 1] - segments.xy[aj]
    turn = d[:, 0] * e[:, 1] - d[:, 1] * e[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        w = q - p
        t = (w[:, 0] * e[:, 1] - w[:, 1] * e[:, 0]) / turn
        u = (w[:, 0] * d[:, 1] - w[:, 1] * d[:, 0]) / turn
        cross = ~touching & (t > 0) & (t < 1) & (u > 0) & (u < 1)
    cuts.join(cuts.cut(i[cross], t[cross]), cuts.cut(j[cross], u[cross]))
    return found + int(cross.sum())


def _touch(segments: Segments, vertex: Ints, segment: Ints, t: Floats, cuts: _Cuts) -> int:
    """A vertex lies on the inside of a segment: cut the segment there."""
    size = np.hypot(*(segments.xy[segments.a[segment] + 1] - segments.xy[segments.a[segment]]).T)
    inside = (t * size > SAME_PLACE) & ((1 - t) * size > SAME_PLACE)
    cuts.join(cuts.cut(segment[inside], t[inside]), vertex[inside])
    at_end = np.where(t < 0.5, segments.a[segment], segments.a[segment] + 1)
    cuts.join(at_end[~inside], vertex[~inside])
    return int(inside.sum())


def _loose_ends(
    segments: Segments,
    line: Ints,
    level: Ints,
    end: Flags,
    place: Ints,
    cuts: _Cuts,
    snap: float,
    dangle: float,
) -> tuple[tuple[Repair, ...], tuple[Repair, ...], Ints]:
    """Ends that meet nothing: join those within `snap` of a line, list those within `dangle`."""
    busy = np.bincount(place, minlength=len(place))
    met = np.zeros(len(place), dtype=bool)
    for pairs in (*cuts.left[1:], *cuts.right[1:]):
        met[pairs[pairs < len(place)]] = True
    vertex = np.flatnonzero(end & (busy[place] == 1) & ~met)
    if not vertex.size:
        return (), (), vertex
    row, segment = segments.tree.query(shapely.points(segments.xy[vertex]), predicate="dwithin", distance=dangle)
    vertex = vertex[row]
    distance, t = segments.nearest(segments.xy[vertex], segment)
    a = segments.a[segment]
    target = np.where(t < 0.5, a, a + 1)  # the segment's nearer end
    gap = np.hypot(*(segments.xy[vertex] - segments.xy[target]).T)
    onto_end = (gap <= np.maximum(distance, snap)) & end[target]
    along = _along(segments.xy, line)
    own = line[vertex] == line[a]
    hit = along[a] + t * (along[a + 1] - along[a])
    # its own line, a little further on, is not a street it misses
    own_way = own & (np.abs(hit - along[vertex]) <= np.maximum(4 * snap, 2 * distance + SAME_PLACE))
    keep = ~own_way & ((level[vertex] == level[a]) | onto_end)
    vertex, distance, t, segment, target, gap, a = (
        values[keep] for values in (vertex, distance, t, segment, target, gap, a)
    )
    best = np.lexsort((segments.xy[a, 1], segments.xy[a, 0], distance, vertex))
    best = best[np.concatenate([[True], vertex[best][1:] != vertex[best][:-1]])] if best.size else best
    vertex, distance, t, segment, target, gap, a = (
        values[best] for values in (vertex, distance, t, segment, target, gap, a)
    )
    close = distance <= snap
    to_vertex = close & (gap <= snap)
    cuts.join(vertex[to_vertex], target[to_vertex])
    to_segment = close & ~to_vertex
    cuts.join(vertex[to_segment], cuts.cut(segment[to_segment], t[to_segment]))

    def repairs(chosen: Flags) -> tuple[Repair, ...]:
        xy = segments.xy[vertex[chosen]]
        return tuple(
            Repair(float(x), float(y), int(own_line), int(other), float(by))
            for (x, y), own_line, other, by in zip(
                xy, line[vertex[chosen]], line[a[chosen]], distance[chosen], strict=True
            )
        )

    return repairs(close), repairs(~close), vertex[close]


def _along(xy: Floats, line: Ints) -> Floats:
    """Distance of each vertex from the start of its line."""
    step = np.hypot(*np.diff(xy, axis=0).T)
    step[line[1:] != line[:-1]] = 0.0
    total = np.concatenate([[0.0], np.cumsum(step)])
    first = np.concatenate([[0], np.flatnonzero(line[1:] != line[:-1]) + 1])
    lengths = np.diff(np.concatenate([first, [len(line)]]))
    return np.asarray(total - np.repeat(total[first], lengths))


def _gathered(
    xy: Floats,
    line: Ints,
    cuts: _Cuts,
    segments: Segments,
    snapped: tuple[Repair, ...],
    dangles: tuple[Repair, ...],
    crossings: int,
    loose: Ints,
) -> Joints:
    """Put vertices and cuts together and number the places."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    segment = np.concatenate([np.zeros(0, dtype=np.int64), *cuts.segment])
    share = np.concatenate([np.zeros(0), *cuts.share])
    a = segments.a[segment]
    points = np.concatenate([xy, xy[a] + share[:, None] * (xy[a + 1] - xy[a])])
    weight = np.ones(len(points))
    weight[loose] = 1e-9  # a moved end says nothing about where the line it missed runs
    left, right = np.concatenate(cuts.left), np.concatenate(cuts.right)
    links = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(len(points), len(points)))
    _, group = connected_components(links, directed=False)
    return Joints(
        xy=points,
        order=np.concatenate([np.arange(len(xy), dtype=np.float64), a + share]),
        line=np.concatenate([line, line[a]]),
        group=group.astype(np.int64),
        weight=weight,
        snapped=snapped,
        dangles=dangles,
        crossings=crossings,
    )
