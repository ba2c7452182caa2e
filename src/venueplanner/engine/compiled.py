"""One way to compile the engine's inner loops: machine code kept on disk, no interpreter lock while it runs.

numba itself takes half a second to load, so a function is only given to it when it is called for the first time: the
window and most commands are there before anything has to be computed.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., object])

_lock = threading.RLock()


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
        with _lock:
            if self._made is None:
                import numba

                names = self._function.__globals__  # numba looks up here what the function calls
                for name in self._function.__code__.co_names:
                    called = names.get(name)
                    if isinstance(called, _Later):
                        names[name] = called._make()
                self._made = numba.njit(cache=True, nogil=True)(self._function)
            return self._made
