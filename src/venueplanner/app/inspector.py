"""The inspector: keeps findings fresh. After an edit only the subjects it can have touched are checked again.

Per check one job at a time runs on an immutable snapshot; what changes meanwhile waits and is merged, so the newest
wins. Answers that are waiting to be replaced stay, marked stale. A check that raises becomes the state "failed"; one
that lacks city data "unchecked" with the reason. Silence is never "all clear".
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Finding, Status
from venueplanner.domain.errors import PlannerError
from venueplanner.domain.plan import Change, Feature, Plan
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.kinds import BY_ID

from .jobs import Runner
from .preview import Answers, Preview
from .session import Session

NO_SUBJECT = ""


def check_subject(check: Check, site: Site, subject: Feature) -> tuple[Status, tuple[Finding, ...]]:
    """State and findings of one check for one subject. Never raises: a failure is a state."""
    try:
        missing = check.missing(site)
        if missing is not None:
            return Status("unchecked", missing), ()
        findings = tuple(sorted(check.find(site, subject), key=lambda each: (each.id, each.text.say())))
    except PlannerError as error:
        return Status("failed", error.text), ()
    except Exception as error:  # noqa: BLE001 - a check that breaks is a state, never a crash
        reason = Words(N_("the check stopped with an error ({error})"), {"error": f"{type(error).__name__}: {error}"})
        return Status("failed", reason), ()
    return Status("findings" if findings else "fine"), findings


def subjects_of(check: Check, site: Site) -> list[Feature]:
    """The features a check looks at."""
    return check.subjects(site)


def touched(check: Check, site: Site, change: Change) -> set[str]:
    """Ids of the subjects whose answer the change can have altered.

    A subject that changed itself; one within reach of the old or the new place of a watched feature; all of them when a
    rule, a phase or the city data changed.
    """
    kinds = (check.subject, *check.also)
    everyone = {subject.id for subject in site.plan.of(*kinds)}
    if change.rows("layers") or any(key.startswith(("rule.", "profile", "crs")) for key, _, _ in change.rows("facts")):
        return everyone
    hit = {key for key, old, new in change.rows("features") if {f.kind for f in (old, new) if f} & set(kinds)}
    watched = [each for each in change.features() if each.kind in check.watches]
    if not watched:
        return hit & everyone
    if any(each.shape is None for each in watched):
        return everyone
    reach = check.reach(site)
    # The envelope of a point is a point; a box without area would be lost when it is joined to another.
    places = [_ground_of(each, site).envelope for each in watched]
    for subject in site.plan.of(*kinds):
        # A record is nowhere: whatever is watched can matter to it.
        if subject.shape is None or shapely.dwithin(subject.shape, places, reach).any():
            hit.add(subject.id)
    return hit & everyone


def _ground_of(feature: Feature, site: Site) -> BaseGeometry:
    """What a feature takes up: its outline, which may reach beyond the drawn line or point, and the shape itself."""
    outline = BY_ID[feature.kind].outline
    shapes = [feature.shape, *(outline(feature, site.plan, site.rules) if outline is not None else ())]
    return shapely.union_all([each for each in shapes if each is not None])


def _touched_answers(check: Check, site: Site, change: Change) -> Answers:
    """The answers of one check for the subjects that a change can have touched, on the site as it then is."""
    hit = touched(check, site, change)
    return {each.id: check_subject(check, site, each) for each in subjects_of(check, site) if each.id in hit}


def _without_subject(check: Check, site: Site) -> Status:
    """The state of a check that finds nothing of its kind in the plan: not checked, or nothing to check."""
    nothing = Words(N_("there is nothing of this kind in the plan yet"))
    if check.essential:
        return Status("unchecked", check.missing(site) or nothing)
    return Status("idle", nothing)


@dataclass
class _Desk:
    """The state of one check: answers by subject, what waits, whether a job runs."""

    check: Check
    answers: Answers = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)
    running: set[str] = field(default_factory=set)
    busy: bool = False


class Inspector:
    """Runs the checks of a session and keeps their answers. `listen` is called whenever something is new."""

    def __init__(self, session: Session, checks: Iterable[Check], runner: Runner) -> None:
        self._session = session
        self._runner = runner
        self._desks = {check.id: _Desk(check) for check in checks}
        self._preview = Preview(
            tuple(each.check for each in self._desks.values()), runner, _touched_answers, self._tell
        )
        self._listeners: list[Callable[[], None]] = []
        self._stop = session.listen(self._changed)
        self._edited_at: float | None = None
        self.last_latency: float | None = None

    def listen(self, listener: Callable[[], None]) -> None:
        """Call `listener()` when findings or states are new."""
        self._listeners.append(listener)

    def close(self) -> None:
        """Follow the session no longer."""
        self._stop()

    # -- asking -------------------------------------------------------------------------------------------------
    @property
    def findings(self) -> list[Finding]:
        """All findings, the gravest first; waived ones too (see `is_waived`)."""
        order = {"critical": 0, "major": 1, "minor": 2, "info": 3}
        found = [each for desk in self._desks.values() for _, several in self._shown(desk).values() for each in several]
        return sorted(found, key=lambda each: (order[each.severity], each.check, -(each.measured or 0.0), each.id))

    def _shown(self, desk: _Desk) -> Answers:
        """The answers of a check, those of the draft being dragged in place of the plan's."""
        return {**desk.answers, **self._preview.answers.get(desk.check.id, {})}

    @property
    def states(self) -> Mapping[tuple[str, str], Status]:
        """State of every check for every subject; a check without subjects has one row with subject ""."""
        states: dict[tuple[str, str], Status] = {}
        site = self._session.site()
        for desk in self._desks.values():
            for subject_id, (status, _) in desk.answers.items():
                stale = subject_id in desk.waiting or subject_id in desk.running
                states[desk.check.id, subject_id] = Status("checking") if stale else status
            unanswered = (desk.waiting | desk.running) - set(desk.answers)
            for subject_id in unanswered:
                states[desk.check.id, subject_id] = Status("checking")
            if not desk.answers and not unanswered:
                states[desk.check.id, NO_SUBJECT] = _without_subject(desk.check, site)
        return states

    @property
    def busy(self) -> bool:
        """Whether any answer is not fresh yet."""
        return any(desk.busy or desk.waiting for desk in self._desks.values())

    def is_stale(self, finding: Finding) -> bool:
        """Whether the finding is about to be replaced."""
        desk = self._desks[finding.check]
        previewed = finding.subject in self._preview.answers.get(finding.check, {})
        return previewed or finding.subject in desk.waiting or finding.subject in desk.running

    def is_waived(self, finding: Finding) -> bool:
        """Whether a waiver covers the finding as it is now."""
        return is_waived(self._session.plan, finding)

    # -- working ------------------------------------------------------------------------------------------------
    def check_all(self, only: str | None = None) -> None:
        """Check every subject of every check (or of one check) afresh."""
        site = self._session.site()
        for desk in self._desks.values():
            if only is None or desk.check.id == only:
                self._forget_gone(desk, site)
                desk.waiting |= {subject.id for subject in subjects_of(desk.check, site)}
                self._next(desk)
        self._tell()

    def preview(self, plan: Plan | None) -> None:
        """Show what the checks would say of a draft of the plan, or with None what they say of the plan itself.

        Findings of a draft count as stale until the plan is really changed and checked.
        """
        if plan is None:
            if self._preview.drop():
                self._tell()
            return
        change = plan.since(self._session.plan)
        if change:
            self._preview.ask(replace(self._session.site(), plan=plan), change)

    @property
    def previewing(self) -> bool:
        """Whether answers about a draft are shown or being worked out."""
        return bool(self._preview.answers) or self._preview.busy

    @property
    def preview_latency(self) -> float | None:
        """Seconds from the newest answered draft to its findings."""
        return self._preview.last_latency

    def _changed(self, change: Change, initiator: object) -> None:
        self._preview.drop()
        site = self._session.site()
        self._edited_at = time.perf_counter()
        everything = "phase" in change.kinds()
        for desk in self._desks.values():
            self._forget_gone(desk, site)
            hit = (
                {each.id for each in subjects_of(desk.check, site)} if everything else touched(desk.check, site, change)
            )
            if hit:
                desk.waiting |= hit
                self._next(desk)
        self._tell()

    def _forget_gone(self, desk: _Desk, site: Site) -> None:
        there = {subject.id for subject in subjects_of(desk.check, site)}
        desk.waiting &= there
        for subject_id in set(desk.answers) - there:
            del desk.answers[subject_id]

    def _next(self, desk: _Desk) -> None:
        if desk.busy or not desk.waiting:
            return
        desk.busy, desk.running, desk.waiting = True, desk.waiting, set()
        site = self._session.site()
        subjects = [each for each in subjects_of(desk.check, site) if each.id in desk.running]

        def work() -> Answers:
            return {subject.id: check_subject(desk.check, site, subject) for subject in subjects}

        def done(answers: Answers | None, trouble: BaseException | None) -> None:
            if answers is not None:
                desk.answers.update(answers)
            desk.busy, desk.running = False, set()
            self._forget_gone(desk, self._session.site())
            self._next(desk)
            if not self.busy and self._edited_at is not None:
                self.last_latency = time.perf_counter() - self._edited_at
                self._edited_at = None
            self._tell()

        self._runner.start(work, done)

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()


def is_waived(plan: Plan, finding: Finding) -> bool:
    """Whether the plan accepts the finding: same id, same geometry, same severity as when it was waived."""
    waiver = plan.waivers.get(finding.id)
    return waiver is not None and waiver.cover == finding.cover
