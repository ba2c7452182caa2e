"""Crowd density: more people than the free ground of a crowd area holds."""

from __future__ import annotations

import math
from collections.abc import Iterator

from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding, Fix
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words

from .on_foot import STOPPING
from .room import usable


def find_crowded(site: Site, area: Feature) -> Iterator[Finding]:
    """People on the net ground of one area beside what is planned for, and what alarms (row 19)."""
    if area.shape is None:
        return
    rules = site.rules
    rule = rules["crowd.density_moving" if area["posture"] == "moving" else "crowd.density_plan"]
    limit, alarm = rules.number(rule.id), rules.number("crowd.density_alarm")
    people = area.number("people", math.nan)
    if math.isnan(people):
        text = Words(
            N_(
                "How many people are expected in {name} is not known: nothing can be said of its "
                "density, exits and queues."
            ),
            {"name": area.name},
        )
        yield _finding(area, rule.id, site, text, None, limit, "minor", area.shape.representative_point(), ())
        return
    net = usable(site, area)
    if net.area <= 0 or people / net.area <= limit:
        return
    density, fits = people / net.area, math.floor(net.area * limit)
    values = {
        "name": area.name, "people": int(people), "net": net.area, "density": density, "limit": limit,
        "over": int(people) - fits, "fits": fits,
    }  # fmt: skip
    text = Words(
        N_(
            "{name}: {people} people on {net:.0f} m² of free ground are {density:.1f} a square metre; "
            "planned for are {limit:.2g}, that is {over} people too many."
        ),
        values,
    )
    fix = Fix(Words(N_("Plan for {fits} people"), values), "change", {"id": area.id, "values": {"people": fits}})
    severity = "critical" if density > alarm else "major"
    yield _finding(area, rule.id, site, text, density, limit, severity, net, (fix,) if fits > 0 else ())


def _finding(
    area: Feature, rule_id: str, site: Site, text: Words, measured: float | None, limit: float, severity: str,
    place: BaseGeometry, fixes: tuple[Fix, ...],
) -> Finding:  # fmt: skip
    rule = site.rules[rule_id]
    numbers = {
        "alarm": site.rules.number("crowd.density_alarm"), "sports": site.rules.number("crowd.density_sports"),
    }  # fmt: skip
    return Finding(
        check=CHECK.id, severity=severity, text=text, measured=measured, threshold=limit, unit="people/m2",
        rule=rule.id, source=rule.cite(), confidence=rule.confidence, features=(area.id,),
        evidence=(Evidence("zone" if place.area > 0 else "point", place),), subject=area.id, fixes=fixes,
        why=(
            Words(N_("Density = people / net area; the net area is the drawn area without what stands in it and "
"without lanes.")),
            Words(N_("Above {alarm:g} a square metre a crowd is unstable; {sports:g} is for inspected "
"terraces only."), numbers),
        ),
    )  # fmt: skip


CHECK = Check(
    id="crowd-density",
    label=N_("Crowd density"),
    help=N_("More people than the free ground of a crowd area holds."),
    subject="crowd_area",
    watches=frozenset({"crowd_area", "emergency_route", *STOPPING}),
    reach=lambda site: 60.0,
    find=find_crowded,
    rules=("crowd.density_plan", "crowd.density_moving", "crowd.density_alarm", "crowd.density_sports"),
    row="19",
)
