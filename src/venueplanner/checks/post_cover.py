"""Post cover: every metre of a perimeter or cordon has a post that sees it, and neighbouring posts see each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.memo import Same
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.sightlines import Obstacles, Stretch, mutual_sight, owned_stretches
from venueplanner.kinds import BY_ID

from .watching import BUILDINGS, View, assumptions, city_obstacles, opaque_cordons, post_view, screens, screens_of

_OF_PEOPLE = "people"  # a cordon that is a line of people watches itself
_AT_GATE = 0.5  # m: how far the guards of a gate reach beside it


def find_orphans(site: Site, subject: Feature) -> Iterator[Finding]:
    """The stretches of a perimeter or cordon that no post sees within its range, and neighbours that do not connect."""
    line = _line_of(subject)
    if line is None or subject["means"] == _OF_PEOPLE:
        return
    views, gates = _views_on(site, line), _guarded_on(site, line)
    opaque = _between(site, views)
    yield from site.memo.kept(
        (
            "post-cover",
            Same(subject),
            tuple(map(Same, views)),
            tuple(map(Same, gates)),
            tuple(map(Same, opaque)),
            tuple(map(Same, site.layers_of("buildings", "walls"))),
            tuple(site.rules[each] for each in _RULES),
        ),
        lambda: tuple(_found(site, subject, line, views, gates, screens_of(site, opaque))),
    )


def _found(
    site: Site, subject: Feature, line: LineString, views: list[View], gates: list[Feature], own: Obstacles
) -> Iterator[Finding]:
    """All findings of a line. Whatever is looked at here is in the key of `find_orphans`."""
    eyes = np.array([(view.place.x, view.place.y) for view in views]).reshape(-1, 2)
    stretches = owned_stretches(line, eyes, [view.all_round for view in views], site.rules.number("sight.step"))
    orphans = _orphans(site, line, stretches, gates)
    if orphans:
        yield _alone(site, subject, line, orphans, views)
    yield from _neighbours(site, subject, line, stretches, views, own)


def _line_of(subject: Feature) -> LineString | None:
    shape: Any = subject.shape
    if shape is None:
        return None
    return LineString(shape.exterior.coords) if shape.geom_type == "Polygon" else shape


def _views_on(site: Site, line: BaseGeometry) -> list[View]:
    mount, usual = site.rules.number("sight.mount"), site.rules.number("post.sight_range")
    posts = [each for each in site.of("post") if each.shape is not None]
    places: Any = np.array([each.shape for each in posts], dtype=object)
    ranges = np.array([each.number("range", usual) + mount for each in posts])
    near = np.flatnonzero(shapely.dwithin(places, line, ranges)).tolist() if posts else []  # type: ignore[call-overload]
    obstacles = (city_obstacles(site), screens(site))
    return [view for view in (post_view(site, posts[each], obstacles) for each in near) if view is not None]


def _guarded_on(site: Site, line: BaseGeometry) -> list[Feature]:
    """The guarded gates whose guards stand on the line."""
    return [
        gate
        for gate in site.of("gate")
        if _guarded(gate) and gate.shape is not None and gate.shape.dwithin(line, 2 * _AT_GATE)
    ]


def _between(site: Site, views: Sequence[View]) -> list[Feature]:
    """The opaque cordons that can stand between any two of these posts."""
    if not views:
        return []
    box = shapely.box(*shapely.total_bounds([view.place for view in views])).buffer(1.0)
    return [each for each in opaque_cordons(site) if each.shape is not None and each.shape.intersects(box)]


def _farthest(site: Site) -> float:
    """The farthest any post can see: the most its field takes, as the kind declares."""
    return float(getattr(BY_ID["post"].field("range"), "high", None) or site.rules.number("post.sight_range"))


def _orphans(
    site: Site, line: LineString, stretches: Sequence[Stretch], gates: Sequence[Feature]
) -> list[BaseGeometry]:
    """What nobody owns: less the stretches inside buildings, and guarded gates, which their guards own."""
    alone = [each.line for each in stretches if each.owner is None]
    if not alone:
        return []
    covered = [gate.shape.buffer(_AT_GATE) for gate in gates if gate.shape is not None]
    for layer in site.layers_of("buildings"):
        covered += [layer.shapes[each].buffer(-0.1) for each in layer.within(line)]
    left = shapely.difference(shapely.union_all(alone), shapely.union_all(covered))
    merged = shapely.line_merge(left) if left.geom_type == "MultiLineString" else left
    least = site.rules.number("post.least_stretch")
    return [each for each in shapely.get_parts(merged) if each.length >= least]


def _guarded(gate: Feature) -> bool:
    return gate["state"] == "guarded" and gate.number("guards") > 0


def _alone(
    site: Site, subject: Feature, line: LineString, orphans: list[BaseGeometry], views: Sequence[View]
) -> Finding:
    length = sum(each.length for each in orphans)
    rule = site.rules["post.sight_range"]
    values: dict[str, object] = {
        "what": Words(BY_ID[subject.kind].label),
        "name": subject.name,
        "length": length,
        "all": line.length,
        "count": len(views),
        "parts": len(orphans),
    }
    text = N_("{what} {name}: no post sees {length:.0f} of {all:.0f} m, in {parts} stretches.")
    if not views:
        text = N_("{what} {name}: no post is within sight of any of its {all:.0f} m.")
    return Finding(
        check=_id_of(subject),
        severity="major",
        text=Words(text, values),
        measured=length,
        threshold=site.rules.number("post.least_stretch"),
        unit="m",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(subject.id,),
        evidence=(Evidence("gap", shapely.union_all(orphans), Words(N_("nobody sees it"))),),
        subject=subject.id,
        why=(
            Words(N_("{count} posts have part of it in their range; each sees as far as its form says."), values),
            Words(N_("Stretches inside buildings were left out; the guards of a gate see their gate.")),
            *assumptions(site, list(views)),
        ),
    )


def _neighbours(
    site: Site,
    subject: Feature,
    line: LineString,
    stretches: Sequence[Stretch],
    views: Sequence[View],
    own: Obstacles,
) -> Iterator[Finding]:
    owners: list[int] = []
    for each in stretches:
        if each.owner is not None and (not owners or owners[-1] != each.owner):
            owners.append(each.owner)
    if line.is_closed and len(owners) > 1 and owners[0] != owners[-1]:
        owners.append(owners[0])
    pairs = sorted({(min(pair), max(pair)) for pair in pairwise(owners)})
    eyes = np.array([(view.place.x, view.place.y) for view in views]).reshape(-1, 2)
    height = site.rules.number("sight.eye")
    apart = site.rules.number("post.neighbour")
    joined = [mutual_sight(each, eyes, pairs, height) for each in (city_obstacles(site), own)]
    for number, (one, other) in enumerate(pairs):
        away = _along(line, views[one], views[other])
        if away <= apart or all(several[number] for several in joined):
            continue
        yield _blind_pair(site, subject, (views[one], views[other]), away)


def _along(line: LineString, one: View, other: View) -> float:
    """Metres along the line between the places nearest to two posts; the shorter way round a ring."""
    away = abs(line.project(one.place) - line.project(other.place))
    return float(min(away, line.length - away) if line.is_closed else away)


def _blind_pair(site: Site, subject: Feature, pair: tuple[View, View], away: float) -> Finding:
    one, other = pair
    rule = site.rules["post.neighbour"]
    values: dict[str, object] = {"one": one.feature.name, "other": other.feature.name, "away": away,
                                 "limit": site.rules.number("post.neighbour"), "name": subject.name}  # fmt: skip
    return Finding(
        check=_id_of(subject),
        severity="minor",
        text=Words(N_("Posts {one} and {other} on {name} do not see each other and stand {away:.0f} m apart."), values),
        measured=away,
        threshold=site.rules.number("post.neighbour"),
        unit="m",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(subject.id, one.feature.id, other.feature.id),
        evidence=(Evidence("route", LineString([one.place, other.place]), Words(N_("{away:.0f} m"), values)),),
        subject=subject.id,
        why=(
            Words(N_("Neighbours along the line see each other, or stand at most {limit:.0f} m apart on it."), values),
            *assumptions(site, list(pair)),
        ),
    )


def _id_of(subject: Feature) -> str:
    return CHECK.id if subject.kind == CHECK.subject else CORDONS.id


def _reach(site: Site) -> float:
    return _farthest(site) + site.rules.number("sight.mount")


_RULES = (
    "post.sight_range",
    "post.neighbour",
    "post.least_stretch",
    "sight.eye",
    "sight.mount",
    "sight.step",
    "sight.storey",
    "sight.target",
)
CHECK = Check(
    id="post-cover",
    label=N_("Posts along a perimeter"),
    help=N_("Metres of a perimeter that no post sees, and neighbouring posts that do not see each other."),
    subject="perimeter",
    watches=frozenset({"perimeter", "post", "gate", "cordon"}),
    reach=_reach,
    find=find_orphans,
    needs=BUILDINGS,
    rules=_RULES,
    row="43",
)
CORDONS = Check(
    id="cordon-cover",
    label=N_("Posts along a cordon"),
    help=N_("Metres of a cordon that no post sees, and neighbouring posts that do not see each other."),
    subject="cordon",
    watches=frozenset({"post", "gate", "cordon"}),
    reach=_reach,
    find=find_orphans,
    needs=BUILDINGS,
    rules=_RULES,
    row="43",
)
