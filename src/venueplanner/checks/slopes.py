"""Slopes: which elevation model counts, how the city's streets climb on it, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.site import Layer, Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.relief import LEVEL, Relief, heights_at, window
from venueplanner.engine.streets import Profile, StreetNetwork, profile_of


@dataclass(frozen=True, eq=False)
class Slopes:
    """What counts as slope round a place: the model (None: nothing does), the streets' climb, the open ground."""

    layer: Layer | None
    profile: Profile | None
    relief: Relief


def model_at(site: Site, place: BaseGeometry) -> Layer | None:
    """The elevation model of the ground that covers most of a place, of several alike the one with the finest cells."""
    best: tuple[float, float, Layer] | None = None
    x1, y1, x2, y2 = place.bounds
    for layer in site.layers_of("terrain"):
        if layer.grid is None:
            continue
        west, south, east, north = layer.grid.box
        across, up = min(x2, east) - max(x1, west), min(y2, north) - max(y1, south)
        if across < 0 or up < 0:
            continue
        share = round(across * up / max((x2 - x1) * (y2 - y1), 1e-9), 3)
        if best is None or (share, -layer.grid.cell) > best[:2]:
            best = share, -layer.grid.cell, layer
    return best[2] if best is not None else None


def slopes_of(site: Site, place: BaseGeometry, first: Layer, network: StreetNetwork, reach: float) -> Slopes:
    """The slopes round a place. first: the layer the network is kept with; reach: m of open ground around the place."""
    layer = model_at(site, place)
    if layer is None or layer.grid is None:
        return Slopes(None, None, LEVEL)
    grid, spacing = layer.grid, max(site.rules.number("approach.slope_spacing"), layer.grid.cell)
    whole = layer.once("relief", lambda _: Relief(grid.z.astype(np.float64), grid.west, grid.north, grid.cell))

    def build(_: Layer) -> tuple[StreetNetwork, Layer, Profile]:
        return network, layer, profile_of(network, lambda xy: heights_at(xy, whole), spacing)

    # Network and model are kept with the profile, so that no later one can have the same id.
    _, _, profile = first.once(f"slopes {id(layer)} {spacing} {id(network)}", build)
    x1, y1, x2, y2 = place.bounds
    box = x1 - reach, y1 - reach, x2 + reach, y2 + reach
    return Slopes(layer, profile, window(grid.z, grid.west, grid.north, grid.cell, box))


def slope_words(site: Site, place: BaseGeometry) -> Words:
    """Whether slope was counted, and by which model."""
    layer = model_at(site, place)
    if layer is None or layer.grid is None:
        return Words(N_("Slope is not counted: no elevation model of the ground is loaded for this place."))
    values = {"name": layer.name, "cell": layer.grid.cell}
    return Words(N_("Slope is counted from the elevation model {name}, cells of {cell:.3g} m (E2)."), values)
