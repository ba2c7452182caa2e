"""The street network as flat arrays: built once from a city's lines, read by everything that drives on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Repair:
    """A street end that misses a street: where, its source line, the line it misses and by how much."""

    x: float
    y: float
    line: int
    other: int
    distance: float


@dataclass(frozen=True)
class BuildReport:
    """What building the network changed or noticed, for the planner to read."""

    snapped: tuple[Repair, ...]  # ends joined to the line they missed by at most `snap`
    dangles: tuple[Repair, ...]  # ends that miss a line by more than `snap` and at most `dangle`: reported, not changed
    crossings: int  # places where lines crossed without a common vertex and were joined
    set_aside: tuple[int, ...]  # source lines without length or with coordinates that are no numbers
    default_width: tuple[int, ...]  # source lines without a width: the default was taken


@dataclass(frozen=True, eq=False)
class StreetNetwork:
    """Links between nodes, each driven both ways: directed edge 2k follows link k as drawn, 2k+1 runs against it.

    Sizes: N nodes, K links, E = 2K directed edges, C coordinates, T turns. Metres, radians, m/s.
    Turns of edge e (on to which other edges, never straight back) are `turn_to[turn_ptr[e]:turn_ptr[e + 1]]`.
    """

    node_xy: Floats  # (N, 2)
    link_from: Ints  # (K,) node where the link starts as drawn
    link_to: Ints  # (K,)
    length: Floats  # (K,)
    width: Floats  # (K,) carriageway, default filled in
    free_speed: Floats  # (K,) m/s, default filled in
    level: Ints  # (K,) 0 ground, above it bridges, below it tunnels
    oneway: NDArray[np.int8]  # (K,) 1 as drawn, -1 against it, 0 both ways
    line: Ints  # (K,) index of the source line
    line_start: Floats  # (K,) where along its source line the link starts
    name: Ints  # (K,) index of the street's name, -1 without one
    xy: Floats  # (C, 2) geometry of all links, one after the other
    xy_along: Floats  # (C,) distance from the start of the link
    xy_ptr: Ints  # (K + 1,)
    bend_xy: Floats  # the same geometry without wiggles smaller than the bend tolerance
    bend_along: Floats
    bend_ptr: Ints  # (K + 1,)
    turn_ptr: Ints  # (E + 1,)
    turn_to: Ints  # (T,)
    turn_cos: Floats  # (T,) cosine of the deflection: 1 straight on, 0 square, -1 back
    in_ptr: Ints  # (N + 1,) directed edges that end at a node
    in_edge: Ints  # (E,)
    report: BuildReport

    @property
    def links(self) -> int:
        """How many links there are."""
        return int(self.length.size)

    @property
    def edges(self) -> int:
        """How many directed edges there are."""
        return 2 * self.links

    @property
    def head(self) -> Ints:
        """Node at the end of each directed edge, (E,)."""
        return np.stack([self.link_to, self.link_from], axis=1).ravel()

    @property
    def tail(self) -> Ints:
        """Node at the start of each directed edge, (E,)."""
        return np.stack([self.link_from, self.link_to], axis=1).ravel()

    def per_edge(self, values: NDArray[Any]) -> NDArray[Any]:
        """A value per link as a value per directed edge."""
        return np.repeat(values, 2)

    def bounds(self) -> Floats:
        """Box of each link: (K, 4) smallest x, smallest y, largest x, largest y; read-only."""
        return self._bounds

    @cached_property
    def _bounds(self) -> Floats:
        if not self.links:
            return np.zeros((0, 4))
        starts = self.xy_ptr[:-1]
        low = np.minimum.reduceat(self.xy, starts, axis=0)
        high = np.maximum.reduceat(self.xy, starts, axis=0)
        boxes = np.concatenate([low, high], axis=1)
        boxes.setflags(write=False)
        return boxes

    @cached_property
    def street_of_line(self) -> Mapping[int, int]:
        """Source line → the first source line with the same name, itself where it has none: all of one street."""
        first: dict[int, int] = {}
        rows = zip(self.line.tolist(), self.name.tolist(), strict=True)
        return {line: first.setdefault(name, line) if name >= 0 else line for line, name in rows}

    def shapes(self, links: Ints) -> NDArray[Any]:
        """The LineStrings of some links, in the order given."""
        starts, ends = self.xy_ptr[links], self.xy_ptr[links + 1]
        counts = ends - starts
        owner = np.repeat(np.arange(links.size), counts)
        inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        result: NDArray[Any] = shapely.linestrings(self.xy[starts[owner] + inside], indices=owner)
        return result

    def point(self, link: int, along: float) -> tuple[float, float]:
        """The place at a distance along a link."""
        a, b = int(self.xy_ptr[link]), int(self.xy_ptr[link + 1])
        at = self.xy_along[a:b]
        return float(np.interp(along, at, self.xy[a:b, 0])), float(np.interp(along, at, self.xy[a:b, 1]))

    def piece(self, edge: int, start: float, end: float) -> list[tuple[float, float]]:
        """Coordinates driven on a directed edge between two distances from the edge's own start."""
        link, backwards = divmod(edge, 2)
        length = float(self.length[link])
        low, high = (length - end, length - start) if backwards else (start, end)
        a, b = int(self.xy_ptr[link]), int(self.xy_ptr[link + 1])
        at = self.xy_along[a:b]
        inside = self.xy[a:b][(at > low + 1e-6) & (at < high - 1e-6)]
        coords = [self.point(link, low), *((float(x), float(y)) for x, y in inside), self.point(link, high)]
        return coords[::-1] if backwards else coords

    def shape(self, link: int) -> LineString:
        """The LineString of one link as drawn."""
        return LineString(self.xy[int(self.xy_ptr[link]) : int(self.xy_ptr[link + 1])])
