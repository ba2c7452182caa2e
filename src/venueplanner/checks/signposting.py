"""Signposting: where the signs of a closure and of the ways round it belong, and which of them the plan has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.engine.diversions import Roads, SignPlace, Way, closed_by, signs_for, stretch_of, way_between
from venueplanner.engine.diversions.signing import approaches_to, back_from, turn_of

from .diverting import Closed, Detour

Board = tuple[BaseGeometry, str, "str | None"]


@dataclass(frozen=True)
class Wanted:
    """A sign that belongs somewhere: its purpose and arrow, where it is best put, and where it counts."""

    place: Point
    purpose: str
    shows: str | None
    around: Point  # what it is measured from
    low: float
    high: float

    def there(self, signs: list[Feature]) -> bool:
        """Whether one of these signs does it."""
        return any(
            each["purpose"] == self.purpose
            and each.shape is not None
            and self.low <= each.shape.distance(self.around) <= self.high
            for each in signs
        )

    @property
    def board(self) -> Board:
        """As the edit that adds signs takes it."""
        return self.place, self.purpose, self.shows


def wanted_at(site: Site, roads: Roads, closed: Closed) -> Iterator[Wanted]:
    """The boards of the closure itself: closed at both its ends, announced ahead of them."""
    rules = site.rules
    near, side = rules.number("sign.near"), rules.number("sign.side")
    low, high = rules.number("sign.advance_low"), rules.number("sign.advance_high")
    for end, node in zip(_tips(roads, closed), (closed.ends.first, closed.ends.last), strict=False):
        if node is None:
            continue
        yield Wanted(end, "closed", None, end, 0.0, near)
        for edge in approaches_to(roads, node, closed.links)[:1].tolist():
            place = back_from(roads, edge, (low + high) / 2, side)
            middle = Point(roads.network.node_xy[node])
            yield Wanted(place, "advance", None, middle, min(low, place.distance(middle)) - near, high + near)


def _tips(roads: Roads, closed: Closed) -> tuple[Point, Point]:
    """The two ends of what is closed, in the direction drawn."""
    shape = closed.feature.shape
    stretch = stretch_of(roads.network, closed.own)
    points = [Point(xy) for line in getattr(stretch, "geoms", [stretch]) for xy in (line.coords[0], line.coords[-1])]
    if shape is None or shape.geom_type == "Point" or len(points) < 2:
        return points[0], points[-1]
    first, last = Point(shape.coords[0]), Point(shape.coords[-1])
    return min(points, key=first.distance), min(points, key=last.distance)


def wanted_along(site: Site, roads: Roads, way: Way, closed_links: np.ndarray) -> Iterator[Wanted]:
    """The arrows of a way round: before the junction it begins at, on every street that leads there, and on the way."""
    rules = site.rules
    before, side, near = (rules.number(each) for each in ("sign.before", "sign.side", "sign.near"))
    for each in signs_for(roads, way, before=before, side=side):
        if each.place.equals(each.junction):
            yield from _at_start(roads, way, closed_links, before, side, near)
        else:
            yield _arrow(each, before, near)


def _at_start(
    roads: Roads,
    way: Way,
    closed_links: np.ndarray,
    before: float,
    side: float,
    near: float,
) -> Iterator[Wanted]:
    net = roads.network
    onto = int(way.edges[0])
    node = int(net.tail[onto])
    for edge in approaches_to(roads, node, closed_links).tolist():
        if edge != onto ^ 1:
            place = back_from(roads, edge, min(before, float(net.length[edge >> 1]) / 2), side)
            yield _arrow(SignPlace(place, turn_of(roads, edge, onto), Point(net.node_xy[node])), before, near)
            return


def _arrow(each: SignPlace, before: float, near: float) -> Wanted:
    return Wanted(each.place, "detour", each.shows, each.junction, 0.0, before + near)


def routes_of(roads: Roads, found: list[Detour]) -> list[tuple[LineString, str, Way]]:
    """The ways round to be planned: one for all traffic where all classes take the same, else one for each."""
    routes: list[tuple[LineString, str, Way]] = []
    for forth in (True, False):
        several = [each for each in found if each.forth == forth and each.after is not None]
        by_way: dict[tuple[int, ...], list[Detour]] = {}
        for each in several:
            if each.after is not None:
                by_way.setdefault(tuple(each.after.edges.tolist()), []).append(each)
        for same in by_way.values():
            way = same[0].after
            if way is None:
                continue
            if len(by_way) == 1:
                routes.append((way.line(roads.network), "all", way))
                continue
            for each in same:
                routes.append(
                    (way.line(roads.network), {"car": "cars", "bus": "buses"}.get(each.traffic, "lorries"), way)
                )
    return routes


def boards_for(site: Site, roads: Roads, closed: Closed, ways: list[Way], have: list[Feature]) -> list[Board]:
    """All boards that are not there yet, each place once."""
    wanted = [*wanted_at(site, roads, closed)]
    for way in ways:
        wanted += wanted_along(site, roads, way, closed.links)
    boards: list[Board] = []
    for each in wanted:
        twice = any(b[1:] == each.board[1:] and b[0].distance(each.place) < 5.0 for b in boards)
        if not twice and not each.there(have):
            boards.append(each.board)
    return boards


def way_of(site: Site, roads: Roads, diversion: Feature) -> Way | None:
    """A drawn diversion as a way along the streets, or None where it leaves them or runs against a one-way street."""
    line = diversion.shape
    if line is None or line.geom_type != "LineString":
        return None
    net = roads.network
    drivable = roads.drivable
    blocks = closed_by(net, line, site.rules.number("closure.beside"), drivable)
    counts = np.diff(blocks.ptr)
    links = np.flatnonzero(counts > 0)
    whole = [
        k
        for k in links.tolist()
        if blocks.high[blocks.ptr[k + 1] - 1] - blocks.low[blocks.ptr[k]] > 0.6 * net.length[k]
    ]
    if not whole:
        return None
    allowed = np.zeros(net.links, dtype=bool)
    allowed[whole] = True
    nodes = np.unique(np.concatenate([net.link_from[whole], net.link_to[whole]]))
    ends = [Point(line.coords[0]), Point(line.coords[-1])]
    first, last = (int(nodes[np.argmin([each.distance(Point(xy)) for xy in net.node_xy[nodes]])]) for each in ends)
    if first == last:
        return None
    return way_between(roads, first, last, roads.access & np.repeat(allowed, 2))
