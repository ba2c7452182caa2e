"""One raw GeoJSON feature into a feature of a kind: its shape fitted, its values parsed, its links found."""

from __future__ import annotations

import difflib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner import kinds
from venueplanner.domain.errors import BadValue
from venueplanner.domain.fields import FieldValue, Links
from venueplanner.domain.kind import Kind
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.words import N_, Words

from .coordinates import PlanCoordinates

_SHAPES = {"Point": "point", "LineString": "line", "Polygon": "polygon"}
_OWN = ("kind", "id", "uid", "fid")
_NAMES = {"point": N_("a point"), "line": N_("a line"), "polygon": N_("an area")}


class Refused(Exception):
    """A feature cannot be used; `what` says why."""

    def __init__(self, template: str, **values: object) -> None:
        self.what = Words(template, values)
        super().__init__(self.what.say())


@dataclass(frozen=True)
class Draft:
    """A feature whose links may still be names, and its number in the file."""

    number: int
    feature: Feature


def take(number: int, raw: dict[str, Any], coordinates: PlanCoordinates) -> Draft:
    """The feature a raw GeoJSON feature means. Raises `Refused`."""
    if raw.get("type", "Feature") != "Feature":
        raise Refused(N_("it is a “{type}”, not a feature."), type=str(raw.get("type"))[:40])
    properties = raw.get("properties") or {}
    if not isinstance(properties, dict):
        raise Refused(N_("its properties are not a list of names and values."))
    kind = _kind_of(properties)
    shape = _shape_of(kind, raw.get("geometry"), coordinates)
    given = raw.get("id", properties.get("id", properties.get("uid")))
    values = MappingProxyType(_values_of(kind, properties))
    return Draft(number, Feature(str(given) if given not in (None, "") else str(uuid.uuid4()), kind.id, shape, values))


def _kind_of(properties: dict[str, Any]) -> Kind:
    found = properties.get("kind")
    if found is None:
        raise Refused(N_("the property “kind” is missing; the kinds are {known}."), known=", ".join(kinds.BY_ID))
    kind = kinds.BY_ID.get(str(found))
    if kind is None:
        template = N_("there is no kind “{kind}”{nearest}; the kinds are {known}.")
        raise Refused(
            template, kind=str(found)[:40], nearest=_nearest(found, kinds.BY_ID), known=", ".join(kinds.BY_ID)
        )
    return kind


def _nearest(word: object, known: Any) -> Words:
    close = difflib.get_close_matches(str(word), list(known), n=1)
    return Words(N_(" (did you mean “{name}”?)"), {"name": close[0]}) if close else Words("")


def _values_of(kind: Kind, properties: dict[str, Any]) -> dict[str, FieldValue]:
    values = dict(kind.defaults())
    known = [field.id for field in kind.all_fields]
    for key, raw in properties.items():
        if key in _OWN:
            continue
        field = kind.field(key)
        if field is None:
            template = N_("“{kind}” has no field “{field}”{nearest}; its fields are {known}.")
            near = _nearest(key, known)
            raise Refused(template, kind=kind.id, field=str(key)[:40], nearest=near, known=", ".join(known))
        if isinstance(raw, dict):
            raise Refused(N_("the value of “{field}” is not a plain value."), field=key)
        try:
            values[key] = field.parse(raw)
        except BadValue as error:
            raise Refused("{what}", what=error.text) from error
    for field in kind.all_fields:
        if field.required and values.get(field.id) in (None, "", ()):
            raise Refused(N_("the field “{field}” is needed."), field=field.id)
    return values


def _shape_of(kind: Kind, raw: Any, coordinates: PlanCoordinates) -> BaseGeometry | None:
    if raw is None:
        if kind.shapes:
            raise Refused(N_("“{kind}” needs a shape."), kind=kind.id)
        return None
    if not kind.shapes:
        raise Refused(N_("“{kind}” is a record without a shape."), kind=kind.id)
    try:
        shape = shapely.force_2d(shapely.from_geojson(json.dumps(raw)))
    except (shapely.errors.GEOSException, TypeError, ValueError) as error:
        raise Refused(N_("its shape cannot be read ({reason})."), reason=str(error)[:100]) from error
    lonlat = shapely.get_coordinates(shape)
    if shape.is_empty or not np.isfinite(lonlat).all():
        raise Refused(N_("its shape is empty or has no proper numbers."))
    if (np.abs(lonlat[:, 0]) > 180).any() or (np.abs(lonlat[:, 1]) > 90).any():
        raise Refused(N_("its coordinates are not degrees of longitude and latitude."))
    there = shapely.transform(_fitted(kind, shape), coordinates.from_lonlat_array)
    if not np.isfinite(shapely.get_coordinates(there)).all():
        raise Refused(N_("it lies outside the plan's coordinate system."))
    return there


def _fitted(kind: Kind, shape: BaseGeometry) -> BaseGeometry:
    """The shape as one of the types the kind takes: a single part out of a collection, an area out of a closed line."""
    parts = shapely.get_parts(shape)
    if len(parts) > 1:
        raise Refused(N_("it has {parts} parts; make each a feature of its own."), parts=len(parts))
    single: BaseGeometry = parts[0]
    found = _SHAPES.get(single.geom_type, "")
    if found == "line" and "line" not in kind.shapes and "polygon" in kind.shapes and single.is_closed:
        if shapely.get_num_coordinates(single) >= 4:
            single, found = shapely.Polygon(shapely.get_coordinates(single)), "polygon"
    if found not in kind.shapes:
        wanted = [Words(_NAMES[each]) for each in kind.shapes]
        template = {1: "{one}", 2: N_("{one} or {two}"), 3: N_("{one}, {two} or {three}")}[len(wanted)]
        choice = Words(template, dict(zip(("one", "two", "three"), wanted, strict=False)))
        raise Refused(N_("“{kind}” needs {wanted}, not a {type}."), kind=kind.id, wanted=choice, type=single.geom_type)
    if found == "polygon" and not single.is_valid:
        raise Refused(N_("its area is not sound ({reason})."), reason=shapely.is_valid_reason(single))
    if found == "line" and single.length == 0:
        raise Refused(N_("its line has no length."))
    return single


def link_names(drafts: Sequence[Draft], plan: Plan) -> tuple[list[Feature], list[tuple[int, Words]]]:
    """The features with every link as an id, and what could not be linked (feature number, why)."""
    everyone = {**plan.features, **{draft.feature.id: draft.feature for draft in drafts}}
    by_name: dict[str, list[Feature]] = {}
    for feature in everyone.values():
        by_name.setdefault(feature.name.casefold(), []).append(feature)
    linked: list[Feature] = []
    problems: list[tuple[int, Words]] = []
    for draft in drafts:
        feature = draft.feature
        changed: dict[str, FieldValue] = {}
        for field in kinds.BY_ID[feature.kind].all_fields:
            if isinstance(field, Links) and feature.links(field.id):
                try:
                    changed[field.id] = tuple(
                        _target(word, field, everyone, by_name) for word in feature.links(field.id)
                    )
                except Refused as refused:
                    problems.append((draft.number, refused.what))
        linked.append(feature.with_values(**changed) if changed else feature)
    return linked, problems


def _target(word: str, field: Links, everyone: dict[str, Feature], by_name: dict[str, list[Feature]]) -> str:
    """The id that a link's word means: an id, or the name of exactly one feature of the kinds that may be linked."""
    fitting = [each for each in by_name.get(word.casefold(), ()) if not field.kinds or each.kind in field.kinds]
    if word in everyone:
        if field.kinds and everyone[word].kind not in field.kinds:
            raise Refused(N_("“{field}” cannot link “{word}”: it is a {kind}."), field=field.id, word=word,
                          kind=everyone[word].kind)  # fmt: skip
        return word
    if len(fitting) == 1:
        return fitting[0].id
    names = [each.name for each in everyone.values() if each.name and (not field.kinds or each.kind in field.kinds)]
    if fitting:
        raise Refused(N_("“{field}” links “{word}”, and {count} features have that name; give the id."),
                      field=field.id, word=word, count=len(fitting))  # fmt: skip
    template = N_("“{field}” links “{word}”, which is neither in the file nor in the plan{nearest}.")
    raise Refused(template, field=field.id, word=word[:60], nearest=_nearest(word, names))
