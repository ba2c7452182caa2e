"""Outlines of obstacles as chains of points: what a triangulation is made of, and how chains are made finer.

A chain is one ring of an area, one line or one point. Rings are turned so that the solid lies on the left of every
piece; two areas that touch or overlap are made one before, so that nothing solid lies outside a ring.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Shapes = npt.NDArray[np.object_]

FLAT = 0.001  # metres by which a many-cornered outline may be simplified for the search; widths come from the true one
COARSE = 6.0  # metres between the first samples
MOST = 200  # first samples of one outline; a huge one is made finer only where something is near
SAME = 1e-9  # metres: a piece this short is none


@dataclass(frozen=True, eq=False)
class Chains:
    """Samples of outlines.

    `xy` (n, 2) metres; `before`, `after` (n,) the neighbours on the same outline or −1; `solid` (n,) whether the left
    of the outline is inside something; `chain` (n,) which outline.
    """

    xy: Floats
    before: Ints
    after: Ints
    solid: Bools
    chain: Ints

    def __len__(self) -> int:
        return len(self.xy)

    def joined(self, other: Chains) -> Chains:
        """Both sets of chains; those of `other` come after."""
        n, m = len(self), int(self.chain.max()) + 1 if len(self) else 0
        return Chains(
            np.concatenate([self.xy, other.xy]),
            np.concatenate([self.before, np.where(other.before < 0, -1, other.before + n)]),
            np.concatenate([self.after, np.where(other.after < 0, -1, other.after + n)]),
            np.concatenate([self.solid, other.solid]),
            np.concatenate([self.chain, other.chain + m]),
        )

    def kept(self, keep: Bools) -> Chains:
        """The chains whose samples are marked; whole chains only."""
        number = np.cumsum(keep) - 1
        before, after = self.before[keep], self.after[keep]
        return Chains(
            self.xy[keep],
            np.where(before < 0, -1, number[before]),
            np.where(after < 0, -1, number[after]),
            self.solid[keep],
            self.chain[keep],
        )

    def split(self, start: Ints, count: Ints) -> Chains:
        """The same outlines with the pieces that begin at samples `start` (k,) cut into `count` (k,) equal parts."""
        more = count - 1
        rank = np.arange(int(more.sum())) - np.repeat(np.cumsum(more) - more, more)
        one = np.repeat(start, more)
        other = self.after[one]
        share = (rank + 1) / np.repeat(count, more)
        fresh = len(self) + np.arange(len(one))
        last = rank == np.repeat(more, more) - 1
        before, after = self.before.copy(), self.after.copy()
        after[start[more > 0]] = fresh[rank == 0]
        before[other[last]] = fresh[last]
        return Chains(
            np.concatenate([self.xy, self.xy[one] + share[:, None] * (self.xy[other] - self.xy[one])]),
            np.concatenate([before, np.where(rank == 0, one, fresh - 1)]),
            np.concatenate([after, np.where(last, other, fresh + 1)]),
            np.concatenate([self.solid, self.solid[one]]),
            np.concatenate([self.chain, self.chain[one]]),
        )


def no_chains() -> Chains:
    """Nothing stands anywhere."""
    none, yes = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool)
    return Chains(np.zeros((0, 2)), none, none, yes, none)


def solids(shapes: Sequence[BaseGeometry] | Shapes) -> Shapes:
    """What stands there, in simple parts: areas that touch made one, lines noded, points; odd ones mended or left out.

    Areas are mended (`make_valid`); empty shapes, zero-length lines that are no place and coordinates that are no
    numbers are passed over.
    """
    several = np.empty(len(shapes), dtype=object)
    several[:] = list(shapes)
    several = several[~shapely.is_missing(several)]
    several = shapely.force_2d(several[~shapely.is_empty(several)])
    xy, owner = shapely.get_coordinates(several, return_index=True)
    several = np.delete(several, np.unique(owner[~np.isfinite(xy).all(axis=1)]))
    bad = ~shapely.is_valid(several)
    several[bad] = shapely.make_valid(several[bad])
    parts = shapely.get_parts(shapely.get_parts(several))
    while (shapely.get_type_id(parts) > 3).any():
        parts = shapely.get_parts(parts)
    kind = shapely.get_type_id(parts)
    areas = shapely.get_parts(shapely.union_all(parts[kind == 3])) if (kind == 3).any() else parts[:0]
    lines = parts[(kind == 1) | (kind == 2)]
    lines = shapely.get_parts(shapely.line_merge(shapely.union_all(lines))) if len(lines) else lines
    points = shapely.get_parts(shapely.union_all(parts[kind == 0])) if (kind == 0).any() else parts[:0]
    found = np.concatenate([areas, lines, points])
    return np.asarray(found[~shapely.is_empty(found)], dtype=object)


def chains_of(parts: Shapes) -> tuple[Chains, Ints]:
    """First samples on the outlines of simple parts (`solids`), and the part of each sample."""
    if not len(parts):
        return no_chains(), np.zeros(0, dtype=np.int64)
    kind = shapely.get_type_id(parts)
    area = np.flatnonzero(kind == 3)
    rings, of_area = shapely.get_rings(parts[area], return_index=True)
    outer = np.diff(of_area, prepend=-1) > 0  # the first ring of an area is its outer one
    turned = shapely.is_ccw(rings) != outer
    rings[turned] = shapely.reverse(rings[turned])
    other = np.flatnonzero(kind != 3)
    outline = np.concatenate([rings, parts[other]])
    part = np.concatenate([area[of_area], other]).astype(np.int64)
    closed = np.arange(len(outline)) < len(rings)
    plain = shapely.simplify(outline, FLAT)
    plain = np.where(shapely.get_num_coordinates(plain) >= np.where(closed, 4, 1), plain, outline)
    coarse = np.maximum(COARSE, shapely.length(plain) / MOST)
    xy, chain = shapely.get_coordinates(shapely.segmentize(plain, coarse), return_index=True)
    step = np.ones(len(xy), dtype=bool)  # whether a sample lies apart from the one before it on its chain
    step[1:] = (chain[1:] != chain[:-1]) | (np.abs(xy[1:] - xy[:-1]).max(axis=1) > SAME)
    xy, chain = xy[step], chain[step]
    first = np.searchsorted(chain, np.arange(len(outline)), side="left")
    last = np.searchsorted(chain, np.arange(len(outline)), side="right") - 1
    repeats = last[closed & (last > first)]  # a ring ends where it begins
    before, after = np.arange(len(xy)) - 1, np.arange(len(xy)) + 1
    before[first], after[last] = -1, -1
    keep = np.ones(len(xy), dtype=bool)
    keep[repeats] = False
    starts, ends = first[closed & (last > first)], repeats - 1
    before[starts], after[ends] = ends, starts
    solid = (closed & (last > first))[chain]
    made = Chains(xy, before, after, solid, chain.astype(np.int64)).kept(keep)
    return made, part[made.chain]
