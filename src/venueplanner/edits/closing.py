"""Closing lines: barriers where a gap is to be closed, and gates where a way is kept open, all in one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.kind import Kind
from venueplanner.domain.plan import Plan
from venueplanner.kinds import kind_of

from .features import add


def close_lines(plan: Plan, *, lines: BaseGeometry) -> Plan:
    """The plan with one continuous barrier on every line of a (multi-)line."""
    return close(plan, barriers=list(shapely.get_parts(lines)))


def close(
    plan: Plan,
    *,
    barriers: Sequence[BaseGeometry],
    gates: Sequence[BaseGeometry] = (),
    values: dict[str, Any] | None = None,
) -> Plan:
    """The plan with barriers and gates on lines. Owner, product and rating stay empty for the planner to fill in.

    Gates are for emergency services and guarded, since a gate is only as good as who stands there; `values` go to all.
    """
    for kind, several in ((kind_of("barrier"), barriers), (kind_of("gate"), gates)):
        for line in several:
            if line.length > 0:
                plan = add(plan, kind=kind.id, shape=line, values={**_along(kind, line), **(values or {})})
    return plan


def _along(kind: Kind, line: BaseGeometry) -> dict[str, Any]:
    """Widths that fit a line, within what the kind's fields take."""
    if kind.id == "barrier":
        return {"clear_gap": 0.0}
    width = kind.field("width")
    low, high = getattr(width, "low", None) or 0.0, getattr(width, "high", None) or float("inf")
    return {"width": round(min(max(line.length, low), high), 2), "use": "emergency", "state": "guarded"}
