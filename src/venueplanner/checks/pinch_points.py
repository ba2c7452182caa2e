"""Pinch points: ways to an exit that are narrower than the exit, and the flow that would have to pass there."""

from __future__ import annotations

from collections.abc import Iterator

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.crowds import level_of_service

from .evacuation import WATCHED, evacuation
from .leaving import gathering, in_phases, is_first, one_each, variants
from .on_foot import NO_BUILDINGS

LEVELS = tuple(f"crowd.flow_level.{level}" for level in "abcde")


def find_pinches(site: Site, area: Feature) -> Iterator[Finding]:
    """One finding for each exit whose way is narrower than itself and too narrow for its people (row 26)."""
    yield from one_each(each for at, names in variants(site, area, WATCHED) for each in _pinches(at, area, names))


def _pinches(site: Site, area: Feature, names: tuple[str, ...]) -> Iterator[Finding]:
    if area.shape is None:
        return
    found = gathering(site, area)
    if not is_first(area, found) or not found.ways or found.people <= 0:
        return
    answer = evacuation(site, found)
    minutes, rule = found.minutes(site), site.rules["crowd.flow_worst"]
    limit, levels = site.rules.number(rule.id), [site.rules.number(each) for each in LEVELS]
    share = sum(way.rate(site, answer.profile) for way in found.ways)
    for way, place in zip(found.ways, answer.narrow, strict=True):
        # What the exit would have to take by its width: the way must carry that, or the exit is worth less than told.
        people = found.people * way.rate(site, answer.profile) / share if share > 0 else 0.0
        if place.width >= way.width or people <= 0 or place.line.is_empty:
            continue
        flow = people / (minutes * place.width)
        if flow <= limit:
            continue
        values = {
            "name": way.feature.name, "width": place.width, "exit": way.width, "flow": flow,
            "level": level_of_service(flow, levels), "people": int(people), "minutes": minutes,
        }  # fmt: skip
        text = N_(
            "The way to exit {name} is {width:.1f} m wide at its narrowest, the exit {exit:.1f} m: {people} people in "
            "{minutes:g} min are {flow:.0f} a metre and minute, level {level}."
        )
        why = [
            Words(N_("Ways side by side are added up: no line across all of them is shorter.")),
            Words(
                N_("People share the exits by their widths. Levels A to F after Fruin; F is where flow breaks down.")
            ),
        ]
        if not site.layers_of("buildings"):
            why.append(NO_BUILDINGS)
        yield Finding(
            check=CHECK.id, severity="major" if flow > levels[-1] else "minor",
            text=in_phases(Words(text, values), names), measured=flow, threshold=limit, unit="people/m/min",
            rule=rule.id, source=rule.cite(), confidence=rule.confidence,
            features=(area.id, *(each.id for each in found.areas[1:]), way.feature.id),
            evidence=(Evidence("gap", place.line, Words(N_("{width:.1f} m, level {level}"), values)),),
            subject=area.id, why=tuple(why),
        )  # fmt: skip


CHECK = Check(
    id="pinch-points",
    label=N_("Pinch points"),
    help=N_("Ways to an exit that are narrower than the exit, and the level of flow there."),
    subject="crowd_area",
    watches=WATCHED,
    reach=lambda site: float("inf"),
    find=find_pinches,
    rules=("crowd.flow_worst", *LEVELS),
    row="26",
)
