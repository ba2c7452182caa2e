"""Closure signs: boards at both ends of a closed street and ahead, arrows before every junction of its diversions."""

from __future__ import annotations

from collections.abc import Iterator

from venueplanner.domain.check import Check, Evidence, Finding, Fix
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words

from .diverting import EVERYWHERE, NEEDS, closed_for, roads_for
from .signposting import Wanted, wanted_along, wanted_at, way_of


def find(site: Site, closure: Feature) -> Iterator[Finding]:
    """Boards and arrows that are not in the plan: one finding for the closure, one for each of its diversions."""
    roads = roads_for(site)
    closed = closed_for(site, roads, closure)
    if not closed.on_streets:
        return
    signs = site.of("sign")
    missing = [each for each in wanted_at(site, roads, closed) if not each.there(signs)]
    if missing:
        ends = sum(each.purpose == "closed" for each in missing)
        values = {"name": closure.name, "ends": ends, "ahead": len(missing) - ends}
        text = Words(N_("Closure {name} lacks {ends} boards at its ends and {ahead} that announce it ahead."), values)
        yield _finding(site, closure, (closure.id,), "minor", "sign.advance_low", text, missing)
    for diversion in site.of("diversion"):
        if closure.id != next(iter(diversion.links("closures")), None):
            continue  # a way round several closures is told once, with the first
        way = way_of(site, roads, diversion)
        if way is None:
            continue
        wanted = list(wanted_along(site, roads, way, closed.links))
        missing = [each for each in wanted if not each.there(signs)]
        if missing:
            values = {"route": diversion.name, "name": closure.name, "count": len(missing), "of": len(wanted)}
            text = Words(
                N_("Diversion {route} round closure {name}: no arrow before {count} of {of} junctions."), values
            )
            yield _finding(site, closure, (closure.id, diversion.id), "major", "sign.before", text, missing)


def _finding(
    site: Site, closure: Feature, ids: tuple[str, ...], severity: str, rule_id: str, text: Words, missing: list[Wanted]
) -> Finding:
    rule = site.rules[rule_id]
    args = {"closures": (closure.id,), "routes": (), "signs": tuple(each.board for each in missing)}
    return Finding(
        check=CHECK.id,
        severity=severity,
        text=text,
        measured=float(len(missing)),
        threshold=0.0,
        unit="",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=ids,
        evidence=tuple(Evidence("point", each.place) for each in missing),
        subject=closure.id,
        why=(Words(N_("Cover permanent signs that say something else; temporary signs have a yellow ground.")),),
        fixes=(Fix(Words(N_("Put up {count} signs"), {"count": len(missing)}), "divert", args),),
    )


CHECK = Check(
    id="closure-signs",
    label=N_("Signs of a closure"),
    help=N_("Closed streets without boards at their ends and ahead, diversions without arrows before their junctions."),
    subject="closure",
    watches=frozenset({"closure", "diversion", "sign"}),
    reach=lambda site: EVERYWHERE,
    find=find,
    needs=NEEDS,
    rules=("sign.before", "sign.advance_low", "sign.advance_high", "sign.near", "sign.side", "closure.beside"),
    row="34, 37",
)
