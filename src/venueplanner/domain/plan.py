"""The plan: a value that never changes. An edit makes a new one; the difference of two plans is a Change.

A plan has four tables: features (what the planner draws and records), layers (which city data it stands on), waivers
(findings accepted with a reason) and facts (title, coordinate system, rule profile, classification …). A Change covers
all four, so undo, the journal, repainting and re-checking cover all four too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from shapely.geometry.base import BaseGeometry

from .fields import FieldValue

Box = tuple[float, float, float, float]
EMPTY: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Feature:
    """One thing of a kind: id (UUID text), shape in metres of the plan's CRS or None, values by field id."""

    id: str
    kind: str
    shape: BaseGeometry | None
    values: Mapping[str, FieldValue] = field(default_factory=lambda: EMPTY)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Feature):
            return NotImplemented
        if self is other:
            return True
        same = self.id == other.id and self.kind == other.kind and dict(self.values) == dict(other.values)
        return same and _same_shape(self.shape, other.shape)

    def __hash__(self) -> int:
        return hash((self.id, self.kind))

    def __getitem__(self, field_id: str) -> FieldValue:
        return self.values.get(field_id)

    @property
    def name(self) -> str:
        """The short name, or an empty text."""
        return str(self.values.get("name") or "")

    @property
    def phases(self) -> tuple[str, ...]:
        """Ids of the phases it is active in; empty means all."""
        linked = self.values.get("phases")
        return linked if isinstance(linked, tuple) else ()

    def links(self, field_id: str) -> tuple[str, ...]:
        """The ids a link field holds."""
        linked = self.values.get(field_id)
        return linked if isinstance(linked, tuple) else ()

    def number(self, field_id: str, otherwise: float = 0.0) -> float:
        """The value of a number field, or `otherwise` when it is not known."""
        value = self.values.get(field_id)
        return float(value) if isinstance(value, int | float) else otherwise

    def with_values(self, **values: FieldValue) -> Feature:
        """The same feature with some values changed."""
        return replace(self, values=MappingProxyType({**self.values, **values}))

    def with_shape(self, shape: BaseGeometry | None) -> Feature:
        """The same feature with another shape."""
        return replace(self, shape=shape)


def _same_shape(one: BaseGeometry | None, other: BaseGeometry | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.equals_exact(other, 0.0)


@dataclass(frozen=True)
class LayerRecord:
    """Which city data the plan stands on, and who decided how to read it. The data lies in the package folder."""

    id: str
    name: str
    role: str
    file: str
    count: int = 0
    repaired: int = 0
    set_aside: tuple[tuple[int, str], ...] = ()
    encoding: str = ""
    encoding_by: str = ""
    crs: str = ""
    crs_by: str = ""
    operation: str = ""
    accuracy: float | None = None
    source: str = ""
    sha256: str = ""
    date: str = ""
    attribution: str = ""


@dataclass(frozen=True)
class Waiver:
    """A finding accepted with a reason. `cover` is the hash of the geometry it covers: it dies when that moves."""

    id: str
    reason: str
    by: str
    date: str
    cover: str


TABLES = ("features", "layers", "waivers", "facts")
Row = tuple[str, Any, Any]


@dataclass(frozen=True)
class Change:
    """The old/new pairs between two plans, table by table: rows of (key, old or None, new or None).

    `~change` turns it round.
    """

    tables: Mapping[str, tuple[Row, ...]]

    def __bool__(self) -> bool:
        return any(self.tables.values())

    def __invert__(self) -> Change:
        return Change({name: tuple((key, new, old) for key, old, new in rows) for name, rows in self.tables.items()})

    def rows(self, table: str) -> tuple[Row, ...]:
        """The pairs of one table."""
        return self.tables.get(table, ())

    def features(self) -> Iterator[Feature]:
        """All features of the change, old and new."""
        for _, old, new in self.rows("features"):
            yield from (each for each in (old, new) if each is not None)

    def ids(self) -> frozenset[str]:
        """Ids of the features that changed."""
        return frozenset(key for key, _, _ in self.rows("features"))

    def kinds(self) -> frozenset[str]:
        """Kinds of the features that changed."""
        return frozenset(feature.kind for feature in self.features())

    def boxes(self) -> list[Box]:
        """Bounding boxes of the old and the new places, in metres."""
        shapes = (feature.shape for feature in self.features())
        return [shape.bounds for shape in shapes if shape is not None and not shape.is_empty]

    def then(self, later: Change) -> Change:
        """Both changes as one: this one first."""
        merged: dict[str, tuple[Row, ...]] = {}
        for table in TABLES:
            rows = {key: (old, new) for key, old, new in self.rows(table)}
            for key, old, new in later.rows(table):
                rows[key] = (rows[key][0] if key in rows else old, new)
            merged[table] = tuple((key, old, new) for key, (old, new) in rows.items() if old != new)
        return Change(merged)


@dataclass(frozen=True)
class Plan:
    """All features, layers, waivers and facts of one event. Never changed in place."""

    features: Mapping[str, Feature] = field(default_factory=lambda: EMPTY)
    layers: Mapping[str, LayerRecord] = field(default_factory=lambda: EMPTY)
    waivers: Mapping[str, Waiver] = field(default_factory=lambda: EMPTY)
    facts: Mapping[str, str] = field(default_factory=lambda: EMPTY)

    def of(self, *kinds: str) -> list[Feature]:
        """The features of these kinds, in the order they were made."""
        return [feature for feature in self.features.values() if feature.kind in kinds]

    def fact(self, key: str, otherwise: str = "") -> str:
        """One fact of the plan, such as "title" or "crs"."""
        return self.facts.get(key, otherwise)

    def put(self, table: str, rows: Mapping[str, Any]) -> Plan:
        """A new plan with rows of one table set; a row of None is taken out."""
        kept = {**getattr(self, table), **rows}
        return replace(self, **{table: MappingProxyType({k: v for k, v in kept.items() if v is not None})})

    def since(self, old: Plan) -> Change:
        """What changed from `old` to this plan."""
        tables: dict[str, tuple[Row, ...]] = {}
        for name in TABLES:
            before, after = getattr(old, name), getattr(self, name)
            if before is after:
                continue
            rows = [(k, v, after.get(k)) for k, v in before.items() if after.get(k) is not v and after.get(k) != v]
            rows += [(k, None, v) for k, v in after.items() if k not in before]
            if rows:
                tables[name] = tuple(rows)
        return Change(tables)

    def apply(self, change: Change) -> Plan:
        """The plan after a change. `plan.apply(c).apply(~c)` equals `plan`."""
        plan = self
        for table, rows in change.tables.items():
            plan = plan.put(table, {key: new for key, _, new in rows})
        return plan
