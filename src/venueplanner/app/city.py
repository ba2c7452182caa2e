"""City data: taking a folder of the municipality's files into the plan, and the report of how each was read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from venueplanner.domain.errors import BadFile
from venueplanner.domain.plan import Change, LayerRecord, Plan
from venueplanner.domain.site import GRID_ROLES, Layer
from venueplanner.domain.words import N_, Words
from venueplanner.edits import layers
from venueplanner.storage import plan_file
from venueplanner.storage.city import folder as city_folder
from venueplanner.storage.city import store
from venueplanner.storage.coordinates import PlanCoordinates

from .documents import coordinates_of, settle
from .language import Language
from .searching import ROLE_LABELS
from .session import Session


def add_folder(
    session: Session,
    folder: Path,
    *,
    plan_path: Path | None = None,
    encoding: str = "",
    crs: str = "",
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Any:
    """Read a folder (or one file), copy it into the plan's package and let the plan stand on it: one undoable step.

    The originals are never touched. Returns the import's report. Raises `BadFile` when there is nothing to read.
    """
    target = plan_path or session.path
    report = read_folder(
        session.plan, target, folder, present=list(session.layers.values()), encoding=encoding, crs=crs,
        progress=progress, cancelled=cancelled,
    )  # fmt: skip
    stand_on(session, report)
    return report


def read_folder(
    plan: Plan,
    target: Path | None,
    folder: Path,
    *,
    present: Sequence[Layer] = (),
    encoding: str = "",
    crs: str = "",
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    commit: Callable[[], None] | None = None,
) -> Any:
    """The long half of `add_folder`, for any thread: read, and copy into the package folder of the plan file `target`.

    `present` are the layers the plan already stands on. `commit` is asked once everything is read and written aside,
    before the package folder is touched: where it raises
    (or `cancelled` says so before), the folder stays as it was. Raises `BadFile`, `NeedsAnswer`, `NoRoom`, `Cancelled`.
    """
    if target is None:
        raise BadFile(
            Words(N_("The plan has no file yet.")), Words(N_("Save the plan first: city data is kept beside it."))
        )
    known = coordinates_of(plan) if plan.fact("crs") else None
    report = city_folder.read_folder(
        folder, coordinates=known, encoding=encoding, crs=crs, around=_around(present, known), progress=progress,
        cancelled=cancelled,
    )  # fmt: skip
    store.save_layers(store.folder_of(target), report, cancelled=cancelled, commit=commit)
    settle()
    return report


def stand_on(session: Session, report: Any) -> Change:
    """The short half: the session's plan stands on the layers that were read, in one undoable step."""
    session.layers.update({layer.id: layer for layer in report.layers})
    return session.do(N_("Add city data"), layers.add, records=report.records, crs=report.crs)


def _around(present: Sequence[Layer], known: PlanCoordinates | None) -> tuple[float, float, float, float] | None:
    """Longitude/latitude box of the city data the plan already stands on."""
    boxes = [shapely.total_bounds(layer.shapes) for layer in present if len(layer)]
    if known is None or not boxes:
        return None
    low, high = np.min(boxes, axis=0)[:2], np.max(boxes, axis=0)[2:]
    x, y = np.meshgrid([low[0], (low[0] + high[0]) / 2, high[0]], [low[1], (low[1] + high[1]) / 2, high[1]])
    lon, lat = known.to_lonlat(x.ravel(), y.ravel())
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        return None
    return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())


def take_back(plan_path: Path, report: Any) -> None:
    """Remove the copies an import made, when the plan that would stand on them could not be saved.

    What the plan on disk stands on stays: the same file taken in again has the same id.
    """
    kept = plan_file.open_plan(plan_path).plan.layers
    store.discard(store.folder_of(plan_path), [each for each in report.records if each.id not in kept])


def report_rows(report: Any) -> list[dict[str, Any]]:
    """The report as plain data, one row a layer."""
    return [asdict(record) for record in report.records]


def report_lines(report: Any, language: Language) -> list[str]:
    """The report as text: per layer what was read, repaired, set aside, and who decided encoding and CRS."""
    lines: list[str] = []
    for record in report.records:
        lines.append(language.say(describe(record)))
        for row, reason in record.set_aside[:20]:
            lines.append(
                "    " + language.say(Words(N_("row {row} set aside: {reason}"), {"row": row, "reason": Words(reason)}))
            )
        if len(record.set_aside) > 20:
            more = len(record.set_aside) - 20
            lines.append("    " + language.say(Words(N_("… and {count} more rows"), {"count": more})))
    for problem in report.problems:
        lines.append("  ! " + language.say(problem))
    return lines


def describe(record: LayerRecord) -> Words:
    """One layer in one sentence."""
    if record.role in GRID_ROLES:
        values = {
            "name": record.name,
            "role": Words(ROLE_LABELS[record.role]),
            "count": record.count,
            "crs": record.crs,
            "crs_by": Words(record.crs_by),
            "accuracy": "?" if record.accuracy is None else Words("{metres:g}", {"metres": record.accuracy}),
        }
        return Words(N_("{name} [{role}]: {count} cells with a height; {crs} ({crs_by}), ±{accuracy} m"), values)
    values = {
        "name": record.name,
        "role": Words(ROLE_LABELS.get(record.role, record.role)),
        "count": record.count,
        "repaired": record.repaired,
        "aside": len(record.set_aside),
        "encoding": record.encoding,
        "encoding_by": Words(record.encoding_by),
        "crs": record.crs,
        "crs_by": Words(record.crs_by),
        "accuracy": "?" if record.accuracy is None else Words("{metres:g}", {"metres": record.accuracy}),
    }
    return Words(
        N_(
            "{name} [{role}]: {count} features, {repaired} repaired, {aside} set aside; "
            "{encoding} ({encoding_by}); {crs} ({crs_by}), ±{accuracy} m"
        ),
        values,
    )
