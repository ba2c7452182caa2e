"""What hangs on estimates: the findings that flip when a rule is a fifth off, worked out in a worker."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from venueplanner.app import sensitivity
from venueplanner.domain.words import N_, Words

from .desk import Desk
from .pieces import label


def show_sensitivity(desk: Desk, parent: QWidget) -> QDialog:
    """Open the dialog; it fills when the answer is there."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(desk.say(N_("What hangs on estimates")))
    dialog.resize(desk.theme.px(1000), desk.theme.px(460))
    column = QVBoxLayout(dialog)
    told = label(desk.say(N_("Working it out …")), "muted", wrap=True)
    tree = QTreeWidget(dialog)
    tree.setColumnCount(2)
    tree.setHeaderLabels([desk.say(N_("If it were")), desk.say(N_("Settled by"))])
    tree.setWordWrap(True)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.reject)
    for piece in (told, tree, buttons):
        column.addWidget(piece)
    site = desk.session.site()

    def done(found: list[sensitivity.Flip] | None, trouble: BaseException | None) -> None:
        if not dialog.isVisible():
            return
        if found is None:
            told.setText(desk.say(N_("This could not be worked out.")))
            return
        flipping = [each for each in found if each]
        none = N_("No finding flips when an estimate is a fifth higher or lower.")
        some = N_("These findings come (+) or go (–) when an estimate is a fifth higher or lower.")
        told.setText(desk.say(some if flipping else none))
        for each in flipping:
            _add(tree, desk, each)
        tree.setColumnWidth(0, desk.theme.px(430))

    desk.runner.start(lambda: sensitivity.flips(site), done)
    dialog.open()
    return dialog


def _add(tree: QTreeWidget, desk: Desk, flip: sensitivity.Flip) -> None:
    say = desk.language.say
    values = {"label": Words(flip.label), "now": flip.value * flip.factor, "value": flip.value}
    head = QTreeWidgetItem(
        tree, [say(Words(N_("{label}: {now:g} instead of {value:g}"), values)), say(flip.settled_by)]
    )
    for mark, findings in (("+", flip.come), ("–", flip.gone)):
        for finding in findings:
            row = QTreeWidgetItem(head, [f"{mark} {say(finding.text)}"])
            row.setFirstColumnSpanned(True)
            row.setToolTip(0, say(finding.text))
    head.setExpanded(True)
