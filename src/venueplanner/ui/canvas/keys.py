"""Names of the keys and buttons that the hand knows."""

from __future__ import annotations

import contextlib

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

KEYS = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Tab: "Tab",
}
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


def with_ctrl(event: QMouseEvent) -> bool:
    """Whether Ctrl is held."""
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def stroke_key(event: QKeyEvent) -> str:
    """Undo and redo as every hand knows them: Ctrl+Z; Ctrl+Y or Ctrl+Shift+Z."""
    ctrl = Qt.KeyboardModifier.ControlModifier
    keys = (Qt.Key(event.key()), event.modifiers())
    if keys == (Qt.Key.Key_Z, ctrl):
        return "Undo"
    redo = ((Qt.Key.Key_Y, ctrl), (Qt.Key.Key_Z, ctrl | Qt.KeyboardModifier.ShiftModifier))
    return "Redo" if keys in redo else ""


def held(buttons: Qt.MouseButton) -> Qt.MouseButton:
    """The button that is held while the pointer moves."""
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        with contextlib.suppress(TypeError):
            if buttons & button:
                return button
    return Qt.MouseButton.NoButton
