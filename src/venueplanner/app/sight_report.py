"""Sight of a whole plan as plain data and as lines: what cameras cover by task, which metres posts see."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

import numpy as np
import shapely
from shapely.geometry import LineString, Point, mapping
from shapely.geometry.base import BaseGeometry

from venueplanner.checks import watching
from venueplanner.domain.kind import VIEW_TASKS
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.sightlines import owned_stretches
from venueplanner.kinds import BY_ID

from .documents import coordinates_of
from .language import Language
from .session import Session
from .sight import Proposal, lines_to_watch, obstacles_of, posts_of, unwatched

GeoJson: TypeAlias = Callable[[BaseGeometry], Any]


def report(session: Session, language: Language, proposals: Sequence[Proposal] | None = None) -> dict[str, Any]:
    """Coverage by task, the metres posts see, assumptions and proposals as plain data; geometry in WGS84."""
    site = session.site()
    to_lonlat = coordinates_of(session.plan).to_lonlat_array

    def lonlat(shape: BaseGeometry) -> Any:
        return None if shape.is_empty else mapping(shapely.transform(shape, to_lonlat))

    obstacles = obstacles_of(site)
    several = (watching.camera_view(site, each, obstacles) for each in site.of("camera"))
    cameras = [each for each in several if each is not None]
    posts = posts_of(site)
    notes = watching.assumptions(site, [*cameras, *posts])
    found: dict[str, Any] = {
        "cameras": [_camera(site, each, lonlat) for each in cameras],
        "areas": [_area(site, each, cameras, lonlat) for each in site.of("crowd_area") if each.shape is not None],
        "lines": [_line(site, feature, line, posts, lonlat) for feature, line in lines_to_watch(site, ())],
        "assumptions": list(dict.fromkeys(language.say(each) for each in notes)),
    }
    if proposals is not None:
        found["proposals"] = [
            {
                "place": lonlat(each.place),
                "adds_m": round(each.adds, 1),
                "watched_m": round(each.watched, 1),
                "of_m": round(each.of, 1),
            }
            for each in proposals
        ]
    return found


def _camera(site: Site, view: watching.View, lonlat: GeoJson) -> dict[str, Any]:
    densities = [site.rules.number(f"dori.{task}") for task, _ in VIEW_TASKS]
    target = site.rules.number("sight.target")
    fields = view.fields(densities, target, site.rules.number("camera.share"))
    task = str(view.feature["task"] or "detect")
    return {
        "id": view.feature.id,
        "name": view.feature.name,
        "task": task,
        "moved_m": round(view.moved, 2),
        "blind_m": round(view.lens.blind(target), 1) if view.lens and view.lens.vfov else None,
        "seen_m2": {name: round(area.area, 1) for (name, _), area in zip(VIEW_TASKS, fields, strict=True)},
        "field": lonlat(fields[[name for name, _ in VIEW_TASKS].index(task)]),
    }


def _area(site: Site, feature: Feature, cameras: Sequence[watching.View], lonlat: GeoJson) -> dict[str, Any]:
    rules = site.rules
    shape: BaseGeometry = feature.shape if feature.shape is not None else Point()
    needed = str(feature["camera_task"] or rules.text("camera.crowd_task"))
    densities = [rules.number(f"dori.{task}") for task, _ in VIEW_TASKS]
    fields = [each.fields(densities, rules.number("sight.target"), rules.number("camera.share")) for each in cameras]
    seen, gap = {}, None
    for number, (task, _) in enumerate(VIEW_TASKS):
        left = shape.difference(shapely.union_all([each[number] for each in fields]))
        seen[task] = round(shape.area - left.area, 1)
        if task == needed:
            gap = lonlat(left)
    return {
        "id": feature.id,
        "name": feature.name,
        "task": needed,
        "area_m2": round(shape.area, 1),
        "seen_m2": seen,
        "gap": gap,
    }


def _line(
    site: Site, feature: Feature, line: LineString, posts: Sequence[watching.View], lonlat: GeoJson
) -> dict[str, Any]:
    alone = list(unwatched(site, line, posts))
    return {
        "id": feature.id,
        "name": feature.name,
        "kind": feature.kind,
        "length_m": round(line.length, 1),
        "alone_m": round(sum(each.length for each in alone), 1),
        "owners": _owners(site, line, posts),
        "alone": lonlat(shapely.line_merge(shapely.union_all(alone))) if alone else None,
    }


def _owners(site: Site, line: LineString, posts: Sequence[watching.View]) -> list[dict[str, Any]]:
    """Which post answers for which stretch: from and to in metres along the line."""
    eyes = np.array([(each.place.x, each.place.y) for each in posts]).reshape(-1, 2)
    areas = [each.all_round for each in posts]
    return [
        {
            "post": None if each.owner is None else posts[each.owner].feature.id,
            "name": "" if each.owner is None else posts[each.owner].feature.name,
            "from_m": round(each.begin, 1),
            "to_m": round(each.end, 1),
        }
        for each in owned_stretches(line, eyes, areas, site.rules.number("sight.step"))
    ]


def lines(found: dict[str, Any], language: Language) -> Iterator[str]:
    """The report as text, one line each."""
    for area in found["areas"]:
        share = 100.0 * area["seen_m2"].get(area["task"], 0.0) / area["area_m2"] if area["area_m2"] else 0.0
        values = {"name": area["name"], "share": share, "area": area["area_m2"], "task": area["task"]}
        yield language.say(Words(N_("{name}: {share:.0f} % of {area:.0f} m² seen for the task {task}"), values))
    for line in found["lines"]:
        values = {
            "what": Words(BY_ID[line["kind"]].label),
            "name": line["name"],
            "alone": line["alone_m"],
            "all": line["length_m"],
        }
        yield language.say(Words(N_("{what} {name}: {alone:.0f} of {all:.0f} m seen by no post"), values))
    for number, each in enumerate(found.get("proposals", ()), 1):
        values = {"number": number, "adds": each["adds_m"], "watched": each["watched_m"], "all": each["of_m"]}
        text = N_("Proposed post {number}: {adds:.0f} m more, then {watched:.0f} of {all:.0f} m are watched")
        yield language.say(Words(text, values))
    yield from found["assumptions"]
