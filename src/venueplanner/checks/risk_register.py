"""Risk register: high risks without treatment, owner or date, nothing recorded as left over, or no date ahead."""

from __future__ import annotations

from collections.abc import Iterator

from venueplanner.domain.check import Check, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words, join_words
from venueplanner.engine.scoring import BANDS, Score
from venueplanner.kinds.risk import BANDS as BAND_WORDS
from venueplanner.kinds.risk import after, inherent, measures_of, recorded
from venueplanner.kinds.threat_judgement import newest

_SAID = dict(BAND_WORDS)
_HIGH = ("high", "very_high")


def find_open(site: Site, risk: Feature) -> Iterator[Finding]:
    """What a risk of the register lacks (row 49)."""
    first = inherent(risk, site.rules)
    if first is None:
        words = Words(N_("Risk {name} is not judged: likelihood or consequence is missing."), {"name": risk.name})
        yield _finding(site, risk, "minor", words, None)
        return
    values: dict[str, object] = {"name": risk.name, "band": Words(_SAID[first.band]), "product": first.product}
    lacking = _lacking(site, risk, first)
    if lacking:
        rest = join_words([Words(N_("{what};"), {"what": each}) for each in lacking[:-1]] + [lacking[-1]])
        words = Words(N_("Risk {name} ({band}, {product}): {rest}."), {**values, "rest": rest})
        yield _finding(site, risk, "major" if first.band == "very_high" else "minor", words, float(first.product))
    yield from _residual(site, risk, first, values)


def _lacking(site: Site, risk: Feature, first: Score) -> list[Words]:
    """From high on a treatment, an owner and a date; a medium risk needs owner and date."""
    if first.band == "low":
        return []
    found = []
    if first.band in _HIGH and not str(risk["treatment"] or "").strip():
        found.append(N_("nothing is written down that will be done"))
    if not any(each in site.plan.features for each in risk.links("owner")):
        found.append(N_("nobody owns it"))
    if not risk["due"]:
        found.append(N_("there is no date"))
    if first.band in _HIGH and recorded(risk, site.rules) is None:
        found.append(N_("what is left over is not recorded"))
    return [Words(each) for each in found]


def _residual(site: Site, risk: Feature, first: Score, values: dict[str, object]) -> Iterator[Finding]:
    """What is recorded as left over: still very high without a signature, or lower than the measures are worth."""
    left = recorded(risk, site.rules)
    if left is None:
        return
    if left.band in _HIGH and not str(risk["signed_off"] or "").strip():
        told = {**values, "left": Words(_SAID[left.band])}
        words = Words(N_("Risk {name}: what is left over is {left}, and nobody has signed it off."), told)
        yield _finding(site, risk, "major", words, float(left.product), rule_id="risk.high")
    planned = after(risk, measures_of(risk, site.plan), site.rules)
    if planned is not None and BANDS.index(left.band) < BANDS.index(planned.band):
        told = {**values, "left": Words(_SAID[left.band]), "planned": Words(_SAID[planned.band])}
        words = Words(
            N_("Risk {name}: recorded as {left} after the measures; by the rules they leave it {planned}."), told
        )
        yield _finding(site, risk, "info", words, float(left.product), rule_id="risk.lowers.most")


def _finding(
    site: Site, risk: Feature, severity: str, text: Words, measured: float | None, rule_id: str = "risk.medium"
) -> Finding:
    rule = site.rules[rule_id]
    judgement = newest(site.plan)
    why = [Words(N_("Ordinal ranks, not probabilities: they order what to do first and cannot be added up."))]
    if judgement is not None:
        values = {"version": str(judgement["version"]), "by": str(judgement["issued_by"])}
        why.append(Words(N_("Threat judgement in force: version {version} of {by}."), values))
    return Finding(
        check=CHECK.id,
        severity=severity,
        text=text,
        measured=measured,
        threshold=site.rules.number(rule_id) if measured is not None and rule_id != "risk.lowers.most" else None,
        unit="",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(risk.id,),
        evidence=(),
        subject=risk.id,
        why=tuple(why),
    )


CHECK = Check(
    id="risk-register",
    label=N_("Risk register"),
    help=N_("Risks without treatment, owner, date or a record of what is left over."),
    subject="risk",
    watches=frozenset({"risk", "stakeholder", "threat_judgement"}),
    reach=lambda site: 0.0,
    find=find_open,
    rules=("risk.medium", "risk.high", "risk.very_high", "risk.grave", "risk.lowers.most"),
    row="49",
)
