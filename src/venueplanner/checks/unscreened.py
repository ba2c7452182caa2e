"""Unscreened: parked vehicles, bins and storage that nobody has searched, too near to a crowd."""

from __future__ import annotations

from collections.abc import Iterator

from shapely.ops import nearest_points

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words

_RULES = {"parking": "hazard.parking_distance", "bin": "hazard.bin_distance"}


def find_near(site: Site, hazard: Feature) -> Iterator[Finding]:
    """Crowd areas nearer to an unscreened hazard than its rule (row 18, §2.5)."""
    rule_id = _RULES.get(str(hazard["what"]))
    if rule_id is None or hazard["screened"] or hazard.shape is None:
        return
    rule, limit = site.rules[rule_id], site.rules.number(rule_id)
    for crowd in site.of("crowd_area"):
        if crowd.shape is None or crowd.shape.distance(hazard.shape) >= limit:
            continue
        apart = crowd.shape.distance(hazard.shape)
        ends = nearest_points(hazard.shape, crowd.shape)
        values = {"name": hazard.name, "apart": apart, "crowd": crowd.name, "limit": limit}
        text = N_(
            "{name} is {apart:.1f} m from crowd area {crowd} and nobody has searched it; {limit:.0f} m are wanted."
        )
        yield Finding(
            check=CHECK.id,
            severity="major",
            text=Words(text, values),
            measured=apart,
            threshold=limit,
            unit="m",
            rule=rule.id,
            source=rule.cite(),
            confidence=rule.confidence,
            features=(hazard.id, crowd.id),
            evidence=(Evidence("point", ends[0]), Evidence("point", ends[1])),
            subject=hazard.id,
            why=(Words(N_("Search it, keep it guarded and say so in its properties, or move it or the crowd.")),),
        )


CHECK = Check(
    id="unscreened",
    label=N_("Unsearched vehicles and bins"),
    help=N_("Parked vehicles, bins and storage too near to a crowd."),
    subject="hazard",
    watches=frozenset({"hazard", "crowd_area"}),
    reach=lambda site: max(site.rules.number(each) for each in _RULES.values()),
    find=find_near,
    rules=tuple(_RULES.values()),
    row="18",
)
