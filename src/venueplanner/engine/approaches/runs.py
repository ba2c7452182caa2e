"""The last metres: for every place of the perimeter the worst straight run over open ground."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from venueplanner.engine.compiled import compiled
from venueplanner.engine.relief import LEVEL, Relief, height_at, heights_at
from venueplanner.engine.streets.bends import corner_radius
from venueplanner.engine.streets.network import Flags, Floats, Ints

from .ground import TOUCH, Grid, Ground, free_run
from .places import StreetPoints

NOTHING, FROM_REST = -2, -1  # what `origin` says where no street point is the answer
ALONGSIDE = 1e-6  # sine of the angle to the line below which a run goes along the perimeter and never meets it


@dataclass(frozen=True, eq=False)
class Worst:
    """The worst arrival at each of n places by one measure. origin: street point, FROM_REST or NOTHING."""

    squared: Floats  # (n,) squared speed
    origin: Ints  # (n,)
    start: Floats  # (n, 2) where the straight run begins
    distance: Floats  # (n,)
    sine: Floats  # (n,) of the angle between run and perimeter line
    radius: Floats  # (n,) of the turn that clipped the speed on to the run; infinite if none did
    gain: Floats  # (n,) what the squared speed grows by over the whole run, slope included


class Drive(NamedTuple):
    """What a straight run depends on besides places: the vehicle, the grip, how far and how finely it is looked at."""

    acceleration: float  # m/s²
    top: float  # squared top speed
    half: float  # half the vehicle's width
    grip: float  # friction times gravity
    tightest: float  # smallest radius the vehicle drives
    reach: float  # longest run, m
    rays: int  # directions looked at from each place for runs from rest
    open_space: float  # usable width a turn on to open ground has, m
    sharpest: float  # cosine of the largest heading change driven in one go
    gravity: float  # m/s², times the rise between a run's ends


def worst_runs(
    ground: Ground, places: Floats, outward: Floats, points: StreetPoints, drive: Drive, relief: Relief = LEVEL
) -> tuple[Worst, Worst]:
    """The fastest arrival at each place, and the one that hits the line hardest (largest speed across it).

    places, outward: (n, 2) places just outside the perimeter and the unit vector away from it. points: where streets
    are driven, with the speed there. relief: heights; a run climbs from the height of its beginning to that of its end,
    and is level where either is unknown.
    """
    order = np.argsort(-points.squared, kind="stable")  # fast points first: most of the others then need no look
    fast, hard = _search(
        places,
        outward,
        ~ground.inside(places),
        points.xy[order],
        points.heading[order],
        points.squared[order],
        points.space[order],
        drive,
        ground.grid,
        relief,
        heights_at(places, relief),
        heights_at(points.xy[order], relief),
        float(np.nanmax(relief.z)) if np.isfinite(relief.z).any() else 0.0,
    )

    def worst(table: Floats) -> Worst:
        origin = table[:, 1].astype(np.int64)
        street = origin >= 0
        origin[street] = order[origin[street]]
        return Worst(table[:, 0], origin, table[:, 2:4], table[:, 4], table[:, 5], table[:, 6], table[:, 7])

    return worst(fast), worst(hard)


@compiled
def open_turn(space: float, open_space: float, cosine: float, distance: float) -> float:
    """Radius of the best arc from a street on to a straight run over open ground, in metres.

    It is bounded by the corner (usable width before and behind, `corner_radius`) and by the run: the arc touches the
    street's outer edge and has to end on the run before the perimeter, r <= distance / tan(D/2) + space /
    (2·sin²(D/2)).
    """
    sine2 = (1.0 - min(1.0, cosine)) / 2.0
    if sine2 < 1e-12:
        return np.inf
    fits = distance * np.sqrt((1.0 - sine2) / sine2) + space / (2.0 * sine2)
    return float(min(corner_radius(space, open_space, cosine), fits))


@compiled
def _search(
    places: Floats,
    outward: Floats,
    free: Flags,
    points: Floats,
    heading: Floats,
    squared: Floats,
    space: Floats,
    drive: Drive,
    grid: Grid,
    relief: Relief,
    height: Floats,
    point_height: Floats,
    highest: float,
) -> tuple[Floats, Floats]:
    """Tables (n, 8) of the fastest and the hardest: squared speed, origin, start x, y, distance, sine, radius, gain."""
    n = len(places)
    fast, hard = np.zeros((n, 8)), np.zeros((n, 8))
    for p in range(n):
        fast[p, 1] = hard[p, 1] = NOTHING
        fast[p, 6] = hard[p, 6] = np.inf
        if free[p]:
            x, y, ox, oy = places[p, 0], places[p, 1], outward[p, 0], outward[p, 1]
            _runs_from_rest(x, y, ox, oy, drive, grid, relief, height[p], highest, fast[p], hard[p])
            drop = point_height - height[p]
            _runs_from_streets(x, y, ox, oy, points, heading, squared, space, drop, drive, grid, fast[p], hard[p])
    return fast, hard


@compiled
def _gain(drive: Drive, distance: float, drop: float) -> float:
    """What the squared speed grows by over a run that falls by `drop` metres (nan: level)."""
    fall = 0.0 if np.isnan(drop) else drop
    return float(2.0 * (drive.acceleration * distance + drive.gravity * fall))


@compiled
def _runs_from_rest(
    x: float,
    y: float,
    ox: float,
    oy: float,
    drive: Drive,
    grid: Grid,
    relief: Relief,
    height: float,
    highest: float,
    fast: Floats,
    hard: Floats,
) -> None:
    bound = min(drive.top, _gain(drive, drive.reach, max(0.0, highest - height)))
    for m in range(drive.rays):
        angle = (m + 0.5) * np.pi / drive.rays
        sine, cosine = np.sin(angle), np.cos(angle)
        if not _worse(bound, sine, fast, hard):
            continue
        dx, dy = cosine * -oy + sine * ox, cosine * ox + sine * oy
        run = free_run(x, y, dx, dy, drive.reach, drive.half, grid)
        gain = _gain(drive, run, height_at(x + dx * run, y + dy * run, relief) - height)
        got = min(drive.top, max(0.0, gain))
        _note(fast, hard, got, FROM_REST, x + dx * run, y + dy * run, run, sine, np.inf, gain)


@compiled
def _runs_from_streets(
    x: float,
    y: float,
    ox: float,
    oy: float,
    points: Floats,
    heading: Floats,
    squared: Floats,
    space: Floats,
    drop: Floats,
    drive: Drive,
    grid: Grid,
    fast: Floats,
    hard: Floats,
) -> None:
    for k in range(len(points)):
        rx, ry = x - points[k, 0], y - points[k, 1]
        distance2 = rx * rx + ry * ry
        if distance2 > drive.reach * drive.reach or distance2 < 1e-6:
            continue
        distance = np.sqrt(distance2)
        rx, ry = rx / distance, ry / distance
        sine = -(rx * ox + ry * oy)
        gain = _gain(drive, distance, drop[k])
        if sine <= ALONGSIDE or not _worse(min(drive.top, squared[k] + gain), sine, fast, hard):
            continue
        cosine = rx * heading[k, 0] + ry * heading[k, 1]
        if cosine < drive.sharpest:
            continue  # manoeuvring: nothing is left of the speed, and runs from rest are looked at by themselves
        radius = open_turn(space[k], drive.open_space, cosine, distance)
        limit = drive.grip * radius if radius >= drive.tightest else 0.0
        got = min(drive.top, max(0.0, min(squared[k], limit) + gain))
        if not _worse(got, sine, fast, hard):
            continue
        if free_run(x, y, -rx, -ry, distance, drive.half, grid) >= distance - TOUCH:
            clip = radius if limit < squared[k] else np.inf
            _note(fast, hard, got, k, points[k, 0], points[k, 1], distance, sine, clip, gain)


@compiled
def _worse(got: float, sine: float, fast: Floats, hard: Floats) -> bool:
    """Would an arrival beat one of the two found so far? Of two equally fast ones the steeper is worse."""
    faster = got > fast[0] or (got == fast[0] and sine > fast[5] + 1e-9)
    return bool(faster or got * sine * sine > hard[0] * hard[5] * hard[5])


@compiled
def _note(
    fast: Floats,
    hard: Floats,
    got: float,
    origin: int,
    x: float,
    y: float,
    distance: float,
    sine: float,
    radius: float,
    gain: float,
) -> None:
    if got > fast[0] or (got == fast[0] and sine > fast[5] + 1e-9):
        fast[0], fast[1], fast[2], fast[3] = got, origin, x, y
        fast[4], fast[5], fast[6], fast[7] = distance, sine, radius, gain
    if got * sine * sine > hard[0] * hard[5] * hard[5]:
        hard[0], hard[1], hard[2], hard[3] = got, origin, x, y
        hard[4], hard[5], hard[6], hard[7] = distance, sine, radius, gain
