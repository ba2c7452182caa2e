"""Features from and to GeoJSON: WGS 84, the property `kind`, and the fields of that kind as the other properties.

A file is taken whole or not at all: when any feature of it cannot be used, the error names the first of them by number.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from venueplanner.domain.errors import BadFile
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.words import N_, Words, join_words

from .coordinates import PlanCoordinates
from .feature_rows import Draft, Refused, link_names, take

SHOWN = 8  # problems named in one error
_HINT = Words(N_("Nothing was added. Mend the file and add it again."))


def read_geojson(path: Path, plan: Plan, coordinates: PlanCoordinates) -> list[Feature]:
    """The features of a file in the plan's metres, ready to be added. Raises `BadFile` naming file and feature number.

    Ids given by `id` (member or property) are kept. Links may name their target by id or by name, in the file or plan.
    """
    drafts: list[Draft] = []
    problems: list[tuple[int, Words]] = []
    for number, raw in enumerate(_rows(path), start=1):
        try:
            drafts.append(take(number, raw, coordinates))
        except Refused as refused:
            problems.append((number, refused.what))
    problems += _doubles(drafts, plan)
    found, unlinked = link_names(drafts, plan)
    problems += unlinked
    if problems:
        raise _all_of(path, sorted(problems, key=lambda pair: pair[0]))
    return found


def place_of(path: Path) -> tuple[float, float] | None:
    """Longitude and latitude of the middle of a file's features, or None when none of them has a place."""
    found: list[Any] = []
    for raw in _rows(path):
        try:
            shape = shapely.from_geojson(json.dumps(raw.get("geometry"))) if raw.get("geometry") else None
        except (shapely.errors.GEOSException, TypeError, ValueError):
            continue
        if shape is not None and not shape.is_empty:
            found.append(shape)
    box = shapely.total_bounds(found) if found else np.full(4, math.nan)
    lon, lat = float((box[0] + box[2]) / 2), float((box[1] + box[3]) / 2)
    return (lon, lat) if abs(lon) <= 180 and abs(lat) <= 90 else None


def to_geojson(features: Iterable[Feature], coordinates: PlanCoordinates, decimals: int = 8) -> dict[str, Any]:
    """A FeatureCollection in WGS 84 that `read_geojson` takes; 8 decimals of a degree are about a millimetre."""
    rows = []
    for feature in features:
        geometry = None
        if feature.shape is not None:
            there = shapely.transform(feature.shape, coordinates.to_lonlat_array)
            geometry = _rounded(shapely.geometry.mapping(there), decimals)
        values = {key: list(value) if isinstance(value, tuple) else value for key, value in feature.values.items()}
        kept = {key: value for key, value in values.items() if value is not None and value != []}
        properties = {"kind": feature.kind, **kept}
        rows.append({"type": "Feature", "id": feature.id, "geometry": geometry, "properties": properties})
    return {"type": "FeatureCollection", "features": rows}


def _rounded(geometry: Any, decimals: int) -> Any:
    if isinstance(geometry, dict):
        return {key: _rounded(value, decimals) for key, value in geometry.items()}
    if isinstance(geometry, list | tuple):
        return [_rounded(value, decimals) for value in geometry]
    return round(geometry, decimals) if isinstance(geometry, float) else geometry


def _rows(path: Path) -> list[dict[str, Any]]:
    """The raw features of a file. Raises `BadFile` when it is no GeoJSON or says that it is in another system."""
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise _bad(path, Words(N_("it does not exist."))) from None
    except (OSError, ValueError, RecursionError) as error:
        raise _bad(path, Words(N_("it is not readable as JSON ({reason})."), {"reason": str(error)[:120]})) from error
    if isinstance(data, dict) and data.get("type") == "Feature":
        data = {"type": "FeatureCollection", "features": [data]}
    if not isinstance(data, dict) or data.get("type") != "FeatureCollection":
        raise _bad(path, Words(N_("it is not a GeoJSON FeatureCollection.")))
    rows = data.get("features")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise _bad(path, Words(N_("its “features” are not a list of features.")))
    system = _system_of(data.get("crs"))
    if system and not any(each in system for each in ("CRS84", "EPSG::4326", "EPSG:4326")):
        raise _bad(path, Words(N_("it is in {system}; WGS 84 is needed."), {"system": system[:60]}))
    if not rows:
        raise _bad(path, Words(N_("there is no feature in it.")))
    return rows


def _system_of(crs: object) -> str:
    """The name of the coordinate system an old GeoJSON gives, or an empty text."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name", "")) if isinstance(properties, dict) else ""


def _doubles(drafts: list[Draft], plan: Plan) -> list[tuple[int, Words]]:
    problems, seen = [], set(plan.features)
    for draft in drafts:
        if draft.feature.id in seen:
            problems.append((draft.number, Words(N_("the id “{id}” is there already."), {"id": draft.feature.id})))
        seen.add(draft.feature.id)
    return problems


def _bad(path: Path, what: Words) -> BadFile:
    return BadFile(Words(N_("{file} cannot be added: {what}"), {"file": str(path), "what": what}), _HINT)


def _all_of(path: Path, problems: list[tuple[int, Words]]) -> BadFile:
    sentence = N_("Feature {number}: {what}")
    shown = [Words(sentence, {"number": number, "what": what}) for number, what in problems[:SHOWN]]
    if len(problems) > SHOWN:
        shown.append(Words(N_("And {more} more."), {"more": len(problems) - SHOWN}))
    return _bad(path, join_words(shown))
