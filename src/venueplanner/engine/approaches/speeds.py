"""The speed a vehicle can have anywhere on the streets: one exact fixed point over the whole network.

x is the largest squared speed at the end of a directed edge. Along an edge of length L it grows by A = 2·a·L and stays
below B, what the top speed and the bends allow there; a turn clips it to what its radius allows. Every street can also
be started on from rest. The largest x that can be driven is the smallest solution of
    x_e = max(0, min(y_e + A_e, B_e)),   y_e = max(start_e, max over turns p -> e of min(x_p, T_pe)),
reached from below in finitely many steps because every loop only gains until it is clipped; nothing is estimated.
Bends and turns: v = sqrt(f·g·r) (MIL-HDBK-1013/14 eq. 5-6) on the best line; run-up: v² = v0² + 2·a·s, on a slope
a - g·rise/length (UFC 4-022-02). Braking before a bend is free, so every speed is an upper bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from venueplanner.engine.compiled import compiled
from venueplanner.engine.streets.bends import bend_radii, corner_radius
from venueplanner.engine.streets.blocks import Blocks
from venueplanner.engine.streets.network import Flags, Floats, Ints, StreetNetwork
from venueplanner.engine.vehicle import Vehicle


@dataclass(frozen=True, eq=False)
class Speeds:
    """Attainable speeds of one vehicle class on one network. E directed edges, V vertices of the simplified links."""

    network: StreetNetwork
    vehicle: Vehicle
    friction: float
    gravity: float
    blocks: Blocks
    usable: Flags  # (E,) wide enough, and its direction allowed where one-ways are obeyed
    pull: Floats  # (E,) acceleration along the edge after its slope, m/s²
    start: Floats  # (E,) squared speed with which vehicles come in at its start from outside the study area
    entry: Floats  # (E,) largest squared speed at the start
    squared: Floats  # (E,) largest squared speed at the end
    cap_forth: Floats  # (V,) squared speed a bend that ends here allows, driven as drawn; infinite without one
    cap_back: Floats  # (V,)

    @property
    def speed(self) -> Floats:
        """Largest speed at the end of each directed edge, m/s, (E,)."""
        return np.sqrt(self.squared)

    def turn_limit(self, radius: float) -> float:
        """Squared speed a radius allows: f·g·r, or 0 (from rest again) where the vehicle cannot turn so tightly."""
        return self.friction * self.gravity * radius if radius >= self.vehicle.path_radius else 0.0

    def squared_at(self, edge: Ints, along: Floats) -> Floats:
        """Largest squared speed on edges at distances from their start; nan inside a block or on an unusable edge."""
        net = self.network
        return _squared_at(
            np.asarray(edge, dtype=np.int64),
            np.asarray(along, dtype=np.float64),
            net.length,
            net.bend_along,
            net.bend_ptr,
            self.cap_forth,
            self.cap_back,
            self.blocks.ptr,
            self.blocks.low,
            self.blocks.high,
            self.usable,
            self.pull,
            self.entry,
            self.vehicle.top_speed**2,
        )


def attainable_speeds(
    network: StreetNetwork,
    vehicle: Vehicle,
    *,
    friction: float,
    gravity: float,
    blocks: Blocks | None = None,
    start: ArrayLike | None = None,
    rise: ArrayLike | None = None,
    obey_oneway: bool = False,
    least_bend: float = 5.0,
    wiggle: float = 2.0,
) -> Speeds:
    """Largest squared speed a vehicle can reach at the end of every directed edge.

    friction: of tyre on road in bends. gravity: m/s². blocks: where nothing drives (`streets.blocks`). start: (E,)
    squared speed of vehicles that come in from outside (`study_sources`). rise: (K,) metres each link climbs as drawn.
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
    climb = np.zeros(network.links) if rise is None else np.asarray(rise, dtype=np.float64)
    if begin.shape != (network.edges,) or climb.shape != (network.links,):
        raise ValueError("start needs one value per directed edge and rise one per link.")
    pull = network.per_edge(-gravity * climb / network.length)
    pull[1::2] *= -1.0
    pull += vehicle.acceleration
    usable = network.per_edge(network.width >= vehicle.width)
    if obey_oneway:
        usable[0::2] &= network.oneway >= 0
        usable[1::2] &= network.oneway <= 0
    space = network.width - vehicle.width
    grip, top = friction * gravity, vehicle.top_speed**2
    forth, back = bend_radii(
        network.bend_xy, network.bend_ptr, space, top / grip, np.radians(least_bend), np.radians(wiggle)
    )
    cap_forth, cap_back = _limits(forth, grip, vehicle.path_radius), _limits(back, grip, vehicle.path_radius)
    ceiling, rest = _edge_limits(
        network.length, network.bend_along, network.bend_ptr, cap_forth, cap_back, blocks.ptr, blocks.low, blocks.high,
        pull, top,
    )  # fmt: skip
    entry, squared = _fixed_point(
        network.turn_ptr, network.turn_to, network.turn_cos, space, grip, vehicle.path_radius,
        2.0 * pull * network.per_edge(network.length), ceiling, rest, np.minimum(begin, top), usable,
    )  # fmt: skip
    return Speeds(
        network, vehicle, friction, gravity, blocks, usable, pull, np.minimum(begin, top), entry, squared, cap_forth,
        cap_back,
    )  # fmt: skip


def _limits(radius: Floats, grip: float, tightest: float) -> Floats:
    return np.where(radius >= tightest, radius * grip, 0.0)


@compiled
def _edge_limits(
    length: Floats,
    bend_along: Floats,
    bend_ptr: Ints,
    cap_forth: Floats,
    cap_back: Floats,
    block_ptr: Ints,
    block_low: Floats,
    block_high: Floats,
    pull: Floats,
    top: float,
) -> tuple[Floats, Floats]:
    """B of each edge, and what a start from rest behind its last block gives at its end (-1: nothing blocked)."""
    edges = 2 * len(length)
    ceiling = np.full(edges, top)
    rest = np.full(edges, -1.0)
    for k in range(len(length)):
        L = length[k]
        for v in range(bend_ptr[k], bend_ptr[k + 1]):
            ceiling[2 * k] = min(ceiling[2 * k], cap_forth[v] + 2.0 * pull[2 * k] * (L - bend_along[v]))
            ceiling[2 * k + 1] = min(ceiling[2 * k + 1], cap_back[v] + 2.0 * pull[2 * k + 1] * bend_along[v])
        if block_ptr[k + 1] > block_ptr[k]:
            last, first = block_high[block_ptr[k + 1] - 1], block_low[block_ptr[k]]
            rest[2 * k] = _from_rest(2 * k, last, L, bend_along, bend_ptr, cap_forth, cap_back, pull, top)
            rest[2 * k + 1] = _from_rest(2 * k + 1, L - first, L, bend_along, bend_ptr, cap_forth, cap_back, pull, top)
    return ceiling, rest


@compiled
def _from_rest(
    e: int,
    begin: float,
    end: float,
    bend_along: Floats,
    bend_ptr: Ints,
    cap_forth: Floats,
    cap_back: Floats,
    pull: Floats,
    top: float,
) -> float:
    """Squared speed at `end` of an edge (distances from the edge's own start) from rest at `begin`."""
    k, backwards = e // 2, e % 2
    L = bend_along[bend_ptr[k + 1] - 1]
    x = min(top, max(0.0, 2.0 * pull[e] * (end - begin)))
    for v in range(bend_ptr[k], bend_ptr[k + 1]):
        at = L - bend_along[v] if backwards else bend_along[v]
        cap = cap_back[v] if backwards else cap_forth[v]
        if begin < at <= end:
            x = min(x, cap + 2.0 * pull[e] * (end - at))
    return float(max(0.0, x))


@compiled
def _fixed_point(
    turn_ptr: Ints,
    turn_to: Ints,
    turn_cos: Floats,
    space: Floats,
    grip: float,
    tightest: float,
    gain: Floats,
    ceiling: Floats,
    rest: Floats,
    start: Floats,
    usable: Flags,
) -> tuple[Floats, Floats]:
    """Work through edges whose end became faster until none does; gives squared speeds at starts and ends."""
    edges = len(gain)
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
        x[e] = rest[e] if rest[e] >= 0.0 else max(0.0, min(entry[e] + gain[e], ceiling[e]))
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
                if new > x[e]:
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
    length: Floats,
    bend_along: Floats,
    bend_ptr: Ints,
    cap_forth: Floats,
    cap_back: Floats,
    block_ptr: Ints,
    block_low: Floats,
    block_high: Floats,
    usable: Flags,
    pull: Floats,
    entry: Floats,
    top: float,
) -> Floats:
    found = np.empty(len(edge))
    for n in range(len(edge)):
        e, s = edge[n], along[n]
        k, backwards = e // 2, e % 2
        L = length[k]
        if not usable[e]:
            found[n] = np.nan
            continue
        begin, inside = -1.0, False
        for b in range(block_ptr[k], block_ptr[k + 1]):
            low = L - block_high[b] if backwards else block_low[b]
            high = L - block_low[b] if backwards else block_high[b]
            inside |= low + 1e-9 < s < high - 1e-9
            if high <= s + 1e-9 and low < s - 1e-9:
                begin = max(begin, high)
        if inside:
            found[n] = np.nan
        elif begin >= 0.0:
            found[n] = _from_rest(e, begin, s, bend_along, bend_ptr, cap_forth, cap_back, pull, top)
        else:
            x = min(top, entry[e] + 2.0 * pull[e] * s)
            for v in range(bend_ptr[k], bend_ptr[k + 1]):
                at = L - bend_along[v] if backwards else bend_along[v]
                cap = cap_back[v] if backwards else cap_forth[v]
                if at <= s:
                    x = min(x, cap + 2.0 * pull[e] * (s - at))
            found[n] = max(0.0, x)
    return found
