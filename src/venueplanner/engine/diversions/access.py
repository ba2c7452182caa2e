"""Access: which doors can no longer be driven to, or left again, once streets are closed.

A place is served when its stretch of street belongs to the largest part of the network in which everybody reaches
everybody. Closures split pieces off that part; what hangs on them has lost its access.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from venueplanner.engine.streets import Blocks
from venueplanner.engine.streets.network import Flags, Floats, Ints

from .roads import Roads


@dataclass(frozen=True, eq=False)
class Spots:
    """Where places meet the street: link (-1 without one), metres along it, and how far off the place lies."""

    link: Ints
    along: Floats
    away: Floats


def spots_of(roads: Roads, shapes: Sequence[Any], within: float) -> Spots:
    """The nearest drivable street of each place (points or outlines), none farther than `within` metres."""
    net, count = roads.network, len(shapes)
    link, along, away = np.full(count, -1, dtype=np.int64), np.zeros(count), np.full(count, np.inf)
    drivable = np.flatnonzero(roads.drivable)
    if not count or not drivable.size:
        return Spots(link, along, away)
    lines = net.shapes(drivable)
    places = np.asarray(shapes, dtype=object)
    (place, hit), off = shapely.STRtree(lines).query_nearest(
        places, max_distance=within, return_distance=True, all_matches=True
    )
    order = np.lexsort((hit, off, place))  # of several equally near streets the first, so that the answer is always one
    place, hit, off = place[order], hit[order], off[order]
    first = np.concatenate([[True], place[1:] != place[:-1]]) if place.size else np.zeros(0, dtype=bool)
    place, hit, off = place[first], hit[first], off[first]
    middle = shapely.centroid(places[place])
    link[place], away[place] = drivable[hit], off
    along[place] = shapely.line_locate_point(lines[hit], middle)
    return Spots(link, along, away)


@dataclass(frozen=True, eq=False)
class Served:
    """Which nodes can be reached and left, (N,)."""

    nodes: Flags

    def lost(self, later: Served) -> Flags:
        """Nodes served before and no longer."""
        return self.nodes & ~later.nodes

    def spots(self, roads: Roads, spots: Spots, closed: Blocks | None = None) -> tuple[Flags, Flags]:
        """Per place: whether it is served, and whether its door lies on a closed stretch itself."""
        net = roads.network
        known = spots.link >= 0
        link = np.where(known, spots.link, 0)
        if not net.links:
            return known, np.zeros(known.size, dtype=bool)
        reached = known & (self.nodes[net.link_from[link]] | self.nodes[net.link_to[link]])
        on = np.zeros(known.size, dtype=bool)
        if closed is None:
            return reached, on
        counts = np.diff(closed.ptr)
        for n in np.flatnonzero(known & (counts[link] > 0)).tolist():
            a, b = int(closed.ptr[link[n]]), int(closed.ptr[link[n] + 1])
            at = float(spots.along[n])
            on[n] = bool(((closed.low[a:b] <= at) & (at <= closed.high[a:b])).any())
            low_free, high_free = bool((closed.low[a:b] > at).all()), bool((closed.high[a:b] < at).all())
            from_first = bool(self.nodes[net.link_from[link[n]]]) and low_free
            from_last = bool(self.nodes[net.link_to[link[n]]]) and high_free
            reached[n] = from_first or from_last
        return reached, on


def served(roads: Roads, closed: Flags | None = None, before: Served | None = None) -> Served:
    """The nodes of the largest part in which everybody reaches everybody.

    closed: (K,) links nobody passes. before: with it the part is chosen that keeps most of what was served before.

    >>> from shapely.geometry import LineString
    >>> from venueplanner.engine.streets import build_network
    >>> from .roads import roads_of
    >>> net = build_network([LineString([(0, 0), (50, 0)]), LineString([(50, 0), (99, 0), (99, 9)])],
    ...                     default_width=7.0, default_free_speed=14.0)
    >>> served(roads_of(net), np.array([True, False])).nodes.tolist()
    [False, True, True]
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    net = roads.network
    count = len(net.node_xy)
    open_ = roads.access if closed is None else roads.access & ~np.repeat(closed, 2)
    graph = csr_array(
        (np.ones(int(open_.sum()), dtype=np.int8), (net.tail[open_], net.head[open_])), shape=(count, count)
    )
    _, part = connected_components(graph, directed=True, connection="strong")
    weight = np.ones(count) if before is None else before.nodes.astype(float)
    size = np.bincount(part, weights=weight) if count else np.zeros(1)
    if not count:
        return Served(np.zeros(0, dtype=bool))
    first = np.full(size.size, count)
    np.minimum.at(first, part, np.arange(count))
    best = np.lexsort((first, -size))[0]  # of equal parts the one that comes first in the data
    nodes: Flags = part == best
    return Served(nodes if before is None else nodes & before.nodes)
