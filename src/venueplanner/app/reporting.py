"""Findings and states as sentences and as plain data: what the command line prints and what a pack lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry import mapping

from venueplanner.checks import ALL as CHECKS
from venueplanner.domain.check import SEVERITIES, STATES, Finding, Status
from venueplanner.domain.errors import UnknownName
from venueplanner.domain.rules import CONFIDENCE
from venueplanner.domain.words import N_, Words
from venueplanner.storage.coordinates import PlanCoordinates

from .documents import coordinates_of
from .inspector import Inspector
from .jobs import Inline, Runner
from .language import Language
from .session import Session

SIGNS = {"critical": "▲", "major": "◆", "minor": "●", "info": "○"}
# Not number + adjective: in Kyrgyz and Russian the number of the noun would decide the ending.
_COUNTED = {
    "critical": N_("{count} critical"),
    "major": N_("{count} major"),
    "minor": N_("{count} minor"),
    "info": N_("{count} for information"),
}
_STATE_WORDS = dict(STATES)


def inspect(session: Session, only: str = "", runner: Runner | None = None) -> Inspector:
    """An inspector that has run all checks of the session, or one. Raises `UnknownName` for a check that is not."""
    chosen = [check for check in CHECKS if only in ("", check.id)]
    if not chosen:
        known = ", ".join(check.id for check in CHECKS)
        raise UnknownName(
            Words(N_("There is no check “{check}”."), {"check": only}),
            Words(N_("The checks are: {known}."), {"known": known}),
        )
    inspector = Inspector(session, chosen, runner or Inline())
    inspector.check_all()
    return inspector


def exit_code(inspector: Inspector) -> int:
    """0 fine, 1 findings, 2 something could not be checked. Waived findings and information ask for nothing more."""
    if any(status.state in ("unchecked", "failed", "checking") for status in inspector.states.values()):
        return 2
    asking = (each for each in inspector.findings if each.severity != "info")
    return 1 if any(not inspector.is_waived(each) for each in asking) else 0


def report(session: Session, inspector: Inspector, language: Language) -> dict[str, Any]:
    """Findings and the state of every check as plain data. Geometry is GeoJSON in WGS84 (longitude, latitude)."""
    coordinates = coordinates_of(session.plan)
    return {
        "plan": session.plan.fact("title"),
        "profile": session.profile.id,
        "exit_code": exit_code(inspector),
        "findings": [_finding(each, inspector, language, coordinates) for each in inspector.findings],
        "states": [
            {
                "check": check,
                "subject": subject,
                "state": status.state,
                "reason": language.say(status.reason) if status.reason else "",
            }
            for (check, subject), status in inspector.states.items()
        ],
    }


def _finding(each: Finding, inspector: Inspector, language: Language, coordinates: PlanCoordinates) -> dict[str, Any]:
    return {
        "id": each.id,
        "check": each.check,
        "severity": each.severity,
        "text": language.say(each.text),
        "measured": None if each.measured is None else round(each.measured, 4),
        "threshold": each.threshold,
        "unit": each.unit,
        "rule": each.rule,
        "source": each.source,
        "confidence": language(CONFIDENCE.get(each.confidence, each.confidence)),
        "features": list(each.features),
        "subject": each.subject,
        "waived": inspector.is_waived(each),
        "why": [language.say(line) for line in each.why],
        "geometry": _geojson(each.shape, coordinates),
        "evidence": [
            {
                "role": evidence.role,
                "label": language.say(evidence.label) if evidence.label else "",
                "geometry": _geojson(evidence.shape, coordinates),
                "values": [round(value, 3) for value in evidence.values],
            }
            for evidence in each.evidence
        ],
    }


def _geojson(shape: Any, coordinates: PlanCoordinates) -> Any:
    if shape is None or shape.is_empty:
        return None
    return mapping(shapely.transform(shape, coordinates.to_lonlat_array))


def lines(session: Session, inspector: Inspector, language: Language) -> Iterator[str]:
    """The findings and the states, one line each, the gravest first."""
    findings = inspector.findings
    counts = {severity: sum(each.severity == severity for each in findings) for severity, _ in SEVERITIES}
    said = ", ".join(language.say(Words(_COUNTED[key], {"count": count})) for key, count in counts.items() if count)
    yield language(N_("Findings")) + ": " + (said or language(N_("none")))
    for each in findings:
        waived = f" [{language(N_('waived'))}]" if inspector.is_waived(each) else ""
        yield f"  {SIGNS[each.severity]} {language.say(each.text)}{waived}"
    for (check, subject), status in inspector.states.items():
        yield f"  {check}{_subject(session, subject)}: {say_state(status, language)}"


def _subject(session: Session, subject: str) -> str:
    feature = session.plan.features.get(subject)
    return f" · {feature.name}" if feature is not None else ""


def say_state(status: Status, language: Language) -> str:
    """The state of a check in words, with the reason when there is one."""
    words = language(_STATE_WORDS[status.state])
    return f"{words}: {language.say(status.reason)}" if status.reason else words
