"""Doing something at most so often: the first wish at once, the last one never left out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


class Seldom:
    """Calls `act` at most every `every` milliseconds."""

    def __init__(self, every: int, act: Callable[[], object], parent: QObject) -> None:
        self._act = act
        self._again = False
        self._timer = QTimer(parent, interval=every, singleShot=True)
        self._timer.timeout.connect(self._over)

    def ask(self) -> None:
        """Do it now, or when the time since the last call is over."""
        if self._timer.isActive():
            self._again = True
        else:
            self.now()

    def now(self) -> None:
        """Do it now, whatever was before."""
        self._again = False
        self._timer.start()
        self._act()

    def drop(self) -> None:
        """What was wished is not wanted any more."""
        self._again = False
        self._timer.stop()

    def _over(self) -> None:
        if self._again:
            self.now()
