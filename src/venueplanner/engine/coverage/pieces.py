"""Faces of what stands near a perimeter, cut into short pieces, each knowing where along the perimeter it lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
LONGEST_PIECE = 5.0  # metres; only a matter of speed, widths are exact whatever it is


@dataclass(frozen=True, eq=False)
class Pieces:
    """Faces near the line: `shapes` (n,) lines, `closer` (n,) index of what they belong to, `at` (n,) metres along.

    `joined` (m, 2): pairs of pieces that hold together because they are faces of one solid.
    """

    shapes: npt.NDArray[np.object_]
    closer: Ints
    at: Floats
    joined: Ints


@dataclass(frozen=True, eq=False)
class Band:
    """The ring-shaped ground round a perimeter's line in which things count as closing it.

    `length` of the line, m. `roomy` is the area with a hair of room, prepared for many questions.
    """

    ring: LineString
    area: BaseGeometry
    roomy: BaseGeometry
    reach: float
    length: float

    def along(self, points: Any) -> Floats:
        """Metres along the line of points (n,)."""
        found: Floats = np.asarray(shapely.line_locate_point(self.ring, points), dtype=np.float64)
        return found

    def wrapped(self, difference: Floats) -> Floats:
        """A difference of two positions the short way round, in (−length/2, length/2]."""
        half = self.length / 2
        turned: Floats = half - np.mod(half - difference, self.length)
        return turned


def band_of(perimeter: Polygon, reach: float) -> Band:
    """The band of `reach` metres on both sides of the outer line; narrower where the area is so small that the
    protected middle would be lost.
    """
    ring = LineString(shapely.orient_polygons(perimeter).exterior.coords)
    while reach > 0.01 and perimeter.buffer(-reach).is_empty:
        reach *= 0.7
    area = ring.buffer(reach)
    roomy = area.buffer(1e-6)
    shapely.prepare(roomy)
    return Band(ring, area, roomy, reach, ring.length)


def faces(band: Band, closers: Sequence[BaseGeometry]) -> Pieces:
    """The faces of all closers inside the band, in short pieces."""
    shapes: list[BaseGeometry] = []
    closer: list[int] = []
    joined: list[tuple[int, int]] = []
    longest = min(LONGEST_PIECE, band.length / 24)
    shapely.prepare(band.area)
    near, wholly = _near_and_wholly(band, closers)
    for index in near:
        for strands in _strands(band, closers[index], bool(wholly[index])):
            starts = len(shapes)
            ends: list[int] = []
            for strand in strands:
                first = len(shapes)
                shapes.extend(_cut(strand, longest))
                joined.extend(pairwise(range(first, len(shapes))))
                ends.append(first)
            closer.extend([index] * (len(shapes) - starts))
            joined.extend(_through_the_solid(shapes, starts, ends))
    array = np.array(shapes, dtype=object)
    middles = shapely.line_interpolate_point(array, 0.5, normalized=True) if len(array) else array
    at = band.along(middles) if len(array) else np.zeros(0)
    pairs = np.array(joined, dtype=np.int64).reshape(-1, 2)
    return Pieces(array, np.array(closer, dtype=np.int64), at, pairs)


def _near_and_wholly(band: Band, closers: Sequence[BaseGeometry]) -> tuple[list[int], npt.NDArray[np.bool_]]:
    """Indices of the closers that reach into the band, and which of all lie in it wholly."""
    several = np.empty(len(closers), dtype=object)
    several[:] = list(closers)
    near = shapely.intersects(band.area, several)
    wholly = np.zeros(len(closers), dtype=bool)
    wholly[near] = shapely.covers(band.area, several[near])
    return [int(index) for index in np.flatnonzero(near)], wholly


def _strands(band: Band, solid: BaseGeometry, wholly: bool) -> Iterator[list[LineString]]:
    """Per connected part of a closer inside the band: its real faces there (not the cuts at the band's edge)."""
    if wholly and solid.geom_type == "Polygon" and solid.is_valid:
        yield [LineString(ring.coords) for ring in (solid.exterior, *solid.interiors)]  # type: ignore[attr-defined]
        return
    whole = shapely.make_valid(shapely.force_2d(solid))
    for part in shapely.get_parts(_flat(whole)):
        if part.length == 0 or not np.isfinite(part.bounds).all():
            continue
        if part.geom_type == "Polygon":
            for inside in shapely.get_parts(_areas(part.intersection(band.area))):
                edge = part.boundary.intersection(inside.buffer(1e-6))
                strands = [each for each in _lines(edge) if each.length > 1e-5]
                if strands:
                    yield strands
        else:
            for strand in _lines(part.intersection(band.area)):
                if strand.length > 0:
                    yield [strand]


def _flat(shape: BaseGeometry) -> BaseGeometry:
    if shape.geom_type == "GeometryCollection":
        parts = [each for each in shapely.get_parts(shape) if each.geom_type not in ("Point", "MultiPoint")]
        return shapely.GeometryCollection([piece for each in parts for piece in shapely.get_parts(each)])
    return shape


def _areas(shape: BaseGeometry) -> BaseGeometry:
    return shapely.MultiPolygon([each for each in shapely.get_parts(_flat(shape)) if each.geom_type == "Polygon"])


def _lines(shape: BaseGeometry) -> list[LineString]:
    parts = [each for each in shapely.get_parts(_flat(shape)) if each.geom_type in ("LineString", "LinearRing")]
    if not parts:
        return []
    merged = shapely.line_merge(shapely.MultiLineString([LineString(each.coords) for each in parts]))
    return [each for each in shapely.get_parts(merged) if each.geom_type == "LineString"]


def _cut(line: LineString, longest: float) -> list[LineString]:
    """The line in consecutive pieces no longer than `longest`; corners stay inside pieces."""
    count = int(np.ceil(line.length / longest))
    if count <= 1:
        return [line]
    coords = shapely.get_coordinates(line)
    runs = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(coords, axis=0).T))])
    marks = np.linspace(0.0, runs[-1], count + 1)
    places = np.column_stack([np.interp(marks, runs, coords[:, axis]) for axis in (0, 1)])
    pieces = []
    for number in range(count):
        within = coords[(runs > marks[number]) & (runs < marks[number + 1])]
        pieces.append(LineString(np.vstack([places[number], within, places[number + 1]])))
    return pieces


def _through_the_solid(shapes: list[BaseGeometry], start: int, firsts: list[int]) -> Iterator[tuple[int, int]]:
    """Join separate faces of one solid part: each to the nearest piece of the faces before it."""
    for number in range(1, len(firsts)):
        first = firsts[number]
        last = firsts[number + 1] if number + 1 < len(firsts) else len(shapes)
        here, before = np.array(shapes[first:last], dtype=object), np.array(shapes[start:first], dtype=object)
        tree = shapely.STRtree(before)
        pairs, away = tree.query_nearest(here, return_distance=True, all_matches=False)
        best = int(np.argmin(away))
        yield start + int(pairs[1, best]), first + int(pairs[0, best])
