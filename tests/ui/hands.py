"""A user's hands on the window: real mouse and key events, and answers to the questions it asks."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox, QPushButton, QToolButton, QWidget

from venueplanner.domain.plan import Feature, Plan
from venueplanner.ui.application import Running
from venueplanner.ui.waiting import WaitDialog

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
LEFT, RIGHT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton
Place = tuple[float, float]


class Hands:
    """Everything a user can do with mouse and keyboard. Places are metres of the plan."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.window, self.desk = running.window, running.desk
        self.canvas = self.window.canvas

    # -- what stands there --------------------------------------------------------------------------------------
    @property
    def plan(self) -> Plan:
        return self.desk.session.plan

    def only(self, kind: str) -> Feature:
        (feature,) = self.plan.of(kind)
        return feature

    def settle(self, seconds: float = 20.0) -> None:
        """Wait until checks and picture are finished."""
        end, quiet = time.monotonic() + seconds, 0
        while quiet < 3:
            QApplication.processEvents()
            quiet = 0 if self.desk.inspector.busy or self.canvas.busy else quiet + 1
            assert time.monotonic() < end, "the window does not come to rest"
            time.sleep(0.003)

    def until(self, true: Callable[[], object], seconds: float = 20.0) -> None:
        end = time.monotonic() + seconds
        while not true():
            QApplication.processEvents()
            assert time.monotonic() < end, "what was waited for did not come"
            time.sleep(0.005)

    # -- mouse --------------------------------------------------------------------------------------------------
    def pixel(self, place: Place) -> QPoint:
        at = self.canvas.sheet.point(*place)
        return QPoint(round(at.x()), round(at.y()))

    def ground(self, pixel: QPoint) -> Place:
        x, y = self.canvas.sheet.to_ground(pixel.x(), pixel.y())
        return float(x), float(y)

    def move(
        self, place: Place, *, held: Qt.MouseButton = Qt.MouseButton.NoButton, keys: Qt.KeyboardModifier = NONE
    ) -> None:
        self.move_pixel(self.pixel(place), held=held, keys=keys)

    def move_pixel(
        self, at: QPoint, *, held: Qt.MouseButton = Qt.MouseButton.NoButton, keys: Qt.KeyboardModifier = NONE
    ) -> None:
        spot = QPointF(at)
        event = QMouseEvent(
            QEvent.Type.MouseMove, spot, self.canvas.mapToGlobal(spot), Qt.MouseButton.NoButton, held, keys
        )
        QApplication.sendEvent(self.canvas, event)

    def press(self, place: Place, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.mousePress(self.canvas, button, keys, self.pixel(place))

    def release(self, place: Place, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseRelease(self.canvas, button, keys, self.pixel(place))

    def click(self, *places: Place, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NONE) -> None:
        for place in places:
            self.move(place, keys=keys)
            QTest.mouseClick(self.canvas, button, keys, self.pixel(place))

    def double(self, place: Place) -> None:
        """A double click as Qt delivers it: press, release, double click, release."""
        self.click(place)
        QTest.mouseDClick(self.canvas, LEFT, NONE, self.pixel(place))
        QTest.mouseRelease(self.canvas, LEFT, NONE, self.pixel(place))

    def drag(
        self, start: Place, *through: Place, button: Qt.MouseButton = LEFT, keys: Qt.KeyboardModifier = NONE
    ) -> None:
        """Press, move in small steps, release. Pixels are taken before, so that a moving view does not matter."""
        pixels = [self.pixel(each) for each in (start, *through)]
        self.move_pixel(pixels[0], keys=keys)
        QTest.mousePress(self.canvas, button, keys, pixels[0])
        for one, other in itertools.pairwise(pixels):
            for share in (0.25, 0.5, 0.75, 1.0):
                at = QPointF(one) + (QPointF(other) - QPointF(one)) * share
                self.move_pixel(at.toPoint(), held=button, keys=keys)
        QTest.mouseRelease(self.canvas, button, keys, pixels[-1])

    def wheel(self, at: QPoint, steps: float, keys: Qt.KeyboardModifier = NONE) -> None:
        spot = QPointF(at)
        turned = QPoint(0, int(steps * 120))
        event = QWheelEvent(
            spot, self.canvas.mapToGlobal(spot), QPoint(), turned, Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.canvas, event)

    # -- keys ---------------------------------------------------------------------------------------------------
    def key(self, key: Any, keys: Qt.KeyboardModifier = NONE, on: QWidget | None = None) -> None:
        """A key goes down and up where the keyboard is (the map unless said otherwise), shortcuts first as in life."""
        QTest.keyClick(on or self.canvas, key, keys)

    def type(self, text: str, on: QWidget | None = None) -> None:
        QTest.keyClicks(on or self.canvas, text)

    # -- widgets ------------------------------------------------------------------------------------------------
    def press_button(self, widget: QWidget) -> None:
        assert widget.isEnabled(), f"{widget.objectName()} is grey"
        QTest.mouseClick(widget, LEFT)

    def step(self, step: str) -> None:
        """Click a tab of the steps bar."""
        from venueplanner.ui.tool_row import STEPS

        steps = self.window.steps
        index = [each for each, _ in STEPS].index(step)
        QTest.mouseClick(steps, LEFT, NONE, steps.tabRect(index).center())

    def tool(self, tool: str, step: str = "draw") -> None:
        """Click a tool of a step's row."""
        self.step(step)
        self.press_button(self.window.tools._buttons[tool])

    def do(self, command: str) -> None:
        """Trigger a command as its menu does; it has to be allowed."""
        action = self.window.actions_book[command]
        assert action.isEnabled(), f"{command} is grey"
        action.trigger()

    def editor(self, field: str) -> QWidget:
        form = self.window.properties.form
        assert form is not None
        return form.editor(field).target

    def fill(self, field: str, text: str) -> None:
        """Type into a field of the form, replacing what stands there."""
        target = self.editor(field)
        target.setFocus()
        self.key(Qt.Key.Key_A, CTRL, on=target)
        self.key(Qt.Key.Key_Delete, on=target) if not text else self.type(text, on=target)

    # -- dialogs ------------------------------------------------------------------------------------------------
    def answering(self, answer: Callable[[QDialog], object]) -> list[str]:
        """Answer the next modal dialog; the list holds its texts afterwards."""
        seen: list[str] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if isinstance(dialog, QDialog) and not isinstance(dialog, WaitDialog):
                seen.append(words_of(dialog))
                timer.stop()
                answer(dialog)

        timer = QTimer(self.window, interval=10)
        timer.timeout.connect(look)
        timer.start()
        self._timers = [*getattr(self, "_timers", []), timer]
        return seen

    def on_menu(self, act: Callable[[QMenu], object]) -> list[str]:
        """Do something with the next menu that opens, then close it; the list holds its entries afterwards."""
        seen: list[str] = []

        def look() -> None:
            menu = QApplication.activePopupWidget()
            if isinstance(menu, QMenu):
                timer.stop()
                seen.extend(each.text() for each in menu.actions())
                try:
                    act(menu)
                finally:
                    menu.close()

        timer = QTimer(self.window, interval=10)
        timer.timeout.connect(look)
        timer.start()
        self._timers = [*getattr(self, "_timers", []), timer]
        return seen

    def stop_answering(self) -> None:
        for timer in getattr(self, "_timers", []):
            timer.stop()
        self._timers = []


def words_of(widget: QWidget) -> str:
    """Every text a user reads in a widget."""
    texts = [widget.windowTitle()]
    if isinstance(widget, QMessageBox):
        texts += [widget.text(), widget.informativeText()]
    for child in filter(lambda each: each.isVisibleTo(widget), widget.findChildren(QWidget)):
        for name in ("text", "toPlainText", "title"):
            said = getattr(child, name, None)
            if callable(said):
                texts.append(str(said()))
                break
    return "\n".join(filter(None, texts))


def choosing(word: str) -> Callable[[QDialog], None]:
    """An answer: click the button that says `word`."""

    def click(dialog: QDialog) -> None:
        buttons = [*dialog.findChildren(QPushButton), *dialog.findChildren(QToolButton)]
        button = next((each for each in buttons if each.text().replace("&", "") == word), None)
        if button is None:
            dialog.reject()
        assert button is not None, f"no button “{word}” among {[each.text() for each in buttons]}"
        QTest.mouseClick(button, LEFT)

    return click
