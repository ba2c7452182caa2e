"""Room for buttons and limits in the lower panel."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QListView

from venueplanner.ui.application import application
from venueplanner.ui.findings_model import Row, RowsModel
from venueplanner.ui.row_paint import RowPainter


def test_that_room_is_made_for_a_longer_button_and_limit_when_the_rows_change() -> None:
    application()
    desk: Any = SimpleNamespace(theme=SimpleNamespace(px=lambda size: size))
    view = QListView()
    rows = RowsModel(desk, view)
    view.setModel(rows)
    painter, metrics = RowPainter(desk, view), QFontMetrics(view.font())

    def room(button: str, right: str) -> tuple[int, int]:
        row = Row("info", "", right, button)
        rows.put([row])
        _, limit, knob = painter._boxes(row, QRect(0, 0, 900, 28), metrics)
        return knob.width(), limit.width()

    narrow, wide = room("Fix", "1 m"), room("Close with a barrier", "more than 120 m")
    assert wide[0] > narrow[0]
    assert wide[1] > narrow[1]
    assert room("Fix", "1 m") == narrow
    view.deleteLater()
