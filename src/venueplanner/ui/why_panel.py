"""Why this finding: the reasons in words, the formula with its numbers, rule, source, confidence, fix and waiver."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from venueplanner.app import commands
from venueplanner.app.language import Language
from venueplanner.domain.check import Finding, Fix
from venueplanner.domain.rules import CONFIDENCE
from venueplanner.domain.words import N_

from .desk import Desk
from .measures import quantity
from .pieces import button, empty, label, rule


class WhyPanel(QScrollArea):
    """Explains the chosen finding."""

    show_wanted = Signal(object)
    waive_wanted = Signal(object)
    help_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(self)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(14, 12, 14, 14)
        self._column.setSpacing(6)
        self.setWidget(inner)
        desk.finding_chosen.connect(self._fill)
        desk.session_changed.connect(lambda: self._fill(None))
        self.setVisible(False)

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self.setAccessibleName(language(N_("Why this finding")))
        self._fill(self._desk.finding)

    def _fill(self, finding: Finding | None) -> None:
        empty(self._column)
        self.setVisible(finding is not None)
        if finding is None:
            return
        desk, language, add = self._desk, self._desk.language, self._column.addWidget
        check = desk.checks.get(finding.check)
        title = desk.say(N_("Why: {check}"), check=language(check.label) if check else finding.check)
        add(label(title, "title", wrap=True))
        add(label(language.say(finding.text), wrap=True))
        for line in finding.why:
            text = language.say(line)
            add(label(text, "code" if " = " in text or "√" in text else "", wrap=True))
        for text in self._figures(finding):
            add(label(text, wrap=True))
        add(rule())
        for text in self._source(finding):
            add(label(text, "muted", wrap=True))
        self._buttons(finding)
        self._column.addStretch(1)

    def _figures(self, finding: Finding) -> list[str]:
        measured = quantity(finding.measured, finding.unit, self._desk.language)
        limit = quantity(finding.threshold, finding.unit, self._desk.language)
        if measured and limit:
            return [self._desk.say(N_("Found {measured}, the limit is {limit}."), measured=measured, limit=limit)]
        return [self._desk.say(N_("Found {measured}."), measured=measured)] if measured else []

    def _source(self, finding: Finding) -> list[str]:
        desk, language = self._desk, self._desk.language
        found = commands.rule_of(desk.session, finding)
        lines: list[str] = []
        if found is not None:
            value = quantity(found.value, found.unit, language) if not isinstance(found.value, str) else found.value
            name = language(found.label) if found.label else found.id
            lines.append(desk.say(N_("Rule: {name} = {value}"), name=name, value=value))
            if found.overridden:
                lines.append(desk.say(N_("This plan has its own value for this rule.")))
        source = finding.source or (found.cite() if found else "")
        if source:
            lines.append(desk.say(N_("Source: {source}"), source=source))
        if finding.confidence:
            words = language(CONFIDENCE.get(finding.confidence, finding.confidence))
            lines.append(desk.say(N_("How sure: {words}."), words=words.rstrip(".")))
        return lines

    def _buttons(self, finding: Finding) -> None:
        desk = self._desk
        column = QVBoxLayout()
        column.setSpacing(6)
        column.setContentsMargins(0, 6, 0, 0)
        for number, fix in enumerate(finding.fixes):
            role = "primary" if number == 0 else "outline"
            column.addWidget(button(desk.language.say(fix.label), partial(self._fix, fix), role))
        column.addWidget(button(desk.say(N_("Show")), lambda: self.show_wanted.emit(finding), "outline"))
        column.addWidget(button(desk.say(N_("Waive…")), lambda: self.waive_wanted.emit(finding), "outline"))
        column.addWidget(
            button(desk.say(N_("More in the help")), lambda: self.help_wanted.emit(f"checks/{finding.check}"), "link")
        )
        self._column.addLayout(column)

    def _fix(self, fix: Fix) -> None:
        desk = self._desk
        desk.attempt(commands.apply_fix, desk.session, fix, initiator=self)
