"""Clearance time: how long until the last one is out, over the ground that is really free."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.crowds import hydraulic_time

from .evacuation import WATCHED, Evacuation, evacuation
from .leaving import gathering, in_phases, is_first, one_each, variants
from .on_foot import NO_BUILDINGS


def find_slow(site: Site, area: Feature) -> Iterator[Finding]:
    """People without any way out, and a time to leave over the limit (row 23); told with the first of the areas."""
    yield from one_each(each for at, names in variants(site, area, WATCHED) for each in _slow(at, area, names))


def _slow(site: Site, area: Feature, names: tuple[str, ...]) -> Iterator[Finding]:
    if area.shape is None:
        return
    found = gathering(site, area)
    if not is_first(area, found) or not found.ways or found.people <= 0:
        return
    answer = evacuation(site, found)
    limit = found.minutes(site)
    rule_id = f"crowd.exit_time.{_gravest(found.areas)}"
    if answer.clearing.stranded >= 0.5:
        values = {"names": found.names, "people": round(answer.clearing.stranded)}
        text = Words(N_("{names}: {people} people have no way on foot to any exit."), values)
        lost = answer.stranded_ground()
        zone: BaseGeometry = found.ground if lost.is_empty else lost
        evidence: tuple[Evidence, ...] = (Evidence("zone", zone),)
        yield _finding(site, answer, text, None, limit, rule_id, "critical", names, evidence)
        return
    minutes = answer.clearing.seconds / 60.0
    if minutes <= limit:
        return
    last = int(np.argmax(answer.clearing.lasts))
    values = {
        "names": found.names, "minutes": minutes, "limit": limit, "people": int(found.people),
        "exit": found.ways[last].feature.name, "load": int(answer.clearing.loads[last]),
    }  # fmt: skip
    text = Words(
        N_(
            "{names}: {people} people need at least {minutes:.1f} min to leave, {limit:g} are allowed; "
            "last is exit {exit} with {load} people."
        ),
        values,
    )
    order = [last, *(number for number in range(len(found.ways)) if number != last)]
    routes = [(number, answer.route(number)) for number in order]
    evidence = tuple(
        Evidence("route", route, Words(N_("{minutes:.1f} min"), {"minutes": answer.clearing.lasts[number] / 60.0}))
        for number, route in routes
        if not route.is_empty
    )
    yield _finding(site, answer, text, minutes, limit, rule_id, "major", names, evidence)


def _gravest(areas: tuple[Feature, ...]) -> str:
    several = {str(each["risk"] or "medium") for each in areas}
    return next(each for each in ("high", "medium", "low") if each in several)


def _finding(
    site: Site, answer: Evacuation, text: Words, minutes: float | None, limit: float, rule_id: str, severity: str,
    names: tuple[str, ...], evidence: tuple[Evidence, ...],
) -> Finding:  # fmt: skip
    rule, found = site.rules[rule_id], answer.gathering
    return Finding(
        check=CHECK.id, severity=severity, text=in_phases(text, names), measured=minutes, threshold=limit, unit="min",
        rule=rule.id, source=rule.cite(), confidence=rule.confidence,
        features=(*(each.id for each in found.areas), *(each.feature.id for each in found.ways)),
        evidence=evidence, subject=found.areas[0].id, why=tuple(_why(site, answer)),
    )  # fmt: skip


def _why(site: Site, answer: Evacuation) -> Iterator[Words]:
    found, speed = answer.gathering, site.rules.number("crowd.speed")
    yield Words(
        N_("Model: everybody walks at {speed:g} m/s to an exit and waits there; people take the exits so "
"that the last is out as early as can be. Hesitation and wrong choices come on top."),
        {"speed": speed},
    )  # fmt: skip
    flows = [
        site.rules.number(f"crowd.flow.{answer.profile}.{each.feature['surface'] or 'level'}") for each in found.ways
    ]
    widths = [min(way.width, place.width) for way, place in zip(found.ways, answer.narrow, strict=True)]
    minutes = hydraulic_time(answer.clearing.loads, widths, flows, answer.longest, speed)
    values = {"minutes": minutes, "longest": answer.longest}
    yield Words(
        N_(
            "By the formula max(N / q·W) + L / v with the same shares: {minutes:.1f} min; the"
            " longest way is {longest:.0f} m."
        ),
        values,
    )
    for number, way in enumerate(found.ways):
        said = {
            "name": way.feature.name, "people": int(answer.clearing.loads[number]), "width": widths[number],
            "flow": flows[number], "minutes": answer.clearing.lasts[number] / 60.0,
        }  # fmt: skip
        yield Words(
            N_(
                "{name}: {people} people over {width:.1f} m at {flow:g} a metre and minute, the "
                "last after {minutes:.1f} min."
            ),
            said,
        )
    if not site.layers_of("buildings"):
        yield NO_BUILDINGS


CHECK = Check(
    id="clearance",
    label=N_("Time to leave"),
    help=N_("How long until the last one is out, by ways over the ground that is really free."),
    subject="crowd_area",
    watches=WATCHED,
    reach=lambda site: float("inf"),
    find=find_slow,
    rules=("crowd.speed", *(f"crowd.exit_time.{risk}" for risk in ("low", "medium", "high")), "crowd.flow_profile",
           "crowd.study"),
    row="23",
)  # fmt: skip
