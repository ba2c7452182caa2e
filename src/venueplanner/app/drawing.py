"""The door through which the window reaches the drawing that packs and pictures share."""

from __future__ import annotations

from venueplanner.packs.drawing.city import Paint, city_style, classes_of, in_order, paint_city, paint_street_names
from venueplanner.packs.drawing.evidence import paint_findings
from venueplanner.packs.drawing.furniture import paint_north, paint_scale_bar
from venueplanner.packs.drawing.labels import Labels, chip, halo_text
from venueplanner.packs.drawing.palette import PALETTES, Palette
from venueplanner.packs.drawing.plan import handles, paint_features, standing
from venueplanner.packs.drawing.sheet import Sheet, fit
from venueplanner.packs.drawing.symbols import painter_font

__all__ = [
    "PALETTES",
    "Labels",
    "Paint",
    "Palette",
    "Sheet",
    "chip",
    "city_style",
    "classes_of",
    "fit",
    "halo_text",
    "handles",
    "in_order",
    "paint_city",
    "paint_features",
    "paint_findings",
    "paint_north",
    "paint_scale_bar",
    "paint_street_names",
    "painter_font",
    "standing",
]
