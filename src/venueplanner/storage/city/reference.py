"""Which coordinate system a file is in: from its .prj, from its numbers, or from where it lands.

A .prj is believed when its coordinates fall inside the area its system is made for. What has no usable .prj is tried
against the systems of the other files of the folder; a match is called a guess. Nothing is ever assumed silently:
where no answer can be defended there is a question with candidates.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyproj
from pyproj.aoi import AreaOfInterest
from pyproj.database import query_crs_info
from pyproj.enums import PJType
from pyproj.exceptions import CRSError

from venueplanner.domain.words import N_
from venueplanner.storage.coordinates import Operation, UnknownShift, area_holds, distance, pinned_operation

BY_USER = N_("you")
BY_PRJ = N_("the .prj file")
BY_FILE = N_("the file itself")
BY_FORMAT = N_("the file format: GeoJSON is in WGS 84")
BY_NUMBERS = N_("the .prj file, whose numbers are those of a known system")
BY_NEIGHBOURS = N_("a guess: it falls on the other files of the folder")
BY_SWAPPED = N_("a guess: with east and north exchanged it falls on the other files of the folder")
BY_DEGREES = N_("a guess: its numbers look like degrees")

MARGIN = 4.0  # degrees beyond a system's area of use that are still believed: cities use the next zone's grid
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Reference:
    """A file's coordinate system: `text` (code or WKT), a `label`, who decided, and whether its axes are exchanged."""

    text: str
    label: str
    by: str
    swapped: bool = False

    def crs(self) -> pyproj.CRS:
        return pyproj.CRS.from_user_input(self.text)


def read_prj(path: Path) -> pyproj.CRS | None:
    """The system of a .prj file, or None when it is no WKT. ESRI, WKT1 and WKT2 forms."""
    try:
        raw = path.read_bytes()[:20000]
    except OSError:
        return None
    return crs_of_wkt(raw.decode("utf-8", errors="replace").strip("\ufeff\x00 \r\n\t"))


@lru_cache(maxsize=128)
def crs_of_wkt(text: str) -> pyproj.CRS | None:
    """The system of a WKT text, or None."""
    if not text:
        return None
    try:
        crs = pyproj.CRS.from_user_input(text)
    except (CRSError, ValueError):
        return None
    return crs.sub_crs_list[0] if crs.is_compound else crs  # heights are not used


def named(crs: pyproj.CRS, by: str) -> Reference:
    """A reference for a system that is already known, by its code where it has one."""
    code = code_of(crs)
    if code:
        return Reference(code, f"{pyproj.CRS.from_user_input(code).name} ({code})", by)
    name = crs.name if crs.name.lower() not in ("unknown", "") else "local"
    return Reference(crs.to_wkt(), name, by)


def code_of(crs: pyproj.CRS) -> str:
    """The EPSG code of a system, or an empty text. ESRI's forms match weakly, so datum and numbers must agree."""
    return "" if crs.is_bound else _code_of(crs.to_wkt(), crs)


@lru_cache(maxsize=256)
def _code_of(_key: str, crs: pyproj.CRS) -> str:
    own = crs.to_authority("EPSG", min_confidence=100)
    if own is not None:
        return ":".join(own)
    if crs.is_geographic and crs.datum is not None and "1984" in crs.datum.name and crs.ellipsoid is not None:
        if abs(crs.ellipsoid.inverse_flattening - 298.257223563) < 1e-9:
            return "EPSG:4326"
    for match in crs.list_authority("EPSG", min_confidence=20):
        other = pyproj.CRS.from_epsg(int(match.code))
        if crs.datum is not None and other.datum == crs.datum and _numbers(other) == _numbers(crs):
            return f"EPSG:{match.code}"
        if match.confidence >= 70:
            return f"EPSG:{match.code}"
    return ""


@lru_cache(maxsize=128)
def reference_of(wkt: str, x: float, y: float, by: str) -> Reference | None:
    """The reference of a .prj, with (x, y) a position in it. None when its relation to WGS 84 is not known.

    A .prj that names no known datum is compared by its numbers (projection, ellipsoid, parameters) with the systems
    made for that place.
    """
    crs = crs_of_wkt(wkt)
    if crs is None or not (crs.is_projected or crs.is_geographic or crs.is_bound):
        return None
    found = named(crs, by)
    try:
        operation = pinned_operation(crs if ":" not in found.text[:12] else found.text)
        if not operation.assumed:
            return found
    except UnknownShift:
        operation = None
    place = _roughly(crs, x, y)
    same = None if place is None else _same_numbers(wkt, round(place[0] * 4) / 4, round(place[1] * 4) / 4)
    if same is not None:
        return Reference(same, f"{pyproj.CRS.from_user_input(same).name} ({same})", BY_NUMBERS)
    return found if operation is not None else None


@lru_cache(maxsize=128)
def _same_numbers(wkt: str, lon: float, lat: float) -> str | None:
    """The code of the one known system with the same projection, ellipsoid and parameters at that place (to 1/4°)."""
    crs = crs_of_wkt(wkt)
    numbers = _numbers(crs) if crs is not None else None
    if crs is None or numbers is None:
        return None
    near = AreaOfInterest(lon, lat, lon, lat)
    matches = []
    for info in query_crs_info("EPSG", PJType.PROJECTED_CRS, near, contains=True):
        other = pyproj.CRS.from_epsg(int(info.code))
        if _numbers(other) == numbers:
            matches.append((info.code, other))
    if len(matches) > 1:
        tokens = _tokens(crs.name)
        scored = sorted(matches, key=lambda match: -len(tokens & _tokens(match[1].name)))
        first, second = (len(tokens & _tokens(match[1].name)) for match in scored[:2])
        if first == second:
            return None
        matches = scored[:1]
    return f"EPSG:{matches[0][0]}" if matches else None


def _numbers(crs: pyproj.CRS) -> tuple[object, ...] | None:
    way, ellipsoid, meridian = crs.coordinate_operation, crs.ellipsoid, crs.prime_meridian
    if way is None or ellipsoid is None or not crs.is_projected:
        return None
    values = tuple(sorted((p.name, float(f"{float(p.value) * p.unit_conversion_factor:.9g}")) for p in way.params))
    shape = (round(ellipsoid.semi_major_metre, 2), round(ellipsoid.inverse_flattening, 5))
    unit = round(crs.axis_info[0].unit_conversion_factor, 9) if crs.axis_info else 1.0
    return way.method_name, values, shape, unit, round(meridian.longitude if meridian else 0.0, 6)


def _tokens(name: str) -> frozenset[str]:
    clean = "".join(letter if letter.isalnum() else " " for letter in name.upper())
    return frozenset(clean.split())


def _roughly(crs: pyproj.CRS, x: float, y: float) -> tuple[float, float] | None:
    """Longitude and latitude on the system's own ellipsoid: good to 200 m, enough to look up who maps that place."""
    if crs.geodetic_crs is None:
        return None
    lon, lat = pyproj.Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True).transform(x, y)
    return (lon, lat) if np.isfinite([lon, lat]).all() and abs(lat) <= 90 and abs(lon) <= 180 else None


def lands_well(reference: Reference, operation: Operation, box: Box) -> bool:
    """Whether a layer's box (in its own numbers) falls inside the area its system is made for, or nearly."""
    lon, lat = operation.to_lonlat([(box[0] + box[2]) / 2, box[0], box[2]], [(box[1] + box[3]) / 2, box[1], box[3]])
    if not (
        np.isfinite(lon).all() and np.isfinite(lat).all() and (np.abs(lat) <= 90).all() and (np.abs(lon) <= 180.5).all()
    ):
        return False
    crs = reference.crs()
    if crs.area_of_use is not None:
        return area_holds(crs.area_of_use, float(lon[0]), float(lat[0]), MARGIN)
    return _true_there(crs, operation, float(lon[0]), float(lat[0]))


def _true_there(crs: pyproj.CRS, operation: Operation, lon: float, lat: float) -> bool:
    """For a system that states no area: whether a metre on it is a metre on the ground there, to 10 %."""
    flat = crs.source_crs if crs.is_bound and crs.source_crs is not None else crs
    method = flat.coordinate_operation.method_name if flat.coordinate_operation is not None else ""
    if not flat.is_projected or ("Mercator" in method and "Transverse" not in method):
        return True
    x, y = operation.from_lonlat([lon, lon], [lat, lat + 1e-3])
    length = float(np.hypot(x[1] - x[0], y[1] - y[0])) * flat.axis_info[0].unit_conversion_factor
    return abs(length / distance((lon, lat), (lon, lat + 1e-3)) - 1.0) < 0.1


def guess(box: Box, neighbours: list[tuple[Reference, Box]]) -> Reference | None:
    """The system of a file without a usable .prj: one of its neighbours' with which it falls on the neighbours.

    `box`: extent in the file's own numbers; `neighbours`: reference and longitude/latitude box of files that are known.
    """
    if not neighbours:
        return degrees(box)
    around = _widened([each for _, each in neighbours])
    systems = {reference.text: reference for reference, _ in neighbours}
    systems.setdefault("EPSG:4326", Reference("EPSG:4326", "WGS 84 (EPSG:4326)", ""))
    for swapped, numbers in ((False, box), (True, (box[1], box[0], box[3], box[2]))):
        fits = [each for each in systems.values() if _lonlat_box_inside(each, numbers, around)]
        if fits:
            return Reference(fits[0].text, fits[0].label, BY_SWAPPED if swapped else BY_NEIGHBOURS, swapped)
    return None


def degrees(box: Box) -> Reference | None:
    """WGS 84 for numbers that can only be degrees and are not all near zero."""
    inside = abs(box[0]) <= 180 and abs(box[2]) <= 180 and abs(box[1]) <= 90 and abs(box[3]) <= 90
    if inside and max(abs(each) for each in box) > 2 and box[2] - box[0] < 30:
        return Reference("EPSG:4326", "WGS 84 (EPSG:4326)", BY_DEGREES)
    return None


def candidates(box: Box) -> list[str]:
    """Systems whose numbers look like these, to ask about: (code) list, most likely first."""
    found: list[str] = []
    for swapped, (x, y) in ((False, (box[0], box[1])), (True, (box[1], box[0]))):
        zone = int(x // 1e6)
        if 2 <= zone <= 32 and 1e5 <= x - zone * 1e6 <= 9e5 and 3.5e6 <= y <= 9.3e6:
            found += [f"EPSG:{28400 + zone}", f"EPSG:{20000 + zone}"]
        if 1 <= zone <= 5 and 4.2e6 <= y <= 4.9e6:
            found.append(f"EPSG:{7691 + zone}")
        if 1e5 <= x <= 9e5 and 0 <= y <= 1e7:
            found += ["EPSG:32642", "EPSG:32643"]
        if found and swapped:
            return found
        if found:
            break
    return found or (["EPSG:4326"] if degrees(box) else [])


def _lonlat_box_inside(reference: Reference, box: Box, around: Box) -> bool:
    centre = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    try:
        lon, lat = pinned_operation(reference.text, centre).to_lonlat(*centre)
    except UnknownShift:
        return False
    return bool(around[0] <= lon <= around[2] and around[1] <= lat <= around[3])


def _widened(boxes: list[Box]) -> Box:
    """The box around them all, wider by a tenth and by at least 0.02°."""
    west, south = min(b[0] for b in boxes), min(b[1] for b in boxes)
    east, north = max(b[2] for b in boxes), max(b[3] for b in boxes)
    dx, dy = max(0.1 * (east - west), 0.02), max(0.1 * (north - south), 0.02)
    return west - dx, south - dy, east + dx, north + dy


def apart(one: Box, other: Box) -> float:
    """Metres between the centres of two longitude/latitude boxes that do not touch; 0 when they do."""
    if one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]:
        return 0.0
    middle = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in (one, other)]
    return distance(middle[0], middle[1])
