"""Small pieces the panels are made of: labels that never read data as HTML, buttons, rules, grounds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QSizePolicy, QToolButton, QWidget


def label(text: str = "", role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """A label that shows its text as it is: plain, never as HTML."""
    piece = QLabel(parent)
    piece.setTextFormat(Qt.TextFormat.PlainText)
    piece.setText(text)
    piece.setWordWrap(wrap)
    if role:
        piece.setProperty("role", role)
    if wrap:
        piece.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        piece.setMinimumWidth(10)
    return piece


def dress(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet looks at, and dress the widget anew when one of them is news."""
    news = {key: value for key, value in properties.items() if widget.property(key) != value}
    for key, value in news.items():
        widget.setProperty(key, value)
    if news:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def button(text: str, clicked: Callable[[], object], role: str = "", parent: QWidget | None = None) -> QPushButton:
    """A push button; `role` is "", "primary", "outline", "card" or "link"."""
    piece = QPushButton(plain(text), parent)
    piece.setAutoDefault(False)
    if role:
        piece.setProperty("role", role)
    piece.clicked.connect(lambda _checked=False: clicked())
    return piece


def plain(text: str) -> str:
    """Data for a button or menu: an ampersand is an ampersand, not a shortcut mark."""
    return text.replace("&", "&&")


def tool_button(role: str, parent: QWidget | None = None) -> QToolButton:
    """A flat button that the keyboard reaches too."""
    piece = QToolButton(parent)
    piece.setProperty("role", role)
    piece.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return piece


def rule(parent: QWidget | None = None) -> QFrame:
    """A thin line across."""
    piece = QFrame(parent)
    piece.setProperty("role", "rule")
    piece.setFixedHeight(1)
    return piece


def ground(name: str, layout: QLayout | None = None, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QWidget:
    """A plain widget with a name for the style sheet."""
    piece = QWidget()
    piece.setObjectName(name)
    piece.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    if layout is not None:
        layout.setContentsMargins(*margins)
        piece.setLayout(layout)
    return piece


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def square(pixels: int) -> QSize:
    """A size of equal sides."""
    return QSize(pixels, pixels)
