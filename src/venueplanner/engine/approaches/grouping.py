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
        run = _shortest_run(key, alone, places.size, shortest)
        if run is None:
            break
        sides = [n for n in ((run[0] - 1) % total, (run[-1] + 1) % total) if key[n] >= -1]
        if sides:
            key[run] = key[max(sides, key=lambda n: (value[n], -n))]
        else:
            alone.add(int(run[0]))
    first, count = _runs(key)
    return [
        ((np.arange(n) + a) % total).tolist()
        for a, n in zip(first.tolist(), count.tolist(), strict=True)
        if key[a] >= -1
    ]


def _shortest_run(key: Ints, alone: set[int], size: Floats, shortest: float) -> Ints | None:
    """The places of the run with the fewest of them that is shorter than `shortest` metres and may join another."""
    total = len(key)
    first, count = _runs(key)
    if len(first) < 2:
        return None
    open_to = key[first] >= -1
    first, count = first[open_to], count[open_to]
    for n in np.lexsort((first, count)).tolist():
        if int(first[n]) not in alone:
            run: Ints = (np.arange(count[n]) + first[n]) % total
            if size[run].sum() < shortest:
                return run
    return None


def _runs(key: Ints) -> tuple[Ints, Ints]:
    """First place and count of places of the runs of equal keys; the run across the ring's first vertex is one."""
    total = len(key)
    change = np.flatnonzero(key != np.roll(key, 1))
    if not change.size:
        return np.zeros(1, dtype=np.int64), np.full(1, total, dtype=np.int64)
    return change, np.diff(change, append=change[0] + total)
