"""Where more posts would see most of what nobody sees now: proposals, and one step that takes them over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from venueplanner.checks import watching
from venueplanner.domain.errors import UnknownName
from venueplanner.domain.plan import Change, Feature, Plan
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.edits import features
from venueplanner.engine.sightlines import Obstacles, choose, look, owned_stretches

from .session import Session

LINES = ("perimeter", "cordon")


@dataclass(frozen=True)
class Proposal:
    """A place for a post: its point, what it adds, and the metres of all lines that are then watched."""

    place: Point
    adds: float
    watched: float
    of: float


def suggest(session: Session, most: int, *, lines: Sequence[str] = ()) -> list[Proposal]:
    """Up to `most` places for posts that together see most of the metres nobody sees now, the best first.

    lines: ids of perimeters and cordons, all of them when empty. Candidates stand every `post.every` m on the lines; a
    post is taken to see as far as rule `post.sight_range`. Greedy: at least 63 % of the best that as many of these
    candidates could do. Raises `UnknownName` for an id that is no perimeter or cordon.
    """
    site = session.site()
    chosen = lines_to_watch(site, lines)
    total = sum(line.length for _, line in chosen)
    posts = posts_of(site)
    alone = [piece for _, line in chosen for piece in unwatched(site, line, posts)]
    if not alone or most < 1:
        return []
    middles = np.array([piece.interpolate(0.5, normalized=True) for piece in alone])
    weights = np.array([piece.length for piece in alone])
    places, covers = [], []
    for place, area in _candidates(site, [line for _, line in chosen]):
        seen = shapely.buffer(area, 0.05)
        shapely.prepare(seen)
        places.append(place)
        covers.append(np.flatnonzero(shapely.intersects(seen, middles)))
    already = total - float(weights.sum())
    found = choose(covers, weights, most, site.rules.number("post.least_stretch"))
    return [Proposal(places[each.place], each.adds, already + each.covered, total) for each in found]


def accept(session: Session, proposals: Sequence[Proposal], *, initiator: object = None) -> Change:
    """Make ordinary posts of proposals, in one step that can be undone."""
    sight = session.rules.number("post.sight_range")
    places = [each.place for each in proposals]
    return session.do("Add proposed posts", _add_posts, initiator=initiator, places=places, sight=sight)


def _add_posts(plan: Plan, *, places: Sequence[Point], sight: float) -> Plan:
    for place in places:
        plan = features.add(plan, kind="post", shape=place, values={"range": sight})
    return plan


def lines_to_watch(site: Site, lines: Sequence[str]) -> list[tuple[Feature, LineString]]:
    """The perimeters and cordons of these ids, or all, as lines; a line of people watches itself and is left out."""
    there = {each.id: each for each in site.of(*LINES)}
    for each in lines:
        if each not in there:
            known = ", ".join(f"{key} ({feature.name})" for key, feature in there.items()) or "–"
            raise UnknownName(
                Words(N_("There is no perimeter or cordon “{id}” in the plan."), {"id": each}),
                Words(N_("There are: {known}."), {"known": known}),
            )
    wanted = [there[each] for each in lines] if lines else list(there.values())
    found = [(each, _line_of(each)) for each in wanted if each["means"] != "people"]
    return [(each, line) for each, line in found if line is not None]


def _line_of(feature: Feature) -> LineString | None:
    shape: Any = feature.shape
    if shape is None:
        return None
    return LineString(shape.exterior.coords) if shape.geom_type == "Polygon" else shape


def obstacles_of(site: Site) -> tuple[Obstacles, Obstacles]:
    """What hides the view: the city's, and the plan's own screens."""
    return watching.city_obstacles(site), watching.screens(site)


def posts_of(site: Site) -> list[watching.View]:
    """What each post that watches sees."""
    obstacles = obstacles_of(site)
    several = (watching.post_view(site, each, obstacles) for each in site.of("post"))
    return [each for each in several if each is not None]


def unwatched(site: Site, line: LineString, posts: Sequence[watching.View]) -> Iterator[LineString]:
    """The pieces of a line, at most `sight.step` m long, that no post sees and that do not run inside a building."""
    eyes = np.array([(each.place.x, each.place.y) for each in posts]).reshape(-1, 2)
    step = site.rules.number("sight.step")
    built = [layer.shapes[i] for layer in site.layers_of("buildings") for i in layer.within(line)]
    houses = shapely.union_all([each.buffer(-0.1) for each in built])
    for stretch in owned_stretches(line, eyes, [each.all_round for each in posts], step):
        if stretch.owner is not None:
            continue
        count = max(1, int(np.ceil(stretch.length / step)))
        marks = np.linspace(stretch.begin, stretch.end, count + 1)
        for begin, end in pairwise(marks.tolist()):
            piece = shapely.LineString([line.interpolate(begin), line.interpolate(end)])
            if not houses.intersects(piece.interpolate(0.5, normalized=True)):
                yield piece


def _candidates(site: Site, lines: Sequence[LineString]) -> Iterator[tuple[Point, BaseGeometry]]:
    rules = site.rules
    city, own = obstacles_of(site)
    sight, every, eye = (rules.number(each) for each in ("post.sight_range", "post.every", "sight.eye"))
    mount, target = rules.number("sight.mount"), rules.number("sight.target")
    for line in lines:
        for along in np.arange(0.0, line.length, every):
            at = line.interpolate(along)
            first = look(city, at.x, at.y, sight, height=eye, target=target, mount=mount)
            if first.stand.shut_in:
                continue
            place = Point(first.stand.x, first.stand.y)
            area = first.area()
            if len(own.near(place.x, place.y, sight)):
                past = look(own, place.x, place.y, sight, height=eye, target=target).area()
                area = shapely.intersection(area, past)
            yield place, area
