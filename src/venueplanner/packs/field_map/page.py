"""Making the field map."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import folium
import shapely
from branca.element import Element
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.errors import NoRoom
from venueplanner.domain.pack import PackJob
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_, Words
from venueplanner.packs.editions import cartouche, file_stem, is_public, seen

from . import looks
from .city import add_city
from .features import add_features, add_findings, names_of
from .guards import literal_templates, locked, safe
from .names import Name, place, street_names
from .panel import foot, head, panel
from .shapes import lonlat

AROUND = 350.0  # metres of city round the plan
SCRIPTS = 3


class OfflineMap(folium.Map):
    """A folium map that asks for nothing from outside."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - as the library declares it
    default_css: list[tuple[str, str]] = []  # noqa: RUF012


def make(job: PackJob) -> list[Path]:
    """Write the page, whole or not at all. Raises `NoRoom`, and `PlannerError` where a guard finds something."""
    target = job.folder / f"{file_stem(job)}-field-map.html"
    job.progress(0, 2)
    page = build(job)
    job.progress(1, 2)
    try:
        with tempfile.TemporaryDirectory(dir=job.folder, prefix=".field-map-") as rough:
            half = Path(rough) / "page.html"
            with half.open("w", encoding="utf-8", newline="\n") as file:
                file.write(page)
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
    except OSError as error:
        sentence = Words(
            N_("The field map {file} cannot be written: {why}."), {"file": str(target), "why": error.strerror}
        )
        raise NoRoom(sentence, Words(N_("Is the folder writable, and is there room on the disk?"))) from None
    job.progress(2, 2)
    return [target]


def build(job: PackJob) -> str:
    """The page as text."""
    features = seen(job)
    with literal_templates():
        page = _map(job, features)
    root: Any = page.get_root()
    html = _stable_names(root.render())
    html = re.sub(r"<meta http-equiv=\"content-type\"[^>]*>", "", html, count=1)  # said first, by `locked`
    html = html.replace("<html>", f'<html lang="{job.language}">', 1)
    return locked(html, SCRIPTS)


def _map(job: PackJob, features: Sequence[Feature]) -> OfflineMap:
    places = [each.shape for each in features if each.shape is not None]
    ground = _ground(job, places)
    middle = lonlat(job, ground.centroid)
    page = OfflineMap(
        location=[middle.y, middle.x], zoom_start=17, tiles=None, max_zoom=22, prefer_canvas=True, control_scale=True
    )
    page.options["attributionControl"] = False
    root: Any = page.get_root()
    title = f"<title>{safe(cartouche(job)['title'])}</title>"
    root.header.add_child(Element(f"{title}<style>{looks.style()}</style>"), name="vp_style", index=0)
    root.header.add_child(Element(f"<script>{looks.script()}</script>"), name="vp_script", index=1)
    root.html.add_child(Element(head(job) + panel(job, features) + foot(job)), name="vp_round")
    city = folium.FeatureGroup(name=safe(job.translate(N_("City map"))))
    add_city(city, job, ground)
    city.add_to(page)
    add_features(page, job, features)
    if not is_public(job):
        add_findings(page, job)
    _names(page, job, features, ground, middle.y)
    folium.LayerControl(collapsed=True).add_to(page)
    core = [each.shape for each in features if each.kind in ("perimeter", "crowd_area") and each.shape is not None]
    if core or places:
        west, south, east, north = (float(each) for each in lonlat(job, shapely.union_all(core or places)).bounds)
        page.fit_bounds([[south, west], [north, east]])
    return page


def _ground(job: PackJob, places: Sequence[BaseGeometry]) -> shapely.Polygon:
    """The ground the page shows: the plan and what is round it; of an empty plan the city's middle."""
    if places:
        x0, y0, x1, y1 = (float(each) for each in shapely.total_bounds(list(places)))
        return shapely.box(x0 - AROUND, y0 - AROUND, x1 + AROUND, y1 + AROUND)
    city = [layer for layer in job.site.layers.values() if len(layer)]
    middle = shapely.box(*shapely.total_bounds(city[0].shapes)).centroid if city else shapely.Point(0, 0)
    return shapely.box(middle.x - AROUND, middle.y - AROUND, middle.x + AROUND, middle.y + AROUND)


def _names(
    page: OfflineMap, job: PackJob, features: Sequence[Feature], ground: shapely.Polygon, latitude: float
) -> None:
    """Names of features and streets, each from the zoom on at which it has room."""
    wanted, tags = names_of(job, features)
    streets = street_names(job.site.layers.values(), ground)
    group = folium.FeatureGroup(name=safe(job.translate(N_("Names"))))
    told: set[tuple[str, float, float]] = set()
    for name, zoom in place([*wanted, *streets], tags, latitude):
        if (name.text, name.x, name.y) not in told:
            told.add((name.text, name.x, name.y))
            _name(group, job, name, zoom)
    group.add_to(page)


def _name(group: folium.FeatureGroup, job: PackJob, name: Name, zoom: int) -> None:
    spot = lonlat(job, shapely.Point(name.x, name.y))
    turn = f"translate(-50%,-50%) translate({name.across:.0f}px,{name.down:.0f}px) rotate({name.angle:g}deg)"
    kind = ' class="vp-street"' if name.street else ""
    html = f'<div{kind} style="transform:{turn}">{safe(name.text)}</div>'
    icon = folium.DivIcon(html=html, icon_size=(0, 0), icon_anchor=(0, 0), class_name=f"vp-name vp-n{zoom}")
    folium.Marker([spot.y, spot.x], icon=icon, interactive=False, keyboard=False, z_index_offset=-900).add_to(group)


def _stable_names(page: str) -> str:
    """Folium names its elements by chance; number them instead, so that equal input gives equal bytes."""
    names: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        return names.setdefault(match.group(0), f"{len(names):032x}")

    return re.sub(r"(?<=_)[0-9a-f]{32}(?![0-9a-f])", number, page)
