"""How long a crowd needs to leave: everybody walks to an exit and passes it as fast as its width lets people through.

The model. Groups of people, each with a walking time to every exit; every exit passes people at a steady rate, those
who have come and not passed yet wait. People are shared out so that the last one is out as early as can be. That is
the quickest flow through a network of queues, found exactly (to `tolerance` seconds, rounded up) by a maximum flow for
every time tried: by time T an exit passes, of those who reach it after s seconds, at most rate · (T − s).

Bound. Nobody leaves sooner than this when rates and speeds hold; people who all take the nearest exit, or who hesitate,
need longer, at most the time of the hydraulic form for the shares they choose. A higher rate or fewer people never make
it longer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
UNITS = 2**26  # parts that all people together are counted in: the flow is found in whole numbers


@dataclass(frozen=True)
class Clearing:
    """`seconds` until the last one is out, infinite when `stranded` people have no way; people by group and exit
    (g, e); of each exit when its last one passes (e,).
    """

    seconds: float
    shares: Floats
    stranded: float
    lasts: Floats

    @property
    def loads(self) -> Floats:
        """People by exit (e,)."""
        found: Floats = self.shares.sum(axis=0)
        return found


def clearing(people: ArrayLike, walk: ArrayLike, rates: ArrayLike, *, tolerance: float = 1.0) -> Clearing:
    """The earliest time at which everybody can be out.

    people (g,); walk (g, e) seconds to each exit, infinite without a way; rates (e,) people per second. Groups without
    a way are stranded: they are left out and counted.

    >>> found = clearing([600.0, 600.0], [[10.0, 10.0], [10.0, 10.0]], [2.0, 4.0], tolerance=0.01)
    >>> round(found.seconds), found.loads.round().tolist()
    (210, [400.0, 800.0])
    """
    number = np.asarray(people, dtype=float)
    time = np.asarray(walk, dtype=float).reshape(len(number), -1)
    rate = np.asarray(rates, dtype=float)
    time = np.where(rate > 0, time, np.inf)
    lost = ~np.isfinite(time).any(axis=1) if time.shape[1] else np.ones(len(number), dtype=bool)
    stranded = float(number[lost].sum())
    shares = np.zeros(time.shape)
    keep = np.flatnonzero(~lost & (number > 0))
    if not len(keep):
        return Clearing(np.inf if stranded > 0 else 0.0, shares, stranded, np.zeros(time.shape[1]))
    network = _Network(number[keep], time[keep], rate)
    seconds = network.earliest(tolerance)
    shares[keep] = network.shares(seconds)
    return Clearing(np.inf if stranded > 0 else seconds, shares, stranded, _lasts(shares, time, rate))


class _Network:
    """Groups, and for every exit the moments at which a group reaches it, with what the exit passes until the next."""

    def __init__(self, people: Floats, time: Floats, rate: Floats) -> None:
        self.people, self.rate = people, rate
        groups, exits = time.shape
        # Floored, never rounded up: more people stay more and a wider exit stays wider in whole numbers too.
        self.scale = UNITS / 2.0 ** np.ceil(np.log2(max(people.sum(), 1.0)))
        self.supply = np.floor(people * self.scale).astype(np.int64)
        self.group, self.exit = np.nonzero(np.isfinite(time))
        when = time[self.group, self.exit]
        order = np.lexsort((when, self.exit))
        self.group, self.exit, self.when = self.group[order], self.exit[order], when[order]
        n = len(self.when)
        self.moment = 2 + groups + np.arange(n)
        self.joins = np.flatnonzero(self.exit[1:] == self.exit[:-1])  # from a moment to the next of the same exit
        self.until = np.full(n, np.inf)
        self.until[self.joins] = self.when[self.joins + 1]
        self.size = 2 + groups + n
        self.soonest = float(time.min(axis=1).max())
        nearest = np.argmin(time, axis=1)
        loads = np.bincount(nearest, weights=people, minlength=exits)
        used = loads > 0
        self.latest = float((loads[used] / rate[used]).max() + time[np.arange(groups), nearest].max())

    def flow(self, seconds: float) -> tuple[int, Ints]:
        """Units that are out by then, and how many each moment takes in."""
        from scipy.sparse import coo_array  # here, so that a window starts without it
        from scipy.sparse.csgraph import maximum_flow

        groups, n = len(self.people), len(self.when)
        spell = np.clip(np.minimum(self.until, seconds) - self.when, 0.0, None)
        passes = np.floor(self.rate[self.exit] * spell * self.scale).astype(np.int64)
        most = int(self.supply.sum())
        rows = np.concatenate([np.zeros(groups, int), 2 + self.group, self.moment[self.joins], self.moment])
        columns = np.concatenate([2 + np.arange(groups), self.moment, self.moment[self.joins + 1], np.ones(n, int)])
        size = np.concatenate([self.supply, np.full(n + len(self.joins), most), np.minimum(passes, most)])
        graph = coo_array((size.astype(np.int32), (rows, columns)), shape=(self.size, self.size)).tocsr()
        found = maximum_flow(graph, 0, 1)
        taken = np.asarray(found.flow.tocsr()[2 + self.group, self.moment]).ravel()
        return int(found.flow_value), taken.astype(np.int64)

    def earliest(self, tolerance: float) -> float:
        """The least whole number of tolerances by which everybody is out."""
        slack = len(self.when)  # units lost by flooring: far less than one person
        wanted = int(self.supply.sum()) - slack
        low = int(np.floor(max(self.soonest, self.people.sum() / self.rate.sum()) / tolerance)) - 1
        high = int(np.ceil(self.latest / tolerance)) + 1
        while high - low > 1:
            middle = (low + high) // 2
            if self.flow(middle * tolerance)[0] >= wanted:
                high = middle
            else:
                low = middle
        return high * tolerance

    def shares(self, seconds: float) -> Floats:
        """People by group and exit."""
        _, taken = self.flow(seconds)
        found = np.zeros((len(self.people), len(self.rate)))
        np.add.at(found, (self.group, self.exit), taken / self.scale)
        whole = found.sum(axis=1, keepdims=True)
        spread: Floats = found * np.divide(self.people[:, None], whole, out=np.zeros_like(whole), where=whole > 0)
        return spread


def _lasts(shares: Floats, time: Floats, rate: Floats) -> Floats:
    """When the last one passes each exit: the most, over all moments s, of s + those who come from then on / rate."""
    found = np.zeros(len(rate))
    for number in range(len(rate)):
        used = shares[:, number] > 1e-9
        if used.any():
            order = np.argsort(time[used, number])
            when, count = time[used, number][order], shares[used, number][order]
            found[number] = (when + count[::-1].cumsum()[::-1] / rate[number]).max()
    return found
