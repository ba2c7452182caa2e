"""Adding features from a GeoJSON file: WGS84, property `kind` plus the kind's own fields."""

from __future__ import annotations

from pathlib import Path

from venueplanner.domain.plan import Change, Feature, Plan
from venueplanner.domain.words import N_
from venueplanner.edits import facts, features, places
from venueplanner.storage import coordinates, features_io

from .documents import coordinates_of
from .session import Session


def add_geojson(session: Session, path: Path) -> Change:
    """Add all features of a file as one step. Nothing is added when any of them cannot be: the error names it.

    A plan that does not know yet where it is takes the UTM zone of the file's features.
    """
    if not session.plan.fact("crs"):
        place = features_io.place_of(path)
        if place is not None:
            crs = coordinates.metric_crs_at(*place)
            session.do(N_("Set the coordinate system"), facts.put, values={"crs": crs})
    read = features_io.read_geojson(path, session.plan, coordinates_of(session.plan))
    return session.do(N_("Add features from a file"), _add, features=read)


def _add(plan: Plan, *, features: list[Feature]) -> Plan:
    return places.settle(add_many(plan, features=features), {feature.id for feature in features})


add_many = features.add_many
