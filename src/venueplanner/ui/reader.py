"""A page of Markdown to read: its pictures are the program's own, never wider than the page, and nothing is fetched."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument, QTextLength, QTextTable
from PySide6.QtWidgets import QTextBrowser, QWidget

from venueplanner.app import help_pictures

IMAGE = int(QTextDocument.ResourceType.ImageResource)


class Reader(QTextBrowser):
    """Shows a page; whoever opens it turns pages on `anchorClicked`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self._pictures: dict[str, tuple[QUrl, QImage]] = {}

    def setMarkdown(self, markdown: str) -> None:
        self._pictures.clear()
        super().setMarkdown(markdown)
        for table in self.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                # A table of the whole width is a pixel wider than the page and would bring a scroll bar with it.
                form = table.format()
                form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 99))
                table.setFormat(form)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """A picture of the help by its file name, or nothing: a page can name no other file and no address."""
        name = QUrl(name)
        path = help_pictures.folder() / name.fileName()
        if int(kind) != IMAGE or not path.is_file():
            return None
        image = QImage(str(path))
        self._pictures[name.toString()] = (name, image)
        return self._fitted(image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for name, image in self._pictures.values():
            self.document().addResource(IMAGE, name, self._fitted(image))
        if self._pictures:
            self.document().markContentsDirty(0, self.document().characterCount())

    def _fitted(self, image: QImage) -> QImage:
        """The picture in pixels of the screen: as wide as it was drawn, or as the page."""
        ratio = self.devicePixelRatioF()
        page = self.viewport().width() - 2 * self.document().documentMargin()
        width = max(1.0, min(image.width() / help_pictures.DENSITY, page))
        size = QSize(round(width * ratio), round(width * ratio * image.height() / image.width()))
        fitted = image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        fitted.setDevicePixelRatio(ratio)
        return fitted
