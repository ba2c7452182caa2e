"""What the search for approaches answers: routes with their legs, arrivals, approaches, and the perimeter's samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely.geometry import LineString

from venueplanner.engine.streets.network import Floats, Ints
from venueplanner.engine.vehicle import Vehicle

BOUNDS = ("acceleration", "turn", "bend", "chicane", "top speed")


@dataclass(frozen=True)
class Leg:
    """One piece of a route: along one street link, or the last straight run over open ground.

    bound: what limits the speed on this leg, one of BOUNDS; radius belongs to the turn on to the leg or the bend in it.
    """

    line: int | None  # source line of the street, None for open ground
    link: int | None
    length: float
    speed_in: float  # m/s
    speed_out: float
    bound: str
    radius: float | None = None
    rise: float = 0.0  # metres climbed, below 0 downhill


@dataclass(frozen=True)
class Arrival:
    """One way to arrive at the perimeter: where, how fast, at what angle to its line, by which route.

    The route is the shortest run-up that reaches the speed, from rest or from the edge of the study area.
    """

    x: float
    y: float
    speed: float  # m/s
    angle: float  # degrees between route and perimeter line, 90 is square on
    energy: float  # J, ½·m·v²
    normal_speed: float  # m/s across the line, v·sin(angle)
    normal_energy: float  # J, ½·m·(v·sin(angle))²
    line: int | None  # source line of the last street driven on, None when all of it is open ground
    crosses: bool  # true where that street itself crosses the perimeter
    from_outside: bool  # true when it begins at the edge of the study area with the free speed there
    route: LineString
    legs: tuple[Leg, ...]


@dataclass(frozen=True)
class Approach:
    """One way in: a stretch of perimeter reached by one street, or over open ground, and its worst arrivals."""

    line: int | None
    fastest: Arrival
    hardest: Arrival  # the largest speed across the line; often the same arrival
    samples: tuple[int, ...]  # rows of the survey's samples
    stretch: LineString  # the piece of perimeter
    speeds: tuple[float, ...]  # m/s per sample, in order

    @property
    def entry(self) -> tuple[float, float]:
        """Where the fastest arrival meets the perimeter."""
        return self.fastest.x, self.fastest.y

    @property
    def speed(self) -> float:
        """Speed of the fastest arrival, m/s."""
        return self.fastest.speed

    @property
    def angle(self) -> float:
        """Angle of the fastest arrival to the perimeter line, degrees."""
        return self.fastest.angle

    @property
    def energy(self) -> float:
        """Energy of the fastest arrival, J."""
        return self.fastest.energy

    @property
    def normal_speed(self) -> float:
        """Largest speed across the line of any arrival, m/s."""
        return self.hardest.normal_speed

    @property
    def normal_energy(self) -> float:
        """Largest energy across the line of any arrival, J."""
        return self.hardest.normal_energy

    @property
    def route(self) -> LineString:
        """Route of the fastest arrival."""
        return self.fastest.route

    @property
    def legs(self) -> tuple[Leg, ...]:
        """Legs of the fastest arrival."""
        return self.fastest.legs


@dataclass(frozen=True, eq=False)
class Samples:
    """The perimeter in pieces no longer than the spacing, with the worst that arrives at each. n pieces."""

    xy: Floats  # (n, 2) middle of the piece
    start: Floats  # (n, 2)
    end: Floats  # (n, 2)
    outward: Floats  # (n, 2) unit vector away from the protected area
    along: Floats  # (n,) distance of the middle from the perimeter's first vertex
    speed: Floats  # (n,) m/s, 0 where nothing arrives
    angle: Floats  # (n,) degrees, of the fastest
    normal_speed: Floats  # (n,) m/s, of the hardest
    line: Ints  # (n,) street of the fastest, -1 open ground, -2 nothing arrives


@dataclass(frozen=True, eq=False)
class Survey:
    """All approaches to one perimeter for one vehicle class, the fastest first, and the whole perimeter's samples."""

    vehicle: Vehicle
    approaches: tuple[Approach, ...]
    samples: Samples

    def energy(self) -> Floats:
        """Energy ½·m·v² at each sample, J."""
        return np.asarray(0.5 * self.vehicle.mass * self.samples.speed**2)
