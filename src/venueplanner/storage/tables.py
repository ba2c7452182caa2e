"""The tables of the plan file, declared from the kinds: a layer for a kind with a shape, an attribute table without.

`fid` is the place of a row in the order of the plan, over all kinds; `uid` (UUID text) is what other rows refer to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from venueplanner import kinds
from venueplanner.domain.kind import Kind
from venueplanner.domain.words import N_

from .columns import Moment, Shape, column_of

FORMAT = 1  # of our own tables; the GeoPackage version is in the file header
OWN_COLUMNS = ("fid", "uid", "geom")
_TYPE_NAMES = {"point": "POINT", "line": "LINESTRING", "polygon": "POLYGON"}

Type = sa.types.TypeEngine[Any]
_TYPES: Mapping[str, Callable[[], Type]] = {
    "": sa.Text,
    "whole": sa.Integer,
    "number": sa.Double,
    "flag": sa.Boolean,
    "bytes": sa.LargeBinary,
    "moment": Moment,
}

# Our own tables: name → (readable name, columns after `fid`). A column is `name` (text) or `name:type`.
OWN: Mapping[str, tuple[str, str]] = {
    "vp_meta": (N_("About this plan file"), "key value"),
    "vp_facts": (N_("Facts of the plan"), "key value"),
    "vp_layers": (
        N_("City data used"),
        "id name role file count:whole repaired:whole set_aside encoding encoding_by crs crs_by operation "
        "accuracy:number source sha256 date attribution",
    ),
    "vp_waivers": (N_("Accepted findings"), "id reason by date cover"),
    "vp_rules": (
        N_("Rules used"),
        "profile id value unit label source clause url confidence jurisdiction valid_from overridden:flag",
    ),
    "vp_findings": (
        N_("Findings when last saved"),
        "id check severity text measured:number threshold:number unit rule source confidence subject features "
        "x:number y:number waived:flag",
    ),
    "vp_checks": (N_("State of the checks when last saved"), "check subject state reason"),
    "vp_log": (N_("Change log"), "seq:whole time label changed before after chain"),
    "vp_seal": (N_("Seal of the file"), "seal:bytes"),
}

STYLES = "layer_styles"
_STYLE_COLUMNS = (
    "f_table_catalog f_table_schema f_table_name f_geometry_column styleName styleQML styleSLD useAsDefault:flag "
    "description owner ui update_time:moment"
)


def geometry_type(kind: Kind) -> str:
    """The geometry type of a kind's layer: its only one, GEOMETRY when it takes several, empty for a record."""
    if not kind.shapes:
        return ""
    return _TYPE_NAMES[kind.shapes[0]] if len(kind.shapes) == 1 else "GEOMETRY"


def _number_column(name: str = "fid") -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=True, nullable=False)


def kind_table(
    meta: sa.MetaData,
    kind: Kind,
    srs_id: int,
    type_name: str | None = None,
    extra: Sequence[tuple[str, Type]] = (),
) -> sa.Table:
    """The table of a kind; `type_name` widens the geometry type, `extra` are columns the kind does not declare."""
    columns: list[sa.Column[Any]] = [_number_column(), sa.Column("uid", sa.Text(36), unique=True)]
    if kind.shapes:
        columns.append(sa.Column("geom", Shape(type_name or geometry_type(kind), srs_id)))
    for field in kind.all_fields:
        if field.id in OWN_COLUMNS:
            raise ValueError(f"{kind.id}.{field.id}: this name is the plan file's own")
        columns.append(sa.Column(field.id, column_of(field).type()))
    columns += [sa.Column(name, kept) for name, kept in extra]
    return sa.Table(kind.id, meta, *columns, sqlite_autoincrement=True)


def _columns(text: str) -> list[sa.Column[Any]]:
    pairs = (part.partition(":") for part in text.split())
    return [sa.Column(name, _TYPES[kept]()) for name, _, kept in pairs]


def own_table(meta: sa.MetaData, name: str) -> sa.Table:
    """One of our own tables."""
    return sa.Table(name, meta, _number_column(), *_columns(OWN[name][1]), sqlite_autoincrement=True)


def style_table(meta: sa.MetaData) -> sa.Table:
    """The table in which QGIS looks for the symbols of a layer."""
    return sa.Table(STYLES, meta, _number_column("id"), *_columns(_STYLE_COLUMNS), sqlite_autoincrement=True)


def declare(srs_id: int) -> sa.MetaData:
    """All tables of a plan as the kinds declare them."""
    meta = sa.MetaData()
    for kind in kinds.ALL:
        kind_table(meta, kind, srs_id)
    for name in OWN:
        own_table(meta, name)
    style_table(meta)
    return meta


def schema_lines() -> list[str]:
    """The tables as text, one column a line: what the lock of the file format is compared with."""
    meta = declare(0)
    dialect = sa.create_engine("sqlite://").dialect
    return [
        f"{table.name}.{column.name} {column.type.compile(dialect=dialect)}"
        for table in meta.tables.values()
        for column in table.columns
    ]
