"""Writing a whole plan into a fresh GeoPackage: tables, rows, spatial indexes, symbols."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from itertools import count
from pathlib import Path

import sqlalchemy as sa

from venueplanner import kinds
from venueplanner.domain.check import Finding, Status
from venueplanner.domain.fields import FieldValue
from venueplanner.domain.kind import Kind
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.rules import Rules

from . import container, row_text, tables
from .change_log import LogRow
from .columns import column_of, extra_type
from .database import engine_to_write
from .plan_text import plan_hash, say
from .qgis_style import STYLE_NAME, style_of
from .seal import EMPTY, put_seal


def program_version() -> str:
    """The version of this program, as installed."""
    try:
        return version("venueplanner") or "from source"
    except (PackageNotFoundError, OSError):
        return "from source"


def write_plan(
    path: Path,
    plan: Plan,
    rules: Rules | None,
    findings: Iterable[Finding],
    states: Mapping[tuple[str, str], Status],
    log: Sequence[LogRow],
) -> None:
    """A new file with all of it, sealed and on disk. `path` must not exist. Raises what SQLite and the disk raise."""
    srs = container.srs_of(plan.fact("crs"))
    srs_id = container.UNKNOWN_SYSTEM if srs is None else srs.id
    engine = engine_to_write(path)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id={container.APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version={container.USER_VERSION}")
        connection.commit()
        with connection.begin():
            container.make_container(connection, srs)
            meta = sa.MetaData()
            order = {feature_id: number for number, feature_id in enumerate(plan.features, start=1)}
            styles = tables.style_table(meta)
            styles.create(connection)
            for kind in kinds.ALL:
                _write_kind(connection, meta, kind, plan.of(kind.id), order, srs_id)
                if kind.style is not None:
                    connection.execute(styles.insert(), style_of(kind, container.utc_now()))
            container.register(connection, tables.STYLES, "Symbols", STYLE_NAME)
            _write_own(connection, meta, plan, rules, findings, states, log)
            title = plan.fact("title")
            container.add_metadata(connection, say({"title": title, "program": "VenuePlanner " + program_version()}))
    put_seal(path)


def _write_kind(
    connection: sa.Connection,
    meta: sa.MetaData,
    kind: Kind,
    found: list[Feature],
    order: Mapping[str, int],
    srs_id: int,
) -> None:
    declared = {field.id: column_of(field) for field in kind.all_fields}
    extra: dict[str, list[FieldValue]] = {}
    for feature in found:
        for key, value in feature.values.items():
            if key not in declared and key not in tables.OWN_COLUMNS and value is not None:
                extra.setdefault(key, []).append(value)
    added = [(key, extra_type(values)) for key, values in extra.items()]
    type_name = _type_for(kind, found)
    table = tables.kind_table(meta, kind, srs_id, type_name, added)
    table.create(connection)
    rows = []
    for feature in found:
        row: dict[str, object] = {"fid": order[feature.id], "uid": feature.id}
        if kind.shapes:
            row["geom"] = feature.shape
        row |= {key: column.put(feature.values.get(key)) for key, column in declared.items()}
        row |= {key: _plain(feature.values.get(key), kept) for key, kept in added}
        rows.append(row)
    if rows:
        connection.execute(table.insert(), rows)
    if kind.shapes:
        container.register_layer(connection, kind.id, kind.plural, kind.help, type_name, srs_id)
    else:
        container.register(connection, kind.id, kind.plural, kind.help)


def _plain(value: object, kept: tables.Type) -> object:
    """A value of a column that no field declares, as its column takes it."""
    if value is None or not isinstance(kept, sa.Text):
        return value
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _type_for(kind: Kind, found: list[Feature]) -> str:
    """The declared geometry type, or GEOMETRY when a shape is of another one (a part of a split line, say)."""
    declared = tables.geometry_type(kind)
    types = {feature.shape.geom_type.upper() for feature in found if feature.shape is not None}
    return declared if types <= {declared} else "GEOMETRY"


def _write_own(
    connection: sa.Connection,
    meta: sa.MetaData,
    plan: Plan,
    rules: Rules | None,
    findings: Iterable[Finding],
    states: Mapping[tuple[str, str], Status],
    log: Sequence[LogRow],
) -> None:
    about = {
        "format": str(tables.FORMAT),
        "program": program_version(),
        "saved": container.utc_now(),
        "plan_hash": plan_hash(plan),
    }
    rows: dict[str, list[row_text.Row]] = {
        "vp_meta": [{"key": key, "value": value} for key, value in about.items()],
        "vp_facts": [{"key": key, "value": value} for key, value in plan.facts.items()],
        "vp_layers": [row_text.layer_row(layer) for layer in plan.layers.values()],
        "vp_waivers": [asdict(waiver) for waiver in plan.waivers.values()],
        "vp_rules": row_text.rule_rows(rules),
        "vp_findings": row_text.finding_rows(findings, plan),
        "vp_checks": row_text.state_rows(states),
        "vp_log": [row_text.log_row(row) for row in log],
        "vp_seal": [{"seal": EMPTY}],
    }
    for name, (label, _) in tables.OWN.items():
        table = tables.own_table(meta, name)
        table.create(connection)
        number = count(1)
        numbered = [{"fid": next(number), **row} for row in rows[name]]
        if numbered:
            connection.execute(table.insert(), numbered)
        container.register(connection, name, label)
