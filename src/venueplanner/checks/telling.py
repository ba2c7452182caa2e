"""Telling an approach: the sentence of its finding, and the legs of its route with their formulas."""

from __future__ import annotations

from collections.abc import Iterator

from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.approaches import Approach, Leg
from venueplanner.engine.ratings import Rating
from venueplanner.engine.vehicle import Vehicle

from .driving import KMH, VEHICLES, street_name

LEAST_RISE = 0.5  # m of height below which a leg is told as level


def sentence(
    site: Site,
    perimeter: Feature,
    approach: Approach,
    speed: float,
    barriers: list[Feature],
    rating: Rating | None,
    severity: str,
) -> Words:
    """The sentence of an approach: who, how fast, by which way, and what stands there."""
    class_id = str(perimeter["vehicle_class"])
    values: dict[str, object] = {
        "vehicle": Words(VEHICLES.get(class_id, N_("A vehicle"))),
        "class": class_id,
        "mass": f"{site.rules.number(f'vehicle.{class_id}.mass'):,.0f}".replace(",", " "),
        "name": perimeter.name,
        "kmh": speed * KMH,
        "angle": approach.angle,
        "way": way(site, approach),
        "barrier": ", ".join(each.name for each in barriers[:4]),
    }
    if severity == "info":
        return Words(
            N_("{vehicle} ({class}) can come at {kmh:.0f} km/h ({angle:.0f}°) {way}; rated for it: {barrier}."),
            values,
        )
    start = N_(
        "{vehicle} ({class}, {mass} kg) can reach perimeter {name} at {kmh:.0f} km/h ({angle:.0f}°) {way}; {rest}"
    )
    if not barriers:
        rest = Words(N_("nothing rated stands there."))
    elif rating is None:
        rest = Words(N_("not counted: {barrier} (unrated, open, or not installed as tested)."), values)
    else:
        said = {**values, "rated": rating.speed * KMH, "rated_mass": f"{rating.mass:,.0f}".replace(",", " ")}
        rest = Words(N_("the highest rating there is {rated_mass} kg at {rated:.0f} km/h ({barrier})."), said)
    return Words(start, {**values, "rest": rest})


def way(site: Site, approach: Approach) -> Words:
    """By which street, or over open ground."""
    street = street_name(site, approach.line)
    if approach.line is None:
        return Words(N_("over open ground"))
    return Words(N_("by {street}"), {"street": street}) if street else Words(N_("by a street without a name"))


def why(site: Site, approach: Approach, vehicle: Vehicle, speed: float, rating: Rating | None) -> Iterator[Words]:
    """The last legs of the route with their formulas, the energy, and what the estimate stands on."""
    legs = [leg for leg in approach.legs if leg.length > 0.5][-4:]
    yield Words(N_("The last legs of the route:"))
    for leg in legs:
        yield leg_words(site, leg, vehicle)
    values = {"kj": vehicle.energy(speed) / 1000, "normal": approach.normal_energy / 1000}
    yield Words(N_("Energy ½·m·v² = {kj:.0f} kJ; square to the line {normal:.0f} kJ (E8)."), values)
    if rating is not None:
        tested = {"kj": rating.energy / 1000, "text": rating.text, "standard": rating.standard}
        yield Words(N_("Barrier {text} ({standard}): tested with {kj:.0f} kJ."), tested)
    yield Words(
        N_("Upper-bound estimate: dry road, friction {friction:g}, constant acceleration {a:g} m/s² (secondary)."),
        {"friction": site.rules.number("approach.friction"), "a": vehicle.acceleration},
    )


def leg_words(site: Site, leg: Leg, vehicle: Vehicle) -> Words:
    """One leg: the street, its metres, and the formula or bend that gives the speed at its end."""
    values: dict[str, object] = {
        "street": street_name(site, leg.line) or Words(N_("open ground") if leg.line is None else N_("street")),
        "metres": leg.length,
        "before": leg.speed_in * KMH,
        "after": leg.speed_out * KMH,
        "v0": leg.speed_in,
        "a": vehicle.acceleration,
        "v": leg.speed_out,
        "radius": leg.radius or 0.0,
        "rise": leg.rise,
        "g": site.rules.number("approach.gravity"),
    }
    if leg.bound == "acceleration" and abs(leg.rise) >= LEAST_RISE:
        template = N_(
            "{street}: {metres:.0f} m, {rise:+.1f} m of height, "
            "v = √({v0:.1f}² + 2·({a:g}·{metres:.0f} − {g:g}·({rise:+.1f}))) = {v:.1f} m/s ({after:.0f} km/h)"
        )
        return Words(template, values)
    if leg.bound == "acceleration":
        return Words(
            N_("{street}: {metres:.0f} m, v = √({v0:.1f}² + 2·{a:g}·{metres:.0f}) = {v:.1f} m/s ({after:.0f} km/h)"),
            values,
        )
    if leg.bound == "chicane" and leg.radius:
        template = N_(
            "{street}: {metres:.0f} m, held to {before:.0f} km/h by a chicane (radius {radius:.0f} m), "
            "then {after:.0f} km/h"
        )
        return Words(template, values)
    if leg.bound in ("bend", "turn") and leg.radius:
        template = N_(
            "{street}: {metres:.0f} m, held to {before:.0f} km/h by a bend of {radius:.0f} m, then {after:.0f} km/h"
        )
        return Words(template, values)
    return Words(N_("{street}: {metres:.0f} m at up to {after:.0f} km/h, the top speed of the class"), values)
