"""The UTM/MGRS grid on a sheet: lines every 100 m or 1 km, drawn where they really run in the plan's own system.

Source: FGDC-STD-011-2001 (US National Grid, the same grid as MGRS); 100 m at 1 : 10 000 and larger, 1 km beyond.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyproj

from venueplanner.domain.pack import Coordinates, Places


@dataclass(frozen=True)
class GridLine:
    """One grid line in plan metres (n, 2), its figure as printed at the edge, and whether it runs north."""

    points: Places
    label: str
    north: bool


def utm_of(lon: float, lat: float) -> pyproj.CRS:
    """The UTM zone of a place, with the wider zones of MGRS in south-west Norway and on Svalbard."""
    zone = int((lon + 180) // 6) % 60 + 1
    if 56 <= lat < 64 and 3 <= lon < 12:
        zone = 32
    elif 72 <= lat < 84 and 0 <= lon < 42:
        zone = int((lon + 3) // 12) * 2 + 31
    return pyproj.CRS.from_epsg((32600 if lat >= 0 else 32700) + zone)


def spacing_for(scale: float) -> float:
    """Distance between grid lines in metres at a scale of 1 : `scale`.

    >>> spacing_for(2500), spacing_for(20000), spacing_for(200000)
    (100.0, 1000.0, 10000.0)
    """
    return 100.0 if scale <= 10000 else 1000.0 if scale <= 50000 else 10000.0


def grid_lines(coordinates: Coordinates, bounds: tuple[float, float, float, float], spacing: float) -> list[GridLine]:
    """The grid lines that cross `bounds` (plan metres)."""
    x0, y0, x1, y1 = bounds
    edge = np.linspace(0.0, 1.0, 9)
    ring = np.vstack([
        np.column_stack([x0 + edge * (x1 - x0), np.full(9, y)]) for y in (y0, y1)
    ] + [np.column_stack([np.full(9, x), y0 + edge * (y1 - y0)]) for x in (x0, x1)])  # fmt: skip
    lonlat = coordinates.to_lonlat_array(ring)
    middle = lonlat.mean(axis=0)
    utm = utm_of(float(middle[0]), float(middle[1]))
    forth = pyproj.Transformer.from_crs(4326, utm, always_xy=True)
    east, north = (np.asarray(each) for each in forth.transform(lonlat[:, 0], lonlat[:, 1]))
    if not (np.isfinite(east).all() and np.isfinite(north).all()):
        return []
    spans = ((float(east.min()), float(east.max())), (float(north.min()), float(north.max())))
    lines: list[GridLine] = []
    for axis, (low, high) in enumerate(spans):
        other_low, other_high = spans[1 - axis]
        run = np.linspace(other_low - spacing, other_high + spacing, 24)
        for mark in np.arange(np.ceil(low / spacing), np.floor(high / spacing) + 1) * spacing:
            fixed = np.full(24, mark)
            x, y = (fixed, run) if axis == 0 else (run, fixed)
            back = forth.transform(x, y, direction="INVERSE")
            points = coordinates.from_lonlat_array(np.column_stack(back))
            lines.append(GridLine(points, figure(float(mark), spacing), axis == 0))
    return lines


def figure(mark: float, spacing: float) -> str:
    """The figures printed at a grid line: two for kilometres, three for hundred metres.

    >>> figure(672800.0, 100.0), figure(672000.0, 1000.0)
    ('728', '72')
    """
    if spacing < 1000:
        return f"{round(mark / 100) % 1000:03d}"
    return f"{round(mark / 1000) % 100:02d}"


def convergence(coordinates: Coordinates, x: float, y: float) -> float:
    """Degrees from the plan's grid north clockwise to true north at a place."""
    lonlat = coordinates.to_lonlat_array(np.array([[x, y]]))
    ahead = coordinates.from_lonlat_array(lonlat + np.array([[0.0, 1e-3]]))
    return float(np.degrees(np.arctan2(ahead[0, 0] - x, ahead[0, 1] - y)))
