"""What the festival plan asks of the sample town: façades to follow, street centrelines to take, ground to stay on.

Coordinates are metres of the city's grid, EPSG:3879. `at(x, y)` counts from a round corner near the square, so that
the numbers of the plan stay readable.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import geopandas
import networkx as nx
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

TOWN = Path(__file__).resolve().parent / "town"
CORNER = (25_496_000.0, 6_672_000.0)
DRIVEN = {
    "primary",
    "primary_link",
    "secondary",
    "secondary_link",
    "tertiary",
    "tertiary_link",
    "unclassified",
    "residential",
    "living_street",
    "service",
}


def at(x: float, y: float) -> Point:
    """A place given in metres east and north of the corner."""
    return Point(CORNER[0] + x, CORNER[1] + y)


def line(*places: Point) -> LineString:
    """A line through the places."""
    return LineString([(place.x, place.y) for place in places])


class Town:
    """The layers of the sample town that the plan is fitted to."""

    def __init__(self, folder: Path = TOWN) -> None:
        self.streets = geopandas.read_file(folder / "streets.shp")
        table = geopandas.read_file(folder / "buildings.shp")
        self.blocks = [part for part in shapely.get_parts(table.union_all()) if part.area > 5.0]
        self.buildings = shapely.union_all(self.blocks)
        areas = geopandas.read_file(folder / "areas.shp")
        named = areas[(areas["name"] == "Rautatientori") & (areas["kind"] == "square")]
        self.square: Polygon = named.geometry.iloc[0]

    def facade(self, start: Point, end: Point, off: float = 0.3) -> LineString:
        """The line along the outside of one building block, `off` metres from its wall, between the places nearest to
        `start` and `end`; the shorter way round.
        """
        block = min(self.blocks, key=lambda each: each.distance(start) + each.distance(end))
        return along_ring(Polygon(block.exterior).buffer(off, join_style="mitre").exterior, start, end)

    def corner(self, near: Point) -> Point:
        """The building corner nearest to a place."""
        block = min(self.blocks, key=lambda each: each.distance(near))
        return min((Point(c[:2]) for c in block.exterior.coords), key=near.distance)

    def route(
        self, *stops: Point, closed: Iterable[LineString] = (), names: Iterable[str] = (), emergency: bool = False
    ) -> LineString:
        """The shortest way on real street centrelines through the stops, starting and ending at the street vertices
        nearest to the first and last stop.

        Ways along or across the `closed` lines are not used; `names` limits the way to these streets; an
        `emergency` vehicle may pass one-way and no-entry signs and bus lanes.
        """
        graph = self._graph(tuple(closed), frozenset(names), emergency)
        nodes = [min(graph.nodes, key=lambda node: Point(node).distance(stop)) for stop in stops]
        way: list[tuple[float, float]] = [nodes[0]]
        for one, two in pairwise(nodes):
            way += nx.shortest_path(graph, one, two, weight="length")[1:]
        return LineString(way)

    def across(self, through: Point, bearing: float, off: float = 0.3) -> LineString:
        """The straight line through a place from façade to façade, ending `off` metres before the walls."""
        east, north = math.sin(math.radians(bearing)), math.cos(math.radians(bearing))
        ends = [Point(through.x + k * east, through.y + k * north) for k in (-200.0, 200.0)]
        free = shapely.get_parts(line(*ends).difference(self.buildings))
        open_part = min(free, key=through.distance)
        return substring(open_part, off, open_part.length - off)

    def _graph(self, closed: tuple[LineString, ...], names: frozenset[str], emergency: bool) -> nx.DiGraph:
        graph = nx.DiGraph()
        tree = shapely.STRtree(closed)
        for sort, row in zip(self.streets["class"], self.streets.itertuples(), strict=True):
            if sort not in DRIVEN or row.tunnel != "no" or (names and row.name not in names):
                continue
            if not emergency and (row.access in {"private", "no"} or row.motor_veh in {"private", "no"}):
                continue
            points = [(c[0], c[1]) for c in row.geometry.coords]
            for one, two in pairwise(points):
                piece = LineString([one, two])
                near = [closed[k] for k in tree.query(piece.buffer(0.5))]
                if any(piece.crosses(shut) or shut.dwithin(piece.centroid, 0.5) for shut in near):
                    continue
                graph.add_edge(one, two, length=piece.length)
                if row.oneway != "yes" or emergency:
                    graph.add_edge(two, one, length=piece.length)
        return graph


def along_ring(ring: BaseGeometry, start: Point, end: Point) -> LineString:
    """The shorter of the two ways along a closed line between the places on it nearest to `start` and `end`."""
    a, b = ring.project(start), ring.project(end)
    low, high = min(a, b), max(a, b)
    inner = substring(ring, low, high)
    rest, first = substring(ring, high, ring.length), substring(ring, 0.0, low)
    outer = LineString([*rest.coords, *list(first.coords)[1:]])
    way = inner if inner.length <= outer.length else outer
    ahead = Point(way.coords[0]).distance(ring.interpolate(a)) < 1e-6
    return way if ahead else LineString(list(way.coords)[::-1])


def between(way: LineString, start: float, end: float) -> LineString:
    """The piece of a line from `start` to `end` metres along it."""
    return substring(way, start, end)


def row_gap(length: float, width: float, limit: float) -> float:
    """The clear gap, at most `limit`, with which modules `width` wide fill a row of `length` from end to end.

    >>> round(row_gap(26.0, 1.2, 1.1), 3)
    1.055
    """
    modules = 2
    while (length - modules * width) / (modules - 1) > limit:
        modules += 1
    return (length - modules * width) / (modules - 1)
