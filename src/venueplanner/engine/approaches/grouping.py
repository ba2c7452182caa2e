"""From the worst arrival at every place of a perimeter to a handful of approaches a planner can talk about."""

from __future__ import annotations

import numpy as np

from venueplanner.engine.streets.network import Floats, Ints

from .places import Places


def stretches(key: Ints, value: Floats, places: Places, shortest: float) -> list[list[int]]:
    """Runs of neighbouring places with one key (below -1: nothing arrives), round the ring.

    A run shorter than `shortest` metres joins the faster of its two neighbours, so that a flicker of sight lines does
    not make an approach of its own; one that stands alone between walls stays.
    """
    key = key.copy()
    total = len(key)
    alone: set[int] = set()
    for _ in range(2 * total):
        runs = _runs(key)
        run = next(
            (
                r
                for r in sorted(runs, key=lambda r: (len(r), r[0]))
                if key[r[0]] >= -1 and r[0] not in alone and len(runs) > 1 and places.size[r].sum() < shortest
            ),
            None,
        )
        if run is None:
            break
        sides = [n for n in ((run[0] - 1) % total, (run[-1] + 1) % total) if key[n] >= -1]
        if sides:
            key[run] = key[max(sides, key=lambda n: (value[n], -n))]
        else:
            alone.add(run[0])
    return [r for r in _runs(key) if key[r[0]] >= -1]


def _runs(key: Ints) -> list[list[int]]:
    """Places in runs of equal keys, the run across the ring's first vertex in one piece."""
    total = len(key)
    change = np.flatnonzero(key != np.roll(key, 1))
    if not change.size:
        return [list(range(total))]
    ends = np.concatenate([change[1:], [change[0] + total]])
    return [[int(n % total) for n in range(a, b)] for a, b in zip(change, ends, strict=True)]
