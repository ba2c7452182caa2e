"""Driving: the vehicle classes of the rule profile, the city's streets as a network, and every way to a perimeter."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from shapely.geometry import Polygon

from venueplanner.domain.errors import BadValue
from venueplanner.domain.plan import Feature
from venueplanner.domain.rules import Rules
from venueplanner.domain.site import Layer, Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.approaches import Rules as Search
from venueplanner.engine.approaches import Survey, attainable_speeds, survey_perimeter
from venueplanner.engine.ratings import Rating, read_rating
from venueplanner.engine.streets import StreetNetwork, blocks_by_shapes, build_network, study_sources
from venueplanner.engine.vehicle import Vehicle

from .narrows import caps_of, narrows
from .slopes import slopes_of
from .standing import Standing, of_city, of_features

KMH = 3.6
VEHICLES = {
    "M1": N_("A car"),
    "N1G": N_("A pick-up"),
    "N1": N_("A van"),
    "N2A": N_("A two-axle lorry"),
    "N3C": N_("An 18 t lorry"),
    "N3G": N_("A tipper lorry"),
}
_WALKWAYS = frozenset({"footway", "path", "cycleway", "steps", "pedestrian", "bridleway", "corridor", "platform"})


def vehicle_of(rules: Rules, class_id: str) -> Vehicle:
    """The vehicle class as the rule profile has it (ISO 22343-1 classes). Raises `UnknownName` for another class."""
    return Vehicle(
        mass=rules.number(f"vehicle.{class_id}.mass"),
        acceleration=rules.number(f"vehicle.{class_id}.acceleration"),
        top_speed=rules.number(f"vehicle.{class_id}.top_speed") / KMH,
        width=rules.number(f"vehicle.{class_id}.width"),
        turning_radius=rules.number(f"vehicle.{class_id}.turning_radius"),
    )


WORST = "worst"


def classes_of(perimeter: Feature, rules: Rules) -> list[str]:
    """The vehicle classes a perimeter is to withstand: one, or all of the profile when it asks for the worst."""
    asked = str(perimeter["vehicle_class"])
    return rules.under("vehicle") if asked == WORST else [asked]


def network_of(layers: Sequence[Layer], rules: Rules) -> StreetNetwork:
    """The street network of the city's layers, built once and kept with the first of them."""
    first, rest = layers[0], layers[1:]
    ids = ("approach.street_width", "approach.footway_width", "approach.free_speed", "approach.snap", "approach.dangle")
    values = [rules.number(each) for each in ids]
    key = f"network {values} {[layer.id for layer in rest]}"

    def build(_: Layer) -> StreetNetwork:
        classes = [str(word or "").lower() for layer in layers for word in layer.column("class", "")]
        width = _numbers(layers, "width")
        walk = np.array([word in _WALKWAYS for word in classes], dtype=bool)
        width[walk & ~(width > 0)] = values[1]
        return build_network(
            np.concatenate([layer.shapes for layer in layers]),
            default_width=values[0],
            default_free_speed=values[2] / KMH,
            oneway=np.nan_to_num(_numbers(layers, "oneway")),
            width=width,
            maxspeed_kmh=_numbers(layers, "maxspeed"),
            level=np.nan_to_num(_numbers(layers, "level")),
            snap=values[3],
            dangle=values[4],
        )

    return first.once(key, build)


def _numbers(layers: Sequence[Layer], column: str) -> npt.NDArray[np.float64]:
    def number(value: object) -> float:
        try:
            return float(str(value).replace(",", "."))
        except ValueError:
            return float("nan")

    return np.array([number(value) for layer in layers for value in layer.column(column, "")], dtype=float)


def survey(site: Site, perimeter: Feature) -> Survey:
    """All approaches to one perimeter for its vehicle class, with the city and the barriers farther out in the way."""
    rules = site.rules
    vehicle = vehicle_of(rules, str(perimeter["vehicle_class"]))
    streets = [layer for layer in site.layers_of("streets") if len(layer)]
    network = network_of(streets, rules)
    area = perimeter.shape
    if not isinstance(area, Polygon):
        raise BadValue(Words(N_("Perimeter {name} has no area."), {"name": perimeter.name}))
    blind = not knows_open_ground(site)
    reach = rules.number("approach.blind_run_up" if blind else "approach.run_up")
    slopes = slopes_of(site, area, streets[0], network, reach)
    outer = [each.outline for each in counting_farther_out(site, perimeter, vehicle)]
    obstacles = [each.outline for each in of_city(site, near=area, within=reach)] + outer
    blocks = blocks_by_shapes(network, outer, vehicle_width=vehicle.width) if outer else None
    start = study_sources(network, area.buffer(rules.number("approach.study_radius")))
    friction, gravity = rules.number("approach.friction"), rules.number("approach.gravity")
    # Barriers that leave a way past force a shift where they hold what comes, and no straight run leads through them.
    beside = _beside(site, perimeter, vehicle)
    places = narrows(site, network, [each for each, _ in beside])
    caps = None
    if places:
        plain = attainable_speeds(
            network, vehicle, friction=friction, gravity=gravity, blocks=blocks, start=start, rise=slopes.profile
        )
        caps, counting = caps_of(places, plain, [rating for _, rating in beside])
        obstacles += [beside[n][0].outline for n in counting]
    return survey_perimeter(
        area,
        network,
        vehicle,
        obstacles,
        rules=Search(
            spacing=rules.number("approach.spacing"),
            run_up=reach,
            rays=0 if blind else Search.rays,
            least_speed=rules.number("approach.least_speed") / KMH,
            least_run_up=rules.number("approach.least_run_up"),
        ),
        blocks=blocks,
        start=start,
        rise=slopes.profile,
        relief=slopes.relief,
        caps=caps,
        friction=friction,
        gravity=gravity,
    )


def knows_open_ground(site: Site) -> bool:
    """Without buildings nobody can say which ground is open: only the last metres beside a street are judged then."""
    return any(len(layer) for layer in site.layers_of("buildings"))


def counting_farther_out(site: Site, perimeter: Feature, vehicle: Vehicle) -> list[Standing]:
    """Barriers off the line that stop this vehicle at any speed it can have: they cut approaches before the line."""
    if perimeter.shape is None:
        return []
    near, reach = perimeter.shape.boundary, site.rules.number("approach.study_radius")
    tolerance = site.rules.number("barrier.stand_tolerance")

    def stops(feature: Feature) -> bool:
        rating = rating_of(feature)
        return rating is not None and rating.withstands(vehicle.mass, vehicle.top_speed)

    found = of_features(site, "barrier", "gate", near=perimeter.shape, within=reach, only=stops)
    return [each for each in found if not each.outline.dwithin(near, tolerance)]


def _beside(site: Site, perimeter: Feature, vehicle: Vehicle) -> list[tuple[Standing, Rating]]:
    """Rated barriers off the line that hold this vehicle at some speed."""
    if perimeter.shape is None:
        return []
    near, reach = perimeter.shape.boundary, site.rules.number("approach.study_radius")
    tolerance = site.rules.number("barrier.stand_tolerance")

    def holds(feature: Feature) -> bool:
        rating = rating_of(feature)
        return rating is not None and rating.withstands(vehicle.mass, 0.0)

    found = of_features(site, "barrier", near=perimeter.shape, within=reach, only=holds)
    kept = [each for each in found if each.feature is not None and not each.outline.dwithin(near, tolerance)]
    return [(each, rating) for each in kept if each.feature is not None and (rating := rating_of(each.feature))]


def rating_of(feature: Feature) -> Rating | None:
    """The rating that counts: tested, and installed as tested; an open gate has none."""
    if not feature["as_tested"] or feature["state"] == "open":
        return None
    return read_rating(str(feature["rating"] or ""))


def street_name(site: Site, line: int | None) -> str:
    """The name of a source line of the street network, or an empty text."""
    if line is None or line < 0:
        return ""
    for layer in (each for each in site.layers_of("streets") if len(each)):
        if line < len(layer):
            name = str(layer.column("name", "")[line] or "").strip()
            return "" if name.lower() in ("nan", "none") else name
        line -= len(layer)
    return ""
