"""What stops sight: outlines as one table of edges, with the height of each, found by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_COLLECTION = 7  # type of a shape made of several sorts


@dataclass(frozen=True, eq=False)
class Obstacles:
    """Outlines that stop sight.

    shapes: (n,) areas and lines in metres. tops: (n,) height in metres above the ground, inf where it is not known
    (then nobody looks over it). edges: (m, 4) their sides x0, y0, x1, y1; those of shape i are
    edges[start[i]:start[i + 1]].
    """

    shapes: npt.NDArray[np.object_]
    tops: Floats
    edges: Floats
    start: Ints
    tree: shapely.STRtree

    def __len__(self) -> int:
        return len(self.shapes)

    def near(self, x: float, y: float, reach: float) -> Ints:
        """Indices of the shapes whose box meets the square of `reach` metres round (x, y), ascending."""
        if not len(self.shapes):
            return np.empty(0, dtype=np.int64)
        box = shapely.box(x - reach, y - reach, x + reach, y + reach)
        found: Ints = np.sort(self.tree.query(box)).astype(np.int64)
        return found


def obstacles_of(
    shapes: Sequence[Any] | npt.NDArray[np.object_], tops: Sequence[float] | Floats | None = None
) -> Obstacles:
    """A table of obstacles; empty shapes, points and sides of no length stop nothing and are passed over.

    >>> import shapely
    >>> obstacles_of([shapely.box(0, 0, 2, 1)]).edges.shape
    (4, 4)
    """
    given = np.empty(len(shapes), dtype=object)
    given[:] = list(shapes)
    heights = np.full(len(given), np.inf) if tops is None else np.asarray(tops, dtype=np.float64)
    heights = np.where(np.isnan(heights), np.inf, heights)
    kept = ~(shapely.is_missing(given) | shapely.is_empty(given))
    kept &= np.isfinite(shapely.bounds(given)).all(axis=1) & (shapely.get_dimensions(given) > 0)
    flat, heights = _sound(shapely.force_2d(given[kept])), heights[kept]
    outlines = np.where(shapely.get_dimensions(flat) == 2, shapely.boundary(flat), flat)
    lines, owner = shapely.get_parts(outlines, return_index=True)
    xy, of_line = shapely.get_coordinates(lines, return_index=True)
    follows = of_line[1:] == of_line[:-1] if len(of_line) else np.empty(0, dtype=bool)
    follows = follows & (xy[1:] != xy[:-1]).any(axis=1) if len(xy) else follows
    edges = np.ascontiguousarray(np.hstack([xy[:-1][follows], xy[1:][follows]])) if len(xy) else np.empty((0, 4))
    whose = owner[of_line[:-1][follows]] if len(xy) else np.empty(0, dtype=np.int64)
    start = np.searchsorted(whose, np.arange(len(flat) + 1)).astype(np.int64)
    return Obstacles(flat, heights, edges, start, shapely.STRtree(flat))


def _sound(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Areas that cross themselves made valid; one without any area left stands as the wall its sides are."""
    sound = shapes.copy()
    for i in np.flatnonzero(shapely.get_type_id(shapes) == _COLLECTION):
        parts = shapely.get_parts(shapes[i])
        dimensions = shapely.get_dimensions(parts)
        sound[i] = shapely.union_all(parts[dimensions == dimensions.max()])
    for i in np.flatnonzero(~shapely.is_valid(sound)):
        mended = shapely.make_valid(sound[i], method="structure", keep_collapsed=False)
        sound[i] = mended if not mended.is_empty else shapely.boundary(sound[i])
    return sound
