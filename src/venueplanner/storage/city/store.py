"""The copy of the city's layers beside the plan: one GeoPackage a layer, open to any program, and a fast twin.

`<plan>.city/<layer id>.gpkg` holds the layer in the plan's system and a table `set_aside` with every row that is not on
the map; `<layer id>.npz` holds the same flat, with the GeoPackage's checksum: where they differ the GeoPackage counts.
Elevation is kept as `<layer id>.tif`, a GeoTIFF in the plan's system.
Files are made in a temporary folder and moved into place when all of them are whole.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import shapely

from venueplanner.domain.errors import BadFile, Cancelled
from venueplanner.domain.plan import LayerRecord
from venueplanner.domain.site import GRID_ROLES, Layer
from venueplanner.domain.words import N_, Words
from venueplanner.storage.disk import replace_whole, sync_file, writing

from . import grid_store, twin
from .guarded import answers, gdal
from .raw import Column, SetAside
from .report import CityImport

ENDING = ".city"
SET_ASIDE = "set_aside"


def folder_of(plan: Path) -> Path:
    """The package folder of a plan file.

    >>> folder_of(Path("plans/fair.gpkg")).name
    'fair.city'
    """
    return plan.with_name(plan.stem + ENDING)


def save_layers(
    folder: Path,
    report: CityImport,
    *,
    cancelled: Callable[[], bool] | None = None,
    commit: Callable[[], None] | None = None,
) -> None:
    """Copy an import's layers into a package folder: all of them or, on any error, none. Raises `NoRoom`, `BadFile`.

    `cancelled` is asked before each layer and raises `Cancelled`; `commit` is called when all layers are whole, just
    before the folder is touched, and may raise.
    """
    with _made_aside(folder, commit) as aside:
        for record in report.records:
            if cancelled is not None and cancelled():
                raise Cancelled
            layer = report.layer(record.id)
            path = aside / record.file
            if layer.grid is not None:
                grid_store.write(path, layer.grid, report.coordinates.wkt)
                continue
            write_layer(path, layer, report.coordinates.wkt, report.details[record.id].set_aside)
            twin.write(path.with_suffix(".npz"), layer, path)


def load_layers(folder: Path, records: Sequence[LayerRecord]) -> list[Layer]:
    """The layers of a plan from its package folder. Raises `BadFile` naming what is missing."""
    return [load_layer(folder, record) for record in records]


def is_there(folder: Path, record: LayerRecord) -> bool:
    """Whether the file of a layer lies in the package folder."""
    return (folder / Path(record.file).name).is_file()


def load_layer(folder: Path, record: LayerRecord) -> Layer:
    """One layer: from its flat twin where that belongs to the GeoPackage, else from the GeoPackage."""
    path = folder / Path(record.file).name
    if not path.is_file():
        sentence = Words(N_("The plan's city data is missing: {file}."), {"file": f"{folder.name}/{path.name}"})
        raise BadFile(
            sentence,
            Words(N_("Keep the folder {folder} beside the plan, or add the city data again."), {"folder": folder.name}),
        )
    if record.role in GRID_ROLES:
        return Layer(record.id, record.role, record.name, np.empty(0, dtype=object), {}, grid_store.read(path))
    found = twin.read(path.with_suffix(".npz"), path)
    shapes, columns = found if found is not None else read_layer(path)
    return Layer(record.id, record.role, record.name, shapes, columns)


def copy_folder(source: Path, target: Path) -> None:
    """Copy a package folder whole (for "save as"). Raises `NoRoom`."""
    if not source.is_dir() or source.resolve() == target.resolve():
        return
    with _made_aside(target) as aside:
        for path in source.iterdir():
            if path.is_file() and path.suffix in (".gpkg", ".npz", ".tif"):
                shutil.copy2(path, aside / path.name)


def discard(folder: Path, records: Sequence[LayerRecord]) -> None:
    """Remove layers that no plan came to stand on, and the package folder when it is empty then."""
    with writing(folder):
        for record in records:
            path = folder / Path(record.file).name
            path.unlink(missing_ok=True)
            path.with_suffix(".npz").unlink(missing_ok=True)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def set_aside_of(folder: Path, record: LayerRecord) -> list[SetAside]:
    """The rows of a layer that are not on the map, with what they held."""
    path = folder / Path(record.file).name
    if record.role in GRID_ROLES:
        return []
    with _answering(path):
        names = [str(name) for name, _ in gdal().list_layers(path)]
        if SET_ASIDE not in names:
            return []
        meta, _, _, values = gdal().raw.read(path, layer=SET_ASIDE)
    by_name = dict(zip([str(name) for name in meta["fields"]], values, strict=True))
    rows = zip(by_name["row"].tolist(), by_name["reason"].tolist(), by_name["held"].tolist(), strict=True)
    return [SetAside(int(row), str(reason), json.loads(held)) for row, reason, held in rows]


def write_layer(path: Path, layer: Layer, wkt: str, set_aside: Sequence[SetAside] = ()) -> None:
    """One layer as a GeoPackage. Raises `NoRoom` or `BadFile`."""
    fields, values = [], []
    for name, column in layer.columns.items():
        fields.append(name)
        values.append(column.astype(np.int32) if column.dtype == np.int8 else column)
    kinds = {shape.geom_type for shape in layer.shapes}
    kind = kinds.pop() if len(kinds) == 1 else "Unknown"
    common = {"driver": "GPKG", "encoding": "UTF-8", "dataset_options": {"VERSION": "1.3"}}
    with _answering(path):
        gdal().raw.write(
            path, shapely.to_wkb(layer.shapes), values, fields, geometry_type=kind, crs=wkt, layer=layer.id,
            layer_options={"SPATIAL_INDEX": "YES", "GEOMETRY_NAME": "geom", "IDENTIFIER": layer.name}, **common,
        )  # fmt: skip
        if set_aside:
            held = [json.dumps(aside.values, ensure_ascii=False, default=str) for aside in set_aside]
            table = [
                np.array([aside.row for aside in set_aside], dtype=np.int64),
                np.array([aside.reason for aside in set_aside], dtype=object),
                np.array(held, dtype=object),
            ]
            gdal().raw.write(
                path, None, table, ["row", "reason", "held"], geometry_type=None, layer=SET_ASIDE, append=False,
                driver="GPKG", encoding="UTF-8",
            )  # fmt: skip


def read_layer(path: Path) -> tuple[np.ndarray, dict[str, Column]]:
    """Shapes and columns of a GeoPackage of ours."""
    with _answering(path):
        name = next(str(name) for name, kind in gdal().list_layers(path) if kind is not None)
        meta, _, wkb, values = gdal().raw.read(path, layer=name)
    shapes = shapely.from_wkb(np.asarray(wkb, dtype=object))
    columns: dict[str, Column] = {}
    for field, column in zip(meta["fields"], values, strict=True):
        columns[str(field)] = twin.as_standard(str(field), np.asarray(column))
    return shapes, columns


@contextlib.contextmanager
def _answering(path: Path) -> Iterator[None]:
    """GDAL's errors in plain words; those of the system are left to `writing`."""
    try:
        yield
    except answers(RuntimeError, StopIteration, ValueError) as error:
        if _full(path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        why = " ".join(str(error).split())[:160]
        sentence = Words(N_("{file} cannot be used: {why}."), {"file": path.name, "why": why})
        raise BadFile(sentence, Words(N_("Add the city data again from its source."))) from error


@contextlib.contextmanager
def _made_aside(folder: Path, commit: Callable[[], None] | None = None) -> Iterator[Path]:
    """A temporary folder beside `folder` whose files are moved into it at the end, if nothing went wrong.

    `commit` is called just before they are moved; where it raises nothing is.
    """
    with writing(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            yield aside
            for path in aside.iterdir():
                sync_file(path)
            if commit is not None:
                commit()
            if folder.exists():
                for path in sorted(aside.iterdir()):
                    replace_whole(path, folder / path.name)
            else:
                aside.chmod(0o777 & ~_umask())
                replace_whole(aside, folder)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < 1 << 20
    except OSError:
        return False
