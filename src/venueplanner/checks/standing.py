"""What stands where: the outlines that close a perimeter or stop a vehicle, each with a name to call it by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Layer, Site
from venueplanner.domain.words import N_, Words
from venueplanner.kinds import BY_ID

CITY_ROLES = ("buildings", "walls", "water")
# Rows of a wall layer that close nothing: a kerb is driven over, a chain or a gate opened, a bollard row has gaps.
OPEN_TO_PEOPLE_OR_CARS = frozenset({"kerb", "bollard", "chain", "gate", "lift_gate", "entrance", "handrail", "rope"})

_CITY_WORDS = {"buildings": N_("the building"), "walls": N_("the wall"), "water": N_("the water")}


@dataclass(frozen=True)
class Standing:
    """One thing that stands somewhere: its outline in metres, the feature or the city layer it comes from."""

    outline: BaseGeometry
    words: Words
    feature: Feature | None = None


def of_features(
    site: Site, *kinds: str, near: BaseGeometry, within: float, only: Callable[[Feature], bool] | None = None
) -> list[Standing]:
    """What features of these kinds, or those that `only` keeps, put on the ground within `within` metres of `near`."""
    found: list[Standing] = []
    for feature in site.of(*kinds):
        outline = BY_ID[feature.kind].outline
        if only is not None and not only(feature):
            continue
        if feature.shape is None or outline is None or not feature.shape.dwithin(near, within + _widest(feature)):
            continue
        words = Words(N_("{kind} {name}"), {"kind": Words(BY_ID[feature.kind].label), "name": feature.name})
        shapes = outline(feature, site.plan, site.rules)
        found += [Standing(each, words, feature) for each in shapes if not each.is_empty and each.dwithin(near, within)]
    return found


def on_perimeter(site: Site, shape: BaseGeometry) -> bool:
    """Whether something stands on the line of a perimeter, within rule `barrier.stand_tolerance`."""
    tolerance = site.rules.number("barrier.stand_tolerance")
    edges = (each.shape.boundary for each in site.of("perimeter") if each.shape is not None)
    return any(edge.dwithin(shape, tolerance) for edge in edges)


def heights(layer: Layer) -> npt.NDArray[np.float64]:
    """The heights of a city layer in metres, (n,); nan where the data does not say."""

    def read(raw: object) -> float:
        try:
            return float(str(raw).lower().removesuffix("m").strip().replace(",", "."))
        except ValueError:
            return float("nan")

    return layer.once("heights", lambda each: np.array([read(raw) for raw in each.column("height", "")], dtype=float))


def _widest(feature: Feature) -> float:
    return max(feature.number("module_width"), feature.number("width"), feature.number("depth"), 1.0)


def of_city(site: Site, *, near: BaseGeometry, within: float) -> list[Standing]:
    """What the city's buildings, walls and water put within `within` metres of `near`."""
    return [
        Standing(shape, _city_words(layer, index))
        for layer, index, shape in _city_shapes(site, near, within)
        if not shape.is_empty
    ]


def _city_shapes(site: Site, near: BaseGeometry, within: float) -> Iterator[tuple[Layer, int, BaseGeometry]]:
    for layer in site.layers_of(*CITY_ROLES):
        kinds = layer.column("kind", "")
        low = heights(layer) < site.rules.number("natural.least_height") if layer.role == "walls" else None
        for index in layer.within(near, within):
            shape = layer.shapes[index]
            if low is not None and low[index]:
                continue  # a vehicle drives over it; the check natural-barrier tells
            if shape.geom_type in ("Point", "MultiPoint") or str(kinds[index]).lower() in OPEN_TO_PEOPLE_OR_CARS:
                continue
            yield layer, int(index), shapely.force_2d(shape)


def _city_words(layer: Layer, index: int) -> Words:
    for column in ("name", "address"):
        if column in layer.columns:
            name = str(layer.columns[column][index] or "").strip()
            if name and name.lower() not in ("nan", "none"):
                return Words(N_("{what} “{name}”"), {"what": Words(_CITY_WORDS[layer.role]), "name": name})
    return Words(_CITY_WORDS[layer.role])
