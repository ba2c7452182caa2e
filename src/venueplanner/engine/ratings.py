"""Vehicle barrier ratings: the strings printed on test certificates, read into mass, speed, angle and penetration.

Sources: IWA 14-1:2013 and ISO 22343-1:2023 (`V/7200[N3C]/80/90:1.1`), PAS 68 (`V/7500[N3]/48/90:28.1/18.0`),
ASTM F2656 (`M50/P1`) and the obsolete SD-STD-02.01 of the US Department of State (`K12`). "Equivalence" between
standards is not claimed: a rating is compared by its own mass, speed and angle.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_ISO = re.compile(
    r"^V/(?P<mass>[\d ]+)\s*\[(?P<cls>[A-Z0-9]+)\]/(?P<speed>\d+(?:\.\d+)?)"
    r"(?:/(?P<angle>\d+(?:\.\d+)?))?(?::(?P<pen>\d+(?:\.\d+)?)(?:/(?P<disp>\d+(?:\.\d+)?))?)?$"
)
_ASTM = re.compile(r"^(?P<cls>C7|C|FS|PU|M|H)(?P<mph>30|40|50|60)(?:/P(?P<p>[1-4]))?$")
_DOS = re.compile(r"^K(?P<level>4|8|12)(?:/L(?P<l>[1-3]))?$")
# ASTM F2656-20 table 1: test mass (kg); nominal km/h of 30, 40, 50 and 60 mph; penetration limits of P1-P3 (m).
_ASTM_MASS = {"C": 1100.0, "FS": 2100.0, "PU": 2300.0, "M": 6800.0, "C7": 7200.0, "H": 29500.0}
_KMH = {"30": 50.0, "40": 65.0, "50": 80.0, "60": 100.0}
_ASTM_PENETRATION = {"1": 1.0, "2": 7.0, "3": 30.0}
_DOS_MPH = {"4": "30", "8": "40", "12": "50"}


@dataclass(frozen=True)
class Rating:
    """One tested rating: mass kg, speed m/s, angle degrees to the barrier line, penetration m or None, the standard."""

    text: str
    standard: str
    mass: float
    speed: float
    angle: float = 90.0
    vehicle: str = ""
    penetration: float | None = None

    @property
    def energy(self) -> float:
        """Kinetic energy of the test, J."""
        return 0.5 * self.mass * self.speed**2

    def withstands(self, mass: float, normal_speed: float) -> bool:
        """Whether a vehicle of `mass` kg is covered at a speed square to the barrier of `normal_speed` m/s.

        Both must be covered: mass and speed are not traded for each other (an equal energy is no proof). A test at a
        flat angle covers only its own part square to the line.
        """
        covered = self.speed * math.sin(math.radians(self.angle))
        return self.mass >= mass - 1e-6 and covered >= normal_speed - 1e-6


def read_rating(text: str | None) -> Rating | None:
    """The rating a certificate string states, or None when it states none that is known.

    >>> rating = read_rating("V/7200[N3C]/80/90:1.1")
    >>> rating.mass, round(rating.speed * 3.6), rating.penetration
    (7200.0, 80, 1.1)
    >>> read_rating("strong") is None
    True
    """
    word = " ".join(str(text or "").upper().replace(",", ".").split())
    iso = _ISO.match(word.replace(" ", ""))
    if iso:
        penetration = float(iso["pen"]) if iso["pen"] else None
        standard = "PAS 68" if iso["disp"] else "IWA 14-1 / ISO 22343-1"
        angle = float(iso["angle"] or 90.0)
        speed = float(iso["speed"]) / 3.6
        return Rating(word, standard, float(iso["mass"].replace(" ", "")), speed, angle, iso["cls"], penetration)
    astm = _ASTM.match(word.replace(" ", ""))
    if astm:
        reach = _ASTM_PENETRATION.get(astm["p"] or "")
        mass = _ASTM_MASS[astm["cls"]]
        return Rating(word, "ASTM F2656", mass, _KMH[astm["mph"]] / 3.6, 90.0, astm["cls"], reach)
    dos = _DOS.match(word.replace(" ", ""))
    if dos:
        return Rating(word, "SD-STD-02.01 (obsolete)", 6800.0, _KMH[_DOS_MPH[dos["level"]]] / 3.6, 90.0, "M", None)
    return None
