"""Enclosed people: an area round which a line is closed has two open ways out in different directions, at all times."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import shapely

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.crowds import distances

from .exit_places import empty_sector, exit_fix, turn_between
from .leaving import Gathering, gathering, in_phases, is_first, one_each, reaches, variants
from .on_foot import STOPPING, walking_ground

WATCHED = frozenset({"crowd_area", "exit", "perimeter", *STOPPING})


def find_enclosed(site: Site, area: Feature) -> Iterator[Finding]:
    """An enclosed area with fewer than two open ways out in different directions, in any phase (row 53)."""
    yield from one_each(each for at, names in variants(site, area, WATCHED) for each in _enclosed(at, area, names))


def _enclosed(site: Site, area: Feature, names: tuple[str, ...]) -> Iterator[Finding]:
    if area.shape is None:
        return
    found = gathering(site, area)
    if not is_first(area, found) or not is_enclosed(site, found):
        return
    gates = {each.id: each for one in found.areas for each in reaches(site, one, "gate") if is_open_gate(each)}
    ways = {**{each.feature.id: each.feature for each in found.ways}, **gates}
    places = [(each.shape.centroid.x, each.shape.centroid.y) for each in ways.values() if each.shape is not None]
    rule = site.rules["exits.least_turn"]
    least, limit = site.rules.number("exits.least"), site.rules.number(rule.id)
    turn = turn_between(found, places)
    if len(places) >= least and turn >= limit:
        return
    values = {"names": found.names, "count": len(places), "turn": turn, "limit": limit, "least": int(least)}
    if len(places) < least:
        rule = site.rules["exits.least"]
        text = N_("{names} is enclosed and has {count} open ways out; there must always be {least}.")
        measured, threshold, unit = float(len(places)), least, ""
    else:
        text = N_(
            "{names} is enclosed and its {count} open ways out lie within {turn:.0f}°; two must be {limit:.0f}° apart."
        )
        measured, threshold, unit = turn, limit, "deg"
    yield Finding(
        check=CHECK.id, severity="critical", text=in_phases(Words(text, values), names), measured=measured,
        threshold=threshold, unit=unit, rule=rule.id, source=rule.cite(), confidence=rule.confidence,
        features=(area.id, *(each.id for each in found.areas[1:]), *sorted(ways)),
        evidence=(
            Evidence("zone", empty_sector(found, places)),
            *(Evidence("point", shapely.Point(place)) for place in places),
        ),
        subject=area.id,
        why=(Words(N_("People are never kept in: whoever is inside can always leave by two sides. Gates for people that"
" are open or guarded count.")),),
        fixes=exit_fix(found, max([each.width for each in found.ways], default=4.0)),
    )  # fmt: skip


def is_open_gate(gate: Feature) -> bool:
    """Whether people get out by a gate at any time: for people, and open or with somebody who opens it."""
    return gate["use"] == "people" and (gate["state"] == "open" or (gate["state"] == "guarded" and gate["guards"] != 0))


def is_enclosed(site: Site, found: Gathering) -> bool:
    """Whether a perimeter, or what really stands there, closes round the areas."""
    if found.around is not None:
        return True
    ground = walking_ground(site, found.ground, [], opened=False)
    edge = np.zeros(ground.shape, dtype=bool)
    edge[0, :] = edge[-1, :] = edge[:, 0] = edge[:, -1] = True
    away = distances(ground, edge).metres
    here = ground.cells_of(found.ground) & ground.free
    return bool(here.any() and not np.isfinite(away[here]).any())


CHECK = Check(
    id="enclosed",
    label=N_("Enclosed people"),
    help=N_("Whether everybody inside a closed line has two open ways out in different directions, in every phase."),
    subject="crowd_area",
    watches=WATCHED,
    reach=lambda site: float("inf"),
    find=find_enclosed,
    rules=("exits.least", "exits.least_turn"),
    row="53",
)
