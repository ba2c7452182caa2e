"""Accessible route: from where disabled people are set down to their places, and from there out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.crowds import Widest, widest_way
from venueplanner.engine.passage import Ground

from .leaving import in_phases, one_each, open_exits, opening_of, variants
from .on_foot import STOPPING, people_ground
from .standing import Standing

IN = N_(
    "{name}: the way from the set-down place {other} is {width:.2f} m wide at its narrowest; {limit:.2f} m are wanted."
)
OUT = N_(
    "{name}: the way to exit {other} is {width:.2f} m wide at its narrowest for wheelchair users; "
    "{limit:.2f} m are wanted."
)
WATCHED = frozenset({"crowd_area", "assembly_point", "exit", "perimeter", *STOPPING})


def find_broken(site: Site, area: Feature) -> Iterator[Finding]:
    """No place to be set down, a way too narrow there or out, or too steep (row 39)."""
    if area["accessible"] is False or area.shape is None:
        return
    yield from one_each(each for at, names in variants(site, area, WATCHED) for each in _broken(at, area, names))


def _broken(site: Site, area: Feature, names: tuple[str, ...]) -> Iterator[Finding]:
    shape = area.shape
    if shape is None:
        return
    exits = [each for each in open_exits(site, area) if each["accessible"] is not False]
    drops = [each for each in site.of("assembly_point") if each["purpose"] == "drop_off" and each.shape is not None]
    middle = shape.representative_point()
    if not drops:
        text = Words(N_("{name}: no place is drawn where disabled people are set down."), {"name": area.name})
        yield _finding(site, area, text, None, "accessible.width", "minor", middle, (), names)
    level = [each for each in exits if each["surface"] != "stepped" and not _steep(site, each)]
    if not level and open_exits(site, area):
        text = Words(N_("{name}: no exit is without steps and flat enough for wheelchair users."), {"name": area.name})
        yield _finding(
            site, area, text, None, "accessible.ramp", "major", middle, tuple(each.id for each in exits), names
        )
    for each in exits:
        yield from _contradiction(site, area, each, names)
    if not drops and not level:
        return
    around = shapely.union_all([shape, *(each.shape for each in (*drops, *level) if each.shape is not None)])
    ground, standing = people_ground(site, around, open_exits(site, area))
    doors: list[BaseGeometry | None] = [opening_of(site, each) for each in level]
    for several, goals, template in ((drops, [each.shape for each in drops], IN), (level, doors, OUT)):
        yield from _narrow(site, area, several, goals, template, ground, standing, names)


def _narrow(
    site: Site, area: Feature, several: list[Feature], goals: Sequence[BaseGeometry | None], template: str,
    ground: Ground, standing: tuple[Standing, ...], names: tuple[str, ...],
) -> Iterator[Finding]:  # fmt: skip
    """The best of some ways, when even that is too narrow."""
    best: tuple[float, Feature, Widest, str] | None = None
    for each, goal in zip(several, goals, strict=True):
        if goal is None or area.shape is None:
            continue
        way = widest_way(ground, area.shape, goal)
        owners = [standing[owner].feature for owner in way.owners if owner is not None]
        through_line = any(owner is not None and owner.kind == "barrier" for owner in owners)
        rule_id = "accessible.gap" if through_line else "accessible.width"
        spare = way.width - site.rules.number(rule_id)
        if best is None or spare > best[0]:
            best = (spare, each, way, rule_id)
    if best is None or best[0] >= -1e-6:
        return
    _, other, way, rule_id = best
    if way.width <= 0:
        text = Words(
            N_("{name}: there is no way at all between it and {other}."), {"name": area.name, "other": other.name}
        )
        line = shapely.shortest_line(area.shape, other.shape)
        place: BaseGeometry = line if line is not None else shapely.Point()
    else:
        values = {"name": area.name, "other": other.name, "width": way.width, "limit": site.rules.number(rule_id)}
        text, place = Words(template, values), way.line
    yield _finding(site, area, text, way.width, rule_id, "major", place, (other.id,), names)


def _steep(site: Site, exit_: Feature) -> bool:
    return exit_.number("gradient") > site.rules.number("accessible.ramp")


def _contradiction(site: Site, area: Feature, exit_: Feature, names: tuple[str, ...]) -> Iterator[Finding]:
    """An exit said to be usable with a wheelchair that has steps or is too steep."""
    place = exit_.shape.centroid if exit_.shape is not None else shapely.Point()
    rise = exit_.number("gradient")
    values: dict[str, object] = {"name": exit_.name, "gradient": rise, "limit": site.rules.number("accessible.ramp")}
    if exit_["surface"] == "stepped":
        text = Words(N_("Exit {name} is said to be usable with a wheelchair and has steps."), values)
        yield _finding(site, area, text, None, "accessible.ramp", "minor", place, (exit_.id,), names)
    elif _steep(site, exit_):
        text = Words(N_("Exit {name} rises by {gradient:.1f} %; a ramp may rise by {limit:.1f} %."), values)
        yield _finding(site, area, text, rise, "accessible.ramp", "minor", place, (exit_.id,), names)
    elif exit_.number("gradient") > site.rules.number("accessible.gradient"):
        text = Words(N_("Exit {name} rises by {gradient:.1f} %: it has to be built as a ramp with landings."), values)
        yield _finding(site, area, text, rise, "accessible.gradient", "info", place, (exit_.id,), names)


def _finding(
    site: Site, area: Feature, text: Words, measured: float | None, rule_id: str, severity: str, place: BaseGeometry,
    others: tuple[str, ...], names: tuple[str, ...],
) -> Finding:  # fmt: skip
    rule = site.rules[rule_id]
    return Finding(
        check=CHECK.id, severity=severity, text=in_phases(text, names), measured=measured,
        threshold=site.rules.number(rule_id), unit=rule.unit, rule=rule.id, source=rule.cite(),
        confidence=rule.confidence, features=(area.id, *others),
        evidence=(Evidence("point" if place.length == 0 else "gap", place),), subject=area.id,
        why=(Words(N_("Widths are measured between what stands there; kerbs, surface and cross-fall have to be looked "
"at on site.")),),
    )  # fmt: skip


CHECK = Check(
    id="accessible-route",
    label=N_("Accessible route"),
    help=N_("Whether wheelchair users get from where they are set down to their places and out again."),
    subject="crowd_area",
    watches=WATCHED,
    reach=lambda site: float("inf"),
    find=find_broken,
    rules=("accessible.width", "accessible.gap", "accessible.gradient", "accessible.ramp"),
    row="39",
)
