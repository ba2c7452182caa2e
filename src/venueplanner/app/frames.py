"""Frames of the city for the canvas: layers and palette turned into what the fast kernel paints.

The colours and widths are those of `packs.drawing.city`, so that screen, picture and paper look alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from typing import Any, Literal

import numpy as np

from venueplanner.domain.site import Layer
from venueplanner.packs.drawing.city import Paint, city_style, classes_of, in_order
from venueplanner.packs.drawing.palette import Palette
from venueplanner.raster import frame, warmup
from venueplanner.raster.ragged import Ragged
from venueplanner.raster.style import ClassStyle, Mark, Painted, Stroke, Style, colour
from venueplanner.raster.view import View

from .places import cache_folder

FAMILIES: tuple[Literal["polygon", "line", "point"], ...] = ("polygon", "line", "point")


def warm() -> bool:
    """Get the kernels ready; blocks, so it runs in a thread. False when they cannot be had on this machine."""
    return warmup.ready(None if warmup.beside_source() else cache_folder() / "kernels").ok


def usable() -> bool | None:
    """Whether the kernels are ready: None while nobody knows yet."""
    state = warmup.state()
    return None if state is None else state.ok


def painted(layers: Iterable[Layer], palette: Palette, hidden: Collection[str] = ()) -> list[Painted]:
    """The visible layers as the kernel wants them, bottom first. The flat arrays are made once a layer."""
    found: list[Painted] = []
    for layer in in_order(layers):
        if layer.id in hidden or not len(layer):
            continue
        paints = city_style(layer.role, palette)
        names = tuple(paints)
        for family, ragged in layer.once("ragged", lambda each, names=names: _ragged(each, names)).items():  # type: ignore[misc]
            looks = [_look(paint, family, layer.role) for paint in paints.values()]
            found.append(Painted(ragged, Style.of(*looks)))
    return found


def _ragged(layer: Layer, names: tuple[str, ...]) -> dict[str, Ragged]:
    ranks = {name: number for number, name in enumerate(names)}
    classes = np.array([ranks.get(name, 0) for name in classes_of(layer)], dtype=np.int64)
    made: dict[str, Ragged] = {}
    for family in FAMILIES:
        ragged = Ragged.build(layer.shapes, classes, family=family, class_count=len(names))
        if len(ragged):
            made[family] = ragged
    return made


def _look(paint: Paint, family: str, role: str) -> ClassStyle:
    if family == "polygon":
        edge = Stroke(colour(paint.edge), paint.edge_pixels) if paint.edge and paint.edge_pixels else None
        if paint.hollow:
            edge = Stroke(colour(paint.fill), paint.least, dash=paint.dash)
            return ClassStyle(outline=edge, max_mpp=paint.coarsest, outline_max_mpp=paint.coarsest)
        fill = colour(paint.fill) if paint.fill else None
        return ClassStyle(fill=fill, outline=edge, max_mpp=paint.coarsest, outline_max_mpp=4.0)
    if family == "line":
        stroke = Stroke(
            colour(paint.fill),
            paint.width,
            unit="m",
            min_px=paint.least,
            casing=colour(paint.edge) if paint.edge and not paint.dash else None,
            casing_px=paint.edge_pixels or 1.0,
            dash=paint.dash,
            cap="butt" if paint.dash else "round",
        )
        return ClassStyle(stroke=stroke, max_mpp=paint.coarsest, group=1 if role == "streets" else 0)
    if not paint.point:
        return ClassStyle()
    return ClassStyle(mark=Mark(colour(paint.fill), paint.point), max_mpp=paint.coarsest)


def render(
    centre: tuple[float, float],
    metres_per_pixel: float,
    width: int,
    height: int,
    layers: list[Painted],
    background: str,
    cancelled: Callable[[], bool],
    threads: int = 2,
) -> Any:
    """One frame (height, width) of Format_RGB32 pixels, or None when nobody wants it any more."""
    view = View(centre[0], centre[1], metres_per_pixel, width, height)
    return frame.render_frame(view, layers, colour(background), threads, cancelled)


def sane(value: float) -> bool:
    """Whether a number can be a scale."""
    return math.isfinite(value) and value > 0


__all__ = ["Painted", "painted", "render", "sane", "usable", "warm"]
