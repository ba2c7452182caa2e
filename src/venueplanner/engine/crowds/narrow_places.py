"""The narrowest place between people and an exit, and the widest single way, over the triangles of free ground.

Flow between two places can be no wider than the narrowest line across all ways between them, which is the minimum cut
of the portals by their width: gaps that lie side by side add up. Widths are those of `passage`: between samples of the
outlines, true to 0.03 m for gaps up to 3 m; a line between outlines that are no neighbours could be a little shorter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from venueplanner.engine.cordons.cutting import MOST, minimum_cut
from venueplanner.engine.passage import Ground
from venueplanner.engine.passage.exact import narrowest
from venueplanner.engine.passage.mesh import Mesh
from venueplanner.engine.passage.sampling import Bools

MILLIMETRES = 1000.0


@dataclass(frozen=True)
class Narrow:
    """`width` metres in all across the ways, and their `line`; infinite with an empty line when nothing narrows."""

    width: float
    line: BaseGeometry


OPEN = Narrow(np.inf, MultiLineString())


def narrows(ground: Ground, start: BaseGeometry, goal: BaseGeometry, *, within: BaseGeometry | None = None) -> Narrow:
    """The narrowest line across everything between two places (shapes, metres); width 0 when there is no way at all.

    within: only ground that has something in common with this area counts as a way.
    """
    mesh = ground.mesh
    if not len(mesh):
        return OPEN
    source, sink = mesh.touching(start), _at(mesh, goal)
    if (source & sink).any() or not source.any() or not sink.any():
        return OPEN
    allowed = _allowed(mesh, within, source | sink)
    portals = mesh.portals(0.0)
    one, other = portals // 3, mesh.twins[portals] // 3
    use = allowed[one] & allowed[other]
    portals, one, other = portals[use], one[use], other[use]
    n = len(mesh)
    size = np.minimum(np.where(np.isfinite(mesh.width[portals]), mesh.width[portals], MOST), MOST / MILLIMETRES)
    whole = np.maximum((size * MILLIMETRES).astype(np.int64), 1)
    label = np.arange(n)
    label[source], label[sink] = n, n + 1
    value, cut = minimum_cut(label[one], label[other], whole, n, n + 1)
    if value >= MOST:
        return OPEN
    lines = [LineString(mesh.xy[[int(side[0]) for side in mesh.ends(np.array([each]))]]) for each in portals[cut]]
    return Narrow(float(mesh.width[portals[cut]].sum()), MultiLineString(lines))


@dataclass(frozen=True)
class Widest:
    """The widest single way: `width` metres at its narrowest place `line`, between obstacles with these numbers."""

    width: float
    line: LineString
    owners: tuple[int | None, int | None] = (None, None)


def widest_way(ground: Ground, start: BaseGeometry, goal: BaseGeometry) -> Widest:
    """How wide something can be that still gets from one place to the other, and where it is narrowest.

    Width 0 with an empty line: no way at all. Infinite: nothing stands between. The width told is that between the
    outlines themselves.
    """
    from scipy.sparse import coo_array  # here, so that a window starts without it
    from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

    mesh = ground.mesh
    nothing = LineString()
    if not len(mesh):
        return Widest(np.inf, nothing)
    source, sink = mesh.touching(start), _at(mesh, goal)
    if not source.any() or not sink.any() or (source & sink).any():
        return Widest(np.inf, nothing)
    portals = mesh.portals(0.0)
    one, other = portals // 3, mesh.twins[portals] // 3
    n = len(mesh)
    # The widest ways are those of a spanning tree that takes the widest portals first.
    rank = np.empty(len(portals))
    rank[np.argsort(-mesh.width[portals], kind="stable")] = np.arange(1, len(portals) + 1)
    ends_a = np.concatenate([one, np.full(int(source.sum()), n), np.full(int(sink.sum()), n + 1)])
    ends_b = np.concatenate([other, np.flatnonzero(source), np.flatnonzero(sink)])
    order = np.concatenate([rank + 1.0, np.full(int(source.sum() + sink.sum()), 0.5)])
    low, high = np.minimum(ends_a, ends_b), np.maximum(ends_a, ends_b)
    pairs, first = np.unique(low * (n + 2) + high, return_inverse=True)
    least = np.full(len(pairs), np.inf)
    np.minimum.at(least, first, order)
    graph = coo_array((least, (pairs // (n + 2), pairs % (n + 2))), shape=(n + 2, n + 2)).tocsr()
    tree = minimum_spanning_tree(graph)
    tree = (tree + tree.T).tocsr()
    _, before = breadth_first_order(tree, n, directed=False)
    if before[n + 1] < 0:
        return Widest(0.0, nothing)
    worst, at = 0.0, n + 1
    while at != n:
        worst = max(worst, float(tree[at, before[at]]))
        at = int(before[at])
    if worst <= 0.5:
        return Widest(np.inf, nothing)
    portal = portals[np.flatnonzero(rank + 1.0 == worst)[:1]]
    if not np.isfinite(mesh.width[portal]).all():
        return Widest(np.inf, nothing)
    (found,) = narrowest(ground, mesh, portal, start)
    return Widest(found.width, found.segment, found.owners)


def _at(mesh: Mesh, goal: BaseGeometry) -> Bools:
    return mesh.touching(goal if goal.area > 0 else goal.buffer(0.05))


def _allowed(mesh: Mesh, within: BaseGeometry | None, always: Bools) -> Bools:
    return np.ones(len(mesh), dtype=bool) if within is None else mesh.touching(within) | always
