"""Closures as plain data: ways round, who loses access, the first fire engine; for the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from venueplanner.checks.access import affected
from venueplanner.checks.diverting import PLACE_WORDS, closed_for, detours, named, roads_for, streets_of
from venueplanner.checks.first_engine import disjoint, runs
from venueplanner.checks.signposting import boards_for, routes_of
from venueplanner.domain.errors import BadFile, UnknownName
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.diversions import Roads, Way, stretch_of

from .documents import coordinates_of
from .language import Language
from .session import Session

_Degrees = Callable[[BaseGeometry], dict[str, Any]]


def traffic(session: Session, *, closure: str = "") -> dict[str, Any]:
    """What the closures of a plan (or one, by name or id) do to traffic; shapes as GeoJSON in WGS84.

    Raises `UnknownName`, `BadFile` when there are no streets.
    """
    site = session.site()
    if not streets_of(site):
        raise BadFile(Words(N_("There is no street layer in the plan.")), Words(N_("Add the city's streets first.")))
    chosen = [each for each in site.of("closure") if closure in ("", each.id, each.name)]
    if closure and not chosen:
        sentence = Words(N_("There is no closure “{name}”."), {"name": closure})
        known = ", ".join(each.name for each in site.of("closure")) or "–"
        raise UnknownName(sentence, Words(N_("There are: {known}."), {"known": known}))
    to_degrees = coordinates_of(session.plan).to_lonlat_array

    def degrees(shape: BaseGeometry) -> dict[str, Any]:
        found: dict[str, Any] = mapping(shapely.transform(shape, to_degrees))
        return found

    roads = roads_for(site)
    return {
        "closures": [_closure(site, roads, each, degrees) for each in chosen],
        "perimeters": [_perimeter(site, roads, each, degrees) for each in site.of("perimeter")],
    }


def _closure(site: Site, roads: Roads, closure: Feature, degrees: _Degrees) -> dict[str, Any]:
    closed = closed_for(site, roads, closure)
    found = list(detours(site, roads, closed))
    routes = routes_of(roads, found)
    row: dict[str, Any] = {
        "id": closure.id,
        "name": closure.name,
        "closed_m": round(float((closed.own.high - closed.own.low).sum()), 1),
        "closed": degrees(stretch_of(roads.network, closed.own)),
        "detours": [
            {
                "traffic": each.traffic,
                "direction": "forth" if each.forth else "back",
                "before_m": round(each.before.metres, 1),
                "before_min": round(each.before.seconds / 60, 2),
                "after_m": None if each.after is None else round(each.after.metres, 1),
                "after_min": None if each.after is None else round(each.after.seconds / 60, 2),
                "more_m": None if each.after is None else round(each.metres, 1),
                "more_min": None if each.after is None else round(each.minutes, 2),
                "before": _line(roads, each.before, degrees),
                "after": _line(roads, each.after, degrees),
            }
            for each in found
        ],
        "signs": [],
        "access": {},
    }
    if not closed.on_streets:
        return row
    boards = boards_for(site, roads, closed, [way for _, _, way in routes], site.of("sign"))
    row["signs"] = [{"purpose": what, "arrow": arrow, "place": degrees(place)} for place, what, arrow in boards]
    row["access"] = _access(site, roads, closed)
    return row


def _line(roads: Roads, way: Way | None, degrees: _Degrees) -> dict[str, Any] | None:
    return None if way is None else degrees(way.line(roads.network))


def _access(site: Site, roads: Roads, closed: Any) -> dict[str, Any]:
    cut: Counter[str] = Counter()
    front: Counter[str] = Counter()
    names: list[str] = []
    later = 0
    most = 0.0
    for each in affected(site, roads, closed):
        cut.update(str(each.groups[row] or "other") for row in each.cut.tolist())
        front.update(str(each.groups[row] or "other") for row in each.front.tolist())
        names += [str(each.layer.column("name", "")[row] or "") for row in each.cut.tolist() if each.groups[row]]
        if each.layer.role == "buildings":
            later += int((each.minutes >= site.rules.number("access.minutes")).sum())
            known = each.minutes[np.isfinite(each.minutes)]
            most = max(most, float(known.max(initial=0.0)))
    return {
        "cut_off": dict(cut),
        "on_the_closed_stretch": dict(front),
        "cut_off_names": sorted({each for each in names if each and each.lower() not in ("nan", "none")}),
        "buildings_later": later,
        "most_minutes_more": round(most, 2),
    }


def _perimeter(site: Site, roads: Roads, perimeter: Feature, degrees: _Degrees) -> dict[str, Any]:
    pair = disjoint(site, roads, perimeter)
    row: dict[str, Any] = {"id": perimeter.id, "name": perimeter.name, "engines": [], "disjoint_ways": None}
    for each in runs(site, roads, perimeter):
        row["engines"].append({
            "station": each.station.name,
            "before_min": None if each.before is None else round(each.before.seconds / 60, 2),
            "after_min": None if each.after is None else round(each.after.seconds / 60, 2),
            "before": _line(roads, each.before, degrees),
            "after": _line(roads, each.after, degrees),
            "words": named(each.station),
        })  # fmt: skip
    if pair is not None:
        row["disjoint_ways"] = pair.disjoint
        minutes = [round(each / 60, 2) for each in pair.seconds(roads)]
        row["ways_min"] = minutes
        row["ways"] = [
            degrees(shapely.line_merge(shapely.MultiLineString(list(roads.network.shapes(way >> 1)))))
            for way in pair.ways if way.size
        ]  # fmt: skip
        row["only_streets"] = [degrees(each) for each in roads.network.shapes(pair.cut)]
    return row


_WHO = {"car": N_("cars"), "bus": N_("buses"), "lorry": N_("lorries")}


def lines(found: dict[str, Any], language: Language) -> Iterator[str]:
    """The same as text."""
    for row in found["closures"]:
        yield language.say(Words(N_("Closure {name}: {metres:.0f} m of street"),
                                 {"name": row["name"], "metres": row["closed_m"]}))  # fmt: skip
        for each in row["detours"]:
            way = Words(
                N_("in the direction drawn") if each["direction"] == "forth" else N_("against the direction drawn")
            )
            values = {"who": Words(_WHO[each["traffic"]]), "way": way, "before": each["before_m"],
                      "metres": each["more_m"] or 0.0, "minutes": each["more_min"] or 0.0}  # fmt: skip
            text = N_("{who}, {way}: {before:.0f} m before, {metres:.0f} m and {minutes:.1f} min more round it.")
            if each["after_m"] is None:
                text = N_("{who}, {way}: no way round ({before:.0f} m before).")
            yield "  " + language.say(Words(text, values))
        if not row["detours"]:
            yield "  " + language(N_("No through traffic is cut."))
        yield from (f"  {each}" for each in _access_lines(row["access"], language))
    for row in found["perimeters"]:
        yield language.say(Words(N_("Fire engines to perimeter {name}:"), {"name": row["name"]}))
        if not row["engines"]:
            yield "  " + language(N_("No fire station is in the city's data."))
        for each in row["engines"]:
            values = {"station": each["words"], "before": each["before_min"] or 0.0, "after": each["after_min"] or 0.0}
            text = N_("{station}: {before:.1f} min before, {after:.1f} min now.")
            if each["before_min"] is None:
                text = N_("{station}: no way to the perimeter even before.")
            elif each["after_min"] is None:
                text = N_("{station}: {before:.1f} min before, no way now.")
            yield "  " + language.say(Words(text, values))
        if row["disjoint_ways"] is not None:
            values = {"count": row["disjoint_ways"]}
            yield "  " + language.say(Words(N_("Ways that share no street: {count} (counted to 2)."), values))


def _access_lines(access: dict[str, Any], language: Language) -> Iterator[str]:
    for key, text in (
        ("cut_off", N_("Cut off: {what}.")),
        ("on_the_closed_stretch", N_("On the closed stretch: {what}.")),
    ):
        counts = access.get(key) or {}
        if counts:
            parts = [f"{counts[each]} {language(word)}" for each, word in PLACE_WORDS.items() if counts.get(each)]
            yield language.say(Words(text, {"what": ", ".join(parts)}))
    if access.get("buildings_later"):
        values = {"count": access["buildings_later"], "most": access["most_minutes_more"]}
        yield language.say(Words(N_("Reached later: {count} buildings, at most by {most:.1f} min."), values))


def plain(found: dict[str, Any], language: Language) -> dict[str, Any]:
    """The same without what is only for text, to be written as JSON."""
    for row in found["perimeters"]:
        for each in row["engines"]:
            each["words"] = language.say(each["words"])
    return found
