"""Who leaves by which exits: crowd areas that share exits, the exits as they count, and the phases this holds in."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.crowds import Array, across

from .standing import of_features

LEAVING = frozenset({"crowd_area", "exit", "perimeter", "barrier"})  # what the answer to who leaves where depends on
ON_LINE = 6.0  # metres: a line this close to an exit says how the exit is turned
PROFILES = (
    ("guide", N_("guide figures")),
    ("alcohol", N_("where alcohol is sold")),
    ("observed", N_("observed at events")),
)


@dataclass(frozen=True)
class Way:
    """An exit as it counts: `width` m that barriers leave of it, the `opening` as a line (or point), the `array`."""

    feature: Feature
    opening: BaseGeometry
    width: float
    array: Array | None

    def rate(self, site: Site, profile: str) -> float:
        """People a minute."""
        return self.width * site.rules.number(f"crowd.flow.{profile}.{self.feature['surface'] or 'level'}")


@dataclass(frozen=True)
class Gathering:
    """Crowd areas that leave by the same exits. `people` counts areas whose number is known."""

    areas: tuple[Feature, ...]
    ways: tuple[Way, ...]
    around: BaseGeometry | None  # the perimeter they stand in

    @property
    def people(self) -> float:
        """Expected people of all areas."""
        return sum(each.number("people") for each in self.areas)

    @property
    def names(self) -> str:
        """The names of the areas."""
        return ", ".join(each.name or "–" for each in self.areas)

    @property
    def ground(self) -> BaseGeometry:
        """The ground of all areas as one shape."""
        return shapely.union_all([each.shape for each in self.areas if each.shape is not None])

    def profile(self, site: Site) -> str:
        """The flow profile that decides: the most careful that one of the areas names, else that of the rule."""
        named = [str(each["flow_profile"] or site.rules.text("crowd.flow_profile")) for each in self.areas]
        known = [profile for profile, _ in PROFILES]
        return known[max(known.index(each) if each in known else len(known) - 1 for each in named)]

    def minutes(self, site: Site) -> float:
        """The least time that one of the areas allows for leaving."""
        return min(site.rules.number(f"crowd.exit_time.{each['risk'] or 'medium'}") for each in self.areas)


def perimeter_of(site: Site, area: Feature) -> Feature | None:
    """The smallest perimeter that an area stands in."""
    if area.shape is None:
        return None
    inside = area.shape.representative_point()
    found = [each for each in site.of("perimeter") if each.shape is not None and each.shape.contains(inside)]
    return min(found, key=lambda each: (each.shape.area if each.shape else 0.0, each.id), default=None)


def reaches(site: Site, area: Feature, *kinds: str) -> list[Feature]:
    """Exits or gates that serve an area: those of the perimeter it stands in, else those within `crowd.study`."""
    if area.shape is None:
        return []
    around = perimeter_of(site, area)
    if around is not None and around.shape is not None:
        near, within = around.shape, site.rules.number("barrier.stand_tolerance")
    else:
        near, within = area.shape, site.rules.number("crowd.study")
    return [each for each in site.of(*kinds) if each.shape is not None and each.shape.dwithin(near, within)]


def open_exits(site: Site, area: Feature) -> list[Feature]:
    """The exits of an area that are not locked."""
    return [each for each in reaches(site, area, "exit") if each["opening"] != "locked"]


def gathering(site: Site, area: Feature) -> Gathering:
    """The areas that leave by the same exits as this one, directly or through a third, with their exits."""
    several = [each for each in site.of("crowd_area") if each.shape is not None]
    exits = {each.id: {way.id: way for way in open_exits(site, each)} for each in several}
    around = {each.id: perimeter_of(site, each) for each in several}
    taken, found = {area.id}, [area]
    for one in found:  # grows while it is read
        for other in several:
            shared = exits[one.id].keys() & exits[other.id].keys()
            same = around[one.id] is not None and around[one.id] is around[other.id]
            if other.id not in taken and (shared or same):
                taken.add(other.id)
                found.append(other)
    all_exits = {key: way for each in found for key, way in exits.get(each.id, {}).items()}
    ways = tuple(as_it_counts(site, each) for each in sorted(all_exits.values(), key=by_name))
    first = around.get(area.id)
    return Gathering(tuple(sorted(found, key=by_name)), ways, first.shape if first else None)


def by_name(feature: Feature) -> tuple[str, str]:
    """The order of features of one sort: of equals the same one is told in every copy of a plan."""
    return feature.name, feature.id


def is_first(area: Feature, found: Gathering) -> bool:
    """Whether what concerns all these areas is told with this one."""
    return found.areas[0].id == area.id


def as_it_counts(site: Site, exit_: Feature) -> Way:
    """An exit with the width that barriers leave of it, no more than it is said to have."""
    width = said_width(exit_)
    opening = opening_of(site, exit_)
    reach = site.rules.number("exits.barrier_distance")
    array = None
    if isinstance(opening, LineString):
        modules = of_features(site, "barrier", near=opening, within=reach)
        array = across(opening, [each.outline for each in modules], reach)
    return Way(exit_, opening, width if array is None else min(width, array.effective), array)


def said_width(exit_: Feature) -> float:
    """The clear width that the plan says an exit has."""
    return min(exit_.number("width"), exit_.number("clear_width", float("inf")))


def opening_of(site: Site, exit_: Feature) -> BaseGeometry:
    """The opening of an exit as a line as long as it is wide; a point when nothing says how it is turned."""
    shape = exit_.shape if exit_.shape is not None else Point()
    middle, width = shape.centroid, exit_.number("width")
    if shape.geom_type == "LineString":
        start, end = shape.coords[0], shape.coords[-1]
        turn = math.atan2(end[1] - start[1], end[0] - start[0]) if start != end else None
        middle = Point((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    else:
        turn = _turn_at(site, middle)
    if turn is None:
        return middle
    dx, dy = math.cos(turn) * width / 2, math.sin(turn) * width / 2
    return LineString([(middle.x - dx, middle.y - dy), (middle.x + dx, middle.y + dy)])


def _turn_at(site: Site, place: Point) -> float | None:
    lines = []
    for each in site.of("barrier", "perimeter", "cordon"):
        if each.shape is None or each.shape.geom_type == "Point":
            continue
        line = each.shape.boundary if each.shape.area > 0 else each.shape
        if line.dwithin(place, ON_LINE):
            lines.append((round(line.distance(place), 3), each.kind != "barrier", each.id, line))
    if not lines:
        return None
    line = min(lines, key=lambda each: each[:3])[3]
    line = min(shapely.get_parts(line), key=lambda each: each.distance(place))
    along = line.project(place)
    one, other = line.interpolate(max(along - 0.5, 0.0)), line.interpolate(min(along + 0.5, line.length))
    return math.atan2(other.y - one.y, other.x - one.x)


# -- phases -------------------------------------------------------------------------------------------------------
def variants(site: Site, subject: Feature, kinds: Iterable[str]) -> list[tuple[Site, tuple[str, ...]]]:
    """The site as it is in each phase in which the subject is there, phases in which the same features of these kinds
    are active taken together; with their names, none when it is the same in all of them.
    """
    phases = [each for each in site.plan.of("phase") if not subject.phases or each.id in subject.phases]
    if site.phase is not None or not phases:
        return [(site, ())]
    of_kinds = site.plan.of(*kinds)
    alike: dict[frozenset[str], list[Feature]] = {}
    for phase in phases:
        there = frozenset(each.id for each in of_kinds if not each.phases or phase.id in each.phases)
        alike.setdefault(there, []).append(phase)
    return [
        (replace(site, phase=several[0].id), tuple(each.name for each in several) if len(alike) > 1 else ())
        for several in alike.values()
    ]


def in_phases(text: Words, names: Sequence[str]) -> Words:
    """A sentence with the phases it holds in."""
    if not names:
        return text
    return Words(N_("{phases}: {text}"), {"phases": ", ".join(names), "text": text})


def one_each(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of several phases, those that say the same of the same place only once."""
    seen: set[tuple[str, str]] = set()
    for each in findings:
        key = (each.id, each.text.say())
        if key not in seen:
            seen.add(key)
            yield each
