"""The plan a draft would make: what is dragged at its new place, what is drawn as if it were finished here."""

from __future__ import annotations

from venueplanner.domain.errors import PlannerError
from venueplanner.domain.plan import Plan
from venueplanner.edits import features
from venueplanner.edits.vertices import line_of
from venueplanner.kinds import BY_ID

from .events import Draft

BEING_DRAWN = "being-drawn"  # the id of what is not in the plan yet


def drafted(plan: Plan, draft: Draft | None, tool: str) -> Plan | None:
    """The plan as it would be if the hand let go now; None when the draft changes nothing or is no shape yet."""
    if draft is None:
        return None
    if draft.shapes:
        moved = {
            key: plan.features[key].with_shape(shape) for key, shape in draft.shapes.items() if key in plan.features
        }
        changed = {key: each for key, each in moved.items() if each != plan.features[key]}
        return plan.put("features", changed) if changed else None
    if tool not in BY_ID or not draft.points or draft.cursor is None:
        return None
    try:
        shape = line_of([*draft.points, draft.cursor], draft.family)
        return features.add(plan, kind=tool, shape=shape, id=BEING_DRAWN)
    except PlannerError:
        return None
