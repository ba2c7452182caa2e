"""Barriers before an exit: what the clear gaps leave of its width, and how near the row stands."""

from __future__ import annotations

import math
from collections.abc import Iterator

from venueplanner.domain.check import Check, Evidence, Finding, Fix
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words

from .leaving import Way, as_it_counts, in_phases, one_each, said_width, variants

TOLERANCE = 0.05  # metres: less is told by nobody who paces out an exit
BEFORE = 0.5  # metres: nearer, a row stands in the exit itself and not before it
WATCHED = frozenset({"exit", "barrier", "perimeter", "cordon"})


def find_blocked(site: Site, exit_: Feature) -> Iterator[Finding]:
    """An exit that barriers narrow, and a row that stands before it nearer than wanted or narrower than it (row 24)."""
    if exit_["opening"] == "locked":
        return
    yield from one_each(each for at, names in variants(site, exit_, WATCHED) for each in _blocked(at, exit_, names))


def _blocked(site: Site, exit_: Feature, names: tuple[str, ...]) -> Iterator[Finding]:
    way = as_it_counts(site, exit_)
    if way.array is None:
        return
    said, left, limit = said_width(exit_), way.width, site.rules.number("exits.barrier_distance")
    values = {"name": exit_.name, "width": said, "left": left, "apart": way.array.apart, "limit": limit,
              "array": way.array.width}  # fmt: skip
    if left < said - TOLERANCE:
        text = N_("Exit {name}: barriers leave {left:.1f} m of its {width:.1f} m; only that counts.")
        severity = "critical" if left < site.rules.number("crowd.exit_least_width") else "major"
        yield _finding(site, way, Words(text, values), left, said, severity, names, _fix(exit_, left))
    if not BEFORE < way.array.apart < limit:
        return
    text = N_(
        "Exit {name}: a row of barriers stands {apart:.1f} m before it; nearer than {limit:g} m it slows people down."
    )
    yield _finding(site, way, Words(text, values), way.array.apart, limit, "minor", names, ())
    if way.array.width < exit_.number("width") - TOLERANCE:
        text = N_(
            "Exit {name}: the row before it is {array:.1f} m wide, the exit {width:.1f} m; the row should be wider."
        )
        yield _finding(site, way, Words(text, values), way.array.width, exit_.number("width"), "minor", names, ())


def _fix(exit_: Feature, left: float) -> tuple[Fix, ...]:
    metres = math.floor(left * 100.0) / 100.0
    if metres < 0.1:
        return ()
    label = Words(N_("Count {width:.2f} m of clear width"), {"width": metres})
    return (Fix(label, "change", {"id": exit_.id, "values": {"clear_width": metres}}),)


def _finding(
    site: Site, way: Way, text: Words, measured: float, limit: float, severity: str, names: tuple[str, ...],
    fixes: tuple[Fix, ...],
) -> Finding:  # fmt: skip
    rule = site.rules["exits.barrier_distance"]
    return Finding(
        check=CHECK.id, severity=severity, text=in_phases(text, names), measured=measured, threshold=limit, unit="m",
        rule=rule.id, source=rule.cite(), confidence=rule.confidence, features=(way.feature.id,),
        evidence=(Evidence("gap", way.opening, Words(N_("{width:.2f} m"), {"width": way.width})),),
        subject=way.feature.id, fixes=fixes,
        why=(Words(N_("What counts is the sum of the clear gaps, as far to each side as the row stands before the exit,"
" and never more than the exit itself.")),),
    )  # fmt: skip


CHECK = Check(
    id="exit-barriers",
    label=N_("Barriers before exits"),
    help=N_("What barriers leave of the width of an exit, and how near they stand."),
    subject="exit",
    watches=WATCHED,
    reach=lambda site: site.rules.number("exits.barrier_distance") + 60.0,
    find=find_blocked,
    rules=("exits.barrier_distance", "crowd.exit_least_width"),
    row="24",
)
