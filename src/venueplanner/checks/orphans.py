"""Orphans: what stands in the plan and nobody owns, or nobody puts there."""

from __future__ import annotations

from collections.abc import Iterator

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.kinds import ALL, BY_ID

OWNED = tuple(kind.id for kind in ALL if {"owner", "doer"} <= set(kind.common) and kind.shapes)
_LACKS = {
    (False, True): N_("{kind} {name} has no owner: nobody answers for it."),
    (True, False): N_("Nobody is named who places {kind} {name}."),
    (False, False): N_("{kind} {name} has no owner, and nobody is named who places it."),
}


def find_orphan(site: Site, feature: Feature) -> Iterator[Finding]:
    """A finding where owner, doer or both lead to no stakeholder of the plan."""
    there = {each.id for each in site.plan.of("stakeholder")}
    owned, done = (bool(there.intersection(feature.links(field))) for field in ("owner", "doer"))
    if owned and done:
        return
    rule = site.rules["roles.owned"]
    values = {"kind": Words(BY_ID[feature.kind].label), "name": feature.name}
    yield Finding(
        check=CHECK.id,
        severity="info" if owned else "minor",
        text=Words(_LACKS[owned, done], values),
        measured=float(owned + done),
        threshold=site.rules.number(rule.id),
        unit="",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(feature.id,),
        evidence=(Evidence("point", feature.shape.representative_point()),) if feature.shape is not None else (),
        subject=feature.id,
        why=(Words(N_("What nobody owns is not there on the day, and is not taken away after it.")),),
    )


CHECK = Check(
    id="orphans",
    label=N_("Orphans"),
    help=N_("What has no owner, or nobody who puts it there, once the plan has stakeholders."),
    subject=OWNED[0],
    also=OWNED[1:],
    begins="stakeholder",
    watches=frozenset({*OWNED, "stakeholder"}),
    reach=lambda site: 0.0,
    find=find_orphan,
    rules=("roles.owned",),
    row="43",
)
