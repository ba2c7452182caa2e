"""Reading a plan back from its tables, also after another program edited, added or removed rows and columns."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import shapely
import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry

from venueplanner import kinds
from venueplanner.domain.errors import BadValue
from venueplanner.domain.fields import Field, FieldValue
from venueplanner.domain.kind import Kind
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.words import N_, Words

from . import row_text
from .change_log import LogRow
from .columns import column_of, empty_of
from .database import names, quoted
from .geometry import from_blob

_SINGLE = {"MultiPoint": "Point", "MultiLineString": "LineString", "MultiPolygon": "Polygon"}


@dataclass
class Reader:
    """Reads one file. `edited`: another program changed it, so every value is looked at as if a user had typed it."""

    connection: sa.Connection
    edited: bool
    remarks: list[Words] = field(default_factory=list)

    def rows(self, table: str) -> list[row_text.Row]:
        """All rows of a table by column name, in the order of their number; none when the table is not there."""
        columns = names(self.connection, table)
        if not columns:
            return []
        order = f" ORDER BY {quoted('fid')}" if "fid" in columns else ""
        found = self.connection.exec_driver_sql(f"SELECT * FROM {quoted(table)}{order}")  # noqa: S608 - the name is ours
        return [dict(row._mapping) for row in found]

    def plan(self) -> Plan:
        """The whole plan."""
        features: list[tuple[int, Feature]] = []
        seen: set[str] = set()
        for kind in kinds.ALL:
            for row in self.rows(kind.id):
                for feature in self._features(kind, row, seen):
                    features.append((int(row.get("fid") or 0), feature))
        features.sort(key=lambda pair: pair[0])
        layers = [row_text.layer_of(row) for row in self.rows("vp_layers")]
        waivers = [row_text.waiver_of(row) for row in self.rows("vp_waivers")]
        facts = {str(row["key"]): str(row["value"]) for row in self.rows("vp_facts") if row["value"] is not None}
        return Plan(
            MappingProxyType({feature.id: feature for _, feature in features}),
            MappingProxyType({layer.id: layer for layer in layers}),
            MappingProxyType({waiver.id: waiver for waiver in waivers}),
            MappingProxyType(facts),
        )

    def log(self) -> tuple[LogRow, ...]:
        """The change log."""
        return tuple(row_text.log_of(row) for row in self.rows("vp_log"))

    # -- features -----------------------------------------------------------------------------------------------
    def _features(self, kind: Kind, row: row_text.Row, seen: set[str]) -> Iterator[Feature]:
        where = {"layer": Words(kind.plural), "row": row.get("fid")}
        values = MappingProxyType(self._values(kind, row, where))
        uid = str(row.get("uid") or "").strip() or str(uuid.uuid4())
        if uid in seen:
            self.remarks.append(Words(N_("{layer}, row {row}: a copy of another row; it got an id of its own."), where))
            uid = str(uuid.uuid4())
        for number, shape in enumerate(self._shapes(kind, row, where)):
            each = uid if number == 0 else str(uuid.uuid4())
            seen.add(each)
            yield Feature(each, kind.id, shape, values)

    def _values(self, kind: Kind, row: row_text.Row, where: dict[str, Any]) -> dict[str, FieldValue]:
        values: dict[str, FieldValue] = {}
        for each in kind.all_fields:
            if each.id not in row:  # a field younger than the file
                values[each.id] = kind.defaults().get(each.id)
            elif row[each.id] is None:
                values[each.id] = empty_of(each)
            else:
                values[each.id] = self._value(each, row[each.id], where)
        known = {"fid", "uid", "geom", *values}
        others = {key: raw for key, raw in row.items() if key not in known and isinstance(raw, str | int | float)}
        return {**values, **others}

    def _value(self, each: Field, raw: object, where: dict[str, Any]) -> FieldValue:
        try:
            value = column_of(each).get(raw)
            if self.edited and not isinstance(value, tuple):
                value = each.parse(value) if value != "" else value
        except (BadValue, ValueError, TypeError) as error:
            reason = error.text if isinstance(error, BadValue) else Words(str(error))
            values = {**where, "field": Words(each.label), "reason": reason}
            self.remarks.append(Words(N_("{layer}, row {row}, {field}: left empty. {reason}"), values))
            return empty_of(each)
        return value

    def _shapes(self, kind: Kind, row: row_text.Row, where: dict[str, Any]) -> list[BaseGeometry | None]:
        try:
            shape = from_blob(row.get("geom"))
        except ValueError:
            self.remarks.append(Words(N_("{layer}, row {row}: its shape cannot be read and was left out."), where))
            return [None]
        if shape is None or not self.edited or shape.geom_type not in _SINGLE:
            return [shape]
        parts: list[BaseGeometry | None] = list(shapely.get_parts(shape))
        if len(parts) > 1:
            values = {**where, "parts": len(parts)}
            self.remarks.append(Words(N_("{layer}, row {row}: made of {parts} parts; each became a feature."), values))
        return parts or [None]
