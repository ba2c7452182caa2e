"""Stand-off: who and what is inside a ring of the stand-off card, should the thing the card speaks of stand there."""

from __future__ import annotations

from collections.abc import Iterator

from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.fields import Choice
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.kinds import BY_ID

from .inside import WATCHED, inside


def find_inside(site: Site, zone: Feature) -> Iterator[Finding]:
    """One finding for a ring that takes in people, posts, assembly points, exits or routes (domain §2.1, row 14)."""
    ring = ring_of(site, zone)
    if ring is None:
        return
    found = inside(site, ring, without=frozenset(zone.links("source")))
    if not found.anything:
        return
    rule = site.rules[rule_of(zone)]
    values = {
        "name": zone.name,
        "ring": _option("ring", zone),
        "row": _option("card_row", zone),
        "metres": site.rules.number(rule.id),
        "people": f"{found.people:,.0f}".replace(",", "\u00a0"),
        "buildings": found.buildings,
        "features": len(found.features),
    }
    text = N_(
        "{ring}, {metres:.0f} m round {name} ({row}): {people} people, {features} features of the plan, "
        "{buildings} buildings are inside."
    )
    mandatory = zone["ring"] == "mandatory"
    yield Finding(
        check=CHECK.id,
        severity="major" if mandatory and found.people > 0 else "minor",
        text=Words(text, values),
        measured=round(found.people),
        threshold=0.0,
        unit=N_("people"),
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(zone.id, *(each.id for each in found.features)),
        evidence=(Evidence("zone", ring),),
        subject=zone.id,
        why=(*found.listed(), *_footnotes(site)),
    )


def ring_of(site: Site, zone: Feature) -> BaseGeometry | None:
    """The ring of a stand-off zone in metres, or None for one without a place."""
    outline = BY_ID["standoff"].outline
    shapes = outline(zone, site.plan, site.rules) if outline is not None else []
    return shapes[0] if shapes else None


def rule_of(zone: Feature) -> str:
    """The rule that holds the distance of the zone's card row and ring."""
    return f"standoff.{zone['card_row']}.{zone['ring']}"


def _option(field_id: str, zone: Feature) -> Words:
    field = BY_ID["standoff"].field(field_id)
    label = field.label_of(zone[field_id]) if isinstance(field, Choice) else str(zone[field_id])
    return Words(label)


def _footnotes(site: Site) -> Iterator[Words]:
    yield Words(N_("For general emergency planning only; some risk remains beyond the ring (note of the card)."))
    yield Words(N_("People stand evenly over a crowd area: where only a part is inside, its share is counted."))
    if not site.layers_of("buildings"):
        yield Words(N_("No building layer is loaded: buildings inside were not counted."))


CHECK = Check(
    id="stand-off",
    label=N_("Stand-off zone"),
    help=N_("Who and what is inside each ring of the stand-off card."),
    subject="standoff",
    watches=frozenset(WATCHED),
    reach=lambda site: max(
        site.rules.number(each) for each in site.rules.rules if each.startswith("standoff.") and each.count(".") == 2
    ),
    find=find_inside,
    row="14",
)
