"""The parts every GeoPackage has: header numbers, system tables, coordinate system, R-tree, contents, metadata.

GeoPackage 1.3: its R-tree triggers are the ones older readers know. Update 1 of that set misbehaves with an SQL upsert,
so feature tables are never written with ON CONFLICT.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from venueplanner.domain.errors import BadValue

from .coordinates import PlanCoordinates
from .database import quoted, script

APPLICATION_ID = 0x47504B47  # "GPKG"
USER_VERSION = 10300
UNKNOWN_SYSTEM = -1  # the standard's "undefined Cartesian"
FIRST_OWN_SYSTEM = 100000

_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,'
    'AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)

_SYSTEM_TABLES = (
    """CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
    organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,
    description TEXT)""",
    """CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,
    identifier TEXT UNIQUE, description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))""",
    """CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))""",
    """CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
    definition TEXT NOT NULL, scope TEXT NOT NULL,
    CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))""",
    """CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
    md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml',
    metadata TEXT NOT NULL DEFAULT '')""",
    """CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT,
    row_id_value INTEGER, timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
    CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
    CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))""",
)
_METADATA_PAGE = "http://www.geopackage.org/spec130/#extension_metadata"
_RTREE_PAGE = "http://www.geopackage.org/spec130/#extension_rtree"


@dataclass(frozen=True)
class Srs:
    """The plan's coordinate system as the file names it: number, name, organisation, code, WKT 1."""

    id: int
    name: str
    organization: str
    code: int
    wkt: str


def utc_now() -> str:
    """The present moment as a GeoPackage writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def srs_of(crs: str) -> Srs | None:
    """The coordinate system of a plan's fact "crs"; None when the plan has none yet. Raises `BadValue`."""
    if not crs:
        return None
    coordinates = PlanCoordinates(crs)
    authority, _, code = coordinates.authority.partition(":")
    name = coordinates.crs.name
    if authority == "EPSG" and code.isdigit():
        return Srs(int(code), name, authority, int(code), coordinates.wkt1)
    if not coordinates.wkt1:
        raise BadValue(name)
    return Srs(FIRST_OWN_SYSTEM, name, "NONE", FIRST_OWN_SYSTEM, coordinates.wkt1)


def make_container(connection: sa.Connection, srs: Srs | None) -> None:
    """The system tables and the coordinate systems."""
    script(connection, _SYSTEM_TABLES)
    rows = [
        ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
        ("WGS 84 geodetic", 4326, "EPSG", 4326, _WGS84, "longitude/latitude in decimal degrees on WGS 84"),
    ]
    if srs is not None and srs.id != 4326:
        rows.append((srs.name, srs.id, srs.organization, srs.code, srs.wkt, "coordinate system of the plan, metres"))
    for row in rows:
        connection.exec_driver_sql("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", row)


def register(connection: sa.Connection, table: str, identifier: str, description: str = "") -> None:
    """Say in the contents that a table of attributes is there."""
    connection.exec_driver_sql(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) VALUES (?,?,?,?,?)",
        (table, "attributes", identifier, description, utc_now()),
    )


def register_layer(
    connection: sa.Connection, table: str, identifier: str, description: str, type_name: str, srs_id: int
) -> None:
    """Say in the contents that a layer is there, and give it a spatial index. Rows must be in it already."""
    insert = connection.exec_driver_sql
    insert(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) "
        "VALUES (?,?,?,?,?,?)",
        (table, "features", identifier, description, utc_now(), srs_id),
    )
    insert("INSERT INTO gpkg_geometry_columns VALUES (?,?,?,?,0,0)", (table, "geom", type_name, srs_id))
    insert(
        "INSERT INTO gpkg_extensions VALUES (?,?,?,?,?)",
        (table, "geom", "gpkg_rtree_index", _RTREE_PAGE, "write-only"),
    )
    script(connection, rtree(table))
    tree = quoted(f"rtree_{table}_geom")
    parts = ", ".join(f"{column} = (SELECT {which} FROM {tree})" for column, which in _EXTENT)  # noqa: S608 - names are ours
    insert(f"UPDATE gpkg_contents SET {parts} WHERE table_name = ?", (table,))  # noqa: S608


_EXTENT = (("min_x", "min(minx)"), ("min_y", "min(miny)"), ("max_x", "max(maxx)"), ("max_y", "max(maxy)"))


def rtree(table: str, column: str = "geom", key: str = "fid") -> list[str]:
    """The spatial index of a layer: the virtual table, its rows, and the triggers of GeoPackage 1.3, Annex F.3."""
    base = f"rtree_{table}_{column}"
    t, c, i, tree = quoted(table), quoted(column), quoted(key), quoted(base)
    box = f"ST_MinX(NEW.{c}), ST_MaxX(NEW.{c}), ST_MinY(NEW.{c}), ST_MaxY(NEW.{c})"
    there, gone = f"NEW.{c} NOTNULL AND NOT ST_IsEmpty(NEW.{c})", f"NEW.{c} ISNULL OR ST_IsEmpty(NEW.{c})"

    def trigger(name: str, when: str, what: str) -> str:
        return f"CREATE TRIGGER {quoted(base + '_' + name)} {when} BEGIN {what}; END"

    put = f"INSERT OR REPLACE INTO {tree} VALUES (NEW.{i}, {box})"  # noqa: S608
    drop = f"DELETE FROM {tree} WHERE id = OLD.{i}"  # noqa: S608
    drop_both = f"DELETE FROM {tree} WHERE id IN (OLD.{i}, NEW.{i})"  # noqa: S608
    same, other = f"OLD.{i} = NEW.{i}", f"OLD.{i} != NEW.{i}"
    return [
        f"CREATE VIRTUAL TABLE {tree} USING rtree(id, minx, maxx, miny, maxy)",
        f"INSERT OR REPLACE INTO {tree} SELECT {i}, ST_MinX({c}), ST_MaxX({c}), ST_MinY({c}), ST_MaxY({c}) "  # noqa: S608
        f"FROM {t} WHERE {c} NOTNULL AND NOT ST_IsEmpty({c})",
        trigger("insert", f"AFTER INSERT ON {t} WHEN (NEW.{c} NOT NULL AND NOT ST_IsEmpty(NEW.{c}))", put),
        trigger("update1", f"AFTER UPDATE OF {c} ON {t} WHEN {same} AND ({there})", put),
        trigger("update2", f"AFTER UPDATE OF {c} ON {t} WHEN {same} AND ({gone})", drop),
        trigger("update3", f"AFTER UPDATE ON {t} WHEN {other} AND ({there})", f"{drop}; {put}"),
        trigger("update4", f"AFTER UPDATE ON {t} WHEN {other} AND ({gone})", drop_both),
        trigger("delete", f"AFTER DELETE ON {t} WHEN OLD.{c} NOT NULL", drop),
    ]


def add_metadata(connection: sa.Connection, text: str) -> None:
    """Words about the whole file, as JSON."""
    run = connection.exec_driver_sql
    for table in ("gpkg_metadata", "gpkg_metadata_reference"):
        run("INSERT INTO gpkg_extensions VALUES (?,NULL,'gpkg_metadata',?,'read-write')", (table, _METADATA_PAGE))
    run(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', ?, 'application/json', ?)",
        ("https://www.iso.org/standard/53798.html", text),
    )
    run(
        "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)",
        (utc_now(),),
    )
