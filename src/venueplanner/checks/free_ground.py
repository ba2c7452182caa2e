"""The ground that is really free round a place: what stops a vehicle there, ready to be asked how wide one gets in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Layer, Site
from venueplanner.engine.passage import Ground, ground_of

from .standing import CITY_ROLES, Standing, of_city, of_features

STEP = 200.0  # metres: windows are taken from this grid, so that the city's part is kept while a perimeter is dragged
KEPT = 4  # windows of one city that are kept


@dataclass(frozen=True)
class FreeGround:
    """Obstacles of a window, `standing` in the order of the ground's numbers."""

    ground: Ground
    standing: tuple[Standing, ...]
    window: Polygon


def is_shut(gate: Feature) -> bool:
    """Whether a gate stops a vehicle now: locked, or guarded by somebody."""
    if gate["state"] == "locked":
        return True
    return gate["state"] == "guarded" and gate["guards"] != 0


def stops_vehicles(feature: Feature) -> bool:
    """Whether a barrier or gate stands in a vehicle's way in the state it is in; a cordon keeps people back only."""
    return feature.kind == "barrier" or (feature.kind == "gate" and is_shut(feature))


def free_ground(
    site: Site, near: BaseGeometry, within: float, only: Callable[[Feature], bool] = stops_vehicles
) -> FreeGround:
    """What stands within `within` metres of `near`: buildings, walls and water of the city, and barriers and gates of
    the plan that `only` keeps. The city's part is prepared once and kept with its first layer.
    """
    window = _window(near, within)
    city, ground = _city(site, window)
    features = of_features(site, "barrier", "gate", near=near, within=within, only=only)
    return FreeGround(ground.with_more([each.outline for each in features]), (*city, *features), window)


def inner_area(perimeter: Polygon, reach: float) -> BaseGeometry:
    """What a perimeter protects: its area without the strip of `reach` metres in which things count as closing it,
    narrower where nothing would be left. A line drawn carelessly beside a wall is so judged by the wall.
    """
    whole = perimeter if perimeter.is_valid else shapely.make_valid(perimeter)
    while reach > 0.01:
        inner = whole.buffer(-reach)
        if not inner.is_empty:
            return inner
        reach *= 0.7
    return whole


def _window(near: BaseGeometry, within: float) -> Polygon:
    low, high = np.array(near.bounds[:2]) - within, np.array(near.bounds[2:]) + within
    return shapely.box(*(np.floor(low / STEP) * STEP), *(np.ceil(high / STEP) * STEP))


def _city(site: Site, window: Polygon) -> tuple[tuple[Standing, ...], Ground]:
    layers = [layer for layer in site.layers_of(*CITY_ROLES) if len(layer)]
    widest = site.rules.number("passage.lorry")

    def build() -> tuple[tuple[Standing, ...], Ground]:
        standing = tuple(of_city(site, near=window, within=0.0))
        return standing, ground_of([each.outline for each in standing], widest=widest, window=window)

    if not layers:
        return build()
    kept: dict[str, tuple[tuple[Standing, ...], Ground]] = layers[0].once("free ground", _nothing_yet)
    key = f"{window.bounds} {widest} {[layer.id for layer in layers]}"
    found = kept.get(key) or build()
    while len(kept) >= KEPT and key not in kept:
        kept.pop(next(iter(kept)), None)
    kept[key] = found
    return found


def _nothing_yet(layer: Layer) -> dict[str, tuple[tuple[Standing, ...], Ground]]:
    return {}
