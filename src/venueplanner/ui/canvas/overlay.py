"""What lies over the city: the plan, the evidence of findings, the selection and the names.

Each is a picture of its own, painted again only when it changes: while a corner is dragged new evidence comes several
times a second, and neither the plan's symbols nor its names are painted again for that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from venueplanner.app.drawing import Labels, paint_features, paint_findings, paint_street_names

from .draft_paint import paint_selection

if TYPE_CHECKING:
    from .map_canvas import MapCanvas


class Overlay:
    """The pictures of one canvas, all for the same window on the ground."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self._plan: QPixmap | None = None
        self._evidence: QPixmap | None = None
        self._names: QPixmap | None = None
        self._whole: QPixmap | None = None
        self._asked = Labels(QRectF())
        self._spaces = self._asked

    def forget(self) -> None:
        """The plan, the view or the colours changed: everything is painted again."""
        self._plan = self._evidence = self._names = self._whole = None

    def forget_evidence(self) -> None:
        """Other findings, or another one is chosen."""
        self._evidence = self._whole = None

    def forget_names(self) -> None:
        """Something else is selected."""
        self._names = self._whole = None

    @property
    def fresh(self) -> bool:
        """Whether nothing has to be painted again."""
        return self._whole is not None

    def picture(self) -> QPixmap:
        """Everything in one picture."""
        if self._whole is None:
            if self._plan is None:
                self._plan = self._painted(self._paint_plan)
                self._evidence = self._names = None
            if self._evidence is None:
                before = self._spaces.taken
                self._evidence = self._painted(self._paint_evidence)
                if self._spaces.taken != before:  # the names make room for what is written beside the chosen finding
                    self._names = None
            if self._names is None:
                self._names = self._painted(self._paint_names)
            layers = (self._plan, self._evidence, self._names)
            self._whole = self._painted(lambda painter: [painter.drawPixmap(0, 0, each) for each in layers])
        return self._whole

    def _painted(self, paint: Callable[[QPainter], object]) -> QPixmap:
        canvas = self._canvas
        ratio = canvas.devicePixelRatioF()
        pixmap = QPixmap(QSize(round(canvas.width() * ratio), round(canvas.height() * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint(painter)
        painter.end()
        return pixmap

    def _paint_plan(self, painter: QPainter) -> None:
        canvas, site = self._canvas, self._canvas.session.site()
        self._asked = Labels(QRectF(0, 0, canvas.width(), canvas.height()))
        features = canvas.shown_features()
        paint_features(
            painter, canvas.sheet, features, site.plan, site.rules, canvas.palette_now,
            labels=self._asked, hidden=canvas.hidden,
        )  # fmt: skip

    def _paint_evidence(self, painter: QPainter) -> None:
        canvas = self._canvas
        self._spaces = self._asked.copy()
        paint_findings(
            painter, canvas.sheet, canvas.findings, canvas.palette_now,
            say=canvas.language.say, labels=self._spaces, chosen=canvas.chosen,
        )  # fmt: skip

    def _paint_names(self, painter: QPainter) -> None:
        canvas, labels = self._canvas, self._spaces.copy()
        chosen = [each for each in canvas.shown_features() if each.id in canvas.selected]
        paint_selection(painter, canvas.sheet, chosen, canvas.palette_now)
        labels.paint(painter, canvas.palette_now)
        shown = [layer for layer in canvas.session.live_layers.values() if layer.id not in canvas.hidden]
        paint_street_names(painter, canvas.sheet, shown, labels, canvas.palette_now)
