"""Gas bottles: exits, crowds and other fuel inside the safe distance of an LPG container, and stalls set too close."""

from __future__ import annotations

from collections.abc import Iterator

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words

from .inside import inside

KINDS = ("lpg_small", "lpg_large", "lpg_site", "lpg_truck")


def find_conflicts(site: Site, hazard: Feature) -> Iterator[Finding]:
    """What is inside the safe distance of the card's LPG row, and other fuel nearer than the least (row 15, §2.2)."""
    if hazard["what"] not in KINDS or hazard.shape is None:
        return
    yield from _in_ring(site, hazard)
    yield from _too_close(site, hazard)


def _in_ring(site: Site, hazard: Feature) -> Iterator[Finding]:
    rule = site.rules[f"standoff.{hazard['what']}.preferred"]
    ball = site.rules.number(f"standoff.{hazard['what']}.mandatory")
    distance = site.rules.number(rule.id)
    if hazard.shape is None:
        return
    ring, fireball = hazard.shape.buffer(distance, quad_segs=32), hazard.shape.buffer(ball / 2, quad_segs=32)
    found = inside(site, ring)
    if not found.anything:
        return
    near = inside(site, fireball)
    people = f"{found.people:,.0f}".replace(",", "\u00a0")
    values = {"name": hazard.name, "metres": distance, "people": people, "features": len(found.features)}
    text = N_(
        "If {name} burns, {metres:.0f} m round it must be cleared: {people} people and {features} features are there."
    )
    yield Finding(
        check=CHECK.id,
        severity="major" if near.of("crowd_area", "exit") else "info",
        text=Words(text, values),
        measured=round(found.people),
        threshold=0.0,
        unit=N_("people"),
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(hazard.id, *(each.id for each in found.features)),
        evidence=(Evidence("zone", ring), Evidence("zone", fireball)),
        subject=hazard.id,
        why=(
            Words(N_("The card gives a fireball of {ball:.0f} m across and a safe distance of {metres:.0f} m."),
                  {"ball": ball, "metres": distance}),
            *found.listed(),
            Words(N_("Information for the fire service's plan unless a crowd or an exit is inside the fireball.")),
        ),
    )  # fmt: skip


def _too_close(site: Site, hazard: Feature) -> Iterator[Finding]:
    least = site.rules["hazard.between_fuel"]
    limit = site.rules.number(least.id)
    for other in site.of("hazard"):
        if other.id == hazard.id or other.shape is None or hazard.shape is None:
            continue
        if other["what"] not in (*KINDS, "fuel"):
            continue
        apart = hazard.shape.distance(other.shape)
        if apart >= limit or (other["what"] in KINDS and other.id < hazard.id):
            continue  # a pair of bottles is told once
        values = {"one": hazard.name, "other": other.name, "apart": apart, "limit": limit}
        yield Finding(
            check=CHECK.id,
            severity="minor",
            text=Words(N_("{one} and {other} are {apart:.1f} m apart; {limit:.0f} m are wanted."), values),
            measured=apart,
            threshold=limit,
            unit="m",
            rule=least.id,
            source=least.cite(),
            confidence=least.confidence,
            features=(hazard.id, other.id),
            evidence=(Evidence("point", hazard.shape.centroid), Evidence("point", other.shape.centroid)),
            subject=hazard.id,
        )


CHECK = Check(
    id="gas-bottles",
    label=N_("Gas bottles"),
    help=N_("Crowds, exits and other fuel too near to gas bottles."),
    subject="hazard",
    watches=frozenset({"hazard", "crowd_area", "post", "assembly_point", "emergency_route", "exit"}),
    reach=lambda site: site.rules.number("standoff.lpg_truck.preferred"),
    find=find_conflicts,
    rules=("hazard.between_fuel",),
    row="15",
)
