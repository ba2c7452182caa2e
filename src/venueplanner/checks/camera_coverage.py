"""Camera coverage: what of a crowd area no camera sees well enough for its task."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.kind import VIEW_TASKS
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words

from .watching import BUILDINGS, View, assumptions, camera_view, city_obstacles, screens

_TASK_WORDS = dict(VIEW_TASKS)


def find_gaps(site: Site, area: Feature) -> Iterator[Finding]:
    """The ground of a crowd area that no camera sees at the density of its task (rules `dori.*`)."""
    rules = site.rules
    task = str(area["camera_task"] or rules.text("camera.crowd_task"))
    if area.shape is None or task == "none":
        return
    density = rules.number(f"dori.{task}")
    views = list(_views_on(site, area.shape))
    fields = [view.fields([density], rules.number("sight.target"), rules.number("camera.share"))[0] for view in views]
    gap = _large_parts(area.shape.difference(shapely.union_all(fields)), rules.number("camera.least_gap"))
    if gap.is_empty:
        return
    values: dict[str, object] = {
        "name": area.name,
        "area": gap.area,
        "share": 100.0 * gap.area / area.shape.area,
        "task": Words(_TASK_WORDS.get(task, task)),
        "density": density,
        "count": len(views),
    }
    text = N_("{area:.0f} m² of {name} ({share:.0f} %) are seen by no camera well enough for the task “{task}”.")
    if not views:
        text = N_("No camera looks at {name}: it is watched by people only, or not at all.")
    rule = rules[f"dori.{task}"]
    yield Finding(
        check=CHECK.id,
        severity="minor" if views else "info",
        text=Words(text, values),
        measured=gap.area,
        threshold=rules.number("camera.least_gap"),
        unit="m²",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(area.id, *(view.feature.id for view in views)),
        evidence=(Evidence("zone", gap, Words(N_("{area:.0f} m² unseen"), values)),),
        subject=area.id,
        why=tuple(_why(site, values, views)),
    )


def _views_on(site: Site, shape: BaseGeometry) -> Iterator[View]:
    """The cameras whose range reaches the area, whatever their own task."""
    obstacles = (city_obstacles(site), screens(site))
    reach = site.rules.number("camera.study_range")
    for camera in site.of("camera"):
        if camera.shape is None or not camera.shape.dwithin(shape, reach):
            continue
        view = camera_view(site, camera, obstacles)
        if view is None or view.lens is None:
            continue
        monitor, target = site.rules.number("dori.monitor"), site.rules.number("sight.target")
        if view.place.distance(shape) <= view.lens.ground_range(monitor, target):
            yield view


def _large_parts(shape: BaseGeometry, least: float) -> BaseGeometry:
    parts = [each for each in shapely.get_parts(shape) if each.geom_type == "Polygon" and each.area >= least]
    whole: BaseGeometry = shapely.union_all(parts)
    return whole


def _why(site: Site, values: dict[str, object], views: list[View]) -> Iterator[Words]:
    share = {"share": 100.0 * site.rules.number("camera.share"), "target": site.rules.number("sight.target")}
    yield Words(N_("Needed: {density:g} pixels a metre; {count} cameras have it in their range."), values)
    yield Words(
        N_("Counted: {share:.0f} % of the ideal range, for night and rain; a target {target:.1f} m high."), share
    )
    yield from assumptions(site, views)


def _reach(site: Site) -> float:
    return site.rules.number("camera.study_range") + site.rules.number("sight.mount")


CHECK = Check(
    id="camera-coverage",
    label=N_("Camera coverage"),
    help=N_("What of a crowd area no camera sees well enough for its task."),
    subject="crowd_area",
    watches=frozenset({"crowd_area", "camera", "cordon"}),
    reach=_reach,
    find=find_gaps,
    needs=BUILDINGS,
    rules=(
        *(f"dori.{task}" for task, _ in VIEW_TASKS),
        "camera.crowd_task",
        "camera.share",
        "camera.study_range",
        "camera.least_gap",
        "camera.hfov",
        "sight.target",
        "sight.mount",
        "sight.storey",
    ),
    row="40",
)
