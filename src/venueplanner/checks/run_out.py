"""Run-out: people behind a barrier so near that a stopped vehicle, or what it throws, would still reach them."""

from __future__ import annotations

from collections.abc import Iterator

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.ratings import read_rating
from venueplanner.engine.standoff import run_out

from .inside import inside, names_of


def find_people(site: Site, barrier: Feature) -> Iterator[Finding]:
    """Crowds and posts inside penetration + allowance behind a barrier (row 10, §1.3)."""
    if barrier.shape is None:
        return
    metres, source = reach_behind(site, barrier)
    zone = run_out(barrier.shape, metres, _behind(site, barrier.shape))
    if zone.is_empty:
        return
    found = inside(site, zone)
    crowds, posts = found.of("crowd_area"), found.of("post")
    if not crowds and not posts:
        return
    rule = site.rules["run_out.unverified" if source is None else "run_out.allowance"]
    nearest = min(barrier.shape.distance(each.shape) for each in (*crowds, *posts) if each.shape is not None)
    values = {
        "name": barrier.name,
        "metres": metres,
        "people": f"{found.people:,.0f}".replace(",", "\u00a0"),
        "crowds": names_of(crowds),
        "posts": names_of(posts),
        "nearest": nearest,
    }
    text = N_(
        "Behind {name} {metres:.1f} m must stay free; the nearest post ({posts}) stands {nearest:.1f} m behind it."
    )
    if crowds:
        text = N_(
            "Behind {name} {metres:.1f} m must stay free: {people} people of {crowds} stand there, "
            "the nearest {nearest:.1f} m behind it."
        )
    yield Finding(
        check=CHECK.id,
        severity="critical" if crowds else "minor",
        text=Words(text, values),
        measured=nearest,
        threshold=metres,
        unit="m",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(barrier.id, *(each.id for each in (*crowds, *posts))),
        evidence=(Evidence("zone", zone),),
        subject=barrier.id,
        why=tuple(_why(site, barrier, metres, source)),
    )


def reach_behind(site: Site, barrier: Feature) -> tuple[float, float | None]:
    """Metres that must stay free behind a barrier, and the tested penetration they follow from (None: not tested)."""
    rating = read_rating(str(barrier["rating"] or ""))
    if rating is None or rating.penetration is None or not barrier["as_tested"]:
        return site.rules.number("run_out.unverified"), None
    return rating.penetration + site.rules.number("run_out.allowance"), rating.penetration


def _behind(site: Site, shape: BaseGeometry) -> BaseGeometry | None:
    """The protected side of a barrier: the perimeters it stands on; both sides when it stands on none."""
    tolerance = site.rules.number("barrier.stand_tolerance")
    areas = [
        each.shape
        for each in site.of("perimeter")
        if isinstance(each.shape, Polygon) and each.shape.exterior.dwithin(shape, tolerance)
    ]
    return shapely.union_all(areas).buffer(tolerance) if areas else None


def _why(site: Site, barrier: Feature, metres: float, penetration: float | None) -> Iterator[Words]:
    if penetration is None:
        values = {"metres": metres}
        yield Words(
            N_(
                "No penetration that counts is known (unrated, or not installed as tested): {metres:.0f} m are assumed."
            ),
            values,
        )
    else:
        extra = {"pen": penetration, "more": metres - penetration}
        yield Words(N_("Tested penetration {pen:.1f} m and {more:.1f} m for what is thrown."), extra)
    yield Words(N_("Move the crowd back or the barrier out, or choose one with less penetration."))


CHECK = Check(
    id="run-out",
    label=N_("Run-out behind barriers"),
    help=N_("People so near behind a barrier that a stopped vehicle would still reach them."),
    subject="barrier",
    watches=frozenset({"barrier", "crowd_area", "post", "perimeter"}),
    reach=lambda site: 60.0 + site.rules.number("run_out.unverified"),
    find=find_people,
    rules=("run_out.unverified", "run_out.allowance", "barrier.stand_tolerance"),
    row="10",
)
