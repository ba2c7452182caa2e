"""Diverting: the city's streets as traffic sees them, what is closed when, the ways round, and places to be reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Layer, Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.diversions import (
    Ends,
    Mover,
    Roads,
    Served,
    Way,
    closed_by,
    ends_of,
    fitting_turns,
    roads_of,
    served,
    way_between,
)
from venueplanner.engine.streets import Blocks, joined_blocks

from .driving import network_of

NEEDS = ((("streets",), Words(N_("no street layer is loaded, so there is nothing to drive on"))),)
EVERYWHERE = 1e7  # metres: a closure anywhere can change the way round another one
TRAFFIC: tuple[tuple[str, str, str], ...] = (  # class, its word, the choice of a diversion
    ("car", N_("cars"), "cars"),
    ("bus", N_("buses"), "buses"),
    ("lorry", N_("lorries"), "lorries"),
)
_ON_FOOT = frozenset(
    {
        "footway", "path", "cycleway", "steps", "pedestrian", "bridleway", "corridor", "platform", "construction",
        "proposed", "elevator", "track",
    }
)  # fmt: skip
_LOCAL = frozenset({"service", "living_street", "driveway", "parking_aisle", "alley"})
_CLOSED = frozenset({"no", "private", "agricultural", "forestry", "military"})
_OF_PLACES = {
    "fire": ("fire_station", "пожарн", "өрт", "fire station"),
    "hospital": ("hospital", "больниц", "оорукана", "госпитал"),
    "clinic": ("clinic", "поликлин", "doctors"),
    "school": ("school", "kindergarten", "школ", "мектеп", "детск"),
    "station": ("train_station", "railway_station", "subway_entrance", "bus_station", "вокзал"),
    "stop": ("bus_stop", "tram_stop", "остановк", "аялдама"),
    "home": (
        "apartments", "house", "residential", "detached", "terrace", "dormitory", "semidetached_house", "жил", "block",
    ),
}  # fmt: skip
PLACE_WORDS = {
    "fire": N_("fire stations"),
    "hospital": N_("hospitals"),
    "clinic": N_("clinics"),
    "school": N_("schools and kindergartens"),
    "station": N_("stations"),
    "stop": N_("stops"),
    "home": N_("homes"),
    "other": N_("other buildings"),
}
_COLUMNS = ("kind", "subkind", "class", "use", "amenity", "building")


def streets_of(site: Site) -> list[Layer]:
    """The street layers that hold something."""
    return [layer for layer in site.layers_of("streets") if len(layer)]


def roads_for(site: Site) -> Roads:
    """The city's roads, built once and kept with the first street layer."""
    layers, rules = streets_of(site), site.rules
    share = rules.number("traffic.speed_share")
    network = network_of(layers, rules)

    def build(_: Layer) -> Roads:
        classes = _words(layers, "class")
        shut = _words(layers, "access") if any("access" in each.columns for each in layers) else np.array([])
        motor = _words(layers, "motor_veh", "motor_vehicle")
        walk = np.array([each in _ON_FOOT for each in classes], dtype=bool)
        local = np.array([each in _LOCAL for each in classes], dtype=bool)
        no = np.array([each in _CLOSED for each in (shut if shut.size else motor)], dtype=bool)
        nobody = np.array([each == "no" for each in (shut if shut.size else motor)], dtype=bool)
        no |= np.array([each in _CLOSED for each in motor], dtype=bool)
        nobody |= np.array([each == "no" for each in motor], dtype=bool)
        return roads_of(
            network,
            access=~walk & ~nobody,
            through=~walk & ~local & ~no,
            height=_numbers(layers, "maxheight"),
            grade=_numbers(layers, "incline") / 100.0,
            speed_share=share,
        )

    return layers[0].once(f"roads {id(network)} {share}", build)


def _words(layers: Sequence[Layer], *columns: str) -> npt.NDArray[np.object_]:
    found: list[str] = []
    for layer in layers:
        column = next((each for each in columns if each in layer.columns), columns[0])
        found += [str(each or "").strip().lower() for each in layer.column(column, "")]
    return np.array(found, dtype=object)


def _numbers(layers: Sequence[Layer], column: str) -> npt.NDArray[np.float64]:
    def number(raw: object) -> float:
        try:
            return float(str(raw).lower().removesuffix("m").removesuffix("%").strip().replace(",", "."))
        except ValueError:
            return float("nan")

    return np.array([abs(number(raw)) for layer in layers for raw in layer.column(column, "")], dtype=float)


def mover_of(site: Site, class_id: str) -> Mover:
    """One vehicle class in traffic as the rule profile has it."""
    rules = site.rules
    large = class_id != "car"
    return Mover(
        width=rules.number(f"traffic.{class_id}.width"),
        height=rules.number(f"traffic.{class_id}.height"),
        outer=rules.number("traffic.ring_outer") if large else 0.0,
        inner=rules.number("traffic.ring_inner") if large else 0.0,
        grade=rules.number("diversion.grade") / 100.0 if large else np.inf,
    )


def turns_for(site: Site, roads: Roads, class_id: str) -> npt.NDArray[np.bool_]:
    """Which turns a class can drive, kept with the street layer."""
    mover, kerb = mover_of(site, class_id), site.rules.number("traffic.kerb_radius")
    key = f"turns {id(roads)} {mover} {kerb}"
    return streets_of(site)[0].once(key, lambda _: fitting_turns(roads, mover, kerb))


def overlap(one: Feature, other: Feature) -> bool:
    """Whether two closures are in force at the same time; without hours a closure always is."""
    starts = [str(each["start"]) for each in (one, other) if each["start"]]
    ends = [str(each["end"]) for each in (one, other) if each["end"]]
    return not starts or not ends or max(starts) < min(ends) or one.id == other.id


def blocks_for(site: Site, roads: Roads, closure: Feature) -> Blocks:
    """The stretches one closure closes: on streets with motor traffic only."""
    if closure.shape is None:
        return Blocks.none(roads.network)
    drivable = roads.drivable
    return closed_by(roads.network, closure.shape, site.rules.number("closure.beside"), drivable)


@dataclass(frozen=True, eq=False)
class Closed:
    """One closure on the network: its own stretches, all that is closed at that time, and its ends."""

    feature: Feature
    own: Blocks
    blocks: Blocks
    links: npt.NDArray[np.bool_]
    ends: Ends
    before: Served
    after: Served

    @property
    def on_streets(self) -> bool:
        """Whether it closes any street of the data at all."""
        return bool(self.own.low.size)


def closed_for(site: Site, roads: Roads, closure: Feature) -> Closed:
    """A closure with everything else that is closed while it lasts."""
    own = blocks_for(site, roads, closure)
    others = [each for each in site.of("closure") if each.id != closure.id and overlap(each, closure)]
    blocks = joined_blocks(roads.network, own, *(blocks_for(site, roads, each) for each in others))
    links = np.diff(blocks.ptr) > 0
    before = streets_of(site)[0].once(f"served {id(roads)}", lambda _: served(roads))
    after = served(roads, links, before) if links.any() else before
    shape = closure.shape
    ends = ends_of(roads, shape, own, links, after.nodes) if shape is not None else Ends(None, None)
    return Closed(closure, own, blocks, links, ends, before, after)


@dataclass(frozen=True, eq=False)
class Detour:
    """How one class gets past a closure in one direction: before, and round it (None where nothing leads round)."""

    traffic: str
    forth: bool
    before: Way
    after: Way | None

    @property
    def metres(self) -> float:
        """Metres more."""
        return 0.0 if self.after is None else self.after.metres - self.before.metres

    @property
    def minutes(self) -> float:
        """Minutes more."""
        return 0.0 if self.after is None else (self.after.seconds - self.before.seconds) / 60.0


def detours(site: Site, roads: Roads, closed: Closed) -> Iterator[Detour]:
    """The ways round a closure, per direction and class; none where the closed streets carry no through traffic."""
    first, last = closed.ends.first, closed.ends.last
    own = np.repeat(np.diff(closed.own.ptr) > 0, 2)
    if first is None or last is None or first == last or not (roads.through & own).any():
        return
    for forth in (True, False):
        start, end = (first, last) if forth else (last, first)
        for traffic, _, _ in TRAFFIC:
            mover, turns = mover_of(site, traffic), turns_for(site, roads, traffic)
            before = way_between(roads, start, end, roads.open(mover), turns)
            if before is None or not own[before.edges].any():
                continue  # nobody drove through here in this direction, or another way was quicker already
            yield Detour(traffic, forth, before, way_between(roads, start, end, roads.open(mover, closed.links), turns))


def groups_of(layer: Layer) -> npt.NDArray[np.object_]:
    """(n,) what each row of a layer of buildings or points is to access: home, hospital, school, stop …, or ""."""

    def build(_: Layer) -> npt.NDArray[np.object_]:
        known: dict[str, str] = {}
        found = np.full(len(layer), "", dtype=object)
        for column in (each for each in _COLUMNS if each in layer.columns):
            for row, raw in enumerate(layer.columns[column]):
                if found[row] or raw is None:
                    continue
                text = str(raw).lower()
                if text not in known:
                    known[text] = next(
                        (group for group, words in _OF_PLACES.items() if any(word in text for word in words)), ""
                    )
                found[row] = known[text]
        return found

    return layer.once("traffic groups", build)


@dataclass(frozen=True)
class Place:
    """A place of the city that must be reached: its group, shape and name."""

    group: str
    shape: BaseGeometry
    name: str


def places_of(site: Site, *groups: str) -> list[Place]:
    """The buildings and points of the city of these groups; a point inside a building of its own group counts once."""
    found: list[Place] = []
    for layer in site.layers_of("buildings", "points", "areas"):
        group = groups_of(layer)
        for row in np.flatnonzero(np.isin(group, groups)).tolist():
            shape = layer.shapes[row]
            if any(each.group == group[row] and each.shape.dwithin(shape, 30.0) for each in found):
                continue
            name = str(layer.column("name", "")[row] or "").strip()
            found.append(Place(str(group[row]), shape, "" if name.lower() in ("nan", "none") else name))
    return found


def named(place: Place) -> Words:
    """A place's name, or what it is."""
    return Words(N_("“{name}”"), {"name": place.name}) if place.name else Words(PLACE_WORDS[place.group])


def shape_of(way: Way, roads: Roads) -> shapely.LineString:
    """A way as a line."""
    return way.line(roads.network)
