"""Earlier versions of a plan: each save keeps the file it replaces, by name and time, the newest twenty.

They lie beside the plan in `<name>.versions/`. Where the disk allows it they are links to the replaced file, which
costs nothing; a stick formatted with FAT gets copies.
"""

from __future__ import annotations

import logging
import shutil
from datetime import UTC, datetime
from pathlib import Path

log = logging.getLogger("venueplanner.storage")
KEPT = 20


def folder_of(plan: Path) -> Path:
    """Where the earlier versions of a plan lie."""
    return plan.with_name(plan.stem + ".versions")


def versions(plan: Path) -> list[Path]:
    """The earlier versions of a plan, newest first. Each can be opened like any plan."""
    return sorted(folder_of(plan).glob(f"*{plan.suffix}"), reverse=True)


def keep_version(plan: Path) -> Path | None:
    """Keep the present file of a plan before it is replaced. A disk without room for it does not stop the save."""
    if not plan.is_file():
        return None
    folder = folder_of(plan)
    stamp = datetime.fromtimestamp(plan.stat().st_mtime, UTC).astimezone()
    kept = folder / f"{plan.stem} {stamp:%Y-%m-%d %H.%M.%S.%f}{plan.suffix}"
    try:
        folder.mkdir(exist_ok=True)
        if not kept.exists():
            _link_or_copy(plan, kept)
        for old in versions(plan)[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError as error:
        log.warning("no earlier version kept: %s", error)
        return None
    return kept


def _link_or_copy(plan: Path, kept: Path) -> None:
    try:
        kept.hardlink_to(plan)
    except OSError:
        part = kept.with_suffix(".part")
        try:
            shutil.copy2(plan, part)
            part.replace(kept)
        except OSError:
            part.unlink(missing_ok=True)
            raise
