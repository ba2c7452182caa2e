"""Proposed cordons for a perimeter or a crowd area, and the one step that makes an accepted one part of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from venueplanner.checks.free_ground import FreeGround, free_ground, inner_area
from venueplanner.domain.errors import BadValue, UnknownName
from venueplanner.domain.plan import Change, Feature, Plan
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.edits import closing
from venueplanner.engine.cordons import Answer, Closure, Wish, cordons
from venueplanner.kinds import BY_ID

from .session import Session

AREAS = ("perimeter", "crowd_area")
OBJECTIVES: tuple[tuple[str, str], ...] = (
    ("metres", N_("Shortest barrier")),
    ("count", N_("Fewest closures")),
)


@dataclass(frozen=True)
class Proposals:
    """Answers for one area, the best first; none when nothing wider than the limit gets there anyway."""

    area: Feature
    objective: str
    stand_off: float
    answers: tuple[Answer, ...]
    free: FreeGround

    def between(self, closure: Closure) -> tuple[Words | None, Words | None]:
        """What stands at both ends of a closure."""
        one, other = closure.owners
        standing = self.free.standing
        return (standing[one].words if one is not None else None, standing[other].words if other is not None else None)


def feature_named(plan: Plan, name: str, kinds: Sequence[str] = ()) -> Feature:
    """The feature of that id or name, of one of the kinds when any are given. Raises `UnknownName`."""
    found = plan.features.get(name) or next((each for each in plan.features.values() if each.name == name), None)
    if found is None or (kinds and found.kind not in kinds):
        known = ", ".join(each.name for each in plan.features.values() if not kinds or each.kind in kinds) or "–"
        wanted = Words(N_("There is no feature “{id}” in the plan."), {"id": name})
        raise UnknownName(wanted, Words(N_("What can be named here: {known}."), {"known": known}))
    return found


def propose(
    session: Session,
    area_id: str,
    *,
    objective: str = "metres",
    keep_open: Sequence[str] = (),
    stand_off: float = 0.0,
    answers: int = 1,
) -> Proposals:
    """Where to stand barriers so that no vehicle reaches a perimeter or a crowd area (ids or names), for the least.

    What stands already counts: buildings, walls, water, barriers and shut gates of the session's phase. `keep_open`
    are features whose way stays passable: where a closure meets one it becomes a gate (`cordon.gate_width` wide, at the
    price `cordon.gate_cost`). `stand_off` metres round the area stay free of closures; without it the outermost strip
    of a perimeter (`coverage.reach`) may be used. Raises `UnknownName`, `BadValue`.
    """
    site = session.site()
    if objective not in dict(OBJECTIVES):
        known = ", ".join(key for key, _ in OBJECTIVES)
        hint = Words(N_("What can be named here: {known}."), {"known": known})
        raise UnknownName(Words(N_("There is no objective “{objective}”."), {"objective": objective}), hint)
    if not 0 <= stand_off <= site.rules.number("approach.study_radius"):
        raise BadValue(Words(N_("A stand-off of {metres:.0f} m is out of bounds."), {"metres": stand_off}))
    feature = feature_named(session.plan, area_id, AREAS)
    if not isinstance(feature.shape, Polygon):
        raise BadValue(Words(N_("“{name}” has no area."), {"name": feature.name}))
    area: BaseGeometry = shapely.make_valid(feature.shape)
    if feature.kind == "perimeter" and stand_off == 0:
        area = inner_area(feature.shape, site.rules.number("coverage.reach"))
    ways = [each for name in keep_open for each in _ways(site, feature_named(session.plan, name))]
    free = free_ground(site, area, stand_off + site.rules.number("passage.study"))
    wish = Wish(
        objective,
        limit=site.rules.number("coverage.limit"),
        stand_off=stand_off,
        gate_width=site.rules.number("cordon.gate_width"),
        gate_cost=site.rules.number("cordon.gate_cost"),
        answers=answers,
    )
    return Proposals(feature, objective, stand_off, tuple(cordons(free.ground, area, wish, ways)), free)


def _ways(site: Site, feature: Feature) -> list[BaseGeometry]:
    """The ground that has to stay passable for a feature: its line, or what a gate or point takes up."""
    if feature.shape is None:
        raise BadValue(Words(N_("“{name}” has no place that could be kept open."), {"name": feature.name}))
    outline = BY_ID[feature.kind].outline
    if feature.kind == "gate" and outline is not None:
        return list(outline(feature, site.plan, site.rules))
    if feature.shape.geom_type == "Point":
        return [feature.shape.buffer(site.rules.number("cordon.gate_width") / 2)]
    return [feature.shape]


def accept(session: Session, answer: Answer, *, initiator: object = None) -> Change:
    """Make an answer part of the plan: barriers and gates as ordinary features, one step that undo takes back."""
    barriers = [line for each in answer.closures for line in each.barriers]
    gates = [line for each in answer.closures for line in each.gates]
    return session.do(
        N_("Accept a proposed cordon"), closing.close, initiator=initiator, barriers=barriers, gates=gates
    )
