"""Small dialogs: waive a finding, read help, licences, rules, the import's report."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from venueplanner.app import help_pages, licences
from venueplanner.app.language import Language
from venueplanner.domain.check import Finding
from venueplanner.domain.rules import CONFIDENCE, Rule, Rules
from venueplanner.domain.words import N_

from .desk import Desk
from .pieces import label
from .reader import Reader


def _buttons(dialog: QDialog, language: Language, *, accept: str = "") -> QDialogButtonBox:
    box = QDialogButtonBox(dialog)
    if accept:
        box.addButton(language(accept), QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(language(N_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
    else:
        box.addButton(language(N_("Close")), QDialogButtonBox.ButtonRole.RejectRole)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box


def ask_waiver(desk: Desk, finding: Finding, parent: QWidget, signer: str = "") -> tuple[str, str] | None:
    """Reason and name for a waiver, or None when the user thinks better of it."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(desk.say(N_("Waive the finding")))
    column, form = QVBoxLayout(dialog), QFormLayout()
    column.addWidget(label(desk.language.say(finding.text), wrap=True))
    reason, name = QPlainTextEdit(dialog), QLineEdit(signer, dialog)
    form.addRow(desk.say(N_("Reason")), reason)
    form.addRow(desk.say(N_("Name or post")), name)
    column.addLayout(form)
    note = desk.say(N_("The waiver holds until the geometry it covers moves. The finding stays in every report."))
    column.addWidget(label(note, "muted", wrap=True))
    column.addWidget(_buttons(dialog, desk.language, accept=N_("Waive")))
    dialog.resize(460, 300)
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return None
    return reason.toPlainText(), name.text()


def show_text(title: str, markdown: str, language: Language, parent: QWidget) -> QDialog:
    """A page to read."""
    return _page(title, markdown, language, parent)[0]


def _page(title: str, markdown: str, language: Language, parent: QWidget) -> tuple[QDialog, Reader]:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    page = Reader(dialog)
    page.setMarkdown(markdown)
    column.addWidget(page)
    column.addWidget(_buttons(dialog, language))
    dialog.resize(640, 560)
    dialog.show()
    return dialog, page


def show_help(
    page_id: str, language: Language, parent: QWidget, rules: Rules | None = None, keys: str = ""
) -> QDialog | None:
    """The help page of a kind, a check or the whole program; its links turn pages.

    `rules` fill in the numbers, `keys` the page of the keys.
    """
    page = help_pages.find(page_id, language.code) or help_pages.find(help_pages.START, language.code)
    if page is None:
        return None
    dialog, browser = _page(page.title, help_pages.text(page, rules, keys), language, parent)
    shown = [page]

    def turn(link: QUrl) -> None:
        wanted = help_pages.find(help_pages.linked(shown[0], link.toString()), language.code)
        if wanted is not None:
            shown[0] = wanted
            browser.setMarkdown(help_pages.text(wanted, rules, keys))
            dialog.setWindowTitle(wanted.title)

    browser.anchorClicked.connect(turn)
    return dialog


def show_about(language: Language, parent: QWidget) -> None:
    """What this is, and the licences of the installed packages it stands on."""
    lines = ["# VenuePlanner", language(N_("Plans the protection of a public event, offline.")), "", "Apache-2.0", ""]
    lines += ["## " + language(N_("Other people's work in it")), ""]
    lines += [f"- **{each.name}** {each.version} – {each.licence}" for each in licences.third_party()]
    show_text(language(N_("About VenuePlanner")), "\n".join(lines), language, parent)


def _value(rule: Rule, language: Language) -> str:
    """All digits of a number, with the reader's decimal mark."""
    return f"{rule.value:g}".replace(".", language.decimal) if isinstance(rule.value, float) else str(rule.value)


def show_rules(rules: Rules, language: Language, parent: QWidget) -> None:
    """Every rule with its value, source and how sure it is."""
    rows = [
        (
            language(rule.label) or rule.id,
            f"{_value(rule, language)} {language(rule.unit)}".strip(),
            rule.cite(),
            language(CONFIDENCE.get(rule.confidence, rule.confidence)),
        )
        for rule in rules.rules.values()
    ]
    heads = [language(text) for text in (N_("Rule"), N_("Value"), N_("Source"), N_("How sure"))]
    show_table(f"{language(N_('Rules'))}: {rules.title}", heads, rows, language, parent)


def show_table(
    title: str, heads: Sequence[str], rows: Sequence[Sequence[str]], language: Language, parent: QWidget
) -> None:
    """A table to read."""
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    table = QTableWidget(len(rows), len(heads), dialog)
    table.setHorizontalHeaderLabels(list(heads))
    table.verticalHeader().hide()
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setWordWrap(True)
    for row, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            table.setItem(row, place, QTableWidgetItem(cell))
    table.resizeColumnsToContents()
    most = 40 * table.fontMetrics().averageCharWidth()  # longer texts are wrapped
    for place in range(len(heads)):
        table.setColumnWidth(place, min(table.columnWidth(place), most))
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setStretchLastSection(True)
    column.addWidget(table)
    column.addWidget(_buttons(dialog, language))
    dialog.resize(1120, 600)
    dialog.show()
    table.resizeRowsToContents()  # the widths are known now
