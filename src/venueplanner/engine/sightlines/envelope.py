"""The nearest edge in every direction from one eye: the lower envelope of segments in polar coordinates.

Each edge covers an interval of angles; two envelopes are merged by walking both and keeping the nearer edge, cut where
the two cross. Merging pairs, then pairs of pairs, takes n log n steps and needs no order of the edges, so edges that
cross, touch, repeat or overlap (as in real building layers) do no harm, unlike in the classic angular sweep.
Source: Hershberger, Finding the upper envelope of n line segments in O(n log n) time, IPL 33 (1989).
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from venueplanner.engine.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# Metres: an edge whose line passes the eye nearer than this is seen end on, or the eye stands on it: it hides nothing.
HAIR = 1e-7
SLIT = 1e-9  # radians: an opening narrower than this between two edges is none


@compiled
def gathered(edges: Floats, start: Ints, chosen: Ints, x: float, y: float, reach: float) -> Floats:
    """The edges of the chosen shapes relative to the eye, cut to the disc of `reach` m and turned anticlockwise.

    Returns (n, 6): x0, y0, x1, y1, nearest and farthest distance; those end on to the eye are left out.
    """
    count = 0
    for shape in chosen:
        count += start[shape + 1] - start[shape]
    made = np.empty((count, 6))
    n = 0
    for shape in chosen:
        for e in range(start[shape], start[shape + 1]):
            ax, ay = edges[e, 0] - x, edges[e, 1] - y
            bx, by = edges[e, 2] - x, edges[e, 3] - y
            dx, dy = bx - ax, by - ay
            length2 = dx * dx + dy * dy
            across = ax * dy - ay * dx
            if across * across <= HAIR * HAIR * length2:
                continue
            foot = -(ax * dx + ay * dy) / length2
            half2 = (reach * reach - across * across / length2) / length2
            if half2 <= 0.0:
                continue
            half = math.sqrt(half2)
            low, high = max(0.0, foot - half), min(1.0, foot + half)
            if low >= high:
                continue
            px, py = (ax, ay) if low == 0.0 else (ax + low * dx, ay + low * dy)
            qx, qy = (bx, by) if high == 1.0 else (ax + high * dx, ay + high * dy)
            if across < 0.0:
                px, py, qx, qy = qx, qy, px, py
            near = min(max(foot, low), high)
            made[n, 0], made[n, 1], made[n, 2], made[n, 3] = px, py, qx, qy
            made[n, 4] = math.hypot(ax + near * dx, ay + near * dy)
            made[n, 5] = max(math.hypot(px, py), math.hypot(qx, qy))
            n += 1
    return made[:n]


@compiled
def distance(edge: Floats, c: float, s: float) -> float:
    """How far along the direction (c, s) an edge of `gathered` is met, kept between its nearest and farthest place."""
    dx, dy = edge[2] - edge[0], edge[3] - edge[1]
    below = c * dy - s * dx
    if below == 0.0:
        return float(edge[4])
    far = (edge[0] * dy - edge[1] * dx) / below
    if far < 0.0:
        far = -far
    return float(min(max(far, edge[4]), edge[5]))


@compiled
def _put(to: Floats, whose: Ints, n: int, first: int, k: int, a: float, ac: float, as_: float,
         b: float, bc: float, bs: float) -> int:  # fmt: skip
    if b <= a:
        return n
    if n > first and whose[n - 1] == k and to[n - 1, 3] >= a:
        to[n - 1, 3], to[n - 1, 4], to[n - 1, 5] = b, bc, bs
        return n
    to[n, 0], to[n, 1], to[n, 2], to[n, 3], to[n, 4], to[n, 5] = a, ac, as_, b, bc, bs
    whose[n] = k
    return n + 1


@compiled
def _both(cut: Floats, k: int, m: int, a: float, ac: float, as_: float, b: float, bc: float, bs: float,
          to: Floats, whose: Ints, n: int, first: int) -> int:  # fmt: skip
    """Between the angles a and b both edges lie: keep the nearer one, cut where they cross."""
    before = distance(cut[k], ac, as_) - distance(cut[m], ac, as_)
    after = distance(cut[k], bc, bs) - distance(cut[m], bc, bs)
    tiny = 1e-9
    if before <= tiny and after <= tiny:
        return _put(to, whose, n, first, k, a, ac, as_, b, bc, bs)
    if before >= -tiny and after >= -tiny:
        return _put(to, whose, n, first, m, a, ac, as_, b, bc, bs)
    kx, ky = cut[k, 2] - cut[k, 0], cut[k, 3] - cut[k, 1]
    mx, my = cut[m, 2] - cut[m, 0], cut[m, 3] - cut[m, 1]
    turn = kx * my - ky * mx
    one, other = (k, m) if before < 0.0 else (m, k)
    if turn != 0.0:
        along = ((cut[m, 0] - cut[k, 0]) * my - (cut[m, 1] - cut[k, 1]) * mx) / turn
        px, py = cut[k, 0] + along * kx, cut[k, 1] + along * ky
        far = math.hypot(px, py)
        angle = math.atan2(py, px)
        if far > 0.0 and a < angle < b:
            c, s = px / far, py / far
            n = _put(to, whose, n, first, one, a, ac, as_, angle, c, s)
            return _put(to, whose, n, first, other, angle, c, s, b, bc, bs)
    nearer = k if before + after <= 0.0 else m
    return _put(to, whose, n, first, nearer, a, ac, as_, b, bc, bs)


@compiled
def _merged(  # noqa: C901 - the cases of a walk along two lists
    cut: Floats, p: Floats, w: Ints, i: int, i_end: int, j: int, j_end: int, to: Floats, whose: Ints, n: int
) -> int:
    """Walk two envelopes at once, p[i:i_end] and p[j:j_end], and write the nearer edges from to[n] on."""
    first = n
    t, tc, ts = -10.0, 0.0, 0.0  # below every angle
    while i < i_end and j < j_end:
        la, lac, las = p[i, 0], p[i, 1], p[i, 2]
        if la < t:
            la, lac, las = t, tc, ts
        lb, lbc, lbs = p[j, 0], p[j, 1], p[j, 2]
        if lb < t:
            lb, lbc, lbs = t, tc, ts
        if la >= p[i, 3]:
            i += 1
        elif lb >= p[j, 3]:
            j += 1
        elif p[i, 3] <= lb:
            n = _put(to, whose, n, first, w[i], la, lac, las, p[i, 3], p[i, 4], p[i, 5])
            t, tc, ts = p[i, 3], p[i, 4], p[i, 5]
            i += 1
        elif p[j, 3] <= la:
            n = _put(to, whose, n, first, w[j], lb, lbc, lbs, p[j, 3], p[j, 4], p[j, 5])
            t, tc, ts = p[j, 3], p[j, 4], p[j, 5]
            j += 1
        elif la < lb:
            n = _put(to, whose, n, first, w[i], la, lac, las, lb, lbc, lbs)
            t, tc, ts = lb, lbc, lbs
        elif lb < la:
            n = _put(to, whose, n, first, w[j], lb, lbc, lbs, la, lac, las)
            t, tc, ts = la, lac, las
        else:
            end = i if p[i, 3] <= p[j, 3] else j
            n = _both(cut, w[i], w[j], la, lac, las, p[end, 3], p[end, 4], p[end, 5], to, whose, n, first)
            t, tc, ts = p[end, 3], p[end, 4], p[end, 5]
    while i < i_end or j < j_end:
        at = i if i < i_end else j
        if p[at, 0] >= t:
            n = _put(to, whose, n, first, w[at], p[at, 0], p[at, 1], p[at, 2], p[at, 3], p[at, 4], p[at, 5])
        else:
            n = _put(to, whose, n, first, w[at], t, tc, ts, p[at, 3], p[at, 4], p[at, 5])
        if i < i_end:
            i += 1
        else:
            j += 1
    return n


@compiled
def envelope(cut: Floats) -> tuple[Floats, Ints]:
    """The nearest edge in every direction that has one.

    cut: (n, 6) edges of `gathered`. Returns (m, 6) intervals as angle, cos, sin of begin and of end, in ascending order
    within -pi..pi and apart from each other, and (m,) the edge of each.
    """
    p = np.empty((2 * len(cut), 6))
    w = np.empty(2 * len(cut), dtype=np.int64)
    runs = np.empty(2 * len(cut) + 1, dtype=np.int64)
    n = 0
    for k in range(len(cut)):
        a, b = math.atan2(cut[k, 1], cut[k, 0]), math.atan2(cut[k, 3], cut[k, 2])
        ra, rb = math.hypot(cut[k, 0], cut[k, 1]), math.hypot(cut[k, 2], cut[k, 3])
        ac, as_, bc, bs = cut[k, 0] / ra, cut[k, 1] / ra, cut[k, 2] / rb, cut[k, 3] / rb
        if b < a:  # it lies across the seam behind the eye
            runs[n] = n
            n = _put(p, w, n, n, k, a, ac, as_, math.pi, -1.0, 0.0)
            a, ac, as_ = -math.pi, -1.0, 0.0
        runs[n] = n
        n = _put(p, w, n, n, k, a, ac, as_, b, bc, bs)
    runs[n] = n
    count = n
    while count > 1:
        to = np.empty((4 * runs[count] + 4, 6))
        whose = np.empty(4 * runs[count] + 4, dtype=np.int64)
        n = 0
        made = 0
        for r in range(0, count, 2):
            begin = n
            middle = runs[r + 1]
            end = runs[min(r + 2, count)]
            n = _merged(cut, p, w, runs[r], middle, middle, end, to, whose, n)
            runs[made] = begin
            made += 1
        runs[made] = n
        count = made
        p, w = to[:n].copy(), whose[:n].copy()
    return p[: runs[count]], w[: runs[count]]
