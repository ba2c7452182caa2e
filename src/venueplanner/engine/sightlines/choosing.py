"""Which places to choose so that they cover most: greedy set cover, worked out lazily.

Each step takes the place that adds most. What a place adds never grows as others are chosen (the cover is submodular),
so an old figure is an upper bound, and a place need not be looked at again while its old figure is below the best fresh
one (Minoux 1978). k places chosen so cover at least 1 - 1/e (63 %) of what the best k places could cover (Nemhauser,
Wolsey, Fisher 1978); no method that runs in reasonable time promises more.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Chosen:
    """One chosen place: its index among the candidates, what it adds, and what is covered with it."""

    place: int
    adds: float
    covered: float


def choose(
    covers: Sequence[npt.NDArray[np.integer]],
    weights: npt.NDArray[np.float64],
    most: int,
    least: float = 0.0,
) -> list[Chosen]:
    """Up to `most` of the candidate places, the one that adds most first.

    covers: for each place the indices of what it covers; weights: (n,) worth of each of these. A place that adds no
    more than `least` is not taken. Of equals the first is taken.

    >>> import numpy as np
    >>> sets = [np.array([0, 1]), np.array([1, 2, 3]), np.array([3])]
    >>> [(each.place, each.adds) for each in choose(sets, np.ones(4), 2)]
    [(1, 3.0), (0, 1.0)]
    """
    open_ = np.ones(len(weights), dtype=bool)
    sets = [np.unique(np.asarray(each, dtype=np.int64)) for each in covers]
    queue = [(-_rounded(weights[each]), place, 0) for place, each in enumerate(sets)]
    heapq.heapify(queue)
    found: list[Chosen] = []
    covered = 0.0
    while queue and len(found) < most:
        gain, place, fresh = heapq.heappop(queue)
        if fresh < len(found):
            adds = _rounded(weights[sets[place]][open_[sets[place]]])
            heapq.heappush(queue, (-adds, place, len(found)))
            continue
        if -gain <= least:
            break
        open_[sets[place]] = False
        covered -= gain
        found.append(Chosen(place, -gain, covered))
    return found


def _rounded(worth: npt.NDArray[np.float64]) -> float:
    """A sum without the noise of its last digits, which would decide between equals."""
    return round(float(worth.sum()), 6)
