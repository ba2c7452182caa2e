"""An elevation file brought into the plan's system: only the window that matters, resampled once, of bounded size.

Every cell of the new grid asks where its middle lies in the file, by the same pinned operation as all other layers, and
mixes the four cells around it. A cell beside a missing one stays unknown.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from venueplanner.domain.errors import BadFile
from venueplanner.domain.terrain import Terrain
from venueplanner.domain.words import N_, Words
from venueplanner.storage.coordinates import Operation, PlanCoordinates

from .grids import MOST_PIXELS, NO_PLACE, TOO_LARGE, GridFile, bad, read_window
from .reference import Box

MOST_CELLS = 4_000_000  # of the grid kept with the plan: 16 MB
AROUND = 1500.0  # m kept beyond the city's other data: farther than any approach is followed
FARTHEST = 100_000.0  # m; a file that covers more is cut to the city, or not taken without one
STRIDE = 16  # cells between exactly transformed places; between them the way to the file is a straight line
Floats = npt.NDArray[np.float64]
Way = Callable[[Floats, Floats], tuple[Floats, Floats]]

NO_HEIGHTS = N_("none of its cells has a height there")


def taken_in(file: GridFile, operation: Operation, system: PlanCoordinates, same: bool, focus: Box | None) -> Terrain:
    """The heights of a file in the plan's system.

    operation: of the file's own system; same: whether that is the plan's; focus: longitude/latitude box of the city's
    other data. Raises `BadFile`.
    """

    def to_plan(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        return (x, y) if same else system.from_lonlat(*operation.to_lonlat(x, y))

    def to_file(x: Floats, y: Floats) -> tuple[Floats, Floats]:
        return (x, y) if same else operation.from_lonlat(*system.to_lonlat(x, y))

    box = _target(file, to_plan, system, focus)
    own = _own_cell(file, box, to_plan, to_file)
    cell = max(own, math.sqrt((box[2] - box[0]) * (box[3] - box[1]) / MOST_CELLS))
    anchor = (file.transform[2], file.transform[5]) if same else (0.0, 0.0)
    west = anchor[0] + math.floor((box[0] - anchor[0]) / cell + 1e-6) * cell
    north = anchor[1] + math.ceil((box[3] - anchor[1]) / cell - 1e-6) * cell
    columns, rows = max(1, math.ceil((box[2] - west) / cell - 1e-6)), max(1, math.ceil((north - box[1]) / cell - 1e-6))
    column, row = _places(file, west, north, cell, rows, columns, to_file)
    z = _resampled(file, row, column, max(1, int(cell / own)))
    if not np.isfinite(z).any():
        raise bad(file.path, NO_HEIGHTS)
    return Terrain(z, west, north, cell)


def _target(file: GridFile, to_plan: Way, system: PlanCoordinates, focus: Box | None) -> Box:
    """The box to fill, in the plan's metres: where the file lies, cut to the city and its surroundings."""
    x, y = to_plan(*file.corners())
    whole = _around(x, y) if np.isfinite(x).all() and np.isfinite(y).all() else None
    if focus is not None:
        t = np.linspace(0.0, 1.0, 9)
        lon, lat = np.meshgrid(focus[0] + t * (focus[2] - focus[0]), focus[1] + t * (focus[3] - focus[1]))
        city = _around(*system.from_lonlat(lon.ravel(), lat.ravel()))
        wide = city[0] - AROUND, city[1] - AROUND, city[2] + AROUND, city[3] + AROUND
        cut = wide if whole is None else _meet(whole, wide)
        if cut is not None:
            whole = cut
    if whole is None or max(whole[2] - whole[0], whole[3] - whole[1]) > FARTHEST:
        sentence = N_("{file} covers far more than a city.")
        hint = N_("Take it in together with the city's streets, or cut it to the city first.")
        raise BadFile(Words(sentence, {"file": file.path.name}), Words(hint))
    return whole


def _around(x: Floats, y: Floats) -> Box:
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())


def _meet(one: Box, other: Box) -> Box | None:
    box = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return box if box[0] < box[2] and box[1] < box[3] else None


def _pixels(file: GridFile, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Column and row of places in the file's own system; the middle of the first cell is at (0.5, 0.5)."""
    a, b, c, d, e, f = file.transform
    det = a * e - b * d
    return (e * (x - c) - b * (y - f)) / det, (a * (y - f) - d * (x - c)) / det


def _own_cell(file: GridFile, box: Box, to_plan: Way, to_file: Way) -> float:
    """The smaller side of one of the file's cells in the middle of the box, in metres on the plan."""
    x, y = to_file(np.array([(box[0] + box[2]) / 2]), np.array([(box[1] + box[3]) / 2]))
    a, b, _, d, e, _ = file.transform
    px, py = to_plan(x + np.array([0.0, a, b]), y + np.array([0.0, d, e]))
    side = min(math.hypot(px[1] - px[0], py[1] - py[0]), math.hypot(px[2] - px[0], py[2] - py[0]))
    if not (math.isfinite(side) and side > 1e-3):
        raise bad(file.path, NO_PLACE)
    return side


def _places(
    file: GridFile, west: float, north: float, cell: float, rows: int, columns: int, to_file: Way
) -> tuple[Floats, Floats]:
    """Column and row in the file of the middle of every cell of the grid, (rows, columns) each."""
    c = np.unique(np.append(np.arange(0, columns, STRIDE), columns - 1)).astype(float)
    r = np.unique(np.append(np.arange(0, rows, STRIDE), rows - 1)).astype(float)
    x, y = np.meshgrid(west + (c + 0.5) * cell, north - (r + 0.5) * cell)
    fx, fy = to_file(x.ravel(), y.ravel())
    found = []
    for exact in _pixels(file, np.asarray(fx), np.asarray(fy)):
        table = exact.reshape(len(r), len(c))
        across = np.stack([np.interp(np.arange(columns), c, line) for line in table])
        at = np.interp(np.arange(rows), r, np.arange(len(r)))
        low = np.minimum(at.astype(int), max(len(r) - 2, 0))
        share = (at - low)[:, None]
        high = np.minimum(low + 1, len(r) - 1)
        found.append(across[low] * (1.0 - share) + across[high] * share)
    return found[0], found[1]


def _resampled(file: GridFile, row: Floats, column: Floats, shrink: int) -> npt.NDArray[np.float32]:
    inside = (row >= 0) & (row <= file.rows) & (column >= 0) & (column <= file.columns)
    if not inside.any():
        raise bad(file.path, NO_HEIGHTS)
    r0, r1 = max(0, int(row[inside].min()) - 1), min(file.rows, int(row[inside].max()) + 2)
    c0, c1 = max(0, int(column[inside].min()) - 1), min(file.columns, int(column[inside].max()) + 2)
    if (r1 - r0) * (c1 - c0) > MOST_PIXELS:
        raise bad(file.path, TOO_LARGE)
    shrink = min(shrink, r1 - r0, c1 - c0)
    r1, c1 = r0 + (r1 - r0) // shrink * shrink, c0 + (c1 - c0) // shrink * shrink
    z = read_window(file, (r0, c0, r1, c1), shrink)
    made = np.full(row.shape, np.nan, dtype=np.float32)
    for first in range(0, len(row), 256):  # in strips: the arrays between are eight times as large
        part = slice(first, first + 256)
        mixed = _mixed(z, (row[part] - r0) / shrink - 0.5, (column[part] - c0) / shrink - 0.5)
        made[part] = np.where(inside[part], mixed, np.nan)
    return made


def _mixed(z: Floats, row: Floats, column: Floats) -> Floats:
    """Bilinear between the middles of cells; nan where a cell that has a say is missing."""
    rows, columns = z.shape
    r, c = np.clip(row, 0.0, rows - 1.0), np.clip(column, 0.0, columns - 1.0)
    r0, c0 = np.floor(r + 1e-6).astype(int), np.floor(c + 1e-6).astype(int)
    v, u = np.maximum(r - r0, 0.0), np.maximum(c - c0, 0.0)
    v[v < 1e-6], u[u < 1e-6] = 0.0, 0.0
    r1, c1 = np.minimum(r0 + 1, rows - 1), np.minimum(c0 + 1, columns - 1)
    total = np.zeros(r.shape)
    for rr, cc, weight in ((r0, c0, (1 - v) * (1 - u)), (r0, c1, (1 - v) * u), (r1, c0, v * (1 - u)), (r1, c1, v * u)):
        total += np.where(weight > 0, z[rr, cc] * weight, 0.0)
    return total
