"""Long work of a window: in a thread of its own, with a bar and a Cancel that works at once, whatever the work does.

The window goes on painting and takes no edits. The work touches nothing of Qt: a thread that a dead network drive holds
may outlive the window. So it is looked at by a timer instead of sending signals.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from venueplanner.app.jobs import Apart, Stop
from venueplanner.app.language import Language
from venueplanner.domain.errors import Cancelled
from venueplanner.domain.words import N_

Answer = TypeVar("Answer")
Progress = Callable[..., None]  # (done, total) or (done, total, what is being worked on); raises Cancelled
SHOW_AFTER, LOOK_EVERY = 250, 20  # ms: what is quicker needs no bar


class WaitDialog(QDialog):
    """The bar. Closing it, Esc and Cancel are the same wish."""

    def __init__(self, title: str, language: Language, wish: Callable[[], None], window: QWidget) -> None:
        super().__init__(window)
        self._title, self._wish = title, wish
        self.setWindowTitle("VenuePlanner")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.text = QLabel(title, self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)
        self.bar.setMinimumWidth(360)
        self.cancel = QPushButton(language(N_("Cancel")), self)
        self.cancel.clicked.connect(self.reject)
        column, row = QVBoxLayout(self), QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel)
        column.addWidget(self.text)
        column.addWidget(self.bar)
        column.addLayout(row)

    def reject(self) -> None:
        self._wish()

    def show_progress(self, done: int, total: int, text: str, late: bool) -> None:
        """How far the work is; `late`: it can no longer be stopped."""
        self.bar.setRange(0, total)
        self.bar.setValue(min(done, total))
        self.text.setText(f"{self._title}\n{text}" if text else self._title)
        self.cancel.setEnabled(not late)


class Waiting:
    """Runs the long work of one window, one at a time."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._now: Apart[Any] | None = None
        self._left: list[Apart[Any]] = []
        self._loop: QEventLoop | None = None

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._now is not None

    def run(self, title: str, language: Language, work: Callable[[Stop, Progress], Answer]) -> Answer:
        """The answer of `work(stop, progress)`, run in a thread. Raises what that raises, `Cancelled` at a stop."""
        if self.busy:
            raise Cancelled
        told: list[tuple[int, int, str]] = [(0, 0, "")]

        def run(stop: Stop) -> Answer:
            def progress(done: int, total: int, text: str = "") -> None:
                stop.check()
                told[0] = done, total, text

            return work(stop, progress)

        now = self._now = Apart(run)
        loop = self._loop = QEventLoop()
        timer = QTimer(interval=LOOK_EVERY)
        bar = WaitDialog(title, language, lambda: loop.quit() if now.stop.ask() else None, self._window)

        def look() -> None:
            if now.over:
                loop.quit()
            elif bar.isVisible():
                bar.show_progress(*told[0], late=now.stop.late)

        timer.timeout.connect(look)
        timer.start()
        try:
            self._wait(now, loop, bar)
        finally:
            timer.stop()
            bar.hide()
            bar.deleteLater()
            self._now = self._loop = None
        return self._answer(now)

    def _wait(self, now: Apart[Any], loop: QEventLoop, bar: WaitDialog) -> None:
        # Until the bar is there nothing keeps clicks from the window, so they wait; the bar then takes them away.
        QTimer.singleShot(SHOW_AFTER, loop, loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        if now.over or now.stop.asked:
            return
        bar.show()
        loop.exec()
        if not now.over and not now.stop.ask():  # the program is told to end while the work cannot be stopped
            now.wait()

    def _answer(self, now: Apart[Answer]) -> Answer:
        if now.stop.asked:
            self._left = [each for each in (*self._left, now) if not each.over]
            raise Cancelled
        if now.trouble is not None:
            raise now.trouble
        return now.answer  # type: ignore[return-value]

    def give_up(self) -> bool:
        """The window wants to close: stop the work; False when it must be finished first (it soon is)."""
        if self._now is not None and not self._now.over and not self._now.stop.ask():
            return False
        if self._loop is not None:
            self._loop.quit()
        return True

    def tidy(self, seconds: float) -> None:
        """Before the program ends: give stopped work so long to take its temporary files away."""
        for each in self._left:
            each.wait(seconds / len(self._left))
