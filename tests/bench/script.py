"""The same two questions as a GIS person would script them with shapely and networkx: what is open, who comes how fast.

Coarser than ours: gaps are what is left of the line after buffering what stands there by half the allowed gap;
vehicles come at free speed, bends and turns are not judged, places lie 10 m apart and street points 20 m. The index of
the buildings is made within the answer, as when the script is started again.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import networkx as nx
import numpy as np
import shapely

from tests.bench.city_sets import CitySet
from venueplanner.app import documents
from venueplanner.domain.plan import Plan
from venueplanner.kinds import BY_ID

GAP, STUDY, RUN_UP = 1.2, 1000.0, 300.0
PULL, FREE = 2.0, 60 / 3.6


def answer(city: CitySet, plan: Plan) -> tuple[list[float], dict[int, float]]:
    """Widths of the gaps (m), and the speed (m/s) at every tenth metre of the line."""
    rules = documents.profile_named("kg")
    area = plan.of("perimeter")[0].shape
    assert area is not None
    edge = area.exterior  # type: ignore[attr-defined]
    buildings = city.shapes["polygon"]
    walls = shapely.STRtree(buildings)
    closers: list[Any] = list(buildings[walls.query(edge, predicate="dwithin", distance=15)])
    for feature in plan.of("barrier", "cordon", "gate"):
        outline = BY_ID[feature.kind].outline
        if outline is not None:
            closers += list(outline(feature, plan, rules))
    closed = shapely.union_all([each.buffer(GAP / 2) for each in closers])
    gaps = [float(each.length) for each in shapely.get_parts(edge.difference(closed))]
    graph = _graph(city, area)
    return gaps, _speeds(graph, area, edge, walls, buildings)


def _graph(city: CitySet, area: Any) -> nx.DiGraph:
    graph: nx.DiGraph = nx.DiGraph()
    study = area.buffer(STUDY)
    for line in city.shapes["line"]:
        if not line.intersects(study):
            continue
        coords = np.round(shapely.get_coordinates(line), 1).tolist()
        for one, other in pairwise(coords):
            length = float(np.hypot(other[0] - one[0], other[1] - one[1]))
            graph.add_edge(tuple(one), tuple(other), length=length)
            graph.add_edge(tuple(other), tuple(one), length=length)
    return graph


def _speeds(graph: nx.DiGraph, area: Any, edge: Any, walls: Any, buildings: Any) -> dict[int, float]:
    """v² = v0² + 2·a·s along the longest way in sight, from the edge of the study area."""
    outer = [node for node in graph if shapely.Point(node).distance(area) > STUDY - 100]
    away = nx.multi_source_dijkstra_path_length(graph, outer or [next(iter(graph))], weight="length")
    points, squared = [], []
    for one, other, data in graph.edges(data=True):
        for share in np.arange(0, data["length"], 20) / max(data["length"], 1e-9):
            point = shapely.Point(one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1]))
            if one in away and point.distance(edge) < RUN_UP and not area.contains(point):
                points.append(point)
                squared.append(FREE**2 + 2 * PULL * away[one])
    best: dict[int, float] = {}
    for number, where in enumerate(np.arange(0, edge.length, 10)):
        place = edge.interpolate(where)
        fastest = 0.0
        for point, before in zip(points, squared, strict=True):
            line = shapely.LineString([point, place])
            if line.length > RUN_UP or before + 2 * PULL * line.length <= fastest:
                continue
            if not any(buildings[hit].intersects(line) for hit in walls.query(line)):
                fastest = before + 2 * PULL * line.length
        best[number] = float(np.sqrt(fastest))
    return best
