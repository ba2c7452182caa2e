"""First engine: the drive of each fire station to the perimeter before and after the closures, and by how many ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.diversions import Field, Pair, Roads, Way, field_from, spots_of, two_ways
from venueplanner.engine.streets import Blocks, joined_blocks

from .diverting import EVERYWHERE, NEEDS, Place, blocks_for, mover_of, named, places_of, roads_for, streets_of


@dataclass(frozen=True, eq=False)
class Run:
    """From one fire station to a perimeter: the way before and after the closures, None where there is none."""

    station: Place
    before: Way | None
    after: Way | None


def stations(site: Site) -> list[Place]:
    """The fire stations of the city's data."""
    return places_of(site, "fire")


def closed_to_engines(site: Site, roads: Roads) -> npt.NDArray[np.bool_]:
    """(K,) links an engine cannot pass: closed by a vehicle barrier without a gate for emergency services in it.

    Signs, tape and a staffed road block are opened for it.
    """
    near = site.rules.number("closure.beside")
    gates = [each for each in site.of("gate") if each["use"] == "emergency" and each.shape is not None]
    several: list[Blocks] = []
    for closure in site.of("closure"):
        shape = closure.shape
        if closure["means"] != "barrier" or shape is None:
            continue
        if not any(each.shape is not None and each.shape.dwithin(shape, near) for each in gates):
            several.append(blocks_for(site, roads, closure))
    blocks = joined_blocks(roads.network, *several) if several else Blocks.none(roads.network)
    return np.asarray(np.diff(blocks.ptr) > 0)


def targets_of(site: Site, roads: Roads, area: BaseGeometry) -> npt.NDArray[np.int64]:
    """Directed edges on which an engine is near enough to the area."""
    net = roads.network
    reach = site.rules.number("emergency.reach")
    box, b = area.bounds, net.bounds()
    near = (b[:, 0] <= box[2] + reach) & (b[:, 2] >= box[0] - reach)
    near &= (b[:, 1] <= box[3] + reach) & (b[:, 3] >= box[1] - reach)
    links = np.flatnonzero(near & roads.drivable)
    links = links[shapely.dwithin(net.shapes(links), area, reach)] if links.size else links
    edges = np.concatenate([2 * links, 2 * links + 1])
    return np.asarray(edges[roads.access[edges]])


def runs(site: Site, roads: Roads, perimeter: Feature) -> list[Run]:
    """The drives of all fire stations to a perimeter, the quickest after the closures first."""
    area = perimeter.shape
    if area is None:
        return []
    targets = targets_of(site, roads, area)
    shut = closed_to_engines(site, roads)
    lorry = mover_of(site, "lorry")
    found = []
    for station in stations(site):
        spot = spots_of(roads, [station.shape], site.rules.number("access.front") * 2)
        ways = []
        for closed in (None, shut):
            open_ = roads.open(lorry, closed, through=False)
            ways.append(_way(roads, int(spot.link[0]), float(spot.along[0]), targets, open_))
        found.append(Run(station, ways[0], ways[1]))
    return sorted(found, key=lambda each: each.after.seconds if each.after is not None else np.inf)


def _way(
    roads: Roads, link: int, along: float, targets: npt.NDArray[np.int64], open_: npt.NDArray[np.bool_]
) -> Way | None:
    if link < 0 or not targets.size:
        return None
    share = along / max(float(roads.network.length[link]), 1e-9)
    starts = np.array([2 * link, 2 * link + 1])
    costs = roads.seconds[link] * np.array([1.0 - share, share])
    field: Field = field_from(roads, starts, costs, open_)
    best = int(targets[np.argmin(field.seconds[targets])])
    if not np.isfinite(field.seconds[best]):
        return None
    edges = field.way_to(best)
    return Way(edges, float(roads.network.length[edges >> 1].sum()), float(field.seconds[best]))


def disjoint(site: Site, roads: Roads, perimeter: Feature) -> Pair | None:
    """Two ways for the engines of all stations that share no street; None without stations or streets near."""
    net, area = roads.network, perimeter.shape
    if area is None:
        return None
    open_ = roads.open(mover_of(site, "lorry"), closed_to_engines(site, roads), through=False)
    spots = spots_of(roads, [each.shape for each in stations(site)], site.rules.number("access.front") * 2)
    links = spots.link[spots.link >= 0]
    targets = np.unique(net.head[targets_of(site, roads, area)])
    near = shapely.dwithin(shapely.points(net.node_xy[targets]), area, site.rules.number("emergency.reach"))
    if near.any():  # the far end of a long street is not there yet
        targets = targets[near]
    if not links.size or not targets.size:
        return None
    return two_ways(roads, np.zeros(0, dtype=np.int64), targets, open_, links)


def find(site: Site, perimeter: Feature) -> Iterator[Finding]:
    """Too long a drive, no way at all, or all ways by one street."""
    roads, name = roads_for(site), perimeter.name
    found = runs(site, roads, perimeter)
    rule, limit = site.rules["emergency.time"], site.rules.number("emergency.time")
    why = tuple(told(each) for each in found[:6])
    best = found[0] if found else None
    if best is None or best.after is None:
        text = Words(N_("No fire engine reaches perimeter {name} by the streets that are left open."), {"name": name})
        evidence = tuple(
            Evidence("before", each.before.line(roads.network)) for each in found[:1] if each.before is not None
        )
        evidence = evidence or (
            Evidence("point", perimeter.shape.representative_point() if perimeter.shape else shapely.Point()),
        )
        yield _finding(site, perimeter, rule.id, "critical", text, None, limit, "min", evidence, why)
        return
    minutes = best.after.seconds / 60
    earlier = min((each.before.seconds / 60 for each in found if each.before is not None), default=minutes)
    if minutes > limit or minutes - earlier > site.rules.number("access.minutes"):
        values = {"name": name, "station": named(best.station), "minutes": minutes, "before": earlier, "limit": limit}
        text = Words(
            N_("The first fire engine ({station}) needs {minutes:.1f} min to perimeter {name}, {before:.1f} min "
               "without the closures; {limit:g} min are asked."), values,
        )  # fmt: skip
        evidence = (Evidence("after", best.after.line(roads.network), Words(N_("first engine"))),)
        severity = "critical" if minutes > limit else "minor"
        yield _finding(site, perimeter, rule.id, severity, text, minutes, limit, "min", evidence, why)
    yield from _one_way_in(site, roads, perimeter)


def _one_way_in(site: Site, roads: Roads, perimeter: Feature) -> Iterator[Finding]:
    pair = disjoint(site, roads, perimeter)
    if pair is None or pair.disjoint != 1:
        return
    shapes = roads.network.shapes(pair.cut)
    values = {"name": perimeter.name, "count": len(shapes)}
    text = Words(N_("All ways of the fire engines to perimeter {name} use the same street: if it is blocked, none "
                    "comes through."), values)  # fmt: skip
    own = spots_of(roads, [each.shape for each in stations(site)], site.rules.number("access.front") * 2).link
    severity = (
        "minor" if np.isin(pair.cut, own).all() else "critical"
    )  # a station's own street is no choice of the plan
    evidence = (Evidence("gap", shapely.union_all(shapes), Words(N_("the only street"))),)
    yield _finding(
        site, perimeter, "emergency.ways", severity, text, 1.0, site.rules.number("emergency.ways"), "", evidence
    )


def told(run: Run) -> Words:
    """One station's drive in a sentence."""
    values: dict[str, object] = {
        "station": named(run.station),
        "before": run.before.seconds / 60 if run.before else 0.0,
        "after": run.after.seconds / 60 if run.after else 0.0,
    }
    if run.before is None:
        return Words(N_("{station}: no way to the perimeter even before."), values)
    if run.after is None:
        return Words(N_("{station}: {before:.1f} min before, no way now."), values)
    return Words(N_("{station}: {before:.1f} min before, {after:.1f} min now."), values)


def _finding(
    site: Site,
    perimeter: Feature,
    rule_id: str,
    severity: str,
    text: Words,
    measured: float | None,
    threshold: float,
    unit: str,
    evidence: tuple[Evidence, ...],
    why: tuple[Words, ...] = (),
) -> Finding:
    rule = site.rules[rule_id]
    return Finding(
        check=CHECK.id, severity=severity, text=text, measured=measured, threshold=threshold, unit=unit, rule=rule.id,
        source=rule.cite(), confidence=rule.confidence, features=(perimeter.id,), evidence=evidence,
        subject=perimeter.id, why=why,
    )  # fmt: skip


def _lacks(site: Site) -> Words | None:
    if streets_of(site) and stations(site):
        return None
    return Words(N_("no fire station is in the city's data: add a layer of buildings or places that has them"))


CHECK = Check(
    id="first-engine",
    label=N_("First fire engine"),
    help=N_("The drive of the first fire engine to each perimeter, and whether all ways use one street."),
    subject="perimeter",
    watches=frozenset({"perimeter", "closure", "gate"}),
    reach=lambda site: EVERYWHERE,
    find=find,
    needs=NEEDS,
    rules=("emergency.time", "emergency.ways", "emergency.reach", "traffic.speed_share", "traffic.lorry.width",
           "traffic.lorry.height", "closure.beside", "access.front", "access.minutes"),
    row="31",
    lacks=_lacks,
)  # fmt: skip
