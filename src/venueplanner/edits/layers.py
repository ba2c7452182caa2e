"""Taking city data into the plan and out of it. The data itself stays in the package folder, so this can be undone."""

from __future__ import annotations

from collections.abc import Iterable

from venueplanner.domain.plan import LayerRecord, Plan


def add(plan: Plan, *, records: Iterable[LayerRecord], crs: str = "") -> Plan:
    """The plan standing on these layers too; its coordinate system is set by the first import."""
    plan = plan.put("layers", {record.id: record for record in records})
    if crs and not plan.fact("crs"):
        plan = plan.put("facts", {"crs": crs})
    return plan


def remove(plan: Plan, *, ids: Iterable[str]) -> Plan:
    """The plan without these layers."""
    return plan.put("layers", dict.fromkeys(ids))
