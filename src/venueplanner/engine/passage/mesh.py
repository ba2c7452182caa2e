"""The ground between obstacles in triangles: portals that lead from one triangle into the next, and how wide they are.

A portal is an edge between two samples of outlines; an edge along an outline, or inside something solid, is shut.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.engine.compiled import compiled

from .sampling import Bools, Chains, Floats, Ints
from .triangles import triangulate

FINE = 0.25  # metres between samples where something is near
NEAR = 3.0  # metres: what counts as near; beyond, samples lie a quarter of the further distance farther apart
AT_ONCE = 24  # parts that a piece is cut into in one round
JITTER = 2e-5  # metres by which samples are displaced while triangulating, so that no four lie on one circle
EDGE = 0.01  # metres: ground shared with an area by no more than this is none
FRAME = 16  # samples of the far frame that everything lies in


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles over samples.

    `chains`: the samples, those of obstacles first, then loose places, then the far frame. `corners`, `twins`
    (3·t,) half-edges as `triangulate` makes them. `width` (3·t,) metres between the ends of each half-edge where it
    can be passed, 0 where it is shut, infinite where an end lies on the far frame. `outside` (t,) touches the frame.
    `loose`: the samples in the open.
    """

    chains: Chains
    corners: Ints
    twins: Ints
    width: Floats
    outside: Bools
    loose: range = range(0)

    @property
    def xy(self) -> Floats:
        """Places of the samples (n, 2), metres."""
        return self.chains.xy

    def __len__(self) -> int:
        return len(self.corners) // 3

    def ends(self, half_edge: Ints) -> tuple[Ints, Ints]:
        """Samples at both ends of half-edges."""
        return self.corners[half_edge], self.corners[_next(half_edge)]

    def portals(self, wider: float) -> Ints:
        """One half-edge of every pair that is passable by more than `wider` metres."""
        half = np.arange(len(self.corners))
        return half[(self.twins > half) & (self.width > wider)]

    def touching(self, area: BaseGeometry) -> Bools:
        """Which triangles (t,) have ground in common with an area and can be entered at all. An area that ends at
        a wall is not reached from behind the wall: a strip of a centimetre along its edge does not count.
        """
        found = np.zeros(len(self), dtype=bool)
        if area.is_empty or not len(self):
            return found
        tri = self.xy[self.corners.reshape(-1, 3)]
        low = np.minimum(np.minimum(tri[:, 0], tri[:, 1]), tri[:, 2])
        high = np.maximum(np.maximum(tri[:, 0], tri[:, 1]), tri[:, 2])
        inner = area.buffer(-EDGE)
        area = area if inner.is_empty else inner
        x0, y0, x1, y1 = area.bounds
        near = (low[:, 0] <= x1) & (high[:, 0] >= x0) & (low[:, 1] <= y1) & (high[:, 1] >= y0)
        near &= (self.width[::3] > 0) | (self.width[1::3] > 0) | (self.width[2::3] > 0)
        some = np.flatnonzero(near)
        shapely.prepare(area)
        ring = np.concatenate([tri[some], tri[some, :1]], axis=1)
        found[some] = shapely.intersects(area, shapely.polygons(ring))
        return found

    def flat(self, triangle: Ints) -> Bools:
        """Which of the triangles (k,) are no higher than what samples are displaced by."""
        a, b, c = (self.xy[self.corners[3 * triangle + k]] for k in range(3))
        longest = np.maximum(np.hypot(*(b - a).T), np.maximum(np.hypot(*(c - a).T), np.hypot(*(c - b).T)))
        thin: Bools = np.abs(_cross(b - a, c - a)) < 5 * JITTER * longest
        return thin

    def circumcentres(self, triangle: Ints) -> Floats:
        """Circumcentres (k, 2) of triangles (k,): the places farthest from their corners. Of a triangle as flat as a
        line it is the middle of its longest side.
        """
        a, b, c = (self.xy[self.corners[3 * triangle + k]] for k in range(3))
        d, e = b - a, c - a
        bl, cl, al = (d * d).sum(axis=1), (e * e).sum(axis=1), ((c - b) ** 2).sum(axis=1)
        twice = 2 * _cross(d, e)
        flat = np.abs(twice) < 10 * JITTER * np.sqrt(np.maximum(np.maximum(bl, cl), al))
        safe = np.where(flat, 1.0, twice)
        u = (e[:, 1] * bl - d[:, 1] * cl) / safe
        v = (d[:, 0] * cl - e[:, 0] * bl) / safe
        sides = np.stack([(a + b) / 2, (a + c) / 2, (b + c) / 2])
        longest = np.argmax(np.stack([bl, cl, al]), axis=0)
        middle = sides[longest, np.arange(len(a))]
        centre: Floats = np.where(flat[:, None], middle, a + np.column_stack([u, v]))
        return centre


def _next(half_edge: Ints) -> Ints:
    turned: Ints = half_edge + 1 - 3 * (half_edge % 3 == 2)
    return turned


def refined(chains: Chains, widest: float) -> Chains:
    """The outlines with samples so close that every gap up to `widest` metres is met within the bound of `passage`."""
    standing = _settled(chains, widest, _places(np.zeros((0, 2))))
    return standing[0]


def mesh_of(chains: Chains, widest: float, loose: Floats | None = None) -> Mesh:
    """The triangles over outlines, which are made finer until they fit (`_too_long`).

    `loose` (k, 2): places in the open at which an edge may end though nothing stands there. A mesh with loose places
    has no meaning for how wide a vehicle gets in, only for where lines may be drawn.
    """
    places = _places(np.zeros((0, 2)) if loose is None else loose)
    chains, framed, corners, twins = _settled(chains, widest, places)
    n = len(chains) + len(places)
    width = _widths(framed.xy, framed.before, framed.after, framed.solid, corners, twins, n)
    outside: Bools = (corners[::3] >= n) | (corners[1::3] >= n) | (corners[2::3] >= n)
    return Mesh(framed, corners, twins, width, outside, range(len(chains), n))


def _settled(chains: Chains, widest: float, places: Chains) -> tuple[Chains, Chains, Ints, Ints]:
    """Outlines made finer until no piece is too long, the same with places and frame, and the triangles over those."""
    near = max(NEAR, widest)
    while True:
        standing = chains.joined(places)
        framed = standing.joined(_frame(standing.xy))
        corners, twins = triangulate(_displaced(framed.xy))
        start, count = _too_long(framed, corners, near, len(chains))
        if not len(start):
            return chains, framed, corners, twins
        chains = chains.split(start, count)


def _displaced(xy: Floats) -> Floats:
    """Samples moved by a hair that follows from their number: the same every time."""
    k = np.arange(len(xy), dtype=np.float64)
    hair = np.column_stack([np.sin(k * 12.9898) * 43758.5453, np.sin(k * 78.233 + 1.0) * 12543.123])
    moved: Floats = xy + JITTER * (hair - np.floor(hair) - 0.5)
    return moved


def _frame(xy: Floats) -> Chains:
    """Samples so far away that only the hull of the obstacles has triangles with them."""
    low, high = (xy.min(axis=0), xy.max(axis=0)) if len(xy) else (np.zeros(2), np.zeros(2))
    middle, reach = (low + high) / 2, 20.0 * max(float(np.hypot(*(high - low))), 50.0)
    turn = 2 * np.pi * (np.arange(FRAME) + 0.37) / FRAME
    return _places(middle + reach * np.column_stack([np.cos(turn), np.sin(turn)]))


def _places(xy: Floats) -> Chains:
    """Samples that belong to no outline."""
    n = len(xy)
    none = np.full(n, -1, dtype=np.int64)
    return Chains(xy, none, none, np.zeros(n, dtype=bool), np.arange(n))


@compiled
def _widths(xy: Floats, before: Ints, after: Ints, solid: Bools, corners: Ints, twins: Ints, standing: int) -> Floats:
    """Widths of half-edges as `Mesh` tells them; samples from `standing` on are of the frame."""
    width = np.zeros(len(corners))
    for e in range(len(corners)):
        twin = twins[e]
        if twin < 0:
            continue
        if twin < e:
            width[e] = width[twin]
            continue
        one, other = corners[e], corners[twin]
        if one >= standing or other >= standing:
            width[e] = np.inf
        elif not (
            after[one] == other
            or after[other] == one
            or _leads_inside(xy, before, after, solid, one, other)
            or _leads_inside(xy, before, after, solid, other, one)
        ):
            width[e] = np.hypot(xy[one, 0] - xy[other, 0], xy[one, 1] - xy[other, 1])
    return width


@compiled
def _leads_inside(xy: Floats, before: Ints, after: Ints, solid: Bools, one: int, other: int) -> bool:
    """Whether the edge from sample `one` to `other` leads into the solid that `one` is an outline of."""
    if not solid[one]:
        return False
    ux, uy = xy[one, 0] - xy[before[one], 0], xy[one, 1] - xy[before[one], 1]
    wx, wy = xy[after[one], 0] - xy[one, 0], xy[after[one], 1] - xy[one, 1]
    vx, vy = xy[other, 0] - xy[one, 0], xy[other, 1] - xy[one, 1]
    arriving, leaving = ux * vy - uy * vx > 0, wx * vy - wy * vx > 0
    if ux * wy - uy * wx >= 0:
        return bool(arriving and leaving)
    return bool(arriving or leaving)


def _cross(one: Floats, other: Floats) -> Floats:
    turned: Floats = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    return turned


def _too_long(chains: Chains, corners: Ints, near: float, standing: int) -> tuple[Ints, Ints]:
    """Pieces to cut, by their first sample, and into how many parts: longer than the gap beside them allows, or longer
    than the finest and not an edge of the triangulation (something comes closer to them than their samples). The first
    `standing` samples are of obstacles; all others bound no gap. Ends, since the finest pieces are never cut.
    """
    n = len(chains)
    half = np.arange(len(corners))
    one, other = corners, corners[_next(half)]
    forward, backward = chains.after[one] == other, chains.after[other] == one
    facing = np.flatnonzero((forward & ~chains.solid[one]) | backward)  # the solid of a ring lies left of it
    u, v, w = one[facing], other[facing], corners[_next(_next(facing))]
    start = np.where(forward[facing], u, v)
    p, q, r = chains.xy[u], chains.xy[v], chains.xy[w]
    d = q - p
    length = np.maximum(np.hypot(*d.T), 1e-12)
    share = np.clip(((r - p) * d).sum(axis=1) / length**2, 0.0, 1.0)
    away = np.hypot(*(r - p - share[:, None] * d).T)
    wanted = np.where(w >= standing, np.inf, FINE + np.maximum(away - near, 0.0) / 4)
    parts = np.zeros(n, dtype=np.int64)
    np.maximum.at(parts, start, np.where(length > 1.25 * wanted, np.ceil(length / wanted), 0).astype(np.int64))
    met = np.zeros(n, dtype=bool)
    met[one[forward]] = True
    met[other[backward]] = True
    lost = np.flatnonzero((chains.after >= 0) & ~met)
    long = np.hypot(*(chains.xy[chains.after[lost]] - chains.xy[lost]).T)
    parts[lost] = np.where(long > 1.01 * FINE, np.minimum(np.ceil(long / FINE), AT_ONCE), 0).astype(np.int64)
    cut = np.flatnonzero(parts > 1)
    return cut, np.minimum(parts[cut], AT_ONCE)
