"""Queues before entry lanes: people who arrive faster than the lanes let them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Queue:
    """`most` people wait at minute `at`; the longest wait is `wait` minutes; the last one is in at minute `done`."""

    most: float
    at: float
    wait: float
    done: float


def queue(arrivals: Sequence[float], step: float, per_minute: float) -> Queue:
    """The queue before lanes that let in `per_minute` people when `arrivals` come in stretches of `step` minutes.

    A deterministic point queue (what has come less what could be let in, never below nothing), as in traffic
    engineering; people are let in as they come while nobody waits. With no lane the last one is never in (infinite).

    >>> queue([1320.0], 60.0, 11.0)  # 22 a minute come, 11 are let in: half are still waiting after the hour
    Queue(most=660.0, at=60.0, wait=60.0, done=120.0)
    """
    come = np.concatenate([[0.0], np.cumsum(np.asarray(arrivals, dtype=float))])
    total = float(come[-1])
    if total <= 0:
        return Queue(0.0, 0.0, 0.0, 0.0)
    if per_minute <= 0:
        return Queue(total, step * len(arrivals), float("inf"), float("inf"))
    waiting, most, at, last = 0.0, 0.0, 0.0, 0.0
    for number, count in enumerate(arrivals):
        end = step * (number + 1)
        if count > 0:
            last = end
        elif waiting > 0:
            last = end - step + min(waiting / per_minute, step)
        waiting = max(waiting + count - per_minute * step, 0.0)
        if waiting > most:
            most, at = waiting, end
    if waiting > 0:
        last = step * len(arrivals) + waiting / per_minute
    # Who comes when the queue is longest waits longest, since all lanes work at one pace.
    return Queue(most, at, most / per_minute, last)


def arrivals_of(people: float, minutes: float, shares: Sequence[float]) -> tuple[list[float], float]:
    """People in each of `len(shares)` equal stretches of `minutes`, in proportion to the shares; and the stretch.

    >>> arrivals_of(1000, 60, (10, 30, 40, 20))
    ([100.0, 300.0, 400.0, 200.0], 15.0)
    """
    whole = float(sum(shares))
    if whole <= 0 or min(shares) < 0:
        raise ValueError("shares must be positive")
    return [people * share / whole for share in shares], minutes / len(shares)


def peak_arrivals(people: float, per_hour: float) -> tuple[list[float], float]:
    """Everybody at the peak rate: one stretch of people / per_hour · 60 minutes.

    >>> peak_arrivals(3000, 2000)
    ([3000.0], 90.0)
    """
    if per_hour <= 0:
        raise ValueError("the rate must be positive")
    return [float(people)], 60.0 * people / per_hour
