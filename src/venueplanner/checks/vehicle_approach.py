"""Vehicle approach: every way a vehicle class can reach a perimeter, how fast, and whether what stands there holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.errors import BadValue
from venueplanner.domain.plan import Feature
from venueplanner.domain.rules import Rules
from venueplanner.domain.site import Layer, Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.approaches import Approach, Leg, Survey, survey_perimeter
from venueplanner.engine.approaches import Rules as Search
from venueplanner.engine.ratings import Rating, read_rating
from venueplanner.engine.streets import StreetNetwork, blocks_by_shapes, build_network, study_sources
from venueplanner.engine.vehicle import Vehicle

from .standing import Standing, of_city, of_features

KMH = 3.6
_VEHICLES = {
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
    blind = not _knows_open_ground(site)
    reach = rules.number("approach.blind_run_up" if blind else "approach.run_up")
    outer = [each.outline for each in _counting_farther_out(site, perimeter, vehicle)]
    obstacles = [each.outline for each in of_city(site, near=area, within=reach)] + outer
    return survey_perimeter(
        area,
        network,
        vehicle,
        obstacles,
        friction=rules.number("approach.friction"),
        gravity=rules.number("approach.gravity"),
        rules=Search(
            spacing=rules.number("approach.spacing"),
            run_up=reach,
            rays=0 if blind else Search.rays,
            least_speed=rules.number("approach.least_speed") / KMH,
            least_run_up=rules.number("approach.least_run_up"),
        ),
        blocks=blocks_by_shapes(network, outer, vehicle_width=vehicle.width) if outer else None,
        start=study_sources(network, area.buffer(rules.number("approach.study_radius"))),
    )


def _knows_open_ground(site: Site) -> bool:
    """Without buildings nobody can say which ground is open: only the last metres beside a street are judged then."""
    return any(len(layer) for layer in site.layers_of("buildings"))


def _counting_farther_out(site: Site, perimeter: Feature, vehicle: Vehicle) -> list[Standing]:
    """Barriers off the line that stop this vehicle at any speed it can have: they cut approaches before the line."""
    if perimeter.shape is None:
        return []
    near, reach = perimeter.shape.boundary, site.rules.number("approach.study_radius")
    tolerance = site.rules.number("barrier.stand_tolerance")

    def stops(feature: Feature) -> bool:
        rating = _rating(feature)
        return rating is not None and rating.withstands(vehicle.mass, vehicle.top_speed)

    found = of_features(site, "barrier", "gate", near=perimeter.shape, within=reach, only=stops)
    return [each for each in found if not each.outline.dwithin(near, tolerance)]


def _rating(feature: Feature) -> Rating | None:
    """The rating that counts: tested, and installed as tested; an open gate has none."""
    if not feature["as_tested"] or feature["state"] == "open":
        return None
    return read_rating(str(feature["rating"] or ""))


def find_approaches(site: Site, perimeter: Feature) -> Iterator[Finding]:
    """One finding for every approach that nothing rated for it holds, and one for information where something does."""
    found = survey(site, perimeter)
    guard = _Guard(site, perimeter, found)
    groups: dict[tuple[str, bool, tuple[str, ...]], list[Finding]] = {}
    for approach in found.approaches:
        finding = guard.finding(approach)
        street = street_name(site, approach.line)
        by_place = () if street else finding.features
        groups.setdefault((street, finding.severity == "info", by_place), []).append(finding)
    for several in groups.values():
        yield _as_one(several)


def _as_one(several: list[Finding]) -> Finding:
    """Several ways in by the same street are one finding, told by its fastest; all their stretches are shown."""
    worst = max(several, key=lambda each: each.measured or 0.0)
    if len(several) == 1:
        return worst
    others = [each for each in several if each is not worst]
    more = Words(N_("{count} more places are reached by the same street."), {"count": len(others)})
    stretches = tuple(each.evidence[1] for each in others)
    ids = tuple(dict.fromkeys(key for each in (worst, *others) for key in each.features))
    severity = "critical" if any(each.severity == "critical" for each in several) else worst.severity
    return replace(worst, evidence=worst.evidence + stretches, why=(*worst.why, more), features=ids, severity=severity)


@dataclass(frozen=True)
class _Held:
    """What stands in one sample's way: the barrier, and whether its rating covers the sample."""

    feature: Feature | None
    covered: bool


class _Guard:
    """Compares approaches with the barriers that stand on the line."""

    def __init__(self, site: Site, perimeter: Feature, found: Survey) -> None:
        self.site, self.perimeter, self.found = site, perimeter, found
        rules = site.rules
        self.tolerance = rules.number("barrier.stand_tolerance")
        edge = perimeter.shape.boundary if perimeter.shape is not None else shapely.Point()
        self.standing = of_features(site, "barrier", "gate", near=edge, within=self.tolerance)
        # Modules no farther apart than the largest clear gap hold together as one line.
        half_gap = rules.number("coverage.limit") / 2
        self.outlines = [each.outline.buffer(half_gap) for each in self.standing]
        self.before = self._before(found)

    def _before(self, found: Survey) -> list[list[Feature | None]]:
        """What stands before each sample of the perimeter, all asked for at once."""
        samples = found.samples
        out = samples.outward * self.tolerance
        across = shapely.linestrings(np.stack([samples.xy - out, samples.xy + out], axis=1))
        before: list[list[Feature | None]] = [[] for _ in samples.xy]
        for sample, index in shapely.STRtree(self.outlines).query(across, predicate="intersects").T.tolist():
            before[sample].append(self.standing[index].feature)
        return before

    def held(self, sample: int, normal_speed: float) -> _Held:
        """What stands before one sample of the perimeter."""
        best = _Held(None, False)
        for feature in self.before[sample]:
            if feature is None:
                continue
            rating = _rating(feature)
            if rating is not None and rating.withstands(self.found.vehicle.mass, normal_speed):
                return _Held(feature, True)
            best = _Held(feature, False)
        return best

    def finding(self, approach: Approach) -> Finding:
        """The finding of one approach."""
        samples = self.found.samples
        held = {each: self.held(each, float(samples.normal_speed[each])) for each in approach.samples}
        weak = [each for each in approach.samples if not held[each].covered]
        barriers = [each.feature for each in held.values() if each.feature is not None]
        names = list({feature.id: feature for feature in barriers}.values())
        if not weak:
            return self._finding(approach, names, approach.speed, "info")
        away = [float(np.hypot(*(samples.xy[each] - approach.entry))) for each in approach.samples]
        entry = approach.samples[int(np.argmin(away))]
        speed = approach.speed if entry in weak else max(float(samples.speed[each]) for each in weak)
        # What hits the line is the speed square to it: alongside at 2° a fast vehicle glances off.
        square = max(float(samples.normal_speed[each]) for each in weak)
        critical = square * KMH >= self.site.rules.number("approach.shared_limit")
        weak_barriers = list({f.id: f for each in weak if (f := held[each].feature) is not None}.values())
        return self._finding(approach, weak_barriers, speed, "critical" if critical else "major")

    def _finding(self, approach: Approach, barriers: list[Feature], speed: float, severity: str) -> Finding:
        site, perimeter = self.site, self.perimeter
        rating = max((r for each in barriers if (r := _rating(each))), key=lambda r: r.speed, default=None)
        rule = site.rules[f"vehicle.{perimeter['vehicle_class']}.acceleration"]
        stretch = Evidence("stretch", approach.stretch, values=tuple(approach.speeds))
        values = {
            "class": str(perimeter["vehicle_class"]),
            "kmh": speed * KMH,
            "angle": approach.angle,
        }
        route = Evidence("route", approach.route, Words(N_("{class} · {kmh:.0f} km/h · {angle:.0f}°"), values))
        return Finding(
            check=CHECK.id,
            severity=severity,
            text=_sentence(site, perimeter, approach, speed, barriers, rating, severity),
            measured=speed * KMH,
            threshold=rating.speed * KMH if rating else 0.0,
            unit="km/h",
            rule=rule.id,
            source="MIL-HDBK-1013/14; UFC 4-022-02; " + rule.cite(),
            confidence="computed",
            features=(perimeter.id, *(each.id for each in barriers)),
            evidence=(route, stretch),
            subject=perimeter.id,
            why=tuple(_why(site, approach, self.found.vehicle, speed, rating)),
        )


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


def _sentence(
    site: Site,
    perimeter: Feature,
    approach: Approach,
    speed: float,
    barriers: list[Feature],
    rating: Rating | None,
    severity: str,
) -> Words:
    class_id = str(perimeter["vehicle_class"])
    values: dict[str, object] = {
        "vehicle": Words(_VEHICLES.get(class_id, N_("A vehicle"))),
        "class": class_id,
        "mass": f"{site.rules.number(f'vehicle.{class_id}.mass'):,.0f}".replace(",", " "),
        "name": perimeter.name,
        "kmh": speed * KMH,
        "angle": approach.angle,
        "way": _way(site, approach),
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


def _way(site: Site, approach: Approach) -> Words:
    street = street_name(site, approach.line)
    if approach.line is None:
        return Words(N_("over open ground"))
    return Words(N_("by {street}"), {"street": street}) if street else Words(N_("by a street without a name"))


def _why(site: Site, approach: Approach, vehicle: Vehicle, speed: float, rating: Rating | None) -> Iterator[Words]:
    legs = [leg for leg in approach.legs if leg.length > 0.5][-4:]
    yield Words(N_("The last legs of the route:"))
    for leg in legs:
        yield _leg(site, leg, vehicle)
    values = {"kj": vehicle.energy(speed) / 1000, "normal": approach.normal_energy / 1000}
    yield Words(N_("Energy ½·m·v² = {kj:.0f} kJ; square to the line {normal:.0f} kJ (E8)."), values)
    if rating is not None:
        tested = {"kj": rating.energy / 1000, "text": rating.text, "standard": rating.standard}
        yield Words(N_("Barrier {text} ({standard}): tested with {kj:.0f} kJ."), tested)
    yield Words(
        N_("Upper-bound estimate: dry road, friction {friction:g}, constant acceleration {a:g} m/s² (secondary)."),
        {"friction": site.rules.number("approach.friction"), "a": vehicle.acceleration},
    )


def _leg(site: Site, leg: Leg, vehicle: Vehicle) -> Words:
    values: dict[str, object] = {
        "street": street_name(site, leg.line) or Words(N_("open ground") if leg.line is None else N_("street")),
        "metres": leg.length,
        "before": leg.speed_in * KMH,
        "after": leg.speed_out * KMH,
        "v0": leg.speed_in,
        "a": vehicle.acceleration,
        "v": leg.speed_out,
        "radius": leg.radius or 0.0,
    }
    if leg.bound == "acceleration":
        return Words(
            N_("{street}: {metres:.0f} m, v = √({v0:.1f}² + 2·{a:g}·{metres:.0f}) = {v:.1f} m/s ({after:.0f} km/h)"),
            values,
        )
    if leg.bound in ("bend", "turn") and leg.radius:
        template = N_(
            "{street}: {metres:.0f} m, held to {before:.0f} km/h by a bend of {radius:.0f} m, then {after:.0f} km/h"
        )
        return Words(template, values)
    return Words(N_("{street}: {metres:.0f} m at up to {after:.0f} km/h, the top speed of the class"), values)


def _reach(site: Site) -> float:
    return site.rules.number("approach.study_radius")


CHECK = Check(
    id="vehicle-approach",
    label=N_("Vehicle approach"),
    help=N_(
        "Every way a vehicle class can reach the perimeter, how fast, and whether what stands there is rated for it."
    ),
    subject="perimeter",
    watches=frozenset({"perimeter", "barrier", "gate"}),
    reach=_reach,
    find=find_approaches,
    needs=((("streets",), Words(N_("no street layer"))),),
    rules=(
        "approach.friction",
        "approach.gravity",
        "approach.study_radius",
        "approach.run_up",
        "approach.blind_run_up",
        "approach.least_run_up",
        "approach.spacing",
        "approach.street_width",
        "approach.footway_width",
        "approach.free_speed",
        "approach.least_speed",
        "approach.shared_limit",
        "barrier.stand_tolerance",
    ),
    row="6, 7, 8, 9",
)
