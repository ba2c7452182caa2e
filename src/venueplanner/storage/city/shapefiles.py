"""One shapefile with its side files: .shp, .shx, .dbf, .prj, .cpg, in any capitals, also when some are missing or hurt.

The originals are only read. Every row is accounted for: it is a shape with its columns, or it is set aside with its
number and the reason.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from venueplanner.domain.errors import BadFile
from venueplanner.domain.words import N_, Words

from . import dbf as tables
from . import shp
from .encoding import Encoding
from .raw import RawLayer, SetAside
from .reference import BY_PRJ, read_prj
from .shapes import Shapes

NO_SHAPE_FOR_ROW = N_("the table has this row, the .shp has no shape for it")
DELETED = N_("deleted in the table")
SIDES = (".shx", ".dbf", ".prj", ".cpg")


def sides_of(path: Path) -> dict[str, Path]:
    """The side files of a .shp by extension, whatever their capitals; the exact spelling wins."""
    found: dict[str, Path] = {}
    stem = path.stem
    for other in sorted(path.parent.iterdir()):
        end = other.suffix.lower()
        if end in SIDES and other.stem.lower() == stem.lower() and (end not in found or other.stem == stem):
            found[end] = other
    return found


def read_shapefile(path: Path, encoding: str | None = None) -> RawLayer:
    """All rows of a shapefile. `encoding`: the planner's own choice. Raises `BadFile` when nothing can be read."""
    try:
        sides = sides_of(path)
        shapes = shp.read_shp(path, sides.get(".shx"))
        table = tables.read_dbf(sides[".dbf"]) if ".dbf" in sides else None
        cpg = sides[".cpg"].read_bytes()[:60].decode("latin-1") if ".cpg" in sides else None
    except shp.NotAShapefile as error:
        raise BadFile(
            Words(N_("{file} cannot be read: {why}."), {"file": path.name, "why": Words(str(error))}),
            Words(N_("Ask for the layer again, or export it anew as a shapefile with all its parts.")),
        ) from error
    except OSError as error:
        raise BadFile(
            Words(N_("{file} cannot be opened: {why}."), {"file": path.name, "why": error.strerror or ""})
        ) from error
    layer = _joined(path, shapes, table, cpg, encoding)
    layer.files = (path, *sides.values())
    crs = read_prj(sides[".prj"]) if ".prj" in sides else None
    if crs is not None:
        layer.crs_text, layer.crs_by = crs.to_wkt(), BY_PRJ
    elif ".prj" in sides:
        layer.notes.append(Words(N_("the .prj file holds no coordinate system")))
    return layer


def _joined(path: Path, shapes: Shapes, table: tables.Dbf | None, cpg: str | None, chosen: str | None) -> RawLayer:
    """Shapes and table rows side by side; the longer of both decides how many rows there are."""
    drawn, listed = len(shapes.shapes), len(table) if table is not None else 0
    total = max(drawn, listed)
    both = np.full(total, None, dtype=object)
    both[:drawn] = shapes.shapes
    encoding = Encoding("utf-8", tables.NOT_A_TABLE) if table is None else tables.encoding_of(table, cpg, chosen)
    columns = {} if table is None else tables.columns_of(table, encoding.codec)
    padded = {name: _padded(values, total) for name, values in columns.items()}
    layer = RawLayer(path, path.stem, shapes.kind, np.arange(1, total + 1), both, padded, encoding=encoding)
    layer.notes += [Words(note) for note in shapes.notes]
    if table is None:
        layer.encoding = Encoding("utf-8", N_("no table"))
        layer.notes.append(Words(N_("there is no readable .dbf table: the shapes have no names and no columns")))
    else:
        layer.notes += [Words(note) for note in table.notes]
        if listed < drawn:
            sentence = N_(
                "rows {first} to {last} have a shape but no row in the table: their columns are empty ({count})"
            )
            layer.notes.append(Words(sentence, {"first": listed + 1, "last": drawn, "count": drawn - listed}))
    reasons = dict(shapes.reasons)
    reasons.update(dict.fromkeys(range(drawn, total), NO_SHAPE_FOR_ROW))
    if table is not None:
        reasons.update({int(row): DELETED for row in np.flatnonzero(table.deleted)})
    if reasons:
        keep = np.ones(total, dtype=bool)
        keep[list(reasons)] = False
        layer.keep(keep, reasons)
    return layer


def _padded(values: np.ndarray, total: int) -> np.ndarray:
    """The column with empty cells for shapes that have no row in the table."""
    short = total - len(values)
    if short <= 0:
        return values
    if values.dtype == object:
        return np.concatenate([values, np.full(short, None, dtype=object)])
    return np.concatenate([values.astype(float), np.full(short, np.nan)])


__all__ = ["DELETED", "NO_SHAPE_FOR_ROW", "SetAside", "read_shapefile", "sides_of"]
