"""Phases against checks, as a table filled by a worker; a double click looks at that phase."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from venueplanner.app import phases
from venueplanner.domain.words import N_

from .desk import Desk
from .pieces import label


def show_phases(desk: Desk, parent: QWidget) -> QDialog:
    """Open the dialog; it fills when the answer is there."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(desk.say(N_("Phases and checks")))
    dialog.resize(desk.theme.px(860), desk.theme.px(560))
    column = QVBoxLayout(dialog)
    told = label(desk.say(N_("Working it out …")), "muted", wrap=True)
    table = QTableWidget(dialog)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setAccessibleName(desk.say(N_("Phases and checks")))
    buttons = QDialogButtonBox(dialog)
    close = buttons.addButton(desk.say(N_("Close")), QDialogButtonBox.ButtonRole.RejectRole)
    close.setAutoDefault(False)
    buttons.rejected.connect(dialog.reject)
    for piece in (told, table, buttons):
        column.addWidget(piece)
    site = desk.session.site()

    def done(whole: phases.PhaseMatrix | None, trouble: BaseException | None) -> None:
        if not dialog.isVisible():
            return
        if whole is None:
            told.setText(desk.say(N_("This could not be worked out.")))
            return
        _fill(table, whole, desk)
        none = N_("The plan has no phases yet: add them in the step Organise, each with its start and end.")
        some = [desk.language.say(each) for each in whole.sentences]
        told.setText("\n".join([*some, phases.legend(desk.language)]) if whole.columns else desk.say(none))
        table.cellDoubleClicked.connect(lambda _row, at: desk.set_phase(whole.columns[at].id))

    desk.runner.start(lambda: phases.matrix(site), done)
    dialog.open()
    return dialog


def _fill(table: QTableWidget, whole: phases.PhaseMatrix, desk: Desk) -> None:
    table.setRowCount(len(whole.rows))
    table.setColumnCount(len(whole.columns))
    table.setHorizontalHeaderLabels([each.name for each in whole.columns])
    table.setVerticalHeaderLabels([desk.language(each.label) for each in whole.rows])
    for row, cells in enumerate(whole.cells):
        for at, cell in enumerate(cells):
            item = QTableWidgetItem(phases.said(cell))
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setToolTip("\n".join(desk.language.say(each.text) for each in cell.findings[:12]))
            table.setItem(row, at, item)
    table.resizeColumnsToContents()
