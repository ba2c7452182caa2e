"""Drawing the city with QPainter: for paper, pictures, and on screen until the fast kernel is ready.

On screen the kernel of `raster` draws the same classes in the same colours (`city_style` is the one source of both).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from venueplanner.domain.site import Layer

from .labels import Labels
from .palette import Palette
from .sheet import Sheet

_MOST_DASHED = 2.5  # pixels: the width of a dashed line at the most
# Street classes from wide to narrow: OSM words and what municipal files call them.
_MAIN = {
    "motorway",
    "trunk",
    "primary",
    "secondary",
    "main",
    "магистраль",
    "motorway_link",
    "trunk_link",
    "primary_link",
}
_LOCAL = {"tertiary", "residential", "unclassified", "living_street", "secondary_link", "tertiary_link", "street", ""}
_WALK = {"footway", "path", "cycleway", "steps", "pedestrian", "track", "bridleway", "corridor", "platform"}
_GREEN = {"park", "grass", "garden", "forest", "wood", "meadow", "recreation_ground", "pitch", "cemetery", "green"}
_WET = {"water", "riverbank", "river", "basin", "canal", "reservoir"}


@dataclass(frozen=True)
class Paint:
    """How one class of a city layer is painted. Widths in metres on the ground with a least width in pixels."""

    fill: str = ""
    edge: str = ""
    edge_pixels: float = 0.0
    width: float = 0.0
    least: float = 1.0
    dash: tuple[float, ...] = ()
    point: float = 0.0
    hollow: bool = False  # areas are drawn by their edge only, in the colour of lines
    coarsest: float = math.inf  # metres per pixel above which the class is left out


def city_style(role: str, palette: Palette) -> Mapping[str, Paint]:
    """The paints of a role by class name; the classes are painted in this order."""
    if role == "streets":
        return {
            "service": Paint(palette.street, palette.street_edge, 1.0, 4.0, 1.0, coarsest=4.0),
            "walk": Paint(palette.path, width=1.2, least=0.8, dash=(4, 3), coarsest=2.5),
            "local": Paint(palette.street, palette.street_edge, 1.0, 7.0, 1.2, coarsest=20.0),
            "main": Paint(palette.main_street, palette.street_edge, 1.0, 11.0, 2.0),
        }
    if role == "buildings":
        return {"building": Paint(palette.building, palette.building_edge, 0.8)}
    if role == "areas":
        return {"square": Paint(palette.square), "green": Paint(palette.green), "water": Paint(palette.water)}
    if role == "water":
        return {"water": Paint(palette.water, palette.water, 1.0, width=3.0, least=1.2)}
    if role == "walls":
        return {"wall": Paint(palette.wall, width=0.3, least=1.0, coarsest=3.0)}
    if role == "rails":
        return {"rail": Paint(palette.rail, width=0.5, least=1.0, coarsest=15.0)}
    if role == "boundary":
        return {"boundary": Paint(palette.muted, width=0.0, least=1.2, dash=(6, 4), hollow=True)}
    if role == "points":
        return {"point": Paint(palette.path, point=3.0, coarsest=0.35)}
    return {"other": Paint(palette.muted, palette.muted, 0.8, width=0.0, least=0.8, point=2.5, coarsest=8.0)}


def classes_of(layer: Layer) -> npt.NDArray[np.object_]:
    """The class name of each shape of a layer, one of `city_style(layer.role)`'s keys."""

    def build(source: Layer) -> npt.NDArray[np.object_]:
        words = [str(each or "").lower() for each in source.column("class", "")]
        kinds = [str(each or "").lower() for each in source.column("kind", "")]
        if source.role == "streets":
            return np.array([_street(word or kind) for word, kind in zip(words, kinds, strict=True)], dtype=object)
        if source.role == "areas":
            return np.array([_area(word, kind) for word, kind in zip(words, kinds, strict=True)], dtype=object)
        single = {"buildings": "building", "water": "water", "walls": "wall", "rails": "rail", "points": "point"}
        name = "boundary" if source.role == "boundary" else single.get(source.role, "other")
        return np.full(len(source), name, dtype=object)

    return layer.once("paint classes", build)


def _street(word: str) -> str:
    if word in _MAIN:
        return "main"
    if word in _WALK:
        return "walk"
    return "local" if word in _LOCAL else "service"


def _area(*words: str) -> str:
    if any(word in _WET for word in words):
        return "water"
    return "green" if any(word in _GREEN for word in words) else "square"


# What lies lower first.
ROLE_ORDER = ("areas", "water", "other", "boundary", "rails", "streets", "buildings", "walls", "points")


def in_order(layers: Iterable[Layer]) -> list[Layer]:
    """Layers sorted so that what lies lower comes first."""
    return sorted(layers, key=lambda layer: ROLE_ORDER.index(layer.role) if layer.role in ROLE_ORDER else 2)


def paint_city(painter: QPainter, sheet: Sheet, layers: Iterable[Layer], palette: Palette) -> None:
    """Paint the layers inside the sheet's frame."""
    frame = shapely.box(*sheet.bounds)
    for layer in in_order(layers):
        if not len(layer):
            continue
        found = np.sort(layer.tree.query(frame))
        names = classes_of(layer)[found]
        shapes = layer.shapes[found]
        for name, paint in city_style(layer.role, palette).items():
            chosen = shapes[names == name]
            if len(chosen) and sheet.metres_per_pixel <= paint.coarsest:
                _paint_class(painter, sheet, chosen, paint, frame)


def _paint_class(painter: QPainter, sheet: Sheet, shapes: npt.NDArray[np.object_], paint: Paint, frame: object) -> None:
    lines = QPainterPath()
    dots: list[object] = []
    for shape in shapes:
        kind = shape.geom_type
        if kind in ("Point", "MultiPoint"):
            dots.extend(shapely.get_parts(shape))
        elif paint.hollow and kind in ("Polygon", "MultiPolygon"):
            lines.addPath(sheet.path(shape))
        elif kind in ("Polygon", "MultiPolygon"):
            painter_path = sheet.path(shape)
            painter.setPen(_edge(paint, sheet))
            painter.setBrush(QBrush(QColor(paint.fill)))
            painter.drawPath(painter_path)
        else:
            lines.addPath(sheet.path(shape))
    if not lines.isEmpty():
        width = max(paint.width / sheet.per_unit, paint.least * sheet.pixel)
        if paint.dash:
            # At 1 : 500 the dashes of a footway would grow into bars that hide the plan.
            width = min(width, _MOST_DASHED * sheet.pixel)
        if paint.edge and not paint.dash:
            painter.strokePath(lines, _line(paint.edge, width + 2 * paint.edge_pixels * sheet.pixel))
        painter.strokePath(lines, _line(paint.fill, width, paint.dash))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(QColor(paint.fill)))
    for dot in dots:
        at = sheet.point(dot.x, dot.y)  # type: ignore[attr-defined]
        painter.drawEllipse(at, paint.point / 2 * sheet.pixel, paint.point / 2 * sheet.pixel)


def _edge(paint: Paint, sheet: Sheet) -> QPen:
    if not paint.edge:
        return QPen(Qt.PenStyle.NoPen)
    return QPen(QColor(paint.edge), paint.edge_pixels * sheet.pixel)


def _line(colour: str, width: float, dash: tuple[float, ...] = ()) -> QPen:
    pen = QPen(QColor(colour), width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if dash else Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if dash:
        pen.setDashPattern(list(dash))
    return pen


def paint_street_names(
    painter: QPainter, sheet: Sheet, layers: Iterable[Layer], labels: Labels, palette: Palette, most: int = 60
) -> None:
    """Names along the streets, each name at most twice on a sheet and only where its line is long enough for it."""
    if sheet.metres_per_pixel > 2.6:
        return
    frame = shapely.box(*sheet.bounds)
    wanted: list[tuple[float, str, object]] = []
    for layer in layers:
        if layer.role != "streets" or "name" not in layer.columns:
            continue
        names = layer.column("name", "")
        for index in layer.tree.query(frame):
            name = str(names[index] or "").strip()
            if name and name.lower() not in ("nan", "none"):
                seen = layer.shapes[index].intersection(frame)
                for part in shapely.get_parts(seen):
                    if part.geom_type == "LineString":
                        wanted.append((part.length, name, part))
    used: dict[str, list[tuple[float, float]]] = {}
    placed = 0
    for length, name, line in sorted(wanted, key=lambda each: -each[0]):
        if placed >= most or length < len(name) * 5.2 * sheet.metres_per_pixel:
            break
        middle = line.interpolate(0.5, normalized=True)  # type: ignore[attr-defined]
        near = used.setdefault(name, [])
        apart = 420 * sheet.metres_per_pixel
        if any(math.hypot(middle.x - x, middle.y - y) < apart for x, y in near):
            continue
        reach = min(0.5, len(name) * 3.0 * sheet.metres_per_pixel / max(length, 1e-9))
        ends = sheet.to_device(
            [
                line.interpolate(0.5 - reach, normalized=True).coords[0],  # type: ignore[attr-defined]
                line.interpolate(0.5 + reach, normalized=True).coords[0],  # type: ignore[attr-defined]
            ]
        )
        angle = math.degrees(math.atan2(ends[1][1] - ends[0][1], ends[1][0] - ends[0][0]))
        angle = angle - 180 if angle > 90 else angle + 180 if angle < -90 else angle
        if labels.along(painter, name, sheet.point(middle.x, middle.y), angle, palette):
            near.append((middle.x, middle.y))
            placed += 1
