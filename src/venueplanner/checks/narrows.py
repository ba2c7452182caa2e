"""Narrows: barriers that stand in a street and leave a way past, seen along the street, and the speed they allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.site import Site
from venueplanner.engine.approaches import Caps, Speeds
from venueplanner.engine.chicanes import Row, Straight, held_at, rows_of, straightened
from venueplanner.engine.ratings import Rating
from venueplanner.engine.streets import StreetNetwork

from .standing import Standing, of_city

SAMPLE = 2.0  # metres between the cuts across a street that look for walls
BESIDE = 20.0  # metres before and behind the barriers that are looked at for walls


@dataclass(frozen=True)
class Narrow:
    """A link with things in its carriageway, in the street's own coordinates.

    low, high: how far to the right (below 0) and left a car gets before a wall stands, or the carriageway ends where
    nobody knows what is beside it; half: half the carriageway.
    """

    link: int
    line: LineString
    half: float
    low: float
    high: float
    things: tuple[Straight, ...]

    def rows(self, width: float, *, carriageway: bool = False) -> list[Row]:
        """The rows for a vehicle of some width, on all ground beside or on the carriageway only."""
        low, high = (-self.half, self.half) if carriageway else (self.low, self.high)
        return rows_of(self.things, low, high, width)


def narrows(site: Site, network: StreetNetwork, standing: Sequence[Standing]) -> list[Narrow]:
    """The streets on whose carriageway at least two rows of these things stand, each on a link of its own."""
    outlines = [each.outline for each in standing]
    if len(outlines) < 2:
        return []
    tree, boxes = shapely.STRtree(outlines), network.bounds()
    x1, y1, x2, y2 = shapely.total_bounds(np.array(outlines, dtype=object))
    near = (boxes[:, 0] <= x2 + 20) & (boxes[:, 2] >= x1 - 20) & (boxes[:, 1] <= y2 + 20) & (boxes[:, 3] >= y1 - 20)
    side = site.rules.number("chicane.side")
    blind = not any(len(layer) for layer in site.layers_of("buildings"))
    found = []
    for link in np.flatnonzero(near & (network.level >= 0)).tolist():
        line, half = network.shape(link), float(network.width[link]) / 2
        here = [int(n) for n in tree.query(line, predicate="dwithin", distance=half)]
        if len(here) < 2:
            continue
        on_road = {each.number for each in straightened(line, [outlines[n] for n in here], -half, half)}
        if len(on_road) < 2:
            continue
        reach = half if blind else half + side
        beside = [int(n) for n in tree.query(line, predicate="dwithin", distance=reach)]
        things = straightened(line, [outlines[n] for n in beside], -reach, reach)
        things = [Straight(beside[each.number], each.outline) for each in things]
        low, high = (-half, half) if blind else _walls(site, line, things, half, reach)
        found.append(Narrow(link, line, half, low, high, tuple(things)))
    return found


def _walls(site: Site, line: LineString, things: Sequence[Straight], half: float, reach: float) -> tuple[float, float]:
    """How far to each side the ground beside the things is open at the most: to the city's walls, or to `reach`."""
    begin = max(0.0, min(each.along[0] for each in things) - BESIDE)
    end = min(line.length, max(each.along[1] for each in things) + BESIDE)
    walls = shapely.union_all([each.outline for each in of_city(site, near=line, within=reach)])
    low = high = half
    for at in np.linspace(begin, end, max(2, int((end - begin) / SAMPLE) + 1)):
        middle = line.interpolate(float(at))
        ahead, behind = line.interpolate(min(float(at) + 0.1, line.length)), line.interpolate(max(float(at) - 0.1, 0.0))
        u = np.array([ahead.x - behind.x, ahead.y - behind.y])
        u /= max(float(np.hypot(*u)), 1e-9)
        left = _open(middle, np.array([-u[1], u[0]]), walls, reach)
        right = _open(middle, np.array([u[1], -u[0]]), walls, reach)
        low, high = max(low, right), max(high, left)
    return -low, high


def _open(middle: shapely.Point, side: np.ndarray, walls: BaseGeometry, reach: float) -> float:
    ray = LineString([(middle.x, middle.y), (middle.x + side[0] * reach, middle.y + side[1] * reach)])
    met = ray.intersection(walls)
    return reach if met.is_empty else float(middle.distance(met))


def caps_of(places: Sequence[Narrow], plain: Speeds, ratings: Sequence[Rating]) -> tuple[Caps | None, list[int]]:
    """Limits on the squared speed where barriers force a shift; a barrier counts where it holds the vehicle there.

    plain: attainable speeds without any of these barriers. ratings: of each thing that stands. What a vehicle can push
    aside at the speed it has there forces nothing. Also gives which of the things count.
    """
    rows: list[tuple[int, float, float, float]] = []
    counting: set[int] = set()
    vehicle, grip = plain.vehicle, plain.friction * plain.gravity
    for place in places:
        speeds = [_speed(plain, place, each) for each in place.things]
        things = [
            each
            for each, speed in zip(place.things, speeds, strict=True)
            if ratings[each.number].withstands(vehicle.mass, speed)
        ]
        counting |= {each.number for each in things}
        found = rows_of(things, place.low, place.high, vehicle.width)
        inner = place.low + vehicle.width / 2, place.high - vehicle.width / 2
        for held in held_at(found, *inner, vehicle.top_speed**2 / grip):
            limit = plain.turn_limit(held.radius)
            rows += [(place.link, held.begin, limit, np.inf), (place.link, held.end, np.inf, limit)]
    if not rows:
        return None, sorted(counting)
    table = np.array(rows, dtype=np.float64)
    return Caps(table[:, 0].astype(np.int64), table[:, 1], table[:, 2], table[:, 3]), sorted(counting)


def _speed(plain: Speeds, place: Narrow, thing: Straight) -> float:
    """The largest speed beside a thing, whichever way the street is driven."""
    begin, end = (min(max(at, 0.0), place.line.length) for at in thing.along)
    squared = plain.squared_at(
        np.array([2 * place.link, 2 * place.link + 1]), np.array([end, place.line.length - begin])
    )
    return float(np.sqrt(np.nan_to_num(squared).max()))
