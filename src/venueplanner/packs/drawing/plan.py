"""Drawing the plan's features: areas first, then lines, barriers, points, and last their names."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import shapely
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.kind import Style
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.rules import Rules
from venueplanner.kinds import BY_ID

from .labels import Labels
from .palette import Palette
from .sheet import Sheet
from .symbols import PLATES, blocks, disc, fill_of, plate, stroke

# Drawn in this order: what lies lower first.
_ORDER = (
    "crowd_area",
    "standoff",
    "perimeter",
    "diversion",
    "emergency_route",
    "closure",
    "cordon",
    "gate",
    "barrier",
    "exit",
    "sign",
    "note",
    "hazard",
    "assembly_point",
    "camera",
    "post",
)
_AS_OUTLINE = frozenset({"standoff", "camera"})  # drawn as the ground their values give, not as the point they are


def standing(feature: Feature, plan: Plan, rules: Rules) -> list[BaseGeometry]:
    """What really stands or lies there: the kind's outline when it has one, else the shape as drawn."""
    kind = BY_ID[feature.kind]
    if feature.shape is None:
        return []
    if kind.outline is None:
        return [feature.shape]
    return list(kind.outline(feature, plan, rules))


def paint_features(
    painter: QPainter,
    sheet: Sheet,
    features: Iterable[Feature],
    plan: Plan,
    rules: Rules,
    palette: Palette,
    *,
    labels: Labels | None = None,
    hidden: Collection[str] = (),
) -> None:
    """Draw features with their kinds' symbols. `hidden` holds kind ids not to draw; names go into `labels`."""
    frame = shapely.box(*sheet.bounds).buffer(sheet.metres_per_pixel * 60)
    rank = {kind: number for number, kind in enumerate(_ORDER)}
    chosen = [each for each in features if each.shape is not None and each.kind not in hidden and each.kind in rank]
    for feature in sorted(chosen, key=lambda each: rank[each.kind]):
        shapes = standing(feature, plan, rules)
        if any(frame.intersects(shape) for shape in shapes):
            _paint(painter, sheet, feature, shapes, palette, labels)


def _paint(
    painter: QPainter,
    sheet: Sheet,
    feature: Feature,
    shapes: list[BaseGeometry],
    palette: Palette,
    labels: Labels | None,
) -> None:
    style = BY_ID[feature.kind].style
    shape = feature.shape
    if style is None or shape is None:
        return
    painter.setOpacity(1.0)
    middle = _anchor(shape, sheet)
    if style.symbol == "blocks":
        blocks(painter, sheet, shapes, style, palette)
        _name(labels, feature, middle, 8)
        return
    drawn = shapes if feature.kind in _AS_OUTLINE else [shape]
    for each in drawn:
        if each.geom_type in ("Polygon", "MultiPolygon"):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.fillPath(sheet.path(each), fill_of(style, palette))
        if each.geom_type != "Point":
            stroke(painter, sheet, each, style, palette)
    if style.symbol == "disc":
        _disc(painter, sheet, feature, style, middle, palette, labels)
    elif style.symbol in PLATES:
        space = plate(painter, middle, style.symbol, style, palette, sheet.pixel)
        if labels is not None:
            labels.reserve(space)
        _name(labels, feature, middle, 12)
    elif feature.kind in ("crowd_area", "perimeter"):
        _name(labels, feature, sheet.point(*_inside(shape, sheet)), 0)
    elif feature.kind == "standoff":
        _name(labels, feature, sheet.point(*_top(drawn)), 2)
    else:
        _name(labels, feature, middle, 8)


def _disc(
    painter: QPainter,
    sheet: Sheet,
    feature: Feature,
    style: Style,
    middle: QPointF,
    palette: Palette,
    labels: Labels | None,
) -> None:
    # A name cut short could lose its number: a long one stands beside the disc, whole.
    long = len(feature.name) > 8
    text = BY_ID[feature.kind].tag if long else feature.name or "·"
    space = disc(painter, middle, text, style, palette, sheet.pixel)
    if labels is not None:
        labels.reserve(space)
        if long:
            _name(labels, feature, middle, 12)


def _name(labels: Labels | None, feature: Feature, at: QPointF, away: float) -> None:
    if labels is None or not feature.name:
        return
    text = feature.name
    people = feature.values.get("people")
    if feature.kind == "crowd_area" and isinstance(people, int):
        text = f"{text} · {people:,}".replace(",", " ")
    labels.add(text, at, away=away, weight=2 if feature.kind in ("perimeter", "crowd_area") else 1)


def _anchor(shape: BaseGeometry, sheet: Sheet) -> QPointF:
    if shape.geom_type == "Point":
        return sheet.point(shape.x, shape.y)  # type: ignore[attr-defined]
    if shape.geom_type == "LineString":
        seen = shape.intersection(shapely.box(*sheet.bounds))
        line = max(shapely.get_parts(seen), key=lambda part: part.length, default=shape) if not seen.is_empty else shape
        if line.geom_type != "LineString":
            line = shape
        middle = line.interpolate(0.5, normalized=True)
        return sheet.point(middle.x, middle.y)
    return sheet.point(*_inside(shape, sheet))


def _inside(shape: BaseGeometry, sheet: Sheet) -> tuple[float, float]:
    seen = shape.intersection(shapely.box(*sheet.bounds)) if shape.is_valid else shape
    point = (shape if seen.is_empty else seen).representative_point()
    return point.x, point.y


def _top(shapes: list[BaseGeometry]) -> tuple[float, float]:
    if not shapes:
        return 0.0, 0.0
    bounds = shapely.total_bounds(shapes)
    return float((bounds[0] + bounds[2]) / 2), float(bounds[3])


def handles(sheet: Sheet, shape: BaseGeometry) -> list[QRectF]:
    """Small squares on the vertices of a shape, in device units."""
    size = 7 * sheet.pixel
    return [QRectF(x - size / 2, y - size / 2, size, size) for x, y in sheet.to_device(shapely.get_coordinates(shape))]
