"""One way to compile the engine's inner loops: machine code kept on disk, no interpreter lock while it runs.

numba itself takes half a second to load, so a function is only given to it when it is called for the first time: the
window and most commands are there before anything has to be computed.

numba looks at the age of the function's own file only. Code that has a function of another file inside would live on
after that one changed, so the kept code goes by the text of the whole engine.
"""

from __future__ import annotations

import functools
import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., object])
_one_at_a_time = threading.RLock()


@functools.cache
def code_folder() -> str:
    """Where the machine code of this very engine is kept: a folder named after the text of all its files."""
    import numba

    here, config = Path(__file__).parent, cast("Any", numba.config)
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(here.rglob("*.py")):
        digest.update(path.read_bytes())
    base = Path(config.CACHE_DIR) if config.CACHE_DIR else here / "__pycache__"
    return str(base / f"engine-{digest.hexdigest()[:16]}")


def compiled(function: F) -> F:
    """Compile a function on arrays with numba; worker threads run it side by side because it holds no lock."""
    return cast("F", _Later(function))


class _Later:
    """A function that is compiled at its first call, with the compiled functions it calls itself."""

    def __init__(self, function: Callable[..., Any]) -> None:
        functools.update_wrapper(self, function)
        self._function = function
        self._made: Callable[..., Any] | None = None

    def __call__(self, *args: Any) -> Any:
        return (self._made or self._make())(*args)

    def _make(self) -> Callable[..., Any]:
        with _one_at_a_time:
            if self._made is None:
                names = self._function.__globals__  # numba looks up here what the function calls
                for name in self._function.__code__.co_names:
                    called = names.get(name)
                    if isinstance(called, _Later):
                        names[name] = called._make()
                self._made = _with_numba(self._function)
            return self._made


def _with_numba(function: Callable[..., Any]) -> Callable[..., Any]:
    import numba

    config = cast("Any", numba.config)
    before, config.CACHE_DIR = config.CACHE_DIR, code_folder()
    try:
        return cast("Callable[..., Any]", numba.njit(cache=True, nogil=True)(function))
    finally:
        config.CACHE_DIR = before
