"""Elevation kept in the package folder: a GeoTIFF of one band in the plan's system, open to any program."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from venueplanner.domain.errors import BadFile
from venueplanner.domain.terrain import Terrain
from venueplanner.domain.words import N_, Words

from .grids import DAMAGED, opened
from .guarded import gdal
from .terrain import MOST_CELLS

SPARE = 1.2  # a grid is cut to whole cells, so it may hold a little more than was asked for


def write(path: Path, grid: Terrain, wkt: str) -> None:
    """Write a grid. Raises `OSError`, and `BadFile` where GDAL cannot."""
    gdal()  # the environment is tidied before GDAL is loaded
    import rasterio
    from rasterio import Affine
    from rasterio.errors import RasterioError

    rows, columns = grid.z.shape
    place = Affine(grid.cell, 0.0, grid.west, 0.0, -grid.cell, grid.north)
    try:
        sink = rasterio.open(
            path, "w", driver="GTiff", width=columns, height=rows, count=1, dtype="float32", nodata=float("nan"),
            crs=rasterio.crs.CRS.from_wkt(wkt), transform=place, tiled=True, compress="deflate", predictor=3,
        )  # fmt: skip
        with sink as data:
            data.write(grid.z, 1)
    except (RasterioError, ValueError) as error:
        raise _unusable(path, " ".join(str(error).split())[:160]) from error


def read(path: Path) -> Terrain:
    """A grid as it was written. Raises `BadFile` in plain words."""
    try:
        with opened(path) as data:
            a, b, west, d, e, north = tuple(data.transform)[:6]
            square = b == d == 0 and a > 0 and abs(a + e) <= 1e-9 * a
            if not square or data.count != 1 or data.width * data.height > SPARE * MOST_CELLS:
                raise _unusable(path, Words(DAMAGED))
            z = np.asarray(data.read(1), dtype=np.float32)
    except BadFile as error:
        raise _unusable(path, Words(DAMAGED)) from error
    return Terrain(z, float(west), float(north), float(a))


def _unusable(path: Path, why: str | Words) -> BadFile:
    sentence = Words(N_("{file} cannot be used: {why}."), {"file": path.name, "why": why})
    return BadFile(sentence, Words(N_("Add the city data again from its source.")))
