"""Setting the facts of the plan: title, classification, validity, rule overrides, page frames."""

from __future__ import annotations

from collections.abc import Mapping

from venueplanner.domain.plan import Plan


def put(plan: Plan, *, values: Mapping[str, str]) -> Plan:
    """The plan with some facts set; an empty text takes a fact out."""
    return plan.put("facts", {key: value or None for key, value in values.items()})
