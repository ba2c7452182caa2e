"""Files dropped on the window: a plan is opened, a folder or a city's data file is read into the plan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

PLAN_ENDING = ".gpkg"


class Drops(QObject):
    """Watches a window. What is a plan only `is_plan` knows: a city's GeoPackage has the same ending."""

    def __init__(
        self,
        window: QWidget,
        is_plan: Callable[[Path], bool],
        open_plan: Callable[[Path], object],
        add_data: Callable[[Path], object],
    ) -> None:
        super().__init__(window)
        self._is_plan, self._open_plan, self._add_data = is_plan, open_plan, add_data
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

    def _take(self, paths: list[Path]) -> None:
        first = paths[0]
        if first.suffix.lower() == PLAN_ENDING and self._is_plan(first):
            self._open_plan(first)
            return
        folders = dict.fromkeys(path if path.is_dir() or len(paths) == 1 else path.parent for path in paths)
        for folder in folders:
            self._add_data(folder)


def _paths(mime: QMimeData) -> list[Path]:
    """The files and folders on this machine that are being dragged."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.exists()]
