"""Net area: how much of a crowd area is left when everything that stands in it is taken off."""

from __future__ import annotations

from collections.abc import Iterator

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words

from .on_foot import NO_BUILDINGS, STOPPING
from .room import usable


def find_taken(site: Site, area: Feature) -> Iterator[Finding]:
    """A crowd area of which infrastructure takes more than the share worth telling (row 20)."""
    if area.shape is None or area.shape.area == 0:
        return
    rule = site.rules["crowd.net_share"]
    net = usable(site, area)
    share = 100.0 * (1.0 - net.area / area.shape.area)
    limit = site.rules.number(rule.id)
    if share <= limit and net.area > 0:
        return
    values = {"name": area.name, "gross": area.shape.area, "net": net.area, "share": share}
    text = N_(
        "Of {gross:.0f} m² of {name}, {net:.0f} m² are free; stages, stalls, barriers and lanes take {share:.0f} %."
    )
    why = [
        Words(
            N_(
                "What counts as taken: buildings, walls, water, barriers, cordons, hazards and "
                "notes that take up ground, and emergency routes as wide as they are kept free."
            )
        )
    ]
    if not site.layers_of("buildings"):
        why.append(NO_BUILDINGS)
    place = area.shape if net.is_empty else net
    yield Finding(
        check=CHECK.id, severity="info" if net.area > 0 else "major", text=Words(text, values), measured=share,
        threshold=limit, unit="%", rule=rule.id, source=rule.cite(), confidence=rule.confidence, features=(area.id,),
        evidence=(Evidence("zone", place, Words(N_("{net:.0f} m²"), values)),), subject=area.id, why=tuple(why),
    )  # fmt: skip


CHECK = Check(
    id="net-area",
    label=N_("Net area"),
    help=N_("How much of a crowd area is left when everything that stands in it is taken off."),
    subject="crowd_area",
    watches=frozenset({"crowd_area", "emergency_route", *STOPPING}),
    reach=lambda site: 60.0,
    find=find_taken,
    rules=("crowd.net_share",),
    row="20",
)
