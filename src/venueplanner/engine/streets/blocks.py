"""What keeps vehicles off a street: closed links, the protected area itself, barriers across the carriageway.

A block is a stretch of a link no vehicle drives through. The network stays as it is; blocks are laid over it, so
another closure or a moved barrier never rebuilds anything. Behind a block a vehicle may still start from rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from .network import Flags, Floats, Ints, StreetNetwork


@dataclass(frozen=True, eq=False)
class Blocks:
    """Blocked stretches, rising and apart: of link k `low[ptr[k]:ptr[k + 1]]` to `high[…]`, metres along it."""

    ptr: Ints  # (K + 1,)
    low: Floats
    high: Floats

    @staticmethod
    def none(network: StreetNetwork) -> Blocks:
        """Nothing is blocked."""
        return Blocks(np.zeros(network.links + 1, dtype=np.int64), np.zeros(0), np.zeros(0))


def blocks_of_stretches(network: StreetNetwork, link: ArrayLike, low: ArrayLike, high: ArrayLike) -> Blocks:
    """Sort stretches by link and merge those that meet."""
    link = np.asarray(link, dtype=np.int64)
    order = np.lexsort((np.asarray(low, dtype=np.float64), link))
    merged: list[list[float]] = []
    for k, a, b in zip(link[order], np.asarray(low)[order], np.asarray(high)[order], strict=True):
        if merged and merged[-1][0] == k and a <= merged[-1][2]:
            merged[-1][2] = max(merged[-1][2], float(b))
        else:
            merged.append([int(k), float(a), float(b)])
    table = np.asarray(merged, dtype=np.float64).reshape(-1, 3)
    counts = np.bincount(table[:, 0].astype(np.int64), minlength=network.links)
    return Blocks(np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), table[:, 1], table[:, 2])


def joined_blocks(network: StreetNetwork, *several: Blocks) -> Blocks:
    """All these blocks together."""
    links = [np.repeat(np.arange(network.links), np.diff(b.ptr)) for b in several]
    return blocks_of_stretches(
        network,
        np.concatenate([np.zeros(0, dtype=np.int64), *links]),
        np.concatenate([np.zeros(0), *(b.low for b in several)]),
        np.concatenate([np.zeros(0), *(b.high for b in several)]),
    )


def blocks_of_links(network: StreetNetwork, closed: ArrayLike) -> Blocks:
    """Whole links closed: a (K,) mask, true where no vehicle may be."""
    link = np.flatnonzero(np.asarray(closed, dtype=bool))
    return blocks_of_stretches(network, link, np.zeros(link.size), network.length[link])


def _touched(network: StreetNetwork, box: Sequence[float], lowest_level: int) -> Ints:
    """Links whose box meets a box, tunnels left out."""
    b = network.bounds()
    near = (b[:, 0] <= box[2]) & (b[:, 2] >= box[0]) & (b[:, 1] <= box[3]) & (b[:, 3] >= box[1])
    return np.flatnonzero(near & (network.level >= lowest_level))


def inside_blocks(network: StreetNetwork, area: Polygon, *, lowest_level: int = 0) -> Blocks:
    """The stretches of streets inside an area; streets below `lowest_level` (tunnels) pass under it.

    >>> from shapely.geometry import LineString, box
    >>> from venueplanner.engine.streets import build_network
    >>> net = build_network([LineString([(0, 0), (100, 0)])], default_width=7.0, default_free_speed=14.0)
    >>> inside = inside_blocks(net, box(40, -10, 60, 10))
    >>> inside.low.tolist(), inside.high.tolist()
    ([40.0], [60.0])
    """
    near = _touched(network, area.bounds, lowest_level)
    if not near.size:
        return Blocks.none(network)
    lines = network.shapes(near)
    shapely.prepare(area)
    within = shapely.covers(area, lines)
    cross = np.flatnonzero(~within & shapely.intersects(area, lines))
    link: list[int] = [int(k) for k in near[within]]
    low: list[float] = [0.0] * len(link)
    high: list[float] = [float(network.length[k]) for k in link]
    for n in cross:
        k, line = int(near[n]), lines[n]
        marks = _marks(line, area.boundary)
        stops = [0.0, *marks, float(network.length[k])]
        for a, b in pairwise(stops):
            if b > a and area.contains(line.interpolate((a + b) / 2)):
                link.append(k)
                low.append(a)
                high.append(b)
    return blocks_of_stretches(network, link, low, high)


def _marks(line: Any, edge: BaseGeometry) -> list[float]:
    """Where a line meets an edge: rising distances along the line."""
    xy = shapely.get_coordinates(shapely.intersection(line, edge))
    return sorted({float(m) for m in shapely.line_locate_point(line, shapely.points(xy))})


def blocks_by_shapes(
    network: StreetNetwork,
    shapes: Sequence[BaseGeometry],
    *,
    vehicle_width: float,
    verge: float = 0.0,
    lowest_level: int = 0,
) -> Blocks:
    """Where barriers leave less than a vehicle's width of the street.

    shapes: outlines of barriers that count (polygons, lines or points). verge: metres beside the carriageway that can
    be driven on as well. A barrier that leaves a gap of at least the vehicle's width between its parts or beside it,
    within carriageway and verge, blocks nothing.

    >>> from shapely.geometry import LineString, box
    >>> from venueplanner.engine.streets import build_network
    >>> net = build_network([LineString([(0, 0), (100, 0)])], default_width=7.0, default_free_speed=14.0)
    >>> wall, half = box(50, -4, 51, 4), box(70, 0, 71, 4)
    >>> blocks_by_shapes(net, [wall, half], vehicle_width=1.8).high.tolist()
    [51.0]
    """
    solid = [s for s in shapes if not s.is_empty]
    if not solid:
        return Blocks.none(network)
    tree = shapely.STRtree(solid)
    reach = float(network.width.max(initial=0.0)) / 2 + verge
    x0, y0, x1, y1 = shapely.total_bounds(np.asarray(solid, dtype=object))
    near = _touched(network, (x0 - reach, y0 - reach, x1 + reach, y1 + reach), lowest_level)
    near = near[network.width[near] >= vehicle_width]
    if not near.size:
        return Blocks.none(network)
    lines = network.shapes(near)
    row, which = tree.query(lines, predicate="dwithin", distance=network.width[near] / 2 + verge)
    link: list[int] = []
    low: list[float] = []
    high: list[float] = []
    for n in np.unique(row):
        k, line = int(near[n]), lines[n]
        half = float(network.width[k]) / 2 + verge
        mine = [solid[w] for w in which[row == n]]
        for a, b in _stretches(line, mine, half, vehicle_width):
            if not _passes(line, mine, a - vehicle_width, b + vehicle_width, half - vehicle_width / 2, vehicle_width):
                link.append(k)
                low.append(a)
                high.append(b)
    return blocks_of_stretches(network, link, low, high)


def _stretches(line: Any, shapes: Sequence[BaseGeometry], half: float, apart: float) -> list[tuple[float, float]]:
    """Stretches of a street beside which something stands; those closer than a vehicle's width are one."""
    street = line.buffer(half, cap_style="flat")
    found: list[tuple[float, float]] = []
    for shape in shapes:
        for piece in shapely.get_parts(shape.intersection(street)):
            at = shapely.line_locate_point(line, shapely.points(shapely.get_coordinates(piece)))
            if at.size:
                found.append((float(at.min()), float(at.max())))
    found.sort()
    merged: list[tuple[float, float]] = []
    for a, b in found:
        if merged and a <= merged[-1][1] + apart:
            merged[-1] = (merged[-1][0], max(b, merged[-1][1]))
        else:
            merged.append((a, b))
    return merged


def _passes(line: Any, shapes: Sequence[BaseGeometry], a: float, b: float, half: float, width: float) -> bool:
    """Does a vehicle of this width get from a to b along the street, keeping off the shapes?"""
    way = substring(line, max(0.0, a), min(line.length, b))
    if way.geom_type != "LineString" or half <= 0:
        return False
    solid = shapely.union_all([s.buffer(width / 2 - 1e-6) for s in shapes])
    free = way.buffer(half, cap_style="flat").difference(solid)
    ends = [_across(way, at, half) for at in (0.0, way.length)]
    return any(all(part.distance(end) < 1e-6 for end in ends) for part in shapely.get_parts(free))


def _across(way: Any, at: float, half: float) -> LineString:
    """The line across a way at one of its two ends."""
    p = np.asarray(way.interpolate(at).coords[0])
    step = min(0.01, way.length / 2)
    q = np.asarray(way.interpolate(step if at == 0.0 else way.length - step).coords[0])
    d = (q - p) / max(float(np.hypot(*(q - p))), 1e-12)
    side = np.array([-d[1], d[0]]) * half
    return LineString(np.stack([p - side, p + side]))


def study_sources(
    network: StreetNetwork, area: Polygon, *, rim: float = 0.0, data_extent: Polygon | None = None
) -> Floats:
    """Squared speed with which vehicles come in from outside what is looked at, per directed edge (0: from rest).

    area: the study area; every street that enters it does so at its free speed. data_extent and rim: a street that ends
    within `rim` metres of the edge of the city's data goes on in truth, so it also begins at its free speed.

    >>> from shapely.geometry import LineString, box
    >>> from venueplanner.engine.streets import build_network
    >>> net = build_network([LineString([(-50, 0), (0, 0)]), LineString([(0, 0), (100, 0)])],
    ...                     default_width=7.0, default_free_speed=10.0)
    >>> study_sources(net, box(-10, -10, 200, 10)).tolist()
    [100.0, 0.0, 0.0, 0.0]
    """
    start = np.zeros(network.edges)
    if not network.links:
        return start
    shapely.prepare(area)
    inside: Flags = shapely.intersects_xy(area, network.node_xy[:, 0], network.node_xy[:, 1])
    tail, head = network.tail, network.head
    enters = ~inside[tail] & inside[head]
    if rim > 0.0 and data_extent is not None:
        degree = np.diff(network.in_ptr)
        near = shapely.dwithin(data_extent.exterior, shapely.points(network.node_xy), rim)
        enters |= ((degree == 1) & near)[tail]
    speed = network.per_edge(network.free_speed)
    start[enters] = speed[enters] ** 2
    return start
