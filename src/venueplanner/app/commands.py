"""Named actions over a session: what the window and the command line both offer, so that both do the same.

Every one is a single undoable step. Labels are English source texts; whoever shows the history translates them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Finding, Fix
from venueplanner.domain.errors import UnknownName
from venueplanner.domain.plan import Change, Feature, Plan
from venueplanner.domain.rules import Rule
from venueplanner.domain.words import N_, Words
from venueplanner.edits import BY_NAME, facts, features, layers, places, waivers

from .inspector import Inspector
from .session import Session

# Facts of a plan that a planner fills in: (key, label, what it is for).
PLAN_FACTS: tuple[tuple[str, str, str], ...] = (
    ("title", N_("Title"), N_("Name of the event, printed on every sheet.")),
    ("place", N_("Place"), N_("Where the event is held.")),
    ("version", N_("Version"), N_("Such as 3 or 2026-08-20; printed on every sheet.")),
    ("valid_until", N_("Valid until"), N_("Date after which a printed sheet must not be used.")),
    ("classification", N_("Classification"), N_("Such as For official use; printed on every sheet.")),
    ("author", N_("Drawn up by"), N_("Office or post that answers for the plan.")),
)
EXERCISE = "exercise"


def draw(
    session: Session,
    kind: str,
    shape: BaseGeometry | None = None,
    values: Mapping[str, Any] | None = None,
    *,
    initiator: object = None,
) -> str:
    """Add one feature or record; returns its id. Raises `BadValue`, `UnknownName`."""
    made = features.new_id()
    session.do(N_("Add"), features.add, initiator=initiator, kind=kind, shape=shape, values=values or {}, id=made)
    return made


def draw_point(session: Session, kind: str, x: float, y: float, *, initiator: object = None) -> str:
    """Add one feature at a place in metres; returns its id."""
    return draw(session, kind, shapely.Point(x, y), initiator=initiator)


def change_values(
    session: Session, ids: Sequence[str], values: Mapping[str, Any], *, initiator: object = None
) -> Change:
    """Set values of one feature or of several at once. Typing in one field is one step. Raises `BadValue`."""
    key = "values:" + ",".join(ids) + ":" + ",".join(values)
    return session.do(
        N_("Change values"), _change_each, initiator=initiator, merge_key=key, ids=tuple(ids), values=dict(values)
    )


def _change_each(plan: Plan, *, ids: Sequence[str], values: Mapping[str, Any]) -> Plan:
    for each in ids:
        plan = features.change(plan, id=each, values=values)
    return plan


def delete(session: Session, ids: Iterable[str], *, initiator: object = None) -> Change:
    """Take features out of the plan, and the links to them."""
    return session.do(N_("Delete"), features.remove, initiator=initiator, ids=tuple(ids))


def copy(session: Session, ids: Iterable[str]) -> tuple[Feature, ...]:
    """What a later `paste` puts in: the features as they are now."""
    return tuple(session.plan.features[each] for each in ids if each in session.plan.features)


def paste(
    session: Session, clip: Sequence[Feature], east: float = 0.0, north: float = 0.0, *, initiator: object = None
) -> tuple[str, ...]:
    """Put in copies, shifted by metres; returns the new ids."""
    change = session.do(N_("Paste"), features.paste, initiator=initiator, features=clip, east=east, north=north)
    return tuple(key for key, old, _ in change.rows("features") if old is None)


def move(session: Session, ids: Iterable[str], east: float, north: float, *, initiator: object = None) -> Change:
    """Shift features by metres."""
    return session.do(N_("Move"), places.move, initiator=initiator, ids=tuple(ids), east=east, north=north)


def turn(session: Session, ids: Iterable[str], degrees: float, *, initiator: object = None) -> Change:
    """Turn features clockwise about their middle."""
    return session.do(N_("Turn"), places.turn, initiator=initiator, ids=tuple(ids), degrees=degrees)


def apply_fix(session: Session, fix: Fix, *, initiator: object = None) -> Change:
    """Mend a finding: one click, one step. Raises `UnknownName` for a fix this version does not know."""
    if fix.edit not in BY_NAME:
        raise UnknownName(Words(N_("This version cannot do “{edit}”."), {"edit": fix.edit}))
    label = N_("Mend a finding") if fix.label.values or not fix.label.template else fix.label.template
    return session.do(label, BY_NAME[fix.edit], initiator=initiator, **fix.args)


def waive(session: Session, finding: Finding, reason: str, by: str, *, initiator: object = None) -> Change:
    """Accept a finding with a reason and a name. Raises `BadValue` when one of them is missing."""
    today = datetime.now().astimezone().date().isoformat()
    args = {"finding": finding.id, "cover": finding.cover, "reason": reason, "by": by, "date": today}
    return session.do(N_("Waive a finding"), waivers.waive, initiator=initiator, **args)


def take_back_waiver(session: Session, finding_id: str, *, initiator: object = None) -> Change:
    """Withdraw a waiver."""
    return session.do(N_("Withdraw a waiver"), waivers.take_back, initiator=initiator, finding=finding_id)


def set_facts(session: Session, values: Mapping[str, str], *, initiator: object = None) -> Change:
    """Set facts of the plan; an empty text takes one out."""
    key = "facts:" + ",".join(values)
    return session.do(N_("Change the plan's data"), facts.put, initiator=initiator, merge_key=key, values=dict(values))


def remove_layers(session: Session, ids: Iterable[str], *, initiator: object = None) -> Change:
    """Take city layers out of the plan; the files stay in its folder, so this can be undone."""
    return session.do(N_("Remove city data"), layers.remove, initiator=initiator, ids=tuple(ids))


def set_phase(session: Session, inspector: Inspector | None, phase: str | None) -> None:
    """Look at one phase of the event (None: all) and check the plan as it is then. Not an edit: a way of looking."""
    if session.phase != phase:
        session.phase = phase
        if inspector is not None:
            inspector.check_all()


def undo(session: Session) -> bool:
    """Take back the last step."""
    return session.undo()


def redo(session: Session) -> bool:
    """Do again what was taken back."""
    return session.redo()


def go_to(session: Session, steps: int) -> None:
    """Go back or forth in the history until `steps` steps are in force."""
    session.go_to(steps)


def rule_of(session: Session, finding: Finding) -> Rule | None:
    """The rule a finding was judged by, with the plan's own value, or None when the profile has none of that id."""
    return session.rules.rules.get(finding.rule)


def override_rule(session: Session, rule_id: str, value: str, *, initiator: object = None) -> Change:
    """Give a rule the plan's own value; an empty text goes back to the profile's. Raises `BadValue`."""
    if value:
        session.profile.overridden({f"rule.{rule_id}": value})
    return set_facts(session, {f"rule.{rule_id}": value}, initiator=initiator)
