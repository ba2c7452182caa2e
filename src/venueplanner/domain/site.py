"""The site: a plan at one phase, the city's layers and the rules. It is what a check looks at.

A Layer is the city's own data: read-only, up to millions of vertices. What is expensive to derive from it (a street
graph, an index) is built once and kept with it: `layer.once("graph", build)`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import shapely

from .memo import Memo
from .plan import Feature, Plan
from .rules import Rules
from .terrain import Terrain

Made = TypeVar("Made")

# What a layer can be to a check. "other" is drawn only.
GRID_ROLES = ("terrain", "surface")  # heights of the ground; heights with roofs and trees
ROLES = ("streets", "buildings", "walls", "water", "areas", "points", "rails", "boundary", *GRID_ROLES, "other")


@dataclass(frozen=True, eq=False)
class Layer:
    """City data of one role: `shapes` (n,) array of shapely geometries in metres, `columns` name → (n,) arrays.

    Standard column names: name, class, oneway (-1, 0, 1), width (m), lanes, maxspeed (km/h), level, bridge, tunnel,
    access, height (m), levels, kind, number. An elevation layer has no shapes but a `grid`.
    """

    id: str
    role: str
    name: str
    shapes: npt.NDArray[np.object_]
    columns: Mapping[str, npt.NDArray[Any]] = field(default_factory=dict)
    grid: Terrain | None = None
    _made: dict[str, Any] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _locks: dict[str, threading.RLock] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.shapes)

    def once(self, name: str, build: Callable[[Layer], Made]) -> Made:
        """What `build` makes of this layer, made the first time it is asked for. Safe from several threads.

        Each name has its own lock: whoever looks for the nearest street never waits for a street network being built.
        """
        if name not in self._made:
            with self._lock:
                lock = self._locks.setdefault(name, threading.RLock())
            with lock:
                if name not in self._made:
                    self._made[name] = build(self)
        made: Made = self._made[name]
        return made

    @property
    def tree(self) -> shapely.STRtree:
        """Spatial index of the shapes."""
        return self.once("tree", lambda layer: shapely.STRtree(layer.shapes))

    def within(self, shape: Any, distance: float = 0.0) -> npt.NDArray[np.intp]:
        """Indices of the shapes within `distance` metres of `shape`, in ascending order."""
        if not len(self):
            return np.empty(0, dtype=np.intp)
        found: npt.NDArray[np.intp] = np.sort(self.tree.query(shape, predicate="dwithin", distance=distance))
        return found

    def column(self, name: str, otherwise: object = None) -> npt.NDArray[Any]:
        """A column, or an array full of `otherwise` when the city's data does not have it."""
        if name in self.columns:
            return self.columns[name]
        return np.full(len(self), otherwise, dtype=object)


@dataclass(frozen=True, eq=False)
class Site:
    """A plan at one phase (None: everything counts), the city's layers by id, and the rules in force.

    `memo` keeps what checks work out; the sites of one session share it, so that it lasts from edit to edit.
    """

    plan: Plan
    layers: Mapping[str, Layer]
    rules: Rules
    phase: str | None = None
    memo: Memo = field(default_factory=Memo, repr=False)

    def of(self, *kinds: str) -> list[Feature]:
        """The features of these kinds that are active in the site's phase."""
        return [each for each in self.plan.of(*kinds) if self.active(each)]

    def active(self, feature: Feature) -> bool:
        """Whether a feature is there in the site's phase."""
        return self.phase is None or not feature.phases or self.phase in feature.phases

    def layers_of(self, *roles: str) -> list[Layer]:
        """The city's layers of these roles."""
        return [layer for layer in self.layers.values() if layer.role in roles]
