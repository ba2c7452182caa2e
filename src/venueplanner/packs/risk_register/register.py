"""The register: each risk with what it is now, as planned and as the checks leave it, and its vulnerability."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from venueplanner.domain.check import Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.engine.scoring import Score
from venueplanner.kinds.risk import after, inherent, measures_of, recorded

# Vulnerability from 1 (all checks pass) to 5 (a critical gap is open), by the gravest open finding.
VULNERABILITY = {"critical": 5, "major": 4, "minor": 3, "info": 2}
NOT_IN_PLACE = ("critical", "major")
RECORDS = frozenset({"risk-register", "raci", "orphans", "staffing", "restriction-record"})


@dataclass(frozen=True)
class Entry:
    """One risk: without measures, with all of them as planned, with the kinds of measure that no grave finding speaks
    against today, and as recorded by hand. `vulnerability` is 1 to 5, None with nothing linked; `weak` are
    the measures with a grave finding.
    """

    risk: Feature
    inherent: Score | None
    planned: Score | None
    today: Score | None
    recorded: Score | None
    vulnerability: int | None
    weak: tuple[Feature, ...]


def entries(site: Site, findings: Sequence[Finding], waived: Collection[str] = ()) -> list[Entry]:
    """The register, the gravest first; `waived` are ids of findings that are accepted and do not count."""
    about: dict[str, list[Finding]] = {}
    for each in findings:
        if each.id not in waived and each.check not in RECORDS:
            for feature in each.features:
                about.setdefault(feature, []).append(each)
    found = [_entry(site, risk, about) for risk in site.plan.of("risk")]
    return sorted(found, key=lambda each: -(each.inherent.product if each.inherent else 0))


def _entry(site: Site, risk: Feature, about: dict[str, list[Finding]]) -> Entry:
    measures = [each for each in measures_of(risk, site.plan) if site.active(each)]
    # A line is as strong as its weakest place: one weak barrier, and barriers do not count.
    weak = [each for each in measures if any(f.severity in NOT_IN_PLACE for f in about.get(each.id, ()))]
    linked = [*(each.id for each in measures), *risk.links("places")]
    grades = [VULNERABILITY[f.severity] for each in linked for f in about.get(each, ())]
    return Entry(
        risk=risk,
        inherent=inherent(risk, site.rules),
        planned=after(risk, measures, site.rules),
        today=after(risk, [each for each in measures if each.kind not in {one.kind for one in weak}], site.rules),
        recorded=recorded(risk, site.rules),
        vulnerability=max(grades, default=1) if linked else None,
        weak=tuple(weak),
    )
