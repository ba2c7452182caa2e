"""A picture: the plan on the city as a PNG, with scale bar and north arrow. Also the thumbnail of the start page."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import shapely
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from venueplanner.domain.check import Finding
from venueplanner.domain.errors import NoRoom
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words

from .drawing.city import paint_city, paint_street_names
from .drawing.evidence import paint_findings
from .drawing.furniture import paint_north, paint_scale_bar
from .drawing.labels import Labels
from .drawing.palette import PALETTES, Palette
from .drawing.plan import paint_features
from .drawing.sheet import Sheet, fit

Box = tuple[float, float, float, float]


def extent_of(site: Site) -> Box:
    """The ground of the plan: of its perimeters, else of all features, else of the city, else a block round nought."""
    for features in (site.plan.of("perimeter"), list(site.plan.features.values())):
        shapes = [each.shape for each in features if each.shape is not None]
        if shapes:
            return _box(shapely.total_bounds(shapes))
    for layer in site.layers.values():
        if len(layer):
            return _box(shapely.total_bounds(layer.shapes))
    return -200.0, -200.0, 200.0, 200.0


def _box(bounds: Iterable[float]) -> Box:
    x0, y0, x1, y1 = (float(each) for each in bounds)
    return x0, y0, x1, y1


def ensure_application() -> None:
    """Fonts and images need a Qt application; without one, and without a display, an offscreen one is made."""
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        ensure_application.kept = QGuiApplication([])  # type: ignore[attr-defined]


def paint_map(
    painter: QPainter,
    sheet: Sheet,
    site: Site,
    findings: Sequence[Finding],
    palette: Palette,
    say: object,
    chosen: Finding | None = None,
) -> None:
    """City, plan, evidence (everything of the chosen finding) and names inside the sheet's frame."""
    labels = Labels(QRectF(sheet.left, sheet.top, sheet.width, sheet.height), sheet.pixel)
    paint_city(painter, sheet, site.layers.values(), palette)
    features = [each for each in site.plan.features.values() if site.active(each)]
    paint_features(painter, sheet, features, site.plan, site.rules, palette, labels=labels)
    paint_findings(painter, sheet, findings, palette, say=say, labels=labels, chosen=chosen)
    labels.paint(painter, palette)
    paint_street_names(painter, sheet, site.layers.values(), labels, palette)


def draw(
    site: Site,
    findings: Sequence[Finding],
    say: object,
    *,
    width: int = 1600,
    height: int = 1000,
    theme: str = "light",
    bounds: Box | None = None,
    chosen: Finding | None = None,
    pixel: int = 1,
    margin: float = 1.5,
) -> QImage:
    """The map as an image of `width` × `height` pixels, `pixel` of them to 1/96 inch; `chosen` is shown whole."""
    ensure_application()
    palette = PALETTES[theme]
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(palette.land))
    sheet = replace(fit(bounds or extent_of(site), width, height, margin), pixel=pixel)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    try:
        paint_map(painter, sheet, site, findings, palette, say, chosen)
        paint_scale_bar(painter, sheet, palette, QPointF(16 * pixel, height - 14 * pixel))
        paint_north(painter, sheet, palette, QPointF(width - 26 * pixel, 30 * pixel))
    finally:
        painter.end()
    return image


def save_png(image: QImage, path: Path) -> None:
    """Write the image whole or not at all. Raises `NoRoom`."""
    half = path.with_name(f".{path.stem}.part.png")  # the ending says the format: naming it fails in PySide6 6.11
    if not image.save(str(half)):
        half.unlink(missing_ok=True)
        sentence = Words(N_("The picture {file} could not be written."), {"file": str(path)})
        raise NoRoom(sentence, Words(N_("Is the folder there, writable, and is there room on the disk?")))
    try:
        half.replace(path)
    except OSError as error:  # a folder of that name, or a right that is lacking
        half.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        sentence = Words(N_("The picture {file} could not be written: {why}."), {"file": str(path), "why": reason})
        raise NoRoom(sentence, Words(N_("Choose another name."))) from None
