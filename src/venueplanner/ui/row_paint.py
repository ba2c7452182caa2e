"""Painting one row of the lower panel, and clicking its button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from .desk import Desk
from .findings_model import SIGNS, Row, RowRole

Index = QModelIndex | QPersistentModelIndex
SIDE, SIGN, GAP, RIGHT = 12, 22, 10, 74


class RowPainter(QStyledItemDelegate):
    """`pressed(row, on the button)` when a row is clicked. A long sentence takes a second line: nothing is cut."""

    pressed = Signal(object, bool)

    def __init__(self, desk: Desk, view: QListView) -> None:
        super().__init__(view)
        self._desk = desk
        self._view = view
        self._hover: QModelIndex | None = None
        self._measured: tuple[list[Row], str, tuple[int, int]] | None = None

    # -- places -------------------------------------------------------------------------------------------------
    def _button_width(self, metrics: QFontMetrics) -> int:
        widest, _ = self._widest(metrics)
        return min(
            max(widest + 24, self._desk.theme.px(62)), self._desk.theme.px(240), self._view.viewport().width() // 3
        )

    def _right_width(self, metrics: QFontMetrics) -> int:
        return self._widest(metrics)[1] + 4

    def _widest(self, metrics: QFontMetrics) -> tuple[int, int]:
        """Widest button and widest limit of all rows, measured once a list: each of hundreds of rows asks."""
        rows: list[Row] = getattr(self._view.model(), "rows", [])
        font = self._view.font().key()
        if self._measured is None or self._measured[0] is not rows or self._measured[1] != font:
            buttons = max((metrics.horizontalAdvance(text) for text in {row.button for row in rows}), default=0)
            limits = max((metrics.horizontalAdvance(text) for text in {row.right for row in rows}), default=0)
            self._measured = rows, font, (buttons, limits)
        return self._measured[2]

    def _boxes(self, row: Row, space: QRect, metrics: QFontMetrics) -> tuple[QRect, QRect, QRect]:
        """Where the sentence, the limit and the button stand."""
        high = self._desk.theme.px(20)
        wide = self._button_width(metrics)
        right = space.right() - SIDE
        button = QRect(right - wide, space.center().y() - high // 2, wide, high + 1)
        limit_wide = self._right_width(metrics)
        limit = QRect(button.left() - GAP - limit_wide, space.top(), limit_wide, space.height())
        left = space.left() + SIDE + self._desk.theme.px(SIGN)
        return QRect(left, space.top(), limit.left() - GAP - left, space.height()), limit, button

    # -- Qt -----------------------------------------------------------------------------------------------------
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(RowRole)
        metrics = QFontMetrics(self._view.font())
        width = self._view.viewport().width()
        text, _, _ = self._boxes(row, QRect(0, 0, width, 28), metrics)
        flags = Qt.TextFlag.TextWordWrap
        needed = metrics.boundingRect(QRect(0, 0, max(text.width(), 60), 2000), flags, row.text).height()
        return QSize(width, max(self._desk.theme.px(28), needed + self._desk.theme.px(10)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(RowRole)
        tokens = self._desk.tokens
        space: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(space, QColor(tokens.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(space, QColor(tokens.hover))
        font = QFont(self._view.font())
        metrics = QFontMetrics(font)
        text, limit, button = self._boxes(row, space, metrics)
        if row.stale:
            painter.setOpacity(0.55)
        painter.setFont(font)
        painter.setPen(QColor(tokens.fine if row.severity == "fine" else tokens.severity(row.severity)))
        sign = QRect(space.left() + SIDE, space.top(), self._desk.theme.px(SIGN), space.height())
        painter.drawText(sign, Qt.AlignmentFlag.AlignVCenter, SIGNS.get(row.severity, "○"))
        painter.setPen(QColor(tokens.text))
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, row.text)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(limit, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, row.right)
        if row.button:
            self._paint_button(painter, row, button)
        painter.restore()

    def _paint_button(self, painter: QPainter, row: Row, space: QRect) -> None:
        tokens = self._desk.tokens
        painter.setPen(QPen(QColor(tokens.line if row.act != "fix" else tokens.accent), 1))
        painter.setBrush(QColor(tokens.panel))
        painter.drawRoundedRect(space.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.setPen(QColor(tokens.accent))
        fitting = painter.fontMetrics().elidedText(row.button, Qt.TextElideMode.ElideRight, space.width() - 8)
        painter.drawText(space, Qt.AlignmentFlag.AlignCenter, fitting)

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            row: Row = index.data(RowRole)
            _, _, button = self._boxes(row, option.rect, QFontMetrics(self._view.font()))
            if event.button() == Qt.MouseButton.LeftButton:
                self.pressed.emit(row, bool(row.button) and button.contains(event.position().toPoint()))
                return True
        return False
