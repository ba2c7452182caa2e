"""Whether a long vehicle gets through: a search over places and headings, every step of it driven at full lock or less.

The vehicle is the largest that turns within the given circles (Directive 96/53/EC: 12.50 m outside, 5.30 m inside): its
rear axle drives circles of at least inside + width/2, its front corner reaches the outside. The body from the rear axle
to the front is laid over the obstacles at every step; what hangs out behind the axle is not looked at.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from venueplanner.engine.compiled import compiled

Floats = NDArray[np.float64]
AHEAD = 0.25  # metres along the street from step to step
CELL = 0.1  # metres across: of two ways that come closer than this one is followed
LOCKS = 2  # half lock and full lock to each side
STEEPEST = 0.9  # sine of the largest heading looked at


@dataclass(frozen=True)
class LongVehicle:
    """A vehicle by its turning circle: radii m of the outside and the inside of the ring it sweeps, its width m."""

    outside: float
    inside: float
    width: float

    @property
    def tightest(self) -> float:
        """Smallest radius of its rear axle's middle."""
        return self.inside + self.width / 2

    @property
    def front(self) -> float:
        """From the rear axle to the front corner, along the vehicle."""
        return math.sqrt(max(0.0, self.outside**2 - (self.inside + self.width) ** 2))


def way_through(obstacles: Sequence[BaseGeometry], low: float, high: float, vehicle: LongVehicle) -> Floats | None:
    """A way of a long vehicle past obstacles between two edges across the street: (n, 3) along, across, heading (rad).

    obstacles, low, high: in a straightened street's coordinates. The place is that of the middle of the rear axle. None
    where no way is found, to about a decimetre.
    """
    edges = _edges(obstacles)
    if not len(edges):
        return np.array([[0.0, (low + high) / 2, 0.0]]) if high - low >= vehicle.width else None
    before = vehicle.front + 2 * vehicle.tightest
    begin, end = float(edges[:, [0, 2]].min()) - before, float(edges[:, [0, 2]].max()) + vehicle.front
    steps = math.ceil((end - begin) / AHEAD)
    way = _search(begin, steps, low, high, vehicle.tightest, vehicle.front, vehicle.width / 2, edges)
    return way if len(way) else None


def _edges(shapes: Sequence[BaseGeometry]) -> Floats:
    found = [np.zeros((0, 4))]
    for shape in shapes:
        for part in shapely.get_parts(shapely.segmentize(shape.boundary if shape.area else shape, 1e9)):
            xy = shapely.get_coordinates(part)
            if len(xy) == 1:
                xy = np.repeat(xy, 2, axis=0)
            found.append(np.concatenate([xy[:-1], xy[1:]], axis=1))
    return np.concatenate(found)


@compiled
def _free(x: float, y: float, sine: float, low: float, high: float, front: float, half: float, edges: Floats) -> bool:
    """Whether the body, its rear axle at (x, y), stays between the edges of the street and off every obstacle."""
    cosine = np.sqrt(1.0 - sine * sine)
    tip = y + front * sine
    if min(y, tip) - half * cosine < low - 1e-9 or max(y, tip) + half * cosine > high + 1e-9:
        return False
    for n in range(len(edges)):
        ax, ay, bx, by = edges[n, 0] - x, edges[n, 1] - y, edges[n, 2] - x, edges[n, 3] - y
        p, q = ax * cosine + ay * sine, ay * cosine - ax * sine
        dp, dq = bx * cosine + by * sine - p, by * cosine - bx * sine - q
        enter, leave = 0.0, 1.0
        for side in range(4):
            if side == 0:
                d, room = -dp, p
            elif side == 1:
                d, room = dp, front - p
            elif side == 2:
                d, room = -dq, q + half
            else:
                d, room = dq, half - q
            if d == 0.0:
                if room <= 0.0:
                    leave = -1.0
            elif d < 0.0:
                enter = max(enter, room / d)
            else:
                leave = min(leave, room / d)
        if enter < leave:
            return False
    return True


@compiled
def _search(
    begin: float, steps: int, low: float, high: float, tightest: float, front: float, half: float, edges: Floats
) -> Floats:
    """Layer by layer along the street: per heading and cell across one place that was really reached."""
    unit = AHEAD / tightest / LOCKS  # the sine of the heading changes by this much a step at the gentlest lock
    most = int(STEEPEST / unit)
    headings, cells = 2 * most + 1, int((high - low) / CELL) + 1
    place = np.full((steps + 1, headings, cells), np.nan)
    came = np.full((steps + 1, headings, cells), -1, dtype=np.int64)
    for c in range(cells):
        y = low + c * CELL
        if _free(begin, y, 0.0, low, high, front, half, edges):
            place[0, most, c] = y
    for s in range(steps):
        x = begin + (s + 1) * AHEAD
        for h in range(headings):
            for lock in range(-LOCKS, LOCKS + 1):
                to = h + lock
                if 0 <= to < headings:
                    turned = (to - most) * unit
                    moved = _moved((h - most) * unit, turned, tightest, lock)
                    for c in range(cells):
                        across = place[s, h, c] + moved  # nan where nothing was reached
                        cell = -1 if np.isnan(across) else int((across - low) / CELL)
                        if 0 <= cell < cells and np.isnan(place[s + 1, to, cell]):
                            if _free(x, across, turned, low, high, front, half, edges):
                                place[s + 1, to, cell] = across
                                came[s + 1, to, cell] = h * cells + c
    return _traced(place, came, begin, unit, most)


@compiled
def _moved(sine: float, turned: float, tightest: float, lock: int) -> float:
    """How far across one step goes, its heading turning from one sine to another on a circle."""
    cosine = np.sqrt(1.0 - sine * sine)
    if lock == 0:
        return float(AHEAD * sine / cosine)
    return float((cosine - np.sqrt(1.0 - turned * turned)) * tightest * LOCKS / lock)


@compiled
def _traced(place: Floats, came: NDArray[np.int64], begin: float, unit: float, most: int) -> Floats:
    """The way to any place reached at the end; empty without one."""
    steps, headings, cells = place.shape[0] - 1, place.shape[1], place.shape[2]
    for h in range(headings):
        for c in range(cells):
            if not np.isnan(place[steps, h, c]):
                way = np.empty((steps + 1, 3))
                at_h, at_c = h, c
                for s in range(steps, -1, -1):
                    way[s, 0], way[s, 1] = begin + s * AHEAD, place[s, at_h, at_c]
                    way[s, 2] = np.arcsin((at_h - most) * unit)
                    back = came[s, at_h, at_c]
                    if back >= 0:
                        at_h, at_c = back // cells, back % cells
                return way
    return np.empty((0, 3))
