"""Crowds as plain data: net areas, capacities, times to leave with their routes, and the ground for other programs.

The walkable ground and the exits go out as polygons and lines, which is what microscopic models (such as JuPedSim)
take; none of them is needed here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from venueplanner.checks import entry_queue
from venueplanner.checks.evacuation import Evacuation, evacuation
from venueplanner.checks.exit_capacity import capacity_of
from venueplanner.checks.leaving import PROFILES, Gathering, gathering
from venueplanner.checks.room import usable
from venueplanner.domain.errors import UnknownName
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.crowds import level_of_service

from .documents import coordinates_of
from .language import Language
from .session import Session

GeoJson: TypeAlias = Callable[[BaseGeometry], Any]
MODEL = (
    "quickest clearance: people walk at one speed over free ground and queue at exits; shares of exits are those that "
    "let the last one out earliest. A lower bound of the real time; the hydraulic form is given beside it."
)


def crowd(session: Session, *, area: str = "", walkable: bool = False) -> dict[str, Any]:
    """Net area, density, capacities, queue and time to leave of every crowd area, or of one by name or id.

    Shapes are GeoJSON in WGS84. With `walkable` the free ground and the obstacle-free exits in metres of the plan's own
    coordinates as well. Raises `UnknownName` for an area that is not in the plan.
    """
    site = session.site()
    several = [each for each in site.of("crowd_area") if each.shape is not None]
    chosen = [each for each in several if area in ("", each.id, each.name)]
    if area and not chosen:
        known = ", ".join(each.name for each in several) or "–"
        sentence = Words(N_("There is no crowd area “{name}”."), {"name": area})
        raise UnknownName(sentence, Words(N_("The crowd areas are: {known}."), {"known": known}))
    to_lonlat = coordinates_of(session.plan).to_lonlat_array

    def lonlat(shape: BaseGeometry) -> Any:
        return None if shape.is_empty else mapping(shapely.transform(shape, to_lonlat))

    groups = [gathering(site, each) for each in chosen]
    told = {each.areas[0].id: each for each in groups}
    return {
        "areas": [_area(site, each, lonlat) for each in chosen],
        "gatherings": [_gathering(site, each, lonlat, walkable) for each in told.values()],
        "model": MODEL,
    }


def _area(site: Site, area: Feature, lonlat: GeoJson) -> dict[str, Any]:
    net = usable(site, area)
    people = area.number("people", math.nan)
    known = not math.isnan(people)
    return {
        "id": area.id,
        "name": area.name,
        "people": int(people) if known else None,
        "gross_m2": round(area.shape.area, 1) if area.shape is not None else 0.0,
        "net_m2": round(net.area, 1),
        "density": round(people / net.area, 3) if known and net.area > 0 else None,
        "holds": math.floor(net.area * site.rules.number("crowd.density_plan")),
        "net": lonlat(net),
    }


def _gathering(site: Site, found: Gathering, lonlat: GeoJson, walkable: bool) -> dict[str, Any]:
    profile = found.profile(site)
    capacity = capacity_of(site, found, profile)
    gates = entry_queue.entries(site, found)
    waiting = entry_queue.queue_of(site, found, gates) if gates and found.people > 0 else None
    row: dict[str, Any] = {
        "areas": [each.id for each in found.areas],
        "names": found.names,
        "people": int(found.people),
        "minutes_allowed": found.minutes(site),
        "profile": profile,
        "capacity": {
            each: {"all": int(made.all), "without_largest": int(made.least)}
            for each, made in ((name, capacity_of(site, found, name)) for name, _ in PROFILES)
        },
        "queue": None
        if waiting is None
        else {
            "lanes": int(sum(each.number("lanes") for each in gates)),
            "most": int(waiting.most),
            "wait_min": round(waiting.wait, 1) if math.isfinite(waiting.wait) else None,
        },
    }
    answer = evacuation(site, found) if found.ways else None
    row["exits"] = [
        _exit(site, found, number, int(capacity.without[number]), answer, lonlat) for number in range(len(found.ways))
    ]
    if answer is not None:
        cleared = math.isfinite(answer.clearing.seconds)
        row["clearance_min"] = round(answer.clearing.seconds / 60.0, 2) if cleared else None
        row["longest_way_m"] = round(answer.longest, 1)
        row["without_a_way"] = round(answer.clearing.stranded)
        if walkable:
            free = answer.ground.area_of(answer.ground.free)
            row["walkable"] = {
                "ground": mapping(free),
                "exits": [mapping(each.opening) for each in found.ways],
                "people": [mapping(each.shape) for each in found.areas if each.shape is not None],
            }
    return row


def _exit(
    site: Site, found: Gathering, number: int, without: int, answer: Evacuation | None, lonlat: GeoJson
) -> dict[str, Any]:
    way = found.ways[number]
    row = {
        "id": way.feature.id,
        "name": way.feature.name,
        "width_m": round(way.feature.number("width"), 2),
        "counted_m": round(way.width, 2),
        "capacity_without": without,
        "opening": lonlat(way.opening),
    }
    if answer is None:
        return row
    narrow, load = answer.narrow[number], float(answer.clearing.loads[number])
    width, minutes = min(narrow.width, way.width), found.minutes(site)
    flow = load / (width * minutes) if width > 0 else 0.0
    levels = [site.rules.number(f"crowd.flow_level.{level}") for level in "abcde"]
    return row | {
        "people": round(load),
        "last_out_min": round(float(answer.clearing.lasts[number]) / 60.0, 2),
        "narrowest_m": round(narrow.width, 2) if math.isfinite(narrow.width) else None,
        "narrowest": lonlat(narrow.line),
        "level": level_of_service(flow, levels),
        "route": lonlat(answer.route(number)),
    }


def lines(found: dict[str, Any], language: Language) -> Iterator[str]:
    """The same as text."""
    for area in found["areas"]:
        text = N_("{name}: {net_m2:.0f} of {gross_m2:.0f} m² free, {said} people, {density} a square metre")
        density = "–" if area["density"] is None else f"{area['density']:.2f}".replace(".", language.decimal)
        said = "–" if area["people"] is None else area["people"]
        yield language.say(Words(text, {**area, "said": said, "density": density}))
    for group in found["gatherings"]:
        yield language.say(Words(N_("{names}: {people} people, {minutes_allowed:g} min to leave"), group))
        for profile, label in PROFILES:
            values = {"what": Words(label), **group["capacity"][profile]}
            text = N_("{what}: {all} by all exits, {without_largest} without the largest")
            yield "  " + language.say(Words(text, values))
        for each in group["exits"]:
            text = N_("exit {name}: {counted_m:.2f} of {width_m:.2f} m, without it {capacity_without} people")
            yield "  " + language.say(Words(text, each))
            if each.get("people"):
                text = N_("{people} people, the last after {last_out_min:.1f} min, level {level}")
                yield "    " + language.say(Words(text, each))
        if group.get("clearance_min") is not None:
            text = N_("the last one is out after {clearance_min:.1f} min; the longest way is {longest_way_m:.0f} m")
            yield "  " + language.say(Words(text, group))
        if group.get("without_a_way"):
            yield "  " + language.say(Words(N_("{without_a_way} people have no way to any exit"), group))
        if group["queue"]:
            wait = group["queue"]["wait_min"]
            values = {**group["queue"], "wait": "–" if wait is None else round(wait)}
            text = N_("entry by {lanes} lanes: up to {most} wait, the longest {wait} min")
            yield "  " + language.say(Words(text, values))
