"""Symbols for QGIS, made from the style that a kind declares: what `layer_styles` of a GeoPackage holds.

A layer with one geometry type gets a symbol of that type. A layer that takes several is shown by QGIS as one layer a
type, all with the same stored style: it has one rule a geometry type (a symbol of another type draws nothing).
"""

from __future__ import annotations

from html import escape
from typing import Any

from venueplanner.domain.fields import Choice, Flag
from venueplanner.domain.kind import Kind, Style

STYLE_NAME = "VenuePlanner"
_MM = 25.4 / 96.0  # a pixel at 96 dpi in millimetres
_MARKERS = {"disc": "circle", "gate": "square", "exit": "triangle", "note": "diamond", "blocks": "square"}


def style_of(kind: Kind, moment: str) -> dict[str, Any]:
    """The row of `layer_styles` for a kind with a style, made at a moment in UTC."""
    return {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": kind.id,
        "f_geometry_column": "geom",
        "styleName": STYLE_NAME,
        "styleQML": qml(kind),
        "styleSLD": "",
        "useAsDefault": True,
        "description": kind.help,
        "owner": STYLE_NAME,
        "ui": None,
        "update_time": moment,
    }


def qml(kind: Kind) -> str:
    """The QGIS style document of a kind."""
    style = kind.style or Style(stroke="#5C6977")
    symbols = "".join(_symbol(f"{at}", shape, _layers(shape, style)) for at, shape in enumerate(kind.shapes))
    plain = len(kind.shapes) == 1
    rules = "" if plain else _rules(kind)
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.22.0" styleCategories="Symbology|Labeling|Fields|Forms">'
        f'<renderer-v2 type="{"singleSymbol" if plain else "RuleRenderer"}" forceraster="0" symbollevels="0">'
        f"{rules}<symbols>{symbols}</symbols></renderer-v2>"
        f"{_labels(style)}{_fields(kind)}</qgis>"
    )


def _symbol(name: str, shape: str, layers: str) -> str:
    kind = {"point": "marker", "line": "line", "polygon": "fill"}[shape]
    return f'<symbol name="{name}" type="{kind}" alpha="1" clip_to_extent="1" force_rhr="0">{layers}</symbol>'


def _layers(shape: str, style: Style) -> str:
    if shape == "point":
        return _marker(style)
    return _line(style) if shape == "line" else _fill(style)


def _layer(name: str, options: dict[str, str], inner: str = "") -> str:
    props = "".join(f'<prop k="{key}" v="{escape(value)}"/>' for key, value in options.items())
    return f'<layer class="{name}" enabled="1" locked="0" pass="0">{props}{inner}</layer>'


def _colour(colour: str, opacity: float = 1.0) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"


def _dash(style: Style) -> dict[str, str]:
    if not style.dash:
        return {"use_custom_dash": "0"}
    parts = ";".join(f"{part * style.width * _MM:.3f}" for part in style.dash)
    return {"use_custom_dash": "1", "customdash": parts, "customdash_unit": "MM"}


def _marker(style: Style) -> str:
    size = 4.6 if style.symbol == "disc" else 3.6
    options = {
        "name": _MARKERS.get(style.symbol, "circle"),
        "color": _colour(style.fill or style.stroke),
        "outline_color": _colour(style.edge or style.stroke),
        "outline_width": "0.4",
        "size": f"{size}",
        "size_unit": "MM",
    }
    return _layer("SimpleMarker", options)


def _line(style: Style) -> str:
    stroke = {
        "line_color": _colour(style.stroke),
        "line_width": f"{style.width * _MM:.3f}",
        "line_width_unit": "MM",
        "capstyle": "flat",
        "joinstyle": "round",
        **_dash(style),
    }
    parts = []
    if style.edge:
        wider = {**stroke, "line_color": _colour(style.edge), "line_width": f"{(style.width + 2) * _MM:.3f}"}
        parts.append(_layer("SimpleLine", {**wider, "use_custom_dash": "0"}))
    parts.append(_layer("SimpleLine", stroke))
    if style.symbol == "arrow":
        head = {"name": "filled_arrowhead", "color": _colour(style.stroke), "outline_color": _colour(style.stroke)}
        marker = _layer("SimpleMarker", {**head, "size": "3", "size_unit": "MM"})
        inner = f'<symbol name="@0@{len(parts)}" type="marker" alpha="1">{marker}</symbol>'
        parts.append(_layer("MarkerLine", {"placement": "interval", "interval": "20", "interval_unit": "MM"}, inner))
    return "".join(parts)


def _fill(style: Style) -> str:
    fill = {
        "color": _colour(style.fill or style.stroke, style.fill_opacity if style.fill else 0.0),
        "style": "solid" if style.fill else "no",
        "outline_style": "no",
    }
    return _layer("SimpleFill", fill) + _line(style)


def _rules(kind: Kind) -> str:
    """One rule a geometry type, each with the symbol for it."""
    rules = "".join(
        f'<rule key="{{{shape}}}" symbol="{at}" label="{escape(kind.label)}" '
        f"filter=\"geometry_type($geometry)='{shape.title()}'\"/>"
        for at, shape in enumerate(kind.shapes)
    )
    return f'<rules key="{{all}}">{rules}</rules>'


def _labels(style: Style) -> str:
    return (
        '<labeling type="simple"><settings calloutType="simple">'
        f'<text-style fieldName="name" fontSize="9" textColor="{_colour(style.stroke)}" fontFamily="DejaVu Sans">'
        '<text-buffer bufferDraw="1" bufferSize="0.8" bufferColor="255,255,255,230"/></text-style>'
        "</settings></labeling>"
    )


def _fields(kind: Kind) -> str:
    """Labels of the columns, and lists to choose from, in the forms of QGIS."""
    widgets, aliases = [], []
    for number, field in enumerate(kind.all_fields, start=2):
        aliases.append(f'<alias index="{number}" field="{field.id}" name="{escape(field.label)}"/>')
        if isinstance(field, Choice):
            options = "".join(
                f'<Option type="Map"><Option type="QString" name="{escape(label)}" value="{escape(value)}"/></Option>'
                for value, label in field.options
            )
            config = f'<Option type="Map"><Option type="List" name="map">{options}</Option></Option>'
            widgets.append(_widget(field.id, "ValueMap", config))
        elif isinstance(field, Flag):
            widgets.append(_widget(field.id, "CheckBox", ""))
    return f"<fieldConfiguration>{''.join(widgets)}</fieldConfiguration><aliases>{''.join(aliases)}</aliases>"


def _widget(field: str, kind: str, config: str) -> str:
    return f'<field name="{field}"><editWidget type="{kind}"><config>{config}</config></editWidget></field>'
