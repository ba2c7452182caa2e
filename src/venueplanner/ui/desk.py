"""The desk: what all panels of a window share. They listen to it, never to each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from venueplanner.app import commands
from venueplanner.app.inspector import Inspector
from venueplanner.app.jobs import Inline, Runner
from venueplanner.app.language import Language
from venueplanner.app.session import Session
from venueplanner.domain.check import Check, Finding
from venueplanner.domain.errors import PlannerError
from venueplanner.domain.plan import Change, Feature, Plan

from .seldom import Seldom
from .theme import Theme, Tokens

Answer = TypeVar("Answer")
EVIDENCE_EVERY, FINDINGS_EVERY = 50, 250  # ms
MakeInspector = Callable[[Session], Inspector]


class Desk(QObject):
    """One open plan with its inspector, the selection, the chosen finding, language and theme.

    Signals: `session_changed()` another plan; `plan_changed(change, initiator)`; `findings_changed()` at most
    four times a second until the answers are fresh, `evidence_changed()` for the map, more often;
    `selection_changed(ids)`; `finding_chosen(finding or None)`; `phase_changed()`; `said(text)` something to tell.
    """

    session_changed = Signal()
    plan_changed = Signal(object, object)
    findings_changed = Signal()
    evidence_changed = Signal()
    selection_changed = Signal(tuple)
    finding_chosen = Signal(object)
    phase_changed = Signal()
    said = Signal(str)

    def __init__(
        self,
        session: Session,
        checks: Sequence[Check],
        make_inspector: MakeInspector,
        theme: Theme,
        language: Language,
        runner: Runner | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.checks = {check.id: check for check in checks}
        self.theme = theme
        self.language = language
        self.runner = runner or Inline()
        self.selected: tuple[str, ...] = ()
        self.finding: Finding | None = None
        self._make_inspector = make_inspector
        # The map sets this: checks begin when it is shown, not while it is being painted for the first time.
        self.when_shown: Callable[[Callable[[], object]], object] = lambda act: act()
        self.session = session
        self._evidence = Seldom(EVIDENCE_EVERY, self.evidence_changed.emit, self)
        self._findings = Seldom(FINDINGS_EVERY, self._tell_findings, self)
        self.inspector = self._follow(session)

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return self.theme.tokens

    def _follow(self, session: Session) -> Inspector:
        inspector = self._make_inspector(session)
        inspector.listen(self._news)
        self._stop = session.listen(self._changed)
        return inspector

    def open(self, session: Session) -> None:
        """Put another plan on the desk."""
        self.leave()
        self.session = session
        self.selected, self.finding = (), None
        self.inspector = self._follow(session)
        self.session_changed.emit()
        inspector = self.inspector
        self.when_shown(lambda: inspector.check_all() if inspector is self.inspector else None)

    def leave(self) -> None:
        """Follow the present plan no longer."""
        self._evidence.drop()
        self._findings.drop()
        self._stop()
        self.inspector.close()

    # -- news ---------------------------------------------------------------------------------------------------
    def _changed(self, change: Change, initiator: object) -> None:
        kept = tuple(each for each in self.selected if each in self.session.plan.features)
        if self.session.phase and self.session.phase not in self.session.plan.features:
            self.set_phase(None)
        self.select(kept)  # first: whoever hears of the change asks for what is selected
        self.plan_changed.emit(change, initiator)

    def _news(self) -> None:
        """The inspector has news. The map follows a drag; sentences nobody reads while dragging can wait."""
        if self.inspector.busy or self.inspector.previewing:
            self._evidence.ask()
            self._findings.ask()
        else:
            self._evidence.now()
            self._findings.now()

    def _tell_findings(self) -> None:
        if self.finding is not None:
            fresh = {each.id: each for each in self.inspector.findings}
            now = fresh.get(self.finding.id)
            if now is None and not self.inspector.is_stale(self.finding):
                self.choose(None)
            elif now is not None and now is not self.finding:
                self.choose(now)
        self.findings_changed.emit()

    # -- choosing -----------------------------------------------------------------------------------------------
    def select(self, ids: Sequence[str]) -> None:
        """Select features everywhere in the window."""
        chosen = tuple(each for each in ids if each in self.session.plan.features)
        if chosen != self.selected:
            self.selected = chosen
            self.selection_changed.emit(chosen)

    def chosen_features(self) -> list[Feature]:
        """The selected features."""
        return [self.session.plan.features[each] for each in self.selected]

    def choose(self, finding: Finding | None) -> None:
        """Choose a finding everywhere in the window."""
        if finding is not self.finding:
            self.finding = finding
            self.finding_chosen.emit(finding)

    def preview(self, plan: Plan | None) -> None:
        """Show what the checks would say of a draft; None goes back to the plan."""
        self.inspector.preview(plan)

    def set_phase(self, phase: str | None) -> None:
        """Look at one phase, or at all (None)."""
        if phase != self.session.phase:
            commands.set_phase(self.session, self.inspector, phase)
            self.phase_changed.emit()

    # -- doing --------------------------------------------------------------------------------------------------
    def attempt(self, action: Callable[..., Answer], *args: Any, **named: Any) -> Answer | None:
        """Do something; an error the user can mend is said in the status bar instead of raised."""
        try:
            return action(*args, **named)
        except PlannerError as error:
            self.said.emit(error.say(self.language))
            return None

    def say(self, text: str, **values: object) -> str:
        """A text in the language of the window, with values put in."""
        said = self.language(text)
        return said.format(**values) if values else said
