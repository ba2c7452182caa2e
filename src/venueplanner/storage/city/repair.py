"""Making shapes fit for use: what is broken is mended and counted, what cannot be mended is set aside with its row."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from venueplanner.domain.words import N_

from .raw import RawLayer

NO_SHAPE = N_("this row has no shape")
EMPTY_SHAPE = N_("the shape of this row is empty")
NOT_FINITE = N_("a coordinate is not a number or is impossibly large")
BEYOND_REPAIR = N_("the shape crosses itself and nothing is left of it when mended")
NO_DIMENSION = N_("the shape has no length or no area")

MOST = 1e9
POINT, LINE, AREA = 0, 1, 2


def mend(layer: RawLayer) -> None:
    """Set aside rows without a usable shape; mend polygons that cross themselves; count both."""
    shapes = shapely.force_2d(layer.shapes) if len(layer.shapes) else layer.shapes
    reasons: dict[int, str] = {}
    missing = shapely.is_missing(shapes)
    _because(reasons, missing, NO_SHAPE)
    empty = ~missing & shapely.is_empty(shapes)
    _because(reasons, empty, EMPTY_SHAPE)
    boxes = shapely.bounds(shapes) if len(shapes) else np.empty((0, 4))
    wild = ~missing & ~empty & ~(np.isfinite(boxes) & (np.abs(boxes) < MOST)).all(axis=1)
    wild |= ~missing & ~empty & ~wild & _any_not_finite(shapes, ~missing & ~empty)
    _because(reasons, wild, NOT_FINITE)
    fine = ~(missing | empty | wild)
    broken = fine & ~shapely.is_valid(shapes)
    for position in np.flatnonzero(broken).tolist():
        mended = _mended(shapes[position])
        if mended is None:
            reasons[position] = NO_DIMENSION if _flat(shapes[position]) else BEYOND_REPAIR
            fine[position] = False
        else:
            shapes[position] = mended
            layer.repaired += 1
    layer.shapes = shapes
    if not fine.all():
        layer.keep(fine, reasons)


def _any_not_finite(shapes: npt.NDArray[np.object_], which: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Rows of `which` with a coordinate inside that is no number (a box can hide one)."""
    xy, row = shapely.get_coordinates(shapes, return_index=True)
    wild = np.zeros(len(shapes), dtype=bool)
    wild[np.unique(row[~np.isfinite(xy).all(axis=1)])] = True
    return wild & which


def _mended(shape: shapely.Geometry) -> shapely.Geometry | None:
    """The shape made valid, of the same dimension as before, or None when nothing of that dimension is left."""
    dimension = shapely.get_dimensions(shape)
    try:
        made = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    except shapely.GEOSException:
        try:
            made = shapely.make_valid(shape)
        except shapely.GEOSException:
            return None
    parts = [
        part for part in shapely.get_parts(made) if shapely.get_dimensions(part) == dimension and not part.is_empty
    ]
    if dimension == AREA:
        parts = [polygon for part in parts for polygon in shapely.get_parts(part) if polygon.area > 0]
        return None if not parts else parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
    return None if not parts else parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _flat(shape: shapely.Geometry) -> bool:
    return bool(shapely.area(shapely.envelope(shape)) == 0.0)


def _because(reasons: dict[int, str], rows: npt.NDArray[np.bool_], reason: str) -> None:
    reasons.update(dict.fromkeys(np.flatnonzero(rows).tolist(), reason))
