"""Vehicle approach: every way a vehicle class can reach a perimeter, how fast, and whether what stands there holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import shapely

from venueplanner.domain.check import Check, Evidence, Finding, Question
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.approaches import Approach, Survey

from .driving import KMH, classes_of, network_of, rating_of, street_name, survey
from .slopes import slope_words
from .standing import of_features
from .telling import sentence, why


def find_approaches(site: Site, perimeter: Feature) -> Iterator[Finding]:
    """One finding for every approach that nothing rated for it holds, and one for information where something does.

    A perimeter that is to withstand the worst of all classes is looked at for each; the gravest speaks for a street.
    """
    groups: dict[tuple[str, bool, tuple[str, ...]], list[tuple[float, Finding]]] = {}
    at_gates: dict[str, Finding] = {}
    for class_id in classes_of(perimeter, site.rules):
        against = perimeter.with_values(vehicle_class=class_id)
        found = survey(site, against)
        guard = _Guard(site, against, found)
        for approach in found.approaches:
            finding = guard.finding(approach)
            street = street_name(site, approach.line)
            by_place = () if street else finding.features
            told = (approach.normal_energy, finding)
            groups.setdefault((street, finding.severity == "info", by_place), []).append(told)
        for finding in _at_gates(site, against, found):
            gate = finding.features[-1]
            if gate not in at_gates or (finding.measured or 0) > (at_gates[gate].measured or 0):
                at_gates[gate] = finding
    for several in groups.values():
        yield _as_one(several)
    yield from at_gates.values()


def _at_gates(site: Site, perimeter: Feature, found: Survey) -> Iterator[Finding]:
    """Gates that vehicles are let through, where they arrive faster than people inside survive (row 11, §1.6)."""
    rule = site.rules["approach.shared_limit"]
    limit, tolerance = site.rules.number(rule.id), site.rules.number("barrier.stand_tolerance")
    samples = found.samples
    places = shapely.points(samples.xy)
    for gate in site.of("gate"):
        if gate.shape is None or gate["use"] not in ("vehicles", "emergency"):
            continue
        before = np.flatnonzero(shapely.dwithin(places, gate.shape, tolerance))
        if not before.size or samples.speed[before].max() * KMH <= limit:
            continue
        fastest = int(before[np.argmax(samples.speed[before])])
        kmh = float(samples.speed[fastest]) * KMH
        values = {"name": gate.name, "kmh": kmh, "limit": limit, "class": str(perimeter["vehicle_class"])}
        yield Finding(
            check=CHECK.id,
            severity="minor",
            text=Words(
                N_(
                    "Vehicles let through gate {name} can arrive at {kmh:.0f} km/h ({class}); "
                    "among people {limit:.0f} km/h is the most: slow them by a chicane."
                ),
                values,
            ),
            measured=kmh,
            threshold=limit,
            unit="km/h",
            rule=rule.id,
            source=rule.cite(),
            confidence=rule.confidence,
            features=(perimeter.id, gate.id),
            evidence=(Evidence("point", shapely.Point(samples.xy[fastest])),),
            subject=perimeter.id,
        )  # fmt: skip


def ask(site: Site, perimeter: Feature) -> Iterator[Question]:
    """Widths of streets on the routes that the city's data does not give: the speed in bends hangs on them."""
    streets = [layer for layer in site.layers_of("streets") if len(layer)]
    if not streets or perimeter.shape is None:
        return
    network = network_of(streets, site.rules)
    assumed = set(network.report.default_width)
    values = {"metres": site.rules.number("approach.street_width")}
    why_ = Words(N_("Not in the city's data; {metres:g} m were assumed."), values)
    told: set[str] = set()
    surveys = [survey(site, perimeter.with_values(vehicle_class=each)) for each in classes_of(perimeter, site.rules)]
    for approach in (each for found in surveys for each in found.approaches):
        for leg in reversed(approach.legs):
            if leg.link is None or leg.line not in assumed:
                continue
            street = street_name(site, leg.line)
            key = street or f"#{leg.line}"
            if key not in told:
                told.add(key)
                at = shapely.Point(network.point(leg.link, float(network.length[leg.link]) / 2))
                name = street or Words(N_("the street here"))
                text = Words(N_("Width of the carriageway of {street}, kerb to kerb"), {"street": name})
                yield Question("streets", text, at, why_, "m")


def _as_one(several: list[tuple[float, Finding]]) -> Finding:
    """Several ways in by the same street are one finding, told by the hardest; all stretches are shown."""
    _, worst = max(several, key=lambda each: (each[1].severity == "critical", each[0]))
    others = [each for _, each in several if each is not worst]
    if not others:
        return worst
    more = Words(N_("{count} more places are reached by the same street."), {"count": len(others)})
    stretches = tuple(each.evidence[1] for each in others)
    ids = tuple(dict.fromkeys(key for each in (worst, *others) for key in each.features))
    return replace(worst, evidence=worst.evidence + stretches, why=(*worst.why, more), features=ids)


@dataclass(frozen=True)
class _Held:
    """What stands in one sample's way: the barrier, and whether its rating covers the sample."""

    feature: Feature | None
    covered: bool


class _Guard:
    """Compares approaches with the barriers that stand on the line."""

    def __init__(self, site: Site, perimeter: Feature, found: Survey) -> None:
        self.site, self.perimeter, self.found = site, perimeter, found
        self.area = perimeter.shape if perimeter.shape is not None else shapely.Point()
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
            rating = rating_of(feature)
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
        rating = max((r for each in barriers if (r := rating_of(each))), key=lambda r: r.speed, default=None)
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
            text=sentence(site, perimeter, approach, speed, barriers, rating, severity),
            measured=speed * KMH,
            threshold=rating.speed * KMH if rating else 0.0,
            unit="km/h",
            rule=rule.id,
            source="MIL-HDBK-1013/14; UFC 4-022-02; " + rule.cite(),
            confidence="computed",
            features=(perimeter.id, *(each.id for each in barriers)),
            evidence=(route, stretch),
            subject=perimeter.id,
            why=(*why(site, approach, self.found.vehicle, speed, rating), slope_words(site, self.area)),
        )


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
        "approach.slope_spacing",
        "approach.street_width",
        "approach.footway_width",
        "approach.free_speed",
        "approach.least_speed",
        "approach.shared_limit",
        "barrier.stand_tolerance",
    ),
    row="6, 7, 8, 11",
    ask=ask,
    uncertain=("approach.friction", "approach.street_width", "vehicle.*.acceleration"),
    essential=True,
)
