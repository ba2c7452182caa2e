"""Plans for tests of storage: one with everything in it, and random ones."""

from __future__ import annotations

import uuid
from datetime import datetime
from types import MappingProxyType
from typing import Any

import shapely
from hypothesis import strategies as st

from venueplanner import kinds
from venueplanner.domain.check import Evidence, Finding, Status
from venueplanner.domain.fields import Choice, Field, Flag, Links, Number, When, Whole
from venueplanner.domain.kind import Kind
from venueplanner.domain.plan import Feature, LayerRecord, Plan, Waiver
from venueplanner.domain.words import Words

EAST, NORTH = 467_000.0, 4_747_000.0  # Bishkek in UTM zone 43N
CRS = "EPSG:32643"
SHAPES = {
    "point": shapely.Point(EAST, NORTH),
    "line": shapely.LineString([(EAST, NORTH), (EAST + 100, NORTH + 50)]),
    "polygon": shapely.box(EAST, NORTH, EAST + 200, NORTH + 100),
}
LAYER = LayerRecord(
    "streets-1",
    "Главные улицы",
    "streets",
    "streets.gpkg",
    count=259,
    set_aside=((7, "no shape"), (12, "ң ө ү")),
    crs="EPSG:28413",
    accuracy=3.0,
    sha256="ab" * 32,
)
WAIVER = Waiver("0123456789abcdef", "Көчө жабык", "Duty officer", "2026-08-31", "cd" * 16)


def feature(kind: Kind, shape: Any = None, **values: Any) -> Feature:
    """A feature of a kind with its defaults and some values."""
    return Feature(str(uuid.uuid4()), kind.id, shape, MappingProxyType({**kind.defaults(), **values}))


def full_plan(**facts: str) -> Plan:
    """A plan with a feature of every kind and shape, a layer, a waiver and facts, with letters of Kyrgyz."""
    found = [
        feature(kind, SHAPES[shape] if shape else None, name=f"ңөү ҢӨҮ {kind.id} {number}")
        for kind in kinds.ALL
        for number, shape in enumerate(kind.shapes or (None,))
    ]
    return Plan(
        MappingProxyType({each.id: each for each in found}),
        MappingProxyType({LAYER.id: LAYER}),
        MappingProxyType({WAIVER.id: WAIVER}),
        MappingProxyType({"title": "Нооруз — Ала-Тоо", "crs": CRS, "profile": "kg", **facts}),
    )


def a_finding(number: int = 1) -> Finding:
    """A finding with evidence."""
    line = shapely.LineString([(EAST, NORTH), (EAST + number, NORTH)])
    return Finding(
        "coverage-gap",
        "critical",
        Words("Gap of {width:.2f} m beside {street}", {"width": 2.4, "street": "Чүй проспектиси"}),
        2.4,
        1.2,
        "m",
        "coverage.limit",
        "DfT TAL 1/11",
        "found",
        ("a", "b"),
        (Evidence("gap", line),),
        subject="p",
    )


STATES = {
    ("coverage-gap", "p"): Status("findings"),
    ("vehicle-approach", "p"): Status("unchecked", Words("No street layer.")),
}

_TEXTS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20)
_UIDS = st.uuids().map(str)
_METRES = st.floats(-1e6, 1e7, allow_nan=False).map(lambda value: round(value, 6))
_CORNERS = st.tuples(_METRES, _METRES)


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Values that a field takes, the empty one too."""
    if isinstance(field, Links):
        return st.lists(_UIDS, max_size=field.most or 3).map(tuple)
    if isinstance(field, Whole):
        low, high = int(field.low if field.low is not None else -(2**31)), int(field.high or 2**31)
        return st.none() | st.integers(low, high)
    if isinstance(field, Number):
        return st.none() | st.floats(field.low or -1e9, field.high or 1e9, allow_nan=False)
    if isinstance(field, Flag):
        return st.sampled_from([None, True, False])
    if isinstance(field, Choice):
        return st.sampled_from([None, *(value for value, _ in field.options)])
    if isinstance(field, When):
        moments = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))  # noqa: DTZ001 - plan times are local wall-clock times
        return st.none() | moments.map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M"))
    return st.none() | _TEXTS


def _shape(shape: str) -> st.SearchStrategy[Any]:
    if shape == "point":
        return _CORNERS.map(shapely.Point)
    if shape == "line":
        return st.lists(_CORNERS, min_size=2, max_size=6, unique=True).map(shapely.LineString)
    return st.tuples(_METRES, _METRES, st.floats(0.1, 1e4), st.floats(0.1, 1e4)).map(
        lambda box: shapely.box(box[0], box[1], box[0] + box[2], box[1] + box[3])
    )


@st.composite
def features(draw: st.DrawFn) -> Feature:
    """A feature of any kind with any values that its fields take."""
    kind = draw(st.sampled_from(kinds.ALL))
    shape = draw(_shape(draw(st.sampled_from(kind.shapes)))) if kind.shapes else None
    values = {field.id: draw(value_of(field)) for field in kind.all_fields}
    return Feature(draw(_UIDS), kind.id, shape, MappingProxyType(values))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan of up to 12 features with layers, waivers and facts."""
    found = draw(st.lists(features(), max_size=12, unique_by=lambda each: each.id))
    layers = draw(st.lists(st.builds(LayerRecord, id=_UIDS, name=_TEXTS, role=_TEXTS, file=_TEXTS), max_size=2))
    waivers = draw(st.lists(st.builds(Waiver, _UIDS, _TEXTS, _TEXTS, _TEXTS, _TEXTS), max_size=2))
    facts = draw(st.dictionaries(_TEXTS.filter(lambda key: key != "crs"), _TEXTS, max_size=4))
    crs = draw(st.sampled_from(["", CRS, "EPSG:28413", "EPSG:7694"]))
    return Plan(
        MappingProxyType({each.id: each for each in found}),
        MappingProxyType({each.id: each for each in layers}),
        MappingProxyType({each.id: each for each in waivers}),
        MappingProxyType({**facts, **({"crs": crs} if crs else {})}),
    )
