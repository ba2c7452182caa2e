"""Files dropped on the window: a plan is opened, a folder or a city's data file is read into the plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class Drops(QObject):
    """Watches a window; `take(paths)` gets what was dropped."""

    def __init__(self, window: QWidget, take: Callable[[list[Path]], object]) -> None:
        super().__init__(window)
        self._take = take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent) and _paths(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            return True
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            paths = _paths(event.mimeData())
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            # Later: questions must not keep the other program waiting in the middle of its drag.
            QTimer.singleShot(0, self, lambda: self._take(paths))
            return True
        return super().eventFilter(watched, event)


def _paths(mime: QMimeData) -> list[Path]:
    """The files and folders that are being dragged. Nothing is looked up: their drive may not answer."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
