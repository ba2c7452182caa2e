"""How kernels are compiled: once, for stated argument types, to code that runs outside the interpreter lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from numba import types
from numba.extending import intrinsic
from numpy.typing import NDArray

Array = NDArray[Any]
F = TypeVar("F", bound=Callable[..., Any])

INT: Any = types.int64
REAL: Any = types.float64
FLAG: Any = types.boolean
NOTHING: Any = types.void
PIXELS: Any = types.Array(types.uint32, 2, "C")
# Inputs are declared read-only so that arrays mapped from a file are taken as they are.
COORDINATES: Any = types.Array(REAL, 2, "C", readonly=True)
NUMBERS: Any = types.Array(REAL, 1, "C", readonly=True)
OFFSETS: Any = types.Array(INT, 1, "C", readonly=True)
# What kernels add to: signed area per pixel, and which runs of 32 pixels were touched.
AREA: Any = types.Array(types.float32, 2, "C")
TOUCHED: Any = types.Array(types.uint8, 2, "C")
# Arguments that go together. PAPER: area, touched, width, first and last row of the strip.
PAPER: tuple[Any, ...] = (AREA, TOUCHED, INT, INT, INT)
# SHAPES: xy, rings, parts, boxes, measures, chunks, chunk_boxes of a layer.
SHAPES: tuple[Any, ...] = (COORDINATES, OFFSETS, OFFSETS, COORDINATES, NUMBERS, OFFSETS, COORDINATES)
# INK: the paper again for the innermost kernels, called millions of times: bare addresses with no reference to count,
# the length of a row of area, then width, first and last row.
INK: tuple[Any, ...] = (*(cast(Any, types.CPointer)(t) for t in (types.float32, types.uint8)), INT, INT, INT, INT)


def compiled(result: Any, *arguments: Any) -> Callable[[F], F]:
    """Decorate a function to be machine code for exactly these types, kept on disk between runs.

    Reassociation is off, so a pixel comes out the same whichever strip or thread made it.
    """
    return cast(
        Callable[[F], F],
        numba.njit(result(*arguments), nogil=True, cache=True, error_model="numpy", fastmath={"contract", "nsz"}),
    )


def _address(typing: Any, array: Any) -> Any:
    """The address of the first element of a contiguous array, good for as long as the caller holds the array."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return context.make_array(array)(context, builder, arguments[0]).data

    return cast(Any, types.CPointer)(array.dtype)(array), generate


first_of: Any = intrinsic(_address)
