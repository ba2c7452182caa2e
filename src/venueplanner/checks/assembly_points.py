"""Assembly points: outside every preferred ring, and at least two of them in different directions."""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.rules import Rule
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.standoff import bearings, widest_turn

PARKING = frozenset({"parking", "car_park", "garage", "garages"})


def find_bad(site: Site, point: Feature) -> Iterator[Finding]:
    """What is wrong with one assembly point (row 17): inside a ring, on a car park, or the only direction there is."""
    if point.shape is None or point["purpose"] == "drop_off":
        return  # where people are set down, nobody gathers
    yield from _in_rings(site, point)
    yield from _on_parking(site, point)
    yield from _one_direction(site, point)


def _in_rings(site: Site, point: Feature) -> Iterator[Finding]:
    for zone in site.of("standoff"):
        if zone.shape is None or point.shape is None:
            continue
        rule = site.rules[f"standoff.{zone['card_row']}.preferred"]
        limit, apart = site.rules.number(rule.id), zone.shape.distance(point.shape)
        if apart < limit:
            values = {"name": point.name, "apart": apart, "zone": zone.name, "limit": limit}
            text = N_("Assembly point {name} is {apart:.0f} m from {zone}; the preferred distance is {limit:.0f} m.")
            yield _finding(site, point, rule, Words(text, values), apart, limit, "m", "major", (zone.id,))


def _on_parking(site: Site, point: Feature) -> Iterator[Finding]:
    if point.shape is None:
        return
    rule = site.rules["assembly.parking_distance"]
    limit = site.rules.number(rule.id)
    for layer in site.layers_of("areas"):
        classes, kinds = layer.column("class", ""), layer.column("kind", "")
        for index in layer.within(point.shape, limit):
            if {str(classes[index]).lower(), str(kinds[index]).lower()} & PARKING:
                apart = float(shapely.distance(layer.shapes[index], point.shape))
                values = {"name": point.name, "apart": apart, "limit": limit}
                text = N_("Assembly point {name} is {apart:.0f} m from a car park; {limit:.0f} m are wanted.")
                yield _finding(site, point, rule, Words(text, values), apart, limit, "m", "minor", ())
                return


def _one_direction(site: Site, point: Feature) -> Iterator[Finding]:
    rule = site.rules["assembly.least_turn"]
    limit = site.rules.number(rule.id)
    same = [
        each for each in site.of("assembly_point") if each["purpose"] == point["purpose"] and each.shape is not None
    ]
    places = [each.shape for each in site.of("perimeter", "crowd_area") if each.shape is not None]
    if not places or not same or min(each.id for each in same) != point.id:
        return  # told once, with the first of them
    middle = shapely.union_all(places).centroid
    turn = widest_turn(bearings((middle.x, middle.y), [each.shape.centroid.coords[0] for each in same if each.shape]))
    if turn >= limit:
        return
    values = {"count": len(same), "turn": turn, "limit": limit}
    text = N_(
        "{count} assembly points of this kind, at most {turn:.0f}° apart as seen from the event: "
        "there must be two that are {limit:.0f}° apart or more."
    )
    ids = tuple(each.id for each in same if each.id != point.id)
    yield _finding(site, point, rule, Words(text, values), turn, limit, "deg", "minor", ids)


def _finding(
    site: Site, point: Feature, rule: Rule, text: Words, measured: float, limit: float, unit: str, severity: str,
    others: tuple[str, ...],
) -> Finding:  # fmt: skip
    place = point.shape.centroid if point.shape is not None else shapely.Point()
    return Finding(
        check=CHECK.id, severity=severity, text=text, measured=measured, threshold=limit, unit=unit, rule=rule.id,
        source=rule.cite(), confidence=rule.confidence, features=(point.id, *others),
        evidence=(Evidence("point", place),), subject=point.id,
        why=(Words(N_("Look at the way there and at the place itself for second hazards before it is used.")),),
    )  # fmt: skip


CHECK = Check(
    id="assembly-points",
    label=N_("Assembly points"),
    help=N_("Assembly points inside a stand-off ring, on a car park, or all in one direction."),
    subject="assembly_point",
    watches=frozenset({"assembly_point", "standoff", "perimeter", "crowd_area"}),
    reach=lambda site: float("inf"),
    find=find_bad,
    rules=("assembly.parking_distance", "assembly.least_turn"),
    row="17",
)
