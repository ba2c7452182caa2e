"""Shapes in a GeoPackage: a header with system and envelope, then ISO WKB (GeoPackage 1.3, clause 2.1.3)."""

from __future__ import annotations

import struct

import shapely
from shapely.geometry.base import BaseGeometry

_EMPTY = 0b00010000
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def to_blob(shape: BaseGeometry | None, srs_id: int) -> bytes | None:
    """The GeoPackage binary of a shape in two dimensions, or None."""
    if shape is None:
        return None
    flat = shapely.force_2d(shape)
    wkb: bytes = shapely.to_wkb(flat, byte_order=1, flavor="iso")
    if flat.is_empty:
        return b"GP" + struct.pack("<BBi", 0, _EMPTY | 1, srs_id) + wkb
    x0, y0, x1, y1 = flat.bounds
    return b"GP" + struct.pack("<BBi4d", 0, 0b00000011, srs_id, x0, x1, y0, y1) + wkb


def from_blob(blob: bytes | None) -> BaseGeometry | None:
    """The shape of a GeoPackage binary, in two dimensions. Raises `ValueError` when it is none."""
    if blob is None:
        return None
    if len(blob) < 8 or blob[:2] != b"GP":
        raise ValueError("no GeoPackage geometry")
    start = 8 + _ENVELOPE_BYTES.get((blob[3] >> 1) & 7, len(blob))
    try:
        return shapely.force_2d(shapely.from_wkb(blob[start:]))
    except shapely.errors.GEOSException as error:
        raise ValueError(str(error)) from error


def box_of(blob: bytes) -> tuple[float, float, float, float]:
    """West, east, south, north of a GeoPackage binary, from the header where it has them."""
    if (blob[3] >> 1) & 7:
        order = "<" if blob[3] & 1 else ">"
        west, east, south, north = struct.unpack_from(order + "4d", blob, 8)
        return west, east, south, north
    shape = from_blob(blob)
    if shape is None or shape.is_empty:
        return (0.0, 0.0, 0.0, 0.0)
    x0, y0, x1, y1 = shape.bounds
    return x0, x1, y0, y1


def is_empty(blob: bytes) -> bool:
    """Whether the header says that the shape has no points."""
    return bool(blob[3] & _EMPTY)
