"""Proposed cordons: where to stand barriers so that no vehicle gets to a place, for the least of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from venueplanner.engine.passage import Ground, Mesh
from venueplanner.engine.passage.exact import narrowest
from venueplanner.engine.passage.mesh import mesh_of
from venueplanner.engine.passage.sampling import Floats, Ints

from .cutting import MOST, Network, reduced
from .lines import joined, open_parts, straightened, with_gates

EACH = 5.0  # metres between places in the open, on the line drawn round what is protected
MILLI = 1000  # capacities are whole millimetres
CLOSURE = 1_000_000  # of a closure where closures are counted: more than all metres (in centimetres) decide
TRIED = 24  # closures of the best answer that are forbidden one by one in search of the next


@dataclass(frozen=True)
class Wish:
    """What is wanted: `objective` "metres" (shortest barrier) or "count" (fewest closures); gaps up to `limit` m may
    stay; `stand_off` m round the area stay inside; a kept way costs a gate `gate_width` m wide that counts as much as
    `gate_cost` m of barrier (or as one closure more); at most `answers` answers.
    """

    objective: str
    limit: float
    stand_off: float = 0.0
    gate_width: float = 4.0
    gate_cost: float = 12.0
    answers: int = 1


@dataclass(frozen=True)
class Closure:
    """One line to close, from outline to outline: `barriers` and `gates` on it; `owners` the obstacles at its ends."""

    line: LineString
    barriers: tuple[LineString, ...]
    gates: tuple[LineString, ...]
    owners: tuple[int | None, int | None]

    @property
    def width(self) -> float:
        """Length of the line, m."""
        return float(self.line.length)


@dataclass(frozen=True)
class Answer:
    """One whole proposal. `cost` is metres of barrier with gates at their price, or closures and gates counted."""

    closures: tuple[Closure, ...]
    cost: float

    @property
    def metres(self) -> float:
        """Barrier to stand, m, without the gates."""
        return float(sum(line.length for each in self.closures for line in each.barriers))

    @property
    def gates(self) -> int:
        """Gates to man."""
        return sum(len(each.gates) for each in self.closures)


def cordons(ground: Ground, area: BaseGeometry, wish: Wish, keep_open: Sequence[BaseGeometry] = ()) -> list[Answer]:
    """The cheapest lines of closures that leave no way in wider than the limit, the best first.

    A minimum cut of the triangles of free ground (`engine.passage`): portals are edges, the protected area is one side,
    the ground outside the other. It is the best among lines from sample to neighbouring sample; where the area lies
    more or less in the open, places on a line round it are added. A line between points that are no neighbours can be
    a little shorter; answers are pulled straight where that saves metres. The next answers do without one closure of
    the best each: the first of them is the true second best, later ones need not be all there are.

    Gives an empty list when nothing is to be closed, or when the area is empty.
    """
    protected = area.buffer(wish.stand_off) if wish.stand_off > 0 else area
    if protected.is_empty:
        return []
    ring = _round_about(protected)
    found: list[tuple[int, Answer]] = []
    plain = _Board(ground, ground.mesh, protected, wish, keep_open)
    found += plain.answers()
    if not found or wish.objective == "metres":
        mesh = mesh_of(ground.chains, ground.widest, ring)
        found += _Board(ground, mesh, protected, wish, keep_open).answers()
    if plain.closed:
        return []
    best: list[Answer] = []
    for _, answer in sorted(found, key=lambda each: (each[1].cost, each[1].metres, each[0])):
        if not any(_alike(answer, other) for other in best):
            best.append(answer)
    return best[: max(wish.answers, 1)]


def _round_about(protected: BaseGeometry) -> Floats:
    """Places every few metres on a line round what is protected, just off it."""
    outer = shapely.union_all(
        [shapely.Polygon(each.exterior) for each in shapely.get_parts(protected.buffer(EACH / 2))]
    )
    rings = [each.exterior for each in shapely.get_parts(outer)]
    xy = [shapely.get_coordinates(shapely.segmentize(ring.simplify(0.2), EACH))[:-1] for ring in rings]
    return np.concatenate(xy) if xy else np.zeros((0, 2))


def _alike(one: Answer, other: Answer) -> bool:
    """Whether two answers close the same streets: the same obstacles stand at the ends of their closures, or all lie
    within a few metres of each other.
    """
    if len(one.closures) != len(other.closures):
        return False
    ends = [sorted(sorted(str(end) for end in each.owners) for each in answer.closures) for answer in (one, other)]
    if ends[0] == ends[1] and not any("None" in pair for pair in ends[0]):
        return True
    lines = [each.line for each in other.closures]
    return all(any(each.line.hausdorff_distance(line) < EACH for line in lines) for each in one.closures)


def _passable(mesh: Mesh, limit: float) -> Ints:
    """Portals that have to be closed: wider than the limit, or to a place in the open, where no line may end."""
    portals = mesh.portals(0.0)
    one, other = mesh.ends(portals)
    loose = (np.maximum(one, other) >= mesh.loose.start) & (np.maximum(one, other) < mesh.loose.stop)
    loose |= (np.minimum(one, other) >= mesh.loose.start) & (np.minimum(one, other) < mesh.loose.stop)
    return portals[loose | (mesh.width[portals] > limit)]


class _Board:
    """One mesh as a flow network, and its cuts as lines."""

    def __init__(
        self,
        ground: Ground,
        mesh: Mesh,
        protected: BaseGeometry,
        wish: Wish,
        keep_open: Sequence[BaseGeometry],
    ) -> None:
        self.ground, self.mesh, self.protected, self.wish = ground, mesh, protected, wish
        self.ways = [each for each in keep_open if not each.is_empty]
        n = len(mesh)
        inside = mesh.touching(protected)
        self.possible = bool(n) and not bool((inside & mesh.outside).any())
        place = np.arange(n)
        place[inside], place[mesh.outside] = n, n + 1
        self.portals: Ints = _passable(mesh, wish.limit)
        one, other = place[self.portals // 3], place[mesh.twins[self.portals] // 3]
        self.network: Network = reduced(n, one, other, self._cost())
        ends = (self.network.one, self.network.other)
        self.closed = self.possible and not ((ends[0] == n) | (ends[1] == n)).any()

    def _cost(self) -> Ints:
        """Price of closing each portal, whole millimetres, or closures and then centimetres."""
        width = np.minimum(self.mesh.width[self.portals], 1e5)
        crossings = self._crossings()
        gates = np.minimum(crossings * self.wish.gate_width, width)
        if self.wish.objective == "count":
            price = (1 + crossings) * CLOSURE + (width - gates) * 100
        else:
            price = (width - gates + crossings * self.wish.gate_cost) * MILLI
        whole: Ints = np.maximum(price, 1).astype(np.int64)
        return whole

    def _crossings(self) -> Ints:
        """How many kept ways cross each portal."""
        count = np.zeros(len(self.portals), dtype=np.int64)
        if self.ways and len(self.portals):
            one, other = self.mesh.ends(self.portals)
            lines = shapely.linestrings(np.stack([self.mesh.xy[one], self.mesh.xy[other]], axis=1))
            for way in self.ways:
                shapely.prepare(way)
                count += shapely.intersects(way, lines)
        return count

    def answers(self) -> list[tuple[int, Answer]]:
        """The best cut and, when more are wanted, the best without each of its closures; with the cost by the cut."""
        if not self.possible or self.closed:
            return []
        value, edges = self.network.cut()
        if value >= MOST:
            return []
        cuts = {tuple(edges.tolist()): value}
        if self.wish.answers > 1:
            dearest = edges[np.argsort(-self.network.cost[edges], kind="stable")][:TRIED]
            for each in dearest:
                next_value, others = self.network.cut(np.array([each]))
                if next_value < MOST:
                    cuts.setdefault(tuple(others.tolist()), next_value)
        ranked = sorted(cuts.items(), key=lambda each: each[1])[: 3 * self.wish.answers]
        return [(cost, self._answer(np.array(cut, dtype=np.int64))) for cut, cost in ranked]

    def _answer(self, edges: Ints) -> Answer:
        portals = self.portals[self.network.portal[edges]]
        closures: list[Closure] = []
        one, other = self.mesh.ends(portals)
        loose = {int(each) for each in np.concatenate([one, other]) if int(each) in self.mesh.loose}
        by_ends = {(int(a), int(b)): int(p) for a, b, p in zip(one, other, portals, strict=True)}
        for line in joined(list(by_ends), loose):
            if len(line) == 2 and (line[0], line[1]) in by_ends and not loose.intersection(line):
                portal = np.array([by_ends[line[0], line[1]]])
                (exact,) = narrowest(self.ground, self.mesh, portal, self.protected)
                closures += self._closures(exact.segment, exact.owners)
            else:
                path = LineString(self.mesh.xy[line])
                free = [each in loose for each in line]
                closures += self._closures(straightened(path, free, self.protected), None)
        gates = sum(len(each.gates) for each in closures)
        cost = float(len(closures) + gates)
        if self.wish.objective == "metres":
            cost = sum(line.length for each in closures for line in each.barriers) + gates * self.wish.gate_cost
        return Answer(tuple(closures), float(cost))

    def _closures(self, line: LineString, owners: tuple[int | None, int | None] | None) -> list[Closure]:
        near = self.ground.obstacles[self.ground.tree.query(line)]
        parts = [line] if owners is not None else open_parts(line, [each for each in near if each.length > 0])
        found = []
        for part in parts:
            barriers, gates = with_gates(part, self.ways, self.wish.gate_width)
            ends = owners if owners is not None else (self._owner(part.coords[0]), self._owner(part.coords[-1]))
            found.append(Closure(part, tuple(barriers), tuple(gates), ends))
        return found

    def _owner(self, place: tuple[float, ...]) -> int | None:
        hits = self.ground.tree.query(shapely.Point(place), predicate="dwithin", distance=0.01)
        return int(hits.min()) if len(hits) else None
