"""One way to compile the engine's inner loops: machine code kept on disk, no interpreter lock while it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile a function on arrays with numba; worker threads run it side by side because it holds no lock."""
    return cast("F", numba.njit(cache=True, nogil=True)(function))
