"""What a camera resolves, how far, and from where on: pixel density after EN 62676-4:2014.

Formulas: HFOV = 2 atan(w / 2f); density at distance d: N / (2 d tan(HFOV / 2)) pixels per metre; on the ground
sqrt(d^2 - (h - t)^2) for a mast h and a target t metres high; nearest place seen (h - t) / tan(tilt + VFOV / 2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass


def field_angle(sensor: float, focal: float) -> float:
    """Horizontal field of view in degrees of a sensor `sensor` mm wide behind a lens of `focal` mm.

    >>> round(field_angle(4.8, 2.4), 6)
    90.0
    """
    return 2.0 * math.degrees(math.atan(sensor / (2.0 * focal)))


def near_limit(rise: float, tilt: float, vertical: float) -> float:
    """From how many metres on the ground a camera `rise` m above its target sees it; 0 where it looks straight down.

    tilt: degrees below level; vertical: vertical field of view in degrees. inf where even its lowest ray goes up.

    >>> round(near_limit(5.0, 20.0, 50.0), 3)
    5.0
    """
    if rise <= 0.0:
        return 0.0
    steepest = tilt + vertical / 2.0
    if steepest >= 90.0:
        return 0.0
    return rise / math.tan(math.radians(steepest)) if steepest > 0.0 else math.inf


def far_limit(rise: float, tilt: float, vertical: float) -> float:
    """Up to how many metres on the ground the highest ray of a camera still comes down to its target; inf for level."""
    flattest = tilt - vertical / 2.0
    if rise <= 0.0 or flattest <= 0.0:
        return math.inf
    return rise / math.tan(math.radians(flattest)) if flattest < 90.0 else 0.0


@dataclass(frozen=True)
class Lens:
    """A camera's optics. pixels: across the picture; hfov, azimuth, tilt, vfov: degrees; mast: metres above ground.

    vfov None: not known, then no near blind zone is worked out.
    """

    pixels: float
    hfov: float
    azimuth: float
    mast: float
    tilt: float = 0.0
    vfov: float | None = None

    def density(self, distance: float) -> float:
        """Pixels per metre at a slant distance (m).

        >>> round(Lens(1920, 90, 0, 4).density(9.6), 6)
        100.0
        """
        return self._scale / distance if distance > 0 else math.inf

    def slant_range(self, density: float) -> float:
        """The slant distance (m) up to which `density` pixels per metre are reached.

        >>> round(Lens(1920, 60, 0, 4).slant_range(25))
        67
        """
        return self._scale / density

    def ground_range(self, density: float, target: float) -> float:
        """The same on the ground, for a target `target` m high; 0 where the mast is higher than the range."""
        left = self.slant_range(density) ** 2 - (self.mast - target) ** 2
        far = math.sqrt(left) if left > 0 else 0.0
        return far if self.vfov is None else min(far, far_limit(self.mast - target, self.tilt, self.vfov))

    def blind(self, target: float) -> float:
        """Radius (m) of the near blind zone; 0 where the vertical field of view is not known."""
        return 0.0 if self.vfov is None else near_limit(self.mast - target, self.tilt, self.vfov)

    @property
    def _scale(self) -> float:
        # A single flat picture cannot open to 180 degrees; above, the density of a fisheye is its pixels over the arc.
        if self.hfov < 175.0:
            return self.pixels / (2.0 * math.tan(math.radians(self.hfov) / 2.0))
        return self.pixels / math.radians(self.hfov)
