"""Positions in words: metres of the plan as latitude and longitude and as MGRS, and the way back from typed text."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from venueplanner.domain.errors import PlannerError
from venueplanner.domain.plan import Plan
from venueplanner.storage.coordinates import PlanCoordinates

Place = tuple[float, float]
_MGRS = re.compile(r"^\s*\d{1,2}\s*[C-HJ-NP-X]\s*[A-HJ-NP-Z]{2}\s*(\d[\d\s]*)$", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_HALF = re.compile(r"[NSEWСЮВЗ]")  # north, south, east or west, in English or Russian
_LONG_HALVES = re.compile(r"\b([СЮВЗ])\.\s*[ШД]\.", re.IGNORECASE)  # с. ш., в. д. as Russian maps write them


@lru_cache(maxsize=8)
def _coordinates(crs: str) -> PlanCoordinates | None:
    try:
        return PlanCoordinates(crs)
    except PlannerError:
        return None


def coordinates(plan: Plan) -> PlanCoordinates | None:
    """The plan's coordinate system, or None while it stands nowhere yet."""
    crs = plan.fact("crs")
    return _coordinates(crs) if crs else None


def texts(plan: Plan, x: float, y: float) -> tuple[str, str]:
    """Latitude and longitude with five decimals (one metre), and the MGRS reference; empty while nobody knows."""
    system = coordinates(plan)
    if system is None:
        return "", ""
    lon, lat = (float(each) for each in system.to_lonlat(x, y))
    if not (math.isfinite(lon) and math.isfinite(lat)):
        return "", ""
    degrees = f"{abs(lat):.5f} {'N' if lat >= 0 else 'S'} {abs(lon):.5f} {'E' if lon >= 0 else 'W'}"
    return degrees, system.to_mgrs(x, y)


def system_name(plan: Plan) -> str:
    """Short name of the plan's coordinate system, or an empty text."""
    system = coordinates(plan)
    return system.label if system is not None else ""


def place_of(plan: Plan, text: str) -> Place | None:
    """The place that typed coordinates mean: MGRS, latitude longitude in degrees, or metres of the plan's own system.

    Both decimal marks are understood. None when the text is no position.
    """
    system = coordinates(plan)
    if system is None:
        return None
    if _MGRS.match(text):
        try:
            return system.from_mgrs(text)
        except PlannerError:
            return None
    cleaned = re.sub(r"(?<=\d),(?=\s)", " ", _LONG_HALVES.sub(r"\1", text.replace("−", "-")))
    if re.sub(r"[NSEWСЮВЗ°\s;,.\d+-]", "", cleaned, flags=re.IGNORECASE):
        return None
    halves = _HALF.findall(cleaned.upper())
    east_first = len(halves) == 2 and halves[0] in "EWВЗ" and halves[1] in "NSСЮ"
    numbers = [float(each.replace(",", ".")) for each in _NUMBER.findall(cleaned)]
    if len(numbers) != 2:
        return None
    first, second = numbers[::-1] if east_first else numbers
    if abs(first) <= 90 and abs(second) <= 180:
        lat = -first if re.search(r"[SЮ]", cleaned, re.IGNORECASE) else first
        lon = -second if re.search(r"[WЗ]", cleaned, re.IGNORECASE) else second
        x, y = (float(each) for each in system.from_lonlat(lon, lat))
        return (x, y) if math.isfinite(x) and math.isfinite(y) else None
    return (first, second) if first > 1000 and second > 1000 else None
