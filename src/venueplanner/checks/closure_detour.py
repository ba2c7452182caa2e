"""Closure detour: is there a way round every closed street, for whom, is it planned, and does everybody fit?"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding, Fix
from venueplanner.domain.plan import Feature
from venueplanner.domain.rules import Rule
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.diversions import Roads, Way, obstacles_on

from .diverting import (
    EVERYWHERE,
    NEEDS,
    TRAFFIC,
    Closed,
    Detour,
    blocks_for,
    closed_for,
    detours,
    mover_of,
    overlap,
    roads_for,
)
from .signposting import boards_for, routes_of, way_of

_WORD = {class_id: word for class_id, word, _ in TRAFFIC}
_FOR = {"all": ("car", "bus", "lorry"), "cars": ("car",), "buses": ("bus",), "lorries": ("lorry",), "cycles": ()}
_OBSTACLE = {
    "width": N_("a street only {value:.1f} m wide"),
    "height": N_("a clear height of only {value:.1f} m"),
    "grade": N_("a slope of {value:.0%}"),
    "turn": N_("a turn that is {value:.1f} m too tight"),
}


def find(site: Site, closure: Feature) -> Iterator[Finding]:
    """What is wrong with the ways round one closure."""
    roads = roads_for(site)
    closed = closed_for(site, roads, closure)
    if not closed.on_streets:
        yield _off_the_streets(site, closure)
        return
    found = list(detours(site, roads, closed))
    for each in found:
        if each.after is None:
            yield _none(site, roads, closed, each)
    planned = [each for each in site.of("diversion") if closure.id in each.links("closures")]
    if any(each.after is not None for each in found) and not planned:
        yield _not_planned(site, roads, closed, found)
    for diversion in planned:
        yield from _planned(site, roads, closed, diversion)


def _finding(
    site: Site, closure: Feature, rule: Rule, severity: str, text: Words, evidence: tuple[Evidence, ...], **more: object
) -> Finding:
    values: dict[str, object] = {"measured": None, "threshold": None, "unit": "", "features": (closure.id,), **more}
    return Finding(
        check=CHECK.id, severity=severity, text=text, rule=rule.id, source=rule.cite(), confidence=rule.confidence,
        evidence=evidence, subject=closure.id, **values,  # type: ignore[arg-type]
    )  # fmt: skip


def _off_the_streets(site: Site, closure: Feature) -> Finding:
    text = Words(N_("Closure {name} lies on no street of the city's data: nothing is closed."), {"name": closure.name})
    evidence = (Evidence("gap", closure.shape or shapely.Point()),)
    return _finding(site, closure, site.rules["closure.beside"], "minor", text, evidence)


def _way_words(detour: Detour) -> Words:
    return Words(N_("in the direction drawn") if detour.forth else N_("against the direction drawn"))


def _none(site: Site, roads: Roads, closed: Closed, detour: Detour) -> Finding:
    values = {"name": closed.feature.name, "who": Words(_WORD[detour.traffic]), "way": _way_words(detour)}
    text = Words(N_("Closure {name} leaves {who} no way round {way}."), values)
    evidence = (Evidence("before", detour.before.line(roads.network), Words(N_("before"))),)
    others = [
        each.name for each in site.of("closure") if each.id != closed.feature.id and overlap(each, closed.feature)
    ]
    why = [Words(N_("One-way streets, turns on the spot and streets known to be too narrow or low were not taken."))]
    if others:
        why.append(Words(N_("Closed at the same time: {names}."), {"names": ", ".join(others)}))
    return _finding(site, closed.feature, site.rules["sign.before"], "major", text, evidence, why=tuple(why))


def _not_planned(site: Site, roads: Roads, closed: Closed, found: list[Detour]) -> Finding:
    ways = [each for each in found if each.after is not None]
    worst = max(ways, key=lambda each: (each.metres, each.traffic == "car"))
    values = {
        "name": closed.feature.name, "metres": worst.metres, "minutes": worst.minutes,
        "who": Words(_WORD[worst.traffic]),
    }  # fmt: skip
    text = Words(
        N_("No diversion is planned round closure {name}; the way round is up to {metres:.0f} m and {minutes:.1f} min "
           "longer ({who})."), values,
    )  # fmt: skip
    line = worst.after.line(roads.network) if worst.after is not None else shapely.LineString()
    evidence = (
        Evidence("after", line, Words(N_("way round, {metres:.0f} m more"), {"metres": worst.metres})),
        Evidence("before", worst.before.line(roads.network), Words(N_("before"))),
    )
    return _finding(
        site, closed.feature, site.rules["sign.before"], "major", text, evidence,
        measured=worst.metres, unit="m", why=tuple(told(each) for each in found),
        fixes=(propose(site, roads, closed, found),),
    )  # fmt: skip


def told(detour: Detour) -> Words:
    """One way round in a sentence."""
    values = {"who": Words(_WORD[detour.traffic]), "way": _way_words(detour), "metres": detour.metres,
              "minutes": detour.minutes, "before": detour.before.metres}  # fmt: skip
    if detour.after is None:
        return Words(N_("{who}, {way}: no way round ({before:.0f} m before)."), values)
    return Words(N_("{who}, {way}: {before:.0f} m before, {metres:.0f} m and {minutes:.1f} min more round it."), values)


def propose(site: Site, roads: Roads, closed: Closed, found: list[Detour]) -> Fix:
    """The edit that adds the ways round and all signs that are missing."""
    routes = routes_of(roads, found)
    boards = boards_for(site, roads, closed, [way for _, _, way in routes], site.of("sign"))
    values = {"routes": len(routes), "signs": len(boards)}
    label = Words(N_("Add {routes} ways round and {signs} signs"), values)
    args = {
        "closures": (closed.feature.id,),
        "routes": tuple((line, traffic, True) for line, traffic, _ in routes),
        "signs": tuple(boards),
    }
    return Fix(label, "divert", args)


def _planned(site: Site, roads: Roads, closed: Closed, diversion: Feature) -> Iterator[Finding]:
    rules, closure = site.rules, closed.feature
    name = {"name": closure.name, "route": diversion.name}
    ids = {"features": (closure.id, diversion.id)}
    line = diversion.shape
    if line is None:
        return
    met = [each.name for each in site.of("closure") if overlap(each, closure) and _meets(site, roads, each, line)]
    if met:
        text = Words(
            N_("Diversion {route} round closure {name} runs through a closed street ({closures})."),
            {**name, "closures": ", ".join(met)},
        )
        yield _finding(site, closure, rules["sign.before"], "major", text, (Evidence("after", line),), **ids)
    way = way_of(site, roads, diversion)
    if way is None:
        text = Words(
            N_("Diversion {route} round closure {name} cannot be driven from end to end: it leaves the streets or runs "
               "against a one-way street."), name,
        )  # fmt: skip
        yield _finding(site, closure, rules["closure.beside"], "major", text, (Evidence("after", line),), **ids)
        return
    for traffic in _FOR.get(str(diversion["traffic"]), ()):
        wrong = obstacles_on(roads, mover_of(site, traffic), way.edges, rules.number("traffic.kerb_radius"))
        if wrong:
            yield _does_not_fit(site, roads, closed, diversion, traffic, wrong)
    yield from _narrow(site, roads, closed, diversion, way)


def _meets(site: Site, roads: Roads, closure: Feature, line: BaseGeometry) -> bool:
    """Whether a route runs along what a closure closes (crossing it at a junction is no harm)."""
    blocks = blocks_for(site, roads, closure)
    if not blocks.low.size:
        return False
    from venueplanner.engine.diversions import stretch_of

    beside = stretch_of(roads.network, blocks).buffer(2.0, cap_style="flat")
    return bool(line.intersection(beside).length > site.rules.number("closure.beside"))


def _does_not_fit(
    site: Site, roads: Roads, closed: Closed, diversion: Feature, traffic: str, wrong: list[tuple[str, int, float]]
) -> Finding:
    what, _, value = wrong[0]
    rule = {"width": f"traffic.{traffic}.width", "height": f"traffic.{traffic}.height", "grade": "diversion.grade"}
    used = site.rules[rule.get(what, "traffic.ring_inner")]
    values = {
        "route": diversion.name, "name": closed.feature.name, "who": Words(_WORD[traffic]),
        "what": Words(_OBSTACLE[what], {"value": value}),
    }  # fmt: skip
    text = Words(N_("Diversion {route} round closure {name} does not fit {who}: {what}."), values)
    evidence = tuple(Evidence("gap", roads.network.shape(each[1])) for each in wrong)
    limit = site.rules.number(used.id)
    return _finding(
        site, closed.feature, used, "major", text, evidence, measured=value, threshold=limit, unit=used.unit,
        features=(closed.feature.id, diversion.id),
        why=(Words(N_("{count} places in all; only what the city's data says was judged."), {"count": len(wrong)}),),
    )  # fmt: skip


def _narrow(site: Site, roads: Roads, closed: Closed, diversion: Feature, way: Way) -> Iterator[Finding]:
    """Streets narrower than the rule asks of a diversion (row 36)."""
    net, rules = roads.network, site.rules
    links = way.edges >> 1
    both = net.oneway[links] == 0
    least = np.where(both, rules.number("diversion.two_way"), rules.number("diversion.one_way"))
    narrow = roads.width[links] < least
    if not narrow.any():
        return
    worst = int(np.flatnonzero(narrow)[np.argmin((roads.width[links] - least)[narrow])])
    rule = rules["diversion.two_way" if both[worst] else "diversion.one_way"]
    values = {"route": diversion.name, "name": closed.feature.name, "width": float(roads.width[links[worst]]),
              "least": float(least[worst])}  # fmt: skip
    text = Words(
        N_("Diversion {route} round closure {name} is {width:.1f} m wide where {least:.1f} m are asked."), values
    )
    evidence = tuple(Evidence("gap", net.shape(int(each))) for each in links[narrow])
    yield _finding(
        site, closed.feature, rule, "minor", text, evidence, measured=float(roads.width[links[worst]]),
        threshold=float(least[worst]), unit="m", features=(closed.feature.id, diversion.id),
    )  # fmt: skip


CHECK = Check(
    id="closure-detour",
    label=N_("Way round a closure"),
    help=N_("Closed streets without a way round, or with one that is not planned, not connected, closed or too small."),
    subject="closure",
    watches=frozenset({"closure", "diversion", "sign"}),
    reach=lambda site: EVERYWHERE,
    find=find,
    needs=NEEDS,
    rules=(
        "closure.beside", "traffic.speed_share", "traffic.kerb_radius", "traffic.ring_outer", "traffic.ring_inner",
        *(f"traffic.{each}.{what}" for each in ("car", "bus", "lorry") for what in ("width", "height")),
        "diversion.one_way", "diversion.two_way", "diversion.grade", "sign.before",
    ),
    row="34, 36",
)  # fmt: skip
