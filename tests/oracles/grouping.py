"""The slow twin of `engine.approaches.grouping`: all runs listed anew after every join."""

from __future__ import annotations

from collections.abc import Sequence


def stretches_one_by_one(
    keys: Sequence[int], value: Sequence[float], size: Sequence[float], shortest: float
) -> list[list[int]]:
    """Runs of neighbouring places of one key; the smallest run that is too short joins its faster neighbour, again."""
    key, total = list(keys), len(keys)
    alone: set[int] = set()
    while True:
        runs = _runs(key)
        short = [
            run
            for run in sorted(runs, key=lambda run: (len(run), run[0]))
            if len(runs) > 1 and key[run[0]] >= -1 and run[0] not in alone and sum(size[n] for n in run) < shortest
        ]
        if not short:
            return [run for run in runs if key[run[0]] >= -1]
        run = short[0]
        sides = [n for n in ((run[0] - 1) % total, (run[-1] + 1) % total) if key[n] >= -1]
        if not sides:
            alone.add(run[0])
            continue
        taken = key[max(sides, key=lambda n: (value[n], -n))]
        for n in run:
            key[n] = taken


def _runs(key: Sequence[int]) -> list[list[int]]:
    total = len(key)
    starts = [n for n in range(total) if key[n] != key[n - 1]]
    if not starts:
        return [list(range(total))]
    runs = []
    for start, end in zip(starts, [*starts[1:], starts[0] + total], strict=True):
        runs.append([n % total for n in range(start, end)])
    return runs
