"""Restriction record: what limits people's rights without a complete record of why it may, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words, join_words
from venueplanner.kinds import BY_ID

MEASURES = ("perimeter", "cordon", "gate", "closure", "camera")
# The seven points of the test (ODIHR/Venice Commission), each with the fields that hold it.
POINTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("legal basis"), ("legal_basis",)),
    (N_("legitimate aim"), ("aim",)),
    (N_("necessity"), ("necessity",)),
    (N_("proportionality"), ("proportionality",)),
    (N_("non-discrimination"), ("non_discrimination",)),
    (N_("decision and way to appeal"), ("decided_by", "appeal")),
    (N_("expiry"), ("expiry",)),
)


def restricts(feature: Feature) -> bool:
    """Whether a measure limits people: a closed perimeter, cordon, closure or camera, a gate people are checked at."""
    if feature.kind == "perimeter":
        return feature["entry"] == "closed"
    if feature.kind == "gate":
        return feature["use"] == "people" and feature["state"] != "open"
    return feature.kind in ("cordon", "closure", "camera")


def find_open(site: Site, feature: Feature) -> Iterator[Finding]:
    """What a record lacks (row 50), when it ends too early or too late, or that a measure has no record."""
    if feature.kind == "restriction":
        yield from _incomplete(site, feature)
        yield from _expiry(site, feature)
    elif restricts(feature) and not any(feature.id in each.links("measures") for each in site.plan.of("restriction")):
        begun = bool(site.plan.of("restriction"))
        text = N_("{kind} {name} limits people and has no restriction record.")
        words = Words(text, {"kind": Words(BY_ID[feature.kind].label), "name": feature.name})
        grave = "minor" if feature.kind == "closure" else "major"
        yield _finding(site, feature, grave if begun else "info", "restriction.points", words, 0.0)


def missing_points(record: Feature) -> list[str]:
    """The points of the test that a record leaves empty."""
    return [label for label, fields in POINTS if not all(str(record[each] or "").strip() for each in fields)]


def _incomplete(site: Site, record: Feature) -> Iterator[Finding]:
    lacking = [Words(each) for each in missing_points(record)]
    if not lacking:
        return
    rest = join_words([Words(N_("{what};"), {"what": each}) for each in lacking[:-1]] + [lacking[-1]])
    words = Words(N_("Restriction record {name} is not complete: {rest}."), {"name": record.name, "rest": rest})
    yield _finding(site, record, "major", "restriction.points", words, float(len(POINTS) - len(lacking)))


def _expiry(site: Site, record: Feature) -> Iterator[Finding]:
    """An expiry before the last phase its measures are active in has ended, or long after."""
    expiry, end = _moment(record["expiry"]), _last_end(site, record)
    if expiry is None or end is None:
        return
    days = (expiry - end).total_seconds() / 86400
    most = site.rules.number("restriction.days_after")
    values: dict[str, object] = {
        "name": record.name,
        "expiry": expiry.strftime("%d.%m.%Y %H:%M"),
        "end": end.strftime("%d.%m.%Y %H:%M"),
    }
    if days < 0:
        text = N_("Restriction record {name} expires at {expiry}, while its measures are needed until {end}.")
        yield _finding(site, record, "minor", "restriction.days_after", Words(text, values), days)
    elif days > most:
        text = N_("Restriction record {name} holds until {expiry}, long after its measures end at {end}.")
        yield _finding(site, record, "minor", "restriction.days_after", Words(text, values), days)


def _last_end(site: Site, record: Feature) -> datetime | None:
    phases = [each for each in site.plan.of("phase") if _moment(each["end"]) is not None]
    linked = (site.plan.features.get(each) for each in record.links("measures"))
    active = {phase for each in linked if each is not None for phase in (each.phases or tuple(p.id for p in phases))}
    ends = [end for each in phases if each.id in active and (end := _moment(each["end"])) is not None]
    return max(ends, default=None)


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def _finding(site: Site, subject: Feature, severity: str, rule_id: str, text: Words, measured: float) -> Finding:
    rule = site.rules[rule_id]
    shape = subject.shape
    return Finding(
        check=CHECK.id,
        severity=severity,
        text=text,
        measured=measured,
        threshold=site.rules.number(rule_id),
        unit="days" if rule_id == "restriction.days_after" else "",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(subject.id,),
        evidence=(Evidence("point", shape.representative_point()),) if shape is not None else (),
        subject=subject.id,
        why=(
            Words(N_("Such a measure must rest on law, serve a legitimate aim, be needed and in proportion.")),
            Words(N_("It treats people alike, is decided with reasons and a way to appeal, and ends. Verify the law.")),
        ),
    )


CHECK = Check(
    id="restriction-record",
    label=N_("Restriction records"),
    help=N_("Cordons, closures, cameras, checked gates and closed perimeters without a complete record."),
    subject="restriction",
    also=MEASURES,
    watches=frozenset({"restriction", "phase", *MEASURES}),
    reach=lambda site: 0.0,
    find=find_open,
    rules=("restriction.points", "restriction.days_after"),
    row="50",
)
