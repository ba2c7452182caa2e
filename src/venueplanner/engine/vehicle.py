"""The vehicle a run-up is calculated for: the few numbers of its test class that decide how fast it can arrive."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Vehicle:
    """One vehicle class.

    mass: kg. acceleration: m/s², taken as constant. top_speed: m/s. width: m, the narrowest vehicle of the class,
    because that one passes where the others do not. turning_radius: m, of its outer front corner, as tables print it;
    where its middle would have to turn more tightly it starts again from rest behind the bend.
    Classes and masses: ISO 22343-1:2023; accelerations are a planner's choice (rule profile).

    >>> Vehicle(mass=1500, acceleration=3.2, top_speed=160 / 3.6, width=1.5, turning_radius=7.3).energy(10.0)
    75000.0
    """

    mass: float
    acceleration: float
    top_speed: float
    width: float
    turning_radius: float = 0.0

    def __post_init__(self) -> None:
        for name in ("mass", "acceleration", "top_speed", "width", "turning_radius"):
            object.__setattr__(self, name, float(getattr(self, name)))  # compiled loops tell 2 from 2.0
        if not (self.mass > 0 and self.acceleration > 0 and self.top_speed > 0 and self.width > 0):
            raise ValueError("A vehicle needs a mass, an acceleration, a top speed and a width above zero.")
        if self.turning_radius < 0:
            raise ValueError("A turning radius cannot be negative.")

    @property
    def path_radius(self) -> float:
        """Radius of the tightest path its middle drives, m."""
        return max(0.0, self.turning_radius - self.width / 2)

    def energy(self, speed: float) -> float:
        """Kinetic energy ½·m·v² in joules at a speed in m/s (UFC 4-022-02)."""
        return 0.5 * self.mass * speed * speed
