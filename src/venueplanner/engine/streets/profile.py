"""How streets climb: heights at stations along every link, so that a hill in the middle of a long street counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .network import Flags, Floats, Ints, StreetNetwork


@dataclass(frozen=True, eq=False)
class Profile:
    """Climb of all links: of link k stations `ptr[k]` to `ptr[k + 1]`, from its start (0 m) to its end.

    along: metres from the start of the link as drawn, rising. climb: metres above the link's start, even in between.
    lost: links whose height nobody knows; they count as level.
    """

    ptr: Ints  # (K + 1,)
    along: Floats  # (S,)
    climb: Floats  # (S,)
    lost: Flags  # (K,)

    @staticmethod
    def even(network: StreetNetwork, rise: ArrayLike) -> Profile:
        """Every link climbs evenly by its `rise`, (K,) metres. Raises ValueError for another length."""
        up = np.asarray(rise, dtype=np.float64)
        if up.shape != (network.links,):
            raise ValueError("rise needs one value per link.")
        zero = np.zeros(network.links)
        along = np.stack([zero, network.length], axis=1).ravel()
        ptr = 2 * np.arange(network.links + 1, dtype=np.int64)
        return Profile(ptr, along, np.stack([zero, up], axis=1).ravel(), np.zeros(network.links, dtype=bool))


def profile_of(network: StreetNetwork, heights: Callable[[Floats], Floats], spacing: float) -> Profile:
    """Sample heights along the streets, stations no farther apart than `spacing` metres.

    heights: (n, 2) places → (n,) metres, nan where unknown. A bridge or a tunnel climbs evenly between its ends: the
    ground below or above it is not its own. A link with an unknown height is level.
    """
    if not network.links:
        return Profile(np.zeros(1, dtype=np.int64), np.zeros(0), np.zeros(0), np.zeros(0, dtype=bool))
    own = network.level == 0
    pieces = np.where(own, np.maximum(1, np.ceil(network.length / spacing - 1e-9)), 1).astype(np.int64)
    ptr = np.concatenate([[0], np.cumsum(pieces + 1)]).astype(np.int64)
    link = np.repeat(np.arange(network.links), pieces + 1)
    step = np.arange(ptr[-1]) - ptr[link]
    along = network.length[link] * step / pieces[link]
    found = heights(_places(network, link, along))
    begin = found[ptr[:-1]][link]
    climb = found - begin
    lost = np.bitwise_or.reduceat(np.isnan(climb), ptr[:-1])
    climb[lost[link]] = 0.0
    return Profile(ptr, along, climb, lost)


def _places(network: StreetNetwork, link: Ints, along: Floats) -> Floats:
    """Where distances along links lie, (n, 2)."""
    base = np.concatenate([[0.0], np.cumsum(network.length + 1.0)])[:-1]  # one rising axis for all links
    axis = network.xy_along + np.repeat(base, np.diff(network.xy_ptr))
    at = base[link] + along
    return np.stack([np.interp(at, axis, network.xy[:, n]) for n in (0, 1)], axis=1)
