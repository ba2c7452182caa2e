"""Chicane: barriers from both sides of a street must slow who has no business there and let the fire engine pass."""

from __future__ import annotations

import math
from collections.abc import Iterator

import shapely
from shapely.ops import substring

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.chicanes import LongVehicle, held_at, rows_of, way_through
from venueplanner.engine.streets import StreetNetwork

from .driving import KMH, VEHICLES, classes_of, network_of, rating_of, street_name, vehicle_of
from .narrows import Narrow, narrows
from .standing import Standing, of_features


def find_chicanes(site: Site, barrier: Feature) -> Iterator[Finding]:
    """What is wrong with the chicane that begins with this barrier, if one does (row 12)."""
    streets = [layer for layer in site.layers_of("streets") if len(layer)]
    if barrier.shape is None or not streets:
        return
    near = of_features(site, "barrier", near=barrier.shape, within=site.rules.number("chicane.reach"))
    edges = [each.shape.boundary for each in site.of("perimeter") if each.shape is not None]
    tolerance = site.rules.number("barrier.stand_tolerance")
    standing = [each for each in near if not any(each.outline.dwithin(edge, tolerance) for edge in edges)]
    network = network_of(streets, site.rules)
    for place in narrows(site, network, standing):
        if not _from_both_sides(place):
            continue
        order = sorted(place.things, key=lambda each: (each.along, _feature(standing, each.number).id))
        features = list({(f := _feature(standing, each.number)).id: f for each in order}.values())
        if features[0].id == barrier.id and len(features) > 1:
            yield from _Judged(site, network, place, features).findings()


def _feature(standing: list[Standing], number: int) -> Feature:
    feature = standing[number].feature
    assert feature is not None  # noqa: S101  # `of_features` gives every outline its feature
    return feature


def _from_both_sides(place: Narrow) -> bool:
    """Whether the widest gap of the carriageway lies to the right at one row and to the left at another."""
    sides = set()
    for row in place.rows(0.0, carriageway=True):
        low, high = max(row.free, key=lambda gap: gap[1] - gap[0], default=(0.0, 0.0))
        sides.add(math.copysign(1.0, low + high) if abs(low + high) > 1e-6 else 0.0)
    return {1.0, -1.0} <= sides


class _Judged:
    """One chicane, for the engine that has to pass and for the classes that must not be fast."""

    def __init__(self, site: Site, network: StreetNetwork, place: Narrow, features: list[Feature]) -> None:
        self.site, self.place, self.features = site, place, features
        begin, end = place.things[0].along[0], place.things[0].along[1]
        for each in place.things:
            begin, end = min(begin, each.along[0]), max(end, each.along[1])
        self.piece = substring(place.line, max(0.0, begin), min(place.line.length, end))
        self.street = street_name(site, int(network.line[place.link]))
        self.names = ", ".join(each.name for each in features[:6])

    def findings(self) -> Iterator[Finding]:
        """The engine first, then the fastest of the classes."""
        rules = self.site.rules
        engine = LongVehicle(*(rules.number(f"chicane.{each}") for each in ("outside", "inside", "width")))
        outlines = [each.outline for each in self.place.things]
        where: dict[str, object] = {"street": self.street or Words(N_("street")), "names": self.names}
        fits = way_through(outlines, -self.place.half, self.place.half, engine) is not None
        if not fits:
            values = {**where, "outside": engine.outside, "inside": engine.inside, "width": engine.width}
            text = N_(
                "{street}: a vehicle {width:g} m wide that turns within {outside:g} m and {inside:g} m "
                "(fire engine, bus) does not get through the chicane of {names}."
            )
            yield self._finding(
                "major", Words(text, values), engine.outside, engine.outside, "m", "chicane.outside", ()
            )
        yield self._speed(where)

    def _speed(self, where: dict[str, object]) -> Finding:
        limit = self.site.rules.number("approach.shared_limit")
        class_id, speed, radius = max((self._through(each) for each in self._classes()), key=lambda found: found[1])
        loose = [each.name for each in self.features if rating_of(each) is None]
        values = {**where, "vehicle": Words(VEHICLES.get(class_id, N_("A vehicle"))), "class": class_id,
                  "kmh": speed * KMH, "limit": limit, "loose": ", ".join(loose)}  # fmt: skip
        if speed * KMH > limit:
            text = N_("{street}: {vehicle} ({class}) can drive through the chicane of {names} at {kmh:.0f} km/h.")
            severity = "major"
        elif loose:
            text = N_(
                "{street}: the chicane of {names} would hold {vehicle} ({class}) to {kmh:.0f} km/h, but {loose} can be "
                "pushed aside (unrated, or not installed as tested)."
            )
            severity = "major"
        else:
            text = N_("{street}: the chicane of {names} holds {vehicle} ({class}) to {kmh:.0f} km/h.")
            severity = "info"
        return self._finding(severity, Words(text, values), speed * KMH, limit, "km/h", "approach.shared_limit",
                             tuple(self._why(radius)))  # fmt: skip

    def _classes(self) -> list[str]:
        reach, first = self.site.rules.number("approach.study_radius"), self.features[0].shape
        near = [
            each for each in self.site.of("perimeter") if each.shape is not None and each.shape.dwithin(first, reach)
        ]
        asked = [each for perimeter in near for each in classes_of(perimeter, self.site.rules)]
        return sorted(set(asked)) or self.site.rules.under("vehicle")

    def _through(self, class_id: str) -> tuple[str, float, float]:
        """Class, the largest speed through the tightest place, m/s, and the radius there, m (infinite: no shift)."""
        rules, vehicle = self.site.rules, vehicle_of(self.site.rules, class_id)
        grip = rules.number("approach.friction") * rules.number("approach.gravity")
        rows = rows_of(self.place.things, self.place.low, self.place.high, vehicle.width)
        inner = self.place.low + vehicle.width / 2, self.place.high - vehicle.width / 2
        held = held_at(rows, *inner, vehicle.top_speed**2 / grip)
        radius = min((each.radius for each in held), default=math.inf)
        if radius < vehicle.path_radius:
            return class_id, 0.0, radius
        return class_id, min(vehicle.top_speed, math.sqrt(grip * radius)), radius

    def _why(self, radius: float) -> Iterator[Words]:
        rules = self.site.rules
        if math.isfinite(radius):
            values = {"radius": radius, "f": rules.number("approach.friction"), "g": rules.number("approach.gravity")}
            yield Words(
                N_("Best curve between two gaps: radius {radius:.0f} m; v = √({f:g}·{g:g}·{radius:.0f}) (E4)."), values
            )
        else:
            yield Words(N_("Somewhere a straight line leads through all gaps, or past them."))
        if not any(len(layer) for layer in self.site.layers_of("buildings")):
            yield Words(
                N_("Without a building layer only the carriageway is judged: look whether a car gets by beside it.")
            )
        else:
            values = {"right": -self.place.low - self.place.half, "left": self.place.high - self.place.half}
            yield Words(
                N_("Open beside the carriageway: {left:.1f} m on one side, {right:.1f} m on the other."), values
            )
        yield Words(N_("Smaller gaps, more overlap or a shorter distance between the rows slow more."))

    def _finding(
        self, severity: str, text: Words, measured: float, threshold: float, unit: str, rule_id: str,
        why: tuple[Words, ...],
    ) -> Finding:  # fmt: skip
        rule = self.site.rules[rule_id]
        return Finding(
            check=CHECK.id, severity=severity, text=text, measured=measured, threshold=threshold, unit=unit,
            rule=rule.id, source="MIL-HDBK-1013/14; " + rule.cite(), confidence="computed",
            features=tuple(each.id for each in self.features),
            evidence=(Evidence("gap", shapely.force_2d(self.piece)),),
            subject=self.features[0].id, why=why,
        )  # fmt: skip


CHECK = Check(
    id="chicane",
    label=N_("Chicane"),
    help=N_("Barriers from both sides of a street: who they slow, and whether the largest engine still gets through."),
    subject="barrier",
    watches=frozenset({"barrier", "perimeter"}),
    reach=lambda site: max(site.rules.number("approach.study_radius"), site.rules.number("chicane.reach")) + 1.0,
    find=find_chicanes,
    needs=((("streets",), Words(N_("no street layer"))),),
    rules=(
        "chicane.outside",
        "chicane.inside",
        "chicane.width",
        "chicane.side",
        "chicane.reach",
        "approach.friction",
        "approach.gravity",
        "approach.shared_limit",
        "approach.study_radius",
        "barrier.stand_tolerance",
    ),
    row="12",
)
