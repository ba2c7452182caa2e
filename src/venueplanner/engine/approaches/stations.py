"""Stations along every link: where a bend ends, a slope changes or a chicane stands, and what each allows.

Between two stations the pull along the street is constant. The map from the squared speed at one end of an edge to
that at the other is then x -> max(floor, min(x + gain, ceiling)), and such maps are closed under composition.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from venueplanner.engine.compiled import compiled
from venueplanner.engine.streets.network import Flags, Floats, Ints, StreetNetwork
from venueplanner.engine.streets.profile import Profile


@dataclass(frozen=True, eq=False)
class Caps:
    """Limits on the squared speed at places of links, laid over the network like blocks. n places.

    forth, back: for those who drive the link as drawn and against it; infinite where one way is free.
    """

    link: Ints
    along: Floats
    forth: Floats
    back: Floats


class Stations(NamedTuple):
    """Of link k: stations `ptr[k]` to `ptr[k + 1]`, rising, the first at 0 and the last at the link's end."""

    ptr: Ints  # (K + 1,)
    along: Floats  # (S,)
    climb: Floats  # (S,) metres above the link's start, even in between
    forth: Floats  # (S,) squared speed allowed here, driven as drawn; infinite without a limit
    back: Floats  # (S,)
    placed: Flags  # (S,) a limit laid over the network (`Caps`), not one of its own bends


class Pull(NamedTuple):
    """What drives a vehicle along a slope: its own acceleration and gravity, m/s², and its squared top speed."""

    acceleration: float
    gravity: float
    top: float


def stations(
    network: StreetNetwork, forth: Floats, back: Floats, profile: Profile | None = None, caps: Caps | None = None
) -> Stations:
    """The network's own bends (`forth`, `back` per bend vertex), with a profile's and other caps' places among them."""
    none = np.zeros(len(forth), dtype=bool)
    if profile is None and caps is None:
        return Stations(network.bend_ptr, network.bend_along, np.zeros(len(forth)), forth, back, none)
    links = np.arange(network.links)
    owner, along = np.repeat(links, np.diff(network.bend_ptr)), network.bend_along
    parts = [(owner, along, forth, back, none)]
    if profile is not None:
        free = np.full(len(profile.along), np.inf)
        parts.append((np.repeat(links, np.diff(profile.ptr)), profile.along, free, free, np.zeros(len(free), bool)))
    if caps is not None:
        placed = np.ones(len(caps.link), dtype=bool)
        along = np.clip(caps.along, 0.0, network.length[caps.link])
        parts.append((caps.link, along, caps.forth, caps.back, placed))
    owner, along, forth, back, placed = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.lexsort((along, owner))
    owner, along = owner[order], along[order]
    climb = np.zeros(len(order))
    if profile is not None:
        base = np.concatenate([[0.0], np.cumsum(network.length + 1.0)])[:-1]  # one rising axis for all links
        axis = profile.along + np.repeat(base, np.diff(profile.ptr))
        climb = np.interp(base[owner] + along, axis, profile.climb)
    ptr = np.searchsorted(owner, np.arange(network.links + 1)).astype(np.int64)
    return Stations(ptr, along, climb, forth[order], back[order], placed[order])


@compiled
def gained(pull: Pull, length: float, climb: float) -> float:
    """What the squared speed grows by over a length that climbs by `climb` (UFC 4-022-02), negative where it falls."""
    return float(2.0 * (pull.acceleration * length - pull.gravity * climb))


@compiled
def edge_map(e: int, at: Stations, pull: Pull) -> tuple[float, float, float]:
    """Floor, gain and ceiling of directed edge e: the squared speed x becomes max(floor, min(x + gain, ceiling))."""
    first, last = at.ptr[e // 2], at.ptr[e // 2 + 1] - 1
    count, step = last - first, (-1 if e % 2 else 1)
    v = last if e % 2 else first
    floor, gain, ceiling = 0.0, 0.0, pull.top
    for n in range(count + 1):
        if n > 0:
            more = gained(pull, abs(at.along[v] - at.along[v - step]), at.climb[v] - at.climb[v - step])
            gain += more
            floor = min(pull.top, max(0.0, floor + more))
            ceiling = min(pull.top, max(0.0, ceiling + more))
        cap = at.back[v] if e % 2 else at.forth[v]
        floor, ceiling = min(floor, cap), min(ceiling, cap)
        v += step
    return floor, gain, ceiling


@compiled
def driven(e: int, x: float, begin: float, end: float, at: Stations, pull: Pull) -> float:
    """Squared speed at `end` of edge e (distances from its own start) with x at `begin`.

    Limits at `begin` itself are past; a `begin` below 0 is the edge's start with them.
    """
    first, last = at.ptr[e // 2], at.ptr[e // 2 + 1] - 1
    length, back = at.along[last], e % 2 == 1
    step = -1 if back else 1
    v = last if back else first
    for _ in range(last - first + 1):
        here = length - at.along[v] if back else at.along[v]
        cap = at.back[v] if back else at.forth[v]
        if v != (last if back else first):
            before = length - at.along[v - step] if back else at.along[v - step]
            low, high = max(before, begin), min(here, end)
            if high > low:
                share = (high - low) / (here - before)
                more = gained(pull, high - low, (at.climb[v] - at.climb[v - step]) * share)
                x = min(pull.top, max(0.0, x + more))
        if here > end:
            break
        if here > begin:
            x = min(x, cap)
        v += step
    return float(max(0.0, min(x, pull.top)))
