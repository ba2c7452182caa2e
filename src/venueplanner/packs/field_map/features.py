"""The plan's features and the findings on the map, each with a tooltip and a popup."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import folium
import shapely

from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.pack import PackJob
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_
from venueplanner.kinds import ALL
from venueplanner.packs.drawing.plan import standing
from venueplanner.packs.editions import check_name, finding_figures, finding_text, say_value, shown_fields

from .guards import safe
from .names import LETTER, Name
from .shapes import as_geojson, lonlat
from .signs import PLATES, plate

_SEVERITY = {"critical": "#C62828", "major": "#E07B00", "minor": "#A68B00"}
_LINES = ("none", "blocks", "arrow")  # symbols that are drawn along a line or round an area, not at a point


def add_features(page: folium.Map, job: PackJob, features: Sequence[Feature]) -> None:
    """One group a kind, what lies lower first."""
    for kind in reversed(ALL):
        chosen = [each for each in features if each.kind == kind.id and each.shape is not None]
        if chosen and kind.style is not None:
            group = folium.FeatureGroup(name=safe(job.translate(kind.plural)))
            for each in chosen:
                _add(group, job, kind, kind.style, each)
            group.add_to(page)


def _add(group: folium.FeatureGroup, job: PackJob, kind: Kind, style: Style, feature: Feature) -> None:
    shape = feature.shape
    if shape is None:
        return
    drawn = standing(feature, job.site.plan, job.site.rules) if _outlined(kind) else [shape]
    drawn = [each for each in drawn if each.geom_type not in ("Point", "MultiPoint") and not each.is_empty]
    if drawn:
        look = _look(style)
        parts = [{"type": "Feature", "properties": {}, "geometry": as_geojson(lonlat(job, each))} for each in drawn]
        item = folium.GeoJson({"type": "FeatureCollection", "features": parts}, style_function=lambda _: look)
        _speak(item, job, kind, feature)
        item.add_to(group)
    if has_tag(kind, feature):
        spot = lonlat(job, anchor(feature))
        if style.symbol in PLATES:
            tag = f'<div class="vp-plate">{plate(style.symbol, style)}</div>'
        else:
            tag = f'<div class="vp-tag" style="background:{style.stroke}">{safe(tag_text(feature))}</div>'
        icon = folium.DivIcon(html=tag, icon_size=(0, 0), icon_anchor=(0, 0), class_name="vp-pin")
        marker = folium.Marker([spot.y, spot.x], icon=icon, z_index_offset=500 if style.symbol == "disc" else 0)
        _speak(marker, job, kind, feature)
        marker.add_to(group)


def has_tag(kind: Kind, feature: Feature) -> bool:
    """Whether a feature is shown by a tag or plate: what has a sign of its own, and every plain point."""
    if kind.style is None or feature.shape is None:
        return False
    plain = feature.shape.geom_type == "Point" and not _outlined(kind)
    return plain or kind.style.symbol not in _LINES


def _outlined(kind: Kind) -> bool:
    """Whether a kind is drawn as it stands: blocks, and the ground that a point's values give, such as a ring."""
    blocks = kind.style is not None and kind.style.symbol == "blocks"
    return kind.outline is not None and (blocks or kind.shapes[:1] == ("point",))


def anchor(feature: Feature) -> Any:
    """Where a feature's tag or name goes: the middle of a line, a point inside an area."""
    shape = feature.shape
    if shape is not None and shape.geom_type == "LineString":
        return shape.interpolate(0.5, normalized=True)
    return shape.representative_point() if shape is not None else None


def tag_text(feature: Feature) -> str:
    """The text in a disc."""
    name = feature.name or "·"
    return name if len(name) <= 16 else name[:15] + "…"


def names_of(job: PackJob, features: Sequence[Feature]) -> tuple[list[Name], list[Name]]:
    """The names that features ask for, and the room that their tags take."""
    wanted, tags = [], []
    for kind in ALL:
        for feature in (each for each in features if each.kind == kind.id and each.shape is not None):
            if kind.style is None:
                continue
            at, text = anchor(feature), feature.name if len(feature.name) <= 40 else feature.name[:39] + "…"
            if has_tag(kind, feature) and kind.style.symbol not in PLATES:
                tags.append(Name(tag_text(feature) + "  ", at.x, at.y))
                continue
            down = -15.0
            if has_tag(kind, feature):
                tags.append(Name("   ", at.x, at.y))
            elif kind.id in ("crowd_area", "perimeter"):
                down = 0.0
            people = feature.values.get("people")
            if kind.id == "crowd_area" and isinstance(people, int):
                text = f"{text} · {people:,}".replace(",", " ")
            if feature.name:
                weight = 3 if kind.id in ("crowd_area", "note", "gate", "exit") else 2
                wanted.append(Name(text, at.x, at.y, down=down, weight=weight))
                if down:
                    # Second and third choice: beside the tag, to the right and to the left.
                    aside = len(text) * LETTER / 2 + 13
                    wanted.append(Name(text, at.x, at.y, across=aside, weight=1))
                    wanted.append(Name(text, at.x, at.y, across=-aside, weight=1))
    return wanted, tags


def _look(style: Style) -> dict[str, Any]:
    solid = style.symbol == "blocks"
    look: dict[str, Any] = {
        "color": style.edge if solid else style.stroke,
        "weight": 1.5 if solid else style.width,
        "fillColor": style.stroke if solid else style.fill or style.stroke,
        "fillOpacity": 1.0 if solid else style.fill_opacity,
    }
    if style.dash:
        look |= {"dashArray": " ".join(f"{part * style.width:.0f}" for part in style.dash), "lineCap": "butt"}
    return look


def _speak(item: Any, job: PackJob, kind: Kind, feature: Feature) -> None:
    """Give an element its tooltip (name, kind) and popup (all fields the edition shows, and MGRS)."""
    title = f"<b>{safe(feature.name)}</b> {safe(job.translate(kind.label))}"
    rows = []
    for field in shown_fields(kind):
        value = say_value(job, field, feature)
        if value and field.id != "name":
            rows.append((job.translate(field.label), value))
    if feature.shape is not None:
        point = anchor(feature)
        rows.append(("MGRS", job.coordinates.to_mgrs(point.x, point.y)))
    table = "".join(f"<tr><td>{safe(label)}</td><td>{safe(value)}</td></tr>" for label, value in rows)
    item.add_child(folium.Popup(f"<div>{title}<table>{table}</table></div>", max_width=300))
    item.add_child(folium.Tooltip(f"<div>{title}</div>", sticky=True))


def add_findings(page: folium.Map, job: PackJob) -> None:
    """One group a check: what each finding is about, with its sentence and figures; not those for information."""
    told = [each for each in job.findings if each.severity in _SEVERITY]
    for check in dict.fromkeys(each.check for each in told):
        label = f"{job.translate(N_('Findings'))}: {check_name(job, check)}"
        # Gaps are small; routes and zones would cover the plan: they are there to be switched on.
        short = any(each.check == check and each.evidence and each.evidence[0].role == "gap" for each in told)
        group = folium.FeatureGroup(name=safe(label), show=short)
        for finding in (each for each in told if each.check == check):
            shape = finding.shape
            if shape is None or shape.is_empty:
                continue
            colour = _SEVERITY[finding.severity]
            look: dict[str, Any] = {
                "color": colour,
                "weight": 6,
                "opacity": 0.85,
                "fillOpacity": 0.15,
                "fillColor": colour,
            }
            degrees = lonlat(job, shapely.simplify(shape, 0.3))
            if shape.geom_type == "Point":
                item: Any = folium.CircleMarker([degrees.y, degrees.x], radius=10, **look)
            else:
                item = folium.GeoJson(as_geojson(degrees), style_function=lambda _, look=look: look)
            text = safe(finding_text(job, finding)).replace("\n", "<br>")
            figures = safe(finding_figures(job, finding))
            item.add_child(folium.Popup(f"<div>{text}<br><b>{figures}</b></div>", max_width=300))
            item.add_child(folium.Tooltip(f"<div>{text}</div>", sticky=True))
            item.add_to(group)
        group.add_to(page)
