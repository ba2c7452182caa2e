"""Crowd answers found the slow way: step by step, exit by exit, cell by cell, by linear programs."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import shapely
from scipy.optimize import linprog


def capacity_by_removal(widths, flows, minutes):
    """The capacity when each exit in turn is taken away, and the least of them."""
    lost = [sum(w * q * minutes for n, (w, q) in enumerate(zip(widths, flows, strict=True)) if n != k)
            for k in range(len(widths))]  # fmt: skip
    return lost, min(lost)


def queue_by_steps(arrivals, step, per_minute, fine=400):
    """A queue let forward in small steps: the most who wait, the longest wait, when the last one is in."""
    waiting = most = now = last = 0.0
    small = step / fine
    total, come, let_in = sum(arrivals), 0.0, 0.0
    for count in [*arrivals, *([0.0] * 10_000)]:
        for _ in range(fine):
            come += count / fine
            served = min(per_minute * small, waiting + count / fine)
            waiting += count / fine - served
            let_in += served
            now += small
            if waiting > most:
                most = waiting
            if served > 1e-9:
                last = now
        if come >= total - 1e-9 and waiting <= 1e-9:
            break
    return most, most / per_minute, last


def clearing_by_programs(people, walk, rates, tolerance=0.01):
    """The earliest time at which a linear program can share the people out, found by halving."""
    people, walk, rates = np.asarray(people, float), np.asarray(walk, float), np.asarray(rates, float)
    groups, exits = walk.shape

    def possible(seconds):
        rows, limits = [], []
        for e in range(exits):
            for s in np.unique(walk[:, e]):
                if s <= seconds:
                    row = np.zeros((groups, exits))
                    row[(walk[:, e] >= s) & (walk[:, e] <= seconds), e] = 1.0
                    rows.append(row.ravel())
                    limits.append(rates[e] * (seconds - s))
        bounds = [(0, None if walk[g, e] <= seconds else 0) for g in range(groups) for e in range(exits)]
        equal = np.kron(np.eye(groups), np.ones(exits))
        if not rows:
            return people.sum() == 0
        found = linprog(np.zeros(groups * exits), np.array(rows), np.array(limits), equal, people, bounds)
        return found.status == 0

    low, high = 0.0, float(np.nanmax(np.where(np.isfinite(walk), walk, np.nan)) + people.sum() / rates.min() + 1)
    while high - low > tolerance:
        middle = (low + high) / 2
        low, high = (low, middle) if possible(middle) else (middle, high)
    return high


def distances_by_graph(free, goals):
    """Cells from every free cell to the nearest goal, over a networkx graph of sixteen steps tried one by one."""
    rows, columns = free.shape
    graph = nx.Graph()
    graph.add_nodes_from((r, c) for r, c in zip(*np.nonzero(free), strict=True))
    for r, c in list(graph):
        for dr in range(-2, 3):
            for dc in range(-2, 3):
                if math.gcd(dr, dc) != 1 or not (0 <= r + dr < rows and 0 <= c + dc < columns):
                    continue
                # Cells whose inside the straight step crosses, found by walking along it in small paces.
                paces = np.linspace(0, 1, 61)[1:-1]
                met = {(math.floor(r + 0.5 + t * dr + n), math.floor(c + 0.5 + t * dc + m))
                       for t in paces for n in (-1e-7, 1e-7) for m in (-1e-7, 1e-7)}  # fmt: skip
                if all(0 <= x < rows and 0 <= y < columns and free[x, y] for x, y in met) and free[r + dr, c + dc]:
                    graph.add_edge((r, c), (r + dr, c + dc), weight=math.hypot(dr, dc))
    found = np.full(free.shape, np.inf)
    sources = set(zip(*np.nonzero(goals & free), strict=True))
    if sources:
        for cell, metres in nx.multi_source_dijkstra_path_length(graph, sources).items():
            found[cell] = metres
    return found


def covered_by_points(shapes, west, south, cell, size):
    """Cells whose middle a polygon holds, asked one by one."""
    rows, columns = size
    x = west + (np.arange(columns) + 0.5) * cell
    y = south + (np.arange(rows) + 0.5) * cell
    found = np.zeros(size, dtype=bool)
    for shape in shapes:
        found |= shapely.contains_xy(shape, *np.meshgrid(x, y))
    return found


def clear_by_points(opening_width, spans, low, high, steps=20_000):
    """Metres between low and high not covered by spans, by trying places; capped at the opening."""
    at = low + (np.arange(steps) + 0.5) * (high - low) / steps
    clear = np.ones(steps, dtype=bool)
    for begin, end in spans:
        clear &= (at < begin) | (at > end)
    return min(float(clear.mean() * (high - low)), opening_width)


def around_corners(start, goal, blocks):
    """The true shortest way in the plane among rectangles: over all pairs of corners that see each other."""
    places = [tuple(start), tuple(goal), *(xy for block in blocks for xy in block.exterior.coords[:-1])]
    shrunk = shapely.union_all([block.buffer(-1e-6) for block in blocks])
    graph = nx.Graph()
    graph.add_nodes_from(range(2))
    for i, one in enumerate(places):
        for j in range(i):
            if not shapely.LineString([one, places[j]]).intersects(shrunk):
                graph.add_edge(i, j, weight=math.dist(one, places[j]))
    try:
        return nx.dijkstra_path_length(graph, 0, 1)
    except nx.NetworkXNoPath:
        return math.inf
