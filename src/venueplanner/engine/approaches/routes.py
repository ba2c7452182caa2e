"""One concrete route for a speed: walk back from its end until the vehicle stands still or the study area ends.

The speed needed shrinks on the way back by what the run-up gives, so the walk is the shortest run-up that does it, and
every speed on it can be driven one after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np

from venueplanner.engine.streets.bends import corner_radius

from .findings import Leg
from .speeds import Speeds
from .stations import gained

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
    for _ in range(10_000):  # a guard only: round any loop the needed speed falls
        link = edge // 2
        back = _driven_back(speeds, edge, _behind_block(speeds, edge, along), along, needed)
        stop, before, bound, radius = back.stop, back.before, back.bound, back.radius
        way.coords += _reversed(net.piece(edge, stop, along), way.coords)
        ended = stop > 0.0 or before <= CLOSE
        outside = not ended and before <= float(speeds.start[edge]) + CLOSE
        turn: tuple[int, float] | None = None
        if not ended and not outside:
            turn = _previous(speeds, edge, before)
            if turn is not None and bound == "acceleration" and speeds.turn_limit(turn[1]) <= before + CLOSE:
                bound, radius = "turn", turn[1]
        line = int(net.line[link])
        slow, fast = float(np.sqrt(before)), float(np.sqrt(needed))
        way.legs.append(Leg(line, link, along - stop, slow, fast, bound, radius, back.rise))
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


class _Back(NamedTuple):
    """A piece of edge driven backwards: where it begins, the squared speed needed there, what limits it, its climb."""

    stop: float
    before: float
    bound: str
    radius: float | None
    rise: float


def _driven_back(speeds: Speeds, edge: int, begin: float, along: float, needed: float) -> _Back:
    """Back along an edge, station by station, until `begin` or until the vehicle stands still."""
    at, pull = speeds.stations, speeds.pull
    a, b = int(at.ptr[edge // 2]), int(at.ptr[edge // 2 + 1])
    mark, climb, cap, placed = at.along[a:b], at.climb[a:b], at.forth[a:b], at.placed[a:b]
    if edge % 2:
        mark, climb, cap, placed = (mark[-1] - mark)[::-1], climb[::-1], at.back[a:b][::-1], placed[::-1]
    tight: tuple[float, str, float | None] = (
        CLOSE,
        "top speed" if needed >= pull.top - CLOSE else "acceleration",
        None,
    )
    here, x, top = along, needed, float(np.interp(along, mark, climb))
    height = top
    for v in range(len(mark) - 1, -1, -1):
        if mark[v] > along:
            continue
        low = max(float(mark[v]), begin)
        if here > low:
            foot = float(np.interp(low, mark, climb))
            more = gained(pull, here - low, height - foot)
            if more >= x:  # it begins from rest on this piece
                share = x / more
                climbed = top - height + share * (height - foot)
                return _Back(here - share * (here - low), 0.0, tight[1], tight[2], climbed)
            here, x, height = low, x - more, foot
        if mark[v] < begin:
            break
        if cap[v] - x <= tight[0]:
            tight = (cap[v] - x, "chicane" if placed[v] else "bend", float(cap[v]) / (speeds.friction * speeds.gravity))
    return _Back(here, x, tight[1], tight[2], top - height)


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
                rise=last.rise + leg.rise,
            )
        else:
            joined.append(leg)
    return tuple(joined or legs[-1:])
