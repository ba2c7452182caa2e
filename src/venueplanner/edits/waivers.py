"""Waiving a finding with a reason and a name, and taking that back."""

from __future__ import annotations

from venueplanner.domain.errors import BadValue
from venueplanner.domain.plan import Plan, Waiver
from venueplanner.domain.words import N_, Words


def waive(plan: Plan, *, finding: str, cover: str, reason: str, by: str, date: str) -> Plan:
    """The plan with a finding accepted. A reason and a name are required: an unsigned waiver is worth nothing."""
    if not reason.strip() or not by.strip():
        raise BadValue(Words(N_("A waiver needs a reason and the name or post of whoever answers for it.")))
    return plan.put("waivers", {finding: Waiver(finding, reason.strip(), by.strip(), date, cover)})


def take_back(plan: Plan, *, finding: str) -> Plan:
    """The plan with a waiver withdrawn."""
    return plan.put("waivers", {finding: None})
