"""Coordinate systems: the one place where positions change from one system to another.

Every transform goes through WGS 84 longitude/latitude by a *pinned* operation: chosen once for the centre of an area,
then used for the whole of it. (Left alone, PROJ changes it from place to place: SK-42 to WGS 84 jumps by 2.7 m at
41.192° N, the edge of one operation's area of use.) Rule of choice: of the published operations whose area of use
contains the centre, the one with the smallest stated error; a planner may name another. The choice is recorded with
its accuracy and with how far the others would have put the same point. A transform without a known datum shift is
refused, not guessed. Axis order is always east, north (longitude, latitude).
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import mgrs
import numpy as np
import numpy.typing as npt
import pyproj
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import TransformerGroup

from venueplanner.domain.errors import BadFile, BadValue
from venueplanner.domain.words import N_, Words

Numbers = npt.NDArray[np.float64]
WGS84 = pyproj.CRS.from_epsg(4326)
PINNED = " @ "  # "EPSG:28413 @ Pulkovo 1942 to WGS 84 (20)": a system and its pinned operation in one text
SAME_DATUM = N_("no datum shift needed")
STATED_SHIFT = N_("datum shift stated in the file (TOWGS84)")
TAKEN_AS_WGS84 = N_("datum not known by name; on its ellipsoid taken as WGS 84")
TAKEN_ACCURACY = 2.0  # m; modern geocentric datums differ from WGS 84 by plate motion, 1-2 m
TRUE_TO_LENGTH = ("Transverse", "Oblique", "Lambert Conic", "Stereographic", "Krovak", "Cassini")
MOST_SCALE_ERROR = 2.5e-3  # a plan CRS may stretch lengths by at most this at its centre (UTM edge: 1e-3)


class UnknownShift(BadFile):
    """A coordinate system whose relation to WGS 84 nobody states: it would land tens of metres off, silently."""


@dataclass(frozen=True)
class Operation:
    """A pinned way from a system to WGS 84 longitude/latitude.

    `definition`: PROJ pipeline (always east, north); `accuracy`: stated error in metres or None when not stated;
    `others`: (name, accuracy m, distance m from this one at the centre); `assumed`: the datum shift is an assumption;
    `choice`: several operations are published, so the name must be kept with the system.
    """

    definition: str
    name: str
    accuracy: float | None
    others: tuple[tuple[str, float, float], ...] = ()
    assumed: bool = False
    choice: bool = False

    def to_lonlat(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Numbers, Numbers]:
        """Longitude, latitude in degrees. What cannot be transformed becomes inf."""
        if self.definition == "noop":
            return np.asarray(x, float), np.asarray(y, float)
        lon, lat = _pipeline(self.definition).transform(np.asarray(x, float), np.asarray(y, float))
        return np.asarray(lon), np.asarray(lat)

    def from_lonlat(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Numbers, Numbers]:
        """East, north in the system's own unit."""
        if self.definition == "noop":
            return np.asarray(lon, float), np.asarray(lat, float)
        pipeline = _pipeline(self.definition)
        x, y = pipeline.transform(np.asarray(lon, float), np.asarray(lat, float), direction="INVERSE")
        return np.asarray(x), np.asarray(y)


@lru_cache(maxsize=64)
def _pipeline(definition: str) -> pyproj.Transformer:
    return pyproj.Transformer.from_pipeline(definition)


def read_crs(text: str) -> pyproj.CRS:
    """A coordinate system from "EPSG:28413", WKT or a PROJ string. Raises `BadValue` in plain words."""
    try:
        return pyproj.CRS.from_user_input(text.split(PINNED, maxsplit=1)[0].strip())
    except (CRSError, ValueError) as error:
        sentence = Words(N_("“{text}” is not a coordinate system this program knows."), {"text": text.strip()[:60]})
        raise BadValue(
            sentence, Words(N_("Give its code, such as EPSG:28413, or the text of its .prj file."))
        ) from error


def pinned_operation(
    source: pyproj.CRS | str, centre: tuple[float, float] | None = None, prefer: str = ""
) -> Operation:
    """The operation from `source` to WGS 84 for an area around `centre` (east, north in `source`'s own unit).

    `prefer`: the name (or a part of it, such as "(16)") of the operation wanted; raises `BadValue` when there is none
    of that name and `UnknownShift` when nobody states how the datum relates to WGS 84.
    """
    crs = read_crs(source) if isinstance(source, str) else source
    return _pinned(crs.to_wkt(), crs, None if centre is None else (float(centre[0]), float(centre[1])), prefer)


@lru_cache(maxsize=256)
def _pinned(_key: str, crs: pyproj.CRS, centre: tuple[float, float] | None, prefer: str) -> Operation:
    flat = crs.to_2d() if len(crs.axis_info) > 2 else crs
    if crs.is_bound:
        return Operation(_definition(flat), STATED_SHIFT, None)
    ways = [
        way for way in _group(flat).transformers if way.definition not in ("", "unavailable until proj_trans is called")
    ]
    if flat.geodetic_crs is not None and flat.geodetic_crs.datum == WGS84.datum:
        return Operation(_definition(flat), SAME_DATUM, 0.0)
    known = [way for way in ways if way.accuracy is not None and way.accuracy >= 0]
    if not known:
        if not _modern(flat):
            sentence = Words(N_("“{name}” does not say how it relates to WGS 84."), {"name": crs.name})
            hint = N_("Name the system (such as EPSG:28413), or give a .prj with TOWGS84 from who made the data.")
            raise UnknownShift(sentence, Words(hint))
        return Operation(_definition(flat), TAKEN_AS_WGS84, TAKEN_ACCURACY, assumed=True)
    place = _place(known[0], flat, centre)
    choice = len({_shift_name(way) for way in known}) > 1
    if prefer:
        known = [way for way in known if prefer in _shift_name(way)]
        if not known:
            raise BadValue(Words(N_("There is no operation “{name}” from {crs}."), {"name": prefer, "crs": crs.name}))
    known.sort(key=lambda way: (not _covers(way, place), way.accuracy, _shift_name(way)))
    best = known[0]
    name = _shift_name(best) or SAME_DATUM
    return Operation(best.definition, name, float(best.accuracy), _others(known, place), choice=choice)


def _group(crs: pyproj.CRS) -> TransformerGroup:
    try:
        with (
            warnings.catch_warnings()
        ):  # PROJ mentions finer grids that are not installed; the stated accuracy says the same
            warnings.simplefilter("ignore", UserWarning)
            return TransformerGroup(crs, WGS84, always_xy=True)
    except (ProjError, CRSError, IndexError, ValueError) as error:  # IndexError: pyproj stumbles over a damaged .prj
        raise UnknownShift(Words(N_("“{name}” cannot be brought to WGS 84."), {"name": crs.name})) from error


def _definition(crs: pyproj.CRS) -> str:
    """The pipeline PROJ makes when there is nothing to choose."""
    definition = str(_group(crs).transformers[0].definition)
    return definition or "noop"


def _modern(crs: pyproj.CRS) -> bool:
    """Whether the ellipsoid is that of the geocentric datums (GRS 80, WGS 84), which agree within about 2 m."""
    ellipsoid, meridian = crs.ellipsoid, crs.prime_meridian
    if ellipsoid is None or (meridian is not None and abs(meridian.longitude) > 1e-9):
        return False
    return abs(ellipsoid.semi_major_metre - 6378137.0) < 0.01 and abs(ellipsoid.inverse_flattening - 298.25722) < 1e-4


def _place(way: Any, crs: pyproj.CRS, centre: tuple[float, float] | None) -> tuple[float, float] | None:
    """Longitude and latitude of the centre; without one, the middle of the system's own area of use."""
    if centre is not None:
        lon, lat = way.transform(*centre)
        return (lon, lat) if math.isfinite(lon) and math.isfinite(lat) else None
    area = crs.area_of_use
    return ((area.west + area.east) / 2, (area.south + area.north) / 2) if area is not None else None


def _shifts(way: Any) -> list[Any]:
    return [step for step in way.operations if step.type_name == "Transformation"]


def _shift_name(way: Any) -> str:
    return " + ".join(step.name for step in _shifts(way))


def _covers(way: Any, place: tuple[float, float] | None) -> bool:
    areas = [step.area_of_use for step in _shifts(way)]
    return all(area is None or place is None or area_holds(area, *place) for area in areas)


def area_holds(area: Any, lon: float, lat: float, margin: float = 0.0) -> bool:
    """Whether a PROJ area of use (degrees; it may cross the date line) holds a place."""
    if not area.south - margin <= lat <= area.north + margin:
        return False
    if area.west > area.east:
        return bool(lon >= area.west - margin or lon <= area.east + margin)
    return bool(area.west - margin <= lon <= area.east + margin)


def _others(known: list[Any], place: tuple[float, float] | None) -> tuple[tuple[str, float, float], ...]:
    if place is None:
        return ()
    back = known[0].transform(*place, direction="INVERSE")
    found = []
    for way in known[1:]:
        if way.accuracy <= 50 and _covers(way, place):
            lon, lat = way.transform(*back)
            found.append((_shift_name(way), float(way.accuracy), round(distance(place, (lon, lat)), 2)))
    return tuple(found)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Metres between two places given as longitude, latitude, on the ellipsoid.

    >>> round(distance((74.6, 42.9), (74.6, 42.901)), 1)
    111.1
    """
    return float(pyproj.Geod(ellps="WGS84").inv(*one, *other)[2])


def is_metric(crs: pyproj.CRS) -> bool:
    """Whether a plan can stand on it: projected, in metres east and north, and of a kind that keeps lengths locally."""
    flat = crs.source_crs if crs.is_bound and crs.source_crs is not None else crs
    if not flat.is_projected or flat.coordinate_operation is None:
        return False
    method = flat.coordinate_operation.method_name
    if not any(word in method for word in TRUE_TO_LENGTH):
        return False  # Mercator and web Mercator stretch lengths by 1/cos(latitude)
    axes = flat.axis_info[:2]
    east_north = {axis.direction.lower() for axis in axes} == {"east", "north"}
    return east_north and all(abs(axis.unit_conversion_factor - 1.0) < 1e-9 for axis in axes)


def metric_crs_at(lon: float, lat: float) -> str:
    """The UTM zone of a place, as a text for `PlanCoordinates`.

    >>> metric_crs_at(74.6, 42.87), metric_crs_at(-51.2, -30.03), metric_crs_at(5.3, 60.4)
    ('EPSG:32643', 'EPSG:32722', 'EPSG:32632')
    """
    zone = int((lon + 180.0) // 6.0) % 60 + 1
    if 56 <= lat < 64 and 3 <= lon < 12:  # the two exceptions of the UTM grid: south-west Norway, Svalbard
        zone = 32
    elif 72 <= lat <= 84 and 0 <= lon < 42:
        zone = 31 + 2 * int((lon + 3.0) // 12.0)
    return f"EPSG:{(32600 if lat >= 0 else 32700) + zone}"


class PlanCoordinates:
    """The plan's metric coordinate system: metres east and north ↔ longitude and latitude ↔ MGRS.

    `crs`: "EPSG:32643", WKT, or either followed by " @ " and the name of the pinned operation (as `text` gives it).
    `near`: (longitude, latitude) of the plan, to pin an operation when `crs` names none.
    Raises `BadValue` when it is no metric system.
    """

    def __init__(self, crs: str, near: tuple[float, float] | None = None) -> None:
        self.crs = read_crs(crs)
        if not is_metric(self.crs):
            sentence = Words(N_("A plan cannot stand on “{name}”: it is not in metres."), {"name": self.crs.name})
            raise BadValue(sentence, Words(N_("Take the UTM zone of the place, such as EPSG:32643 for Bishkek.")))
        prefer = crs.split(PINNED, 1)[1].strip() if PINNED in crs else ""
        if near is not None and not prefer:
            near = tuple(float(each) for each in pinned_operation(self.crs).from_lonlat(*near))  # type: ignore[assignment]
        self.operation = pinned_operation(self.crs, None if prefer else near, prefer)

    @cached_property
    def text(self) -> str:
        """What to keep in the plan: the system, and the operation where there is a choice."""
        authority = self.crs.to_authority(min_confidence=100)
        name = ":".join(authority) if authority else " ".join(self.crs.to_wkt("WKT1_GDAL").split())
        return f"{name}{PINNED}{self.operation.name}" if self.operation.choice else name

    @cached_property
    def label(self) -> str:
        """Short name for the status bar and the cartouche."""
        authority = self.authority
        name = self.crs.name if self.crs.name.lower() != "unknown" else "local"
        return f"{name} ({authority})" if authority else name

    @cached_property
    def authority(self) -> str:
        """ "EPSG:28413", or an empty text for a local system."""
        found = self.crs.to_authority(min_confidence=100)
        return ":".join(found) if found else ""

    @cached_property
    def wkt(self) -> str:
        """WKT2 text."""
        return str(self.crs.to_wkt())

    @cached_property
    def wkt1(self) -> str:
        """WKT1 text, as GeoPackage wants it."""
        return str(self.crs.to_wkt("WKT1_GDAL"))

    def to_lonlat(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Numbers, Numbers]:
        """Degrees of longitude and latitude of metres east and north; arrays or numbers."""
        return self.operation.to_lonlat(x, y)

    def from_lonlat(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Numbers, Numbers]:
        """Metres east and north of degrees of longitude and latitude; arrays or numbers."""
        return self.operation.from_lonlat(lon, lat)

    def to_lonlat_array(self, xy: Numbers) -> Numbers:
        """The same for an array of shape (n, 2), as `shapely.transform` wants it."""
        return np.column_stack(self.to_lonlat(xy[:, 0], xy[:, 1])) if len(xy) else xy

    def from_lonlat_array(self, lonlat: Numbers) -> Numbers:
        """The way back for an array of shape (n, 2)."""
        return np.column_stack(self.from_lonlat(lonlat[:, 0], lonlat[:, 1])) if len(lonlat) else lonlat

    def to_mgrs(self, x: float, y: float, digits: int = 5) -> str:
        """The grid reference people say on the radio; `digits` 5 is one metre.

        >>> c = PlanCoordinates("EPSG:32643")
        >>> c.to_mgrs(*c.from_lonlat(74.60432, 42.87574))
        '43T DH 67683 47092'
        """
        lon, lat = (float(each) for each in self.to_lonlat(x, y))
        if not (math.isfinite(lon) and -80.0 <= lat <= 84.0):
            return ""
        text: str = mgrs.MGRS().toMGRS(lat, lon, MGRSPrecision=digits)
        half = len(text) - digits
        head = text[: half - digits]
        return f"{head[:-2]} {head[-2:]} {text[half - digits : half]} {text[half:]}".strip()

    def from_mgrs(self, text: str) -> tuple[float, float]:
        """Metres of a grid reference. Raises `BadValue`."""
        try:
            lat, lon = mgrs.MGRS().toLatLon("".join(text.split()).upper())
        except Exception as error:  # the library raises its own untyped errors
            raise BadValue(Words(N_("“{text}” is not an MGRS reference."), {"text": text[:40]})) from error
        x, y = self.from_lonlat(lon, lat)
        return float(x), float(y)


def suggest_plan_crs(systems: list[str], lon: float, lat: float) -> PlanCoordinates:
    """The plan's system for a place: the first of the city's own `systems` that is metric and true there, else UTM."""
    for text in systems:
        crs = read_crs(text)
        if not is_metric(crs):
            continue
        found = PlanCoordinates(text, near=(lon, lat))
        if not found.operation.assumed and abs(scale_at(found, lon, lat) - 1.0) <= MOST_SCALE_ERROR:
            return found
    return PlanCoordinates(metric_crs_at(lon, lat))


def scale_at(system: PlanCoordinates, lon: float, lat: float) -> float:
    """Metres on the map per metre on the ellipsoid (mean of both directions)."""
    step = 1e-3
    x, y = system.from_lonlat([lon, lon + step, lon], [lat, lat, lat + step])
    east = math.hypot(x[1] - x[0], y[1] - y[0]) / distance((lon, lat), (lon + step, lat))
    north = math.hypot(x[2] - x[0], y[2] - y[0]) / distance((lon, lat), (lon, lat + step))
    return (east + north) / 2
