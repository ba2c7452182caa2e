"""Exit spread: enough exits, wide enough, and not all on one side."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

import shapely

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words

from .exit_places import empty_sector, exit_fix, places_of, turn_between
from .leaving import LEAVING, Gathering, gathering, in_phases, is_first, one_each, variants


def exits_needed(site: Site, people: float) -> tuple[int, str]:
    """How many exits so many people need, and the rule that says so."""
    least = int(site.rules.number("exits.least"))
    if people > site.rules.number("exits.fourth_from"):
        return max(least, 4), "exits.fourth_from"
    if people > site.rules.number("exits.third_from"):
        return max(least, 3), "exits.third_from"
    return least, "exits.least"


def find_bad_spread(site: Site, area: Feature) -> Iterator[Finding]:
    """Too few exits, all too near one another, or all in one direction (row 22); told with the first of the areas."""
    yield from one_each(each for at, names in variants(site, area, LEAVING) for each in _spread(at, area, names))


def _spread(site: Site, area: Feature, names: tuple[str, ...]) -> Iterator[Finding]:
    if area.shape is None:
        return
    found = gathering(site, area)
    if not is_first(area, found) or found.people <= 0:
        return
    least_width = site.rules.number("crowd.exit_least_width")
    places = places_of([each for each in found.ways if each.width >= least_width])
    needed, rule_id = exits_needed(site, found.people)
    values: dict[str, object] = {"names": found.names, "people": int(found.people), "count": len(places),
                                 "needed": needed, "width": least_width}  # fmt: skip
    if len(places) < needed:
        text = N_("{names}: {count} exits of at least {width:g} m for {people} people; {needed} are wanted.")
        severity = "critical" if not places else "major"
        yield _finding(
            site, area, found, Words(text, values), len(places), needed, "", rule_id, severity, names, places
        )
    if len(places) < 2:
        return
    shape = found.around if found.around is not None else found.ground
    diagonal = math.dist(shape.bounds[:2], shape.bounds[2:])
    share = 100.0 * max(math.dist(one, other) for one, other in combinations(places, 2)) / diagonal
    limit = site.rules.number("exits.remote_share")
    if share < limit:
        values |= {"share": share, "limit": limit}
        text = N_(
            "{names}: the two exits farthest apart are {share:.0f} % of the diagonal apart; {limit:.0f} % are wanted."
        )
        yield _finding(
            site, area, found, Words(text, values), share, limit, "%", "exits.remote_share", "major", names, places
        )
    turn, least = turn_between(found, places), site.rules.number("exits.least_turn")
    if turn < least:
        values |= {"turn": turn, "least": least}
        text = N_(
            "{names}: all exits lie within {turn:.0f}° as seen from the crowd; two must be {least:.0f}° apart or more."
        )
        yield _finding(
            site, area, found, Words(text, values), turn, least, "deg", "exits.least_turn", "major", names, places
        )


def _finding(
    site: Site, area: Feature, found: Gathering, text: Words, measured: float, limit: float, unit: str, rule_id: str,
    severity: str, names: tuple[str, ...], places: list[tuple[float, float]],
) -> Finding:  # fmt: skip
    rule = site.rules[rule_id]
    dots = [Evidence("point", shapely.Point(place)) for place in places]
    return Finding(
        check=CHECK.id, severity=severity, text=in_phases(text, names), measured=float(measured),
        threshold=float(limit), unit=unit, rule=rule.id, source=rule.cite(), confidence=rule.confidence,
        features=(area.id, *(each.id for each in found.areas[1:]), *(each.feature.id for each in found.ways)),
        evidence=(Evidence("zone", empty_sector(found, places)), *dots), subject=area.id,
        why=(Words(N_("Drawn is the direction in which no exit lies. Exits in one direction are lost together.")),),
        fixes=exit_fix(found, max([each.width for each in found.ways], default=4.0)),
    )  # fmt: skip


CHECK = Check(
    id="exit-spread",
    label=N_("Number and spread of exits"),
    help=N_("Too few exits for the people, exits too near one another, or all in one direction."),
    subject="crowd_area",
    watches=LEAVING,
    reach=lambda site: float("inf"),
    find=find_bad_spread,
    rules=("exits.least", "exits.third_from", "exits.fourth_from", "exits.remote_share", "exits.least_turn",
           "crowd.exit_least_width"),
    row="22",
)  # fmt: skip
