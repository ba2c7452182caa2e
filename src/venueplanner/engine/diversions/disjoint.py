"""Two ways that share no street: if one is blocked, the other still leads there (Suurballe 1974).

When there are none, the streets that every way must use are the answer: the smallest cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from venueplanner.engine.streets.network import Flags, Floats, Ints

from .roads import Roads

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_FREE = -1  # number of an edge that joins sources or targets and may be used twice; below it: half a starting street


@dataclass(frozen=True, eq=False)
class Pair:
    """Up to two ways without a common street, shortest together; `cut` are the links each single way must use."""

    ways: tuple[Ints, ...]  # directed edges in order of travel
    cut: Ints
    disjoint: int  # how many such ways there are, counted to 2

    def seconds(self, roads: Roads) -> list[float]:
        """Time of each way."""
        return [float(roads.seconds[way >> 1].sum()) for way in self.ways]


def two_ways(roads: Roads, sources: Ints, targets: Ints, open_: Flags, from_links: Ints | None = None) -> Pair:
    """Two ways from any of some nodes to any of others that share no street and take least time together.

    open_: (E,) edges that may be used. A street counts once, whichever way it is driven. from_links: streets on which
    the ways begin, in place of sources; each of their halves is left once and they are not driven through.
    """
    net = roads.network
    count = len(net.node_xy)
    nothing = np.zeros(0, dtype=np.int64)
    begins, first_numbers = np.unique(sources), np.full(np.unique(sources).size, _FREE)
    if from_links is not None:
        edges = np.concatenate([2 * np.unique(from_links), 2 * np.unique(from_links) + 1])
        edges = edges[open_[edges]]
        begins, first_numbers = net.head[edges], -2 - edges
        open_ = open_ & ~np.repeat(np.isin(np.arange(net.links), from_links), 2)
    targets = np.unique(targets)
    if not begins.size or not targets.size:
        return Pair((), nothing, 0)
    if np.intersect1d(begins, targets).size:
        return Pair((nothing, nothing), nothing, 2)
    links = np.flatnonzero(open_)
    links = links[net.tail[links] != net.head[links]]  # a loop leads nowhere
    start, end = count, count + 1
    a = np.concatenate([net.tail[links], np.full(begins.size, start), targets])
    b = np.concatenate([net.head[links], begins, np.full(targets.size, end)])
    w = np.concatenate([roads.seconds[links >> 1], np.full(begins.size + targets.size, 1e-6)])
    number = np.concatenate([links, first_numbers, np.full(targets.size, _FREE)])
    first = _path(a, b, w, start, end, count + 2)
    if first is None:
        return Pair((), nothing, 0)
    far, used = first
    second = _second(a, b, w, number, far, used, start, end, count + 2)
    if second is None:
        return Pair((number[used][number[used] >= 0],), _cut(a, b, number, start, end, count + 2), 1)
    return Pair(_unravelled(a, b, number, second, start, end), nothing, 2)


def _matrix(a: Ints, b: Ints, w: Floats, size: int) -> tuple[csr_array, dict[tuple[int, int], int]]:
    """The graph with the lightest of parallel edges, and which edge that is."""
    from scipy.sparse import csr_array

    order = np.lexsort((w, b, a))
    first = np.ones(order.size, dtype=bool)
    first[1:] = (a[order][1:] != a[order][:-1]) | (b[order][1:] != b[order][:-1])
    pick = order[first]
    graph = csr_array((w[pick], (a[pick], b[pick])), shape=(size, size))
    return graph, {(int(a[k]), int(b[k])): int(k) for k in pick}


def _path(a: Ints, b: Ints, w: Floats, start: int, end: int, size: int) -> tuple[Floats, Ints] | None:
    """Distances from the start, and the edges of the shortest way to the end."""
    from scipy.sparse.csgraph import dijkstra

    graph, edge_of = _matrix(a, b, w, size)
    far, before = dijkstra(graph, indices=np.array(start), return_predecessors=True)
    if not np.isfinite(far[end]):
        return None
    edges, node = [], end
    while node != start:
        edges.append(edge_of[int(before[node]), node])
        node = int(before[node])
    return far, np.array(edges[::-1], dtype=np.int64)


def _second(
    a: Ints, b: Ints, w: Floats, number: Ints, far: Floats, used: Ints, start: int, end: int, size: int
) -> list[int] | None:
    """The edges of both ways together: the first way's streets may be driven backwards only, at no loss (Suurballe)."""
    fine = np.isfinite(far[a]) & np.isfinite(far[b])
    streets = used[number[used] != _FREE]
    taken = number[streets]
    blocked = np.isin(number, taken) | np.isin(number, taken[taken >= 0] ^ 1)
    keep = np.flatnonzero(fine & ~blocked)
    reduced = np.maximum(0.0, w[keep] + far[a[keep]] - far[b[keep]]) + 1e-12  # scipy reads 0 as no edge
    more_a, more_b = np.concatenate([a[keep], b[streets]]), np.concatenate([b[keep], a[streets]])
    weights = np.concatenate([reduced, np.full(streets.size, 1e-12)])
    origin = np.concatenate([keep, -1 - streets])
    found = _path(more_a, more_b, weights, start, end, size)
    if found is None:
        return None
    together: list[int] = used.tolist()
    for each in origin[found[1]].tolist():
        if each < 0:
            together.remove(-1 - each)
        else:
            together.append(each)
    return together


def _unravelled(a: Ints, b: Ints, number: Ints, edges: list[int], start: int, end: int) -> tuple[Ints, ...]:
    """The edges of two ways, put into order."""
    leaving: dict[int, list[int]] = {}
    for edge in edges:
        leaving.setdefault(int(a[edge]), []).append(edge)
    ways = []
    for _ in range(2):
        node, way = start, []
        while node != end:
            edge = leaving[node].pop(0)
            way.append(edge)
            node = int(b[edge])
        numbers = number[np.array(way, dtype=np.int64)]
        ways.append(numbers[numbers >= 0])
    return tuple(sorted(ways, key=lambda way: (len(way), way.tolist())))


def _cut(a: Ints, b: Ints, number: Ints, start: int, end: int, size: int) -> Ints:
    """The links that one way alone must use: edges from what the full flow still reaches to the rest."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra, maximum_flow

    capacity = np.where(number != _FREE, 1, 2)
    graph = coo_array((capacity, (a, b)), shape=(size, size)).tocsr().astype(np.int32)
    rest: Any = graph - maximum_flow(graph, start, end).flow
    rest.data[rest.data < 0] = 0
    rest.eliminate_zeros()
    reached = np.isfinite(dijkstra(rest.astype(np.float64), indices=np.array(start), unweighted=True))
    crossing = number[reached[a] & ~reached[b] & (number != _FREE)]
    return np.unique(np.where(crossing >= 0, crossing, -2 - crossing) >> 1)
