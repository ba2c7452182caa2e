"""One concrete route for a speed: walk back from its end until the vehicle stands still or the study area ends.

The speed needed shrinks on the way back by what the run-up gives, so the walk is the shortest run-up that does it, and
every speed on it can be driven one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from venueplanner.engine.streets.bends import corner_radius

from .findings import Leg
from .speeds import Speeds

CLOSE = 1e-6  # squared m/s
SHORTEST_LEG = 0.05  # metres; shorter ones are left out of the explanation, never out of the route


@dataclass
class Way:
    """A route under construction, from its end to its beginning."""

    coords: list[tuple[float, float]] = field(default_factory=list)  # end first
    legs: list[Leg] = field(default_factory=list)  # end first
    from_outside: bool = False


def walk_back(speeds: Speeds, edge: int, along: float, needed: float, way: Way | None = None) -> Way:
    """How the squared speed `needed` at a distance along an edge is reached. Adds to a way already begun."""
    net = speeds.network
    way = way or Way()
    for _ in range(10_000):  # a guard only: the needed speed falls with every edge
        link = edge // 2
        pull = float(speeds.pull[edge])
        begin = _behind_block(speeds, edge, along)
        run = needed / (2.0 * pull) if pull > 0 else np.inf
        stop = max(begin, along - run)
        way.coords += _reversed(net.piece(edge, stop, along), way.coords)
        before = max(0.0, needed - 2.0 * pull * (along - stop))
        bound, radius = _bound_inside(speeds, edge, stop, along, needed)
        ended = stop > 0.0 or before <= CLOSE
        outside = not ended and before <= float(speeds.start[edge]) + CLOSE
        turn: tuple[int, float] | None = None
        if not ended and not outside:
            turn = _previous(speeds, edge, before)
            if turn is not None and bound == "acceleration" and speeds.turn_limit(turn[1]) <= before + CLOSE:
                bound, radius = "turn", turn[1]
        line = int(net.line[link])
        way.legs.append(Leg(line, link, along - stop, float(np.sqrt(before)), float(np.sqrt(needed)), bound, radius))
        way.from_outside = outside
        if turn is None:
            break
        edge, needed = turn[0], before
        along = float(net.length[edge // 2])
    return way


def _reversed(piece: list[tuple[float, float]], known: list[tuple[float, float]]) -> list[tuple[float, float]]:
    back = piece[::-1]
    return back[1:] if known and np.hypot(known[-1][0] - back[0][0], known[-1][1] - back[0][1]) < 1e-6 else back


def _behind_block(speeds: Speeds, edge: int, along: float) -> float:
    """Where on the edge the last block before a place ends (0: none, the edge's start)."""
    link, backwards = divmod(edge, 2)
    a, b = int(speeds.blocks.ptr[link]), int(speeds.blocks.ptr[link + 1])
    length = float(speeds.network.length[link])
    ends = [length - float(speeds.blocks.low[n]) if backwards else float(speeds.blocks.high[n]) for n in range(a, b)]
    return max((e for e in ends if e <= along + 1e-9), default=0.0)


def _bound_inside(speeds: Speeds, edge: int, start: float, end: float, needed: float) -> tuple[str, float | None]:
    """Which limit on this piece of edge the needed speed just meets."""
    link, backwards = divmod(edge, 2)
    net = speeds.network
    a, b = int(net.bend_ptr[link]), int(net.bend_ptr[link + 1])
    caps = speeds.cap_back[a:b] if backwards else speeds.cap_forth[a:b]
    at = net.bend_along[a:b]
    at = float(net.length[link]) - at if backwards else at
    here = (at >= start) & (at <= end) & np.isfinite(caps)
    slack = caps[here] - (needed - 2.0 * speeds.pull[edge] * (end - at[here]))
    if slack.size and slack.min() <= CLOSE:
        return "bend", float(caps[here][np.argmin(slack)]) / (speeds.friction * speeds.gravity)
    if needed >= speeds.vehicle.top_speed**2 - CLOSE:
        return "top speed", None
    return "acceleration", None


def _previous(speeds: Speeds, edge: int, needed: float) -> tuple[int, float] | None:
    """An edge from which this one is entered with the speed needed, and the radius of that turn: the straightest."""
    net = speeds.network
    node = int(net.link_to[edge // 2] if edge % 2 else net.link_from[edge // 2])
    best: tuple[float, int, float] | None = None
    for p in net.in_edge[int(net.in_ptr[node]) : int(net.in_ptr[node + 1])].tolist():
        if not speeds.usable[p] or speeds.squared[p] < needed - CLOSE:
            continue
        a, b = int(net.turn_ptr[p]), int(net.turn_ptr[p + 1])
        for t in range(a, b):
            if int(net.turn_to[t]) != edge:
                continue
            cosine = float(net.turn_cos[t])
            radius = float(
                corner_radius(
                    float(net.width[p // 2]) - speeds.vehicle.width,
                    float(net.width[edge // 2]) - speeds.vehicle.width,
                    cosine,
                )
            )
            if speeds.turn_limit(radius) >= needed - CLOSE and (best is None or cosine > best[0] + 1e-12):
                best = (cosine, p, radius)
    return None if best is None else (best[1], best[2])


def joined_legs(legs: list[Leg]) -> tuple[Leg, ...]:
    """Legs in driving order, pieces of one street put together unless two different limits bind on them."""
    joined: list[Leg] = []
    for leg in legs:
        if leg.length < SHORTEST_LEG and leg.bound == "acceleration":
            continue
        last = joined[-1] if joined else None
        if last and last.line is not None and last.line == leg.line and "acceleration" in (last.bound, leg.bound):
            telling = last if leg.bound == "acceleration" else leg
            joined[-1] = replace(
                telling,
                link=leg.link,
                length=last.length + leg.length,
                speed_in=last.speed_in,
                speed_out=leg.speed_out,
            )
        else:
            joined.append(leg)
    return tuple(joined or legs[-1:])
