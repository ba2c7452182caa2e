"""Camera privacy: homes, clinics, schools and places of worship in a camera's field, and identification unapproved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.rules import Rules
from venueplanner.domain.site import Layer, Site
from venueplanner.domain.words import N_, Words

from .watching import View, assumptions, camera_view, city_obstacles, screens

_GROUPS = (
    ("homes", N_("homes")),
    ("clinics", N_("a clinic")),
    ("schools", N_("a school")),
    ("worship", N_("a place of worship")),
)
_COLUMNS = ("kind", "class", "use", "subkind", "amenity", "building")
_BESIDE = 0.05  # metres: a façade is the rim of the ground seen before it


@dataclass(frozen=True)
class _Place:
    """One sensitive place of the city."""

    shape: BaseGeometry
    words: Words


def find_conflicts(site: Site, camera: Feature) -> Iterator[Finding]:
    """Sensitive places from rule `privacy.density` on, and ground from `privacy.identify` on outside approved zones."""
    view = camera_view(site, camera, (city_obstacles(site), screens(site)))
    if view is None or view.lens is None:
        return
    rules = site.rules
    limits = [rules.number("privacy.density"), rules.number("privacy.identify")]
    watched, identified = view.fields(limits, rules.number("sight.target"))
    if not watched.is_empty:
        for place in sensitive_places(site, watched):
            yield from _watched(site, view, watched, place)
    yield from _identified(site, view, identified)


def _watched(site: Site, view: View, field: BaseGeometry, place: _Place) -> Iterator[Finding]:
    rules = site.rules
    seen = _seen_of(place.shape, field, rules)
    if seen.is_empty or view.lens is None:
        return
    away = view.place.distance(seen)
    density = min(view.lens.density(max(away, 0.1)), rules.number("dori.inspect") * 10)
    mask = place.shape.intersection(seen.buffer(rules.number("privacy.mask_depth"))) if place.shape.area else seen
    values: dict[str, object] = {"name": view.feature.name, "place": place.words, "density": density, "away": away}
    rule = rules["privacy.density"]
    yield Finding(
        check=CHECK.id,
        severity="minor",
        text=Words(N_("Camera {name} watches {place} with up to {density:.0f} pixels a metre: mask it."), values),
        measured=density,
        threshold=rules.number("privacy.density"),
        unit="px/m",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(view.feature.id,),
        evidence=(Evidence("zone", mask, Words(N_("mask"))),),
        subject=view.feature.id,
        why=(
            Words(N_("The nearest part that is seen is {away:.0f} m away; ideal light was assumed."), values),
            Words(N_("The evidence is the proposed privacy mask, as it lies on the ground.")),
            *assumptions(site, [view]),
        ),
    )


def _seen_of(shape: BaseGeometry, field: BaseGeometry, rules: Rules) -> BaseGeometry:
    """The part of a place that is seen: the façade of a building, the ground of an area, a point."""
    nothing: BaseGeometry = shapely.Point()
    rim = shapely.buffer(field, _BESIDE)
    if not shape.intersects(rim):
        return nothing
    ground = shape.intersection(field)
    if ground.area >= rules.number("privacy.least_area"):
        return ground
    facade = shape.boundary.intersection(rim) if shape.area else shape.intersection(rim)
    if shape.area and facade.length < rules.number("privacy.least_facade"):
        return nothing
    return facade


def _identified(site: Site, view: View, field: BaseGeometry) -> Iterator[Finding]:
    rules = site.rules
    outside = field.difference(_approved(site, view.feature))
    if outside.area < rules.number("privacy.least_area"):
        return
    rule = rules["privacy.identify"]
    values: dict[str, object] = {"name": view.feature.name, "area": outside.area}
    yield Finding(
        check=CHECK.id,
        severity="minor",
        text=Words(N_("Camera {name} can identify people on {area:.0f} m² where that is not approved."), values),
        measured=outside.area,
        threshold=rules.number("privacy.least_area"),
        unit="m²",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(view.feature.id,),
        evidence=(Evidence("zone", outside, Words(N_("identification"))),),
        subject=view.feature.id,
        why=(
            Words(N_("Fewer pixels, a wider lens or another place avoid it; or record where it is approved.")),
            *assumptions(site, [view]),
        ),
    )


def _approved(site: Site, camera: Feature) -> BaseGeometry:
    linked = (site.plan.features.get(each) for each in camera.links("approved_zone"))
    round_it = site.rules.number("privacy.zone_reach")
    shapes = [each.shape for each in linked if each is not None and each.shape is not None]
    zone: BaseGeometry = shapely.union_all([each if each.area else each.buffer(round_it) for each in shapes])
    return zone


def sensitive_places(site: Site, near: BaseGeometry) -> Iterator[_Place]:
    """Sensitive buildings and areas within a field; a building is one too when a sensitive point lies in it."""
    marked: set[tuple[str, int]] = set()
    for layer in site.layers_of("buildings", "areas"):
        groups = _groups_of(layer, site.rules)
        for index in layer.within(near, _BESIDE):
            if groups[index] >= 0:
                marked.add((layer.id, int(index)))
                yield _place(layer, int(index), groups[index])
    for points in site.layers_of("points"):
        groups = _groups_of(points, site.rules)
        # A place is known by a point within its building, which may lie deep behind the façade that is seen.
        for layer in site.layers_of("buildings"):
            for index in layer.within(near, _BESIDE):
                if (layer.id, int(index)) in marked:
                    continue
                for inside in points.within(layer.shapes[index], 0.0):
                    if groups[inside] >= 0:
                        marked.add((layer.id, int(index)))
                        yield _Place(layer.shapes[index], _place(points, int(inside), groups[inside]).words)
                        break


def _place(layer: Layer, index: int, group: int) -> _Place:
    what = Words(_GROUPS[group][1])
    name = str(layer.column("name", "")[index] or "").strip()
    if name and name.lower() not in ("nan", "none"):
        what = Words(N_("{what} “{name}”"), {"what": what, "name": name})
    return _Place(shapely.force_2d(layer.shapes[index]), what)


def _groups_of(layer: Layer, rules: Rules) -> npt.NDArray[np.int64]:
    """(n,) which group of sensitive places each row belongs to, -1 for none; by its class, kind or use."""
    words = [rules.text(f"privacy.{group}") for group, _ in _GROUPS]

    def build(_: Layer) -> npt.NDArray[np.int64]:
        lists = [frozenset(text.lower().replace(",", " ").split()) for text in words]
        found = np.full(len(layer), -1, dtype=np.int64)
        for column in (each for each in _COLUMNS if each in layer.columns):
            for index, raw in enumerate(layer.columns[column]):
                if found[index] < 0 and raw is not None:
                    parts = {part.strip(".,") for part in str(raw).lower().replace("-", " ").split()}
                    parts.add(str(raw).lower())
                    found[index] = next((n for n, several in enumerate(lists) if parts & several), -1)
        return found

    return layer.once(f"sensitive {words}", build)


def _reach(site: Site) -> float:
    return site.rules.number("camera.study_range") + site.rules.number("sight.mount")


CHECK = Check(
    id="camera-privacy",
    label=N_("Camera privacy"),
    help=N_("Homes, clinics, schools and places of worship that a camera watches, and identification not approved."),
    subject="camera",
    watches=frozenset({"camera", "cordon", "perimeter", "crowd_area", "gate", "note"}),
    reach=_reach,
    find=find_conflicts,
    needs=(
        (
            ("buildings", "areas", "points"),
            Words(N_("no layer of buildings, areas or places is loaded, so homes, clinics and schools are not known")),
        ),
    ),
    rules=(
        "privacy.density",
        "privacy.identify",
        "privacy.least_area",
        "privacy.least_facade",
        "privacy.mask_depth",
        "privacy.zone_reach",
        *(f"privacy.{group}" for group, _ in _GROUPS),
        "dori.inspect",
        "camera.study_range",
        "camera.hfov",
        "sight.target",
        "sight.mount",
        "sight.storey",
    ),
    row="41",
)
