"""The city under the plan, in the colours and the order of the map book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import folium
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.pack import PackJob
from venueplanner.packs.drawing.city import Paint, city_style, classes_of, in_order
from venueplanner.packs.drawing.palette import LIGHT

from .shapes import as_geojson, lonlat

TOLERANCE = 0.4  # metres a line may leave its place to be drawn with fewer points


def add_city(group: folium.FeatureGroup, job: PackJob, ground: shapely.Polygon) -> None:
    """The city's layers on `ground` (plan metres), what lies lower first."""
    for layer in in_order(job.site.layers.values()):
        if not len(layer):
            continue
        found = np.sort(layer.tree.query(ground))
        shapes, names = layer.shapes[found], classes_of(layer)[found]
        paints = [
            (paint, list(shapely.simplify(shapes[names == name], TOLERANCE)))
            for name, paint in city_style(layer.role, LIGHT).items()
        ]
        # Every casing lies under every street, so that crossings are open as on paper.
        for paint, chosen in paints:
            lines = _lines(chosen)
            if lines and paint.edge and not paint.dash:
                _add(group, job, lines, _line_look(paint, paint.edge, 2 * paint.edge_pixels))
        for paint, chosen in paints:
            areas = [each for each in chosen if each.geom_type in ("Polygon", "MultiPolygon") and not each.is_empty]
            if areas:
                _add(group, job, areas, _area_look(paint))
            lines = _lines(chosen)
            if lines:
                _add(group, job, lines, _line_look(paint, paint.fill, 0.0))


def _lines(shapes: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """All lines as one shape: one path is drawn faster, and weighs less, than a thousand."""
    parts = [part for each in shapes for part in shapely.get_parts(each) if part.geom_type == "LineString"]
    return [shapely.multilinestrings(parts)] if parts else []


def _add(group: folium.FeatureGroup, job: PackJob, shapes: Sequence[BaseGeometry], look: dict[str, Any]) -> None:
    data = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {}, "geometry": as_geojson(lonlat(job, each), 6)} for each in shapes
        ],
    }
    folium.GeoJson(data, style_function=lambda _: look, control=False).add_to(group)


def _area_look(paint: Paint) -> dict[str, Any]:
    edge = paint.edge or paint.fill
    return {
        "color": edge, "weight": paint.edge_pixels, "stroke": bool(paint.edge), "fillColor": paint.fill,
        "fillOpacity": 1.0, "interactive": False,
    }  # fmt: skip


def _line_look(paint: Paint, colour: str, wider: float) -> dict[str, Any]:
    look: dict[str, Any] = {
        "color": colour, "fill": False, "interactive": False, "weight": paint.least + wider,
        "vpMetres": paint.width or 0.01, "vpLeast": paint.least, "vpEdge": wider,
    }  # fmt: skip
    if paint.dash:
        look |= {"dashArray": "4 4", "vpMetres": 0.01, "lineCap": "butt"}
    return look
