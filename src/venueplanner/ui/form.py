"""A form made from declared fields: label over editor, short ones side by side, errors in place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from venueplanner.app.language import Language
from venueplanner.domain.errors import PlannerError
from venueplanner.domain.fields import Field, FieldValue

from .desk import Desk
from .editors import Editor, FlagEditor, editor_for
from .pieces import label

GAP = 8


class _Cell(QWidget):
    """One field: its label, its editor, and an error when the value does not fit."""

    def __init__(self, field: Field, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.head = label("", "label", wrap=True, parent=self)
        self.editor: Editor = editor_for(field, desk, self)
        self.error: QLabel = label("", "error", wrap=True, parent=self)
        self.error.hide()
        if isinstance(self.editor, FlagEditor):
            self.head.hide()
        else:
            column.addWidget(self.head)
        column.addWidget(self.editor.widget)
        column.addWidget(self.error)
        column.addStretch(1)
        self.head.setBuddy(self.editor.target)

    def retranslate(self, language: Language) -> None:
        self.head.setText(language(self.field.label))
        self.editor.retranslate(language)
        self.editor.target.setAccessibleName(language(self.field.label))
        tip = language(self.field.help) if self.field.help else ""
        for widget in (self.head, self.editor.target):
            widget.setToolTip(tip)
        self.editor.target.setAccessibleDescription(tip)

    def show_error(self, text: str) -> None:
        self.error.setText(text)
        self.error.setVisible(bool(text))
        self.editor.show_error(bool(text))


class Form(QWidget):
    """A form. `entered(field id, parsed value)` is told for every change that fits; the rest shows its error."""

    entered = Signal(str, object)

    def __init__(self, fields: Sequence[Field], desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wide: tuple[bool, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.cells: dict[str, _Cell] = {}
        for field in fields:
            cell = _Cell(field, desk, self)
            cell.editor.edited.connect(lambda raw, cell=cell: self._edited(cell, raw))
            self.cells[field.id] = cell
        self.retranslate(desk.language)

    def show_values(self, values: Mapping[str, Any]) -> None:
        """Show values; what the user is typing just now stays when it means the same."""
        for field_id, cell in self.cells.items():
            cell.editor.show_value(values.get(field_id))
            cell.show_error("")

    def show_error(self, field_id: str, text: str) -> None:
        """Show an error under a field."""
        self.cells[field_id].show_error(text)

    def lock(self) -> None:
        """Show values only: the record belongs to somebody else."""
        for cell in self.cells.values():
            cell.editor.widget.setEnabled(False)

    def editor(self, field_id: str) -> Editor:
        """The editor of a field."""
        return self.cells[field_id].editor

    def retranslate(self, language: Language) -> None:
        """Say labels, tips and choices in another language."""
        for cell in self.cells.values():
            cell.retranslate(language)
        self._wide = ()
        self._arrange()

    def _edited(self, cell: _Cell, raw: object) -> None:
        try:
            value: FieldValue = cell.field.parse(raw)
        except PlannerError as error:
            cell.show_error(self._desk.language.say(error.text))
            return
        cell.show_error("")
        self.entered.emit(cell.field.id, value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Short editors share a row when they fit, and when the label fits over them."""
        half = (self.width() - GAP) // 2
        wide = tuple(self._needs_row(cell, half) for cell in self.cells.values())
        if wide == self._wide:
            return
        self._wide = wide
        cells = list(self.cells.values())
        for cell in cells:
            self._grid.removeWidget(cell)
        row = column = 0
        for at, cell in enumerate(cells):
            alone = at + 1 >= len(cells) or wide[at + 1]
            if wide[at] or (column == 0 and alone):
                row, column = (row + 1, 0) if column else (row, 0)
                self._grid.addWidget(cell, row, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
                row += 1
                continue
            self._grid.addWidget(cell, row, column, Qt.AlignmentFlag.AlignTop)
            row, column = (row + 1, 0) if column else (row, 1)

    @staticmethod
    def _needs_row(cell: _Cell, half: int) -> bool:
        return cell.editor.wants_row(half) or cell.head.fontMetrics().horizontalAdvance(cell.head.text()) > half * 1.6
