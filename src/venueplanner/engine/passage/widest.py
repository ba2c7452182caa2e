"""The widest way in: union-find over portals, the widest first, and every gap that has to be closed.

Portals are opened from the widest down. The one that would join the ground outside to the protected area is the
narrowest place of the widest way that is left: it is written down as a gap and stays shut; the search goes on to the
next. One pass therefore gives the widest vehicle that gets in and the whole list of gaps over a limit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from venueplanner.engine.compiled import compiled

from .exact import ALIKE, Narrowest, narrowest
from .ground import Ground
from .mesh import Mesh
from .sampling import Bools, Floats, Ints

BEGINS = 20.0  # metres before the outermost gap at which a route is drawn


@dataclass(frozen=True)
class Gap:
    """One place to close: `width` m, the true shortest distance between the outlines there (`segment`).

    `owners`: numbers of the obstacles on both sides, None where it cannot be told. `route` is found when asked for.
    """

    width: float
    segment: LineString
    owners: tuple[int | None, int | None]
    way: Callable[[], LineString] = field(repr=False, compare=False)

    @cached_property
    def route(self) -> LineString:
        """A way that the middle of a vehicle so wide can take from outside, through the gap, to the protected area."""
        return self.way()


@dataclass(frozen=True)
class Passage:
    """How wide a vehicle still gets in: `width` m, 0 when nothing over the limit does, infinite when the area lies
    open. `gaps`: all that must be closed so that nothing over the limit gets in, the widest first.
    """

    width: float
    gaps: tuple[Gap, ...]
    open: bool = False


def passage(ground: Ground, area: BaseGeometry, *, limit: float) -> Passage:
    """The widest vehicle (a disc as wide as the vehicle) that gets from outside to `area`, and every gap over `limit`.

    Bound of error. Where a vehicle passes between two outlines w apart, their samples lie at most √(w² + h²) apart,
    h being the spacing there: 0.25 m where gaps are up to 3 m, so 0.03 m at w = 1.2 m and 0.01 m at 2.5 m. In no place
    does a path between samples pass where the gap is narrower by more than that; a path through a wall would have to
    pass between two neighbouring samples, which is shut or at most 0.25 m. Which gaps are found is true within this
    bound; the width told of each is then measured between the outlines themselves and is exact.

    The area counts as reached when the vehicle touches it. A way in that is no wider than the limit is not told.
    """
    if area.is_empty:
        return Passage(0.0, ())
    if not _among(ground, area):
        return Passage(np.inf, (), open=True)
    mesh = ground.mesh
    search = Search(mesh, mesh.touching(area), limit, area.centroid)
    if search.open:
        return Passage(np.inf, (), open=True)
    exact = narrowest(ground, mesh, search.gaps, area)
    gaps = [
        Gap(each.width, each.segment, each.owners, partial(_route, search, int(portal), area))
        for portal, each in zip(search.gaps, exact, strict=True)
        if each.width > limit + 1e-6
    ]
    gaps.sort(key=lambda gap: -gap.width)
    return Passage(gaps[0].width if gaps else 0.0, tuple(gaps))


def _among(ground: Ground, area: BaseGeometry) -> bool:
    """Whether an area has ground in common with the box round all obstacles; beyond it nothing stands in the way."""
    if not len(ground.parts):
        return False
    return bool(shapely.box(*shapely.total_bounds(ground.parts)).intersects(area))


class Search:
    """One pass over the portals of a mesh wider than `limit`, from the outside to the triangles of `inside` (t,).

    `gaps`: half-edges of the portals to close, the widest first; `open`: whether nothing at all lies between. Of
    portals alike the one nearest to `middle` is the gap.
    """

    def __init__(self, mesh: Mesh, inside: Bools, limit: float, middle: Point) -> None:
        self.mesh = mesh
        n = len(mesh)
        self.open = not n or bool((mesh.outside & inside).any())
        portals = mesh.portals(limit)
        ends = mesh.xy[mesh.ends(portals)[0]], mesh.xy[mesh.ends(portals)[1]]
        heart = np.array([middle.x, middle.y]) if not middle.is_empty else np.zeros(2)
        away = np.hypot(*((ends[0] + ends[1]) / 2 - heart).T)
        portals = portals[np.lexsort((-away, -np.floor(mesh.width[portals] / ALIKE)))]
        one, other = portals // 3, mesh.twins[portals] // 3
        taken, joining = _falling(n, one, other, mesh.outside, inside)
        self.gaps: Ints = portals[joining] if not self.open else portals[:0]
        self._tree = (
            np.concatenate([one[taken], np.flatnonzero(mesh.outside), np.flatnonzero(inside)]),
            np.concatenate([other[taken], np.full(int(mesh.outside.sum()), n), np.full(int(inside.sum()), n + 1)]),
        )

    @cached_property
    def before(self) -> tuple[Ints, Ints]:
        """For every triangle the one before it on the widest way from outside, and the one towards the inside."""
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import breadth_first_order

        n = len(self.mesh)
        one, other = self._tree
        graph = coo_array((np.ones(len(one)), (one, other)), shape=(n + 2, n + 2)).tocsr()
        _, out = breadth_first_order(graph, n, directed=False)
        _, into = breadth_first_order(graph, n + 1, directed=False)
        return out.astype(np.int64), into.astype(np.int64)

    def way(self, portal: int) -> tuple[list[int], list[int]]:
        """Triangles from outside to the portal, and from the portal to the inside."""
        out, into = self.before
        one, other = portal // 3, int(self.mesh.twins[portal]) // 3
        if out[one] < 0:
            one, other = other, one
        return _trail(out, one, len(self.mesh))[::-1], _trail(into, other, len(self.mesh))


def _trail(before: Ints, triangle: int, most: int) -> list[int]:
    trail = []
    while 0 <= triangle < most:
        trail.append(triangle)
        triangle = int(before[triangle])
    return trail


@compiled
def _falling(n: int, one: Ints, other: Ints, outside: Bools, inside: Bools) -> tuple[Bools, Bools]:
    """Which portals join ground (a forest), and which would join outside to inside and stay shut."""
    root = np.arange(n + 2)
    for t in range(n):
        if outside[t]:
            root[t] = n
        elif inside[t]:
            root[t] = n + 1
    taken, joining = np.zeros(len(one), np.bool_), np.zeros(len(one), np.bool_)
    for k in range(len(one)):
        a, b = one[k], other[k]
        while root[a] != a:
            root[a] = root[root[a]]
            a = root[a]
        while root[b] != b:
            root[b] = root[root[b]]
            b = root[b]
        if a == b:
            continue
        if a > b:
            a, b = b, a
        if a == n and b == n + 1:
            joining[k] = True
        else:
            root[a] = b  # outside and inside have the highest numbers, so they stay roots
            taken[k] = True
    return taken, joining


def _route(search: Search, portal: int, area: BaseGeometry) -> LineString:
    """The way through circumcentres: on it every outline stays half the narrowest portal away."""
    mesh = search.mesh
    coming, going = search.way(portal)
    way = np.array([*coming, *going], dtype=np.int64)
    solid = ~mesh.flat(way)  # a triangle as flat as a line lies on the hull only and has no middle
    first = next((n for n in range(1, len(way)) if solid[n]), len(way) - 1)
    inner = way[first:][solid[first:]] if solid[first:].any() else way[first:]
    places = mesh.circumcentres(inner)
    places = np.concatenate([_doorstep(mesh, int(way[first - 1]), int(way[first]), places[0]), places])
    half = float(mesh.width[portal]) / 2
    last = Point(places[-1])
    touch = shapely.shortest_line(last, area)
    ends = [touch.interpolate(max(0.0, touch.length - half)).coords[0]] if touch.length > half else []
    route = shapely.linestrings(np.concatenate([places, np.array(ends).reshape(-1, 2)]))
    return LineString(shapely.remove_repeated_points(route, 0.05))


def _doorstep(mesh: Mesh, outer: int, inner: int, centre: Floats) -> Floats:
    """A place (1, 2) outside the portal between two neighbouring triangles and outside the inner one's circumcentre, on
    the line square to the portal's middle: going in along it, the portal's ends come no nearer than they are there.
    """
    half_edge = next(e for e in range(3 * inner, 3 * inner + 3) if mesh.twins[e] // 3 == outer)
    a, b = (mesh.xy[each[0]] for each in mesh.ends(np.array([half_edge])))
    along = (b - a) / max(float(np.hypot(*(b - a))), 1e-9)
    outward = np.array([along[1], -along[0]])  # triangles turn left
    door = (a + b) / 2
    beyond = max(0.0, float((centre - door) @ outward))
    step: Floats = (door + (beyond + BEGINS) * outward).reshape(1, 2)
    return step


__all__ = ["Gap", "Narrowest", "Passage", "Search", "passage"]
