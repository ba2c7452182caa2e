"""Signed-area accumulation: edges of polygons, strokes and points leave exact coverage in a row buffer.

Each edge adds to the pixels it crosses the area to its right that it gains or loses; the running sum along a row is
then the covered share of each pixel (the method of font-rs, Raph Levien 2016). Overlapping shapes of one orientation
sum to more than one and are cut to one, so features of a class merge.
Everything here works in pixels of the whole frame; `ya`, `yb` bound the rows of the strip and never change a value.
All of it lives in one file because a cached kernel is only rebuilt when its own file changes.
"""

from __future__ import annotations

import math

from venueplanner.raster.compiled import (
    COORDINATES,
    FLAG,
    INK,
    INT,
    NOTHING,
    NUMBERS,
    OFFSETS,
    PAPER,
    REAL,
    SHAPES,
    Array,
    compiled,
    first_of,
)

# Vertices nearer than this to the last one kept are passed over: a fifth of a pixel is not seen.
SKIP_PX = 0.2
# How far a chord may lie from the round join it stands for.
FLAT_PX = 0.15
RUN_SHIFT = 5


@compiled(NOTHING, *INK[:3], INT, INT, REAL, REAL, REAL)
def wall(acc: Array, mark: Array, stride: int, ya: int, yb: int, top: float, bottom: float, sign: float) -> None:
    """An edge left of the frame counts as one along its left side."""
    for row in range(max(math.floor(top), ya), min(math.ceil(bottom), yb)):
        acc[(row - ya) * stride] += sign * (min(bottom, row + 1.0) - max(top, float(row)))
        mark[(row - ya) * stride >> RUN_SHIFT] = 1


@compiled(NOTHING, INK[0], INK[1], INT, REAL, REAL, REAL)
def leave(acc: Array, mark: Array, start: int, xl: float, xr: float, d: float) -> None:
    """The part of an edge inside the row beginning at `start`, between xl and xr and d high, spread over its pixels."""
    if xl > xr:
        xl, xr = xr, xl
    il = int(xl)
    n = math.ceil(xr) - il
    at = start + il
    mark[at >> RUN_SHIFT] = 1
    if n <= 1:
        part = d * (0.5 * (xl + xr) - il)
        acc[at] += d - part
        acc[at + 1] += part
        mark[(at + 1) >> RUN_SHIFT] = 1
        return
    s = 1.0 / (xr - xl)
    head = il + 1 - xl
    tail = xr - (il + n - 1)
    first = 0.5 * s * head * head
    last = 0.5 * s * tail * tail
    acc[at] += d * first
    if n == 2:
        acc[at + 1] += d * (1.0 - first - last)
    else:
        second = s * (head + 0.5)
        acc[at + 1] += d * (second - first)
        for i in range(at + 2, at + n - 1):
            acc[i] += d * s
        acc[at + n - 1] += d * (1.0 - (second + (n - 3) * s) - last)
    acc[at + n] += d * last
    for t in range((at >> RUN_SHIFT) + 1, ((at + n) >> RUN_SHIFT) + 1):
        mark[t] = 1


@compiled(NOTHING, *INK, REAL, REAL, REAL, REAL)
def edge(
    acc: Array, mark: Array, stride: int, w: int, ya: int, yb: int, x0: float, y0: float, x1: float, y1: float,
) -> None:  # fmt: skip
    """Add one directed edge."""
    sign = 1.0
    if y0 > y1:
        x0, y0, x1, y1 = x1, y1, x0, y0
        sign = -1.0
    if y1 <= ya or y0 >= yb or y1 - y0 < 1e-9 or (x0 >= w and x1 >= w):
        return
    if x0 <= 0.0 and x1 <= 0.0:
        wall(acc, mark, stride, ya, yb, y0, y1, sign)
        return
    row = math.floor(y0)
    if y1 <= row + 1.0 and x0 >= 0.0 and x1 >= 0.0 and x0 <= w and x1 <= w:
        leave(acc, mark, (row - ya) * stride, x0, x1, sign * (y1 - y0))
        return
    slope = (x1 - x0) / (y1 - y0)
    top, bottom = y0, y1
    if x0 < 0.0:
        top = min(max(y0 - x0 / slope, y0), y1)
        wall(acc, mark, stride, ya, yb, y0, top, sign)
    elif x1 < 0.0:
        bottom = min(max(y0 - x0 / slope, y0), y1)
        wall(acc, mark, stride, ya, yb, bottom, y1, sign)
    if x0 > w:
        top = max(top, y0 + (w - x0) / slope)
    elif x1 > w:
        bottom = min(bottom, y0 + (w - x0) / slope)
    for row in range(max(math.floor(top), ya), min(math.ceil(bottom), yb)):
        a = max(top, float(row))
        b = min(bottom, row + 1.0)
        if b > a:
            # From the whole edge each time, not step by step: the same pixel in every strip.
            xa = min(max(x0 + (a - y0) * slope, 0.0), float(w))
            xb = min(max(x0 + (b - y0) * slope, 0.0), float(w))
            leave(acc, mark, (row - ya) * stride, xa, xb, sign * (b - a))


@compiled(NOTHING, *INK, REAL, REAL, REAL)
def dust(acc: Array, mark: Array, stride: int, w: int, ya: int, yb: int, x: float, y: float, area: float) -> None:
    """A shape smaller than a pixel: its whole area goes to the pixel of its middle."""
    ix = math.floor(x)
    iy = math.floor(y)
    if 0 <= ix < w and ya <= iy < yb:
        at = (iy - ya) * stride + ix
        acc[at] += area
        acc[at + 1] -= area
        mark[at >> RUN_SHIFT] = 1
        mark[(at + 1) >> RUN_SHIFT] = 1


@compiled(FLAG, COORDINATES, INT, REAL, REAL, REAL, REAL)
def beside(boxes: Array, c: int, west: float, south: float, east: float, north: float) -> bool:
    """Whether a box lies wholly outside the window."""
    return bool(boxes[c, 2] < west or boxes[c, 0] > east or boxes[c, 3] < south or boxes[c, 1] > north)


@compiled(NOTHING, *PAPER, *SHAPES, INT, INT, REAL, REAL, REAL)
def fill(
    area: Array, touched: Array, w: int, ya: int, yb: int, xy: Array, rings: Array, parts: Array, boxes: Array,
    areas: Array, chunks: Array, chunk_boxes: Array, c0: int, c1: int, k: float, tx: float, ty: float,
) -> None:  # fmt: skip
    """Add the polygons of chunks c0…c1. A vertex (x, y) lies at pixel (x·k + tx, ty − y·k)."""
    acc, mark, stride = first_of(area), first_of(touched), area.shape[1]
    west, east = -tx / k, (w - tx) / k
    south, north = (ty - yb) / k, (ty - ya) / k
    for c in range(c0, c1):
        if beside(chunk_boxes, c, west, south, east, north):
            continue
        for p in range(chunks[c], chunks[c + 1]):
            if beside(boxes, p, west, south, east, north):
                continue
            bw, bs, be, bn = boxes[p, 0], boxes[p, 1], boxes[p, 2], boxes[p, 3]
            if (be - bw) * k < 1.0 and (bn - bs) * k < 1.0:
                dust(acc, mark, stride, w, ya, yb, 0.5 * (bw + be) * k + tx, ty - 0.5 * (bs + bn) * k, areas[p] * k * k)
                continue
            for r in range(parts[p], parts[p + 1]):
                i0, i1 = rings[r], rings[r + 1]
                if i1 - i0 < 3:
                    continue
                px, py = xy[i0, 0] * k + tx, ty - xy[i0, 1] * k
                for i in range(i0 + 1, i1):
                    qx, qy = xy[i, 0] * k + tx, ty - xy[i, 1] * k
                    if abs(qx - px) < SKIP_PX and abs(qy - py) < SKIP_PX and i < i1 - 1:
                        continue
                    edge(acc, mark, stride, w, ya, yb, px, py, qx, qy)
                    px, py = qx, qy


@compiled(NOTHING, *INK, REAL, REAL, REAL, REAL, REAL, REAL)
def arc(
    acc: Array, mark: Array, stride: int, w: int, ya: int, yb: int, x: float, y: float, ax: float, ay: float,
    turn: float, radius: float,
) -> None:  # fmt: skip
    """Edges from (x + ax, y + ay) round (x, y) by `turn` radians, at most FLAT_PX off the circle."""
    step = 2.0 * math.acos(max(0.0, 1.0 - FLAT_PX / radius)) if radius > FLAT_PX else math.pi
    n = max(1, math.ceil(abs(turn) / step))
    cos, sin = math.cos(turn / n), math.sin(turn / n)
    for _ in range(n):
        bx, by = ax * cos - ay * sin, ax * sin + ay * cos
        edge(acc, mark, stride, w, ya, yb, x + ax, y + ay, x + bx, y + by)
        ax, ay = bx, by


@compiled(NOTHING, *INK, REAL, REAL, REAL, REAL, REAL, REAL, REAL, REAL)
def join(
    acc: Array, mark: Array, stride: int, w: int, ya: int, yb: int, x: float, y: float, nx: float, ny: float,
    mx: float, my: float, half: float, room: float,
) -> None:  # fmt: skip
    """The corner at (x, y) from a segment of half-width normal n to one of normal m; `room` is the shorter one.

    A segment's sides are walked P+n → Q+n and back Q−n → P−n. On the outer side of the corner an arc joins them. On the
    inner side a straight edge takes away what both segments cover twice; where they are too short for that, the edges
    go through the corner itself.
    """
    cross, dot = nx * my - ny * mx, nx * mx + ny * my
    if cross < 0.0:
        ax, ay, bx, by = nx, ny, mx, my
    else:
        ax, ay, bx, by = -mx, -my, -nx, -ny
    # Most corners turn so little that one chord will do, and need no trigonometry.
    if half <= FLAT_PX or half * half + dot >= 2.0 * (half - FLAT_PX) * (half - FLAT_PX):
        edge(acc, mark, stride, w, ya, yb, x + ax, y + ay, x + bx, y + by)
    else:
        arc(acc, mark, stride, w, ya, yb, x, y, ax, ay, -abs(math.atan2(cross, dot)), half)
    if abs(cross) <= half * room:
        edge(acc, mark, stride, w, ya, yb, x - bx, y - by, x - ax, y - ay)
    else:
        edge(acc, mark, stride, w, ya, yb, x - bx, y - by, x, y)
        edge(acc, mark, stride, w, ya, yb, x, y, x - ax, y - ay)


@compiled(NOTHING, *INK, REAL, REAL, REAL, REAL, REAL, REAL, REAL)
def wedge(
    acc: Array, mark: Array, stride: int, w: int, ya: int, yb: int, x: float, y: float, nx: float, ny: float,
    mx: float, my: float, half: float,
) -> None:  # fmt: skip
    """The rounded piece outside a corner, closed by itself; normals as in `join`."""
    turn = math.atan2(nx * my - ny * mx, nx * mx + ny * my)
    if turn < 0.0:
        ax, ay, bx, by = nx, ny, mx, my
    else:
        ax, ay, bx, by = -mx, -my, -nx, -ny
    arc(acc, mark, stride, w, ya, yb, x, y, ax, ay, -abs(turn), half)
    edge(acc, mark, stride, w, ya, yb, x + bx, y + by, x, y)
    edge(acc, mark, stride, w, ya, yb, x, y, x + ax, y + ay)


@compiled(NOTHING, *INK, REAL, REAL, REAL, REAL, REAL, FLAG)
def cap(
    acc: Array, mark: Array, stride: int, w: int, ya: int, yb: int, x: float, y: float, nx: float, ny: float,
    half: float, rounded: bool,
) -> None:  # fmt: skip
    """The end of a line at (x, y), from its +n side to its −n side; for the start pass −n."""
    if rounded:
        arc(acc, mark, stride, w, ya, yb, x, y, nx, ny, -math.pi, half)
    else:
        edge(acc, mark, stride, w, ya, yb, x + nx, y + ny, x - nx, y - ny)


@compiled(NOTHING, *INK, COORDINATES, INT, INT, REAL, REAL, REAL, REAL, FLAG, FLAG)
def line(  # noqa: C901 – one loop, kept whole for speed
    acc: Array, mark: Array, stride: int, w: int, ya: int, yb: int, xy: Array, i0: int, i1: int, k: float,
    tx: float, ty: float, half: float, closed: bool, rounded: bool,
) -> None:  # fmt: skip
    """Add one unbroken line or ring `2·half` pixels wide."""
    px, py = xy[i0, 0] * k + tx, ty - xy[i0, 1] * k
    sx, sy = px, py
    nx = ny = fx = fy = 0.0
    room = first_room = 0.0
    seen = first_seen = begun = False
    for i in range(i0 + 1, i1):
        qx, qy = xy[i, 0] * k + tx, ty - xy[i, 1] * k
        if abs(qx - px) < SKIP_PX and abs(qy - py) < SKIP_PX and (i < i1 - 1 or (begun and not closed)):
            continue
        dx, dy = qx - px, qy - py
        length = math.sqrt(dx * dx + dy * dy)
        if length < 1e-9:
            continue
        # Out of reach of this strip: nothing of the segment or of its corners falls on it.
        near = min(py, qy) - half < yb and max(py, qy) + half > ya and min(px, qx) - half < w
        if near:
            mx, my = -dy / length * half, dx / length * half
            edge(acc, mark, stride, w, ya, yb, px + mx, py + my, qx + mx, qy + my)
            edge(acc, mark, stride, w, ya, yb, qx - mx, qy - my, px - mx, py - my)
            if seen:
                join(acc, mark, stride, w, ya, yb, px, py, nx, ny, mx, my, half, min(room, length))
            if not begun:
                fx, fy, first_room, first_seen = mx, my, length, True
            nx, ny, room = mx, my, length
        begun = True
        seen = near
        px, py = qx, qy
    if not begun:
        if rounded:
            arc(acc, mark, stride, w, ya, yb, sx, sy, half, 0.0, -2.0 * math.pi, half)
    elif closed:
        if seen and first_seen:
            join(acc, mark, stride, w, ya, yb, px, py, nx, ny, fx, fy, half, min(room, first_room))
    else:
        if first_seen:
            cap(acc, mark, stride, w, ya, yb, sx, sy, -fx, -fy, half, rounded)
        if seen:
            cap(acc, mark, stride, w, ya, yb, px, py, nx, ny, half, rounded)


@compiled(NOTHING, *INK, COORDINATES, INT, INT, REAL, REAL, REAL, REAL, NUMBERS, NUMBERS, REAL)
def dashes(  # noqa: C901 – one loop, kept whole for speed
    acc: Array, mark: Array, stride: int, w: int, ya: int, yb: int, xy: Array, i0: int, i1: int, k: float,
    tx: float, ty: float, half: float, begins: Array, ends: Array, period: float,
) -> None:  # fmt: skip
    """Add one line cut into dashes: pieces begins[j]…ends[j] (pixels along it) of every `period`, with butt ends."""
    margin = half + 1.0
    px, py = xy[i0, 0] * k + tx, ty - xy[i0, 1] * k
    s = nx = ny = 0.0
    seen = False
    for i in range(i0 + 1, i1):
        qx, qy = xy[i, 0] * k + tx, ty - xy[i, 1] * k
        dx, dy = qx - px, qy - py
        length = math.sqrt(dx * dx + dy * dy)
        if length < 1e-9 or (length < SKIP_PX and i < i1 - 1):
            continue
        # The stretch t0…t1 of the segment near this strip; only dashes there are looked at, however long the line is.
        t0, t1 = 0.0, 1.0
        for side in range(4):
            if side < 2:
                gap, run = (px + margin, -dx) if side == 0 else (w + margin - px, dx)
            else:
                gap, run = (py - ya + margin, -dy) if side == 2 else (yb + margin - py, dy)
            if run == 0.0:
                if gap < 0.0:
                    t1 = -1.0
            elif run > 0.0:
                t1 = min(t1, gap / run)
            else:
                t0 = max(t0, gap / run)
        if t0 <= t1:
            ex, ey = dx / length, dy / length
            mx, my = -ey * half, ex * half
            first, last = math.floor((s + t0 * length) / period), math.floor((s + t1 * length) / period)
            for turn in range(first, last + 1):
                for j in range(len(begins)):
                    a, b = turn * period + begins[j] - s, turn * period + ends[j] - s
                    if b <= 0.0 or a >= length:
                        continue
                    lo, hi = max(a, 0.0), min(b, length)
                    ax, ay, bx, by = px + ex * lo, py + ey * lo, px + ex * hi, py + ey * hi
                    # Each piece is closed by itself, so that leaving out those beside the frame changes nothing on it.
                    edge(acc, mark, stride, w, ya, yb, ax + mx, ay + my, bx + mx, by + my)
                    edge(acc, mark, stride, w, ya, yb, bx + mx, by + my, bx - mx, by - my)
                    edge(acc, mark, stride, w, ya, yb, bx - mx, by - my, ax - mx, ay - my)
                    edge(acc, mark, stride, w, ya, yb, ax - mx, ay - my, ax + mx, ay + my)
                    if a < 0.0 and seen:
                        wedge(acc, mark, stride, w, ya, yb, px, py, nx, ny, mx, my, half)
            nx, ny = mx, my
        seen = t0 <= t1
        s += length
        px, py = qx, qy


@compiled(NOTHING, *PAPER, *SHAPES, INT, INT, REAL, REAL, REAL, REAL, FLAG, FLAG, NUMBERS, NUMBERS, REAL)
def stroke(
    area: Array, touched: Array, w: int, ya: int, yb: int, xy: Array, rings: Array, parts: Array, boxes: Array,
    lengths: Array, chunks: Array, chunk_boxes: Array, c0: int, c1: int, k: float, tx: float, ty: float,
    half: float, closed: bool, rounded: bool, begins: Array, ends: Array, period: float,
) -> None:  # fmt: skip
    """Add the lines, or with `closed` the outlines, of chunks c0…c1; dashed where `period` is above zero."""
    acc, mark, stride = first_of(area), first_of(touched), area.shape[1]
    west, east = (-half - tx) / k, (w + half - tx) / k
    south, north = (ty - yb - half) / k, (ty - ya + half) / k
    for c in range(c0, c1):
        if beside(chunk_boxes, c, west, south, east, north):
            continue
        for p in range(chunks[c], chunks[c + 1]):
            if beside(boxes, p, west, south, east, north):
                continue
            bw, bs, be, bn = boxes[p, 0], boxes[p, 1], boxes[p, 2], boxes[p, 3]
            if (be - bw) * k < 1.0 and (bn - bs) * k < 1.0:
                x, y = 0.5 * (bw + be) * k + tx, ty - 0.5 * (bs + bn) * k
                if not closed and half <= 0.75:
                    dust(acc, mark, stride, w, ya, yb, x, y, min(1.0, lengths[p] * k * 2.0 * half))
                elif not closed and rounded:
                    arc(acc, mark, stride, w, ya, yb, x, y, half, 0.0, -2.0 * math.pi, half)
                if closed or half <= 0.75 or rounded:
                    continue
            for r in range(parts[p], parts[p + 1]):
                if rings[r + 1] - rings[r] < 2:
                    continue
                if period > 0.0:
                    dashes(
                        acc, mark, stride, w, ya, yb, xy, rings[r], rings[r + 1], k, tx, ty, half, begins, ends, period
                    )
                else:
                    line(acc, mark, stride, w, ya, yb, xy, rings[r], rings[r + 1], k, tx, ty, half, closed, rounded)


@compiled(NOTHING, *PAPER, COORDINATES, OFFSETS, COORDINATES, INT, INT, REAL, REAL, REAL, NUMBERS, NUMBERS, REAL)
def points(
    area: Array, touched: Array, w: int, ya: int, yb: int, xy: Array, chunks: Array, chunk_boxes: Array, c0: int,
    c1: int, k: float, tx: float, ty: float, ux: Array, uy: Array, reach: float,
) -> None:  # fmt: skip
    """Add at each point of chunks c0…c1 the outline ux, uy (pixels from the point, `reach` at most)."""
    acc, mark, stride = first_of(area), first_of(touched), area.shape[1]
    n = len(ux)
    west, east = (-reach - tx) / k, (w + reach - tx) / k
    south, north = (ty - yb - reach) / k, (ty - ya + reach) / k
    for c in range(c0, c1):
        if beside(chunk_boxes, c, west, south, east, north):
            continue
        for p in range(chunks[c], chunks[c + 1]):
            if xy[p, 0] < west or xy[p, 0] > east or xy[p, 1] < south or xy[p, 1] > north:
                continue
            x, y = xy[p, 0] * k + tx, ty - xy[p, 1] * k
            for i in range(n):
                j = i + 1 if i + 1 < n else 0
                edge(acc, mark, stride, w, ya, yb, x + ux[i], y + uy[i], x + ux[j], y + uy[j])
