"""Staffing: enough people at each post, gate and crowd area all the time, and no shift that nobody can work."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from datetime import datetime

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.kinds import BY_ID

Span = tuple[datetime, datetime]


def find_faults(site: Site, feature: Feature) -> Iterator[Finding]:
    """What is wrong with a shift, or when a place has too few people (row 44)."""
    if feature.kind == "shift":
        yield from _length(site, feature)
        yield from _double(site, feature)
        yield from _led(site, feature)
    else:
        yield from _short(site, feature)


def span_of(feature: Feature) -> Span | None:
    """From when to when a shift or a phase lasts; None when that is not known or makes no sense."""
    try:
        start, end = (datetime.fromisoformat(str(feature[name])) for name in ("start", "end"))
    except ValueError:
        return None
    return (start, end) if start < end else None


def needed(site: Site, place: Feature) -> int:
    """How many people a place needs: as declared, or by the ratio of rule `staff.people_per_steward`."""
    if place.kind == "post":
        return int(place.number("people"))
    if place.kind == "gate":
        return int(place.number("guards")) if place["state"] == "guarded" else 0
    return math.ceil(place.number("people") / site.rules.number("staff.people_per_steward"))


def _length(site: Site, shift: Feature) -> Iterator[Finding]:
    span, limit = span_of(shift), site.rules.number("staff.shift_hours")
    if span is None:
        text = N_("Shift {name} has no start and end that follow each other.")
        yield _finding(site, shift, "minor", "staff.shift_hours", Words(text, {"name": shift.name}))
        return
    hours = (span[1] - span[0]).total_seconds() / 3600
    if hours > limit:
        text = N_("Shift {name} lasts {hours:.1f} hours: more than {limit:.0f}.")
        words = Words(text, {"name": shift.name, "hours": hours, "limit": limit})
        yield _finding(site, shift, "minor", "staff.shift_hours", words, hours)


def _double(site: Site, shift: Feature) -> Iterator[Finding]:
    span, who = span_of(shift), str(shift["who"] or "").strip().casefold()
    if span is None or not who:
        return
    for other in site.plan.of("shift"):
        same = other.id > shift.id and str(other["who"] or "").strip().casefold() == who
        theirs = span_of(other) if same else None
        if theirs is not None and _overlap(span, theirs):
            text = N_("{who} is booked twice from {start} to {end}: shifts {one} and {two}.")
            both = max(span[0], theirs[0]), min(span[1], theirs[1])
            values = {"who": str(shift["who"]).strip(), "one": shift.name, "two": other.name, **_times(both)}
            yield _finding(site, shift, "minor", "staff.bookings", Words(text, values), 2.0, others=(other.id,))


def _led(site: Site, shift: Feature) -> Iterator[Finding]:
    """A leader with more shifts under it at a time than rule `staff.most_led`, or fewer than `staff.least_led`."""
    span = span_of(shift)
    under = [each for each in site.plan.of("shift") if shift.id in each.links("led_by")]
    there = [theirs for each in under if (theirs := span_of(each)) is not None]
    if not under or span is None:
        return
    most = max((sum(_within(start, each) for each in there) for start, _ in there), default=0)
    limits = {"least": site.rules.number("staff.least_led"), "most": site.rules.number("staff.most_led")}
    values = {"name": shift.name, "count": most, **limits}
    if most > limits["most"]:
        text = N_("{name} leads {count} shifts at a time: more than {most:.0f} cannot be led by one.")
        yield _finding(site, shift, "minor", "staff.most_led", Words(text, values), float(most))
    elif most < limits["least"]:
        text = N_("{name} leads only {count} shifts at a time; from {least:.0f} to {most:.0f} are usual.")
        yield _finding(site, shift, "info", "staff.least_led", Words(text, values), float(most))


def _short(site: Site, place: Feature) -> Iterator[Finding]:
    """The first time, in each phase the place is active in, when fewer people are on shift than it needs."""
    wanted = needed(site, place)
    if wanted <= 0:
        return
    spans = [
        (span, int(each.number("people")))
        for each in site.plan.of("shift")
        if place.id in each.links("at") and (span := span_of(each)) is not None
    ]
    rule_id = "staff.people_per_steward" if place.kind == "crowd_area" else "staff.posts"
    for phase in site.plan.of("phase"):
        hours = span_of(phase)
        if hours is None or (place.phases and phase.id not in place.phases):
            continue
        if site.phase is not None and site.phase != phase.id:
            continue
        short = shortfall(hours, spans, wanted)
        if short is None:
            continue
        when, have = short
        text = N_("{kind} {name} needs {wanted} people in phase {phase}; from {start} to {end} {have} are on shift.")
        values = {"kind": Words(BY_ID[place.kind].label), "name": place.name, "wanted": wanted, "have": have,
                  "phase": phase.name, **_times(when)}  # fmt: skip
        severity = "minor" if have else "major"
        yield _finding(site, place, severity, rule_id, Words(text, values), float(have), float(wanted), (phase.id,))


def shortfall(hours: Span, spans: list[tuple[Span, int]], wanted: int) -> tuple[Span, int] | None:
    """The worst stretch of `hours` with fewer than `wanted` people on shift, and how many there are; None: never."""
    marks = {*hours} | {at for span, _ in spans for at in span if hours[0] < at < hours[1]}
    times = sorted(marks)
    worst: tuple[Span, int] | None = None
    for start, end in itertools.pairwise(times):
        have = sum(people for span, people in spans if _within(start, span))
        if have >= wanted:
            continue
        if worst is None or have < worst[1]:
            worst = (start, end), have
        elif have == worst[1] and worst[0][1] == start:
            worst = (worst[0][0], end), have
    return worst


def _within(at: datetime, span: Span) -> bool:
    return span[0] <= at < span[1]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _times(span: Span) -> dict[str, object]:
    form = "%H:%M" if span[0].date() == span[1].date() else "%d.%m. %H:%M"
    return {"start": span[0].strftime(form), "end": span[1].strftime(form)}


def _finding(
    site: Site,
    subject: Feature,
    severity: str,
    rule_id: str,
    text: Words,
    measured: float | None = None,
    threshold: float | None = None,
    others: tuple[str, ...] = (),
) -> Finding:
    rule = site.rules[rule_id]
    limit = site.rules.number(rule_id) if threshold is None else threshold
    shape = subject.shape
    return Finding(
        check=CHECK.id,
        severity=severity,
        text=text,
        measured=measured,
        threshold=None if measured is None else limit,
        unit="",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(subject.id, *others),
        evidence=(Evidence("point", shape.representative_point()),) if shape is not None else (),
        subject=subject.id,
        why=(Words(N_("Counted from the shifts of the plan; a place without a shift counts as empty.")),),
    )


CHECK = Check(
    id="staffing",
    label=N_("Staffing"),
    help=N_("Places with too few people on shift, double bookings, shifts too long, and leaders with too many."),
    subject="shift",
    also=("post", "gate", "crowd_area"),
    begins="shift",
    watches=frozenset({"shift", "post", "gate", "crowd_area", "phase"}),
    reach=lambda site: 0.0,
    find=find_faults,
    rules=(
        *("staff.people_per_steward", "staff.posts", "staff.shift_hours", "staff.bookings"),
        *("staff.least_led", "staff.most_led"),
    ),
    row="44",
)
