"""What stands in the way of people: outlines of the city and of the plan, and the ground that is left to walk on.

A gate for people that is open or guarded lets people through; one that is locked or for vehicles does not. Cordons keep
people back whatever they are made of. An exit opens the cordon it lies on, and no barrier.
"""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.crowds import Walkable, walkable
from venueplanner.engine.passage import Ground

from .free_ground import free_ground
from .standing import Standing, of_city, of_features

STOPPING = ("barrier", "cordon", "gate", "note", "hazard")  # kinds that can take up ground or stop people
CELL = 0.5  # metres: half of the narrowest way somebody takes
MOST = 600_000  # cells; beyond, they are made larger, and the way through narrow gaps may be lost
MARGIN = 30.0  # metres round areas and exits in which people may walk to get there


def stops_people(feature: Feature) -> bool:
    """Whether a feature with an outline stands in the way of people."""
    if feature.kind == "gate":
        return feature["use"] != "people" or feature["state"] == "locked"
    return feature.kind in ("barrier", "cordon")


def placed(site: Site, near: BaseGeometry, within: float) -> list[Standing]:
    """What the plan puts in people's way: barriers, cordons, shut gates, notes and hazards that take up ground."""
    found = of_features(site, "barrier", "cordon", "gate", near=near, within=within, only=stops_people)
    for each in site.of("note", "hazard"):
        shape = each.shape
        if shape is None or shape.area == 0 or (each.kind == "note" and not each["takes_ground"]):
            continue
        if shape.dwithin(near, within):
            found.append(Standing(shape, Words(each.name), each))
    return found


def lanes(site: Site, near: BaseGeometry) -> list[BaseGeometry]:
    """The ground of emergency routes, as wide as they are kept free (polygons)."""
    found: list[BaseGeometry] = []
    for each in site.of("emergency_route"):
        if each.shape is not None and each.shape.intersects(near.buffer(each.number("width"))):
            found.append(each.shape.buffer(each.number("width") / 2.0, cap_style="flat"))
    return found


def walking_ground(site: Site, around: BaseGeometry, exits: Sequence[Feature], *, opened: bool = True) -> Walkable:
    """The ground people walk on within `MARGIN` of a shape; with `opened`, exits open the cordons they lie on."""
    low_x, low_y, high_x, high_y = around.bounds
    box = (low_x - MARGIN, low_y - MARGIN, high_x + MARGIN, high_y + MARGIN)
    near = shapely.box(*box)
    standing = [*of_city(site, near=near, within=0.0), *placed(site, near, 0.0)]
    soft = [each.outline for each in standing if each.feature is not None and each.feature.kind == "cordon"]
    hard = [each.outline for each in standing if each.feature is None or each.feature.kind != "cordon"]
    ways = [each.shape.buffer(each.number("width") / 2.0) for each in exits if each.shape is not None and opened]
    if ways and soft:
        through = shapely.union_all(ways)
        soft = [each.difference(through) for each in soft]
    return walkable(box, [*hard, *soft], cell=CELL, most=MOST)


def people_ground(site: Site, near: BaseGeometry, exits: Sequence[Feature]) -> tuple[Ground, tuple[Standing, ...]]:
    """The same obstacles as triangles for asking how wide a way is, and what stands there by the ground's numbers."""
    free = free_ground(site, near, MARGIN, only=lambda each: stops_people(each) and each.kind != "cordon")
    more = [each for each in placed(site, near, MARGIN) if each.feature is not None]
    more = [each for each in more if each.feature is not None and each.feature.kind in ("cordon", "note", "hazard")]
    ways = [each.shape.buffer(each.number("width") / 2.0) for each in exits if each.shape is not None]
    if ways:
        through = shapely.union_all(ways)
        more = [
            Standing(each.outline.difference(through), each.words, each.feature)
            if each.feature is not None and each.feature.kind == "cordon"
            else each
            for each in more
        ]
    more = [each for each in more if not each.outline.is_empty]
    return free.ground.with_more([each.outline for each in more]), (*free.standing, *more)


NO_BUILDINGS = Words(N_("No building layer is loaded: buildings and walls were not counted as standing in the way."))
