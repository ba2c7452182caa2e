"""Delaunay triangulation of points in the plane, with the neighbours of every triangle.

The sweep of s-hull (D. Sinclair, 2016, arXiv:1604.01428): points are taken by their distance from a small first
triangle, each is joined to what it sees of the hull, and edges are flipped until every circumcircle is empty. The hull
is looked up by angle, as in Mapbox's Delaunator. About five times as fast as Qhull on the points of one site.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from venueplanner.engine.compiled import compiled

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def triangulate(xy: Floats) -> tuple[Ints, Ints]:
    """Corners (3·t,) and twins (3·t,) of the Delaunay triangles of points (n, 2), none when all lie on one line.

    Corner `e` of triangle `e // 3` is also the half-edge from it to the next corner, counter-clockwise; `twins[e]` is
    the same edge seen from the neighbour, −1 on the hull. Coordinates should lie near zero: the tests are made in
    floating point, and points on one circle are decided either way. Of points in one place only one is used.

    >>> corners, twins = triangulate(np.array([[0.0, 0.0], [4.0, 0.0], [4.0, 3.0], [0.0, 2.0]]))
    >>> len(corners) // 3, int((twins >= 0).sum())
    (2, 2)
    """
    n = len(xy)
    if n < 3:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    x, y = np.ascontiguousarray(xy[:, 0]), -np.ascontiguousarray(xy[:, 1])  # the sweep turns clockwise
    seed = _seed(x, y)
    if seed[2] < 0:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    cx, cy = _circumcentre(x, y, seed[0], seed[1], seed[2])
    order = np.argsort((x - cx) ** 2 + (y - cy) ** 2, kind="stable")
    corners, twins = _sweep(x, y, order, seed[0], seed[1], seed[2], cx, cy)
    return corners, twins


@compiled
def _seed(x: Floats, y: Floats) -> tuple[int, int, int]:
    """Three points near the middle with a small circumcircle, turned the way the sweep goes; −1 when in line."""
    n = len(x)
    mx, my = (x.min() + x.max()) / 2, (y.min() + y.max()) / 2
    a = int(np.argmin((x - mx) ** 2 + (y - my) ** 2))
    b, c, least = -1, -1, np.inf
    for i in range(n):
        d = (x[i] - x[a]) ** 2 + (y[i] - y[a]) ** 2
        if 0 < d < least:
            b, least = i, d
    if b < 0:
        return a, -1, -1
    least = np.inf
    for i in range(n):
        if i in (a, b):
            continue
        dx, dy, ex, ey = x[b] - x[a], y[b] - y[a], x[i] - x[a], y[i] - y[a]
        cross = dx * ey - dy * ex
        if cross == 0.0:
            continue
        bl, cl = dx * dx + dy * dy, ex * ex + ey * ey
        u, v = (ey * bl - dy * cl) * 0.5 / cross, (dx * cl - ex * bl) * 0.5 / cross
        if u * u + v * v < least:
            c, least = i, u * u + v * v
    if c >= 0 and _turn(x[a], y[a], x[b], y[b], x[c], y[c]) < 0:
        b, c = c, b
    return a, b, c


@compiled
def _circumcentre(x: Floats, y: Floats, a: int, b: int, c: int) -> tuple[float, float]:
    dx, dy, ex, ey = x[b] - x[a], y[b] - y[a], x[c] - x[a], y[c] - y[a]
    bl, cl, twice = dx * dx + dy * dy, ex * ex + ey * ey, 2 * (dx * ey - dy * ex)
    return x[a] + (ey * bl - dy * cl) / twice, y[a] + (dx * cl - ex * bl) / twice


@compiled
def _turn(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> float:
    return (ay - cy) * (bx - cx) - (ax - cx) * (by - cy)


@compiled
def _slot(dx: float, dy: float, size: int) -> int:
    """Where a direction lies in the hash of the hull: grows with the angle, without trigonometry."""
    whole = abs(dx) + abs(dy)
    p = dx / whole if whole > 0 else 0.0
    turn = (3.0 - p if dy > 0 else 1.0 + p) / 4.0
    return int(turn * size) % size


@compiled
def _link(twins: Ints, a: int, b: int) -> None:
    twins[a] = b
    if b >= 0:
        twins[b] = a


@compiled
def _sweep(  # noqa: C901 - one loop, taken apart only by copying its state
    x: Floats, y: Floats, order: Ints, i0: int, i1: int, i2: int, cx: float, cy: float
) -> tuple[Ints, Ints]:
    n = len(x)
    most = max(2 * n - 5, 1) * 3
    corners, twins = np.empty(most, np.int64), np.full(most, -1, np.int64)
    after, before, rim = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n, np.int64)
    size = int(np.ceil(np.sqrt(n)))
    hashed = np.full(size, -1, np.int64)
    stack = np.empty(4096, np.int64)
    for one, other, third, k in ((i0, i1, i2, 0), (i1, i2, i0, 1), (i2, i0, i1, 2)):
        after[one], before[one], rim[one] = other, third, k
        hashed[_slot(x[one] - cx, y[one] - cy, size)] = one
        corners[k] = one
    used, start_of_hull = 3, i0
    px, py, first = 0.0, 0.0, True
    for i in order:
        if not first and x[i] == px and y[i] == py:
            continue
        px, py, first = x[i], y[i], False
        if i in (i0, i1, i2):
            continue
        start, key = 0, _slot(px - cx, py - cy, size)
        for j in range(size):
            start = hashed[(key + j) % size]
            if start != -1 and start != after[start]:
                break
        start = before[start]
        e = start
        while _turn(px, py, x[e], y[e], x[after[e]], y[after[e]]) >= 0:
            e = after[e]
            if e == start:
                e = -1
                break
        if e == -1:
            continue  # in the same place as another point
        t, used = used, used + 3
        nxt = after[e]
        corners[t], corners[t + 1], corners[t + 2] = e, i, nxt
        _link(twins, t + 2, rim[e])
        rim[i] = _legalise(x, y, corners, twins, rim, before, start_of_hull, stack, t + 2)
        rim[e] = t
        q = after[nxt]
        while _turn(px, py, x[nxt], y[nxt], x[q], y[q]) < 0:
            t, used = used, used + 3
            corners[t], corners[t + 1], corners[t + 2] = nxt, i, q
            _link(twins, t, rim[i])
            _link(twins, t + 2, rim[nxt])
            rim[i] = _legalise(x, y, corners, twins, rim, before, start_of_hull, stack, t + 2)
            after[nxt] = nxt
            nxt = q
            q = after[nxt]
        if e == start:
            q = before[e]
            while _turn(px, py, x[q], y[q], x[e], y[e]) < 0:
                t, used = used, used + 3
                corners[t], corners[t + 1], corners[t + 2] = q, i, e
                _link(twins, t + 1, rim[e])
                _link(twins, t + 2, rim[q])
                _legalise(x, y, corners, twins, rim, before, start_of_hull, stack, t + 2)
                rim[q] = t
                after[e] = e
                e = q
                q = before[e]
        start_of_hull = e
        before[i], after[e], before[nxt], after[i] = e, i, i, nxt
        hashed[_slot(px - cx, py - cy, size)] = i
        hashed[_slot(x[e] - cx, y[e] - cy, size)] = e
    return corners[:used].copy(), twins[:used].copy()


@compiled
def _legalise(
    x: Floats, y: Floats, corners: Ints, twins: Ints, rim: Ints, before: Ints, hull: int, stack: Ints, a: int
) -> int:
    """Flip edges, beginning with half-edge `a`, until no circumcircle holds the corner across; the last edge seen."""
    depth = 0
    while True:
        b = twins[a]
        a0 = a - a % 3
        ar = a0 + (a + 2) % 3
        flipped = False
        if b >= 0:
            b0 = b - b % 3
            al, bl = a0 + (a + 1) % 3, b0 + (b + 2) % 3
            p0, pr, pl, p1 = corners[ar], corners[a], corners[al], corners[bl]
            dx, dy = x[p0] - x[p1], y[p0] - y[p1]
            ex, ey = x[pr] - x[p1], y[pr] - y[p1]
            fx, fy = x[pl] - x[p1], y[pl] - y[p1]
            ap, bp, cp = dx * dx + dy * dy, ex * ex + ey * ey, fx * fx + fy * fy
            if dx * (ey * cp - bp * fy) - dy * (ex * cp - bp * fx) + ap * (ex * fy - ey * fx) < 0:
                corners[a], corners[b] = p1, p0
                far = twins[bl]
                if far == -1:
                    e = hull
                    while True:
                        if rim[e] == bl:
                            rim[e] = a
                            break
                        e = before[e]
                        if e == hull:
                            break
                _link(twins, a, far)
                _link(twins, b, twins[ar])
                _link(twins, ar, bl)
                if depth < len(stack):
                    stack[depth] = b0 + (b + 1) % 3
                    depth += 1
                flipped = True
        if not flipped:
            if depth == 0:
                return ar
            depth -= 1
            a = stack[depth]
