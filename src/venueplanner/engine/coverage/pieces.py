"""Faces of what stands near a perimeter, cut into short pieces, each knowing where along the perimeter it lies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from .band import Band, Floats, Ints

LONGEST_PIECE = 5.0  # metres; only a matter of speed, widths are exact whatever it is


@dataclass(frozen=True, eq=False)
class Pieces:
    """Faces near the line: `shapes` (n,) lines, `closer` (n,) index of what they belong to.

    `middle` (n, 2) half-way along each, `at` (n,) metres along the perimeter of it. `joined` (m, 2): pairs of
    consecutive pieces of one face.
    """

    shapes: npt.NDArray[np.object_]
    closer: Ints
    middle: Floats
    at: Floats
    joined: Ints


def faces(band: Band, closers: Sequence[BaseGeometry]) -> Pieces:
    """The faces of all closers inside the band, in short pieces.

    What is cut off at the band's edge counts as a face too: the closer stands there, and its outline then is one ring
    that can be followed round all of it.
    """
    shapes: list[BaseGeometry] = []
    closer: list[int] = []
    joined: list[tuple[int, int]] = []
    centres = shapely.MultiPoint(band.centres)
    near, wholly = _near_and_wholly(band, closers)
    for index in near:
        for strand in _strands(band, closers[index], bool(wholly[index])):
            first = len(shapes)
            shapes.extend(_short(_cut(strand, LONGEST_PIECE), centres, band.room))
            joined.extend(pairwise(range(first, len(shapes))))
            closer.extend([index] * (len(shapes) - first))
    array = np.empty(len(shapes), dtype=object)
    array[:] = shapes
    middles = shapely.line_interpolate_point(array, 0.5, normalized=True) if len(array) else array
    at = band.along(middles) if len(array) else np.zeros(0)
    pairs = np.array(joined, dtype=np.int64).reshape(-1, 2)
    middle = shapely.get_coordinates(middles) if len(array) else np.zeros((0, 2))
    return Pieces(array, np.array(closer, dtype=np.int64), middle, at, pairs)


def _near_and_wholly(band: Band, closers: Sequence[BaseGeometry]) -> tuple[list[int], npt.NDArray[np.bool_]]:
    """Indices of the closers that reach into the band, and which of all lie in it wholly."""
    several = np.empty(len(closers), dtype=object)
    several[:] = list(closers)
    near = shapely.intersects(band.area, several)
    wholly = np.zeros(len(closers), dtype=bool)
    wholly[near] = shapely.covers(band.area, several[near])
    return [int(index) for index in np.flatnonzero(near)], wholly


def _strands(band: Band, solid: BaseGeometry, wholly: bool) -> Iterator[LineString]:
    """The outlines of a closer inside the band, each one unbroken line."""
    if wholly and solid.geom_type == "Polygon" and solid.is_valid:
        yield from _rings(solid)
        return
    whole = shapely.make_valid(shapely.force_2d(solid))
    for part in _simple(whole):
        if part.length == 0 or not np.isfinite(part.bounds).all():
            continue
        for inside in _simple(part.intersection(band.area)):
            if inside.geom_type == "Polygon":
                yield from _rings(inside)
            elif part.geom_type != "Polygon" and inside.length > 0:  # an area that only touches the band stands outside
                yield LineString(inside.coords)


def _rings(solid: BaseGeometry) -> Iterator[LineString]:
    for ring in (solid.exterior, *solid.interiors):  # type: ignore[attr-defined]
        yield LineString(ring.coords)


def _simple(shape: BaseGeometry) -> list[BaseGeometry]:
    """The areas and lines a shape is made of, lines joined where they follow each other; points close nothing."""
    parts = [each for part in shapely.get_parts(shape) for each in shapely.get_parts(part)]
    areas = [each for each in parts if each.geom_type == "Polygon" and not each.is_empty]
    lines = [
        LineString(each.coords) for each in parts if each.geom_type in ("LineString", "LinearRing") and each.length
    ]
    return areas + (list(shapely.get_parts(shapely.line_merge(shapely.MultiLineString(lines)))) if lines else [])


def _short(pieces: list[LineString], centres: BaseGeometry, room: float) -> list[LineString]:
    """The pieces, cut further where a centre would see one under half a turn or more: see `joins.Sight`.

    Seen from a place d metres away a line shorter than 3.14·d is seen under less than half a turn.
    """
    if 2 * room >= LONGEST_PIECE:
        return pieces
    found: list[LineString] = []
    for piece in pieces:
        if piece.length <= 2 * max(room, piece.distance(centres)):
            found.append(piece)
        else:
            found.extend(_short(_cut(piece, piece.length * 0.51), centres, room))
    return found


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
