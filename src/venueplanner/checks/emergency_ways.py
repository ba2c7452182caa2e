"""Emergency ways: wide and high enough from end to end with everything planned, and room to turn in a dead end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely
from shapely import affinity, ops
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.diversions import Roads, closed_by
from venueplanner.engine.diversions.corridor import clear_widths, runs_below

from .diverting import roads_for, streets_of
from .standing import Standing, of_city, of_features

_STEP = 1.0  # metres between the places where the width is measured
_LONGEST = 2000.0  # metres beyond which a dead end is none of a route's business


def find(site: Site, route: Feature) -> Iterator[Finding]:
    """Narrow and low places of a route, and dead ends without room to turn."""
    line = route.shape
    if not isinstance(line, LineString) or line.length == 0:
        return
    standing = _in_the_way(site, route, line)
    yield from _narrow(site, route, line, standing)
    if streets_of(site):
        roads = roads_for(site)
        yield from _low(site, roads, route, line)
        yield from _dead_ends(site, roads, route, line, standing)


def _asked(site: Site, route: Feature, what: str) -> float:
    """The clear width or height: what the route asks for, for fire engines at least what the rule says."""
    own = route.number(what)
    return own if route["service"] == "ambulance" and own else max(own, site.rules.number(f"emergency.{what}"))


def _in_the_way(site: Site, route: Feature, line: LineString) -> list[Standing]:
    """What stands beside or on a route: planned things that are not opened for it, the city's buildings and walls."""
    side = site.rules.number("emergency.side")

    def stays(feature: Feature) -> bool:
        if feature.kind == "cordon":  # people step aside and tape is lifted
            return feature["means"] not in ("people", "tape")
        return not (feature.kind == "gate" and feature["use"] in ("emergency", "vehicles"))

    planned = of_features(site, "barrier", "gate", "cordon", near=line, within=side, only=stays)
    return [*planned, *of_city(site, near=line, within=side)]


def _narrow(site: Site, route: Feature, line: LineString, standing: list[Standing]) -> Iterator[Finding]:
    least, side = _asked(site, route, "width"), site.rules.number("emergency.side")
    rule = site.rules["emergency.width"]
    opened = shapely.union_all([_opening(each) for each in _openings(site, line)])
    solid = [each.outline.difference(opened) for each in standing]
    marks, widths = clear_widths(line, solid, side, _STEP)
    for first, last in runs_below(widths, least - 0.05):
        here = widths[first : last + 1]
        at = line.interpolate(float(marks[first + int(np.argmin(here))]))
        near = min(standing, key=lambda each: each.outline.distance(at))
        width = float(here.min())
        values = {"name": route.name, "width": width, "least": least, "what": near.words}
        text = N_("Emergency route {name} is only {width:.2f} m wide beside {what}; {least:.1f} m are asked.")
        if width <= 0.01:
            text = N_("Emergency route {name} is barred by {what}; {least:.1f} m are asked.")
        stretch = ops.substring(line, float(marks[first]), max(float(marks[last]), float(marks[first]) + 0.5))
        ids = (route.id, near.feature.id) if near.feature is not None else (route.id,)
        yield _finding(site, route, rule.id, "critical", Words(text, values), width, least, "m", stretch, ids)
    for gate in _openings(site, line):
        if gate.shape is None:
            continue
        width = gate.number("width") if gate.shape.geom_type == "Point" else gate.shape.length
        if width < least - 0.05:
            values = {"name": route.name, "gate": gate.name, "width": width, "least": least}
            text = N_("Gate {gate} on emergency route {name} opens {width:.2f} m; {least:.1f} m are asked.")
            place = gate.shape
            yield _finding(
                site, route, rule.id, "critical", Words(text, values), width, least, "m", place, (route.id, gate.id)
            )


def _openings(site: Site, line: LineString) -> list[Feature]:
    """Gates on the route that are opened for vehicles."""
    return [
        each for each in site.of("gate")
        if each.shape is not None and each["use"] in ("emergency", "vehicles") and each.shape.dwithin(line, 2.0)
    ]  # fmt: skip


def _opening(gate: Feature) -> BaseGeometry:
    """The ground a gate opens: a fence or cordon drawn through it is open there too."""
    shape = gate.shape if gate.shape is not None else Point()
    if shape.geom_type == "Point":
        return shape.buffer(gate.number("width") / 2)
    return shape.buffer(shape.length / 2, cap_style="flat")


def _links(site: Site, roads: Roads, line: LineString) -> np.ndarray:
    blocks = closed_by(roads.network, line, site.rules.number("closure.beside"), roads.drivable)
    return np.flatnonzero(np.diff(blocks.ptr) > 0)


def _low(site: Site, roads: Roads, route: Feature, line: LineString) -> Iterator[Finding]:
    least, rule = _asked(site, route, "height"), site.rules["emergency.height"]
    links = _links(site, roads, line)
    low = links[roads.height[links] < least]
    if low.size:
        height = float(roads.height[low].min())
        values = {"name": route.name, "height": height, "least": least}
        text = Words(N_("Emergency route {name} passes under {height:.2f} m; {least:.1f} m are asked."), values)
        shape = shapely.union_all(roads.network.shapes(low))
        yield _finding(site, route, rule.id, "major", text, height, least, "m", shape, (route.id,))


def _dead_ends(
    site: Site, roads: Roads, route: Feature, line: LineString, standing: list[Standing]
) -> Iterator[Finding]:
    """Where the route ends in a street that leads nowhere else: too long a way to back out of without room to turn."""
    longest, pad = site.rules.number("emergency.dead_end"), site.rules.number("emergency.pad")
    rule = site.rules["emergency.dead_end"]
    for tip in (Point(line.coords[0]), Point(line.coords[-1])):
        run = _dead_run(site, roads, tip)
        if run is None or run[0] <= longest:
            continue
        length, node = run
        end = Point(roads.network.node_xy[node])
        solid = shapely.union_all([each.outline for each in [*standing, *of_city(site, near=end, within=2 * pad)]])
        if _room_to_turn(end, pad, solid):
            continue
        values = {"name": route.name, "length": length, "longest": longest, "pad": pad}
        text = Words(
            N_("Emergency route {name} ends in a dead end of {length:.0f} m (up to {longest:.0f} m go without) and "
               "there is no place of {pad:g} × {pad:g} m to turn."), values,
        )  # fmt: skip
        yield _finding(site, route, rule.id, "major", text, length, longest, "m", end.buffer(pad / 2), (route.id,))


def _dead_run(site: Site, roads: Roads, tip: Point) -> tuple[float, int] | None:
    """Metres from the last junction to the blind end where a route stops, and that node; None at a through street."""
    net = roads.network
    drivable = roads.access | roads.access[np.arange(net.edges) ^ 1]
    away = np.hypot(*(net.node_xy - np.array([tip.x, tip.y])).T)
    near = np.flatnonzero(away <= 2 * site.rules.number("closure.beside"))
    blind = [n for n in near[np.argsort(away[near], kind="stable")].tolist() if _ways(roads, n, drivable).size == 1]
    if not blind:
        return None
    node, length, last = blind[0], 0.0, -1
    while length < _LONGEST:
        links = _ways(roads, node, drivable)
        on = [each for each in links.tolist() if each != last]
        if last >= 0 and len(on) != 1:
            return length, blind[0]
        last = on[0]
        length += float(net.length[last])
        node = int(net.link_from[last] + net.link_to[last] - node)
    return None


def _ways(roads: Roads, node: int, drivable: np.ndarray) -> np.ndarray:
    edges = roads.into(node)
    return np.unique(edges[drivable[edges]] >> 1)


def _room_to_turn(end: Point, pad: float, solid: BaseGeometry) -> bool:
    """Whether a square of this size fits free round a dead end, turned and shifted in steps."""
    for east in (0.0, -0.5, 0.5):
        for north in (0.0, -0.5, 0.5):
            x, y = end.x + east * pad, end.y + north * pad
            square = shapely.box(x - pad / 2, y - pad / 2, x + pad / 2, y + pad / 2)
            for angle in range(0, 90, 15):
                if not affinity.rotate(square, angle, origin=(x, y)).intersects(solid):
                    return True
    return False


def _finding(
    site: Site, route: Feature, rule_id: str, severity: str, text: Words, measured: float, threshold: float, unit: str,
    shape: BaseGeometry, ids: tuple[str, ...],
) -> Finding:  # fmt: skip
    rule = site.rules[rule_id]
    return Finding(
        check=CHECK.id, severity=severity, text=text, measured=measured, threshold=threshold, unit=unit, rule=rule.id,
        source=rule.cite(), confidence=rule.confidence, features=ids, evidence=(Evidence("gap", shape),),
        subject=route.id,
    )  # fmt: skip


CHECK = Check(
    id="emergency-ways",
    label=N_("Emergency routes"),
    help=N_("Emergency routes that are too narrow or low somewhere, or end where a fire engine cannot turn."),
    subject="emergency_route",
    watches=frozenset({"emergency_route", "barrier", "gate", "cordon"}),
    reach=lambda site: 2 * site.rules.number("emergency.side") + 60.0,
    find=find,
    rules=("emergency.width", "emergency.height", "emergency.dead_end", "emergency.pad", "emergency.side",
           "closure.beside"),
    row="27, 28, 29",
)  # fmt: skip
