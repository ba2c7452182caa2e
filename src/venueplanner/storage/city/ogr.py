"""GeoPackage, GeoJSON and MapInfo layers, read through GDAL behind a guard.

GDAL opens many things that are not files (network addresses, virtual data sets that point elsewhere). Here a file must
have an allowed ending *and* begin as such a file begins, is read from a private copy, and is never given to GDAL as
anything but a plain path.
"""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from venueplanner.domain.errors import BadFile
from venueplanner.domain.words import N_, Words

from .encoding import BY_FORMAT, Encoding, decide_encoding
from .guarded import answers, gdal, quiet
from .raw import Column, RawLayer
from .reference import BY_FILE
from .reference import BY_FORMAT as CRS_BY_FORMAT

DAMAGED = N_("the shape of this row is damaged")
ENDINGS = {".gpkg": b"SQLite format 3\x00", ".geojson": b"{", ".json": b"{", ".tab": b"!", ".mif": b"V"}
KINDS = {
    "Point": "point",
    "MultiPoint": "points",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "polygon",
    "MultiPolygon": "polygon",
}


def is_allowed(path: Path) -> bool:
    """Whether a file has an allowed ending and begins as such a file must."""
    text = str(path)
    begin = ENDINGS.get(path.suffix.lower())
    if begin is None or "://" in text or "/vsi" in text or not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            head = stream.read(512)
    except OSError:
        return False
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(begin.lower())


def read_layers(path: Path, encoding: str | None = None) -> Iterator[RawLayer]:
    """Every layer with shapes in a file, one by one. Raises `BadFile`."""
    if not is_allowed(path):
        raise _bad(path, Words(N_("it is not what its ending says")))
    with _private_copy(path, encoding) as (copy, told):
        try:
            with quiet():
                names = [str(name) for name, kind in gdal().list_layers(copy) if kind is not None]
        except answers() as error:
            raise _bad(path, Words(_short(error, copy, path))) from error
        if not names:
            raise _bad(path, Words(N_("it holds no layer with shapes")))
        for name in names:
            yield _read(path, copy, name, len(names) > 1, told)


def _read(path: Path, copy: Path, name: str, several: bool, told: Encoding) -> RawLayer:
    notes: list[Words] = []
    try:
        with quiet():
            meta, wkb, fields = _columns(copy, name, notes)
    except answers(UnicodeDecodeError, ValueError, RuntimeError, shapely.GEOSException) as error:
        why = Words(N_("layer {layer}: {why}"), {"layer": name, "why": _short(error, copy, path)})
        raise _bad(path, why) from error
    raw = np.asarray(wkb, dtype=object)
    with quiet():
        shapes = shapely.from_wkb(raw, on_invalid="ignore")
    columns = {field: _plain(values) for field, values in fields.items()}
    title = f"{path.stem} {name}" if several else path.stem
    rows = np.arange(1, len(raw) + 1)
    layer = RawLayer(path, title, _kind(shapes), rows, np.asarray(shapes), columns, notes=notes, encoding=told)
    layer.files = (path,)
    hurt = np.array([each is not None for each in raw], dtype=bool) & shapely.is_missing(layer.shapes)
    if hurt.any():
        layer.keep(~hurt, {int(position): DAMAGED for position in np.flatnonzero(hurt)})
    if meta["crs"]:
        layer.crs_text = str(meta["crs"])
        json = path.suffix.lower() in (".geojson", ".json")
        layer.crs_by = CRS_BY_FORMAT if json and b'"crs"' not in path.read_bytes()[:4000] else BY_FILE
    return layer


def _columns(copy: Path, name: str, notes: list[Words]) -> tuple[dict[str, Any], Any, dict[str, Any]]:
    """Shapes and columns; where one column cannot be read, all the others."""
    read = gdal().raw.read
    try:
        meta, _, wkb, values = read(copy, layer=name, force_2d=True, datetime_as_string=True)
        return meta, wkb, dict(zip(map(str, meta["fields"]), values, strict=True))
    except (ValueError, UnicodeDecodeError):
        fields: dict[str, Any] = {}
        for field in gdal().read_info(copy, layer=name)["fields"]:
            try:
                fields[str(field)] = read(copy, layer=name, columns=[field], read_geometry=False)[3][0]
            except (ValueError, UnicodeDecodeError):
                notes.append(Words(N_("column {column} cannot be read and was left out"), {"column": str(field)}))
        meta, _, wkb, _ = read(copy, layer=name, force_2d=True, columns=[])
        return meta, wkb, fields


@contextlib.contextmanager
def _private_copy(path: Path, encoding: str | None) -> Iterator[tuple[Path, Encoding]]:
    """A copy in a temporary folder (GDAL may write beside what it opens), GeoJSON of old programs turned into UTF-8."""
    with tempfile.TemporaryDirectory(prefix="venueplanner-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / f"layer{path.suffix.lower()}"
        told = Encoding("utf-8", BY_FORMAT)
        try:
            shutil.copyfile(path, copy)
            for end in ("-wal",) if path.suffix.lower() == ".gpkg" else ():
                if Path(f"{path}{end}").is_file():
                    shutil.copyfile(f"{path}{end}", f"{copy}{end}")
            for other in path.parent.iterdir() if path.suffix.lower() in (".tab", ".mif") else ():
                if other.stem.lower() == path.stem.lower() and other != path and other.is_file():
                    shutil.copyfile(other, copy.with_suffix(other.suffix.lower()))
        except OSError as error:
            raise _bad(path, Words(error.strerror or "")) from error
        if path.suffix.lower() in (".geojson", ".json"):
            told = _as_utf8(copy, encoding)
        yield copy, told


def _as_utf8(copy: Path, chosen: str | None) -> Encoding:
    raw = copy.read_bytes()
    try:
        raw.decode("utf-8")
        return Encoding("utf-8", BY_FORMAT)
    except UnicodeDecodeError:
        told = decide_encoding(raw.split(b'"'), chosen=chosen, cut=False)
        copy.write_bytes(raw.decode(told.codec, errors="replace").encode("utf-8"))
        return told


def _plain(values: Any) -> Column:
    """Numbers as they are; everything else as texts or None."""
    column = np.asarray(values)
    if column.dtype.kind in "iuf":
        return column.astype(np.float64) if column.dtype.kind == "f" else column.astype(np.int64)
    made = np.empty(len(column), dtype=object)
    made[:] = [_word(value) for value in column]
    return made


def _word(value: Any) -> str | None:
    if value is None or (isinstance(value, float | np.floating | np.datetime64) and value != value):
        return None
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple | np.ndarray) else str(value)


def _kind(shapes: Any) -> str:
    """The one kind of all shapes, or "mixed"."""
    kinds = {
        KINDS.get(shape_type, "mixed") for shape_type in {shape.geom_type for shape in shapes if shape is not None}
    }
    if kinds == {"point", "points"}:
        return "points"
    return kinds.pop() if len(kinds) == 1 else "mixed"


def _short(error: BaseException, copy: Path, path: Path) -> str:
    """GDAL's first sentence about a file, with the file's own name."""
    text = " ".join(str(error).split()).replace(str(copy), path.name).split("; It might help")[0]
    return text.strip(" .;")[:160]


def _bad(path: Path, why: Words) -> BadFile:
    return BadFile(
        Words(N_("{file} cannot be read: {why}."), {"file": path.name, "why": why}),
        Words(N_("Ask for the layer again, or export it anew.")),
    )
