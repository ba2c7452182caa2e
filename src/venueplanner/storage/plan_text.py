"""Plans and changes as plain JSON values and back, exact to the last bit: for journal, hashes and log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from types import MappingProxyType
from typing import Any

import shapely

from venueplanner.domain.plan import TABLES, Change, Feature, LayerRecord, Plan, Waiver

Json = dict[str, Any]


def say(value: object) -> str:
    """One line of JSON, always the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def feature_out(feature: Feature) -> Json:
    """A feature as a JSON value; the shape as WKB in hexadecimal."""
    shape = None if feature.shape is None else shapely.to_wkb(feature.shape, hex=True, flavor="iso", byte_order=1)
    return {"id": feature.id, "kind": feature.kind, "shape": shape, "values": dict(feature.values)}


def feature_in(data: Json) -> Feature:
    """The feature of a JSON value."""
    shape = None if data["shape"] is None else shapely.from_wkb(data["shape"])
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in data["values"].items()}
    return Feature(data["id"], data["kind"], shape, MappingProxyType(values))


def layer_in(data: Json) -> LayerRecord:
    """The layer record of a JSON value; names this version does not know are left out."""
    known = {field.name for field in fields(LayerRecord)}
    kept = {key: value for key, value in data.items() if key in known}
    kept["set_aside"] = tuple((int(row), str(why)) for row, why in kept.get("set_aside", ()))
    return LayerRecord(**kept)


def row_out(row: object) -> Any:
    """One row of any table of a plan as a JSON value."""
    if isinstance(row, Feature):
        return feature_out(row)
    if isinstance(row, LayerRecord | Waiver):
        return asdict(row)
    return row


def row_in(table: str, data: Any) -> Any:
    """The row of a table of a plan that a JSON value means."""
    if data is None or table == "facts":
        return data
    if table == "features":
        return feature_in(data)
    return layer_in(data) if table == "layers" else Waiver(**data)


def plan_out(plan: Plan) -> Json:
    """A whole plan as a JSON value; rows keep their order."""
    return {name: [[key, row_out(row)] for key, row in getattr(plan, name).items()] for name in TABLES}


def plan_in(data: Json) -> Plan:
    """The plan of a JSON value."""
    tables = {name: {key: row_in(name, row) for key, row in data.get(name, ())} for name in TABLES}
    return Plan(**{name: MappingProxyType(rows) for name, rows in tables.items()})


def change_out(change: Change) -> Json:
    """A change as a JSON value."""
    return {name: [[key, row_out(old), row_out(new)] for key, old, new in rows] for name, rows in change.tables.items()}


def change_in(data: Json) -> Change:
    """The change of a JSON value."""
    return Change(
        {
            name: tuple((key, row_in(name, old), row_in(name, new)) for key, old, new in data.get(name, ()))
            for name in data
        }
    )


def plan_hash(plan: Plan) -> str:
    """What a plan says, as 64 hexadecimal digits. A value that is not there and an empty one say the same."""
    parts: Json = {name: {key: row_out(row) for key, row in getattr(plan, name).items()} for name in TABLES}
    for feature in parts["features"].values():
        feature["values"] = _filled(feature["values"])
    return hashlib.sha256(say(parts).encode()).hexdigest()


def _filled(values: Mapping[str, Any]) -> Json:
    kept = {key: value for key, value in values.items() if value is not None and value != ()}
    return {key: float(value) + 0.0 if isinstance(value, int | float) else value for key, value in kept.items()}
