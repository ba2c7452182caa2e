"""Entry queue: how many wait before the entry lanes, how long, and whether they stand unprotected."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding, Fix
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.crowds import Queue, arrivals_of, distances, peak_arrivals, queue

from .leaving import Gathering, by_name, gathering, in_phases, is_first, one_each, reaches, variants
from .on_foot import STOPPING, walking_ground

WATCHED = frozenset({"crowd_area", "exit", "perimeter", *STOPPING})


def entries(site: Site, found: Gathering) -> list[Feature]:
    """The gates for people that serve some areas and are not locked."""
    gates = {each.id: each for area in found.areas for each in reaches(site, area, "gate")}
    several = sorted(gates.values(), key=by_name)
    return [each for each in several if each["use"] == "people" and each["state"] != "locked"]


def queue_of(site: Site, found: Gathering, gates: list[Feature], lanes: float | None = None) -> Queue:
    """The queue before some gates, or before so many lanes in all."""
    rules = site.rules
    peaks = [each.number("arrival_peak") for each in found.areas]
    if all(peaks):
        come, step = peak_arrivals(found.people, sum(peaks))
    else:
        shares = [float(each) for each in rules.text("entry.arrivals").split()]
        come, step = arrivals_of(found.people, rules.number("entry.period"), shares)
    there = sum(each.number("lanes") for each in gates) if lanes is None else lanes
    return queue(come, step, there * rules.number("entry.lane_rate"))


def find_queues(site: Site, area: Feature) -> Iterator[Finding]:
    """A wait over the limit, or a queue that stands outside every perimeter (row 25); told with the first area."""
    yield from one_each(each for at, names in variants(site, area, WATCHED) for each in _queues(at, area, names))


def _queues(site: Site, area: Feature, names: tuple[str, ...]) -> Iterator[Finding]:
    if area.shape is None:
        return
    found = gathering(site, area)
    gates = entries(site, found)
    if not is_first(area, found) or not gates or found.people <= 0:
        return
    answer = queue_of(site, found, gates)
    space = math.ceil(answer.most) * site.rules.number("entry.queue_space")
    if answer.most < 0.5:
        return
    ground = queue_ground(site, found, gates, space)
    protected = shapely.union_all([each.shape for each in site.of("perimeter") if each.shape is not None])
    outside = ground.difference(protected).area > 0.5 * ground.area
    limit, lanes = site.rules.number("entry.most_wait"), int(sum(each.number("lanes") for each in gates))
    values = {
        "names": found.names, "lanes": lanes, "most": int(answer.most), "at": answer.at, "wait": answer.wait,
        "space": space, "limit": limit,
    }  # fmt: skip
    if not math.isfinite(answer.wait):
        text = Words(N_("{names}: the gates have no entry lanes, so nobody is let in."), values)
    else:
        where = N_("They stand outside the perimeter.") if outside else N_("They stand inside a perimeter.")
        text = Words(
            N_(
                "{names}: up to {most} people wait before {lanes} entry lanes, the longest {wait:.0f} min, "
                "on {space:.0f} m². {where}"
            ),
            {**values, "where": Words(where)},
        )
    slow = answer.wait > limit
    rule = site.rules["entry.most_wait"]
    yield Finding(
        check=CHECK.id, severity="major" if slow else "minor" if outside else "info",
        text=in_phases(text, names), measured=answer.wait if math.isfinite(answer.wait) else None, threshold=limit,
        unit="min", rule=rule.id, source=rule.cite(), confidence=rule.confidence,
        features=(area.id, *(each.id for each in found.areas[1:]), *(each.id for each in gates)),
        evidence=(Evidence("zone", ground, Words(N_("{most} people"), values)),), subject=area.id,
        why=tuple(_why(site, found, answer)), fixes=_fixes(site, found, gates, limit) if slow else (),
    )  # fmt: skip


def queue_ground(site: Site, found: Gathering, gates: list[Feature], space: float) -> BaseGeometry:
    """The free ground nearest to the gates on foot and outside the areas' perimeter, as much as the queue needs."""
    doors = shapely.union_all([each.shape for each in gates if each.shape is not None])
    ground = walking_ground(site, doors.buffer(math.sqrt(space)), [])
    away = distances(ground, ground.cells_of(doors.buffer(1.0))).metres
    if found.around is not None:
        away = np.where(ground.cells_of(found.around), np.inf, away)
    count = math.ceil(space / ground.cell**2)
    nearest = np.argsort(away, axis=None, kind="stable")[:count]
    taken = np.zeros(away.shape, dtype=bool)
    taken.flat[nearest] = True
    area = ground.area_of(taken & np.isfinite(away))
    return doors.buffer(1.0) if area.is_empty else area


def _fixes(site: Site, found: Gathering, gates: list[Feature], limit: float) -> tuple[Fix, ...]:
    """As many lanes more at the gate that has most as keep the wait within the limit."""
    lanes = int(sum(each.number("lanes") for each in gates))
    for more in range(1, 101):
        if queue_of(site, found, gates, lanes + more).wait <= limit:
            gate = max(gates, key=lambda each: (each.number("lanes"), each.id))
            many = int(gate.number("lanes")) + more
            if many > 100:
                return ()
            label = Words(N_("{lanes} entry lanes at gate {name}"), {"lanes": many, "name": gate.name})
            return (Fix(label, "change", {"id": gate.id, "values": {"lanes": many}}),)
    return ()


def _why(site: Site, found: Gathering, answer: Queue) -> Iterator[Words]:
    rate = site.rules.number("entry.lane_rate")
    yield Words(N_("Queue = who has come less who was let in, {rate:g} a minute and lane."), {"rate": rate})
    if all(each.number("arrival_peak") for each in found.areas):
        yield Words(N_("Arrivals: everybody at the peak given with the crowd areas."))
    else:
        values = {"minutes": site.rules.number("entry.period"), "shares": site.rules.text("entry.arrivals")}
        yield Words(N_("Arrivals: everybody within {minutes:g} min, by shares of {shares} percent."), values)
    if math.isfinite(answer.done):
        yield Words(
            N_("Longest at minute {at:.0f}; the last one is in at minute {done:.0f}."),
            {"at": answer.at, "done": answer.done},
        )


CHECK = Check(
    id="entry-queue",
    label=N_("Queue at the entry"),
    help=N_("How many wait before the entry lanes, how long, and whether they stand unprotected."),
    subject="crowd_area",
    watches=WATCHED,
    reach=lambda site: float("inf"),
    find=find_queues,
    rules=("entry.lane_rate", "entry.period", "entry.arrivals", "entry.most_wait", "entry.queue_space"),
    row="25",
)
