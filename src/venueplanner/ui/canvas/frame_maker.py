"""Making city frames in the background; the newest request wins."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPainter

from venueplanner.app import frames
from venueplanner.app.drawing import Palette, Sheet, paint_city
from venueplanner.domain.site import Layer


@dataclass(frozen=True)
class Frame:
    """A finished picture of the city and the view it shows."""

    image: QImage
    x: float
    y: float
    metres_per_pixel: float
    pixels: Any  # the memory the image lies in


@dataclass(frozen=True)
class Wish:
    """What to make a picture of: the middle in metres, the scale in metres per device pixel, size in device pixels."""

    x: float
    y: float
    metres_per_pixel: float
    width: int
    height: int
    layers: tuple[Layer, ...]
    hidden: frozenset[str]
    palette: Palette


SMALL = 10_000  # shapes that are painted by other means before the kernels are loaded
IDLE = 1.0  # s without a wish, after which the kernels are loaded


class FrameMaker(QObject):
    """Signals: `made(Frame)` on the owner's thread, never for a wish that has been replaced; `problem(str)`."""

    made = Signal(object)
    problem = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Condition()
        self._wish: Wish | None = None
        self._number = 0
        self._closed = False
        self._busy = False
        self._warming: threading.Thread | None = None
        self._thread = threading.Thread(target=self._run, name="venueplanner-frames", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a frame is being made or waited for."""
        with self._lock:
            return self._busy or self._wish is not None

    def ask(self, wish: Wish) -> None:
        """Make this picture next; what is being made for an older wish is abandoned."""
        with self._lock:
            self._wish = wish
            self._number += 1
            self._lock.notify()

    def close(self) -> None:
        """Stop the thread."""
        with self._lock:
            self._closed = True
            self._number += 1
            self._lock.notify()
        self._thread.join(timeout=20)
        if self._warming is not None:
            self._warming.join(timeout=20)

    def _run(self) -> None:
        while True:
            with self._lock:
                while self._wish is None and not self._closed:
                    if not self._lock.wait(None if self._warming else IDLE) and not self._closed:
                        self._warm_aside()
                if self._closed:
                    return
                wish, number = self._wish, self._number
                self._wish, self._busy = None, True
            try:
                frame = self._make(wish, number) if wish is not None else None
            except Exception as error:  # noqa: BLE001 - a frame that fails must not end the thread
                self.problem.emit(f"{type(error).__name__}: {error}")
                frame = None
            with self._lock:
                self._busy = False
                stale = number != self._number
            if frame is not None and not stale and not self._closed:
                self.made.emit(frame)
                if wish is not None and wish.layers:
                    self._warm_aside()

    def _warm_aside(self) -> None:
        """Get the kernels ready beside the first pictures: loading them takes longer than painting a small city."""
        if self._warming is None:
            self._warming = threading.Thread(target=frames.warm, name="venueplanner-kernels", daemon=True)
            self._warming.start()

    def _make(self, wish: Wish, number: int) -> Frame | None:
        if frames.usable() is None and sum(map(len, wish.layers)) > SMALL:
            frames.warm()
        if not frames.usable():
            return self._make_slowly(wish)
        layers = frames.painted(wish.layers, wish.palette, wish.hidden)
        pixels = frames.render(
            (wish.x, wish.y),
            wish.metres_per_pixel,
            wish.width,
            wish.height,
            layers,
            wish.palette.land,
            lambda: number != self._number,
        )
        if pixels is None:
            return None
        image = QImage(pixels.data, wish.width, wish.height, wish.width * 4, QImage.Format.Format_RGB32)
        return Frame(image, wish.x, wish.y, wish.metres_per_pixel, pixels)

    @staticmethod
    def _make_slowly(wish: Wish) -> Frame:
        """The same picture by QPainter, where the kernels cannot be had."""
        image = QImage(wish.width, wish.height, QImage.Format.Format_RGB32)
        image.fill(wish.palette.land)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = Sheet(wish.x, wish.y, wish.metres_per_pixel, wish.width, wish.height)
        paint_city(painter, sheet, [each for each in wish.layers if each.id not in wish.hidden], wish.palette)
        painter.end()
        return Frame(image, wish.x, wish.y, wish.metres_per_pixel, None)
