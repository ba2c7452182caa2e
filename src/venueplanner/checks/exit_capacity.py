"""Exit capacity: who gets out in the time allowed when the most useful exit is lost."""

from __future__ import annotations

from collections.abc import Iterator

from venueplanner.domain.check import Check, Evidence, Finding, Fix
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words, join_words
from venueplanner.engine.crowds import Capacity, exit_capacity, width_needed

from .exit_places import exit_fix
from .leaving import LEAVING, PROFILES, Gathering, gathering, in_phases, is_first, one_each, variants


def capacity_of(site: Site, found: Gathering, profile: str) -> Capacity:
    """The capacity of the exits of a gathering in one flow profile, in the time its areas allow."""
    widths = [each.width for each in found.ways]
    flows = [site.rules.number(f"crowd.flow.{profile}.{each.feature['surface'] or 'level'}") for each in found.ways]
    return exit_capacity(widths, flows, found.minutes(site))


def find_short(site: Site, area: Feature) -> Iterator[Finding]:
    """One finding for areas that share exits, when too few get out (row 21); told with the first of them."""
    yield from one_each(
        finding
        for at, names in variants(site, area, LEAVING)
        for finding in _short(at, area, names)
    )  # fmt: skip


def _short(site: Site, area: Feature, names: tuple[str, ...]) -> Iterator[Finding]:
    if area.shape is None:
        return
    found = gathering(site, area)
    if not is_first(area, found) or not found.ways or found.people <= 0:
        return
    profile, minutes = found.profile(site), found.minutes(site)
    by_profile = {each: capacity_of(site, found, each) for each, _ in PROFILES}
    capacity = by_profile[profile]
    if capacity.least >= found.people:
        return
    lost = found.ways[capacity.largest or 0]
    flow = site.rules.number(f"crowd.flow.{profile}.level")
    missing = width_needed(found.people - capacity.least, flow, minutes)
    values = {
        "names": found.names, "people": int(found.people), "lost": lost.feature.name, "capacity": int(capacity.least),
        "minutes": minutes, "flow": flow, "metres": missing,
    }  # fmt: skip
    text = N_(
        "{names}: with exit {lost} lost, {capacity} of {people} people get out in {minutes:g} min "
        "({flow:g} people a metre and minute); {metres:.1f} m of exit are missing."
    )
    rule = site.rules[f"crowd.flow.{profile}.level"]
    points = [
        Evidence(
            "point",
            way.opening.centroid,
            Words(N_("{name}: {width:.1f} m"), {"name": way.feature.name, "width": way.width}),
        )
        for way in sorted(found.ways, key=lambda each: -each.width)
    ]
    yield Finding(
        check=CHECK.id,
        severity="critical" if by_profile["guide"].least < found.people else "major",
        text=in_phases(Words(text, values), names),
        measured=capacity.least,
        threshold=found.people,
        unit="people",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(area.id, *(each.id for each in found.areas[1:]), *(each.feature.id for each in found.ways)),
        evidence=(Evidence("zone", found.ground), *points),
        subject=area.id,
        why=tuple(_why(site, found, by_profile)),
        fixes=_fixes(found, missing),
    )


def _fixes(found: Gathering, missing: float) -> tuple[Fix, ...]:
    """One exit more helps when it is no wider than the widest: else it would itself be the one that is lost."""
    return exit_fix(found, missing) if missing <= max(each.width for each in found.ways) else ()


def _why(site: Site, found: Gathering, by_profile: dict[str, Capacity]) -> Iterator[Words]:
    yield Words(
        N_("Capacity = (sum of width · flow − the largest) · time; widths are what barriers leave of each exit.")
    )
    for profile, label in PROFILES:
        values = {"what": Words(label), "flow": site.rules.number(f"crowd.flow.{profile}.level"),
                  "all": int(by_profile[profile].all), "least": int(by_profile[profile].least)}  # fmt: skip
        yield Words(
            N_("{what}, {flow:g} people a metre and minute: {all} by all exits, {least} without the largest."), values
        )
    profile = found.profile(site)
    rows = [
        Words(N_("{name} {width:.1f} m, without it {people};"),
              {"name": way.feature.name, "width": way.width, "people": int(left)})
        for way, left in zip(found.ways, by_profile[profile].without, strict=True)
    ]  # fmt: skip
    yield join_words(rows)


CHECK = Check(
    id="exit-capacity",
    label=N_("Exit capacity"),
    help=N_("Whether everybody gets out in the time allowed when the largest exit is lost."),
    subject="crowd_area",
    watches=LEAVING,
    reach=lambda site: float("inf"),
    find=find_short,
    rules=(
        *(f"crowd.flow.{profile}.{surface}" for profile, _ in PROFILES for surface in ("level", "stepped")),
        "crowd.flow_profile",
        *(f"crowd.exit_time.{risk}" for risk in ("low", "medium", "high")),
        "crowd.study",
        "exits.barrier_distance",
    ),
    row="21",
)
