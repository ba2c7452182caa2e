"""Phases against checks: what the checks say in each phase, and when a gate stands open or unguarded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from venueplanner.checks import ALL as CHECKS
from venueplanner.checks.staffing import shortfall, span_of
from venueplanner.domain.check import SEVERITIES, STATES, Check, Finding, Status
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words

from .inspector import check_subject, is_waived, subjects_of
from .language import Language
from .reporting import SIGNS
from .session import Session

# From the worst: one check that could not run outweighs all that found nothing.
_WORST = ("failed", "unchecked", "findings", "fine", "idle")


@dataclass(frozen=True)
class Cell:
    """One check in one phase: its worst state, and its findings that no waiver covers."""

    state: str
    findings: tuple[Finding, ...] = ()

    def count(self, severity: str) -> int:
        """How many findings of one severity."""
        return sum(each.severity == severity for each in self.findings)


@dataclass(frozen=True)
class PhaseMatrix:
    """`cells[row][column]`: check `rows[row]` in phase `columns[column]`; phases in the order of time."""

    rows: tuple[Check, ...]
    columns: tuple[Feature, ...]
    cells: tuple[tuple[Cell, ...], ...]
    sentences: tuple[Words, ...] = field(default=())


def in_order(site: Site) -> list[Feature]:
    """The phases by their start, those without one last."""
    return sorted(site.plan.of("phase"), key=lambda each: (str(each["start"] or "~"), each.name))


def matrix(
    site: Site,
    checks: Sequence[Check] = CHECKS,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> PhaseMatrix:
    """Run the checks in every phase. Where the same features are active the answer of another phase is taken."""
    phases = in_order(site)
    rows = []
    for done, check in enumerate(checks):
        progress(done, len(checks))
        known: dict[Any, Cell] = {}
        row = []
        for phase in phases:
            there = replace(site, phase=phase.id)
            key = _key(check, there)
            if key not in known:
                known[key] = _cell(check, there)
            row.append(known[key])
        rows.append(tuple(row))
    progress(len(checks), len(checks))
    return PhaseMatrix(tuple(checks), tuple(phases), tuple(rows), tuple(open_gates(site)))


def _key(check: Check, site: Site) -> Any:
    """What the answer of a check in a phase depends on; a check that watches phases depends on the phase itself."""
    kinds = {check.subject, *check.also, *check.watches}
    active = frozenset(each.id for each in site.of(*kinds))
    return (active, site.phase if "phase" in kinds else None)


def _cell(check: Check, site: Site) -> Cell:
    answers: list[tuple[Status, tuple[Finding, ...]]] = [
        check_subject(check, site, each) for each in subjects_of(check, site)
    ]
    if not answers:
        return Cell("unchecked" if check.essential else "idle")
    state = min((status.state for status, _ in answers), key=_WORST.index)
    found = [each for _, several in answers for each in several if not is_waived(site.plan, each)]
    return Cell("fine" if state == "findings" and not found else state, tuple(found))


# -- gates ----------------------------------------------------------------------------------------------------------
def open_gates(site: Site) -> Iterator[Words]:
    """Sentences such as "14:00–15:30: gate G3 is open and nobody guards it", phase by phase."""
    staffed = bool(site.plan.of("shift"))
    for phase in in_order(site):
        hours = span_of(phase)
        for gate in replace(site, phase=phase.id).of("gate"):
            values: dict[str, object] = {"name": gate.name, "phase": phase.name}
            said = _times(hours) if hours else {"start": phase.name, "end": "…"}
            if gate["state"] == "open":
                yield Words(N_("{start}–{end}: gate {name} is open and nobody guards it."), {**values, **said})
            elif gate["state"] == "guarded" and gate.number("guards") < 1:
                yield Words(N_("{start}–{end}: gate {name} is to be guarded and has no guards."), {**values, **said})
            elif gate["state"] == "guarded" and staffed and hours:
                yield from _unstaffed(site, gate, hours, values)


def _unstaffed(
    site: Site, gate: Feature, hours: tuple[datetime, datetime], values: dict[str, object]
) -> Iterator[Words]:
    shifts = [each for each in site.plan.of("shift") if gate.id in each.links("at")]
    spans = [(span, int(each.number("people"))) for each in shifts if (span := span_of(each)) is not None]
    wanted = int(gate.number("guards"))
    short = shortfall(hours, spans, wanted)
    if short is not None:
        said = {**values, **_times(short[0]), "have": short[1], "wanted": wanted}
        yield Words(N_("{start}–{end}: gate {name} is to be guarded by {wanted}; {have} are on shift."), said)


def _times(span: tuple[datetime, datetime]) -> dict[str, object]:
    return {"start": span[0].strftime("%H:%M"), "end": span[1].strftime("%H:%M")}


# -- saying ---------------------------------------------------------------------------------------------------------
def said(cell: Cell) -> str:
    """A cell in a few signs: the findings by severity, ✓ nothing found, ? not checked, – nothing to check."""
    if cell.state in ("unchecked", "failed"):
        return "?"
    if cell.state == "idle":
        return "–"
    parts = [f"{SIGNS[key]}{count}" for key, _ in SEVERITIES if (count := cell.count(key))]
    return " ".join(parts) or "✓"


def report(session: Session, language: Language) -> dict[str, Any]:
    """The matrix as plain data: per phase its times, per check the state and the counts in each phase."""
    whole = matrix(session.site())
    return {
        "phases": [
            {"id": each.id, "name": each.name, "start": each["start"], "end": each["end"]} for each in whole.columns
        ],
        "checks": [
            {
                "check": check.id,
                "label": language(check.label),
                "cells": [{"state": cell.state, **{key: cell.count(key) for key, _ in SEVERITIES}} for cell in cells],
            }
            for check, cells in zip(whole.rows, whole.cells, strict=True)
        ],
        "sentences": [language.say(each) for each in whole.sentences],
    }


def lines(session: Session, language: Language) -> Iterator[str]:
    """The matrix as text: a line a check, then the sentences about gates."""
    whole = matrix(session.site())
    if not whole.columns:
        yield language(N_("The plan has no phases yet."))
        return
    for each in whole.columns:
        start, end = (str(each[name] or "…").replace("T", " ") for name in ("start", "end"))
        yield f"{each.name}: {start} – {end}"
    for check, cells in zip(whole.rows, whole.cells, strict=True):
        yield f"{language(check.label)}: " + " | ".join(said(each) for each in cells)
    yield legend(language)
    for sentence in whole.sentences:
        yield language.say(sentence)


def legend(language: Language) -> str:
    """What the signs of the cells mean."""
    states = dict(STATES)
    return f"✓ {language(states['fine'])}, ? {language(states['unchecked'])}, – {language(states['idle'])}"
