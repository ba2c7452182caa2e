"""Adding features from a GeoJSON file: WGS84, property `kind` plus the kind's own fields."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from venueplanner.domain.plan import Change, Feature, Plan
from venueplanner.domain.words import N_
from venueplanner.edits import facts, places
from venueplanner.edits.features import add_many, next_name
from venueplanner.kinds import BY_ID
from venueplanner.storage import coordinates, features_io

from .documents import coordinates_of
from .session import Session


def add_geojson(session: Session, path: Path) -> Change:
    """Add all features of a file as one step. Nothing is added when any of them cannot be: the error names it.

    A plan that does not know yet where it is takes the UTM zone of the file's features.
    """
    plan = session.plan
    if not plan.fact("crs") and (place := features_io.place_of(path)) is not None:
        plan = facts.put(plan, values={"crs": coordinates.metric_crs_at(*place)})
    read = features_io.read_geojson(path, plan, coordinates_of(plan))
    return session.do(N_("Add features from a file"), _add, features=read, crs=plan.fact("crs"))


def _add(plan: Plan, *, features: list[Feature], crs: str) -> Plan:
    if not plan.fact("crs"):
        plan = facts.put(plan, values={"crs": crs})
    plan = add_many(plan, features=features)
    plan = add_many(plan, features=_named(plan, [each for each in features if not each.name]))
    return places.settle(plan, {feature.id for feature in features})


def _named(plan: Plan, nameless: list[Feature]) -> Iterator[Feature]:
    """Features without a name get the next tags of their kinds, as those drawn by hand do."""
    following: dict[str, int] = {}
    for feature in nameless:
        kind = BY_ID[feature.kind]
        if kind.id not in following:
            following[kind.id] = int(next_name(plan, kind).removeprefix(kind.tag))
        yield feature.with_values(name=f"{kind.tag}{following[kind.id]}")
        following[kind.id] += 1
