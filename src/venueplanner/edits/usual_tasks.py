"""Adding the usual tasks of an event with who is responsible, accountable, consulted and informed: ordinary records.

The table is a proposal to begin with (no authority prescribes it); the planner changes every row afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping

from venueplanner.domain.fields import Choice
from venueplanner.domain.plan import Plan
from venueplanner.domain.words import N_, Translate, as_written
from venueplanner.kinds import kind_of

from .features import add, new_id

BODIES = ("organiser", "city", "police", "fire", "health", "transport", "guards", "venue")

# A row: the task, then one cell a body in the order of BODIES.
USUAL: tuple[tuple[str, str], ...] = (
    (N_("Event notification and concept"), "AR C C I I I I C"),
    (N_("Risk assessment"), "R A R C C C C C"),
    (N_("Design of perimeter and cordons"), "R A R C C C C C"),
    (N_("Vehicle barriers and their procurement"), "R A R C I C I C"),
    (N_("Traffic diversion and signs"), "C A R C C R I I"),
    (N_("Emergency routes and rendezvous points"), "C A R R R C I C"),
    (N_("Crowd capacity and ways out"), "R A C R C I C C"),
    (N_("Plan of stewards and posts"), "AR C C I I I R C"),
    (N_("Search and screening"), "A C R I I I R C"),
    (N_("Cameras and data protection"), "R A R I I I C C"),
    (N_("Medical plan"), "A C I C R I I I"),
    (N_("Evacuation, invacuation, lockdown"), "R C A R R I R R"),
    (N_("Public information, languages, accessibility"), "R A C C C C I C"),
    (N_("Human rights and assembly"), "C A R I I I I I"),
    (N_("Tabletop exercise"), "R A R R R R R C"),
    (N_("Go or no-go decision"), "R A C C C C I C"),
    (N_("Incident command"), "C C A R R C R C"),
    (N_("Stand-down, debrief, after-action review"), "R A R R R R R R"),
)
_FIELD = {"R": "responsible", "A": "accountable", "C": "consulted", "I": "informed"}


def cells(row: str) -> Mapping[str, tuple[str, ...]]:
    """Field of a task → the bodies it names, from a row of USUAL.

    >>> cells("AR C C I I I R C")["responsible"]
    ('organiser', 'guards')
    """
    there = dict(zip(BODIES, row.split(), strict=True))
    return {field: tuple(body for body in BODIES if letter in there[body]) for letter, field in _FIELD.items()}


def add_usual(plan: Plan, *, say: Translate = as_written) -> Plan:
    """The plan with the usual tasks that it does not have by name, in the language of `say`.

    A body that no stakeholder of the plan is becomes a stakeholder to fill in; a second run adds nothing.
    """
    have = {each.name for each in plan.of("task")}
    wanted = [(say(name), row) for name, row in USUAL if say(name) not in have]
    if not wanted:
        return plan
    bodies: dict[str, str] = {}
    for each in plan.of("stakeholder"):
        bodies.setdefault(str(each["body"] or ""), each.id)
    field = kind_of("stakeholder").field("body")
    assert isinstance(field, Choice)  # noqa: S101 - declared so
    for body in BODIES:
        if body not in bodies:
            bodies[body] = new_id()
            sector = "private" if body in ("organiser", "guards", "venue") else "public"
            values = {"name": say(field.label_of(body)), "body": body, "sector": sector}
            plan = add(plan, kind="stakeholder", values=values, id=bodies[body])
    for name, row in wanted:
        linked = {field_id: tuple(bodies[body] for body in several) for field_id, several in cells(row).items()}
        plan = add(plan, kind="task", values={"name": name, **linked})
    return plan
