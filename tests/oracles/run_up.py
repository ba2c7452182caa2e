"""How fast a vehicle can be, from the definitions alone: slow and obviously right.

Shares no code with the engine: streets are straight pieces between named places in dictionaries, the best line round a
corner is found by trying radii, and corridors are shapely rectangles.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

Place = tuple[float, float]
Way = tuple[Place, Place]


def largest_arc(corners: Sequence[Place], width: float, behind: float | None = None) -> float:
    """Radius of the largest arc that touches the outer edges of a bent street's first and last piece.

    corners: the street's centre line; it turns one way only. width, behind: usable width of all but the last piece, and
    of the last. Every inner corner between must lie inside the circle; nan where no circle holds them all.
    """
    last = width if behind is None else behind
    u, v = _unit(corners[0], corners[1]), _unit(corners[-2], corners[-1])
    side = 1.0 if u[0] * v[1] - u[1] * v[0] > 0 else -1.0
    into_u, into_v = (-u[1] * side, u[0] * side), (-v[1] * side, v[0] * side)
    inner = []
    for n in range(1, len(corners) - 1):
        a, b = _unit(corners[n - 1], corners[n]), _unit(corners[n], corners[n + 1])
        wa, wb = width / 2, (last if n == len(corners) - 2 else width) / 2
        na, nb = (-a[1] * side, a[0] * side), (-b[1] * side, b[0] * side)
        corner = _meeting(_shift(corners[n], na, wa), a, _shift(corners[n], nb, wb), b)
        others = [LineString(corners[k : k + 2]) for k in range(len(corners) - 1) if k not in (n - 1, n)]
        if all(line.distance(Point(corner)) >= width / 2 - 1e-6 for line in others):
            inner.append(corner)  # one that lies in the street itself is no corner
    outer_u, outer_v = _shift(corners[0], into_u, -width / 2), _shift(corners[-1], into_v, -last / 2)

    def sticks_out(radius: float) -> float:
        centre = _meeting(_shift(outer_u, into_u, radius), u, _shift(outer_v, into_v, radius), v)
        return max(math.dist(centre, corner) for corner in inner) - radius

    low, high = 0.0, 1e6  # the lowest point of a valley, by thirds
    for _ in range(150):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, right) if sticks_out(left) < sticks_out(right) else (left, high)
    if sticks_out(low) > 1e-7:
        return math.nan
    high = 1e6  # from there the last radius that holds, by halves
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if sticks_out(middle) <= 0.0 else (low, middle)
    return low


def _unit(a: Place, b: Place) -> Place:
    size = math.dist(a, b)
    return (b[0] - a[0]) / size, (b[1] - a[1]) / size


def _shift(p: Place, d: Place, by: float) -> Place:
    return p[0] + d[0] * by, p[1] + d[1] * by


def _meeting(p: Place, d: Place, q: Place, e: Place) -> Place:
    """Where the line through p along d meets the line through q along e."""
    cross = d[0] * e[1] - d[1] * e[0]
    t = ((q[0] - p[0]) * e[1] - (q[1] - p[1]) * e[0]) / cross
    return p[0] + t * d[0], p[1] + t * d[1]


def squared_speeds(
    streets: Iterable[tuple[Place, Place, float]],
    *,
    acceleration: float,
    top: float,
    grip: float,
    vehicle_width: float,
    tightest: float,
    closed: Iterable[Way] = (),
    start: dict[Way, float] | None = None,
    climbs: dict[Way, Sequence[tuple[float, float]]] | None = None,
    limits: dict[Way, Sequence[tuple[float, float]]] | None = None,
    gravity: float = 9.82,
) -> dict[Way, float]:
    """Largest squared speed at the end of each street, both ways: begin at nothing and repeat until nothing changes.

    streets: two places and a carriageway width. closed: ways (and with them their opposites) nobody drives. climbs: way
    → (share of its length, metres above its start), even between, the last at 1. limits: way → (share, squared speed).
    """
    hills, held = climbs or {}, limits or {}
    shut = {w for a, b in closed for w in ((a, b), (b, a))}
    width = {w: wide for a, b, wide in streets for w in ((a, b), (b, a)) if w not in shut and wide >= vehicle_width}
    begin = start or {}
    x = dict.fromkeys(width, 0.0)
    changed = True
    while changed:
        changed = False
        for a, b in width:
            entry = min(begin.get((a, b), 0.0), top)
            for p, q in width:
                if q == a and p != b:
                    radius = _corner(p, a, b, width[p, q] - vehicle_width, width[a, b] - vehicle_width)
                    limit = grip * radius if radius >= tightest else 0.0
                    entry = max(entry, min(x[p, q], limit))
            new = _drive(
                entry,
                math.dist(a, b),
                hills.get((a, b), [(1.0, 0.0)]),
                held.get((a, b), []),
                acceleration,
                top,
                gravity,
            )
            if new > x[a, b] + 1e-9:
                x[a, b] = new
                changed = True
    return x


def _drive(
    entry: float,
    length: float,
    climb: Sequence[tuple[float, float]],
    limits: Sequence[tuple[float, float]],
    acceleration: float,
    top: float,
    gravity: float,
) -> float:
    """The squared speed at the end of one street, driven in small steps from place to place."""
    marks = sorted({0.0, 1.0, *(s for s, _ in climb), *(s for s, _ in limits)})
    shares, heights = [0.0, *(s for s, _ in climb)], [0.0, *(h for _, h in climb)]

    def height(share: float) -> float:
        for n in range(len(shares) - 1):
            if shares[n] <= share <= shares[n + 1]:
                wide = shares[n + 1] - shares[n]
                return heights[n] + (heights[n + 1] - heights[n]) * (share - shares[n]) / wide if wide else heights[n]
        return heights[-1]

    x = min([entry, top, *(cap for share, cap in limits if share == 0.0)])
    for one, two in pairwise(marks):
        for n in range(4):
            p, q = one + (two - one) * n / 4, one + (two - one) * (n + 1) / 4
            x += 2 * (acceleration * length * (q - p) - gravity * (height(q) - height(p)))
            x = min(top, max(0.0, x))
        x = min([x, *(cap for share, cap in limits if share == two)])
    return x


def _corner(p: Place, a: Place, b: Place, before: float, behind: float) -> float:
    u, v = _unit(p, a), _unit(a, b)
    if abs(u[0] * v[1] - u[1] * v[0]) < 0.005:  # a third of a degree: no circle that the search below could find
        return math.inf if u[0] * v[0] + u[1] * v[1] > 0 else (before + behind) / 2
    return largest_arc((p, a, b), before, behind)


def worst_straight_runs(
    place: Place,
    outward: Place,
    perimeter: Polygon,
    obstacles: Sequence[BaseGeometry],
    points: Sequence[tuple[Place, Place, float, float]],
    *,
    acceleration: float,
    top: float,
    vehicle_width: float,
    grip: float,
    tightest: float,
    reach: float,
    rays: int,
    open_space: float,
    most_turn: float,
    height: Callable[[Place], float] = lambda _: 0.0,
    gravity: float = 9.82,
) -> tuple[float, float]:
    """Largest squared speed at a place of a perimeter, and across its line there, over all straight runs.

    points: place on a street, unit direction driven, squared speed, usable width there. Every run is one rectangle,
    and climbs from the height of its beginning to that of its end; where either is unknown (nan) it is level.
    """
    found = [(0.0, 0.0)]
    if any(o.contains(Point(place)) for o in obstacles if o.geom_type == "Polygon"):
        return 0.0, 0.0
    ring = perimeter.exterior

    def clear(to: Place) -> bool:
        run = LineString([place, to])
        corridor = run.buffer(vehicle_width / 2, cap_style="flat")
        return not run.intersects(ring) and not any(corridor.intersects(o) for o in obstacles)

    def gain(begin: Place) -> float:
        up = height(place) - height(begin)
        return 2 * (acceleration * math.dist(place, begin) - (0.0 if math.isnan(up) else gravity * up))

    for m in range(rays):
        angle = (m + 0.5) * math.pi / rays
        along = (-outward[1], outward[0])
        d = (math.cos(angle) * along[0] + math.sin(angle) * outward[0],
             math.cos(angle) * along[1] + math.sin(angle) * outward[1])  # fmt: skip
        low, high = 0.0, reach
        if clear(_shift(place, d, reach)):
            low = reach
        else:
            for _ in range(40):
                middle = (low + high) / 2
                low, high = (middle, high) if clear(_shift(place, d, middle)) else (low, middle)
        got = min(top, max(0.0, gain(_shift(place, d, low))))
        found.append((got, got * math.sin(angle) ** 2))
    for at, heading, squared, space in points:
        distance = math.dist(at, place)
        if not 1e-3 <= distance <= reach:
            continue
        d = _unit(at, place)
        sine = -(d[0] * outward[0] + d[1] * outward[1])
        turned = math.acos(max(-1.0, min(1.0, d[0] * heading[0] + d[1] * heading[1])))
        if sine <= 0 or math.degrees(turned) > most_turn or not clear(at):
            continue
        radius = math.inf
        if turned > 1e-5:
            s, c = math.sin(turned / 2), math.cos(turned / 2)
            corner = ((space + open_space) / 2 + math.sqrt(space * open_space) * c) / s**2
            radius = min(corner, distance * c / s + space / (2 * s**2))
        limit = grip * radius if radius >= tightest else 0.0
        got = min(top, max(0.0, min(squared, limit) + gain(at)))
        found.append((got, got * sine**2))
    return max(f[0] for f in found), max(f[1] for f in found)
