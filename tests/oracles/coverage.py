"""How much of each pixel shapes cover: slow and obviously right."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray


def by_points(polygon: shapely.Polygon, width: int, height: int, grid: int = 16) -> NDArray[np.float64]:
    """Share of `grid` x `grid` sample points of each pixel inside by the even-odd rule.

    One metre a pixel, row 0 at the top, the frame's lower left corner at (0, 0).
    """
    sx = (np.arange(width * grid) + 0.5) / grid
    sy = (np.arange(height * grid) + 0.5) / grid
    inside = np.zeros((len(sy), len(sx)), bool)
    for ring in (polygon.exterior, *polygon.interiors):
        corners = shapely.get_coordinates(ring)
        for (x0, y0), (x1, y1) in pairwise(corners):
            if y0 == y1:
                continue
            crossed = (sy >= min(y0, y1)) & (sy < max(y0, y1))
            at = x0 + (sy - y0) / (y1 - y0) * (x1 - x0)
            inside ^= crossed[:, None] & (sx[None, :] > at[:, None])
    return inside.reshape(height, grid, width, grid).mean(axis=(1, 3))[::-1]


def by_clipping(shape: shapely.Geometry, width: int, height: int) -> NDArray[np.float64]:
    """Exact area of a shape inside each pixel, by cutting it with every pixel's square; same frame as `by_points`."""
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    squares = shapely.box(x, y, x + 1, y + 1)
    shapely.prepare(shape)
    cover = np.zeros(squares.shape)
    touched = shapely.intersects(shape, squares)
    cover[touched] = shapely.area(shapely.intersection(shape, squares[touched]))
    return cover[::-1]
