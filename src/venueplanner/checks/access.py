"""Access: which homes, hospitals, schools and stops a closure cuts off, and whose way in grows by minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Layer, Site
from venueplanner.domain.words import N_, Words, join_words
from venueplanner.engine.diversions import Roads, Spots, field_from, spots_of

from .diverting import EVERYWHERE, NEEDS, PLACE_WORDS, Closed, closed_for, groups_of, mover_of, roads_for

_GRAVE = ("hospital", "fire")


@dataclass(frozen=True, eq=False)
class Affected:
    """What one closure does to the places of one layer: rows cut off, rows on the closed stretch, minutes more."""

    layer: Layer
    groups: npt.NDArray[np.object_]
    cut: npt.NDArray[np.int64]
    front: npt.NDArray[np.int64]
    minutes: npt.NDArray[np.float64]  # (n,) nan where the way in was not timed


def affected(site: Site, roads: Roads, closed: Closed, *, timed: bool = True) -> list[Affected]:
    """What a closure does to the buildings and stops of the city, layer by layer."""
    layers = [each for each in site.layers_of("buildings", "points") if len(each)]
    before, after = closed.before, closed.after
    reached = _cut_by(roads, closed, before.lost(after))
    fields = _fields(site, roads, closed) if timed else None
    found = []
    for layer in layers:
        spots, groups = _spots(site, roads, layer), groups_of(layer)
        counts = np.ones(len(layer), dtype=bool) if layer.role == "buildings" else groups != ""
        was, _ = before.spots(roads, spots)
        is_, on = after.spots(roads, spots, closed.blocks)
        _, own = after.spots(roads, spots, closed.own)
        net, link = roads.network, np.where(spots.link >= 0, spots.link, 0)
        touched = reached[net.link_from[link]] | reached[net.link_to[link]] | (np.diff(closed.own.ptr) > 0)[link]
        cut = counts & was & ~is_ & ~on & touched
        minutes = np.full(len(layer), np.nan)
        if fields is not None:
            with np.errstate(invalid="ignore"):  # inf - inf: nobody came before either
                minutes = (_arrive(roads, spots, fields[1]) - _arrive(roads, spots, fields[0])) / 60.0
            minutes[~counts | cut | on | ~np.isfinite(minutes)] = np.nan
        found.append(Affected(layer, groups, np.flatnonzero(cut), np.flatnonzero(counts & was & own), minutes))
    return found


def _spots(site: Site, roads: Roads, layer: Layer) -> Spots:
    within = site.rules.number("access.front")
    return layer.once(f"spots {id(roads)} {within}", lambda each: spots_of(roads, list(each.shapes), within))


def _cut_by(roads: Roads, closed: Closed, lost: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Nodes that lost their access and hang on this closure: joined to it by streets that are cut off too."""
    net = roads.network
    own = np.diff(closed.own.ptr) > 0
    seen = np.zeros(lost.size, dtype=bool)
    stack = [int(n) for k in np.flatnonzero(own) for n in (net.link_from[k], net.link_to[k]) if lost[n]]
    while stack:
        node = stack.pop()
        if seen[node]:
            continue
        seen[node] = True
        for edge in roads.into(node).tolist():
            other = int(net.tail[edge])
            if lost[other] and not seen[other] and not closed.links[edge >> 1]:
                stack.append(other)
    return seen


def _fields(site: Site, roads: Roads, closed: Closed) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Seconds to the end of every edge, in from a ring round all that is closed, before and after."""
    net = roads.network
    links = np.flatnonzero(closed.links)
    box = net.bounds()[links]
    reach = site.rules.number("access.study")
    near = shapely.box(*box[:, :2].min(axis=0), *box[:, 2:].max(axis=0)).buffer(reach)
    shapely.prepare(near)
    inside = shapely.contains_xy(near, net.node_xy[:, 0], net.node_xy[:, 1])
    car = mover_of(site, "car")
    fields = []
    for shut in (None, closed.links):
        open_ = roads.open(car, shut, through=False) & inside[net.head]
        enters = np.flatnonzero(open_ & ~inside[net.tail])
        fields.append(field_from(roads, enters, np.zeros(enters.size), open_).seconds)
    return fields[0], fields[1]


def _arrive(roads: Roads, spots: Spots, seconds: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Seconds to each place's door, by whichever end of its street is sooner."""
    net = roads.network
    if not net.links:
        return np.full(spots.link.size, np.nan)
    known = spots.link >= 0
    link = np.where(known, spots.link, 0)
    share = spots.along / np.maximum(net.length[link], 1e-9)
    forth = seconds[2 * link] - roads.seconds[link] * (1.0 - share)
    back = seconds[2 * link + 1] - roads.seconds[link] * share
    return np.where(known, np.maximum(0.0, np.minimum(forth, back)), np.nan)


def find(site: Site, closure: Feature) -> Iterator[Finding]:
    """What a closure cuts off, what lies on it, who needs minutes more, and stops without another near."""
    roads = roads_for(site)
    closed = closed_for(site, roads, closure)
    if not closed.on_streets:
        return
    found = affected(site, roads, closed)
    cut = [(each.layer, row, str(each.groups[row] or "other")) for each in found for row in each.cut.tolist()]
    front = [(each.layer, row, str(each.groups[row] or "other")) for each in found for row in each.front.tolist()]
    if cut:
        grave = any(group in _GRAVE for _, _, group in cut)
        text = N_("Closure {name} cuts off {what}: nobody can drive there or away.")
        yield _told(site, closure, "critical" if grave else "major", text, cut)
    on = [each for each in front if each[2] != "stop"]
    if on:
        exempt = str(closure["exempt"] or "").strip()
        grave = any(group in _GRAVE for _, _, group in on)
        text = N_("On the stretch closed by {name} lie {what}.")
        why = Words(N_("Let through: {who}."), {"who": exempt}) if exempt else Words(N_("Nobody is let through."))
        severity = "info" if exempt else "major" if grave else "minor"
        yield _told(site, closure, severity, text, on, why)
    yield from _later(site, closure, found)
    yield from _stops(site, closed, [(layer, row) for layer, row, group in front if group == "stop"])


def _counted(rows: list[tuple[Layer, int, str]]) -> Words:
    counts = Counter(group for _, _, group in rows)
    parts = [
        Words(N_("{count} {what},"), {"count": counts[group], "what": Words(word)})
        for group, word in PLACE_WORDS.items() if counts[group]
    ]  # fmt: skip
    last = parts[-1]
    return join_words([*parts[:-1], Words(N_("{count} {what}"), dict(last.values))])


def _told(
    site: Site, closure: Feature, severity: str, text: str, rows: list[tuple[Layer, int, str]], *why: Words
) -> Finding:
    rule = site.rules["access.front"]
    shapes = shapely.union_all([layer.shapes[row].envelope.buffer(0.5) for layer, row, _ in rows[:400]])
    names = [str(layer.column("name", "")[row] or "") for layer, row, group in rows if group != "other"]
    names = sorted({each for each in names if each and each.lower() not in ("nan", "none")})[:8]
    people = _people(rows)
    reasons = list(why)
    if names:
        reasons.append(Words(N_("Among them: {names}."), {"names": ", ".join(names)}))
    if people:
        reasons.append(Words(N_("About {people:.0f} people live there."), {"people": people}))
    return Finding(
        check=CHECK.id,
        severity=severity,
        text=Words(text, {"name": closure.name, "what": _counted(rows)}),
        measured=float(len(rows)),
        threshold=0.0,
        unit="",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(closure.id,),
        evidence=(Evidence("zone", shapes),),
        subject=closure.id,
        why=tuple(reasons),
    )


def _people(rows: list[tuple[Layer, int, str]]) -> float:
    total = 0.0
    for layer, row, _ in rows:
        value = layer.column("people", None)[row]
        total += float(value) if isinstance(value, int | float) and value == value else 0.0
    return total


def _later(site: Site, closure: Feature, found: list[Affected]) -> Iterator[Finding]:
    """Places whose way in grows by more minutes than the rule says."""
    rule, limit = site.rules["access.minutes"], site.rules.number("access.minutes")
    late = [(each.layer, row, float(each.minutes[row])) for each in found if each.layer.role == "buildings"
            for row in np.flatnonzero(each.minutes >= limit).tolist()]  # fmt: skip
    if not late:
        return
    worst = max(late, key=lambda each: (each[2], each[1]))
    values = {"count": len(late), "limit": limit, "name": closure.name, "most": worst[2]}
    yield Finding(
        check=CHECK.id,
        severity="minor",
        text=Words(
            N_("While {name} is closed, {count} buildings are reached {limit:g} min later or more (up to {most:.1f})."),
            values,
        ),
        measured=worst[2],
        threshold=limit,
        unit="min",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(closure.id,),
        evidence=(Evidence("zone", worst[0].shapes[worst[1]].envelope.buffer(0.5)),),
        subject=closure.id,
        why=(Words(N_("All closures of the same time together, by car, from the ring that is looked at.")),),
    )  # fmt: skip


def _stops(site: Site, closed: Closed, rows: list[tuple[Layer, int]]) -> Iterator[Finding]:
    """Stops on the closed stretch, with how far the next one is that is still served."""
    if not rows:
        return
    rule, limit = site.rules["access.stop_walk"], site.rules.number("access.stop_walk")
    gone = set(rows)
    shapes = [layer.shapes[row] for layer, row in rows]
    left = [
        each.shapes[row]
        for each in site.layers_of("points")
        for row in np.flatnonzero(groups_of(each) == "stop").tolist()
        if (each, row) not in gone
    ]  # fmt: skip
    away = [min((shape.distance(each) for each in left), default=float("inf")) for shape in shapes]
    far = max(away)
    values = {"name": closed.feature.name, "count": len(rows), "away": far, "limit": limit}
    text = N_("Closure {name} takes {count} stops out of service; the next one is up to {away:.0f} m away.")
    if far == float("inf"):
        text = N_("Closure {name} takes {count} stops out of service, and the city's data has no other.")
    yield Finding(
        check=CHECK.id,
        severity="major" if far > limit else "info",
        text=Words(text, values),
        measured=None if far == float("inf") else far,
        threshold=limit,
        unit="m",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(closed.feature.id,),
        evidence=tuple(Evidence("point", each) for each in shapes[:12]),
        subject=closed.feature.id,
        why=(Words(N_("As the crow flies; more than {limit:.0f} m of walking asks for a stop in its place."), values),),
    )


CHECK = Check(
    id="access",
    label=N_("Access past closures"),
    help=N_("Homes, hospitals, schools and stops that a closure cuts off or that are reached minutes later."),
    subject="closure",
    watches=frozenset({"closure"}),
    reach=lambda site: EVERYWHERE,
    find=find,
    needs=(
        *NEEDS,
        (
            ("buildings", "points"),
            Words(N_("no layer of buildings or places is loaded, so nobody knows who must be reached")),
        ),
    ),
    rules=("access.front", "access.study", "access.minutes", "access.stop_walk", "closure.beside",
           "traffic.speed_share", "traffic.car.width", "traffic.car.height"),
    row="38",
)  # fmt: skip
