"""Closing: which stretches of which streets a drawn closure takes out, and between which junctions traffic is cut.

A closure is drawn as a line along a street (or a point on it). Streets it only crosses stay open: a stretch counts when
it runs along the closure, not across it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from venueplanner.engine.streets import Blocks, StreetNetwork
from venueplanner.engine.streets.blocks import blocks_of_stretches
from venueplanner.engine.streets.network import Flags, Ints

from .roads import Roads

_ALONG = 0.8  # cosine of the angle below which a street crosses a closure rather than runs along it
_MOST_STEPS = 200  # junctions walked before an end is given up as endless


def closed_by(network: StreetNetwork, shape: BaseGeometry, within: float, usable: Flags | None = None) -> Blocks:
    """The stretches of links that a closure closes.

    shape: a line drawn along streets or a point on one, in metres; within: how far beside a street it may be drawn.
    usable: (K,) links that count as streets (a footway beside the carriageway is none).

    >>> from venueplanner.engine.streets import build_network
    >>> net = build_network([LineString([(0, 0), (100, 0)]), LineString([(50, -50), (50, 50)])],
    ...                     default_width=7.0, default_free_speed=14.0)
    >>> found = closed_by(net, LineString([(20, 1), (80, 1)]), 5.0)
    >>> found.low.tolist(), found.high.tolist()
    ([20.0, 0.0], [50.0, 30.0])
    """
    x0, y0, x1, y1 = shape.bounds
    box = network.bounds()
    near = (box[:, 0] <= x1 + within) & (box[:, 2] >= x0 - within)
    near &= (box[:, 1] <= y1 + within) & (box[:, 3] >= y0 - within)
    if usable is not None:
        near &= usable
    links = np.flatnonzero(near)
    if not links.size or shape.is_empty:
        return Blocks.none(network)
    lines = network.shapes(links)
    if shape.geom_type == "Point":
        away = shapely.distance(lines, shape)
        best = int(np.argmin(away))
        if away[best] > within:
            return Blocks.none(network)
        at = float(shapely.line_locate_point(lines[best], shape))
        length = float(network.length[links[best]])
        return blocks_of_stretches(network, [links[best]], [max(0.0, at - 1.0)], [min(length, at + 1.0)])
    found = [
        (int(link), *each)
        for link, line in zip(links, lines, strict=True)
        if (each := _along(line, shape, within)) is not None
    ]
    return blocks_of_stretches(network, *zip(*found, strict=True)) if found else Blocks.none(network)


def _along(line: LineString, closure: Any, within: float) -> tuple[float, float] | None:
    """From where to where a link runs along a closure, in metres along the link; None when it does not."""
    if not shapely.dwithin(line, closure, within):
        return None
    length = line.length
    marks = np.linspace(0.0, length, max(3, int(np.ceil(length / 2.0)) + 1))
    places = shapely.line_interpolate_point(line, marks)
    beside = shapely.distance(places, closure) <= within
    if not beside.any():
        return None
    where = shapely.line_locate_point(closure, places)
    run = np.abs(np.diff(where)) >= _ALONG * np.diff(marks)  # the pieces of the link that go along with the closure
    on = run & beside[1:] & beside[:-1]
    if not on.any():
        return None
    first, last = int(np.flatnonzero(on)[0]), int(np.flatnonzero(on)[-1]) + 1
    low, high = _end(line, closure, within, marks[first], -1), _end(line, closure, within, marks[last], 1)
    if high - low < min(2.0, length / 2):
        return None
    return low, high


def _end(line: LineString, closure: Any, within: float, mark: float, step: int) -> float:
    """The end of the stretch: opposite the closure's own end where that lies here, else the mark."""
    for tip in (shapely.Point(closure.coords[0]), shapely.Point(closure.coords[-1])):
        along = float(shapely.line_locate_point(line, tip))
        reach = 4.0 if step * (along - mark) >= 0 else 2.0
        if abs(along - mark) <= reach and line.dwithin(tip, within):
            return along
    return float(mark)


@dataclass(frozen=True)
class Ends:
    """Between which junctions a closure cuts traffic; None on a side where no other street goes on."""

    first: int | None
    last: int | None

    @property
    def cuts_through(self) -> bool:
        """Whether anybody could drive past the closure from one side to the other."""
        return self.first is not None and self.last is not None and self.first != self.last


def ends_of(roads: Roads, shape: Any, own: Blocks, closed: Flags, alive: Flags | None = None) -> Ends:
    """The junctions on both sides of a closure where traffic can still choose, in the closure's direction.

    own: what this closure closes; closed: (K,) links closed by anybody at that time; alive: (N,) nodes that can still
    be reached and left. Side by side with other closures, or inside an area they shut off, the junction is looked for
    beyond them.
    """
    net = roads.network
    links = np.flatnonzero(np.diff(own.ptr) > 0)
    if not links.size:
        return Ends(None, None)
    if shape.geom_type == "Point":
        one, two = int(net.link_from[links[0]]), int(net.link_to[links[0]])
    else:
        nodes = np.unique(np.concatenate([net.link_from[links], net.link_to[links]]))
        where = shapely.line_locate_point(shape, shapely.points(net.node_xy[nodes]))
        off = shapely.distance(shape, shapely.points(net.node_xy[nodes]))
        before, behind = where - off * (where <= 0), where + off * (where >= shape.length)
        one, two = int(nodes[np.argmin(before)]), int(nodes[np.argmax(behind)])
    return Ends(_junction(roads, one, closed, two, alive), _junction(roads, two, closed, one, alive))


def _links_at(roads: Roads, node: int) -> Ints:
    """Links for through traffic that begin or end at a node."""
    edges = roads.into(node)
    there = roads.through[edges] | roads.through[edges ^ 1]
    return np.unique(edges[there] >> 1)


def _junction(roads: Roads, node: int, closed: Flags, away: int, alive: Flags | None) -> int | None:
    """Outward from the end of a closure to the first junction with two open streets to choose from."""
    net = roads.network
    seen, queue = {node, away}, [node]
    while queue and len(seen) < _MOST_STEPS:
        here = queue.pop(0)
        links = _links_at(roads, here)
        lives = alive is None or bool(alive[here])
        if lives and np.count_nonzero(~closed[links]) >= 2:
            return here
        on = links[~closed[links]] if lives and (~closed[links]).any() else links
        for link in on.tolist():
            other = int(net.link_from[link] + net.link_to[link] - here)
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return None


def stretch_of(network: StreetNetwork, blocks: Blocks) -> BaseGeometry:
    """What is closed, as lines on the streets."""
    lines = []
    for link in np.flatnonzero(np.diff(blocks.ptr) > 0).tolist():
        for n in range(int(blocks.ptr[link]), int(blocks.ptr[link + 1])):
            lines.append(LineString(network.piece(2 * link, float(blocks.low[n]), float(blocks.high[n]))))
    return shapely.line_merge(shapely.MultiLineString(lines)) if lines else LineString()
