"""The table of all features of a kind: sorted by any column, chosen rows are the selection, the form edits them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from venueplanner.app.language import Language
from venueplanner.domain.fields import Choice, Field, Links, Number
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_
from venueplanner.kinds import ALL, BY_ID

from .desk import Desk
from .measures import number, size_of
from .pieces import ground, label

Index = QModelIndex | QPersistentModelIndex
DISPLAY, RIGHT = Qt.ItemDataRole.DisplayRole, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def _natural(text: str) -> tuple[tuple[int, int | str], ...]:
    """A sorting key that puts P2 before P10."""
    parts: list[tuple[int, int | str]] = []
    run = ""
    for letter in text.casefold() + "\0":
        if run and run[-1].isdecimal() != letter.isdecimal():
            parts.append((0, int(run)) if run[0].isdecimal() else (1, run))
            run = ""
        run += letter
    return tuple(parts)


class FeatureModel(QAbstractTableModel):
    """Features of one kind: a column for each field, and the size last."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.fields: tuple[Field, ...] = ()
        self.features: list[Feature] = []
        self._order: tuple[int, Qt.SortOrder] = (0, Qt.SortOrder.AscendingOrder)

    def put(self, kind_id: str, features: list[Feature]) -> None:
        """Show these features, in the order chosen last."""
        self.beginResetModel()
        fields = BY_ID[kind_id].all_fields
        if fields != self.fields:
            self.fields, self._order = fields, (0, Qt.SortOrder.AscendingOrder)
        self.features = features
        self._sort()
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.features)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.fields) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or role not in (DISPLAY, Qt.ItemDataRole.ToolTipRole):
            return None
        if section >= len(self.fields):
            return self._desk.say(N_("Size"))
        field = self.fields[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._desk.language(field.help)
        unit = getattr(field, "unit", "")
        text = self._desk.language(field.label)
        return f"{text}, {self._desk.language(unit)}" if unit else text

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid() or index.row() >= len(self.features):
            return None
        feature, column = self.features[index.row()], index.column()
        if role in (DISPLAY, Qt.ItemDataRole.ToolTipRole):
            return self.text(feature, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column >= len(self.fields) or isinstance(self.fields[column], Number) else None
        return None

    def text(self, feature: Feature, column: int) -> str:
        """A cell as people read it."""
        desk = self._desk
        if column >= len(self.fields):
            return size_of(feature, desk.language)
        field, value = self.fields[column], feature.values.get(self.fields[column].id)
        if value is None or value in ("", ()):
            return ""
        if isinstance(field, Choice):
            return desk.language(field.label_of(value))
        if isinstance(value, bool):
            return desk.say(N_("yes")) if value else desk.say(N_("no"))
        if isinstance(field, Links) and isinstance(value, tuple):
            linked = (desk.session.plan.features.get(each) for each in value)
            return ", ".join(each.name for each in linked if each is not None)
        if isinstance(value, float):
            return number(value, desk.language, 0 if value == int(value) else 2)
        return str(value).replace("T", " ") if type(field).__name__ == "When" else str(value)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = (column, order)
        self.layoutAboutToBeChanged.emit()
        self._sort()
        self.layoutChanged.emit()

    def _sort(self) -> None:
        column, order = self._order
        self.features = sorted(self.features, key=lambda each: self._key(each, column))
        if order == Qt.SortOrder.DescendingOrder:
            self.features.reverse()

    def _key(self, feature: Feature, column: int) -> tuple[Any, ...]:
        """Numbers by value and before words, P2 before P10, what is not filled in last."""
        if column >= len(self.fields):
            shape = feature.shape
            return (0, shape.area, shape.length) if shape is not None else (2,)
        value = feature.values.get(self.fields[column].id)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return 0, value
        text = self.text(feature, column)
        return (1, _natural(text)) if text else (2,)


class FeatureTable(QWidget):
    """Signal: `zoom_wanted(ids)` for a double click."""

    zoom_wanted = Signal(tuple)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._busy = False
        self.kind = QComboBox(self)
        self.kind.currentIndexChanged.connect(lambda _at: self.refresh())
        self.model = FeatureModel(desk, self)
        self.view = QTableView(self)
        self.view.setModel(self.model)
        self.view.setSortingEnabled(True)
        self.view.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self.view.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.view.setWordWrap(False)
        self.view.verticalHeader().hide()
        self.view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.selectionModel().selectionChanged.connect(lambda _on, _off: self._chosen())
        self.view.doubleClicked.connect(lambda index: self.zoom_wanted.emit((self.model.features[index.row()].id,)))
        self.hint = label(role="muted")
        head = QHBoxLayout()
        head.addWidget(self.kind)
        head.addWidget(self.hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(ground("head", head, (12, 3, 12, 3)))
        column.addWidget(self.view, 1)
        desk.selection_changed.connect(lambda _ids: self._mark())
        desk.plan_changed.connect(lambda _change, _who: self.refresh())
        desk.session_changed.connect(self.refresh)
        self.retranslate(desk.language)

    def retranslate(self, language: Language) -> None:
        """Say kinds, headings and values in another language."""
        now, self._busy = self.kind.currentData(), True
        self.kind.clear()
        for kind in ALL:
            self.kind.addItem(language(kind.plural), kind.id)
        self.kind.setCurrentIndex(max(self.kind.findData(now), 0))
        self.kind.setAccessibleName(language(N_("Kind")))
        self.view.setAccessibleName(language(N_("Table")))
        self.hint.setText(language(N_("The form on the right changes what is selected. Double click shows it.")))
        self._busy = False
        self.refresh()

    def show_kind(self, kind_id: str) -> None:
        """Show the features of a kind."""
        self.kind.setCurrentIndex(max(self.kind.findData(kind_id), 0))

    def refresh(self) -> None:
        """Fill the table from the plan, while it is looked at."""
        if self._busy or not self.isVisible():
            return
        self._busy = True
        fields = self.model.fields
        self.model.put(str(self.kind.currentData()), self._desk.session.plan.of(str(self.kind.currentData())))
        if fields != self.model.fields:
            self.view.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
            self.view.resizeColumnsToContents()
            most = self._desk.theme.px(220)
            for column in range(self.model.columnCount()):
                self.view.setColumnWidth(column, min(self.view.columnWidth(column) + 12, most))
        self.view.verticalHeader().setDefaultSectionSize(self._desk.theme.px(25))
        self._busy = False
        self._mark()

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def _chosen(self) -> None:
        if not self._busy:
            rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
            self._desk.select(tuple(self.model.features[row].id for row in rows))

    def _mark(self) -> None:
        """Choose the rows of what is selected elsewhere."""
        if self._busy or not self.isVisible():
            return
        self._busy = True
        chosen, model = set(self._desk.selected), self.view.selectionModel()
        rows = [row for row, feature in enumerate(self.model.features) if feature.id in chosen]
        if rows != sorted(index.row() for index in model.selectedRows()):
            model.clearSelection()
            flags = QItemSelectionModel.SelectionFlag
            for row in rows:
                model.select(self.model.index(row, 0), flags.Select | flags.Rows)
            if rows:
                self.view.scrollTo(self.model.index(rows[0], 0))
        self._busy = False
