"""The speed a vehicle can have anywhere on the streets: one exact fixed point over the whole network.

x is the largest squared speed at the end of a directed edge. Along an edge it grows by A = 2·(a·L - g·rise) and stays
below B, what the top speed, the bends and the slopes allow there (a hill in the middle counts); a turn clips it to what
its radius allows. Every street can also be started on from rest: F. The largest x that can be driven is the smallest
solution of
    x_e = max(F_e, min(y_e + A_e, B_e)),   y_e = max(start_e, max over turns p -> e of min(x_p, T_pe)),
reached from below because every loop only gains until it is clipped (it ends at the height it began); nothing is
estimated.
Bends and turns: v = sqrt(f·g·r) (MIL-HDBK-1013/14 eq. 5-6) on the best line; run-up: v² = v0² + 2·(a·s - g·rise)
(UFC 4-022-02). Braking before a bend is free, so every speed is an upper bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from venueplanner.engine.compiled import compiled
from venueplanner.engine.streets.bends import bend_radii, corner_radius
from venueplanner.engine.streets.blocks import Blocks
from venueplanner.engine.streets.network import Flags, Floats, Ints, StreetNetwork
from venueplanner.engine.streets.profile import Profile
from venueplanner.engine.vehicle import Vehicle

from .stations import Caps, Pull, Stations, driven, edge_map, stations

LEAST_GAIN = 1e-7  # squared m/s below which a faster start is none: what a loop may gain by rounding alone


@dataclass(frozen=True, eq=False)
class Speeds:
    """Attainable speeds of one vehicle class on one network. E directed edges, V vertices of the simplified links."""

    network: StreetNetwork
    vehicle: Vehicle
    friction: float
    gravity: float
    blocks: Blocks
    stations: Stations  # where on each link a bend, a slope or a limit begins to count
    pull: Pull
    usable: Flags  # (E,) wide enough, and its direction allowed where one-ways are obeyed
    start: Floats  # (E,) squared speed with which vehicles come in at its start from outside the study area
    entry: Floats  # (E,) largest squared speed at the start
    squared: Floats  # (E,) largest squared speed at the end

    @property
    def speed(self) -> Floats:
        """Largest speed at the end of each directed edge, m/s, (E,)."""
        return np.sqrt(self.squared)

    def turn_limit(self, radius: float) -> float:
        """Squared speed a radius allows: f·g·r, or 0 (from rest again) where the vehicle cannot turn so tightly."""
        return self.friction * self.gravity * radius if radius >= self.vehicle.path_radius else 0.0

    def squared_at(self, edge: Ints, along: Floats) -> Floats:
        """Largest squared speed on edges at distances from their start; nan inside a block or on an unusable edge."""
        return _squared_at(
            np.asarray(edge, dtype=np.int64),
            np.asarray(along, dtype=np.float64),
            self.stations,
            self.pull,
            self.blocks.ptr,
            self.blocks.low,
            self.blocks.high,
            self.usable,
            self.entry,
        )


def attainable_speeds(
    network: StreetNetwork,
    vehicle: Vehicle,
    *,
    friction: float,
    gravity: float,
    blocks: Blocks | None = None,
    start: ArrayLike | None = None,
    rise: ArrayLike | Profile | None = None,
    caps: Caps | None = None,
    obey_oneway: bool = False,
    least_bend: float = 5.0,
    wiggle: float = 2.0,
) -> Speeds:
    """Largest squared speed a vehicle can reach at the end of every directed edge.

    friction: of tyre on road in bends. gravity: m/s². blocks: where nothing drives (`streets.blocks`). start: (E,)
    squared speed of vehicles that come in from outside (`study_sources`). rise: how streets climb, a
    `Profile` or (K,) metres each link climbs evenly as drawn. caps: limits laid over the network (chicanes).
    obey_oneway: off, because an attacker does not. least_bend: degrees, smaller deflections are no bend. wiggle:
    degrees the other way that do not end a bend. Raises ValueError when an array has the wrong length.

    >>> from shapely.geometry import LineString
    >>> from venueplanner.engine.streets import build_network
    >>> net = build_network([LineString([(0, 0), (50, 0)])], default_width=7.0, default_free_speed=14.0)
    >>> car = Vehicle(mass=1500, acceleration=4.0, top_speed=40.0, width=1.8)
    >>> attainable_speeds(net, car, friction=1.0, gravity=9.82).speed.tolist()
    [20.0, 20.0]
    """
    blocks = blocks or Blocks.none(network)
    begin = np.zeros(network.edges) if start is None else np.asarray(start, dtype=np.float64)
    if begin.shape != (network.edges,):
        raise ValueError("start needs one value per directed edge.")
    profile = rise if rise is None or isinstance(rise, Profile) else Profile.even(network, rise)
    usable = network.per_edge(network.width >= vehicle.width)
    if obey_oneway:
        usable[0::2] &= network.oneway >= 0
        usable[1::2] &= network.oneway <= 0
    space = network.width - vehicle.width
    grip, pull = friction * gravity, Pull(vehicle.acceleration, float(gravity), vehicle.top_speed**2)
    forth, back = bend_radii(
        network.bend_xy, network.bend_ptr, space, pull.top / grip, np.radians(least_bend), np.radians(wiggle)
    )
    at = stations(
        network, _limits(forth, grip, vehicle.path_radius), _limits(back, grip, vehicle.path_radius), profile, caps
    )
    begin = np.minimum(begin, pull.top)
    entry, squared = _fixed_point(
        network.turn_ptr, network.turn_to, network.turn_cos, space, grip, vehicle.path_radius,
        _edge_maps(at, pull, blocks.ptr, blocks.low, blocks.high), begin, usable,
    )  # fmt: skip
    return Speeds(network, vehicle, friction, gravity, blocks, at, pull, usable, begin, entry, squared)


def _limits(radius: Floats, grip: float, tightest: float) -> Floats:
    return np.where(radius >= tightest, radius * grip, 0.0)


@compiled
def _edge_maps(at: Stations, pull: Pull, block_ptr: Ints, block_low: Floats, block_high: Floats) -> Floats:
    """(E, 4): floor, gain and ceiling of each edge, and what a start from rest behind its last block gives at its end
    (-1: nothing blocked).
    """
    edges = 2 * (len(at.ptr) - 1)
    table = np.empty((edges, 4))
    for e in range(edges):
        k = e // 2
        table[e, 0], table[e, 1], table[e, 2] = edge_map(e, at, pull)
        table[e, 3] = -1.0
        if block_ptr[k + 1] > block_ptr[k]:
            length = at.along[at.ptr[k + 1] - 1]
            behind = length - block_low[block_ptr[k]] if e % 2 else block_high[block_ptr[k + 1] - 1]
            table[e, 3] = driven(e, 0.0, max(0.0, behind), length, at, pull)
    return table


@compiled
def _fixed_point(
    turn_ptr: Ints,
    turn_to: Ints,
    turn_cos: Floats,
    space: Floats,
    grip: float,
    tightest: float,
    table: Floats,
    start: Floats,
    usable: Flags,
) -> tuple[Floats, Floats]:
    """Work through edges whose end became faster until none does; gives squared speeds at starts and ends."""
    edges = len(table)
    floor, gain, ceiling, rest = table[:, 0], table[:, 1], table[:, 2], table[:, 3]
    entry = start.copy()
    x = np.zeros(edges)
    limit = np.empty(len(turn_to))
    queue = np.empty(edges + 1, dtype=np.int64)
    waiting = np.zeros(edges, dtype=np.bool_)
    size = 0
    for e in range(edges):
        for t in range(turn_ptr[e], turn_ptr[e + 1]):
            radius = corner_radius(space[e // 2], space[turn_to[t] // 2], turn_cos[t]) if usable[turn_to[t]] else 0.0
            limit[t] = grip * radius if radius >= tightest else 0.0
        if not usable[e]:
            entry[e] = 0.0
            continue
        x[e] = rest[e] if rest[e] >= 0.0 else max(floor[e], min(entry[e] + gain[e], ceiling[e]))
        if x[e] > 0.0:
            queue[size] = e
            size += 1
            waiting[e] = True
    first = 0
    room = edges + 1
    while size > 0:
        p = queue[first]
        first = (first + 1) % room
        size -= 1
        waiting[p] = False
        for t in range(turn_ptr[p], turn_ptr[p + 1]):
            e = turn_to[t]
            y = min(x[p], limit[t])
            if y > entry[e] and usable[e]:
                entry[e] = y
                if rest[e] >= 0.0:
                    continue  # a block on the way: its end is reached from rest only
                new = min(y + gain[e], ceiling[e])
                if new > x[e] + LEAST_GAIN:
                    x[e] = new
                    if not waiting[e]:
                        waiting[e] = True
                        queue[(first + size) % room] = e
                        size += 1
    return entry, x


@compiled
def _squared_at(
    edge: Ints,
    along: Floats,
    at: Stations,
    pull: Pull,
    block_ptr: Ints,
    block_low: Floats,
    block_high: Floats,
    usable: Flags,
    entry: Floats,
) -> Floats:
    found = np.empty(len(edge))
    for n in range(len(edge)):
        e, s = edge[n], along[n]
        k, backwards = e // 2, e % 2
        length = at.along[at.ptr[k + 1] - 1]
        if not usable[e]:
            found[n] = np.nan
            continue
        begin, inside = -1.0, False
        for b in range(block_ptr[k], block_ptr[k + 1]):
            low = length - block_high[b] if backwards else block_low[b]
            high = length - block_low[b] if backwards else block_high[b]
            inside |= low + 1e-9 < s < high - 1e-9
            if high <= s + 1e-9 and low < s - 1e-9:
                begin = max(begin, high)
        if inside:
            found[n] = np.nan
        else:
            found[n] = driven(e, 0.0 if begin >= 0.0 else entry[e], begin, s, at, pull)
    return found
