"""Rows of our own tables from layers, waivers, rules, findings and check states, and back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from venueplanner.domain.check import Finding, Status
from venueplanner.domain.plan import LayerRecord, Plan, Waiver
from venueplanner.domain.rules import Rules

from .change_log import LogRow
from .plan_text import layer_in

Row = dict[str, Any]


def layer_row(layer: LayerRecord) -> Row:
    """A layer record as a row; the rows set aside as JSON."""
    return {**asdict(layer), "set_aside": json.dumps(layer.set_aside, ensure_ascii=False)}


def layer_of(row: Row) -> LayerRecord:
    """The layer record of a row."""
    kept = {key: value for key, value in row.items() if value is not None}
    kept["set_aside"] = json.loads(kept.get("set_aside") or "[]")
    return layer_in(kept)


def waiver_of(row: Row) -> Waiver:
    """The waiver of a row."""
    return Waiver(*(str(row.get(key) or "") for key in ("id", "reason", "by", "date", "cover")))


def rule_rows(rules: Rules | None) -> list[Row]:
    """The rule profile as used, overrides included."""
    if rules is None:
        return []
    return [{"profile": rules.id, **asdict(rule), "value": _plain(rule.value)} for rule in rules.rules.values()]


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else repr(float(value))


def finding_rows(findings: Iterable[Finding], plan: Plan) -> list[Row]:
    """The findings as a table to read; `x`, `y` are metres in the plan's system."""
    rows = []
    for finding in findings:
        shape = finding.shape
        place = None if shape is None or shape.is_empty else shape.representative_point()
        waiver = plan.waivers.get(finding.id)
        rows.append(
            {
                "id": finding.id,
                "check": finding.check,
                "severity": finding.severity,
                "text": finding.text.say(),
                "measured": finding.measured,
                "threshold": finding.threshold,
                "unit": finding.unit,
                "rule": finding.rule,
                "source": finding.source,
                "confidence": finding.confidence,
                "subject": finding.subject,
                "features": ",".join(finding.features),
                "x": None if place is None else place.x,
                "y": None if place is None else place.y,
                "waived": waiver is not None and waiver.cover == finding.cover,
            }
        )
    return rows


def state_rows(states: Mapping[tuple[str, str], Status]) -> list[Row]:
    """The state of every check for every subject."""
    return [
        {"check": check, "subject": subject, "state": status.state, "reason": status.reason and status.reason.say()}
        for (check, subject), status in states.items()
    ]


def log_row(row: LogRow) -> Row:
    """A row of the change log."""
    return {**asdict(row), "changed": ",".join(row.changed)}


def log_of(row: Row) -> LogRow:
    """The change log entry of a row."""
    changed = tuple(part for part in str(row["changed"] or "").split(",") if part)
    texts = {key: str(row[key] or "") for key in ("time", "label", "before", "after", "chain")}
    return LogRow(seq=int(row["seq"]), changed=changed, **texts)
