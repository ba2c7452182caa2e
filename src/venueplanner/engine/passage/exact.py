"""The true width of a gap: the shortest distance between the outlines themselves, near the samples that found it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from .ground import Ground
from .mesh import Mesh
from .sampling import FLAT, Chains, Floats, Ints

ALIKE = 0.005  # metres: gaps this alike are taken by their distance from the area, so that an edit elsewhere moves none
TOUCH = 0.01  # metres: an obstacle this close to a sample is what the sample lies on
SHARE = 0.4  # of the gap's width: no farther from a sample is looked, so that both sides stay apart


@dataclass(frozen=True)
class Narrowest:
    """`width` m of the straight `segment` between two outlines; `owners` the numbers of their obstacles, or None."""

    width: float
    segment: LineString
    owners: tuple[int | None, int | None]


def narrowest(ground: Ground, mesh: Mesh, portals: Ints, area: BaseGeometry) -> list[Narrowest]:
    """For each portal (half-edges (k,) of a mesh) the shortest segment between the two outlines its ends lie on.

    Only what lies within a few spacings of the samples is looked at, so that another, narrower place farther
    along the same two outlines is not told instead. Should that be shorter than the bound in `passage` allows, the two
    outlines lead elsewhere, and the samples' own distance is told: the wider of the two. So it is where a bit of the
    protected area lies between the portal and the shortest segment, which would no longer close it off.
    """
    one, other = mesh.ends(portals)
    ends = shapely.points(mesh.xy[np.concatenate([one, other])])
    end, obstacle = ground.tree.query(ends, predicate="dwithin", distance=TOUCH)
    order = np.lexsort((obstacle, end))
    end, obstacle = end[order], obstacle[order]
    first, last = np.searchsorted(end, np.arange(len(ends))), np.searchsorted(end, np.arange(len(ends)), side="right")
    hits = [obstacle[a:b] for a, b in zip(first, last, strict=True)]
    k = len(portals)
    return [_narrowest(ground, mesh, (int(one[n]), int(other[n])), (hits[n], hits[k + n]), area) for n in range(k)]


def _narrowest(
    ground: Ground, mesh: Mesh, samples: tuple[int, int], hits: tuple[Ints, Ints], area: BaseGeometry
) -> Narrowest:
    p, q = (mesh.xy[each] for each in samples)
    width = float(np.hypot(*(p - q)))
    spacing = max(_spacing(mesh.chains, each) for each in samples)
    reach = min(1.5 * spacing + np.sqrt(2 * width * ALIKE), SHARE * width)
    near, first = _outline_at(ground, p, hits[0], reach)
    far, second = _outline_at(ground, q, hits[1], reach)
    owners = (first, second)
    if near is not None and far is not None:
        line = shapely.shortest_line(near, far)
        least = np.sqrt(max(width**2 - spacing**2, 0.0)) - ALIKE - 4 * FLAT
        fits = line is not None and least <= line.length <= width + 2 * FLAT
        if fits and not area.intersects(shapely.union(line, LineString([p, q])).convex_hull):
            return Narrowest(float(line.length), line, owners)
    return Narrowest(width, LineString([p, q]), owners)


def _spacing(chains: Chains, sample: int) -> float:
    """Length of the longer piece beside a sample; 0 at a point."""
    found = 0.0
    for neighbour in (int(chains.before[sample]), int(chains.after[sample])):
        if neighbour >= 0:
            found = max(found, float(np.hypot(*(chains.xy[neighbour] - chains.xy[sample]))))
    return found


def _outline_at(ground: Ground, place: Floats, hits: Ints, reach: float) -> tuple[BaseGeometry | None, int | None]:
    """The outlines of the obstacles `hits` within `reach` of a sample that lies on them, and the number of one."""
    if not len(hits):
        return None, None
    shapes = ground.obstacles[hits]
    flat = shapely.get_dimensions(shapes)
    outlines = np.where(flat == 2, shapely.boundary(shapes), shapes)
    x, y = float(place[0]), float(place[1])
    near = shapely.clip_by_rect(outlines, x - reach, y - reach, x + reach, y + reach)
    near[flat == 0] = outlines[flat == 0]
    if len(hits) == 1:
        return (None if near[0].is_empty else near[0]), int(hits[0])
    best = int(hits[int(np.argmin(shapely.distance(shapes, Point(place))))])
    near = near[~shapely.is_empty(near)]
    return (shapely.union_all(near) if len(near) else None), best
