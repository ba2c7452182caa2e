"""Elevation files (GeoTIFF, SRTM, ASCII grids …) opened behind a guard: are these heights, and where do they lie?

GDAL is given one plain file, a list of drivers that read nothing else, and no leave to write beside it. What a header
promises is checked before a single cell is read, because a few bytes can promise a hundred gigabytes.
"""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from venueplanner.domain.errors import BadFile
from venueplanner.domain.words import N_, Words

from .encoding import BY_FORMAT, Encoding
from .guarded import gdal
from .raw import RawLayer
from .reference import BY_FILE
from .vocabulary import plain, tokens

DRIVERS = {
    ".tif": "GTiff",
    ".tiff": "GTiff",
    ".asc": "AAIGrid",
    ".hgt": "SRTMHGT",
    ".dem": "USGSDEM",
    ".dt0": "DTED",
    ".dt1": "DTED",
    ".dt2": "DTED",
    ".img": "HFA",
    ".bil": "EHdr",
    ".flt": "EHdr",
}
ALWAYS_HEIGHTS = frozenset({"SRTMHGT", "USGSDEM", "DTED"})
GRID = "grid"  # what a `RawLayer` of this kind holds is in its `grid`
LARGEST_BLOCK = 64 << 20  # bytes a file may want unpacked at once
MOST_PIXELS = 400_000_000  # cells of a window that are read
LOWEST, HIGHEST = -500.0, 9000.0  # m; nothing on land lies outside
FEET = {"ft": 0.3048, "foot": 0.3048, "feet": 0.3048, "us survey foot": 1200 / 3937, "us-ft": 1200 / 3937}

# Words of a file's name: heights of the ground, heights with roofs and trees, and values that are no heights at all.
_GROUND = ("dem", "dtm", "srtm", "gebco", "aster", "ned$", "elev", "relief", "relef", "relyef", "vysot", "terrain",
           "hgt", "cmr", "fabdem", "alos", "copernicus", "biyiktik", "height", "altitude", "topo")  # fmt: skip
_SURFACE = ("dsm", "surface", "cmm$", "poverhnost")
_OTHER = ("cdsm", "chm", "canopy", "slope", "uklon", "aspect", "hillshade", "shade", "otmyvk", "landcover", "lulc",
          "ndvi", "orto", "ortho", "mask", "shadow", "svf", "geoid", "flow")  # fmt: skip

NO_PLACE = N_("it does not say where it lies")
DAMAGED = N_("it is damaged")
TOO_LARGE = N_("its header promises more than this program unpacks at once")
PICTURE = N_("it is a picture, or classes with colours")
NOT_HEIGHTS = N_("it does not look like heights")


@dataclass(frozen=True)
class GridFile:
    """An elevation file before it is read. transform: (a, b, c, d, e, f), x = a·column + b·row + c, y = d·… + f."""

    path: Path
    driver: str
    rows: int
    columns: int
    transform: tuple[float, float, float, float, float, float]
    metres: float  # one unit of its values in metres
    role: str  # terrain, or surface where roofs and trees are in it

    def corners(self, steps: int = 16) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Places all along its edges, in its own system."""
        t = np.linspace(0.0, 1.0, steps + 1)
        column = np.concatenate([t, np.ones_like(t), t[::-1], np.zeros_like(t)]) * self.columns
        row = np.concatenate([np.zeros_like(t), t, np.ones_like(t), t[::-1]]) * self.rows
        a, b, c, d, e, f = self.transform
        return a * column + b * row + c, d * column + e * row + f


def is_grid(path: Path) -> bool:
    """Whether a file's ending is one of an elevation file."""
    return path.suffix.lower() in DRIVERS


def read_grid(path: Path, role: str = "") -> RawLayer:
    """What an elevation file says of itself; its heights are read later, only where they matter. Raises `BadFile`.

    role: what the planner says it is ("terrain", "surface"); then its name and its kind of values are not asked.
    """
    with opened(path) as data:
        found = GridFile(
            path, str(data.driver), int(data.height), int(data.width), tuple(data.transform)[:6], _unit(data),
            role or _role(data, path),
        )  # fmt: skip
        if data.transform.is_identity or not np.isfinite(found.transform).all() or abs(data.transform.determinant) == 0:
            raise bad(path, NO_PLACE)
        wkt = data.crs.to_wkt() if data.crs else ""
    x, y = found.corners()
    shape = np.empty(1, dtype=object)
    shape[0] = shapely.box(float(x.min()), float(y.min()), float(x.max()), float(y.max()))
    raw = RawLayer(
        path=path, name=path.stem, kind=GRID, rows=np.ones(1, dtype=np.int64), shapes=shape, columns={},
        encoding=Encoding("", BY_FORMAT), crs_text=wkt, crs_by=BY_FILE, files=(path,),
    )  # fmt: skip
    raw.grid = found
    return raw


def _unit(data: Any) -> float:
    return FEET.get(str(data.units[0] or "m").strip().lower(), 1.0)


def _role(data: Any, path: Path) -> str:
    words = [word for word in tokens(path.stem) if word]
    if data.count != 1 or data.colorinterp[0].name == "palette" or str(data.dtypes[0]).startswith("complex"):
        raise bad(path, PICTURE)
    if any(_begins(word, _OTHER) for word in words):
        raise bad(path, NOT_HEIGHTS)
    if any(_begins(word, _SURFACE) for word in words):
        return "surface"
    if any(_begins(word, _GROUND) for word in words) or data.driver in ALWAYS_HEIGHTS:
        return "terrain"
    if data.dtypes[0] == "uint8":
        raise bad(path, PICTURE)
    return "terrain"


def _begins(word: str, starts: tuple[str, ...]) -> bool:
    return any(word == start[:-1] if start.endswith("$") else word.startswith(plain(start)) for start in starts)


def read_window(file: GridFile, box: tuple[int, int, int, int], shrink: int = 1) -> npt.NDArray[np.float64]:
    """Heights in metres of rows r0 to r1 and columns c0 to c1 (box: r0, c0, r1, c1), nan where there is none.

    shrink: so many cells a side become one, their mean. Raises `BadFile`.
    """
    r0, c0, r1, c1 = box
    with opened(file.path) as data:
        from rasterio.enums import Resampling
        from rasterio.windows import Window

        shape = (max(1, -(-(r1 - r0) // shrink)), max(1, -(-(c1 - c0) // shrink)))
        try:
            found = data.read(
                1, window=Window(c0, r0, shape[1] * shrink, shape[0] * shrink), out_shape=shape, masked=True,
                boundless=False, resampling=Resampling.average if shrink > 1 else Resampling.nearest,
            )  # fmt: skip
        except MemoryError as error:
            raise bad(file.path, TOO_LARGE) from error
        scale, offset = float(data.scales[0] or 1.0), float(data.offsets[0] or 0.0)
    z = np.ma.filled(found.astype(np.float64), np.nan)
    with np.errstate(all="ignore"):
        z = (z * scale + offset) * file.metres
        z[~((z >= LOWEST) & (z <= HIGHEST))] = np.nan  # also what is marked as missing without a word about it
    return z


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Any]:
    """A file open in rasterio, its header judged. GDAL's own errors become `BadFile`."""
    gdal()  # the environment is tidied before GDAL is loaded
    import rasterio
    from rasterio.errors import NotGeoreferencedWarning, RasterioError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        try:
            environment = rasterio.Env(GDAL_PAM_ENABLED="NO", GDAL_CACHEMAX=64)
            with environment, rasterio.open(path.resolve(), driver=DRIVERS[path.suffix.lower()]) as data:
                _judge(data, path)
                yield data
        except (RasterioError, OSError, ValueError, OverflowError) as error:
            raise bad(path, DAMAGED) from error


def _judge(data: Any, path: Path) -> None:
    """Refuse what is too large to unpack, before anything is unpacked."""
    try:
        bytes_each = np.dtype(data.dtypes[0]).itemsize
    except TypeError as error:
        raise bad(path, PICTURE) from error
    high, wide = data.block_shapes[0]
    together = data.count if str(data.interleaving or "").lower().endswith("pixel") else 1
    if high * wide * bytes_each * together > LARGEST_BLOCK:
        raise bad(path, TOO_LARGE)


def bad(path: Path, why: str) -> BadFile:
    """The refusal of an elevation file."""
    return BadFile(
        Words(N_("{file} was not taken as an elevation model: {why}."), {"file": path.name, "why": Words(why)}),
        Words(N_("If it holds heights, export them anew as a GeoTIFF with one band and “dem” in its name.")),
    )
