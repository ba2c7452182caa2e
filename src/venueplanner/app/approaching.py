"""Approaches as plain data: for the command line, and for whoever wants the figures without the findings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry import mapping

from venueplanner.checks.driving import KMH, VEHICLES, WORST, classes_of, street_name, survey
from venueplanner.domain.errors import BadFile, UnknownName
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.approaches import Approach

from .documents import coordinates_of
from .language import Language
from .session import Session


def approaches(session: Session, *, vehicle_class: str = "", perimeter: str = "") -> dict[str, Any]:
    """Every approach of every perimeter (or one): speed km/h, angle, energy kJ, route as GeoJSON in WGS84.

    vehicle_class: one of the profile's, `worst` for the worst of all of them at each place, or empty for the class each
    perimeter asks for. Raises `UnknownName`, `BadFile` when there are no streets.
    """
    site = session.site()
    if not any(len(layer) for layer in site.layers_of("streets")):
        raise BadFile(Words(N_("There is no street layer in the plan.")), Words(N_("Add the city's streets first.")))
    known = site.rules.under("vehicle")
    if vehicle_class not in ("", WORST, *known):
        sentence = Words(N_("There is no vehicle class “{name}”."), {"name": vehicle_class})
        raise UnknownName(sentence, Words(N_("The classes are: {known}."), {"known": ", ".join([*known, WORST])}))
    chosen = [each for each in site.of("perimeter") if perimeter in ("", each.id, each.name)]
    if perimeter and not chosen:
        raise UnknownName(Words(N_("There is no perimeter “{name}”."), {"name": perimeter}))
    return {"perimeters": [_perimeter(session, site, each, vehicle_class) for each in chosen]}


def _perimeter(session: Session, site: Site, feature: Feature, asked: str) -> dict[str, Any]:
    classes = classes_of(feature.with_values(vehicle_class=asked) if asked else feature, site.rules)
    rows: list[dict[str, Any]] = []
    speeds = None
    for class_id in classes:
        found = survey(site, feature.with_values(vehicle_class=class_id))
        rows += [_row(session, site, class_id, each) for each in found.approaches]
        fastest = found.samples.speed * KMH
        speeds = fastest if speeds is None else speeds.clip(min=fastest)
    rows.sort(key=lambda row: (-row["normal_energy_kj"], row["street"]))
    return {
        "id": feature.id,
        "name": feature.name,
        "classes": classes,
        "approaches": rows,
        "fastest_kmh": round(float(speeds.max()), 3) if speeds is not None and speeds.size else 0.0,
        "samples_kmh": [round(float(each), 2) for each in speeds] if speeds is not None else [],
        "note": "upper bounds: dry road, constant acceleration",
    }


def _row(session: Session, site: Site, class_id: str, approach: Approach) -> dict[str, Any]:
    to_degrees = coordinates_of(session.plan).to_lonlat_array
    return {
        "class": class_id,
        "street": street_name(site, approach.line),
        "over_open_ground": approach.line is None,
        "kmh": round(approach.speed * KMH, 3),
        "angle": round(approach.angle, 2),
        "energy_kj": round(approach.energy / 1000, 3),
        "normal_kmh": round(approach.normal_speed * KMH, 3),
        "normal_energy_kj": round(approach.normal_energy / 1000, 3),
        "route_m": round(approach.route.length, 2),
        "from_outside": approach.fastest.from_outside,
        "route": mapping(shapely.transform(approach.route, to_degrees)),
        "stretch": mapping(shapely.transform(approach.stretch, to_degrees)),
        "legs": [
            {
                "street": street_name(site, leg.line),
                "metres": round(leg.length, 2),
                "from_kmh": round(leg.speed_in * KMH, 2),
                "to_kmh": round(leg.speed_out * KMH, 2),
                "held_by": leg.bound,
                "radius_m": None if leg.radius is None else round(leg.radius, 2),
            }
            for leg in approach.legs
        ],
    }


def lines(found: dict[str, Any], language: Language) -> Iterator[str]:
    """The approaches as text, the hardest first."""
    for perimeter in found["perimeters"]:
        yield f"{perimeter['name']} ({', '.join(perimeter['classes'])})"
        for row in perimeter["approaches"]:
            street = row["street"] or language(N_("open ground") if row["over_open_ground"] else N_("street"))
            values = {"vehicle": Words(VEHICLES.get(row["class"], N_("A vehicle"))), **row, "street": street}
            text = N_("{kmh:.0f} km/h, {angle:.0f}°, {normal_energy_kj:.0f} kJ square to the line: {vehicle}, {street}")
            yield "  " + language.say(Words(text, values))
