"""Getting the kernels ready, in the background and without ever failing loudly.

The first run on a machine compiles them (some seconds), later runs read them from the cache folder. Where numba is
missing or cannot work, `ready` says why and the window draws by other means.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

log = logging.getLogger("venueplanner.raster")

_lock = threading.Lock()


class KernelsMissingError(RuntimeError):
    """The kernels cannot be used here; the message says why."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether frames can be drawn by the kernels, if not why, and how long it took to find out."""

    ok: bool
    reason: str
    seconds: float


class _Found:
    """What the first call of `ready` found, for the whole process."""

    state: Readiness | None = None
    modules: tuple[ModuleType, ModuleType] | None = None


def ready(cache: Path | None = None) -> Readiness:
    """Load or compile the kernels. Blocks, never raises, may be called from any thread and more than once.

    `cache` is a folder of the user's own where machine code is kept between runs; without it NUMBA_CACHE_DIR, or
    numba's own choice, holds. A folder that cannot be written is replaced by a temporary one for this run.
    """
    with _lock:
        if _Found.state is not None:
            return _Found.state
        start = time.perf_counter()
        reason = ""
        try:
            _choose_cache(cache)
            _Found.modules = _load()
        except Exception as error:  # noqa: BLE001 – whatever a broken compiler throws, the map must still be drawn
            reason = f"{type(error).__name__}: {error}"
            log.warning("Fast drawing is not available: %s", reason)
        _Found.state = Readiness(not reason, reason, time.perf_counter() - start)
        return _Found.state


def beside_source() -> bool:
    """Whether numba can keep machine code beside the source, as in a checkout: then the engine's is kept there too."""
    return _writable(Path(__file__).parent)


def state() -> Readiness | None:
    """What `ready` found, or None while nobody has asked or it is still at work. Never blocks."""
    return _Found.state


def kernels() -> tuple[ModuleType, ModuleType]:
    """The compiled modules (kernel, blend). Raises KernelsMissingError where they cannot be had."""
    found = ready()
    if _Found.modules is None:
        raise KernelsMissingError(found.reason)
    return _Found.modules


def _load() -> tuple[ModuleType, ModuleType]:
    from venueplanner.raster import blend, kernel

    return kernel, blend


def _choose_cache(cache: Path | None) -> None:
    """Make sure numba has a folder it may write, never the installed program's own."""
    folder = cache or (Path(os.environ["NUMBA_CACHE_DIR"]) if os.environ.get("NUMBA_CACHE_DIR") else None)
    if folder is None or not _writable(folder):
        if folder is None and _writable(Path(__file__).parent):
            return  # a checkout: numba keeps its files in __pycache__ beside the source
        folder = Path(tempfile.mkdtemp(prefix="venueplanner-kernels-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["NUMBA_CACHE_DIR"] = str(folder)


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
