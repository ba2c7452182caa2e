"""Every way a vehicle class can reach a perimeter: by the streets that cross it and over the open ground before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from venueplanner.engine.relief import LEVEL, Relief
from venueplanner.engine.streets.blocks import Blocks, inside_blocks, joined_blocks
from venueplanner.engine.streets.network import Ints, StreetNetwork
from venueplanner.engine.streets.profile import Profile
from venueplanner.engine.vehicle import Vehicle

from .findings import Approach, Arrival, Leg, Samples, Survey
from .ground import open_ground
from .grouping import stretches
from .places import Crossing, Places, StreetPoints, crossings, perimeter_places, street_points
from .routes import CLOSE, Way, joined_legs, walk_back
from .runs import FROM_REST, NOTHING, Drive, Worst, worst_runs
from .speeds import Speeds, attainable_speeds
from .stations import Caps


@dataclass(frozen=True)
class Rules:
    """Thresholds of the search, all from the rule profile; lengths in metres, speeds in m/s.

    spacing: of places on the perimeter. run_up: longest straight run over open ground. street_spacing: of the street
    points a run may begin at. rays: directions looked at for runs from rest. open_space: usable width of a turn from a
    street on to open ground. most_turn: degrees, a sharper turn on to open ground is a start from rest. least_speed,
    least_run_up: what is not listed. lowest_level: streets below it are tunnels.
    """

    spacing: float = 2.0
    run_up: float = 300.0
    street_spacing: float = 4.0
    rays: int = 181
    open_space: float = 20.0
    most_turn: float = 150.0
    least_speed: float = 0.0
    least_run_up: float = 0.0
    least_stretch: float = 4.0
    lowest_level: int = 0


def survey_perimeter(
    perimeter: Polygon,
    network: StreetNetwork,
    vehicle: Vehicle,
    obstacles: Sequence[BaseGeometry] | NDArray[Any],
    *,
    friction: float,
    gravity: float,
    rules: Rules = Rules(),
    blocks: Blocks | None = None,
    start: ArrayLike | None = None,
    rise: ArrayLike | Profile | None = None,
    caps: Caps | None = None,
    relief: Relief = LEVEL,
    obey_oneway: bool = False,
) -> Survey:
    """Speeds and approaches in one call; streets inside the perimeter are blocked, because vehicles come from outside.

    Arguments as in `attainable_speeds` and `approaches`.
    """
    inside = inside_blocks(network, perimeter, lowest_level=rules.lowest_level)
    every = inside if blocks is None else joined_blocks(network, inside, blocks)
    speeds = attainable_speeds(
        network, vehicle, friction=friction, gravity=gravity, blocks=every, start=start, rise=rise,
        caps=caps, obey_oneway=obey_oneway,
    )  # fmt: skip
    return approaches(perimeter, network, speeds, obstacles, rules=rules, relief=relief)


def approaches(
    perimeter: Polygon,
    network: StreetNetwork,
    speeds: Speeds,
    obstacles: Sequence[BaseGeometry] | NDArray[Any],
    *,
    rules: Rules = Rules(),
    relief: Relief = LEVEL,
) -> Survey:
    """Every approach to the outer line of a perimeter, the fastest first.

    speeds: of one class, with the streets inside the perimeter blocked (`inside_blocks`). obstacles: what no vehicle
    drives through before the perimeter (buildings, walls, water, barriers farther out that are rated high enough);
    leave out what stands on the line itself: the answer is the speed at the line, whatever stands there. relief:
    heights for runs over open ground; the streets' own are in `speeds`.
    Run-up E1, turn E4, angle and energy E8 to E10: UFC 4-022-02, MIL-HDBK-1013/14. Upper bounds.

    >>> from shapely.geometry import LineString, box
    >>> from venueplanner.engine.streets import build_network
    >>> net = build_network([LineString([(-100, 0), (10, 0)])], default_width=7.0, default_free_speed=14.0)
    >>> car = Vehicle(mass=1500, acceleration=2.0, top_speed=40.0, width=1.8)
    >>> walls = [LineString([(0, 1), (-100, 1), (-100, -1), (0, -1)])]
    >>> survey = survey_perimeter(box(0, -1, 20, 1), net, car, walls, friction=1.0, gravity=9.82)
    >>> way = next(a for a in survey.approaches if a.line == 0)
    >>> round(way.speed, 2), round(way.angle), round(way.energy / 1000)
    (20.0, 90, 300)
    """
    vehicle, net = speeds.vehicle, network
    places = perimeter_places(perimeter, rules.spacing)
    x0, y0, x1, y1 = perimeter.bounds
    r = rules.run_up + 2 * rules.spacing
    box = (x0 - r, y0 - r, x1 + r, y1 + r)
    ground = open_ground(obstacles, box, vehicle_width=vehicle.width, thin=perimeter.exterior)
    points = street_points(net, speeds, perimeter, box, rules.street_spacing, rules.lowest_level)
    drive = Drive(
        acceleration=vehicle.acceleration,
        top=vehicle.top_speed**2,
        half=vehicle.width / 2,
        grip=speeds.friction * speeds.gravity,
        tightest=vehicle.path_radius,
        reach=rules.run_up,
        rays=rules.rays,
        open_space=rules.open_space,
        sharpest=float(np.cos(np.radians(rules.most_turn))),
        gravity=float(speeds.gravity),
    )
    fast, hard = worst_runs(ground, places.just_outside, places.outward, points, drive, relief)
    found = crossings(perimeter, places, net, speeds, rules.lowest_level)
    return _Assembly(speeds, places, points, fast, hard, found, rules).survey()


class _Assembly:
    """Puts streets that cross and runs over open ground together, place by place, then approach by approach."""

    def __init__(
        self,
        speeds: Speeds,
        places: Places,
        points: StreetPoints,
        fast: Worst,
        hard: Worst,
        crossing: list[Crossing],
        rules: Rules,
    ) -> None:
        self.speeds, self.places, self.points, self.rules = speeds, places, points, rules
        self.runs = (fast, hard)
        self.crossing = crossing
        self.cover = [self._covered(c) for c in crossing]
        self.value = [fast.squared.copy(), hard.squared * hard.sine**2]
        self.by = [np.full(len(places.xy), -1), np.full(len(places.xy), -1)]  # the crossing that is worse than any run
        for n, (c, cover) in enumerate(zip(crossing, self.cover, strict=True)):
            for measure, worth in enumerate((c.squared, c.squared * c.sine**2)):
                better = cover[self.value[measure][cover] < worth]
                self.value[measure][better] = worth
                self.by[measure][better] = n

    def _covered(self, c: Crossing) -> Ints:
        """Places of the perimeter within the carriageway of a street that crosses it."""
        total = float(self.places.size.sum())
        middle = self.places.begin + self.places.size / 2
        apart = np.abs(middle - middle[c.place])
        near = np.minimum(apart, total - apart) <= c.reach
        near[c.place] = True
        return np.flatnonzero(near & (self.places.outward @ self.places.outward[c.place] > 0))

    def survey(self) -> Survey:
        """Group, draw the routes, rank."""
        lines = self._lines()
        key = self._streets(lines)
        found: list[Approach] = []
        listed: set[int] = set()
        for group in stretches(key, self.value[0], self.places, self.rules.least_stretch):
            best = max(group, key=lambda p: (float(self.value[0][p]), -p))
            listed |= {n for n, c in enumerate(self.crossing) if c.place in group and self._street(c) == int(key[best])}
            speed = [float(np.sqrt(self.value[0][p])) for p in group]
            found.append(self._approach(group, self._arrival(0, best), self._hardest(group), speed))
        for n, c in enumerate(self.crossing):
            if n not in listed:
                arrival = self._by_street(c)
                cover = self.cover[n].tolist()
                found.append(self._approach(cover, arrival, arrival, [arrival.speed] * len(cover)))
        rules = self.rules
        found = [a for a in found if a.speed >= rules.least_speed and a.route.length >= rules.least_run_up]
        found.sort(key=lambda a: (-a.speed, -a.normal_speed, a.samples))
        p, fast = self.places, self.value[0]
        sine = np.where(
            self.by[0] >= 0, [self.crossing[n].sine if n >= 0 else 0.0 for n in self.by[0]], self.runs[0].sine
        )
        samples = Samples(
            xy=p.xy, start=p.start, end=p.end, outward=p.outward, along=p.begin + p.size / 2, speed=np.sqrt(fast),
            angle=np.degrees(np.arcsin(np.clip(sine, 0.0, 1.0))), normal_speed=np.sqrt(self.value[1]), line=lines,
        )  # fmt: skip
        return Survey(self.speeds.vehicle, tuple(found), samples)

    def _lines(self) -> Ints:
        """Source line of the street each place's fastest arrival comes by; -1 open ground, -2 nothing."""
        net, run = self.speeds.network, self.runs[0]
        line = np.where(run.squared > 0, FROM_REST, NOTHING)
        before = run.squared - run.gain
        street = (run.origin >= 0) & (before > CLOSE)
        line[street] = net.line[self.points.edge[run.origin[street]] // 2]
        crossed = self.by[0] >= 0
        line[crossed] = [int(net.line[self.crossing[n].edge // 2]) for n in self.by[0][crossed]]
        return line

    def _streets(self, line: Ints) -> Ints:
        """The same, with all lines of one name as one street."""
        street = self.speeds.network.street_of_line
        return np.asarray([street.get(n, n) for n in line.tolist()], dtype=np.int64)

    def _street(self, c: Crossing) -> int:
        net = self.speeds.network
        return net.street_of_line[int(net.line[c.edge // 2])]

    def _hardest(self, group: list[int]) -> Arrival:
        return self._arrival(1, max(group, key=lambda p: (float(self.value[1][p]), -p)))

    def _arrival(self, measure: int, place: int) -> Arrival:
        n = int(self.by[measure][place])
        if n >= 0:
            return self._by_street(self.crossing[n])
        run, pull = self.runs[measure], self.speeds.pull
        squared, distance = float(run.squared[place]), float(run.distance[place])
        x, y = (float(c) for c in self.places.xy[place])
        gain = float(run.gain[place])
        before = squared - gain
        rolled = distance if before > 0 else distance * squared / gain if gain > 0 else 0.0
        from_x, from_y = (float(c) for c in run.start[place])
        share = rolled / distance if distance else 0.0
        way = Way(coords=[(x, y), (x + share * (from_x - x), y + share * (from_y - y))])
        radius = float(run.radius[place])
        turned = np.isfinite(radius) and before > CLOSE
        fastest = squared >= self.speeds.vehicle.top_speed**2 - CLOSE
        bound = "top speed" if fastest else "turn" if turned else "acceleration"
        way.legs.append(
            Leg(
                None,
                None,
                rolled,
                float(np.sqrt(max(0.0, before))),
                float(np.sqrt(squared)),
                bound,
                radius if bound == "turn" else None,
                share * (pull.acceleration * distance - gain / 2) / pull.gravity,
            )
        )
        edge = -1
        if before > CLOSE and run.origin[place] >= 0:
            k = int(run.origin[place])
            edge = int(self.points.edge[k])
            way = walk_back(self.speeds, edge, float(self.points.along[k]), before, way)
        return self._made(x, y, squared, float(run.sine[place]), edge, False, way)

    def _by_street(self, c: Crossing) -> Arrival:
        way = walk_back(self.speeds, c.edge, c.along, c.squared)
        return self._made(c.x, c.y, c.squared, c.sine, c.edge, True, way)

    def _made(self, x: float, y: float, squared: float, sine: float, edge: int, crosses: bool, way: Way) -> Arrival:
        vehicle, speed = self.speeds.vehicle, float(np.sqrt(squared))
        coords = way.coords[::-1]
        return Arrival(
            x=x, y=y, speed=speed, angle=float(np.degrees(np.arcsin(min(1.0, sine)))), energy=vehicle.energy(speed),
            normal_speed=speed * sine, normal_energy=vehicle.energy(speed * sine),
            line=int(self.speeds.network.line[edge // 2]) if edge >= 0 else None, crosses=crosses,
            from_outside=way.from_outside, route=LineString(coords if len(coords) > 1 else coords * 2),
            legs=joined_legs(way.legs[::-1]),
        )  # fmt: skip

    def _approach(self, group: list[int], fastest: Arrival, hardest: Arrival, speed: list[float]) -> Approach:
        p = self.places
        coords = [tuple(p.start[group[0]]), *(tuple(p.end[n]) for n in group)]
        if fastest.normal_speed > hardest.normal_speed:
            hardest = fastest
        return Approach(
            line=fastest.line, fastest=fastest, hardest=hardest, samples=tuple(group), stretch=LineString(coords),
            speeds=tuple(speed),
        )  # fmt: skip
