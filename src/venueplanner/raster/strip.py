"""One strip of a frame: which passes it takes, and the running of them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from venueplanner.raster.ragged import Ragged
from venueplanner.raster.style import ClassStyle, Layers, Mark, Painted, Stroke
from venueplanner.raster.view import View
from venueplanner.raster.warmup import kernels

_NO_DASH = np.zeros(0)


@dataclass(frozen=True, slots=True)
class Pass:
    """One colour laid down once: a kind of marking of one class of one layer. `half` is half a width in pixels."""

    ragged: Ragged
    first: int
    last: int
    how: Literal["fill", "outline", "line", "point"]
    colour: int
    half: float = 0.0
    rounded: bool = True
    dash: tuple[float, ...] = ()
    square: bool = False


class Scratch:
    """The accumulation buffer of one thread; kernels leave it clean, so it is cleared only when made."""

    def __init__(self, rows: int, width: int) -> None:
        runs = (width + 2 + 31) // 32
        self.area = np.zeros((rows, runs * 32), np.float32)
        self.touched = np.zeros((rows, runs), np.uint8)


def passes(view: View, layers: Layers) -> list[Pass]:
    """Everything that has to be painted for a view, in order, bottom first."""
    return [p for painted in layers for p in _of_layer(view, painted)]


def draw_strip(
    pixels: NDArray[np.uint32],
    y0: int,
    y1: int,
    view: View,
    layers: Layers | list[Pass],
    scratch: Scratch | None = None,
) -> None:
    """Paint rows y0…y1 of the frame `pixels` (height, width), laid out as Qt's Format_RGB32, over what it holds.

    A row comes out the same whatever strip it is part of. `layers` may be the list made by `passes`, to save making it
    once a strip. Runs outside the interpreter lock. Raises KernelsMissingError where numba cannot be had.
    """
    kernel, blending = kernels()
    if pixels.shape != (view.height, view.width) or pixels.dtype != np.uint32 or not pixels.flags.c_contiguous:
        raise ValueError(f"The frame must be a block of {view.height} x {view.width} 32-bit pixels")
    y0, y1 = max(y0, 0), min(y1, view.height)
    if y0 >= y1 or not view.width:
        return
    scratch = scratch or Scratch(y1 - y0, view.width)
    k = 1.0 / view.metres_per_pixel
    for todo in layers if isinstance(layers, list) else passes(view, layers):
        if isinstance(todo, Painted):
            raise TypeError("Layers are passed as a tuple, passes as a list")
        _mark(kernel, scratch, view, y0, y1, k, todo)
        opacity = 256.0 * (todo.colour >> 24 & 0xFF) / 255.0
        blending.blend(pixels, scratch.area, scratch.touched, y0, y1 - y0, view.width, todo.colour & 0xFFFFFF, opacity)


def _mark(kernel: object, scratch: Scratch, view: View, y0: int, y1: int, k: float, todo: Pass) -> None:
    g = todo.ragged
    tx = (g.origin[0] - view.left) * k
    ty = (view.top - g.origin[1]) * k
    into = (scratch.area, scratch.touched, view.width, y0, y1)
    which = (g.chunks, g.chunk_boxes, todo.first, todo.last, k, tx, ty)
    if todo.how == "point":
        ux, uy = _round_or_square(todo.half, todo.square)
        reach = float(np.hypot(ux, uy).max())
        kernel.points(*into, g.xy, *which, ux, uy, reach)  # type: ignore[attr-defined]
        return
    shapes = (g.xy, g.rings, g.parts, g.boxes, g.measures)
    if todo.how == "fill":
        kernel.fill(*into, *shapes, *which)  # type: ignore[attr-defined]
        return
    edges = np.concatenate([[0.0], np.cumsum(todo.dash)])
    begins, ends = (edges[:-1:2].copy(), edges[1::2].copy()) if todo.dash else (_NO_DASH, _NO_DASH)
    closed = todo.how == "outline"
    kernel.stroke(  # type: ignore[attr-defined]
        *into, *shapes, *which, todo.half, closed, todo.rounded, begins, ends, float(edges[-1])
    )


def _of_layer(view: View, painted: Painted) -> Iterator[Pass]:
    """The passes of one layer: group by group, and in a group marking by marking, so that lines of a group merge."""
    shown = [
        (index, look)
        for index, look in enumerate(painted.style.classes[: painted.ragged.classes])
        if look.seen_at(view.metres_per_pixel) and _on_frame(painted.ragged, index, view)
    ]
    shown.sort(key=lambda entry: entry[1].group)
    for _, members in groupby(shown, key=lambda entry: entry[1].group):
        group = list(members)
        for step in (_fills, _outlines, _casings, _lines, _rims, _points):
            for index, look in group:
                first, last = painted.ragged.class_chunks[index : index + 2]
                whole = Pass(painted.ragged, int(first), int(last), "fill", 0)
                yield from (p for p in step(whole, look, view.metres_per_pixel) if p.colour >> 24 and _has_size(p))


def _has_size(p: Pass) -> bool:
    return p.how == "fill" or p.half > 0.0


def _on_frame(ragged: Ragged, index: int, view: View) -> bool:
    """Whether any of a class may fall on the frame, markings of up to 64 pixels beside it included."""
    first, last = ragged.class_chunks[index : index + 2]
    if first == last:
        return False
    boxes = ragged.chunk_boxes[first:last]
    west, south, east, north = view.bounds
    x, y = ragged.origin
    slack = _REACH_PX * view.metres_per_pixel
    return bool(
        np.any(
            (boxes[:, 2] >= west - x - slack)
            & (boxes[:, 0] <= east - x + slack)
            & (boxes[:, 3] >= south - y - slack)
            & (boxes[:, 1] <= north - y + slack)
        )
    )


_REACH_PX = 64.0


def _fills(whole: Pass, look: ClassStyle, mpp: float) -> Iterable[Pass]:
    if look.fill is not None and whole.ragged.family == "polygon":
        yield replace(whole, colour=look.fill)


def _outlines(whole: Pass, look: ClassStyle, mpp: float) -> Iterable[Pass]:
    if look.outline is not None and whole.ragged.family == "polygon" and mpp <= look.outline_max_mpp:
        yield _stroked(whole, look.outline, mpp, "outline", look.outline.colour, 0.0)


def _casings(whole: Pass, look: ClassStyle, mpp: float) -> Iterable[Pass]:
    s = look.stroke
    if s is not None and s.casing is not None and whole.ragged.family == "line" and s.pixels(mpp) >= s.casing_from_px:
        yield _stroked(whole, s, mpp, "line", s.casing, s.casing_px)


def _lines(whole: Pass, look: ClassStyle, mpp: float) -> Iterable[Pass]:
    if look.stroke is not None and whole.ragged.family == "line":
        yield _stroked(whole, look.stroke, mpp, "line", look.stroke.colour, 0.0)


def _stroked(whole: Pass, s: Stroke, mpp: float, how: Literal["outline", "line"], colour: int, extra: float) -> Pass:
    half = 0.5 * s.pixels(mpp) + extra
    return replace(whole, how=how, colour=colour, half=half, rounded=s.cap == "round", dash=s.dash)


def _rims(whole: Pass, look: ClassStyle, mpp: float) -> Iterable[Pass]:
    if look.mark is not None and look.mark.rim is not None and whole.ragged.family == "point":
        yield _marked(whole, look.mark, mpp, look.mark.rim, look.mark.rim_px)


def _points(whole: Pass, look: ClassStyle, mpp: float) -> Iterable[Pass]:
    if look.mark is not None and whole.ragged.family == "point":
        yield _marked(whole, look.mark, mpp, look.mark.colour, 0.0)


def _marked(whole: Pass, m: Mark, mpp: float, colour: int, extra: float) -> Pass:
    return replace(whole, how="point", colour=colour, half=0.5 * m.pixels(mpp) + extra, square=m.shape == "square")


def _round_or_square(half: float, square: bool) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Corners round (0, 0) of a square of half-side `half`, or of a many-sided shape of a disc's exact area."""
    if square:
        return np.array([-half, half, half, -half]), np.array([-half, -half, half, half])
    n = 8 if half < 2.0 else 16 if half < 8.0 else 48
    at = (np.arange(n) + 0.5) * (2.0 * math.pi / n)
    radius = half * math.sqrt(2.0 * math.pi / (n * math.sin(2.0 * math.pi / n)))
    return radius * np.cos(at), radius * np.sin(at)
