"""A made-up city with streets: blocks on a bent grid, buildings along their kerbs. The same for the same seed."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from tests.bench.city_sets import CitySet

BLOCK = 100.0  # m between two parallel streets
EAST, NORTH = 500_000.0, 5_500_000.0


def grid_city(buildings: int = 150_000, directed_edges: int = 120_000, seed: int = 11) -> CitySet:
    """At least so many buildings and directed street edges; every block has buildings on its four sides.

    A grid of n x n junctions has 2·n·(n-1) streets, each driven both ways: four directed edges a junction.
    """
    n = 2
    while 4 * n * (n - 1) < directed_edges:
        n += 1
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(n) * BLOCK, np.arange(n) * BLOCK)
    bend = np.column_stack([np.sin(y.ravel() / 900) * 40, np.sin(x.ravel() / 1100) * 40])
    nodes = np.column_stack([x.ravel(), y.ravel()]) + bend + rng.normal(0, 4, (n * n, 2)) + (EAST, NORTH)
    number = np.arange(n * n).reshape(n, n)
    start = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    end = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    streets = shapely.linestrings(np.stack([nodes[start], nodes[end]], axis=1))
    a, b, c, d = number[:-1, :-1].ravel(), number[:-1, 1:].ravel(), number[1:, 1:].ravel(), number[1:, :-1].ravel()
    corners = np.stack([nodes[a], nodes[b], nodes[c], nodes[d]], axis=1)
    return CitySet("grid", 25832, {"line": streets, "polygon": _buildings(corners, buildings, rng)})


def _buildings(corners: NDArray[np.float64], count: int, rng: np.random.Generator) -> NDArray[np.object_]:
    """Quadrangles 8 m behind the middle of the street and 12 m deep, one or two a side of a block."""
    blocks = len(corners)
    each = -(-count // blocks)
    place = np.arange(blocks * each)
    block, turn = place // each, place % each
    side, share = turn % 4, (turn // 4) % 2
    start = corners[block, side]
    along = corners[block, (side + 1) % 4] - start
    length = np.hypot(*along.T)[:, None]
    along = along / length
    inward = np.column_stack([-along[:, 1], along[:, 0]])
    two = (each > 4) & (side < each - 4)
    room = np.where(two, 0.5, 1.0)[:, None] * (length - 44)
    wide = room * rng.uniform(0.6, 0.95, (len(place), 1))
    first = start + along * (22 + np.where(two, share, 0)[:, None] * room + 0.02 * room) + inward * 8
    deep = inward * rng.uniform(9, 14, (len(place), 1))
    ring = np.stack([first, first + along * wide, first + along * wide + deep, first + deep], axis=1)
    kept = np.sort(rng.permutation(len(place))[:count])
    return np.asarray(shapely.polygons(ring[kept]))
