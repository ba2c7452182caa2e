"""Places on the perimeter, places on the streets, and where streets cross the perimeter from outside."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon

from venueplanner.engine.streets.network import Floats, Ints, StreetNetwork

from .speeds import Speeds

JUST_OUTSIDE = 0.05  # metres before the line at which a run ends, so that the line itself is not in its way
ROUNDED = 1e-6  # metres: a line of a whole number of spacings is cut into as many, wherever on the grid it lies
JUST_BEFORE = 0.05  # metres before a crossing at which the street must be outside


@dataclass(frozen=True, eq=False)
class Places:
    """Pieces of the perimeter no longer than the spacing. n pieces."""

    xy: Floats  # (n, 2) middle
    start: Floats  # (n, 2)
    end: Floats  # (n, 2)
    outward: Floats  # (n, 2) unit vector
    begin: Floats  # (n,) distance of the start from the perimeter's first vertex
    size: Floats  # (n,)

    @property
    def just_outside(self) -> Floats:
        """The middles, moved a hand's width out."""
        return np.asarray(self.xy + JUST_OUTSIDE * self.outward)


def perimeter_places(perimeter: Polygon, spacing: float) -> Places:
    """Cut the outer line of a perimeter into pieces no longer than the spacing.

    >>> from shapely.geometry import box
    >>> len(perimeter_places(box(0, 0, 10, 5), 2.0).xy)
    16
    """
    ring = np.asarray(shapely.geometry.polygon.orient(perimeter, 1.0).exterior.coords)[:, :2]
    a, d = ring[:-1], np.diff(ring, axis=0)
    length = np.hypot(*d.T)
    real = length > 0
    a, d, length = a[real], d[real], length[real]
    count = np.maximum(1, np.ceil((length - ROUNDED) / spacing)).astype(np.int64)
    side = np.repeat(np.arange(len(a)), count)
    step = np.arange(len(side)) - np.repeat(np.cumsum(count) - count, count)
    u = d / length[:, None]
    size = (length / count)[side]
    start = a[side] + u[side] * (step * size)[:, None]
    end = start + u[side] * size[:, None]
    begin = (np.cumsum(length) - length)[side] + step * size
    outward = np.stack([u[:, 1], -u[:, 0]], axis=1)[side]  # the ring runs anticlockwise: outside is on the right
    return Places((start + end) / 2, start, end, outward, begin, size)


@dataclass(frozen=True, eq=False)
class StreetPoints:
    """Places on the streets with a direction driven there. q points."""

    xy: Floats  # (q, 2)
    heading: Floats  # (q, 2) unit vector
    edge: Ints
    along: Floats  # from the edge's own start
    squared: Floats
    space: Floats  # usable width


def street_points(
    network: StreetNetwork,
    speeds: Speeds,
    perimeter: Polygon,
    box: tuple[float, float, float, float],
    spacing: float,
    lowest_level: int,
) -> StreetPoints:
    """Points every `spacing` metres on the streets within a box and outside the perimeter, both ways."""
    b = network.bounds()
    near = (b[:, 0] <= box[2]) & (b[:, 2] >= box[0]) & (b[:, 1] <= box[3]) & (b[:, 3] >= box[1])
    link = np.flatnonzero(near & (network.level >= lowest_level))
    count = np.maximum(1, np.ceil((network.length[link] - ROUNDED) / spacing)).astype(np.int64) + 1
    owner = np.repeat(link, count)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(count) - count, count)
    along = network.length[owner] * step / np.repeat(count - 1, count)
    edge = np.concatenate([2 * owner, 2 * owner + 1])
    along = np.concatenate([along, along])
    xy, heading = positions(network, edge, along)
    squared = speeds.squared_at(edge, along)
    inside = (xy[:, 0] >= box[0]) & (xy[:, 0] <= box[2]) & (xy[:, 1] >= box[1]) & (xy[:, 1] <= box[3])
    keep = inside & ~np.isnan(squared)
    keep[keep] = ~shapely.contains_xy(perimeter, xy[keep, 0], xy[keep, 1])
    space = (network.width - speeds.vehicle.width)[edge // 2]
    return StreetPoints(xy[keep], heading[keep], edge[keep], along[keep], squared[keep], space[keep])


def positions(network: StreetNetwork, edge: Ints, along: Floats) -> tuple[Floats, Floats]:
    """Where distances along directed edges lie, (q, 2), and the unit direction in which the vehicle arrives there."""
    link, backwards = edge // 2, edge % 2 == 1
    drawn = np.where(backwards, network.length[link] - along, along)
    base = np.concatenate([[0.0], np.cumsum(network.length + 1.0)])[:-1]  # one rising axis for all links
    axis = network.xy_along + np.repeat(base, np.diff(network.xy_ptr))
    at = base[link] + drawn
    forth = np.searchsorted(axis, at - 1e-9, side="left")
    back = np.searchsorted(axis, at + 1e-9, side="left")
    last = np.clip(np.where(backwards, back, forth), network.xy_ptr[link] + 1, network.xy_ptr[link + 1] - 1)
    p, q = network.xy[last - 1], network.xy[last]
    d = q - p
    size = np.maximum(np.hypot(*d.T), 1e-12)
    share = np.clip((at - axis[last - 1]) / size, 0.0, 1.0)
    unit = d / size[:, None]
    unit[backwards] *= -1.0
    return p + share[:, None] * d, unit


@dataclass(frozen=True)
class Crossing:
    """A street that runs into the perimeter from outside."""

    x: float
    y: float
    edge: int
    along: float
    squared: float
    sine: float  # of the angle between street and perimeter line
    place: int  # the piece of perimeter it meets
    reach: float  # metres of perimeter to either side that its carriageway covers


def crossings(
    perimeter: Polygon, places: Places, network: StreetNetwork, speeds: Speeds, lowest_level: int
) -> list[Crossing]:
    """Where streets reach the perimeter from outside, with the speed they allow there."""
    x0, y0, x1, y1 = perimeter.bounds
    b = network.bounds()
    near = (b[:, 0] <= x1) & (b[:, 2] >= x0) & (b[:, 1] <= y1) & (b[:, 3] >= y0)
    link = np.flatnonzero(near & (network.level >= lowest_level))
    if not link.size:
        return []
    ring = shapely.geometry.polygon.orient(perimeter, 1.0).exterior
    lines = network.shapes(link)
    hit = shapely.intersects(lines, ring)
    edges: list[int] = []
    marks: list[float] = []
    for k, line in zip(link[hit].tolist(), lines[hit], strict=True):
        length = float(network.length[k])
        xy = shapely.get_coordinates(shapely.intersection(line, ring))
        for s in sorted({float(m) for m in shapely.line_locate_point(line, shapely.points(xy))}):
            edges += [2 * k, 2 * k + 1]
            marks += [s, length - s]
    edge, along = np.asarray(edges, dtype=np.int64), np.asarray(marks, dtype=np.float64)
    ahead = along > JUST_BEFORE
    edge, along = edge[ahead], along[ahead]
    squared = speeds.squared_at(edge, along)
    before, _ = positions(network, edge, along - JUST_BEFORE)
    xy, heading = positions(network, edge, along)
    good = ~np.isnan(squared) & ~shapely.intersects_xy(perimeter, before[:, 0], before[:, 1])
    at = shapely.line_locate_point(ring, shapely.points(xy))
    place = np.clip(np.searchsorted(places.begin, at, side="right") - 1, 0, len(places.xy) - 1)
    sine = np.clip(-np.einsum("ij,ij->i", heading, places.outward[place]), 0.0, 1.0)
    found = []
    for n in np.flatnonzero(good).tolist():
        half = float(network.width[edge[n] // 2]) / 2
        found.append(
            Crossing(
                float(xy[n, 0]),
                float(xy[n, 1]),
                int(edge[n]),
                float(along[n]),
                float(squared[n]),
                float(sine[n]),
                int(place[n]),
                half / max(float(sine[n]), 0.25),
            )
        )
    return found
