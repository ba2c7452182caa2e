"""What a zone takes in: people, buildings, posts, assembly points and routes, and how to say it in one sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words, join_words
from venueplanner.engine.standoff import people_inside

WATCHED = ("crowd_area", "post", "assembly_point", "emergency_route", "exit")
_COUNTED = {
    "crowd_area": N_("crowd areas: {names}."),
    "post": N_("posts: {names}."),
    "assembly_point": N_("assembly points: {names}."),
    "emergency_route": N_("emergency routes: {names}."),
    "exit": N_("exits: {names}."),
}


@dataclass(frozen=True)
class Inside:
    """What is inside: people (those of areas whose number is known), features by kind, how many city buildings."""

    people: float
    uncounted: int  # crowd areas inside whose number of people is not known
    features: tuple[Feature, ...]
    buildings: int

    def of(self, *kinds: str) -> list[Feature]:
        """The features of these kinds that are inside."""
        return [each for each in self.features if each.kind in kinds]

    @property
    def anything(self) -> bool:
        """Whether people or features of the plan are inside; buildings alone are always somewhere."""
        return bool(self.features)

    def listed(self) -> list[Words]:
        """Sentences that name what is inside, kind by kind."""
        lines = [
            Words(template, {"names": names_of(self.of(kind))}) for kind, template in _COUNTED.items() if self.of(kind)
        ]
        if self.uncounted:
            count = {"count": self.uncounted}
            lines.append(Words(N_("The number of people is not given for {count} crowd areas inside."), count))
        return lines


def names_of(features: Sequence[Feature]) -> str:
    """Their names in one list; a dash for one without."""
    return ", ".join(each.name or "–" for each in features)


def inside(site: Site, zone: BaseGeometry, *, without: frozenset[str] = frozenset()) -> Inside:
    """What stands inside a zone (metres): features of the watched kinds, and buildings of the city."""
    shapely.prepare(zone)
    found = [
        each
        for each in site.of(*WATCHED)
        if each.shape is not None and each.id not in without and zone.intersects(each.shape)
    ]
    crowds = [each for each in found if each.kind == "crowd_area"]
    counts = people_inside(
        zone,
        [each.shape for each in crowds if each.shape is not None],
        [each.number("people", math.nan) for each in crowds],
    )
    buildings = sum(len(layer.within(zone)) for layer in site.layers_of("buildings"))
    return Inside(float(np.nansum(counts)), int(np.isnan(counts).sum()), tuple(found), buildings)


def told(found: Inside) -> Words:
    """The names of all that is inside as one text."""
    return join_words(found.listed())
