"""Making the field map."""

from __future__ import annotations

import base64
import json
import re
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib import resources as packages
from pathlib import Path
from typing import Any

import folium
import numpy as np
import shapely
from branca.element import Element
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Evidence
from venueplanner.domain.errors import NoRoom
from venueplanner.domain.kind import Kind
from venueplanner.domain.pack import Pack, PackJob
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Layer
from venueplanner.domain.words import N_, Words
from venueplanner.kinds import ALL
from venueplanner.packs.editions import (
    SHARED,
    attributions,
    cartouche,
    file_stem,
    is_public,
    say_value,
    seen,
    shown_fields,
)

from .guards import literal_templates, locked, safe

AROUND = 350.0  # metres of city round the plan
SCRIPTS = 3
_SEVERITY = {"critical": "#C62828", "major": "#E07B00", "minor": "#A68B00", "info": "#5C6977"}
_CITY = {
    "areas": ("#D8E8CB", "#D8E8CB", 0),
    "water": ("#BBD9EA", "#BBD9EA", 1),
    "streets": ("#FFFFFF", "#FFFFFF", 4),
    "rails": ("#A9A9B3", "#A9A9B3", 1),
    "buildings": ("#D9D5CC", "#BDB8AC", 1),
    "walls": ("#8F8779", "#8F8779", 1),
}
_STYLE = """
html,body{margin:0;height:100%;font:15px/1.35 "DejaVu Sans",system-ui,sans-serif;color:#1D2733}
.folium-map{position:absolute;inset:52px 0 0 0;width:100%;background:#F2F0EB}
.leaflet-container{background:#F2F0EB;font:inherit}
#vp-head{position:absolute;inset:0 0 auto 0;height:52px;box-sizing:border-box;padding:6px 12px;background:#fff;
border-bottom:1px solid #DCE1E6;overflow:hidden;z-index:2000}
.leaflet-top{top:52px}
#vp-head b{font-size:16px;white-space:nowrap}#vp-head small{display:block;color:#5C6977;white-space:nowrap}
.vp-exercise{color:#C62828;font-weight:bold}

.leaflet-popup-content table{border-collapse:collapse}
.leaflet-popup-content td{padding:2px 8px 2px 0;vertical-align:top}
.leaflet-popup-content td:first-child{color:#5C6977}
.vp-tag{background:#0D3B8C;color:#fff;border:2px solid #fff;border-radius:12px;text-align:center;
font:bold 11px sans-serif;line-height:20px;white-space:nowrap;box-shadow:0 0 2px #0008;padding:0 3px}
@media (prefers-color-scheme:dark){.leaflet-container,.folium-map{background:#23272B}
#vp-head{background:#20262D;color:#E7ECF1;border-color:#333C46}#vp-head small{color:#98A5B3}}
"""
# folium's popups call jQuery for one thing only: to make an element of a text.
_SHIM = (
    'window.$=function(h){var t=document.createElement("template");t.innerHTML=h.trim();return [t.content.firstChild]};'
)


class OfflineMap(folium.Map):
    """A folium map that asks for nothing from outside."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - as the library declares it
    default_css: list[tuple[str, str]] = []  # noqa: RUF012


@cache
def leaflet() -> tuple[str, str]:
    """Leaflet's script and style sheet from the pinned package, pictures inlined."""
    folder = packages.files("xstatic.pkg.leaflet") / "data"
    script = (folder / "leaflet.js").read_text(encoding="utf-8")
    style = (folder / "leaflet.css").read_text(encoding="utf-8")

    def inline(match: re.Match[str]) -> str:
        name = match.group(1).strip("\"'")
        picture = (folder / name).read_bytes()
        return "url(data:image/png;base64," + base64.b64encode(picture).decode() + ")"

    style = re.sub(r"url\((?!#)([^)]+\.png)\)", inline, style)
    script = re.sub(r"//# sourceMappingURL=.*", "", script)
    return script, re.sub(r"behavior:[^;}]+;?", "", style)


def make(job: PackJob) -> list[Path]:
    """Write the page, whole or not at all. Raises `NoRoom`, and `PlannerError` where a guard finds something."""
    target = job.folder / f"{file_stem(job)}-field-map.html"
    page = build(job)
    try:
        with tempfile.TemporaryDirectory(dir=job.folder, prefix=".field-map-") as rough:
            half = Path(rough) / "page.html"
            half.write_text(page, encoding="utf-8")
            half.replace(target)
    except OSError as error:
        sentence = Words(
            N_("The field map {file} cannot be written: {why}."), {"file": str(target), "why": error.strerror}
        )
        raise NoRoom(sentence, Words(N_("Is the folder writable, and is there room on the disk?"))) from None
    return [target]


def build(job: PackJob) -> str:
    """The page as text."""
    features = seen(job)
    with literal_templates():
        page = _map(job, features)
    root: Any = page.get_root()
    html = root.render()
    html = _stable_names(html)
    html = re.sub(r"<meta http-equiv=\"content-type\"[^>]*>", '<meta charset="utf-8">', html)
    return locked(html, SCRIPTS)


def _map(job: PackJob, features: Sequence[Feature]) -> OfflineMap:
    places = [each.shape for each in features if each.shape is not None]
    middle = _lonlat(job, _middle(places))
    page = OfflineMap(location=[middle.y, middle.x], zoom_start=17, tiles=None, max_zoom=22, prefer_canvas=True)
    page.options["attributionControl"] = False
    root: Any = page.get_root()
    script, style = leaflet()
    root.header.add_child(Element(f"<style>{style}{_STYLE}</style>"), name="vp_style", index=0)
    root.header.add_child(Element(f"<script>{_SHIM}{script}</script>"), name="vp_script", index=1)
    root.html.add_child(Element(_head(job)), name="vp_head")
    for layer in job.site.layers.values():
        _city(page, job, layer, places)
    for kind in reversed(ALL):
        chosen = [each for each in features if each.kind == kind.id and each.shape is not None]
        if chosen and kind.style is not None:
            group = folium.FeatureGroup(name=safe(job.translate(kind.plural)))
            for each in chosen:
                _feature(group, job, kind, each)
            group.add_to(page)
    if not is_public(job):
        _findings(page, job)
    folium.LayerControl(collapsed=True).add_to(page)
    core = [
        each.shape for each in features if each.kind in ("perimeter", "crowd_area") and each.shape is not None
    ] or places
    if core:
        bounds = shapely.total_bounds([_lonlat(job, each) for each in core])
        page.fit_bounds([[float(bounds[1]), float(bounds[0])], [float(bounds[3]), float(bounds[2])]])
    page.options["scaleControl"] = True
    return page


def _middle(places: Sequence[BaseGeometry]) -> BaseGeometry:
    if not places:
        return shapely.Point(0, 0)
    return shapely.box(*shapely.total_bounds(list(places))).centroid


def _lonlat(job: PackJob, shape: BaseGeometry) -> Any:
    return shapely.transform(shape, job.coordinates.to_lonlat_array)


def _rounded(shape: BaseGeometry) -> dict[str, Any]:
    """GeoJSON with seven decimals: about a centimetre."""
    found: dict[str, Any] = json.loads(json.dumps(mapping(shape)), parse_float=lambda text: round(float(text), 7))
    return found


def _head(job: PackJob) -> str:
    said, say = cartouche(job), job.translate
    exercise = f'<span class="vp-exercise">{safe(said["exercise"])}</span> ' if said["exercise"] else ""
    until = f" · {safe(say(N_('Valid until')))} {safe(said['valid_until'])}" if said["valid_until"] else ""
    sources = " · " + safe("; ".join(attributions(job))) if attributions(job) else ""
    version = f"{safe(say(N_('Version')))} {safe(said['version'])}, {safe(said['made'])}"
    line = f"{safe(said['classification'])} · {version}{until}"
    return f'<div id="vp-head">{exercise}<b>{safe(said["title"])}</b><small>{line}{sources}</small></div>'


def _city(page: OfflineMap, job: PackJob, layer: Layer, places: Sequence[BaseGeometry]) -> None:
    paint = _CITY.get(layer.role)
    if paint is None or not len(layer) or not places:
        return
    x0, y0, x1, y1 = (float(each) for each in shapely.total_bounds(list(places)))
    found = np.sort(layer.tree.query(shapely.box(x0 - AROUND, y0 - AROUND, x1 + AROUND, y1 + AROUND)))
    simplified = shapely.simplify(layer.shapes[found], 0.4)
    shapes = [each for each in simplified if not each.is_empty and each.geom_type not in ("Point", "MultiPoint")]
    if not shapes:
        return
    fill, edge, weight = paint
    data = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {}, "geometry": _rounded(_lonlat(job, each))} for each in shapes
        ],
    }
    style = {"color": edge, "weight": weight, "fillColor": fill, "fillOpacity": 1.0, "interactive": False}
    folium.GeoJson(data, name=safe(layer.name), style_function=lambda _, style=style: style, control=True).add_to(page)


def _popup(job: PackJob, kind: Kind, feature: Feature) -> folium.Popup:
    rows = []
    for field in shown_fields(kind):
        value = say_value(job, field, feature)
        if value and field.id != "name":
            rows.append(f"<tr><td>{safe(job.translate(field.label))}</td><td>{safe(value)}</td></tr>")
    title = f"<b>{safe(feature.name)}</b> {safe(job.translate(kind.label))}"
    if feature.shape is not None:
        point = feature.shape.representative_point()
        rows.append(f"<tr><td>MGRS</td><td>{safe(job.coordinates.to_mgrs(point.x, point.y))}</td></tr>")
    return folium.Popup(f"<div>{title}<table>{''.join(rows)}</table></div>", max_width=320)


def _feature(group: folium.FeatureGroup, job: PackJob, kind: Kind, feature: Feature) -> None:
    style = kind.style
    if style is None or feature.shape is None:
        return
    shapes = [feature.shape]
    if kind.outline is not None and kind.id != "cordon":
        shapes = list(kind.outline(feature, job.site.plan, job.site.rules))
    look = {
        "color": style.edge if style.symbol == "blocks" else style.stroke,
        "weight": style.width if style.symbol != "blocks" else 1.5,
        "fillColor": style.fill or style.stroke,
        "fillOpacity": 0.95 if style.symbol == "blocks" else style.fill_opacity,
    }
    if style.dash:
        look["dashArray"] = " ".join(f"{part * style.width:.0f}" for part in style.dash)
    areas = [_lonlat(job, each) for each in shapes if each.geom_type != "Point"]
    for area in areas:
        item = folium.GeoJson(_rounded(area), style_function=lambda _, look=look: look)
        item.add_child(_popup(job, kind, feature))
        item.add_to(group)
    if feature.shape.geom_type == "Point" or style.symbol in ("gate", "exit"):
        spot = _lonlat(job, feature.shape.representative_point())
        width = 12 + 8 * max(2, len(feature.name[:6]))
        tag = f'<div class="vp-tag" style="background:{style.stroke}">{safe(feature.name[:6]) or "·"}</div>'
        icon = folium.DivIcon(html=tag, icon_size=(width, 24), icon_anchor=(width // 2, 12), class_name="vp-pin")
        marker = folium.Marker([spot.y, spot.x], icon=icon)
        marker.add_child(_popup(job, kind, feature))  # type: ignore[no-untyped-call]
        marker.add_to(group)


def _findings(page: OfflineMap, job: PackJob) -> None:
    for check in dict.fromkeys(each.check for each in job.findings):
        name = f"{job.translate(N_('Findings'))}: {check}"
        group = folium.FeatureGroup(name=safe(name), show=check == "coverage-gap")
        for finding in (each for each in job.findings if each.check == check and each.severity != "info"):
            text = safe(finding.text.say(job.translate, job.decimal))
            for evidence in finding.evidence[:1]:
                _evidence(group, job, evidence, _SEVERITY[finding.severity], text)
        group.add_to(page)


def _evidence(group: folium.FeatureGroup, job: PackJob, evidence: Evidence, colour: str, text: str) -> None:
    if evidence.shape.is_empty:
        return
    look = {"color": colour, "weight": 6, "opacity": 0.85, "fillOpacity": 0.15, "fillColor": colour}
    shape = _lonlat(job, shapely.simplify(evidence.shape, 0.3))
    item = folium.GeoJson(_rounded(shape), style_function=lambda _: look)
    item.add_child(folium.Popup(f"<div>{text}</div>", max_width=320))
    item.add_to(group)


def _stable_names(page: str) -> str:
    """Folium names its elements by chance; number them instead, so that equal input gives equal bytes."""
    names: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        return names.setdefault(match.group(0), f"{len(names):032x}")

    return re.sub(r"(?<=_)[0-9a-f]{32}\b", number, page)


PACK = Pack(
    id="field-map",
    label=N_("Field map"),
    help=N_("One HTML page for phones: the plan on the city, without internet."),
    fields=SHARED,
    make=make,
)
