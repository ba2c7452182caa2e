"""A closure in the largest real network beside plain networkx, and equilibrium on published networks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import shapely

from tests.bench import Missing
from tests.bench.city_sets import SHARED, porto
from tests.bench.figure import Figure
from tests.engine.test_equilibrium import tables
from venueplanner.engine.diversions import (
    Mover,
    Roads,
    assign,
    closed_by,
    ends_of,
    fitting_turns,
    roads_of,
    served,
    spots_of,
    way_between,
)
from venueplanner.engine.streets import build_network

NAME = "traffic"
MOVERS = (Mover(2.75, 2.5), Mover(3.25, 4.0, 12.5, 5.3), Mover(3.5, 4.5, 12.5, 5.3))
NETWORKS = (("SiouxFalls", "SiouxFalls", 1e-4), ("Anaheim", "Anaheim", 1e-4), ("Chicago-Sketch", "ChicagoSketch", 1e-4))


def run() -> list[Figure]:
    """One closure in Porto with all detours and access, then three equilibria."""
    return [*_closure(), *_equilibria()]


def _best(work: Callable[[], object], times: int = 3) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found) * 1000.0


def _closure() -> list[Figure]:
    lines = porto().shapes["line"]
    roads = roads_of(build_network(lines, default_width=7.0, default_free_speed=50 / 3.6))
    net = roads.network
    turns = [fitting_turns(roads, each, 6.0) for each in MOVERS]
    middle = np.median(net.node_xy, axis=0)
    near = np.argsort(np.hypot(*(net.node_xy[net.link_from] - middle).T))
    link = int(next(k for k in near if net.length[k] > 60))
    shape = net.shape(link)
    rng = np.random.default_rng(1)
    doors = spots_of(roads, list(shapely.points(net.node_xy[rng.integers(0, len(net.node_xy), 30_000)] + 5.0)), 60.0)
    before = served(roads)

    def ours() -> list[object]:
        blocks = closed_by(net, shape, 8.0)
        closed = np.diff(blocks.ptr) > 0
        after = served(roads, closed, before)
        ends = ends_of(roads, shape, blocks, closed, after.nodes)
        found: list[object] = [after.spots(roads, doors, blocks)]
        if ends.first is not None and ends.last is not None:
            for one, other in ((ends.first, ends.last), (ends.last, ends.first)):
                for mover, free in zip(MOVERS, turns, strict=True):
                    found.append(way_between(roads, one, other, roads.open(mover), free))
                    found.append(way_between(roads, one, other, roads.open(mover, closed), free))
        return found

    graph = _graph(roads)

    def plain() -> list[object]:
        """The same questions to networkx on nodes: no turns, no widths."""
        one, other = int(net.link_from[link]), int(net.link_to[link])
        found: list[object] = []
        cut = graph.copy()
        for _ in range(3):
            found += [nx.shortest_path_length(graph, *pair, weight="s") for pair in ((one, other), (other, one))]
        cut.remove_edges_from([(one, other), (other, one)])
        for _ in range(3):
            found += [nx.shortest_path_length(cut, *pair, weight="s") for pair in ((one, other), (other, one))]
        found.append(max(nx.strongly_connected_components(cut), key=len))
        return found

    name = f"closure in Porto, {net.links} links, all answers"
    return [Figure(name, _best(ours, 5), _best(plain, 1), "ms", "networkx, nodes only")]


def _graph(roads: Roads) -> Any:
    net = roads.network
    graph = nx.DiGraph()
    cost = np.repeat(roads.seconds, 2)
    rows = zip(net.tail[roads.access], net.head[roads.access], cost[roads.access], strict=True)
    graph.add_weighted_edges_from(((int(a), int(b), float(c)) for a, b, c in rows), weight="s")
    return graph


def _equilibria() -> list[Figure]:
    where = SHARED / "reference-open" / "traffic-assignment-tntp"
    if not where.is_dir():
        raise Missing("the published networks are not beside this checkout")
    figures = []
    for folder, name, gap in NETWORKS:
        book, trips = tables(where / folder, name)
        graph = nx.DiGraph()
        free = book.times(np.zeros(book.tail.size))
        graph.add_weighted_edges_from(zip(book.tail.tolist(), book.head.tolist(), free.tolist(), strict=True))
        steps = assign(book, trips, gap=gap).steps
        once = _best(lambda graph=graph, trips=trips: [  # type: ignore[misc]
            nx.single_source_dijkstra(graph, zone) for zone in range(len(trips))], 1)  # fmt: skip
        ours = _best(lambda book=book, trips=trips, gap=gap: assign(book, trips, gap=gap), 1)  # type: ignore[misc]
        figures.append(Figure(f"{folder}, gap {gap:g}, {steps} steps", ours, once * steps, "ms", "networkx, searches"))
    return figures
