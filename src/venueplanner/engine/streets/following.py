"""The shortest way along the streets from one place to others, for drawing a line that follows them.

One-way signs are ignored: a closure or an emergency route is drawn against them too.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import shapely

from .network import Floats, Ints, StreetNetwork

Place = tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """A place on a link, `along` metres from the link's start."""

    link: int
    along: float


class StreetGraph:
    """A network made ready for many searches: nearest link of a place, neighbours of a node.

    >>> from shapely.geometry import LineString
    >>> from .building import build_network
    >>> net = build_network([LineString([(0, 0), (100, 0)]), LineString([(100, 0), (100, 100)])],
    ...                     default_width=7.0, default_free_speed=14.0)
    >>> Walk(StreetGraph(net), (40, 1), within=5).to((99, 30), within=5)
    [(40.0, 0.0), (100.0, 0.0), (100.0, 30.0)]
    """

    def __init__(self, network: StreetNetwork) -> None:
        from scipy.sparse import csr_array

        self.network = network
        self._tree = shapely.STRtree(network.shapes(np.arange(network.links)))
        low = np.minimum(network.link_from, network.link_to)
        high = np.maximum(network.link_from, network.link_to)
        order = np.lexsort((network.length, high, low))
        pairs = np.stack([low[order], high[order]], axis=1)
        first = np.ones(len(pairs), dtype=bool)
        first[1:] = (pairs[1:] != pairs[:-1]).any(axis=1)
        self._link_of = {(int(a), int(b)): int(k) for (a, b), k in zip(pairs[first], order[first], strict=True)}
        count, links = len(network.node_xy), order[first]
        ends = (pairs[first, 0], pairs[first, 1])
        self.lengths = csr_array((network.length[links], ends), shape=(count, count))

    def spot(self, place: Place, within: float) -> Spot | None:
        """The nearest place on a street, or None when there is none within so many metres."""
        here = shapely.Point(place)
        found: Ints = self._tree.query(here, predicate="dwithin", distance=within)
        if not len(found):
            return None
        lines = self.network.shapes(np.sort(found))
        nearest = int(np.argmin(shapely.distance(lines, here)))
        return Spot(int(np.sort(found)[nearest]), float(shapely.line_locate_point(lines[nearest], here)))

    def between(self, one: int, other: int) -> list[Place]:
        """Coordinates from one node to its neighbour along the shortest link between them."""
        link = self._link_of[min(one, other), max(one, other)]
        backwards = int(self.network.link_from[link]) != one
        return self.network.piece(2 * link + backwards, 0.0, float(self.network.length[link]))


class Walk:
    """All shortest ways from one place. `start` is None when no street is near it."""

    def __init__(self, graph: StreetGraph, place: Place, within: float) -> None:
        from scipy.sparse.csgraph import dijkstra

        self._graph = graph
        self.start = graph.spot(place, within)
        if self.start is not None:
            ends = self._ends(self.start)
            far, before = dijkstra(
                graph.lengths, directed=False, indices=[node for node, _ in ends], return_predecessors=True
            )
            self._far: Floats = far
            self._before: Ints = before.astype(np.int64)

    def _ends(self, spot: Spot) -> list[tuple[int, float]]:
        """The nodes at both ends of the spot's link and how far they are."""
        net = self._graph.network
        length = float(net.length[spot.link])
        return [(int(net.link_from[spot.link]), spot.along), (int(net.link_to[spot.link]), length - spot.along)]

    def to(self, place: Place, within: float) -> list[Place] | None:
        """The way's coordinates from the start to the street place nearest to `place`, both included.

        None when no street is near one of the two, or no street joins them.
        """
        end = self._graph.spot(place, within)
        if self.start is None or end is None:
            return None
        best, way = np.inf, None
        for first, (_, out) in enumerate(self._ends(self.start)):
            for node, back in self._ends(end):
                total = out + float(self._far[first, node]) + back
                if total < best:
                    best, way = total, (first, node)
        if end.link == self.start.link and abs(end.along - self.start.along) <= best:
            return self._straight(self.start.along, end.along, end.link)
        if way is None:
            return None
        first, node = way
        nodes = [node]
        while (node := int(self._before[first, nodes[-1]])) >= 0:
            nodes.append(node)
        nodes.reverse()
        coords = self._piece(self.start, nodes[0])
        for one, other in itertools.pairwise(nodes):
            coords += self._graph.between(one, other)
        coords += self._piece(end, nodes[-1])[::-1]
        return [each for at, each in enumerate(coords) if at == 0 or not np.allclose(each, coords[at - 1], atol=1e-6)]

    def _piece(self, spot: Spot, node: int) -> list[Place]:
        """From the spot to the node at one end of its link."""
        net = self._graph.network
        forwards = int(net.link_to[spot.link]) == node
        if forwards and int(net.link_from[spot.link]) == node:  # a link round a block: the nearer end
            forwards = spot.along > float(net.length[spot.link]) / 2
        return self._straight(spot.along, float(net.length[spot.link]) if forwards else 0.0, spot.link)

    def _straight(self, one: float, other: float, link: int) -> list[Place]:
        coords = self._graph.network.piece(2 * link, min(one, other), max(one, other))
        return coords if one <= other else coords[::-1]
