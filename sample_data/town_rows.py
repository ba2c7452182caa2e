"""What a city hall's tables would say of an OpenStreetMap object: one function a shapefile, tags in, a row or None out.

Unknown stays empty: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

Row = dict[str, Any]
Tags = Mapping[str, str]

STREET_CLASSES = {
    "primary", "primary_link", "secondary", "secondary_link", "tertiary", "tertiary_link", "unclassified",
    "residential", "living_street", "service", "pedestrian", "footway", "cycleway", "path", "steps",
}  # fmt: skip
WALL_KINDS = {"fence", "wall", "retaining_wall", "hedge", "guard_rail", "railing", "block"}
LINE_FURNITURE = {
    "kerb": "kerb line",
    "bollard": "bollard row",
    "chain": "chain row",
}  # these stop nobody along their whole length and are no walls
CIVIC = {
    "hospital", "clinic", "doctors", "pharmacy", "police", "fire_station", "school", "kindergarten", "university",
    "college", "library", "theatre", "cinema", "embassy", "place_of_worship", "townhall", "courthouse", "bus_station",
    "taxi", "toilets", "parking", "fountain", "arts_centre", "community_centre", "marketplace",
}  # fmt: skip
POINT_RULES: list[tuple[str, set[str], str]] = [
    # (tag, values, kind to write or "" for the value itself); the first that fits wins
    ("emergency", {"fire_hydrant"}, "hydrant"),
    ("man_made", {"surveillance"}, "surveillance"),
    ("barrier", {"bollard", "block"}, ""),
    ("barrier", {"gate", "lift_gate", "swing_gate"}, "gate"),
    ("railway", {"subway_entrance", "tram_stop", "station", "level_crossing"}, ""),
    ("highway", {"bus_stop", "crossing", "traffic_signals", "street_lamp", "elevator"}, ""),
    ("amenity", CIVIC, ""),
    ("natural", {"tree", "stone"}, ""),
]
AREA_RULES: list[tuple[str, set[str], str]] = [
    ("place", {"square"}, "square"),
    ("highway", {"pedestrian"}, "pedestrian"),
    ("highway", {"platform"}, "platform"),
    ("railway", {"platform"}, "platform"),
    ("leisure", {"park", "garden"}, "park"),
    ("leisure", {"playground", "pitch"}, ""),
    ("amenity", {"parking", "school", "university", "marketplace"}, ""),
    ("landuse", {"grass", "railway", "construction"}, ""),
    ("natural", {"scrub", "heath", "wood", "bare_rock"}, ""),
]


def number(text: str | None) -> float | None:
    """The first number in a tag value such as ``12.13 m``; None where there is none."""
    found = re.match(r"\s*(-?\d+(?:\.\d+)?)", text or "")
    return float(found.group(1)) if found else None


def whole(text: str | None) -> int | None:
    """The same as a whole number."""
    value = number(text)
    return None if value is None else round(value)


def first_kind(tags: Tags, rules: Iterable[tuple[str, set[str], str]]) -> tuple[str, str] | None:
    """The kind and the original tag value by the first rule that fits, or None."""
    for key, values, kind in rules:
        if tags.get(key) in values:
            return kind or tags[key], tags[key]
    return None


def street_row(tags: Tags) -> Row | None:
    """A street line as the roads department would list it."""
    sort = "path" if tags.get("highway") == "trail" else tags.get("highway", "")
    if sort not in STREET_CLASSES or tags.get("area") == "yes" or tags.get("indoor") == "yes":
        return None
    width = number(tags.get("width"))
    return {
        "name": tags.get("name"),
        "name_sv": tags.get("name:sv"),
        "class": sort,
        "oneway": {"yes": "yes", "-1": "-1"}.get(tags.get("oneway", ""), "no"),
        "lanes": whole(tags.get("lanes")),
        "width": width if width is not None and width <= 40.0 else None,  # two ways say 64: a slip of the mapper
        "maxspeed": whole(tags.get("maxspeed")),
        "surface": tags.get("surface"),
        "bridge": tags.get("bridge", "no"),
        "tunnel": tags.get("tunnel", "no"),
        "layer": whole(tags.get("layer")) or 0,
        "access": tags.get("access"),
        "motor_veh": tags.get("motor_vehicle") or tags.get("vehicle"),
        "maxheight": number(tags.get("maxheight")),
        "maxweight": number(tags.get("maxweight")),
        "service": tags.get("service"),
    }


def building_row(tags: Tags) -> Row | None:
    """A building; roofs on posts and underground works are no walls and are left out here."""
    sort = tags.get("building")
    if sort is None or sort in {"roof", "no", "underpass_entrance"} or tags.get("location") == "underground":
        return None
    use = tags["amenity"] if tags.get("amenity") in CIVIC else sort
    if use == "yes":
        use = next((tags[k] for k in ("amenity", "tourism", "office", "shop") if k in tags), None)
    return {
        "name": tags.get("name"),
        "name_sv": tags.get("name:sv"),
        "use": use,
        "levels": number(tags.get("building:levels")),
        "height": number(tags.get("height")),
        "street": tags.get("addr:street"),
        "houseno": tags.get("addr:housenumber"),
        "operator": tags.get("operator"),
    }


def area_row(tags: Tags) -> Row | None:
    """Open ground: squares, parks, pedestrian areas, car parks, grass; and canopies one can drive under."""
    if whole(tags.get("layer")) and (whole(tags.get("layer")) or 0) < 0:
        return None
    kind = "canopy" if tags.get("building") == "roof" else None
    if kind is None and "building" not in tags:
        found = first_kind(tags, AREA_RULES)
        kind = found[0] if found else None
    if kind is None:
        return None
    return {"kind": kind, "name": tags.get("name"), "name_sv": tags.get("name:sv"), "surface": tags.get("surface"),
            "access": tags.get("access"), "capacity": whole(tags.get("capacity"))}  # fmt: skip


def water_row(tags: Tags) -> Row | None:
    """Ponds, basins, fountains' pools; the sea is made from the coastline."""
    if (
        tags.get("natural") == "water"
        or tags.get("landuse") in {"basin", "pond"}
        or tags.get("waterway") == "riverbank"
    ):
        return {"kind": tags.get("water") or tags.get("landuse") or "water", "name": tags.get("name")}
    return None


def point_row(tags: Tags) -> Row | None:
    """Street furniture, entrances, stops, public services, businesses with a name, and addresses."""
    found = first_kind(tags, POINT_RULES)
    if found is None and ("entrance" in tags or tags.get("building") == "entrance"):
        found = ("entrance", tags.get("entrance", "yes"))
    if found is None and "name" in tags:
        found = next(((k, tags[k]) for k in ("amenity", "shop", "tourism", "office", "historic") if k in tags), None)
    if found is None and "addr:housenumber" in tags and "addr:street" in tags:
        found = ("address", "")
    if found is None:
        return None
    size = number(tags.get("diameter") if found[0] == "hydrant" else tags.get("height"))
    return {"kind": found[0], "subkind": found[1] or None, "name": tags.get("name"), "name_sv": tags.get("name:sv"),
            "street": tags.get("addr:street"), "houseno": tags.get("addr:housenumber"),
            "operator": tags.get("operator"), "access": tags.get("access"), "size": size}  # fmt: skip


def wall_row(tags: Tags) -> Row | None:
    """Fences, walls, hedges, guard rails."""
    return barrier_row(tags) if tags.get("barrier") in WALL_KINDS else None


def furniture_row(tags: Tags) -> Row | None:
    """Kerbs, rows of bollards drawn as one line, chains."""
    sort = LINE_FURNITURE.get(tags.get("barrier", ""))
    return {**barrier_row(tags), "kind": sort} if sort else None


def barrier_row(tags: Tags) -> Row:
    """The columns of both."""
    return {"kind": tags["barrier"], "height": number(tags.get("height")), "material": tags.get("material"),
            "layer": whole(tags.get("layer")) or 0}  # fmt: skip


def rail_row(tags: Tags) -> Row | None:
    """Railway, tram and metro tracks."""
    if tags.get("railway") not in {"rail", "tram", "subway", "light_rail"}:
        return None
    return {"kind": tags["railway"], "name": tags.get("name"), "bridge": tags.get("bridge", "no"),
            "tunnel": tags.get("tunnel", "no"), "layer": whole(tags.get("layer")) or 0}  # fmt: skip
