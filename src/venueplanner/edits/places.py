"""Moving, turning and reshaping features. What follows a feature (a stand-off zone) moves with it in the same step."""

from __future__ import annotations

from collections.abc import Iterable

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.plan import Feature, Plan
from venueplanner.kinds import kind_of

from .features import fitting_shape


def move(plan: Plan, *, ids: Iterable[str], east: float, north: float) -> Plan:
    """The plan with features shifted by metres east and north."""
    return _each(plan, ids, lambda shape: affinity.translate(shape, east, north))


def turn(plan: Plan, *, ids: Iterable[str], degrees: float) -> Plan:
    """The plan with features turned clockwise about their common middle."""
    chosen = list(ids)
    shapes = [feature.shape for each in chosen if (feature := plan.features.get(each)) and feature.shape is not None]
    if not shapes:
        return plan
    middle = shapely.box(*shapely.total_bounds(shapes)).centroid
    return _each(plan, chosen, lambda shape: affinity.rotate(shape, -degrees, origin=middle))


def reshape(plan: Plan, *, id: str, shape: BaseGeometry) -> Plan:
    """The plan with another shape for one feature. Raises `BadValue` when its kind does not take that shape."""
    feature = plan.features[id]
    changed = feature.with_shape(fitting_shape(kind_of(feature.kind), shape))
    return settle(plan.put("features", {id: changed}), {id})


def _each(plan: Plan, ids: Iterable[str], to_new: object) -> Plan:
    rows: dict[str, Feature] = {}
    for each in ids:
        feature = plan.features.get(each)
        if feature is not None and feature.shape is not None:
            rows[each] = feature.with_shape(to_new(feature.shape))  # type: ignore[operator]
    return settle(plan.put("features", rows), set(rows)) if rows else plan


def settle(plan: Plan, moved: set[str]) -> Plan:
    """The plan with everything that follows one of the `moved` features brought to its source's place."""
    rows: dict[str, Feature] = {}
    for feature in plan.of("standoff"):
        for source_id in feature.links("source"):
            source = plan.features.get(source_id)
            if source_id in moved and source is not None and source.shape is not None:
                rows[feature.id] = feature.with_shape(source.shape)
    return plan.put("features", rows) if rows else plan
