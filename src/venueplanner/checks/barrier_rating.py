"""Barrier rating: what is not tested, or does not stand as it was tested, counts as nothing."""

from __future__ import annotations

from collections.abc import Iterator

import shapely

from venueplanner.domain.check import Check, Evidence, Finding, Question
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.ratings import read_rating

from .standing import on_perimeter


def find_unrated(site: Site, barrier: Feature) -> Iterator[Finding]:
    """One finding for a barrier whose rating does not count (row 9, NPSA note on temporary barriers)."""
    if barrier.shape is None:
        return
    text = str(barrier["rating"] or "").strip()
    values = {"name": barrier.name, "rating": text}
    if not text:
        said = Words(N_("Barrier {name} is unrated: against vehicles it counts as nothing."), values)
    elif read_rating(text) is None:
        said = Words(
            N_("The rating “{rating}” of barrier {name} is of no known standard and counts as nothing."), values
        )
    elif not barrier["as_tested"]:
        said = Words(N_("Barrier {name} is not installed as tested: its rating {rating} does not count."), values)
    else:
        return
    rule = site.rules["barrier.as_tested"]
    yield Finding(
        check=CHECK.id,
        severity="major" if on_perimeter(site, barrier.shape) else "minor",
        text=said,
        measured=None,
        threshold=None,
        unit="",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(barrier.id,),
        evidence=(Evidence("stretch", barrier.shape) if barrier.shape.length else Evidence("point", barrier.shape),),
        subject=barrier.id,
        why=(
            Words(N_("A rating holds for the product, ground, length and formation of its test, and for no other.")),
            Words(N_("In a published test a 10 t lorry at 55 km/h came to rest 25 m behind blocks of 2.4 t.")),
        ),
    )


def ask(site: Site, barrier: Feature) -> Iterator[Question]:
    """Whether the certificate is at hand and the barrier stands as it says."""
    if barrier.shape is None or barrier["as_tested"]:
        return
    at = shapely.Point(barrier.shape.interpolate(0.5, normalized=True)) if barrier.shape.length else barrier.shape
    why = Words(N_("Without it the barrier counts as nothing."))
    text = Words(N_("Certificate of barrier {name}, and does it stand as tested?"), {"name": barrier.name})
    yield Question("barriers", text, at, why, "", (barrier.id,))


CHECK = Check(
    id="barrier-rating",
    label=N_("Barrier rating"),
    help=N_("Barriers that are unrated or do not stand as they were tested."),
    subject="barrier",
    watches=frozenset({"barrier", "perimeter"}),
    reach=lambda site: site.rules.number("barrier.stand_tolerance") + 60.0,
    find=find_unrated,
    rules=("barrier.as_tested",),
    row="9",
    ask=ask,
)
