"""Features of one layer as a few flat arrays: no Python object per feature, ready for the kernels.

A part is one simple polygon, line or point; a multi-part feature gives several parts that remember their `source` row.
Parts are sorted by class and, inside a class, along a space-filling curve, then cut into chunks of neighbours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from venueplanner.raster import sidecar

Family = Literal["polygon", "line", "point"]
FAMILIES: tuple[Family, ...] = ("polygon", "line", "point")

CHUNK = 64
# Twice round the Earth. Anything farther is damage, and would only cost accuracy.
FARTHEST_M = 1.0e8

_DTYPES: dict[str, type[np.generic]] = {
    **dict.fromkeys(("xy", "boxes", "measures", "chunk_boxes"), np.float64),
    **dict.fromkeys(("rings", "parts", "source", "chunks", "class_chunks", "left_out"), np.int64),
}

_FAMILY_OF_TYPE = np.full(9, -1)
_FAMILY_OF_TYPE[[3, 6]] = 0
_FAMILY_OF_TYPE[[1, 2, 5]] = 1
_FAMILY_OF_TYPE[[0, 4]] = 2


@dataclass(frozen=True, slots=True, eq=False)
class Ragged:
    """Flat arrays of a layer. Coordinates are metres relative to `origin`.

    xy (n, 2) float64 vertices · rings (r+1,) first vertex of each ring or line · parts (p+1,) first ring of each part ·
    boxes (p, 4) west, south, east, north · measures (p,) area m², length m or 0 · source (p,) row in the input ·
    chunks (c+1,) first part of each chunk · chunk_boxes (c, 4) · class_chunks (k+1,) first chunk of each class ·
    left_out (m,) rows of the input that could not be taken (not finite, absurdly far away, or of another family).
    """

    family: Family
    origin: tuple[float, float]
    xy: NDArray[np.float64]
    rings: NDArray[np.int64]
    parts: NDArray[np.int64]
    boxes: NDArray[np.float64]
    measures: NDArray[np.float64]
    source: NDArray[np.int64]
    chunks: NDArray[np.int64]
    chunk_boxes: NDArray[np.float64]
    class_chunks: NDArray[np.int64]
    left_out: NDArray[np.int64]

    def __post_init__(self) -> None:
        # The kernels work without bounds checks, so what could lead them astray is checked once, here.
        if self.xy.size and not (self.xy.min() >= -2 * FARTHEST_M and self.xy.max() <= 2 * FARTHEST_M):
            raise ValueError("The coordinates of a layer are not all finite and on Earth")
        _rises("rings", self.rings, len(self.xy))
        _rises("parts", self.parts, len(self.rings) - 1)
        _rises("chunks", self.chunks, len(self.parts) - 1)
        _rises("class_chunks", self.class_chunks, len(self.chunks) - 1)
        n = len(self.parts) - 1
        if self.xy.shape != (len(self.xy), 2) or self.boxes.shape != (n, 4) or self.measures.shape != (n,):
            raise ValueError("The arrays of a layer do not fit each other")
        if self.chunk_boxes.shape != (len(self.chunks) - 1, 4) or self.source.shape != (n,):
            raise ValueError("The arrays of a layer do not fit each other")

    def __len__(self) -> int:
        return len(self.parts) - 1

    @property
    def classes(self) -> int:
        """How many classes the layer has, empty ones included."""
        return len(self.class_chunks) - 1

    @property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north of everything in metres; None for an empty layer."""
        if not len(self):
            return None
        x, y = self.origin
        low, high = self.chunk_boxes[:, :2].min(axis=0), self.chunk_boxes[:, 2:].max(axis=0)
        return float(low[0] + x), float(low[1] + y), float(high[0] + x), float(high[1] + y)

    @classmethod
    def build(
        cls,
        geometries: ArrayLike | Sequence[Any],
        classes: ArrayLike | None = None,
        *,
        family: Family,
        class_count: int | None = None,
        chunk: int = CHUNK,
    ) -> Ragged:
        """Take the parts of one family out of shapely geometries.

        `classes` is one whole number ≥ 0 per geometry (all 0 when absent). Missing and empty geometries are passed
        over; what cannot be drawn is listed in `left_out`, never raised. Multi-part geometries and collections are
        taken apart. Raises ValueError when `classes` does not fit the geometries.

        >>> Ragged.build([shapely.box(0, 0, 4, 3)], family="polygon").measures
        array([12.])
        """
        shapes = np.atleast_1d(np.asarray(geometries, dtype=object))
        kinds = np.zeros(len(shapes), np.int64) if classes is None else np.asarray(classes, np.int64)
        if kinds.shape != shapes.shape or (len(kinds) and kinds.min() < 0):
            raise ValueError("There must be one class number of zero or more for each geometry")
        count = max(class_count or 0, int(kinds.max()) + 1 if len(kinds) else 1)

        with np.errstate(invalid="ignore", over="ignore"):  # what is not finite is looked for, not stumbled over
            parts, source = _taken_apart(shapes)
            wanted = _FAMILY_OF_TYPE[shapely.get_type_id(parts)] == FAMILIES.index(family)
            sound = _plausible(parts)
        left_out = np.unique(source[~(wanted & sound)])
        parts, source = parts[wanted & sound], source[wanted & sound]
        if family == "polygon":
            parts = shapely.orient_polygons(parts)

        boxes = shapely.bounds(parts).reshape(-1, 4)
        order = _neighbours_together(boxes, kinds[source])
        parts, source, boxes = parts[order], source[order], boxes[order]
        origin = _middle(boxes)
        xy, rings, offsets = _flat(parts, family)
        shift = np.array(origin)
        measures = shapely.area(parts) if family == "polygon" else shapely.length(parts)
        boxes = boxes - np.tile(shift, 2)
        chunks, class_chunks = _cut(np.bincount(kinds[source], minlength=count), chunk)
        return cls(
            family=family,
            origin=origin,
            xy=np.ascontiguousarray(xy - shift),
            rings=rings,
            parts=offsets,
            boxes=np.ascontiguousarray(boxes),
            measures=np.asarray(measures, np.float64),
            source=source.astype(np.int64),
            chunks=chunks,
            chunk_boxes=_union_boxes(boxes, chunks),
            class_chunks=class_chunks,
            left_out=left_out.astype(np.int64),
        )

    def save(self, folder: Path) -> None:
        """Write the arrays as a folder of .npy files, whole or not at all."""
        note = {"family": self.family, "origin": self.origin}
        sidecar.write(folder, note, {name: getattr(self, name) for name in _DTYPES})

    @classmethod
    def load(cls, folder: Path) -> Ragged:
        """Map the arrays of a saved folder into memory. Raises ValueError when the folder is damaged."""
        note, arrays = sidecar.read(folder, _DTYPES)
        family, origin = note.get("family"), note.get("origin")
        if family not in FAMILIES or not isinstance(origin, list) or [type(v) for v in origin] != [float, float]:
            raise ValueError(f"The drawing cache {folder.name} says nothing sensible about itself")
        return cls(family=family, origin=(origin[0], origin[1]), **arrays)


def _rises(name: str, offsets: NDArray[np.int64], end: int) -> None:
    if offsets.ndim != 1 or offsets.dtype != np.int64 or not len(offsets) or offsets[0] != 0 or offsets[-1] != end:
        raise ValueError(f"The offsets '{name}' of a layer do not fit its arrays")
    if np.any(np.diff(offsets) < 0):
        raise ValueError(f"The offsets '{name}' of a layer do not rise")


def _taken_apart(shapes: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Simple parts and the input row of each, in two dimensions, empties passed over."""
    parts, source = shapely.get_parts(shapes, return_index=True)
    while np.any(nested := shapely.get_type_id(parts) >= 4):  # a collection may hold collections
        inner, row = shapely.get_parts(parts[nested], return_index=True)
        parts = np.concatenate([parts[~nested], inner])
        source = np.concatenate([source[~nested], source[nested][row]])
    full = ~shapely.is_empty(parts)
    return shapely.force_2d(parts[full]), source[full]


def _plausible(parts: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Which parts have only finite coordinates within reach."""
    sound = np.ones(len(parts), bool)
    xy, row = shapely.get_coordinates(parts, return_index=True)
    sound[row[~(np.abs(xy) <= FARTHEST_M).all(axis=1)]] = False
    return sound


def _middle(boxes: NDArray[np.float64]) -> tuple[float, float]:
    """A whole-metre point in the middle of the layer, from which float arithmetic stays exact enough."""
    if not len(boxes):
        return 0.0, 0.0
    x, y = np.floor(0.5 * (boxes[:, :2].min(axis=0) + boxes[:, 2:].max(axis=0)))
    return float(x), float(y)


def _spread(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Put a zero between every two of the lowest 16 bits."""
    for shift, mask in ((8, 0x00FF00FF), (4, 0x0F0F0F0F), (2, 0x33333333), (1, 0x55555555)):
        bits = (bits | (bits << np.uint64(shift))) & np.uint64(mask)
    return bits


def _neighbours_together(boxes: NDArray[np.float64], kinds: NDArray[np.int64]) -> NDArray[np.int64]:
    """Order by class, then along the Z curve of the box centres."""
    if not len(boxes):
        return np.zeros(0, np.int64)
    centre = boxes[:, :2] + boxes[:, 2:]
    low = centre.min(axis=0)
    step = max(float((centre.max(axis=0) - low).max()), 1e-9)
    grid = ((centre - low) * (65_535 / step)).astype(np.uint64)
    return np.lexsort((_spread(grid[:, 0]) | (_spread(grid[:, 1]) << np.uint64(1)), kinds))


def _flat(
    parts: NDArray[np.object_], family: Family
) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """Vertices, first vertex of each ring, first ring of each part."""
    one_each = np.arange(len(parts) + 1, dtype=np.int64)
    if not len(parts):
        return np.zeros((0, 2)), np.zeros(1, np.int64), np.zeros(1, np.int64)
    if family == "point":
        return shapely.get_coordinates(parts), one_each, one_each
    if family == "line":
        xy, row = shapely.get_coordinates(parts, return_index=True)
        return xy, np.searchsorted(row, one_each).astype(np.int64), one_each
    _, xy, (rings, offsets) = shapely.to_ragged_array(parts, include_z=False)
    return xy, rings.astype(np.int64), offsets.astype(np.int64)


def _cut(per_class: NDArray[np.int64], size: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First part of each chunk and first chunk of each class; a chunk never holds two classes."""
    in_class = -(-per_class // size)
    class_chunks = np.concatenate([[0], np.cumsum(in_class)]).astype(np.int64)
    first_part = np.concatenate([[0], np.cumsum(per_class)])
    owner = np.repeat(np.arange(len(per_class)), in_class)
    within = np.arange(class_chunks[-1]) - class_chunks[owner]
    chunks = np.append(first_part[owner] + size * within, first_part[-1]).astype(np.int64)
    return chunks, class_chunks


def _union_boxes(boxes: NDArray[np.float64], chunks: NDArray[np.int64]) -> NDArray[np.float64]:
    """The box round all parts of each chunk."""
    if len(chunks) < 2:
        return np.zeros((0, 4))
    low = np.minimum.reduceat(boxes[:, :2], chunks[:-1], axis=0)
    high = np.maximum.reduceat(boxes[:, 2:], chunks[:-1], axis=0)
    return np.ascontiguousarray(np.hstack([low, high]))
