"""A whole frame, painted strip by strip in several threads, abandoned as soon as nobody wants it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count

import numpy as np
from numpy.typing import NDArray

from venueplanner.raster.strip import Pass, Scratch, draw_strip, passes
from venueplanner.raster.style import Layers
from venueplanner.raster.view import View
from venueplanner.raster.warmup import kernels

STRIP_ROWS = 64


def blank(view: View, background: int | NDArray[np.uint32] = 0xFFFFFFFF) -> NDArray[np.uint32]:
    """An empty frame (height, width) in one colour, or holding a copy of a picture of the same size."""
    if isinstance(background, int):
        return np.full((view.height, view.width), 0xFF000000 | background & 0xFFFFFF, np.uint32)
    if background.shape != (view.height, view.width):
        raise ValueError(f"The background is not {view.width} x {view.height} pixels")
    return np.array(background, dtype=np.uint32, order="C", copy=True) | np.uint32(0xFF000000)


def render_frame(
    view: View,
    layers: Layers,
    background: int | NDArray[np.uint32] = 0xFFFFFFFF,
    threads: int = 2,
    cancelled: Callable[[], bool] = lambda: False,
    strip_rows: int = STRIP_ROWS,
) -> NDArray[np.uint32] | None:
    """Paint `layers`, bottom first, on a background; (height, width) pixels as Qt's Format_RGB32.

    The calling thread works too, so `threads=1` starts none; none outlives the call. `cancelled` is asked before each
    strip from any of them; None comes back when it said yes. Raises KernelsMissingError where numba cannot be had.
    """
    kernels()
    pixels = blank(view, background)
    todo = passes(view, tuple(layers))
    tops = range(0, view.height, strip_rows)
    if not todo or not view.width or not tops:
        return None if cancelled() else pixels
    job = _Job(pixels, view, todo, tops, cancelled)
    helpers = [threading.Thread(target=job.work, name=f"strip-{i}") for i in range(min(threads, len(tops)) - 1)]
    for thread in helpers:
        thread.start()
    try:
        job.work()
    finally:
        for thread in helpers:
            thread.join()
    if job.error is not None:
        raise job.error
    return None if job.stopped else pixels


class _Job:
    """The strips of one frame, taken by whichever thread is free."""

    def __init__(
        self, pixels: NDArray[np.uint32], view: View, todo: list[Pass], tops: range, cancelled: Callable[[], bool]
    ) -> None:
        self.pixels, self.view, self.todo, self.tops, self.cancelled = pixels, view, todo, tops, cancelled
        self.next = count()
        self.stopped = False
        self.error: BaseException | None = None

    def work(self) -> None:
        """Paint strips until there are none left, the frame is no longer wanted, or one failed."""
        try:
            scratch = Scratch(min(self.tops.step, self.view.height), self.view.width)
            while (i := next(self.next)) < len(self.tops) and not self.stopped:
                if self.cancelled():
                    self.stopped = True
                    return
                y0 = self.tops[i]
                draw_strip(self.pixels, y0, y0 + self.tops.step, self.view, self.todo, scratch)
        except BaseException as error:  # noqa: BLE001 – carried to the calling thread and raised there
            self.error, self.stopped = error, True
