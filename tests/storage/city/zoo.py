"""Shapefiles made byte by byte, so that every declaration and every damage can be chosen."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from pathlib import Path

Ring = Sequence[tuple[float, float]]

SK42_13 = (
    'PROJCS["Pulkovo_1942_GK_Zone_13",GEOGCS["GCS_Pulkovo_1942",DATUM["D_Pulkovo_1942",'
    'SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",13500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",75.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],'
    'UNIT["Meter",1.0]]'
)
UTM43 = (
    'PROJCS["WGS_1984_UTM_Zone_43N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",'
    'SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",75.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],'
    'UNIT["Meter",1.0]]'
)
X, Y = 467_000.0, 4_747_000.0  # the middle of Bishkek in UTM 43N
POINT, LINE, POLYGON = 1, 3, 5
STREETS = (
    "улица Киевская", "проспект Чуй", "бульвар Эркиндик", "улица Боконбаева", "переулок Садовый", "улица Токтогула",
    "улица Московская", "проспект Манаса", "улица Льва Толстого", "улица Юнусалиева", "Южная магистраль",
    "улица Жибек Жолу", "улица Абдрахманова", "улица Панфилова",
    "улица Фрунзе", "проспект Жибек Жолу", "улица Исанова", "улица Горького",
    "улица Ахунбаева", "улица Байтик Баатыра",
)  # fmt: skip


def square(east: float, north: float, side: float = 20.0) -> list[tuple[float, float]]:
    """A clockwise ring, as outer rings are."""
    return [(east, north), (east, north + side), (east + side, north + side), (east + side, north), (east, north)]


def record(kind: int, parts: Sequence[Ring]) -> bytes:
    if kind == POINT:
        return struct.pack("<i2d", POINT, *parts[0][0])
    xs = [x for part in parts for x, _ in part]
    ys = [y for part in parts for _, y in part]
    head = struct.pack("<i4d2i", kind, min(xs), min(ys), max(xs), max(ys), len(parts), len(xs))
    starts, total = [], 0
    for part in parts:
        starts.append(total)
        total += len(part)
    flat = [number for part in parts for point in part for number in point]
    return head + struct.pack(f"<{len(parts)}i", *starts) + struct.pack(f"<{len(flat)}d", *flat)


def shp_and_shx(kind: int, records: Sequence[bytes]) -> tuple[bytes, bytes]:
    body, index, at = b"", b"", 50
    for number, content in enumerate(records, 1):
        body += struct.pack(">2i", number, len(content) // 2) + content
        index += struct.pack(">2i", at, len(content) // 2)
        at += 4 + len(content) // 2
    box = struct.pack("<8d", X, Y, X + 1000, Y + 1000, 0, 0, 0, 0)
    head = [
        struct.pack(">7i", 9994, 0, 0, 0, 0, 0, (100 + size) // 2) + struct.pack("<2i", 1000, kind) + box
        for size in (len(body), len(index))
    ]
    return head[0] + body, head[1] + index


def dbf(fields: Sequence[tuple[bytes, str, int, int]], rows: Sequence[Sequence[bytes]], language: int = 0) -> bytes:
    width = 1 + sum(size for _, _, size, _ in fields)
    head = (
        struct.pack("<4BIHH", 3, 124, 1, 1, len(rows), 33 + 32 * len(fields), width)
        + bytes(17)
        + bytes([language, 0, 0])
    )
    for name, kind, size, decimals in fields:
        head += name[:10].ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([size, decimals]) + bytes(14)
    body = b"".join(
        b" "
        + b"".join(
            cell[:size].ljust(size) if kind == "C" else cell[:size].rjust(size)
            for cell, (_, kind, size, _) in zip(row, fields, strict=True)
        )
        for row in rows
    )
    return head + b"\r" + body + b"\x1a"


def write(
    folder: Path,
    name: str = "zdaniya",
    *,
    kind: int = POLYGON,
    shapes: Sequence[Sequence[Ring]] | None = None,
    fields: Sequence[tuple[str, str, int, int]] = (("ULICA", "C", 60, 0), ("DOM", "C", 8, 0), ("ETAZH", "N", 4, 0)),
    rows: Sequence[Sequence[str]] | None = None,
    codec: str = "cp1251",
    language: int = 0xC9,
    cpg: str | None = None,
    prj: str | None = UTM43,
) -> Path:
    """A whole shapefile; by default 20 square buildings on streets of Bishkek in cp1251. Returns the .shp."""
    folder.mkdir(parents=True, exist_ok=True)
    if shapes is None:
        shapes = [[square(X + 30 * number, Y)] for number in range(len(STREETS))]
    if rows is None:
        rows = [(STREETS[number % len(STREETS)], str(number + 1), str(number % 9 + 1)) for number in range(len(shapes))]
    shp, shx = shp_and_shx(kind, [record(kind, parts) for parts in shapes])
    raw_fields = [(title.encode(codec), letter, size, decimals) for title, letter, size, decimals in fields]
    raw_rows = [[cell.encode(codec) for cell in row] for row in rows]
    path = folder / f"{name}.shp"
    path.write_bytes(shp)
    (folder / f"{name}.shx").write_bytes(shx)
    (folder / f"{name}.dbf").write_bytes(dbf(raw_fields, raw_rows, language))
    if prj is not None:
        (folder / f"{name}.prj").write_text(prj)
    if cpg is not None:
        (folder / f"{name}.cpg").write_text(cpg)
    return path


def stored_zip(parts: Sequence[tuple[bytes, bytes]]) -> bytes:
    """An archive of uncompressed members with raw names and no "name is UTF-8" flag, as old Windows makes it."""
    body, directory = b"", b""
    for name, data in parts:
        sums = struct.pack("<3I2H", zlib.crc32(data), len(data), len(data), len(name), 0)
        directory += (
            b"PK\1\2" + struct.pack("<6H", 20, 20, 0, 0, 0, 33) + sums + struct.pack("<3H2I", 0, 0, 0, 0, len(body))
        )
        directory += name
        body += b"PK\3\4" + struct.pack("<5H", 20, 0, 0, 0, 33) + sums + name + data
    count = len(parts)
    return body + directory + b"PK\5\6" + struct.pack("<4H2IH", 0, 0, count, count, len(directory), len(body), 0)


def patch(path: Path, offset: int, data: bytes) -> None:
    """Overwrite bytes of a file in place."""
    raw = bytearray(path.read_bytes())
    raw[offset : offset + len(data)] = data
    path.write_bytes(bytes(raw))


def offset_of(path: Path, row: int) -> int:
    """Where the content of a record (0-based) begins in a good .shp."""
    raw = path.read_bytes()
    at = 100
    for _ in range(row):
        at += 8 + 2 * struct.unpack_from(">i", raw, at + 4)[0]
    return at + 8
