"""How traffic spreads over a network where every driver takes the quickest way: static user equilibrium.

Travel time of a street at volume v is t0·(1 + B·(v/c)^P) (BPR 1964). The equilibrium is the least of the sum of its
integrals (Beckmann 1956); it is approached by the bi-conjugate Frank-Wolfe method (Mitradjieva and Lindberg 2013),
whose search directions do not undo each other. The relative gap says how far drivers are from their quickest ways.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from venueplanner.engine.compiled import compiled
from venueplanner.engine.streets.network import Flags, Floats, Ints


@dataclass(frozen=True, eq=False)
class Roadbook:
    """Directed streets for assignment, one entry each: nodes tail and head, capacity (vehicles an hour), free time.

    b and power: of the BPR function. Nodes below `first_through` are entered and left, never passed. fixed: what a
    street costs besides, at any flow and in the same unit (a toll, the metres driven).
    """

    tail: Ints
    head: Ints
    capacity: Floats
    free_time: Floats
    b: Floats
    power: Floats
    nodes: int
    first_through: int = 0
    fixed: Floats | None = None

    def times(self, flow: Floats) -> Floats:
        """Time on each street at a flow."""
        time = self.free_time * (1.0 + self.b * (flow / self.capacity) ** self.power)
        return np.asarray(time if self.fixed is None else time + self.fixed)

    def slopes(self, flow: Floats) -> Floats:
        """How fast the time rises with the flow."""
        with np.errstate(divide="ignore", invalid="ignore"):
            rise = self.free_time * self.b * self.power / self.capacity * (flow / self.capacity) ** (self.power - 1.0)
        return np.where(np.isfinite(rise), rise, 0.0)

    def objective(self, flow: Floats) -> float:
        """Beckmann's sum of integrals: least at the equilibrium."""
        share = self.b / (self.power + 1.0) * (flow / self.capacity) ** self.power
        fixed = 0.0 if self.fixed is None else float((self.fixed * flow).sum())
        return float((self.free_time * flow * (1.0 + share)).sum()) + fixed


@dataclass(frozen=True, eq=False)
class Assignment:
    """Flows and times of the streets, the relative gap reached, the objective, and how many steps it took."""

    flow: Floats
    time: Floats
    gap: float
    objective: float
    steps: int

    def saturation(self, book: Roadbook) -> Floats:
        """Volume over capacity of each street."""
        return np.asarray(self.flow / book.capacity)


@compiled
def _load(before: Ints, edge_of: Ints, edge_ptr: Ints, edge_head: Ints, volume: Floats, flow: Floats) -> None:
    """Add the volumes at the nodes of one shortest-path tree to its edges, leaves first (times may be nought)."""
    count = before.size
    children = np.zeros(count, dtype=np.int64)
    for node in range(count):
        if before[node] >= 0:
            children[before[node]] += 1
    ready = np.empty(count, dtype=np.int64)
    size = 0
    for node in range(count):
        if before[node] >= 0 and children[node] == 0:
            ready[size] = node
            size += 1
    while size > 0:
        size -= 1
        node = ready[size]
        up = before[node]
        if volume[node] > 0.0:
            low, high = edge_ptr[up], edge_ptr[up + 1]
            while low < high:
                middle = (low + high) // 2
                if edge_head[middle] < node:
                    low = middle + 1
                else:
                    high = middle
            flow[edge_of[low]] += volume[node]
            volume[up] += volume[node]
        children[up] -= 1
        if children[up] == 0 and before[up] >= 0:
            ready[size] = up
            size += 1


class _Loader:
    """Loads all trips on their quickest ways. Zones that may not be passed get a node of their own to start from."""

    def __init__(self, book: Roadbook, trips: Floats) -> None:
        zones = len(trips)
        closed = min(book.first_through, zones)
        tail = np.where(book.tail < closed, book.nodes + book.tail, book.tail)
        self.size = book.nodes + closed
        self.starts = np.where(np.arange(zones) < closed, book.nodes + np.arange(zones), np.arange(zones))
        self.trips = np.array(trips, dtype=np.float64)
        np.fill_diagonal(self.trips, 0.0)
        self.busy = np.flatnonzero(self.trips.sum(axis=1) > 0)
        order = np.lexsort((book.head, tail))
        same = (tail[order][1:] == tail[order][:-1]) & (book.head[order][1:] == book.head[order][:-1])
        if same.any():
            raise ValueError("Two streets lead from one node to the same other: put a node between.")
        self.order = order.astype(np.int64)
        self.heads = book.head[order].astype(np.int64)
        self.ptr = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=self.size))]).astype(np.int64)

    def __call__(self, times: Floats) -> tuple[Floats, float]:
        """The flows when every trip takes its quickest way at these times, and their time in all."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        data = np.maximum(times[self.order], 1e-300)
        graph = csr_array((data, self.heads.astype(np.int32), self.ptr.astype(np.int32)), shape=(self.size, self.size))
        far, before = dijkstra(graph, indices=self.starts[self.busy], return_predecessors=True)
        flow, total = np.zeros(times.size), 0.0
        zones = self.trips.shape[1]
        for row, zone in enumerate(self.busy.tolist()):
            volume = np.zeros(self.size)
            volume[:zones] = self.trips[zone]
            wanted = volume[:zones] > 0
            if not np.isfinite(far[row, :zones][wanted]).all():
                raise ValueError("There are trips between places that no street joins.")
            total += float((far[row, :zones][wanted] * volume[:zones][wanted]).sum())
            _load(before[row].astype(np.int64), self.order, self.ptr, self.heads, volume, flow)
        return flow, total


def assign(book: Roadbook, trips: Floats, *, gap: float = 1e-4, most_steps: int = 1000) -> Assignment:
    """Trips (Z, Z) spread over the streets until the relative gap is at most `gap`.

    trips: vehicles an hour from zone to zone; zone z is node z. Raises ValueError for trips that no street carries and
    for two streets with the same ends.

    >>> book = Roadbook(np.array([0, 0, 2]), np.array([1, 2, 1]), np.array([1.0, 1e9, 1e9]), np.array([1.0, 1.0, 1.0]),
    ...                 np.array([1.0, 0.0, 0.0]), np.ones(3), 3)
    >>> assign(book, np.array([[0.0, 4.0], [0.0, 0.0]]), gap=1e-9).flow.round(4).tolist()
    [1.0, 3.0, 3.0]
    """
    load = _Loader(book, trips)
    flow, _ = load(book.times(np.zeros(book.tail.size)))
    kept = [flow, flow]
    step_before, reached, steps = 1.0, np.inf, 0
    for steps in range(1, most_steps + 1):
        times = book.times(flow)
        target, least = load(times)
        total = float((times * flow).sum())
        reached = (total - least) / total if total > 0 else 0.0
        if reached <= gap:
            break
        aim = _aim(book, flow, target, kept, step_before, times, steps)
        direction = aim - flow
        step = _line_search(book, flow, direction)
        if step <= 1e-12:  # the conjugate direction leads nowhere: take the plain one
            aim, direction = target, target - flow
            step = _line_search(book, flow, direction)
        kept = [aim, kept[0]]
        step_before = step
        flow = np.maximum(0.0, flow + step * direction)
    return Assignment(flow, book.times(flow), float(reached), book.objective(flow), steps)


def _aim(
    book: Roadbook, flow: Floats, target: Floats, kept: list[Floats], last: float, times: Floats, steps: int
) -> Floats:
    """The point to walk towards: the quickest ways mixed with the last two aims so that directions are conjugate."""
    if steps < 2 or last >= 0.999999:
        return target
    slope = book.slopes(flow)
    one = kept[0] - flow
    fresh = target - flow
    if steps >= 3:
        two = last * kept[0] + (1.0 - last) * kept[1] - flow
        below = float((two * slope * (kept[1] - kept[0])).sum())
        base = float((one * slope * one).sum())
        if abs(below) > 0 and base > 0:
            mu = max(0.0, -float((two * slope * fresh).sum()) / below)
            nu = max(0.0, -float((one * slope * fresh).sum()) / base + mu * last / (1.0 - last))
            mixed = (target + nu * kept[0] + mu * kept[1]) / (1.0 + mu + nu)
            if float((times * (mixed - flow)).sum()) < 0:
                return np.asarray(mixed)
    above = float((one * slope * fresh).sum())
    below = float((one * slope * (target - kept[0])).sum())
    share = above / below if below != 0 and 0 < above / below < 0.99 else 0.0
    mixed = share * kept[0] + (1.0 - share) * target
    return np.asarray(mixed if float((times * (mixed - flow)).sum()) < 0 else target)


def _line_search(book: Roadbook, flow: Floats, direction: Floats) -> float:
    """The share of a direction at which the objective is least: where its slope is nought, by bisection then secant."""

    def slope(share: float) -> float:
        return float((book.times(np.maximum(0.0, flow + share * direction)) * direction).sum())

    if slope(0.0) >= 0:
        return 0.0
    if slope(1.0) <= 0:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        if slope(middle) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def extra_load(before: Assignment, after: Assignment, book: Roadbook, closed: Flags) -> Floats:
    """Vehicles an hour that each street carries more; nan on what is closed. Both are over the same streets."""
    more = after.flow - before.flow
    return np.where(closed, np.nan, more)
