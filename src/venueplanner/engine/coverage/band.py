"""The ground round a perimeter's line in which things count as closing it, and the middles that are to be protected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Disc = tuple[float, float, float]  # centre and radius
HAIR = 1e-6  # metres: a gap of exactly the limit is no gap
THINNER = 0.7  # where the area is too thin for a middle, the middle is looked for that much nearer the line
ROOM = 0.15  # a middle whose widest disc is smaller than this share of its depth is looked for nearer the line
THINNEST = 1.0  # metres: radius of the smallest disc of ground that is an arm and no slip of the hand
BESIDE = 0.25  # metres: from a place in an arm to the nearest thing that stands there
MOST = 24  # places looked at in all arms of one area


@dataclass(frozen=True, eq=False)
class Band:
    """Where things count as closing a perimeter's line.

    `ring`: the line, anticlockwise, `length` m. `area`: up to the reach outside it, and inside it up to the middle.
    `roomy`: the same with a hair of room, prepared. `centres` (k, 2): places every one of which must be enclosed: deep
    in each part of the middle, and in each arm too thin to have one. `room`: metres by which all of them are clear of
    what stands in the band.
    """

    ring: LineString
    length: float
    area: BaseGeometry
    roomy: BaseGeometry
    centres: Floats
    room: float

    def along(self, points: Any) -> Floats:
        """Metres along the line of points (n,)."""
        found: Floats = np.asarray(shapely.line_locate_point(self.ring, points), dtype=np.float64)
        return found

    def wrapped(self, difference: Floats) -> Floats:
        """A difference of two positions the short way round, in (−length/2, length/2]."""
        return wrapped(difference, self.length)


def wrapped(difference: Floats, turn: float) -> Floats:
    """A difference on a circle of circumference `turn`, the short way round: in (−turn/2, turn/2]."""
    half = turn / 2
    found: Floats = half - np.mod(half - difference, turn)
    return found


def band_of(perimeter: Polygon, reach: float, closers: Sequence[BaseGeometry]) -> Band:
    """The band of `reach` metres on both sides of the outer line of a valid polygon; what lies deeper is the middle.

    Where the whole area is too thin to have a middle, it lies nearer the line. Arms too thin to have one are enclosed
    too, so that a wall across the root of an arm does not pass for closing the arm.
    """
    ring = LineString(shapely.orient_polygons(perimeter).exterior.coords)
    middles, depth = _middles(perimeter, reach)
    core = shapely.union_all([part for part, _ in middles])
    area = perimeter.buffer(reach).difference(core)
    discs = [disc for _, disc in middles]
    roomy = area.buffer(min(HAIR, 0.01 * min(radius for _, _, radius in discs)))
    grown = core.buffer(depth * 1.02, join_style="mitre", mitre_limit=20.0)
    arms = perimeter.difference(grown).buffer(-THINNEST).buffer(THINNEST)
    discs += _places(arms, closers)
    shapely.prepare(area)
    shapely.prepare(roomy)
    centres = np.array([(x, y) for x, y, _ in discs])
    return Band(ring, ring.length, area, roomy, centres, min(radius for _, _, radius in discs))


def _middles(perimeter: Polygon, reach: float) -> tuple[list[tuple[BaseGeometry, Disc]], float]:
    """The parts of the middle, each with its widest disc, and how deep inside the line it lies."""
    depth = reach
    while depth > 1e-9:
        deep = shapely.get_parts(perimeter.buffer(-depth, quad_segs=16))
        found = [(part, disc) for part in deep if (disc := _widest_disc(part)) and disc[2] >= ROOM * depth]
        if found:
            return found, depth
        depth *= THINNER
    centre = perimeter.representative_point()
    radius = float(centre.distance(perimeter.exterior)) / 2
    return [(centre.buffer(radius), (centre.x, centre.y, radius))], radius


def _places(arms: BaseGeometry, closers: Sequence[BaseGeometry]) -> list[Disc]:
    """Free places in the arms, the widest first, until every free corner of them is near one."""
    if arms.is_empty:
        return []
    standing = [shapely.make_valid(each).intersection(arms) for each in closers if each.intersects(arms)]
    free = arms.difference(shapely.union_all(standing).buffer(BESIDE)) if standing else arms
    places: list[Disc] = []
    while len(places) < MOST:
        discs = [disc for part in shapely.get_parts(free) if (disc := _widest_disc(part)) and disc[2] >= THINNEST]
        if not discs:
            break
        x, y, radius = max(discs, key=lambda each: each[2])
        places.append((x, y, radius))
        free = free.difference(shapely.Point(x, y).buffer(2 * radius))
    return places


def _widest_disc(part: BaseGeometry) -> Disc | None:
    if not isinstance(part, Polygon) or part.area <= 0:
        return None
    spoke = shapely.maximum_inscribed_circle(part, tolerance=max(float(np.sqrt(part.area)) / 100, 1e-9))
    if spoke.is_empty:
        return None
    x, y = spoke.coords[0]
    return x, y, float(part.boundary.distance(shapely.Point(x, y)))
