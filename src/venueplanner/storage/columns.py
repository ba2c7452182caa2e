"""Field types and their columns: how a value lies in the plan file, and how what lies there is read.

Every field type of `domain.fields` has one row here. GeoPackage knows few column types, and SQLAlchemy's String,
Numeric, Uuid, JSON and DateTime are none of them: only Text, Integer, Double, Boolean and LargeBinary are used.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from venueplanner.domain.fields import Choice, Field, FieldValue, Flag, Links, Number, Text, When, Whole

from .geometry import from_blob, to_blob


class Shape(sa.types.UserDefinedType[Any]):
    """A geometry column of a GeoPackage: shapely in Python, GeoPackage binary in the file."""

    cache_ok = True

    def __init__(self, type_name: str, srs_id: int) -> None:
        self.type_name = type_name
        self.srs_id = srs_id

    def get_col_spec(self, **_: Any) -> str:
        """The column type as the standard names it: POINT, LINESTRING, POLYGON, GEOMETRY."""
        return self.type_name

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[Any], bytes | None]:
        """What makes the binary of a shape."""
        return lambda shape: to_blob(shape, self.srs_id)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[Any], Any]:
        """What makes the shape of a binary."""
        return from_blob


class Moment(sa.types.UserDefinedType[str]):
    """A moment in UTC as a GeoPackage keeps it: `YYYY-MM-DDTHH:MM:SS.sssZ`."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """The column type as the standard names it."""
        return "DATETIME"


def _as_it_is(value: FieldValue) -> object:
    return value


def _joined(value: FieldValue) -> str | None:
    return ",".join(value) or None if isinstance(value, tuple) else None


def _text(raw: object) -> FieldValue:
    return raw if isinstance(raw, str) else str(raw)


def _number(raw: object) -> FieldValue:
    value = float(raw)  # type: ignore[arg-type]
    if not math.isfinite(value):
        raise ValueError("not a finite number")
    return value


def _whole(raw: object) -> FieldValue:
    value = float(raw)  # type: ignore[arg-type]
    if value != int(value):
        raise ValueError("not a whole number")
    return int(value)


def _flag(raw: object) -> FieldValue:
    if raw not in (0, 1, True, False):
        raise ValueError("not yes or no")
    return bool(raw)


def _links(raw: object) -> FieldValue:
    return tuple(part.strip() for part in str(raw).split(",") if part.strip())


@dataclass(frozen=True)
class Column:
    """How one field type is kept: the column type, what goes in, what comes out of a value that is not NULL."""

    type: Callable[[], sa.types.TypeEngine[Any]]
    put: Callable[[FieldValue], object]
    get: Callable[[object], FieldValue]


# Local wall-clock times stay texts: the DATETIME of a GeoPackage is UTC and would move an event by the zone.
OF_TYPE: Mapping[type[Field], Column] = {
    Text: Column(sa.Text, _as_it_is, _text),
    Number: Column(sa.Double, _as_it_is, _number),
    Whole: Column(sa.Integer, _as_it_is, _whole),
    Flag: Column(sa.Boolean, _as_it_is, _flag),
    Choice: Column(sa.Text, _as_it_is, _text),
    When: Column(sa.Text, _as_it_is, _text),
    Links: Column(sa.Text, _joined, _links),
}


def column_of(field: Field) -> Column:
    """The column of a field. A field type without a row here is a mistake in the program."""
    return OF_TYPE[type(field)]


def empty_of(field: Field) -> FieldValue:
    """What NULL means for a field."""
    return () if isinstance(field, Links) else None


def extra_type(values: list[FieldValue]) -> sa.types.TypeEngine[Any]:
    """The column type for values of a field that the program does not declare (a column added in another program)."""
    if all(isinstance(value, bool) for value in values):
        return sa.Boolean()
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return sa.Integer()
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return sa.Double()
    return sa.Text()
