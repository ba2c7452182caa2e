"""The tree on the left: the plan's kinds with their features, and the city's layers, each with a tick and a count."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from venueplanner.app.drawing import PALETTES
from venueplanner.app.language import Language
from venueplanner.app.searching import ROLE_LABELS
from venueplanner.domain.words import N_
from venueplanner.kinds import ALL

from .desk import Desk

KEY = Qt.ItemDataRole.UserRole
_ROLE_COLOURS = {"streets": "street_edge", "buildings": "building_edge", "water": "water", "areas": "green"}


class LayerTree(QTreeWidget):
    """Signals: `visibility(id, shown)` a tick was set or taken; `chosen(ids)`; `zoom_wanted(ids)`."""

    visibility = Signal(str, bool)
    chosen = Signal(tuple)
    zoom_wanted = Signal(tuple)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._hidden: set[str] = set()
        self._busy = False
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setIndentation(14)
        self.setIconSize(QSize(14, 10))
        self.setUniformRowHeights(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, self.header().ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, self.header().ResizeMode.ResizeToContents)
        self.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.itemChanged.connect(self._ticked)
        self.itemSelectionChanged.connect(self._picked)
        self.itemDoubleClicked.connect(lambda item, _: self.zoom_wanted.emit(self._ids(item)))
        desk.plan_changed.connect(lambda _change, _who: self.refresh())
        desk.session_changed.connect(self._start_over)
        desk.theme.changed.connect(self.refresh)
        self.retranslate(desk.language)

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self.setAccessibleName(language(N_("Plan and city")))
        self.refresh()

    def _start_over(self) -> None:
        self._hidden.clear()
        self.refresh()

    def refresh(self) -> None:
        """Fill the tree from the plan; what was open stays open."""
        self._busy = True
        was_open = self._open_rows()
        self.clear()
        desk, plan = self._desk, self._desk.session.plan
        head = self._heading(desk.say(N_("Plan")), len(plan.features))
        for kind in ALL:
            features = plan.of(kind.id)
            if not features and not kind.shapes:
                continue
            colour = kind.style.stroke if kind.style else desk.tokens.muted
            if desk.tokens.dark and kind.style and kind.style.dark_stroke:
                colour = kind.style.dark_stroke
            row = self._row(head, desk.language(kind.plural), kind.id, colour, len(features), bool(kind.shapes))
            for feature in features:
                leaf = QTreeWidgetItem(row, [feature.name or "–"])
                leaf.setToolTip(0, feature.name)
                leaf.setData(0, KEY, feature.id)
            row.setExpanded(kind.id in was_open)
        layers = plan.layers
        palette = PALETTES["dark" if desk.tokens.dark else "light"]
        city = self._heading(desk.say(N_("City · read-only")), None)
        for record in layers.values():
            colour = str(getattr(palette, _ROLE_COLOURS.get(record.role, "muted")))
            plain = record.name.casefold() == record.role  # named by nobody: say what it is
            name = desk.language(ROLE_LABELS[record.role]) if plain and record.role in ROLE_LABELS else record.name
            self._row(city, name, record.id, colour, record.count, True)
        if not layers:
            empty = QTreeWidgetItem(city, [desk.say(N_("No city data yet."))])
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
        self._busy = False

    def _open_rows(self) -> set[str]:
        heads = [item for i in range(self.topLevelItemCount()) if (item := self.topLevelItem(i)) is not None]
        rows = [row for head in heads for j in range(head.childCount()) if (row := head.child(j)) is not None]
        return {str(row.data(0, KEY)) for row in rows if row.isExpanded()}

    def _heading(self, text: str, count: int | None) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self, [text, "" if count is None else str(count)])
        font = item.font(0)
        font.setBold(True)
        item.setFont(0, font)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setExpanded(True)
        return item

    def _row(
        self, parent: QTreeWidgetItem, text: str, key: str, colour: str, count: int, tickable: bool
    ) -> QTreeWidgetItem:
        item = QTreeWidgetItem(parent, [text, f"{count:,}".replace(",", "\u00a0")])
        item.setData(0, KEY, key)
        item.setToolTip(0, text)
        item.setIcon(0, _chip(colour))
        item.setForeground(1, QColor(self._desk.tokens.muted))
        item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        item.setSizeHint(0, QSize(10, self._desk.theme.px(25)))
        if tickable:
            shown = key not in self._hidden
            item.setCheckState(0, Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
        return item

    def _ticked(self, item: QTreeWidgetItem, column: int) -> None:
        key = item.data(0, KEY)
        if self._busy or column or not key:
            return
        shown = item.checkState(0) == Qt.CheckState.Checked
        if shown is (key in self._hidden):
            (self._hidden.discard if shown else self._hidden.add)(key)
            self.visibility.emit(str(key), shown)

    def _picked(self) -> None:
        ids = tuple(each for item in self.selectedItems() for each in self._ids(item))
        if ids:
            self.chosen.emit(ids)

    def _ids(self, item: QTreeWidgetItem) -> tuple[str, ...]:
        key, plan = item.data(0, KEY), self._desk.session.plan
        if key in plan.features:
            return (str(key),)
        return tuple(each.id for each in plan.of(str(key))) if key else ()


def _chip(colour: str) -> QIcon:
    picture = QPixmap(28, 12)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(0, 0, 28, 12, 4, 4)
    painter.end()
    return QIcon(picture)
