"""Bends and turns: the largest radius a vehicle can drive through them when it uses the full width of the street.

The best line through a bend is the arc that touches the outer edge of the street before it, the outer edge behind it
and the inner corner between. With usable width w on both sides and deflection D its radius is w / (1 - cos(D/2)); with
d1 and d2, the distances of the inner corner from the two outer edges, it is
    r = ((d1 + d2)/2 + sqrt(d1·d2)·cos(D/2)) / sin²(D/2)
which gives R + (w/2)·(1 + cos(D/2))/(1 - cos(D/2)) for a round bend of centre radius R. The centre line's own radius
would understate the speed.
"""

from __future__ import annotations

import numpy as np

from venueplanner.engine.compiled import compiled

from .network import Flags, Floats, Ints


@compiled
def corner_radius(before: float, behind: float, cosine: float) -> float:
    """Radius of the best line round a corner, in metres.

    before, behind: distance of the inner corner from the outer edge of each street (its usable width: carriageway less
    vehicle). cosine: of the deflection. Infinite straight on.

    >>> round(corner_radius(5.0, 5.0, 0.0), 3)
    17.071
    """
    sine2 = (1.0 - cosine) / 2.0  # sin²(D/2)
    if sine2 < 1e-12:
        return np.inf
    half_cosine = np.sqrt(max(0.0, (1.0 + cosine) / 2.0))
    return float(((before + behind) / 2.0 + np.sqrt(before * behind) * half_cosine) / sine2)


@compiled
def simplified(xy: Floats, ptr: Ints, tolerance: float) -> Flags:
    """Which coordinates stay when wiggles smaller than the tolerance go (Douglas and Peucker), per link."""
    keep = np.zeros(len(xy), dtype=np.bool_)
    stack = np.empty((len(xy) + 2, 2), dtype=np.int64)
    for k in range(len(ptr) - 1):
        first, last = ptr[k], ptr[k + 1] - 1
        keep[first] = keep[last] = True
        stack[0, 0], stack[0, 1] = first, last
        size = 1
        while size > 0:
            size -= 1
            a, b = stack[size, 0], stack[size, 1]
            dx, dy = xy[b, 0] - xy[a, 0], xy[b, 1] - xy[a, 1]
            length2 = dx * dx + dy * dy
            worst, at = tolerance * tolerance, -1
            for i in range(a + 1, b):
                px, py = xy[i, 0] - xy[a, 0], xy[i, 1] - xy[a, 1]
                t = 0.0 if length2 == 0.0 else min(1.0, max(0.0, (px * dx + py * dy) / length2))
                away = (px - t * dx) ** 2 + (py - t * dy) ** 2
                if away > worst:
                    worst, at = away, i
            if at >= 0:
                keep[at] = True
                stack[size, 0], stack[size, 1] = a, at
                stack[size + 1, 0], stack[size + 1, 1] = at, b
                size += 2
    return keep


@compiled
def _directions(xy: Floats, first: int, n: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Unit vectors and lengths of a link's n - 1 segments, and the deflection at the start of each."""
    ux, uy, size = np.empty(n - 1), np.empty(n - 1), np.empty(n - 1)
    turn = np.zeros(n - 1)
    for i in range(n - 1):
        dx, dy = xy[first + i + 1, 0] - xy[first + i, 0], xy[first + i + 1, 1] - xy[first + i, 1]
        size[i] = max(np.hypot(dx, dy), 1e-9)
        ux[i], uy[i] = dx / size[i], dy / size[i]
        if i:
            turn[i] = np.arctan2(ux[i - 1] * uy[i] - uy[i - 1] * ux[i], ux[i - 1] * ux[i] + uy[i - 1] * uy[i])
    return ux, uy, size, turn


@compiled
def _within(
    xy: Floats, first: int, ux: Floats, uy: Floats, i: int, j: int, c: int, px: float, py: float, half: float
) -> bool:
    """Does a place lie within `half` metres of one of the segments i to j, those at vertex c left out?"""
    for s in range(i, j + 1):
        if s in (c - 1, c):
            continue
        dx, dy = px - xy[first + s, 0], py - xy[first + s, 1]
        size = np.hypot(xy[first + s + 1, 0] - xy[first + s, 0], xy[first + s + 1, 1] - xy[first + s, 1])
        t = min(size, max(0.0, dx * ux[s] + dy * uy[s]))
        if (dx - t * ux[s]) ** 2 + (dy - t * uy[s]) ** 2 < half * half:
            return True
    return False


@compiled
def _arc(
    xy: Floats,
    first: int,
    ux: Floats,
    uy: Floats,
    turn: Floats,
    i: int,
    j: int,
    side: float,
    w: float,
    cosine: float,
) -> float:
    """Radius of the best arc from segment i to segment j past the inner corners between them."""
    radius = np.inf
    for c in range(i + 1, j + 1):
        mx, my = -(uy[c - 1] + uy[c]) * side, (ux[c - 1] + ux[c]) * side
        norm = max(np.hypot(mx, my), 1e-9)
        reach = 0.5 * w / max(1e-3, np.cos(turn[c] / 2.0)) / norm
        px, py = xy[first + c, 0] + mx * reach, xy[first + c, 1] + my * reach
        if _within(xy, first, ux, uy, i, j, c, px, py, 0.5 * w - 1e-6):
            continue  # the street itself covers this corner: nothing stands there
        d1 = side * (ux[i] * (py - xy[first + i, 1]) - uy[i] * (px - xy[first + i, 0])) + 0.5 * w
        d2 = side * (ux[j] * (py - xy[first + j, 1]) - uy[j] * (px - xy[first + j, 0])) + 0.5 * w
        if d1 > 0.0 and d2 > 0.0:
            radius = min(radius, corner_radius(d1, d2, cosine))
    return radius


@compiled
def bend_radii(
    xy: Floats, ptr: Ints, usable: Floats, largest: float, least_angle: float, wiggle: float
) -> tuple[Floats, Floats]:
    """Radius of the tightest bend that ends at each vertex, driven as drawn and driven backwards; infinite without one.

    xy, ptr: the simplified links. usable: (K,) carriageway less vehicle. largest: radii above it cannot bind.
    least_angle: radians, smaller deflections are no bend. wiggle: radians the other way that do not end a bend.
    A jog whose middle piece is shorter than the usable width is driven straight and is no bend.
    """
    forth = np.full(len(xy), np.inf)
    back = np.full(len(xy), np.inf)
    for k in range(len(ptr) - 1):
        first, n = ptr[k], ptr[k + 1] - ptr[k]
        w = usable[k]
        if n < 3 or w <= 0.0:
            continue
        ux, uy, size, turn = _directions(xy, first, n)
        for i in range(n - 2):
            total, most, least = 0.0, 0.0, 0.0
            if i > 0 and size[i] < w and turn[i] * turn[i + 1] < 0.0:
                continue  # second half of a jog
            for j in range(i + 1, n - 1):
                total += turn[j]
                most, least = max(most, turn[j]), min(least, turn[j])
                if (most > wiggle and least < -wiggle) or abs(total) > np.pi + 0.5:
                    break  # bends both ways, or further than half round: the pieces are looked at by themselves
                side = 1.0 if total > 0.0 else -1.0
                if abs(total) < least_angle or max(-most * side, -least * side) > wiggle:
                    continue
                if j > i + 1 and (abs(total) >= np.pi or min(abs(turn[i + 1]), abs(turn[j])) < wiggle):
                    continue  # a bend begins and ends where the street turns, not at a vertex on its straight
                if j < n - 2 and size[j] < w and turn[j] * turn[j + 1] < 0.0:
                    continue  # first half of a jog
                if j == i + 1:
                    radius = corner_radius(w, w, np.cos(total))
                else:
                    radius = _arc(xy, first, ux, uy, turn, i, j, side, w, np.cos(total))
                if radius < largest:
                    forth[first + j] = min(forth[first + j], radius)
                    back[first + i + 1] = min(back[first + i + 1], radius)
    return forth, back
