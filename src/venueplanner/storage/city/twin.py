"""A layer's flat twin: shapes and columns in one file of plain arrays that loads in a fraction of a second.

No pickled objects: texts are one block of UTF-8 with offsets, each distinct text once. The twin names the size and the
checksum of the GeoPackage it belongs to, so an edited GeoPackage is never overruled by a stale twin.
"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from venueplanner.domain.site import Layer

from .columns import FLAGS
from .raw import Column

VERSION = 1
Shapes = Any


def write(path: Path, layer: Layer, package: Path) -> None:
    """Write the twin of a layer whose GeoPackage is `package`. Raises `OSError`."""
    arrays: dict[str, Any] = {"version": np.array([VERSION]), "of": np.array(_stamp(package))}
    wkb = shapely.to_wkb(layer.shapes) if len(layer.shapes) else np.empty(0, dtype=object)
    arrays["shapes"], arrays["shape_ends"] = _block(wkb.tolist())
    arrays["names"] = np.array(list(layer.columns), dtype=np.str_) if layer.columns else np.empty(0, dtype="U1")
    for number, column in enumerate(layer.columns.values()):
        if column.dtype == object:
            distinct = list(dict.fromkeys(column.tolist()))
            code = {value: place for place, value in enumerate(distinct)}
            arrays[f"c{number}"] = np.array([code[value] for value in column.tolist()], dtype=np.int32)
            texts = [b"\xff" if value is None else str(value).encode("utf-8", "surrogatepass") for value in distinct]
            arrays[f"t{number}"], arrays[f"e{number}"] = _block(texts)
        else:
            arrays[f"c{number}"] = column
    with path.open("wb") as stream:
        np.savez(stream, **arrays)


def read(path: Path, package: Path) -> tuple[Shapes, dict[str, Column]] | None:
    """Shapes and columns of a twin; None where there is none, it is damaged, or it belongs to another GeoPackage."""
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as found:
            if int(found["version"][0]) != VERSION or str(found["of"]) != _stamp(package):
                return None
            shapes = shapely.from_wkb(np.array(_unblock(found["shapes"], found["shape_ends"]), dtype=object))
            columns: dict[str, Column] = {}
            for number, name in enumerate(found["names"].tolist()):
                column = found[f"c{number}"]
                if f"t{number}" in found:
                    texts = _unblock(found[f"t{number}"], found[f"e{number}"])
                    words = np.empty(len(texts), dtype=object)
                    words[:] = [None if text == b"\xff" else text.decode("utf-8", "surrogatepass") for text in texts]
                    column = words[column]
                columns[name] = column
            return shapes, columns
    except (OSError, KeyError, ValueError, IndexError, zipfile.BadZipFile, EOFError, shapely.GEOSException):
        return None


def as_standard(name: str, column: Column) -> Column:
    """A column read back from a GeoPackage in the type it had: flags as bool, oneway and level as int8."""
    if name in FLAGS:
        return column.astype(bool)
    if name in ("oneway", "level"):
        return column.astype(np.int8)
    return column


def _stamp(package: Path) -> str:
    """Size and checksum of the GeoPackage."""
    with package.open("rb") as stream:
        return f"{package.stat().st_size}-{hashlib.file_digest(stream, 'blake2b').hexdigest()[:32]}"


def _block(parts: list[bytes]) -> tuple[Column, Column]:
    ends = np.cumsum([len(part) for part in parts], dtype=np.int64) if parts else np.empty(0, dtype=np.int64)
    return np.frombuffer(b"".join(parts), dtype=np.uint8), ends


def _unblock(block: Column, ends: Column) -> list[bytes]:
    whole = block.tobytes()
    begins = [0, *ends.tolist()[:-1]]
    return [whole[begin:end] for begin, end in zip(begins, ends.tolist(), strict=False)]
