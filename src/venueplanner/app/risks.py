"""Risks: the register as plain data and as lines, and taking in the authority's judgement of the threat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from venueplanner.domain.plan import Change
from venueplanner.domain.words import N_, Words
from venueplanner.edits import threats
from venueplanner.engine.scoring import Score
from venueplanner.kinds.risk import BANDS
from venueplanner.kinds.threat_judgement import newest
from venueplanner.packs.risk_register import CAVEAT, Entry, entries
from venueplanner.storage.threat_file import read_threat

from . import reporting
from .inspector import Inspector
from .language import Language
from .session import Session

_BANDS = dict(BANDS)
HEADS = (N_("Without measures"), N_("As planned"), N_("Today"), N_("Left over, recorded"))
__all__ = ["CAVEAT", "HEADS", "cells", "import_threat", "lines", "newest", "register", "report", "said"]


def register(session: Session, inspector: Inspector) -> list[Entry]:
    """The register as the findings now stand, the gravest first."""
    waived = {each.id for each in inspector.findings if inspector.is_waived(each)}
    return entries(session.site(), inspector.findings, waived)


def import_threat(session: Session, path: Path, *, initiator: object = None) -> Change:
    """Take in a judgement from a JSON object with issued_by, version, date, level, text and, if wished, valid_until.

    Raises `BadFile` for a file that is none, `BadValue` for what is missing or does not fit.
    """
    return session.do(N_("Import a threat judgement"), threats.take, initiator=initiator, values=read_threat(path))


def report(session: Session, language: Language) -> dict[str, Any]:
    """The register, the judgement it stands on and what the check finds."""
    inspector = reporting.inspect(session)
    judgement = newest(session.plan)
    return {
        "threat_judgement": None if judgement is None else {"id": judgement.id, **judgement.values},
        "risks": [_row(session, each, language) for each in register(session, inspector)],
        "findings": [
            {"severity": each.severity, "text": language.say(each.text), "features": list(each.features)}
            for each in inspector.findings
            if each.check == "risk-register"
        ],
    }


def _row(session: Session, entry: Entry, language: Language) -> dict[str, Any]:
    risk = entry.risk
    scores = (("inherent", entry.inherent), ("planned", entry.planned), ("today", entry.today),
              ("recorded", entry.recorded))  # fmt: skip
    return {
        "id": risk.id,
        "name": risk.name,
        **{name: _score(each, language) for name, each in scores},
        "vulnerability": entry.vulnerability,
        "not_counted": [each.name for each in entry.weak],
        "owner": next((session.plan.features[e].name for e in risk.links("owner") if e in session.plan.features), ""),
        "treatment": risk["treatment"],
        "due": risk["due"],
    }


def _score(found: Score | None, language: Language) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "likelihood": found.likelihood,
        "consequence": found.consequence,
        "product": found.product,
        "band": found.band,
        "words": language(_BANDS[found.band]),
    }


def lines(found: Mapping[str, Any], language: Language) -> Iterator[str]:
    """The report as text."""
    judgement = found["threat_judgement"]
    if judgement is None:
        yield language(N_("No threat judgement has been imported."))
    else:
        words = N_("Threat judgement: {level}, version {version} of {issued_by}, {date}")
        told = {key: str(judgement.get(key) or "") for key in ("level", "version", "issued_by")}
        yield language.say(Words(words, {**told, "date": str(judgement.get("date") or "")[:10]}))
    for each in found["risks"]:
        yield f"{each['name']}: " + cells(each, language)
    for each in found["findings"]:
        yield f"  {reporting.SIGNS[each['severity']]} {each['text']}"


def cells(row: Mapping[str, Any], language: Language) -> str:
    """The scores of one risk in a line."""
    parts = []
    for key, label in zip(("inherent", "planned", "today", "recorded"), HEADS, strict=True):
        found = row[key]
        figures = "–" if found is None else f"{found['likelihood']} × {found['consequence']} ({found['words']})"
        parts.append(f"{language(label)} {figures}")
    vulnerable = "–" if row["vulnerability"] is None else row["vulnerability"]
    return "; ".join([*parts, f"{language(N_('Vulnerability'))} {vulnerable}"])


def said(found: Score | None, language: Language) -> str:
    """A cell of the register."""
    if found is None:
        return "–"
    return f"{found.likelihood} × {found.consequence} = {found.product} ({language(_BANDS[found.band])})"
