"""The settings of one user: language, theme, text size, and a key for every command and tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QSlider,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from venueplanner.app.language import LANGUAGES
from venueplanner.app.settings import THEMES, Settings
from venueplanner.domain.words import N_

from . import key_book
from .pieces import button, label

if TYPE_CHECKING:
    from .desk import Desk

_THEME_WORDS = {"system": N_("As the system"), "light": N_("Light"), "dark": N_("Dark")}
SMALLEST, LARGEST, STEP = 80, 200, 5
ID = Qt.ItemDataRole.UserRole


class SettingsDialog(QDialog):
    """Changes nothing; what was chosen goes into the settings by `take_over`."""

    def __init__(self, desk: Desk, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        say = desk.say
        self.wanted = {
            each.id: key_book.BETWEEN.join(key_book.keys_of(each, settings.keys)) for each in key_book.entries()
        }
        self.setWindowTitle(say(N_("Settings")))
        self.language, self.theme = QComboBox(self), QComboBox(self)
        self.text_size = QSlider(Qt.Orientation.Horizontal, self)
        for code, name in LANGUAGES:
            self.language.addItem(name, code)
        for theme in THEMES:
            self.theme.addItem(say(_THEME_WORDS[theme]), theme)
        self.language.setCurrentIndex(self.language.findData(settings.speaks))
        self.theme.setCurrentIndex(self.theme.findData(settings.theme))
        self.text_size.setRange(SMALLEST // STEP, LARGEST // STEP)
        self.text_size.setValue(round(settings.text_scale * 100 / STEP))
        self.percent = label()
        self.text_size.valueChanged.connect(self._say_size)
        form, sizes = QFormLayout(), QHBoxLayout()
        sizes.addWidget(self.text_size, 1)
        sizes.addWidget(self.percent)
        form.addRow(say(N_("Language")), self.language)
        form.addRow(say(N_("Colours")), self.theme)
        form.addRow(say(N_("Text size")), sizes)
        named: tuple[tuple[QWidget, str], ...] = (
            (self.language, N_("Language")),
            (self.theme, N_("Colours")),
            (self.text_size, N_("Text size")),
        )
        for widget, name in named:
            widget.setAccessibleName(say(name))
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(label(say(N_("Keys")), "title"))
        self._add_keys(column, say)
        self.box = QDialogButtonBox(self)
        self.ok = self.box.addButton(say(N_("Take over")), QDialogButtonBox.ButtonRole.AcceptRole)
        self.box.addButton(say(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        self.box.accepted.connect(self.accept)
        self.box.rejected.connect(self.reject)
        column.addWidget(self.box)
        self._say_size()
        self._fill()
        self.resize(desk.theme.px(560), desk.theme.px(600))

    def _add_keys(self, column: QVBoxLayout, say: Callable[..., str]) -> None:
        self.seek = QLineEdit(self)
        self.seek.setPlaceholderText(say(N_("Find a command or a key")))
        self.seek.setAccessibleName(say(N_("Find a command or a key")))
        self.seek.textChanged.connect(self._filter)
        self.list = QTreeWidget(self)
        self.list.setProperty("role", "box")
        self.list.setRootIsDecorated(False)
        self.list.setHeaderLabels([say(N_("Command")), say(N_("Key"))])
        self.list.setAccessibleName(say(N_("Keys")))
        self.list.currentItemChanged.connect(lambda item, _before: self._choose(item))
        self.key = QKeySequenceEdit(self)
        self.key.setAccessibleName(say(N_("Key")))
        self.key.setMaximumSequenceLength(1)
        self.key.editingFinished.connect(self._enter)
        row = QHBoxLayout()
        row.addWidget(label(say(N_("Key"))))
        row.addWidget(self.key, 1)
        row.addWidget(button(say(N_("No key")), lambda: self._set("")))
        row.addWidget(button(say(N_("Standard")), self._standard))
        row.addWidget(button(say(N_("All standard")), self._all_standard))
        self.trouble = label(role="error", wrap=True)
        column.addWidget(self.seek)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        column.addWidget(self.trouble)

    def _say_size(self) -> None:
        self.percent.setText(f"{self.text_size.value() * STEP} %")

    # -- keys ---------------------------------------------------------------------------------------------------
    def _fill(self) -> None:
        for entry in key_book.entries():
            name = self._desk.language(entry.label).rstrip("…")
            if entry.id.startswith(key_book.DRAW):
                name = self._desk.say(N_("Draw: {kind}"), kind=name)
            item = QTreeWidgetItem(self.list, [name, ""])
            item.setData(0, ID, entry.id)
        self.list.resizeColumnToContents(0)
        self.list.setCurrentItem(self._items()[0])
        self._show()

    def _items(self) -> list[QTreeWidgetItem]:
        return [item for at in range(self.list.topLevelItemCount()) if (item := self.list.topLevelItem(at)) is not None]

    def _show(self) -> None:
        """Write the keys into the list, and say where two clash."""
        for item in self._items():
            item.setText(1, key_book.said(filter(None, self.wanted[item.data(0, ID)].split(key_book.BETWEEN))))
        say, found = self._desk.say, key_book.clashes(key_book.own_of(self.wanted))
        lines = [
            say(N_("{key} is wanted for “{one}” and for “{other}”."), key=key, one=say(one), other=say(other))
            for key, one, other in found
        ]
        self.trouble.setText("\n".join(lines[:3]))
        self.trouble.setVisible(bool(lines))
        self.ok.setEnabled(not lines)

    def _filter(self, text: str) -> None:
        words = text.casefold()
        for item in self._items():
            item.setHidden(words not in f"{item.text(0)} {item.text(1)}".casefold())

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        keys = self.wanted[item.data(0, ID)].split(key_book.BETWEEN) if item is not None else [""]
        self.key.setKeySequence(QKeySequence(keys[0]))

    def _enter(self) -> None:
        self._set(self.key.keySequence().toString(QKeySequence.SequenceFormat.PortableText))

    def _set(self, keys: str) -> None:
        """Give the chosen command other keys; a first key that stays keeps the further ones."""
        item = self.list.currentItem()
        if item is not None and self.wanted[item.data(0, ID)].split(key_book.BETWEEN)[0] != keys:
            self.wanted[item.data(0, ID)] = keys
            self._choose(item)
            self._show()

    def _standard(self) -> None:
        item = self.list.currentItem()
        entry = next((each for each in key_book.entries() if item and each.id == item.data(0, ID)), None)
        if entry is not None:
            self.wanted[entry.id] = key_book.BETWEEN.join(entry.keys)
            self._choose(item)
            self._show()

    def _all_standard(self) -> None:
        self.wanted = {each.id: key_book.BETWEEN.join(each.keys) for each in key_book.entries()}
        self._choose(self.list.currentItem())
        self._show()

    def take_over(self, settings: Settings) -> None:
        """Put what was chosen into the settings."""
        if self.language.currentData() != settings.speaks:
            settings.language = str(self.language.currentData())
        settings.theme = str(self.theme.currentData())
        settings.text_scale = self.text_size.value() * STEP / 100
        settings.keys = key_book.own_of(self.wanted)
