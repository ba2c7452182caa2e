"""Locks on open files that the system gives up by itself when the program ends, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

_FAR = 1 << 40  # Windows locks bytes, not files, and locked bytes cannot be read: lock one nobody reads


def lock(file: IO[bytes]) -> None:
    """Hold a file until it is closed. Raises `OSError` when another open file holds it."""
    if sys.platform == "win32":
        import msvcrt

        place = file.tell()
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            file.seek(place)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_locked(path: Path) -> bool:
    """Whether a running program holds the file."""
    writable = os.access(path, os.W_OK)
    with path.open("r+b" if writable else "rb") as file:
        try:
            lock(file)
        except OSError:
            return True
    return False
