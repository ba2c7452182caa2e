"""One evacuation worked out: walking ground, distances to every exit, who takes which, where the way is narrow.

Several checks ask the same question of the same plan at the same time, each in its own thread: the last answers are
kept as long as the very same features, layers and rules are asked about.
"""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.site import Site
from venueplanner.engine.crowds import Clearing, Distances, Narrow, Walkable, clearing, distances, groups, narrows

from .leaving import LEAVING, Gathering
from .on_foot import STOPPING, people_ground, walking_ground
from .standing import CITY_ROLES

WATCHED = LEAVING | frozenset(STOPPING)
TILES = 100  # groups of people, about: each stands for a square of the area and walks as far as its farthest cell
KEPT = 4
_kept: deque[tuple[tuple[object, ...], Site, Evacuation]] = deque(maxlen=KEPT)
_lock = threading.Lock()


@dataclass(frozen=True, eq=False)
class Evacuation:
    """The answer for one gathering. `cells` (g, 2): of each group the cell with farthest to go to all exits."""

    gathering: Gathering
    ground: Walkable
    fields: tuple[Distances, ...]
    people: NDArray[np.float64]
    cells: NDArray[np.int64]
    walk: NDArray[np.float64]  # metres (g, e)
    narrow: tuple[Narrow, ...]
    clearing: Clearing
    profile: str

    def route(self, exit_number: int) -> LineString:
        """The longest way that somebody takes to an exit; empty when nobody takes it."""
        taken = self.clearing.shares[:, exit_number] > 0.5
        if not taken.any():
            return LineString()
        group = int(np.argmax(np.where(taken, self.walk[:, exit_number], -1.0)))
        row, column = self.cells[group]
        return self.fields[exit_number].way(int(row), int(column))

    @property
    def longest(self) -> float:
        """Metres of the longest way that somebody takes."""
        taken = self.clearing.shares > 0.5
        return float(np.where(taken, self.walk, 0.0).max(initial=0.0))

    def stranded_ground(self) -> BaseGeometry:
        """Where people stand who have no way to any exit."""
        here = np.zeros(self.ground.shape, dtype=bool)
        for each in self.gathering.areas:
            if each.shape is not None:
                here |= self.ground.cells_of(each.shape)
        lost = np.logical_and.reduce([~np.isfinite(each.metres) for each in self.fields]) if self.fields else here
        return self.ground.area_of(here & self.ground.free & lost)


def evacuation(site: Site, found: Gathering) -> Evacuation:
    """The evacuation of a gathering on a site (at one phase)."""
    features = list(site.of(*WATCHED))
    layers = list(site.layers_of(*CITY_ROLES))
    key: tuple[object, ...] = (*features, *layers)
    with _lock:
        for old, there, answer in _kept:
            same = len(old) == len(key) and all(a is b for a, b in zip(old, key, strict=True))
            ids = [each.id for each in answer.gathering.areas]
            if same and ids == [each.id for each in found.areas] and there.rules == site.rules:
                return answer
        answer = _work_out(site, found)
        _kept.append((key, site, answer))
        return answer


def _work_out(site: Site, found: Gathering) -> Evacuation:
    exits = [each.feature for each in found.ways]
    around = shapely.union_all([found.ground, *(each.opening for each in found.ways)])
    ground = walking_ground(site, around, exits)
    fields = tuple(distances(ground, _goal(ground, each.opening)) for each in found.ways)
    crowds = [(each.shape, each.number("people")) for each in found.areas if each.shape is not None]
    people, cells, walk = groups(ground, crowds, fields, TILES)
    obstacles, _ = people_ground(site, around, exits)
    narrow = tuple(narrows(obstacles, found.ground, each.opening, within=found.around) for each in found.ways)
    profile = found.profile(site)
    flows = [site.rules.number(f"crowd.flow.{profile}.{each.feature['surface'] or 'level'}") for each in found.ways]
    rates = [
        min(way.width, place.width) * flow / 60.0 for way, place, flow in zip(found.ways, narrow, flows, strict=True)
    ]
    answer = clearing(people, walk / site.rules.number("crowd.speed"), np.array(rates))
    return Evacuation(found, ground, fields, people, cells, walk, narrow, answer, profile)


def _goal(ground: Walkable, opening: BaseGeometry) -> NDArray[np.bool_]:
    """The free cells of an opening; of the nearest free ones when something stands in all of it."""
    here = ground.cells_of(opening)
    for metres in (1.0, 2.0, 3.0):
        if (here & ground.free).any():
            break
        here = ground.cells_of(opening.buffer(metres))
    return here
