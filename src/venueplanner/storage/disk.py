"""Putting bytes on disk so that a file is whole, old or new, and saying in plain words why it could not be done."""

from __future__ import annotations

import errno
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from venueplanner.domain.errors import NoRoom
from venueplanner.domain.words import N_, Words

log = logging.getLogger("venueplanner.storage")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REPLACE_TRIES = 8  # virus scanners hold a fresh file for a moment


def no_room(path: Path, error: BaseException) -> NoRoom:
    """The sentence for an operating-system error met while writing `path`."""
    number = getattr(error, "errno", None)
    text = str(error).lower()
    if number in _FULL or "is full" in text:
        sentence = Words(N_("There is no room left on the disk for {file}."), {"file": str(path)})
        return NoRoom(sentence, Words(N_("Free some space or save it elsewhere. Nothing was changed.")))
    if number == errno.ENOENT:
        sentence = Words(N_("The folder of {file} does not exist."), {"file": str(path)})
        return NoRoom(sentence, Words(N_("Make the folder or choose another one.")))
    if isinstance(error, PermissionError) or number in {errno.EROFS, errno.EACCES, errno.EPERM}:
        sentence = Words(N_("{file} cannot be written: the folder or the file is read-only."), {"file": str(path)})
        return NoRoom(sentence, Words(N_("Save it elsewhere, or ask for the right to write there.")))
    sentence = Words(N_("{file} could not be written ({reason})."), {"file": str(path), "reason": str(error)[:200]})
    return NoRoom(sentence, Words(N_("Save it elsewhere. Nothing was changed.")))


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn operating-system errors into a `NoRoom` that names `path`."""
    try:
        yield
    except OSError as error:
        raise no_room(path, error) from error


def sync_file(path: Path) -> None:
    """Return when the content of a file is on the disk itself."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Return when names made, changed or removed in a folder are on the disk itself (where the system can say)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network folders cannot
            raise
    finally:
        os.close(handle)


def replace_whole(new: Path, target: Path) -> None:
    """Put a finished, synced file in the place of another: whoever looks sees the old one or the new one."""
    for attempt in range(_REPLACE_TRIES):
        try:
            new.replace(target)
            break
        except PermissionError:
            if os.name != "nt" or attempt == _REPLACE_TRIES - 1:
                raise
            time.sleep(0.05 * 2**attempt)
    try:
        sync_folder(target.parent)
    except OSError as error:  # the new file is in place; only its name is not yet certain to survive a power cut
        log.warning("the folder of a saved file could not be synchronised: %s", error)
