"""Obstacles of a site, prepared once: what a city puts there stays, what a plan puts there is laid over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from .mesh import Mesh, mesh_of, refined
from .sampling import Chains, Ints, Shapes, chains_of, solids

MARGIN = 100.0  # metres: an ordinary building at the edge of a window stays whole, a river is cut off beyond it


@dataclass(frozen=True, eq=False)
class Ground:
    """What stands on a site.

    `obstacles` (k,) as given, by which owners are numbered; `parts` (m,) simple parts in which areas that touch are
    one; `chains` their sampled outlines and `of_chain` the part of each chain.
    """

    obstacles: Shapes
    parts: Shapes
    chains: Chains
    of_chain: Ints
    widest: float

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index of the obstacles as given."""
        return shapely.STRtree(self.obstacles)

    @cached_property
    def parts_tree(self) -> shapely.STRtree:
        """Index of the simple parts."""
        return shapely.STRtree(self.parts)

    @cached_property
    def mesh(self) -> Mesh:
        """The triangles between all obstacles."""
        return mesh_of(self.chains, self.widest)

    def with_more(self, obstacles: Sequence[BaseGeometry]) -> Ground:
        """The ground with more obstacles on it, numbered after the others. Only what they touch is made anew; the
        triangulation itself is whole, since it takes a few hundredths of a second.
        """
        if not len(obstacles):
            return self
        fresh = solids(obstacles)
        touched: Ints = np.unique(self.parts_tree.query(fresh, predicate="intersects")[1]).astype(np.int64)
        if len(touched):
            fresh = solids(np.concatenate([fresh, self.parts[touched]]))
        chains, part = chains_of(fresh)
        kept = self.chains.kept(~np.isin(self.of_chain[self.chain_numbers], touched))
        offset = len(self.parts)
        more = _part_by_chain(chains, part)
        joined = kept.joined(chains)
        before = int(kept.chain.max()) + 1 if len(kept) else 0
        of_chain = np.concatenate([self.of_chain[:before], more + offset])
        return Ground(
            np.concatenate([self.obstacles, _array(obstacles)]),
            np.concatenate([self.parts, fresh]),
            joined,
            of_chain,
            self.widest,
        )

    @property
    def chain_numbers(self) -> Ints:
        """The chain of every sample."""
        return self.chains.chain


def ground_of(
    obstacles: Sequence[BaseGeometry] | Shapes, *, widest: float, window: BaseGeometry | None = None
) -> Ground:
    """Prepare obstacles (areas, lines, points, metres), cut to a window, to be asked about gaps up to `widest` metres.

    Overlapping, invalid, empty and repeated obstacles are all right.
    """
    given = _array(obstacles)
    if window is not None:
        given = _cut(given, window.buffer(MARGIN, join_style="mitre"))
    parts = solids(given)
    chains, part = chains_of(parts)
    of_chain = _part_by_chain(chains, part)
    return Ground(given, parts, refined(chains, widest), of_chain, widest)


def _array(shapes: Sequence[BaseGeometry] | Shapes) -> Shapes:
    array = np.empty(len(shapes), dtype=object)
    array[:] = list(shapes)
    return array


def _cut(shapes: Shapes, window: BaseGeometry) -> Shapes:
    """The shapes inside a window; those that do not reach beyond its bounds stay as they are."""
    x0, y0, x1, y1 = window.bounds
    box = shapely.bounds(shapes)
    within = (box[:, 0] >= x0) & (box[:, 1] >= y0) & (box[:, 2] <= x1) & (box[:, 3] <= y1)
    beyond = np.flatnonzero(~within & np.isfinite(box).all(axis=1))
    cut = shapes.copy()
    whole = shapes[beyond]
    bad = ~shapely.is_valid(whole)
    whole[bad] = shapely.make_valid(whole[bad])
    cut[beyond] = shapely.intersection(whole, window)
    return cut


def _part_by_chain(chains: Chains, part: Ints) -> Ints:
    found = np.full(int(chains.chain.max()) + 1 if len(chains) else 0, -1, dtype=np.int64)
    found[chains.chain] = part
    return found
