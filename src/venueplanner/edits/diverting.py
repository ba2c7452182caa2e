"""Diverting: the ways round a closure and their signs as ordinary features, all in one step."""

from __future__ import annotations

from collections.abc import Sequence

from shapely.geometry.base import BaseGeometry

from venueplanner.domain.plan import Plan

from .features import add, new_id

Route = tuple[BaseGeometry, str, bool]  # line in the direction of travel, whom it is for, whether its signs come along
Board = tuple[BaseGeometry, str, "str | None"]  # point, purpose, arrow


def divert(plan: Plan, *, closures: Sequence[str], routes: Sequence[Route], signs: Sequence[Board]) -> Plan:
    """The plan with diversion routes round closures and with their signs; signs belong to the first closure."""
    there = [each for each in closures if each in plan.features]
    for line, traffic, signed in routes:
        values = {"closures": there, "traffic": traffic, "signed": signed}
        plan = add(plan, kind="diversion", shape=line, values=values, id=new_id())
    for place, purpose, shows in signs:
        values = {"purpose": purpose, "shows": shows, "serves": there[:1]}
        plan = add(plan, kind="sign", shape=place, values=values, id=new_id())
    return plan
