"""Adding, changing, removing and pasting features."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.errors import BadValue, UnknownName
from venueplanner.domain.fields import FieldValue, Links
from venueplanner.domain.kind import Kind
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.words import N_, Words
from venueplanner.kinds import kind_of

_FAMILY = {
    "Point": "point",
    "LineString": "line",
    "LinearRing": "line",
    "Polygon": "polygon",
}


def fitting_shape(kind: Kind, shape: BaseGeometry | None) -> BaseGeometry | None:
    """The shape as the kind keeps it. Raises `BadValue` when the kind has another sort of shape.

    A closed line becomes a polygon where the kind is an area; a one-part multi-geometry becomes its part; heights are
    dropped, since a plan is drawn on the ground.
    """
    if shape is None or shape.is_empty:
        if kind.shapes:
            raise BadValue(Words(N_("{kind}: a shape is needed and there is none."), {"kind": Words(kind.label)}))
        return None
    if not kind.shapes:
        raise BadValue(Words(N_("{kind} is a record: it has no shape."), {"kind": Words(kind.label)}))
    flat: Any = shapely.force_2d(shape)
    if flat.geom_type.startswith("Multi") and len(flat.geoms) == 1:
        flat = flat.geoms[0]
    if flat.geom_type == "LineString" and flat.is_ring and "line" not in kind.shapes and "polygon" in kind.shapes:
        flat = shapely.Polygon(flat.coords)
    family = _FAMILY.get(flat.geom_type, flat.geom_type)
    if family not in kind.shapes or not all(map(_finite, flat.bounds)):
        values = {"kind": Words(kind.label), "shapes": ", ".join(kind.shapes), "found": flat.geom_type}
        raise BadValue(Words(N_("{kind} is drawn as {shapes}; this shape is a {found}."), values))
    fitting: BaseGeometry = flat
    return fitting


def _finite(value: float) -> bool:
    return value == value and abs(value) < 1e12


def new_id() -> str:
    """A fresh id for a feature: UUID text, so that plans merge without renumbering."""
    return str(uuid.uuid4())


def next_name(plan: Plan, kind: Kind) -> str:
    """The next free tag of a kind: B1, B2 … Names are kept for life, so a gap is not filled again."""
    taken = [feature.name.removeprefix(kind.tag) for feature in plan.of(kind.id) if feature.name.startswith(kind.tag)]
    numbers = [int(rest) for rest in taken if rest.isdigit()]
    return f"{kind.tag}{max(numbers, default=0) + 1}"


def make(plan: Plan, kind_id: str, shape: BaseGeometry | None, values: Mapping[str, Any], id: str = "") -> Feature:
    """A feature of a kind with its defaults, the given values parsed and a name. Raises `BadValue`, `UnknownName`."""
    kind = kind_of(kind_id)
    kept = {**kind.defaults(), **_parsed(kind, values)}
    if "name" in kept and not kept["name"]:
        kept["name"] = next_name(plan, kind)
    return Feature(id or new_id(), kind_id, fitting_shape(kind, shape), MappingProxyType(kept))


def _parsed(kind: Kind, values: Mapping[str, Any]) -> dict[str, FieldValue]:
    parsed: dict[str, FieldValue] = {}
    for key, raw in values.items():
        field = kind.field(key)
        if field is None:
            known = ", ".join(each.id for each in kind.all_fields)
            sentence = Words(N_("{kind} has no field “{field}”."), {"kind": Words(kind.label), "field": key})
            raise UnknownName(sentence, Words(N_("Its fields are: {known}."), {"known": known}))
        parsed[key] = field.parse(raw)
    return parsed


def add(
    plan: Plan, *, kind: str, shape: BaseGeometry | None = None, values: Mapping[str, Any] | None = None, id: str = ""
) -> Plan:
    """The plan with one more feature."""
    _refuse_sealed(kind)
    feature = make(plan, kind, shape, values or {}, id)
    return plan.put("features", {feature.id: feature})


def add_many(plan: Plan, *, features: Iterable[Feature]) -> Plan:
    """The plan with ready-made features added; one with an id already there replaces it."""
    rows = {feature.id: feature for feature in features}
    for feature in rows.values():
        _refuse_sealed(feature.kind)
    return plan.put("features", rows)


def change(plan: Plan, *, id: str, values: Mapping[str, Any]) -> Plan:
    """The plan with some values of a feature changed. Raises `BadValue` for what does not fit its field."""
    feature = _known(plan, id)
    _refuse_sealed(feature.kind)
    return plan.put("features", {id: feature.with_values(**_parsed(kind_of(feature.kind), values))})


def remove(plan: Plan, *, ids: Iterable[str]) -> Plan:
    """The plan without these features; links to them are taken out of the others in the same step."""
    gone = set(ids)
    for each in gone & set(plan.features):
        _refuse_sealed(plan.features[each].kind)
    rows: dict[str, Feature | None] = {each: None for each in gone if each in plan.features}
    for feature in plan.features.values():
        if feature.id in gone:
            continue
        kept: dict[str, FieldValue] = {}
        for field in kind_of(feature.kind).all_fields:
            linked = feature.links(field.id) if isinstance(field, Links) else ()
            if gone.intersection(linked):
                kept[field.id] = tuple(each for each in linked if each not in gone)
        if kept:
            rows[feature.id] = feature.with_values(**kept)
    return plan.put("features", rows)


def paste(plan: Plan, *, features: Iterable[Feature], east: float = 0.0, north: float = 0.0) -> Plan:
    """The plan with copies of features, shifted by metres, with new ids and names."""
    for feature in features:
        _refuse_sealed(feature.kind)
        shape = feature.shape
        if shape is not None:
            shape = affinity.translate(shape, east, north)
        values = {**feature.values, "name": next_name(plan, kind_of(feature.kind))}
        fresh = Feature(new_id(), feature.kind, shape, MappingProxyType(values))
        plan = plan.put("features", {fresh.id: fresh})
    return plan


def _refuse_sealed(kind_id: str) -> None:
    """Raises `BadValue` for a record that belongs to somebody else."""
    kind = kind_of(kind_id)
    if kind.sealed:
        raise BadValue(
            Words(
                N_("{kind}: this record belongs to the authority and is not edited here."), {"kind": Words(kind.label)}
            ),
            Words(N_("Import a newer version of its file.")),
        )


def _known(plan: Plan, feature_id: str) -> Feature:
    try:
        return plan.features[feature_id]
    except KeyError:
        raise UnknownName(Words(N_("There is no feature “{id}” in the plan."), {"id": feature_id})) from None
