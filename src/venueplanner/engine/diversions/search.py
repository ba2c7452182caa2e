"""Shortest ways in time along directed edges, turn by turn: nobody turns on the spot, or where a vehicle cannot."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString

from venueplanner.engine.compiled import compiled
from venueplanner.engine.streets import StreetNetwork
from venueplanner.engine.streets.network import Flags, Floats, Ints

from .roads import Roads


@dataclass(frozen=True, eq=False)
class Field:
    """Seconds from the start to the end of every directed edge (infinite where nobody comes), and the edge before."""

    seconds: Floats  # (E,)
    before: Ints  # (E,) -1 at the start

    def at_nodes(self, network: StreetNetwork) -> Floats:
        """Seconds to every node, (N,)."""
        best = np.full(len(network.node_xy), np.inf)
        np.minimum.at(best, network.head, self.seconds)
        return best

    def way_to(self, edge: int) -> Ints:
        """The edges of the shortest way to the end of an edge, in order of travel."""
        edges = [edge]
        while (edge := int(self.before[edge])) >= 0:
            edges.append(edge)
        return np.array(edges[::-1], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Way:
    """A way: directed edges in order of travel, metres and seconds."""

    edges: Ints
    metres: float
    seconds: float

    def line(self, network: StreetNetwork) -> LineString:
        """The way as a line in the direction of travel."""
        coords: list[tuple[float, float]] = []
        for edge in self.edges.tolist():
            piece = network.piece(edge, 0.0, float(network.length[edge >> 1]))
            coords += piece[1:] if coords else piece
        return LineString(coords)


@compiled
def _search(
    starts: Ints,
    costs: Floats,
    cost: Floats,
    open_: Flags,
    turn_ptr: Ints,
    turn_to: Ints,
    turns: Flags,
    target: Flags,
    limit: float,
) -> tuple[Floats, Ints, int]:
    """Dijkstra over directed edges; stops at the first target edge that is settled, -1 when none is."""
    seconds = np.full(cost.size, np.inf)
    before = np.full(cost.size, -1, dtype=np.int64)
    heap = [(0.0, 0)]
    heap.pop()
    for k in range(starts.size):
        edge = starts[k]
        if open_[edge] and costs[k] < seconds[edge]:
            seconds[edge] = costs[k]
            heapq.heappush(heap, (costs[k], edge))
    while len(heap) > 0:
        now, edge = heapq.heappop(heap)
        if now > seconds[edge]:
            continue
        if target[edge]:
            return seconds, before, edge
        if now > limit:
            break
        for turn in range(turn_ptr[edge], turn_ptr[edge + 1]):
            onto = turn_to[turn]
            if turns[turn] and open_[onto]:
                later = now + cost[onto]
                if later < seconds[onto]:
                    seconds[onto] = later
                    before[onto] = edge
                    heapq.heappush(heap, (later, onto))
    return seconds, before, -1


def field_from(
    roads: Roads, starts: Ints, costs: Floats, open_: Flags, turns: Flags | None = None, limit: float = np.inf
) -> Field:
    """Times from some edges on. costs: seconds at the END of each start edge; limit: seconds after which it stops."""
    net = roads.network
    seconds, before, _ = _search(
        np.asarray(starts, dtype=np.int64),
        np.asarray(costs, dtype=np.float64),
        np.repeat(roads.seconds, 2),
        open_,
        net.turn_ptr,
        net.turn_to,
        np.ones(net.turn_to.size, dtype=bool) if turns is None else turns,
        np.zeros(net.edges, dtype=bool),
        float(limit),
    )
    return Field(seconds, before)


def way_between(roads: Roads, start: int, end: int, open_: Flags, turns: Flags | None = None) -> Way | None:
    """The quickest way from one node to another over open edges, or None. Widths and turns are those of the masks.

    >>> from shapely.geometry import LineString
    >>> from venueplanner.engine.streets import build_network
    >>> from .roads import roads_of
    >>> net = build_network([LineString([(0, 0), (100, 0)]), LineString([(0, 0), (50, 50), (100, 0)])],
    ...                     default_width=7.0, default_free_speed=10.0)
    >>> roads = roads_of(net)
    >>> way = way_between(roads, 0, 1, roads.through & np.array([False, False, True, True]))
    >>> round(way.metres, 1), round(way.seconds, 2)
    (141.4, 14.14)
    """
    net = roads.network
    target = np.zeros(net.edges, dtype=bool)
    target[roads.into(end)] = True
    starts = roads.out_of(start)
    cost = np.repeat(roads.seconds, 2)
    free = np.ones(net.turn_to.size, dtype=bool) if turns is None else turns
    seconds, before, hit = _search(
        starts, cost[starts], cost, open_, net.turn_ptr, net.turn_to, free, target, np.inf
    )  # fmt: skip
    if hit < 0:
        return None
    edges = Field(seconds, before).way_to(int(hit))
    return Way(edges, float(net.length[edges >> 1].sum()), float(seconds[hit]))
