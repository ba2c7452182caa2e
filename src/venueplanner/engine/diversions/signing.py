"""Signs of a diversion: one before every junction where drivers must choose, and the notices of the closure itself.

GOST R 52289 asks for sign 6.18.1 before the junction where a detour begins and before every junction on it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString, Point

from venueplanner.engine.streets.network import Flags, Ints

from .roads import Roads
from .search import Way

_SHARP = np.radians(30.0)


@dataclass(frozen=True)
class SignPlace:
    """Where a sign stands and what it shows: "left", "right", "ahead" of a detour, or "closed", "advance"."""

    place: Point
    shows: str
    junction: Point


def _degree(roads: Roads, node: int, usable: Flags) -> int:
    edges = roads.into(node)
    return int(np.unique(edges[usable[edges] | usable[edges ^ 1]] >> 1).size)


def junctions_along(roads: Roads, way: Way) -> list[tuple[int, int]]:
    """Junctions on a way as (place in its edges, node): where a driver could go elsewhere, the start included.

    Place 0 is the start itself; place n the junction between edge n - 1 and edge n.
    """
    net = roads.network
    found = []
    if way.edges.size and _degree(roads, int(net.tail[way.edges[0]]), roads.through) >= 2:
        found.append((0, int(net.tail[way.edges[0]])))
    for at in range(1, way.edges.size):
        node = int(net.tail[way.edges[at]])
        if _degree(roads, node, roads.through) >= 3:
            found.append((at, node))
    return found


def signs_for(roads: Roads, way: Way, *, before: float, side: float, approach: int | None = None) -> list[SignPlace]:
    """A sign before every junction on a way.

    before: metres from the junction back along the street driven; side: metres to the right of its middle (traffic on
    the right). approach: the edge drivers come by to the start, when known; without it the first sign stands at the
    junction itself.
    """
    net = roads.network
    found = []
    for at, node in junctions_along(roads, way):
        onto = int(way.edges[at])
        come = int(way.edges[at - 1]) if at else approach
        junction = Point(net.node_xy[node])
        if come is None:
            found.append(SignPlace(junction, "ahead", junction))
            continue
        length = float(net.length[come >> 1])
        line = LineString(net.piece(come, 0.0, length))
        back = max(length - before, length / 2)
        found.append(SignPlace(_beside(line, back, side), turn_of(roads, come, onto), junction))
    return found


def _beside(line: LineString, along: float, side: float) -> Point:
    """A place to the right of a line."""
    step = min(1.0, line.length / 2)
    here = line.interpolate(along)
    p, q = line.interpolate(max(0.0, along - step)), line.interpolate(min(line.length, along + step))
    dx, dy = q.x - p.x, q.y - p.y
    size = max(float(np.hypot(dx, dy)), 1e-9)
    return Point(here.x + side * dy / size, here.y - side * dx / size)


def turn_of(roads: Roads, come: int, onto: int) -> str:
    """Left, right or ahead, from one directed edge on to the next."""
    net = roads.network
    a = np.asarray(net.piece(come, 0.0, float(net.length[come >> 1])))
    b = np.asarray(net.piece(onto, 0.0, float(net.length[onto >> 1])))
    u, v = a[-1] - a[-2], b[1] - b[0]
    angle = float(np.arctan2(u[0] * v[1] - u[1] * v[0], u[0] * v[0] + u[1] * v[1]))
    return "ahead" if abs(angle) < _SHARP else "left" if angle > 0 else "right"


def approaches_to(roads: Roads, node: int, closed: Flags) -> Ints:
    """Open directed edges by which drivers come to a junction."""
    edges = roads.into(node)
    return np.asarray(edges[roads.through[edges] & ~closed[edges >> 1]])


def back_from(roads: Roads, edge: int, metres: float, side: float) -> Point:
    """A place beside the street, so many metres before the end of an edge, straight back over junctions if need be."""
    net = roads.network
    while metres > float(net.length[edge >> 1]):
        onto = [each for each in roads.into(int(net.tail[edge])).tolist() if each != edge ^ 1 and roads.through[each]]
        straight = [each for each in onto if turn_of(roads, each, edge) == "ahead"]
        if not straight:
            break
        metres -= float(net.length[edge >> 1])
        edge = straight[0]
    length = float(net.length[edge >> 1])
    line = LineString(net.piece(edge, 0.0, length))
    return _beside(line, max(0.0, length - metres), side)
