"""Minimum cuts: the cheapest set of edges that separates two places of a network, and a network made smaller first.

A triangle of free ground has at most three ways out. Triangles with one are dead ends; triangles with two only pass on,
so the two portals become one, the cheaper. What is left has about two places for every obstacle, and its minimum cut
is the same.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from venueplanner.engine.compiled import compiled

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
MOST = 2**30  # a capacity no cut reaches: the solver works in 32-bit integers and adds an edge's two directions


def minimum_cut(
    one: Ints, other: Ints, capacity: Ints, source: int, sink: int, *, directed: bool = False
) -> tuple[int, Bools]:
    """Value of a minimum cut, and which edges (m,) it takes: those that leave what is still reached from the source.

    one, other (m,): ends of the edges, numbers from 0; capacity (m,): integers, `MOST` or more means never. An edge
    counts both ways unless `directed`. Dinic's method, as scipy has it. When no cut without a never-edge exists the
    value is `MOST` or more.

    >>> ends = np.array([0, 0, 1]), np.array([1, 2, 2])
    >>> value, cut = minimum_cut(*ends, np.array([3, 2, 1]), 0, 2)
    >>> value, cut.tolist()
    (3, [False, True, True])
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    n = int(max(one.max(initial=0), other.max(initial=0), source, sink)) + 1
    size = np.minimum(capacity, MOST)
    real = (one != other) & (size > 0)
    a, b = one[real], other[real]
    rows, columns, values = (a, b, size[real])
    if not directed:
        rows, columns, values = np.concatenate([a, b]), np.concatenate([b, a]), np.concatenate([values, values])
    summed = coo_array((values, (rows, columns)), shape=(n, n)).tocsr()
    summed.data = np.minimum(summed.data, MOST)
    graph = summed.astype(np.int32)
    flow = maximum_flow(graph, source, sink)
    left = (graph - flow.flow).tocsr()
    left.data = (left.data > 0).astype(np.int8)
    left.eliminate_zeros()
    reached = np.zeros(n, dtype=bool)
    reached[breadth_first_order(left, source, return_predecessors=False)] = True
    cut = reached[one] & ~reached[other]
    if not directed:
        cut |= reached[other] & ~reached[one]
    cut &= size > 0
    return int(flow.flow_value), cut


@dataclass(frozen=True, eq=False)
class Network:
    """Places 0 … n−1 and two more: the protected area `n` and the outside `n + 1`. Edges (m,) with cost and the number
    `portal` of the dearer network's edge that stands for each.
    """

    n: int
    one: Ints
    other: Ints
    cost: Ints
    portal: Ints

    def cut(self, forbidden: Ints | None = None) -> tuple[int, Ints]:
        """Cost of the cheapest cut without the forbidden edges, and its edges; (`MOST`, none) when there is no cut."""
        cost = self.cost.copy()
        if forbidden is not None:
            cost[forbidden] = MOST
        named = np.concatenate([[self.n, self.n + 1], self.one, self.other])
        ends = np.unique(named, return_inverse=True)[1]
        one, other = ends[2 : 2 + len(self.one)], ends[2 + len(self.one) :]
        value, taken = minimum_cut(one, other, cost, int(ends[0]), int(ends[1]))
        edges = np.flatnonzero(taken)
        if value >= MOST or (cost[edges] >= MOST).any():
            return MOST, edges[:0]
        return value, edges


def reduced(n: int, one: Ints, other: Ints, cost: Ints) -> Network:
    """The network with dead ends and places that only pass on taken out. Places below `n` have at most three edges."""
    real = one != other
    a, b, best, alive = _reduce(n, one[real].copy(), other[real].copy(), cost[real])
    number = np.flatnonzero(real)[best[alive]]
    return Network(n, a[alive], b[alive], cost[number], number)


@compiled
def _reduce(  # noqa: C901 - one loop over a work list
    n: int, a: Ints, b: Ints, cost: Ints
) -> tuple[Ints, Ints, Ints, Bools]:
    m = len(a)
    edges, degree = np.full((n, 3), -1, np.int64), np.zeros(n, np.int64)
    alive, best = np.ones(m, np.bool_), np.arange(m)
    for e in range(m):
        for place in (a[e], b[e]):
            if place < n:
                edges[place, degree[place]] = e
                degree[place] += 1
    stack = list(range(n))
    while len(stack) > 0:
        v = stack.pop()
        if degree[v] == 1:
            e = edges[v, 0]
            alive[e], degree[v] = False, 0
            w = b[e] if a[e] == v else a[e]
            if w < n:
                _drop(edges, degree, w, e)
                stack.append(w)
        elif degree[v] == 2:
            e, f = edges[v, 0], edges[v, 1]
            x = b[e] if a[e] == v else a[e]
            y = b[f] if a[f] == v else a[f]
            degree[v] = 0
            alive[f] = False
            if e == f:
                continue
            if cost[best[f]] < cost[best[e]]:
                best[e] = best[f]
            a[e], b[e] = x, y
            if y < n:
                for k in range(degree[y]):
                    if edges[y, k] == f:
                        edges[y, k] = e
            if x == y:
                alive[e] = False
                if x < n:
                    _drop(edges, degree, x, e)
                    _drop(edges, degree, x, e)
                    stack.append(x)
    return a, b, best, alive


@compiled
def _drop(edges: Ints, degree: Ints, place: int, edge: int) -> None:
    """Take one entry of an edge out of a place's list."""
    for k in range(degree[place]):
        if edges[place, k] == edge:
            degree[place] -= 1
            edges[place, k] = edges[place, degree[place]]
            return
