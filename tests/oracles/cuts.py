"""Minimum cuts, slow and obviously right: every subset of a few edges, and networkx for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import networkx as nx

Edge = tuple[int, int, int]


def joined(edges: Sequence[Edge], gone: set[int], source: int, sink: int) -> bool:
    """Whether source and sink hang together without the edges `gone`."""
    graph = nx.Graph((a, b) for number, (a, b, _) in enumerate(edges) if number not in gone)
    graph.add_nodes_from((source, sink))
    return nx.has_path(graph, source, sink)


def by_subsets(edges: Sequence[Edge], source: int, sink: int) -> int:
    """Cheapest set of edges whose going separates source from sink, by trying every set."""
    best = sum(cost for _, _, cost in edges)
    for size in range(len(edges) + 1):
        for gone in combinations(range(len(edges)), size):
            cost = sum(edges[number][2] for number in gone)
            if cost < best and not joined(edges, set(gone), source, sink):
                best = cost
    return best


def by_networkx(edges: Sequence[Edge], source: int, sink: int, *, directed: bool = False) -> int:
    """Value of a minimum cut as networkx finds it."""
    graph = nx.DiGraph() if directed else nx.Graph()
    graph.add_nodes_from((source, sink))
    for a, b, cost in edges:
        if a != b:
            before = graph[a][b]["capacity"] if graph.has_edge(a, b) else 0
            graph.add_edge(a, b, capacity=before + cost)
    return int(nx.minimum_cut_value(graph, source, sink))
