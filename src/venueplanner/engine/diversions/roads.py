"""Roads: a street network seen by traffic: who may drive where, how long it takes, and who fits.

What the city's data does not say (a width, a clear height) keeps nobody out: it is unknown, and told as such.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from venueplanner.engine.streets import StreetNetwork
from venueplanner.engine.streets.network import Flags, Floats, Ints

_STRAIGHT = np.cos(np.radians(30.0))  # a smaller deflection is driven without turning in


@dataclass(frozen=True)
class Mover:
    """A vehicle class in traffic, in metres: lane width it needs, clear height, and the ring it sweeps in a turn.

    outer and inner: radii of the turning ring (Directive 96/53/EC: 12.5 and 5.3 for all); 0 turns anywhere.
    grade: the steepest street it takes, as a share.
    """

    width: float
    height: float
    outer: float = 0.0
    inner: float = 0.0
    grade: float = np.inf


@dataclass(frozen=True, eq=False)
class Roads:
    """A network with what traffic knows of it. Per link (K,) or per directed edge (E,).

    access: edges a driver may use to get to a door; through: those fit for traffic that is sent round. width, height
    and grade are nan where the data does not say.
    """

    network: StreetNetwork
    seconds: Floats  # (K,)
    access: Flags  # (E,)
    through: Flags  # (E,)
    width: Floats  # (K,)
    height: Floats  # (K,)
    grade: Floats  # (K,)

    def open(self, mover: Mover, closed: Flags | None = None, *, through: bool = True) -> Flags:
        """Edges a mover may and can use, (E,); closed: (K,) links no vehicle passes."""
        fits = ~((self.width < mover.width) | (self.height < mover.height) | (self.grade > mover.grade))
        if closed is not None:
            fits &= ~closed
        allowed: Flags = (self.through if through else self.access) & np.repeat(fits, 2)
        return allowed

    @property
    def drivable(self) -> Flags:
        """Links with motor traffic in any direction, (K,)."""
        return self.access[0::2] | self.access[1::2]

    def out_of(self, node: int) -> Ints:
        """Directed edges that begin at a node."""
        net = self.network
        return np.asarray(net.in_edge[net.in_ptr[node] : net.in_ptr[node + 1]] ^ 1)

    def into(self, node: int) -> Ints:
        """Directed edges that end at a node."""
        net = self.network
        return np.asarray(net.in_edge[net.in_ptr[node] : net.in_ptr[node + 1]])


def roads_of(
    network: StreetNetwork,
    *,
    access: ArrayLike | None = None,
    through: ArrayLike | None = None,
    height: ArrayLike | None = None,
    grade: ArrayLike | None = None,
    speed_share: float = 1.0,
) -> Roads:
    """Roads of a network. Per source line: access and through (bool), height in metres and grade as a share (nan).

    speed_share: of the free speed that is driven on average, stops included. One-way signs count. The network's own
    default widths count as unknown.

    >>> from shapely.geometry import LineString
    >>> from venueplanner.engine.streets import build_network
    >>> net = build_network([LineString([(0, 0), (140, 0)])], default_width=7.0, default_free_speed=14.0, oneway=[1])
    >>> roads = roads_of(net)
    >>> roads.seconds.tolist(), roads.through.tolist()
    ([10.0], [True, False])
    """
    line = network.line
    lines = int(line.max(initial=-1)) + 1
    may = _per_line(access, lines, True)[line].astype(bool)
    sent = _per_line(through, lines, True)[line].astype(bool) & may
    forth, back = network.oneway >= 0, network.oneway <= 0
    width = network.width.copy()
    width[np.isin(line, network.report.default_width)] = np.nan
    return Roads(
        network=network,
        seconds=network.length / np.maximum(network.free_speed * speed_share, 0.1),
        access=np.stack([may & forth, may & back], axis=1).ravel(),
        through=np.stack([sent & forth, sent & back], axis=1).ravel(),
        width=width,
        height=_per_line(height, lines, np.nan)[line],
        grade=_per_line(grade, lines, np.nan)[line],
    )


def _per_line(values: ArrayLike | None, lines: int, otherwise: float) -> Floats:
    if values is None:
        return np.full(lines, otherwise, dtype=np.float64)
    return np.asarray(values, dtype=np.float64)


def ring_reach(mover: Mover, before: ArrayLike, behind: ArrayLike, cosine: ArrayLike) -> Floats:
    """How far from the middle of the turning ring the inner corner lies at best; above `inner` the turn is too tight.

    before, behind: widths of the two streets in metres; cosine: of the deflection. The ring touches the outer edges of
    both streets, or keeps away from them where they are wide.

    >>> bus = Mover(2.55, 4.0, 12.5, 5.3)
    >>> float(ring_reach(bus, [8.75], [8.75], [0.0])[0].round(3))
    5.303
    """
    c = np.asarray(cosine, dtype=np.float64)
    p, q = mover.outer - np.asarray(before, dtype=np.float64), mover.outer - np.asarray(behind, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        corner = np.sqrt(np.maximum(0.0, (p * p + q * q - 2 * p * q * c) / (1.0 - c * c)))
    alone_p, alone_q = (p >= 0) & (p * c >= q), (q >= 0) & (q * c >= p)
    reach = np.where(alone_p, p, np.where(alone_q, q, corner))
    return np.asarray(np.where((p <= 0) & (q <= 0), 0.0, reach))


def fitting_turns(roads: Roads, mover: Mover, kerb_radius: float = 0.0) -> Flags:
    """Which turns of the network a mover can drive, (T,). Between streets of unknown width every turn is taken.

    kerb_radius: of the rounded corner between two streets, in metres; it gives that much more room inside the turn.
    """
    net = roads.network
    onto = net.turn_to
    fine = np.ones(onto.size, dtype=bool)
    if mover.outer <= 0.0:
        return fine
    come = np.repeat(np.arange(net.edges), np.diff(net.turn_ptr))
    before, behind = roads.width[come >> 1], roads.width[onto >> 1]
    tight = (net.turn_cos < _STRAIGHT) & np.isfinite(before) & np.isfinite(behind)
    cosine = net.turn_cos[tight]
    more = kerb_radius * (1.0 - np.sqrt(np.maximum(0.0, (1.0 + cosine) / 2.0)))
    fine[tight] = ring_reach(mover, before[tight] + more, behind[tight] + more, cosine) <= mover.inner
    return fine


def obstacles_on(roads: Roads, mover: Mover, edges: Ints, kerb_radius: float = 0.0) -> list[tuple[str, int, float]]:
    """What of a way a mover does not fit: rows of ("width" | "height" | "grade" | "turn", link, value).

    edges: directed, in order of travel.

    A turn's value is how many metres the inner corner stands in its way, its link the one turned into.
    """
    found: list[tuple[str, int, float]] = []
    net = roads.network
    turns = fitting_turns(roads, mover, kerb_radius) if mover.outer > 0 else None
    for at, edge in enumerate(edges.tolist()):
        link = edge >> 1
        for what, value, wrong in (
            ("width", roads.width[link], roads.width[link] < mover.width),
            ("height", roads.height[link], roads.height[link] < mover.height),
            ("grade", roads.grade[link], roads.grade[link] > mover.grade),
        ):
            if wrong:
                found.append((what, link, float(value)))
        if turns is None or at == 0:
            continue
        last = int(edges[at - 1])
        for turn in range(int(net.turn_ptr[last]), int(net.turn_ptr[last + 1])):
            if net.turn_to[turn] == edge and not turns[turn]:
                widths = roads.width[[last >> 1]], roads.width[[link]]
                reach = ring_reach(mover, *widths, net.turn_cos[[turn]])
                found.append(("turn", link, float(reach[0] - mover.inner)))
    return found
