"""Slow twins of the ways round and of access: networkx on the same streets, edge by edge."""

from __future__ import annotations

import networkx as nx
import numpy as np

from venueplanner.engine.diversions import Roads


def seconds_between(roads: Roads, start: int, end: int, open_: np.ndarray) -> float:
    """The least time from node to node, never turning on the spot; infinite without a way."""
    net, cost = roads.network, np.repeat(roads.seconds, 2)
    graph = nx.DiGraph()
    graph.add_nodes_from(("start", "end"))
    for edge in np.flatnonzero(open_).tolist():
        for turn in range(net.turn_ptr[edge], net.turn_ptr[edge + 1]):
            onto = int(net.turn_to[turn])
            if open_[onto]:
                graph.add_edge(edge, onto, weight=cost[onto])
        if net.tail[edge] == start:
            graph.add_edge("start", edge, weight=cost[edge])
        if net.head[edge] == end:
            graph.add_edge(edge, "end", weight=0.0)
    try:
        return float(nx.dijkstra_path_length(graph, "start", "end"))
    except nx.NetworkXNoPath:
        return float("inf")


def parts(roads: Roads, open_: np.ndarray) -> list[set[int]]:
    """The parts of the network in which everybody reaches everybody."""
    net = roads.network
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(net.node_xy)))
    graph.add_edges_from((int(net.tail[e]), int(net.head[e])) for e in np.flatnonzero(open_))
    return list(nx.strongly_connected_components(graph))


def _doubled(roads: Roads, open_: np.ndarray) -> nx.DiGraph:
    """Each edge with a node of its own, so that parallel streets stay apart."""
    net = roads.network
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(net.node_xy)))
    for edge in np.flatnonzero(open_).tolist():
        cost = round(float(roads.seconds[edge >> 1]) * 1e6)
        graph.add_edge(int(net.tail[edge]), ("edge", edge), capacity=1, weight=cost)
        graph.add_edge(("edge", edge), int(net.head[edge]), capacity=1, weight=0)
    return graph


def disjoint(roads: Roads, start: int, end: int, open_: np.ndarray) -> int:
    """How many ways share no edge, counted to 2."""
    return min(2, int(nx.maximum_flow_value(_doubled(roads, open_), start, end)))


def least_of_two(roads: Roads, start: int, end: int, open_: np.ndarray) -> float:
    """Seconds of two such ways together."""
    graph = _doubled(roads, open_)
    graph.nodes[start]["demand"], graph.nodes[end]["demand"] = -2, 2
    return float(nx.min_cost_flow_cost(graph)) / 1e6
