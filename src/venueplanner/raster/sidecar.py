"""Arrays kept as a folder of .npy files, so that the next start maps them instead of reading shapes again."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FORMAT = 1
_NOTE = "layer.json"


def write(folder: Path, note: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays and a note; a reader sees the old folder or the new one, never half of either."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, array in arrays.items():
            np.save(fresh / f"{name}.npy", np.ascontiguousarray(array), allow_pickle=False)
        (fresh / _NOTE).write_text(json.dumps({"format": FORMAT, **note}), encoding="utf-8")
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
            folder.rename(old / folder.name)
            fresh.rename(folder)
            shutil.rmtree(old, ignore_errors=True)
        else:
            fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def read(folder: Path, dtypes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The note and the arrays of a folder made by `write`, mapped read-only.

    `dtypes` names the arrays wanted and their number types. Raises ValueError where anything is missing or damaged.
    """
    try:
        note = json.loads((folder / _NOTE).read_text(encoding="utf-8"))
        if not isinstance(note, dict) or note.get("format") != FORMAT:
            raise ValueError("it was made by another version")
        arrays = {}
        for name, dtype in dtypes.items():
            array = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            if array.dtype != dtype or not array.flags.c_contiguous:
                raise ValueError(f"'{name}' holds {array.dtype}")
            arrays[name] = np.asarray(array)
    except (OSError, TypeError, ValueError, EOFError) as error:
        raise ValueError(
            f"The drawing cache {folder.name} cannot be read ({error}); it is safe to delete it"
        ) from error
    return note, arrays
