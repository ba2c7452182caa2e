"""From plan metres to what a web map wants: degrees, GeoJSON, boxes."""

from __future__ import annotations

import json
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.pack import PackJob


def lonlat(job: PackJob, shape: BaseGeometry) -> Any:
    """The shape in degrees (WGS 84), longitude before latitude."""
    return shapely.transform(shape, job.coordinates.to_lonlat_array)


def as_geojson(shape: BaseGeometry, decimals: int = 7) -> dict[str, Any]:
    """GeoJSON with rounded degrees: seven decimals are about a centimetre, six a decimetre."""
    found: dict[str, Any] = json.loads(
        json.dumps(mapping(shape)), parse_float=lambda text: round(float(text), decimals)
    )
    return found


def box_text(job: PackJob, shape: BaseGeometry) -> str:
    """South, west, north, east in degrees, for the panel's rows."""
    west, south, east, north = lonlat(job, shape).bounds
    return f"{south:.6f},{west:.6f},{north:.6f},{east:.6f}"
