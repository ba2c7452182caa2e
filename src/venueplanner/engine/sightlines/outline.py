"""From the nearest edges to the outline of what is seen: cut to a window of angles and to a range.

Arcs are drawn inscribed, never farther than ARC metres inside the true circle, so that an area never claims more than
the range.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from venueplanner.engine.compiled import compiled

from .envelope import SLIT, distance

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
ARC = 0.02  # metres between an arc and its chords
SAME = 1e-8  # metres: two vertices nearer than this are one


@compiled
def _arc(xy: Floats, n: int, reach: float, step: float, a: float, b: float) -> int:
    pieces = max(1, math.ceil((b - a) / step - 1e-12))
    for i in range(pieces + 1):
        angle = a + (b - a) * i / pieces
        xy[n, 0], xy[n, 1] = reach * math.cos(angle), reach * math.sin(angle)
        n += 1
    return n


@compiled
def _side(xy: Floats, n: int, edge: Floats, reach: float, step: float, a: float, ac: float, as_: float,
          b: float, bc: float, bs: float) -> int:  # fmt: skip
    """One visible edge between two directions; what of it lies beyond the range becomes an arc."""
    ra, rb = distance(edge, ac, as_), distance(edge, bc, bs)
    px, py, qx, qy = ra * ac, ra * as_, rb * bc, rb * bs
    if ra <= reach and rb <= reach:
        xy[n, 0], xy[n, 1], xy[n + 1, 0], xy[n + 1, 1] = px, py, qx, qy
        return n + 2
    dx, dy = qx - px, qy - py
    length2 = dx * dx + dy * dy
    across = px * dy - py * dx
    half2 = (reach * reach * length2 - across * across) if length2 > 0.0 else -1.0
    if half2 <= 0.0:
        return _arc(xy, n, reach, step, a, b)
    foot, half = -(px * dx + py * dy) / length2, math.sqrt(half2) / length2
    low, high = max(0.0, foot - half), min(1.0, foot + half)
    if low >= high:
        return _arc(xy, n, reach, step, a, b)
    enter = a if low == 0.0 else min(max(_between(a, px + low * dx, py + low * dy), a), b)
    leave = b if high == 1.0 else min(max(_between(a, px + high * dx, py + high * dy), a), b)
    if low > 0.0:
        n = _arc(xy, n, reach, step, a, enter)
    xy[n, 0], xy[n, 1] = px + low * dx, py + low * dy
    xy[n + 1, 0], xy[n + 1, 1] = px + high * dx, py + high * dy
    n += 2
    if high < 1.0:
        n = _arc(xy, n, reach, step, leave, b)
    return n


@compiled
def _between(a: float, x: float, y: float) -> float:
    angle = math.atan2(y, x)
    if angle < a - 1e-9:
        angle += 2.0 * math.pi
    return angle


@compiled
def _fill(cut: Floats, p: Floats, w: Ints, low: float, high: float, reach: float, step: float,
          xy: Floats, n: int) -> int:  # fmt: skip
    """Vertices from the angle `low` to `high`, both within -pi..pi."""
    t = low
    for i in range(len(p)):
        if p[i, 3] <= t:
            continue
        if p[i, 0] >= high:
            break
        a, ac, as_ = p[i, 0], p[i, 1], p[i, 2]
        if a < t:
            a, ac, as_ = t, math.cos(t), math.sin(t)
        b, bc, bs = p[i, 3], p[i, 4], p[i, 5]
        if b > high:
            b, bc, bs = high, math.cos(high), math.sin(high)
        if b <= a:
            continue
        if a - t > SLIT:
            n = _arc(xy, n, reach, step, t, a)
        n = _side(xy, n, cut[w[i]], reach, step, a, ac, as_, b, bc, bs)
        t = b
    if high - t > SLIT:
        n = _arc(xy, n, reach, step, t, high)
    return n


@compiled
def _apart(xy: Floats, count: int) -> Floats:
    """The vertices without those that rounding has set beside their neighbour: they make a ring cross itself."""
    kept = 0
    for i in range(count):
        if kept and abs(xy[i, 0] - xy[kept - 1, 0]) < SAME and abs(xy[i, 1] - xy[kept - 1, 1]) < SAME:
            continue
        xy[kept, 0], xy[kept, 1] = xy[i, 0], xy[i, 1]
        kept += 1
    while kept > 1 and abs(xy[0, 0] - xy[kept - 1, 0]) < SAME and abs(xy[0, 1] - xy[kept - 1, 1]) < SAME:
        kept -= 1
    return xy[:kept]


@compiled
def outline(cut: Floats, p: Floats, w: Ints, reach: float, left: float, width: float) -> Floats:
    """The ring of what is seen up to `reach` m, relative to the eye.

    left: begin of the window in radians anticlockwise from east, within -pi..pi; width: its opening, 2 pi for all
    round. Returns (n, 2) vertices, not closed; the eye is one of them unless the window is all round.
    """
    tau = 2.0 * math.pi
    step = min(2.0 * math.acos(max(1.0 - ARC / reach, 0.0)), math.pi / 8.0) if reach > ARC else math.pi / 8.0
    xy = np.empty((6 * len(p) + 3 * (len(p) + 3) * 2 + 2 * math.ceil(tau / step) + 16 + len(p) * 4, 2))
    n = 0
    if width >= tau - 1e-12:
        return _apart(xy, _fill(cut, p, w, -math.pi, math.pi, reach, step, xy, n))
    xy[0, 0] = xy[0, 1] = 0.0
    n = 1
    right = left + width
    if right <= math.pi:
        n = _fill(cut, p, w, left, right, reach, step, xy, n)
    else:
        n = _fill(cut, p, w, left, math.pi, reach, step, xy, n)
        n = _fill(cut, p, w, -math.pi, right - tau, reach, step, xy, n)
    return _apart(xy, n)
