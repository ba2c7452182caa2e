"""The room that people really have in a crowd area."""

from __future__ import annotations

from shapely.geometry.base import BaseGeometry

from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.engine.crowds import net_area

from .on_foot import lanes, placed
from .standing import of_city


def usable(site: Site, area: Feature) -> BaseGeometry:
    """The net ground of a crowd area: without buildings, barriers, cordons, stages, stalls and emergency lanes."""
    shape = area.shape
    if shape is None:
        raise ValueError("a crowd area without a shape has no ground")
    taken = [each.outline for each in (*of_city(site, near=shape, within=0.0), *placed(site, shape, 0.0))]
    return net_area(shape, [*(each for each in taken if each.area > 0), *lanes(site, shape)])
