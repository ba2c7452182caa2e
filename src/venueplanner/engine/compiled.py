"""One way to compile the engine's inner loops: machine code kept on disk, no interpreter lock while it runs.

numba looks at the age of the function's own file only. Code that has a function of another file inside would live on
after that one changed, so the kept code goes by the text of the whole engine.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])
_one_at_a_time = threading.Lock()
_config: Any = numba.config


@cache
def code_folder() -> str:
    """Where the machine code of this very engine is kept: a folder named after the text of all its files."""
    here = Path(__file__).parent
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(here.rglob("*.py")):
        digest.update(path.read_bytes())
    base = Path(_config.CACHE_DIR) if _config.CACHE_DIR else here / "__pycache__"
    return str(base / f"engine-{digest.hexdigest()[:16]}")


def compiled(function: F) -> F:
    """Compile a function on arrays with numba; worker threads run it side by side because it holds no lock."""
    with _one_at_a_time:
        before = _config.CACHE_DIR
        _config.CACHE_DIR = code_folder()
        try:
            return cast("F", numba.njit(cache=True, nogil=True)(function))
        finally:
            _config.CACHE_DIR = before
