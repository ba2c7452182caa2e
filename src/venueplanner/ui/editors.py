"""One editor for every type of field. An editor shows a value, tells when the user changes it, and can show an error.

To add one for a new field type: a class here and a line in EDITORS; a test fails until every type has one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QDateTime, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QTextOption, QWheelEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
    QWidgetAction,
)

from venueplanner.app.language import Language
from venueplanner.domain.fields import Choice, Field, FieldValue, Flag, Links, Number, Text, When, Whole
from venueplanner.domain.words import N_

from .desk import Desk
from .icons import icon
from .links_editor import LinksBox
from .pieces import dress, label, square, tool_button


class Editor(QObject):
    """Base of all editors: `widget` is what the form shows; `edited(raw)` carries what the user has entered."""

    edited = Signal(object)

    def __init__(self, field: Field, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self.desk = desk
        self.widget = self.build(parent)

    def build(self, parent: QWidget) -> QWidget:
        """Make the widget."""
        raise NotImplementedError

    def show_value(self, value: FieldValue) -> None:
        """Show a value without telling that it was edited."""
        raise NotImplementedError

    def show_error(self, is_bad: bool) -> None:
        """Mark the widget as holding something that does not fit."""
        dress(self.target, bad="true" if is_bad else "false")

    @property
    def target(self) -> QWidget:
        """The widget that takes the keyboard."""
        return self.widget

    def retranslate(self, language: Language) -> None:
        """Say texts of the editor itself in another language."""

    def wants_row(self, half: int) -> bool:
        """Whether the editor needs the whole width of the form rather than `half` pixels."""
        return True


class TextEditor(Editor):
    """A line of text, or several."""

    def build(self, parent: QWidget) -> QWidget:
        if isinstance(self.field, Text) and self.field.long:
            area = QPlainTextEdit(parent)
            area.setTabChangesFocus(True)
            area.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            area.setFixedHeight(QFontMetrics(area.font()).lineSpacing() * 3 + 14)
            area.textChanged.connect(lambda: self.edited.emit(area.toPlainText()))
            return area
        line = QLineEdit(parent)
        line.textEdited.connect(lambda text: self.edited.emit(text))  # noqa: PLW0108 - a str signal does not take an object one
        return line

    def show_value(self, value: FieldValue) -> None:
        text = "" if value is None else str(value)
        if isinstance(self.widget, QPlainTextEdit):
            if self.widget.toPlainText() != text:
                self.widget.blockSignals(True)
                self.widget.setPlainText(text)
                self.widget.blockSignals(False)
        elif isinstance(self.widget, QLineEdit) and self.widget.text() != text:
            self.widget.setText(text)
            self.widget.setCursorPosition(0)

    def wants_row(self, half: int) -> bool:
        return self.field.id != "name"


class NumberEditor(Editor):
    """A number with its unit; both decimal marks are understood."""

    def build(self, parent: QWidget) -> QWidget:
        unit = self.field.unit if isinstance(self.field, Number) else ""
        box = QWidget(parent)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.line = QLineEdit(box)
        self.line.textEdited.connect(lambda text: self.edited.emit(text))  # noqa: PLW0108 - a str signal does not take an object one
        row.addWidget(self.line, 1)
        self.unit = label(self.desk.language(unit), "unit", parent=box)
        self.unit.setVisible(bool(unit))
        row.addWidget(self.unit)
        return box

    @property
    def target(self) -> QWidget:
        return self.line

    def show_value(self, value: FieldValue) -> None:
        text = self._words(value)
        try:
            same = self.line.text() != "" and self.field.parse(self.line.text()) == value
        except ValueError:
            same = False
        except Exception:  # noqa: BLE001 - what stands there now does not fit the field: replace it
            same = False
        if not same:
            self.line.setText(text)

    def _words(self, value: FieldValue) -> str:
        if value is None or not isinstance(value, int | float):
            return ""
        decimals = self.field.decimals if isinstance(self.field, Number) else 2
        text = f"{value:.{decimals}f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", self.desk.language.decimal)

    def retranslate(self, language: Language) -> None:
        self.unit.setText(language(self.field.unit) if isinstance(self.field, Number) else "")
        text = self.line.text()
        self.line.setText(text.replace(".", language.decimal).replace(",", language.decimal))

    def wants_row(self, half: int) -> bool:
        return False


class FlagEditor(Editor):
    """Yes or no. The label stands beside the box."""

    def build(self, parent: QWidget) -> QWidget:
        box = QCheckBox(parent)
        box.toggled.connect(lambda on: self.edited.emit(on))  # noqa: PLW0108 - a str signal does not take an object one
        return box

    def show_value(self, value: FieldValue) -> None:
        box = self.widget
        if isinstance(box, QCheckBox):
            box.blockSignals(True)
            box.setChecked(bool(value))
            box.blockSignals(False)

    def retranslate(self, language: Language) -> None:
        if isinstance(self.widget, QCheckBox):
            self.widget.setText(language(self.field.label))


class CalmCombo(QComboBox):
    """A combo box that the mouse wheel does not change while the form is scrolled past it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceEditor(Editor):
    """One of a few named values."""

    def build(self, parent: QWidget) -> QWidget:
        self.combo = CalmCombo(parent)
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(4)
        self._fill(self.desk.language)
        self.combo.activated.connect(lambda at: self.edited.emit(self.combo.itemData(at)))
        return self.combo

    def _fill(self, language: Language) -> None:
        options = self.field.options if isinstance(self.field, Choice) else ()
        chosen = self.combo.currentData()
        self.combo.clear()
        if self.field.default is None:
            self.combo.addItem("–", None)
        for value, text in options:
            self.combo.addItem(language(text), value)
        self.show_value(chosen)

    def show_value(self, value: FieldValue) -> None:
        at = self.combo.findData(value)
        if at < 0 and value not in (None, ""):
            self.combo.addItem(str(value), value)
            at = self.combo.count() - 1
        self.combo.setCurrentIndex(at)

    def retranslate(self, language: Language) -> None:
        self._fill(language)

    def wants_row(self, half: int) -> bool:
        metrics = QFontMetrics(self.combo.font())
        texts = [self.combo.itemText(at) for at in range(self.combo.count())]
        return max((metrics.horizontalAdvance(text) for text in texts), default=0) + 52 > half


class WhenEditor(Editor):
    """A date and time, typed or picked from a calendar."""

    def build(self, parent: QWidget) -> QWidget:
        box = QWidget(parent)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.line = QLineEdit(box)
        self.line.setPlaceholderText("2026-08-31 17:00")
        self.line.textEdited.connect(lambda text: self.edited.emit(text))  # noqa: PLW0108 - a str signal does not take an object one
        self.pick = tool_button("flat", box)
        self.pick.setIcon(icon("calendar", self.desk.tokens))
        self.pick.setIconSize(square(16))
        self.pick.clicked.connect(self._open)
        row.addWidget(self.line, 1)
        row.addWidget(self.pick)
        return box

    @property
    def target(self) -> QWidget:
        return self.line

    def _open(self) -> None:
        menu = QMenu(self.widget)
        calendar = QCalendarWidget(menu)
        calendar.setLocale(_locale(self.desk.language.code))
        calendar.setGridVisible(False)
        now = QDateTime.fromString(self.line.text().replace(" ", "T"), "yyyy-MM-ddTHH:mm")
        if now.isValid():
            calendar.setSelectedDate(now.date())
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        time = now.toString("HH:mm") if now.isValid() else "12:00"

        def take() -> None:
            text = f"{calendar.selectedDate().toString('yyyy-MM-dd')} {time}"
            self.line.setText(text)
            menu.close()
            self.edited.emit(text)

        calendar.clicked.connect(lambda _date: take())
        calendar.activated.connect(lambda _date: take())
        menu.popup(self.pick.mapToGlobal(QPoint(0, self.pick.height())))

    def show_value(self, value: FieldValue) -> None:
        text = "" if value is None else str(value).replace("T", " ")
        if self.line.text().replace(" ", "T") != text.replace(" ", "T"):
            self.line.setText(text)

    def retranslate(self, language: Language) -> None:
        self.pick.setAccessibleName(language(N_("Pick a date")))
        self.pick.setToolTip(language(N_("Pick a date")))


def _locale(code: str) -> Any:
    from PySide6.QtCore import QLocale

    return QLocale({"ky": "ky_KG", "ru": "ru_RU"}.get(code, "en_GB"))


class LinksEditor(Editor):
    """Links to other features: a box that opens a list to tick."""

    def build(self, parent: QWidget) -> QWidget:
        assert isinstance(self.field, Links)  # noqa: S101 - the registry below pairs them
        self.box = LinksBox(self.field, self.desk, parent)
        self.box.picked.connect(lambda ids: self.edited.emit(tuple(ids)))
        return self.box

    def show_value(self, value: FieldValue) -> None:
        self.box.show_ids(value if isinstance(value, tuple) else ())

    def retranslate(self, language: Language) -> None:
        self.box.retranslate(language)

    def wants_row(self, half: int) -> bool:
        return isinstance(self.field, Links) and self.field.most != 1


EDITORS: Mapping[type[Field], Callable[[Field, Desk, QWidget], Editor]] = {
    Text: TextEditor,
    Number: NumberEditor,
    Whole: NumberEditor,
    Flag: FlagEditor,
    Choice: ChoiceEditor,
    When: WhenEditor,
    Links: LinksEditor,
}


def editor_for(field: Field, desk: Desk, parent: QWidget) -> Editor:
    """The editor of a field."""
    return EDITORS[type(field)](field, desk, parent)
