"""One placed layer into the plan: transformed, mended, named, with its record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import shapely

from venueplanner.domain.plan import LayerRecord
from venueplanner.domain.site import ROLES, Layer
from venueplanner.domain.terrain import Terrain
from venueplanner.domain.words import N_, Words
from venueplanner.storage.coordinates import PlanCoordinates

from .grids import NO_PLACE, GridFile, bad
from .placing import Placed
from .raw import RawLayer, fingerprint, newest
from .recognise import columns_for, role_of
from .reference import MARGIN, Box
from .repair import mend
from .report import Detail
from .terrain import taken_in
from .vocabulary import plain

STRAY = N_("it reaches hundreds of kilometres beyond all other rows of the layer")
FAR_AWAY = N_("it lies where the coordinate system of its file does not reach")
OUTSIDE = N_("its position cannot be expressed in the plan's coordinate system")

FEW = 20  # with fewer rows nobody can say which of them is the stray one
FAR = 100_000.0  # m


def take(
    each: Placed, system: PlanCoordinates, root: Path, asked: Path, ids: set[str], focus: Box | None = None
) -> tuple[Layer, LayerRecord, Detail, list[Words]]:
    """The layer in the plan's system with its record and what is worth a word.

    `asked`: what the planner pointed at; `ids`: the layer ids already given in this import; `focus`: longitude/latitude
    box of what is drawn, for elevation. Raises `BadFile` for an elevation file that cannot be used.
    """
    raw = each.raw
    notes: list[Words] = []
    if raw.grid is not None:
        return _take_grid(each, raw.grid, system, root, asked, ids, focus)
    _keep_near(each)
    if not _same_system(each, system) and len(raw):
        raw.shapes = shapely.transform(raw.shapes, lambda xy: _moved(each, system, xy))
        lost = ~np.asarray(np.isfinite(shapely.bounds(raw.shapes)).all(axis=1))
        if lost.any():
            raw.keep(~lost, {int(position): OUTSIDE for position in np.flatnonzero(lost)})
        mend(raw)
    _keep_together(raw)
    says = each.says.role
    role = says if says in ROLES else role_of(raw)
    digest = fingerprint(raw.files)
    layer_id = _new_id(f"{plain(raw.name)[:24] or 'layer'}-{digest[:8]}", ids)
    columns = columns_for(raw, role)
    layer = Layer(layer_id, role, raw.name, raw.shapes, columns)
    if not raw.encoding.sure:
        sentence = N_("written in {codec}, a guess from few letters; it reads: {samples}")
        notes.append(Words(sentence, {"codec": raw.encoding.codec, "samples": ", ".join(raw.encoding.samples[:3])}))
    notes += _guessed_system(each)
    raw.set_aside.sort(key=lambda aside: aside.row)
    record = replace(
        _record(each, layer_id, role, f"{layer_id}.gpkg", digest, root, asked),
        count=len(raw),
        repaired=raw.repaired,
        set_aside=tuple((aside.row, aside.reason) for aside in raw.set_aside),
        encoding=raw.encoding.codec,
        encoding_by=raw.encoding.by,
    )
    detail = Detail(
        each.reference,
        each.operation,
        tuple(raw.set_aside),
        tuple(raw.notes),
        _shift(each),
        raw.encoding.samples,
        raw.encoding.sure,
    )
    return layer, record, detail, notes


def _record(each: Placed, layer_id: str, role: str, file: str, digest: str, root: Path, asked: Path) -> LayerRecord:
    """What every record says: where the data came from, in which system, and who decided."""
    raw = each.raw
    return LayerRecord(
        id=layer_id,
        name=raw.name,
        role=role,
        file=file,
        crs=each.reference.label,
        crs_by=each.reference.by,
        operation=each.operation.name,
        accuracy=each.operation.accuracy,
        source=_source(raw.path, root, asked),
        sha256=digest,
        date=newest(raw.files),
        attribution=_attribution(raw.path.parent, root),
    )


def _take_grid(
    each: Placed, file: GridFile, system: PlanCoordinates, root: Path, asked: Path, ids: set[str], focus: Box | None
) -> tuple[Layer, LayerRecord, Detail, list[Words]]:
    """An elevation layer in the plan's system."""
    if each.reference.swapped:
        raise bad(file.path, NO_PLACE)
    grid = taken_in(file, each.operation, system, _same_system(each, system), focus)
    digest = fingerprint(each.raw.files)
    layer_id = _new_id(f"{plain(each.raw.name)[:24] or 'layer'}-{digest[:8]}", ids)
    layer = Layer(layer_id, file.role, each.raw.name, np.empty(0, dtype=object), {}, grid)
    record = replace(_record(each, layer_id, file.role, f"{layer_id}.tif", digest, root, asked), count=grid.known)
    detail = Detail(each.reference, each.operation, (), (), _shift(each))
    return layer, record, detail, [said(grid), *_guessed_system(each)]


def said(grid: Terrain) -> Words:
    """A sentence part about a grid: its size, its heights, and what is missing."""
    rows, columns = grid.z.shape
    low, high = grid.range
    values = {"columns": columns, "rows": rows, "cell": grid.cell, "low": low, "high": high,
              "missing": rows * columns - grid.known}  # fmt: skip
    return Words(
        N_("{columns} × {rows} cells of {cell:.3g} m, heights from {low:.0f} to {high:.0f} m, {missing} cells unknown"),
        values,
    )


def _guessed_system(each: Placed) -> list[Words]:
    if not each.reference.by.startswith("a guess"):
        return []
    return [Words(N_("coordinate system {name}: {by}"), {"name": each.reference.label, "by": Words(each.reference.by)})]


def _shift(each: Placed) -> Words | None:
    """What the choice of the datum shift means in metres, where there was a choice."""
    others = [other for other in each.operation.others if other[2] >= 0.5]
    if not others or each.operation.accuracy is None:
        return None
    name, _, metres = others[0]
    values = {"crs": each.reference.label, "name": each.operation.name, "accuracy": each.operation.accuracy}
    sentence = N_(
        "{crs}: datum shift by “{name}” (±{accuracy:.1f} m); “{other}” would put it {metres:.1f} m elsewhere."
    )
    return Words(sentence, {**values, "other": name, "metres": metres})


def _keep_together(raw: RawLayer) -> None:
    """Set aside rows that reach far beyond where all the others lie: one damaged corner is enough to spoil the view."""
    if len(raw) < FEW:
        return
    boxes = shapely.bounds(raw.shapes)
    low, high = np.percentile(boxes[:, :2], 2, axis=0), np.percentile(boxes[:, 2:], 98, axis=0)
    margin = max(20.0 * float((high - low).max()), FAR)
    inside = (boxes[:, :2] >= low - margin) & (boxes[:, 2:] <= high + margin)
    near = np.asarray(inside.all(axis=1))
    if not near.all():
        raw.keep(near, {int(position): STRAY for position in np.flatnonzero(~near)})


def _new_id(stem: str, ids: set[str]) -> str:
    """The same for the same file in every import, so adding a folder twice replaces; copies are numbered."""
    found = stem
    while found in ids:
        found = f"{stem}-{len(ids)}"
    ids.add(found)
    return found


def _keep_near(each: Placed) -> None:
    """Set aside rows that lie outside the area their system is made for: damaged or wrongly entered coordinates."""
    raw = each.raw
    if not len(raw):
        return
    boxes = shapely.bounds(raw.shapes)
    lon, lat = each.operation.to_lonlat((boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2)
    area = each.reference.crs().area_of_use
    near = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lat) <= 90) & (np.abs(lon) <= 180.5)
    if area is not None:
        near &= (lat >= area.south - MARGIN) & (lat <= area.north + MARGIN)
        east, west = lon <= area.east + MARGIN, lon >= area.west - MARGIN
        near &= (east | west) if area.west > area.east else (east & west)
    if not near.all():
        raw.keep(near, {int(position): FAR_AWAY for position in np.flatnonzero(~near)})


def _same_system(each: Placed, system: PlanCoordinates) -> bool:
    return each.reference.text in (system.authority, system.text, system.wkt) and (
        each.operation.definition == system.operation.definition
    )


def _moved(each: Placed, system: PlanCoordinates, xy: np.ndarray) -> np.ndarray:
    lon, lat = each.operation.to_lonlat(xy[:, 0], xy[:, 1])
    return np.column_stack(system.from_lonlat(lon, lat))


def _source(path: Path, root: Path, asked: Path) -> str:
    """Where the file came from, without the way to the planner's own folders."""
    if asked.is_file() and asked.suffix.lower() != ".zip":
        return asked.name
    try:
        return f"{asked.name}/{path.relative_to(root).as_posix()}"
    except ValueError:
        return path.name


def _attribution(folder: Path, root: Path) -> str:
    """The beginning of an attribution note that lies beside the data."""
    for place in (folder, root if root.is_dir() else folder):
        for name in ("ATTRIBUTION.txt", "NOTICE", "NOTICE.txt", "LICENSE.txt"):
            note = place / name
            if note.is_file():
                return " ".join(note.read_text("utf-8", errors="replace").split())[:300]
    return ""
