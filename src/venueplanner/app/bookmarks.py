"""Bookmarks: views of the map by name, kept in the plan, so that whoever opens it finds them."""

from __future__ import annotations

from collections.abc import Sequence

from venueplanner.domain.errors import BadValue
from venueplanner.domain.plan import Change, Plan
from venueplanner.domain.words import N_, Words

from . import commands
from .session import Session

PREFIX = "view."
Box = tuple[float, float, float, float]


def views(plan: Plan) -> dict[str, Box]:
    """The bookmarked pieces of ground by name, in the order of their names; what cannot be read is left out."""
    found: dict[str, Box] = {}
    for key, text in sorted(plan.facts.items()):
        if not key.startswith(PREFIX):
            continue
        try:
            x0, y0, x1, y1 = (float(part) for part in text.split(","))
        except ValueError:
            continue
        found[key.removeprefix(PREFIX)] = (x0, y0, x1, y1)
    return found


def keep(session: Session, name: str, box: Sequence[float], *, initiator: object = None) -> Change:
    """Keep a piece of ground under a name; one of that name is replaced. Raises `BadValue` without a name."""
    name = " ".join(name.split())[:80]
    if not name:
        raise BadValue(Words(N_("A bookmark needs a name.")))
    text = ",".join(f"{each:.2f}" for each in box)
    return commands.set_facts(session, {PREFIX + name: text}, initiator=initiator)


def drop(session: Session, name: str, *, initiator: object = None) -> Change:
    """Forget a bookmark."""
    return commands.set_facts(session, {PREFIX + name: ""}, initiator=initiator)
