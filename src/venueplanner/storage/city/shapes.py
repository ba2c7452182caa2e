"""What a .shp gives: shapes by row and, for every row without one, the reason, with the words for it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from venueplanner.domain.words import N_

EMPTY_FILE = N_("the .shp file is empty")
NOT_A_SHP = N_("the .shp file is not a shapefile")
ENDS_EARLY = N_("the .shp ends before this row")
DAMAGED = N_("the shape of this row is damaged")
NULL_SHAPE = N_("this row has no shape")
OTHER_TYPE = N_("the shape is of another type than the layer")
NOT_FLAT = N_("a three-dimensional surface, which a plan does not use")
NOT_FINITE = N_("a coordinate is not a number or is impossibly large")
NO_LENGTH = N_("the shape has too few points")
INDEX_MISSING = N_("the .shx index is missing; the shapes were read without it")
INDEX_DAMAGED = N_("the .shx index is damaged; the shapes were read without it")

FLAT_TYPE = {1: 1, 3: 3, 5: 5, 8: 8, 11: 1, 13: 3, 15: 5, 18: 8, 21: 1, 23: 3, 25: 5, 28: 8, 31: 31, 0: 0}
TYPE_NAMES = {0: "none", 1: "point", 3: "line", 5: "polygon", 8: "points", 31: "surface"}
MOST = 1e9  # no coordinate on earth in metres, feet or degrees is larger


@dataclass
class Shapes:
    """Shapes by row: `shapes` (n,) with None where `reasons` has the row (0-based) and why. `kind` as in TYPE_NAMES."""

    shapes: npt.NDArray[np.object_]
    kind: str
    reasons: dict[int, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    reordered: int = 0


def ints_at(data: npt.NDArray[np.uint8], at: npt.NDArray[np.int64], big: bool = False) -> npt.NDArray[np.int64]:
    """The 32-bit integers at byte offsets `at` (any offset out of the file gives rubbish that the caller discards)."""
    safe = np.clip(at, 0, len(data) - 4)
    four = np.ascontiguousarray(data[safe[:, None] + np.arange(4)])
    return four.view(">i4" if big else "<i4").reshape(-1).astype(np.int64)
