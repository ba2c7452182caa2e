"""A layer as it was found: shapes and columns by row, what had to be set aside and why, before any transformation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from venueplanner.domain.words import Words

from .encoding import BY_NOTHING, Encoding

if TYPE_CHECKING:
    from .grids import GridFile

GEOMETRY_COLLECTION = 7  # shapely's type number
Column = npt.NDArray[Any]


@dataclass(frozen=True)
class SetAside:
    """One row that is not on the map: its number (1 = first), why (a sentence part to be translated), what it held."""

    row: int
    reason: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class RawLayer:
    """One layer of a file. `rows` (n,) numbers of the rows that stand in `shapes` and `columns`, 1 = first.

    `crs_text`: WKT or code the file states ("" when it states none); `crs_by`: who says so; `kind`: point, points,
    line, polygon, mixed, grid; `grid`: the elevation file of a layer of that kind, its shape is where it lies.
    """

    path: Path
    name: str
    kind: str
    rows: npt.NDArray[np.int64]
    shapes: npt.NDArray[np.object_]
    columns: dict[str, Column]
    set_aside: list[SetAside] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)
    encoding: Encoding = field(default_factory=lambda: Encoding("utf-8", BY_NOTHING))
    crs_text: str = ""
    crs_by: str = ""
    repaired: int = 0
    files: tuple[Path, ...] = ()
    grid: GridFile | None = None

    def __len__(self) -> int:
        return len(self.rows)

    def keep(self, mask: npt.NDArray[np.bool_], reasons: dict[int, str]) -> None:
        """Keep the rows of `mask`; the others go to `set_aside` with what they held. `reasons`: position → why."""
        for position in np.flatnonzero(~mask).tolist():
            self.set_aside.append(SetAside(int(self.rows[position]), reasons[position], self.values_at(position)))
        self.rows, self.shapes = self.rows[mask], self.shapes[mask]
        self.columns = {name: values[mask] for name, values in self.columns.items()}

    def by_kind(self) -> list[RawLayer]:
        """The layer itself, or for a layer of mixed shapes one layer each for points, lines and polygons."""
        if self.kind != "mixed":
            return [self]
        made: list[RawLayer] = []
        dimensions = shapely.get_dimensions(self.shapes)
        collections = shapely.get_type_id(self.shapes) == GEOMETRY_COLLECTION
        for number, (kind, word) in enumerate((("points", "points"), ("line", "lines"), ("polygon", "areas"))):
            which = (dimensions == number) & ~collections
            if which.any():
                columns = {name: values[which] for name, values in self.columns.items()}
                part = replace(self, name=f"{self.name} ({word})", kind=kind, rows=self.rows[which], columns=columns)
                part.shapes, part.set_aside, part.notes, part.repaired = self.shapes[which], [], [], 0
                made.append(part)
        if collections.any():
            columns = {name: values[collections] for name, values in self.columns.items()}
            part = replace(self, rows=self.rows[collections], columns=columns, set_aside=[], notes=[], repaired=0)
            part.shapes = self.shapes[collections]
            made.append(part)
        if not made:
            return [self]
        made[0].set_aside, made[0].notes, made[0].repaired = self.set_aside, self.notes, self.repaired
        return made

    def values_at(self, position: int) -> dict[str, Any]:
        """What a row holds, as plain values; empty cells are left out."""
        found: dict[str, Any] = {}
        for name, column in self.columns.items():
            value = column[position]
            value = value.item() if isinstance(value, np.generic) else value
            if value is not None and value == value and value != "":
                found[name] = value
        return found


def fingerprint(files: Iterable[Path]) -> str:
    """SHA-256 over the files' contents, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted(files, key=lambda each: each.name.lower()):
        with path.open("rb") as stream:
            total.update(hashlib.file_digest(stream, "sha256").digest())
    return total.hexdigest()


def newest(files: Iterable[Path]) -> str:
    """Date of the newest of the files, ISO."""
    moments = [path.stat().st_mtime for path in files]
    return datetime.fromtimestamp(max(moments), UTC).date().isoformat() if moments else ""
