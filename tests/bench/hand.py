"""What the hand feels: from a mouse event to the painted map, with the whole window, checks and frames at work.

The window of the program, 1366 x 768 without a screen, 500 features. Every event is sent and the map painted at once;
what the event loop does then (findings that come in, panels that follow) is the "rest of the turn". A second frame
maker paints the whole city without pause, so that the machine is never idle. Nothing to compare with: no other program
can be asked for this from outside.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from tests.bench import Missing
from tests.bench.city_sets import CitySet, vologda
from tests.bench.event import FEATURES, session_on
from tests.bench.figure import Figure
from tests.bench.grid_city import grid_city

MOVES, LOOKS = 120, 400
NEAR = 0.5  # metres per pixel while dragging


def run() -> list[Figure]:
    """The largest real set with streets and buildings, then a made-up one."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    figures: list[Figure] = []
    for build in (vologda, grid_city):
        try:
            city = build()
        except Missing as missing:
            print(f"  {build.__name__} not measured: {missing}", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as home, _home(Path(home)):
            figures += of_city(city)
    return figures


def of_city(city: CitySet) -> list[Figure]:
    """Drags, pan, zoom and snapping on one set."""
    from venueplanner.app import settings
    from venueplanner.ui.application import Running, application

    application()
    running = Running(session_on(city), settings.load())
    try:
        running.window.resize(1366, 768)
        running.window.show()
        running.wait()
        with _frames_without_pause(running.window.canvas):
            return _Hand(running.window.canvas, city.name).figures()
    finally:
        running.end()
        application().processEvents()


class _Hand:
    """Moves the mouse over the canvas and notes how long each event takes."""

    def __init__(self, canvas: Any, name: str) -> None:
        self.canvas, self.name = canvas, f"{name}, {FEATURES} features"
        area = canvas.session.plan.features["perimeter"].shape
        self.corner = area.exterior.coords[0]
        cordon = canvas.session.plan.of("cordon")[3]
        self.cordon, self.held = cordon.id, cordon.shape.interpolate(0.3, normalized=True).coords[0]

    def figures(self) -> list[Figure]:
        """All gestures, one after the other."""
        drag, drag_rest = self.drag("perimeter", self.corner)
        whole, whole_rest = self.drag(self.cordon, self.held)
        pan, pan_rest = self.pan()
        zoom, zoom_rest = self.zoom()
        return [
            *self.told("drag a corner of the perimeter", drag),
            *self.told("drag a corner, rest of the turn", drag_rest),
            *self.told("drag a cordon", whole),
            *self.told("drag a cordon, rest of the turn", whole_rest),
            *self.told("pan", pan),
            *self.told("pan, rest of the turn", pan_rest),
            *self.told("zoom", zoom),
            *self.told("zoom, rest of the turn", zoom_rest),
            *self.told("snap look-up", self.snaps()),
        ]

    def told(self, what: str, spent: list[float]) -> list[Figure]:
        """Median, p95 and longest."""
        values = {"median": np.median(spent), "p95": np.percentile(spent, 95), "longest": max(spent)}
        return [Figure(f"{self.name}: {what}, {name}", float(each), None, "ms") for name, each in values.items()]

    def near(self, place: tuple[float, float]) -> None:
        """Show the surroundings of a place and let the frame come."""
        from venueplanner.ui.canvas.view import Window

        self.canvas.go(Window(place[0], place[1], NEAR))
        self._settle()

    def drag(self, feature_id: str, place: tuple[float, float]) -> tuple[list[float], list[float]]:
        """Press on a place of a feature, go round in a spiral, let go, undo."""
        self.canvas.set_tool("select")
        self.near(place)
        self.canvas.select((feature_id,))
        at = self._pixel(place)
        self._mouse("press", at)
        steps = [at + 0.6 * n * np.array([np.cos(n / 9), np.sin(n / 9)]) for n in range(1, MOVES + 1)]
        spent = [self._timed(lambda step=step: self._mouse("move", step)) for step in steps]  # type: ignore[misc]
        if self.canvas.hand.draft is None or not self.canvas.hand.draft.shapes:
            raise RuntimeError("nothing is being dragged")
        self._mouse("release", steps[-1])
        self._settle()
        self.canvas.session.undo()
        self._settle()
        return [each for each, _ in spent], [each for _, each in spent]

    def pan(self) -> tuple[list[float], list[float]]:
        """Drag the map with the pan tool."""
        self.canvas.set_tool("pan")
        at = np.array([600.0, 400.0])
        self._mouse("press", at)
        steps = [at + np.array([3.0 * n * (1 if n < MOVES / 2 else -1), 1.5 * n]) for n in range(1, MOVES + 1)]
        spent = [self._timed(lambda step=step: self._mouse("move", step)) for step in steps]  # type: ignore[misc]
        self._mouse("release", steps[-1])
        self._settle()
        return [each for each, _ in spent], [each for _, each in spent]

    def zoom(self) -> tuple[list[float], list[float]]:
        """Turn the wheel in and out."""
        self.near(self.corner)
        spent = [self._timed(lambda n=n: self._wheel(120 if (n // 6) % 2 else -120)) for n in range(MOVES)]  # type: ignore[misc]
        self._settle()
        return [each for each, _ in spent], [each for _, each in spent]

    def snaps(self) -> list[float]:
        """Look-ups near corners of the city, as far as 12 pixels reach."""
        from venueplanner.app.snapping import snap

        session = self.canvas.session
        rng = np.random.default_rng(2)
        corners = np.concatenate([shapely.get_coordinates(layer.shapes) for layer in session.layers.values()])
        near = corners[np.hypot(*(corners - self.corner).T) < 1000]
        places = near[rng.integers(0, len(near), LOOKS)] + rng.normal(0, 3, (LOOKS, 2))
        spent = []
        for x, y in places.tolist():
            start = time.perf_counter()
            snap(session, x, y, 12 * NEAR)
            spent.append(1000 * (time.perf_counter() - start))
            self._turn()
        return spent

    def _timed(self, act: Callable[[], None]) -> tuple[float, float]:
        start = time.perf_counter()
        act()
        self.canvas.repaint()
        painted = time.perf_counter()
        self._turn()
        done = time.perf_counter()
        time.sleep(max(0.0, 0.016 - (done - start)))  # the hand moves on sixty times a second
        return 1000 * (painted - start), 1000 * (done - painted)

    @staticmethod
    def _turn() -> None:
        from PySide6.QtWidgets import QApplication

        QApplication.processEvents()

    def _settle(self, seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        quiet = 0
        while quiet < 10 and time.monotonic() < end:
            self._turn()
            quiet = 0 if self.canvas.busy else quiet + 1
            time.sleep(0.01)

    def _pixel(self, place: tuple[float, float]) -> Any:
        window = self.canvas.window_now
        east, north = (np.array(place) - (window.x, window.y)) / window.metres_per_pixel
        return np.array([self.canvas.width() / 2 + east, self.canvas.height() / 2 - north])

    def _mouse(self, what: str, at: Any) -> None:
        from PySide6.QtCore import QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        types = {
            "press": QEvent.Type.MouseButtonPress,
            "move": QEvent.Type.MouseMove,
            "release": QEvent.Type.MouseButtonRelease,
        }
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button, held = (none if what == "move" else left), (none if what == "release" else left)
        where = QPointF(float(at[0]), float(at[1]))
        event = QMouseEvent(types[what], where, where, button, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.canvas, event)

    def _wheel(self, angle: int) -> None:
        from PySide6.QtCore import QPoint, QPointF, Qt
        from PySide6.QtGui import QWheelEvent
        from PySide6.QtWidgets import QApplication

        where = QPointF(640.0, 300.0)
        keys, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(where, where, QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton, keys, phase, False)
        QApplication.sendEvent(self.canvas, event)


@contextmanager
def _frames_without_pause(canvas: Any) -> Iterator[None]:
    """A frame maker beside the canvas that paints the whole city again and again."""
    from venueplanner.ui.canvas.frame_maker import FrameMaker, Wish

    layers = tuple(canvas.session.live_layers.values())
    west, south, east, north = shapely.total_bounds(np.concatenate([layer.shapes for layer in layers]))
    scale = max((east - west) / 1366, (north - south) / 768)
    wish = Wish(
        (west + east) / 2, (south + north) / 2, scale, 1366, 768, layers, frozenset(), canvas.palette_now
    )  # fmt: skip
    maker = FrameMaker()
    maker.made.connect(lambda _: maker.ask(wish))
    maker.ask(wish)
    try:
        yield
    finally:
        maker.close()


@contextmanager
def _home(folder: Path) -> Iterator[None]:
    """Settings and journals of the bench's own, but the kernels that are compiled already."""
    before = os.environ.get("VENUEPLANNER_HOME")
    os.environ["VENUEPLANNER_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["VENUEPLANNER_HOME"]
        else:
            os.environ["VENUEPLANNER_HOME"] = before
