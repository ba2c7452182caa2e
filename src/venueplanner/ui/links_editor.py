"""The box of a link field: shows the names of what is linked, opens a list to tick; a long list has a filter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

from venueplanner.app.language import Language
from venueplanner.domain.fields import Links
from venueplanner.domain.words import N_
from venueplanner.kinds import BY_ID

from .desk import Desk
from .pieces import label, plain

LONG_LIST = 8


class LinksBox(QToolButton):
    """A button with the linked names; `picked(ids)` when the user has ticked something else."""

    picked = Signal(tuple)

    def __init__(self, field: Links, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._field = field
        self._desk = desk
        self._ids: tuple[str, ...] = ()
        self.setProperty("role", "field")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Ignored)
        self.setSizePolicy(policy)
        self.clicked.connect(self._open)

    def show_ids(self, ids: Sequence[str]) -> None:
        """Show these links."""
        self._ids = tuple(ids)
        self._say()

    def retranslate(self, language: Language) -> None:
        """Say the empty state in another language."""
        self._say()

    def _say(self) -> None:
        features = self._desk.session.plan.features
        names = [features[each].name or each[:8] for each in self._ids if each in features]
        language = self._desk.language
        everything = N_("All phases") if self._field.kinds == ("phase",) else N_("Nobody and nothing yet")
        text = ", ".join(names) or language("–" if self._field.most == 1 else everything)
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(self.width() - 18, 40))
        self.setText(plain(shown))
        self.setToolTip(plain(text) if shown != text else "")
        self.setAccessibleDescription(text)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._say()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def _open(self) -> None:
        popup = LinksPopup(self._field, self._desk, self._ids, self)
        popup.picked.connect(self._take)
        popup.setMinimumWidth(max(self.width(), self._desk.theme.px(220)))
        popup.adjustSize()
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        popup.setFocus()

    def _take(self, ids: tuple[str, ...]) -> None:
        self.show_ids(ids)
        self.picked.emit(ids)


class LinksPopup(QFrame):
    """The list to tick."""

    picked = Signal(tuple)

    def __init__(self, field: Links, desk: Desk, ids: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self._field = field
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        features = desk.session.plan.of(*field.kinds)
        self.list = QListWidget(self)
        self.list.setAccessibleName(desk.say(field.label))
        if not features:
            kinds = ", ".join(desk.say(BY_ID[each].plural) for each in field.kinds[:4])
            text = desk.say(N_("Nothing to link yet. Add these first: {kinds}."), kinds=kinds)
            layout.addWidget(label(text, "muted", wrap=True, parent=self))
            self.list.hide()
            return
        if len(features) > LONG_LIST:
            search = QLineEdit(self)
            search.setPlaceholderText(desk.say(N_("Filter")))
            search.setClearButtonEnabled(True)
            search.textChanged.connect(self._filter)
            layout.addWidget(search)
        for feature in features:
            about = desk.say(BY_ID[feature.kind].label)
            text = feature.name if len(field.kinds) == 1 else f"{feature.name} · {about}"
            item = QListWidgetItem(text or about)
            item.setData(Qt.ItemDataRole.UserRole, feature.id)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if feature.id in ids else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.itemChanged.connect(self._changed)
        self.list.itemClicked.connect(self._toggle)
        self._clicked_state: Qt.CheckState | None = None
        self.list.itemPressed.connect(lambda item: setattr(self, "_clicked_state", item.checkState()))
        self.list.setMaximumHeight(desk.theme.px(26) * 10)
        self.list.setMinimumHeight(min(len(features), 10) * desk.theme.px(26) + 4)
        layout.addWidget(self.list)
        self.setFocusProxy(self.list)

    def _filter(self, text: str) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(text.casefold() not in item.text().casefold())

    def _toggle(self, item: QListWidgetItem) -> None:
        """A click on the words ticks too; a click on the box already has."""
        if item.checkState() == self._clicked_state:
            checked = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)

    def _changed(self, item: QListWidgetItem) -> None:
        if self._field.most == 1 and item.checkState() == Qt.CheckState.Checked:
            self.list.blockSignals(True)
            for row in range(self.list.count()):
                if self.list.item(row) is not item:
                    self.list.item(row).setCheckState(Qt.CheckState.Unchecked)
            self.list.blockSignals(False)
        rows = [self.list.item(row) for row in range(self.list.count())]
        ids = tuple(
            str(row.data(Qt.ItemDataRole.UserRole)) for row in rows if row.checkState() == Qt.CheckState.Checked
        )
        self.picked.emit(ids)
