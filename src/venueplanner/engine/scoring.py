"""Scoring risks on a 5×5 table: bands, and what measures lower. Ordinal steps, no probabilities (ISO 31010)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

STEPS = 5
BANDS = ("low", "medium", "high", "very_high")


@dataclass(frozen=True)
class Limits:
    """From which product on a risk is medium, high, very high; from which consequence on it is at least medium."""

    medium: float
    high: float
    very_high: float
    grave: float


@dataclass(frozen=True)
class Score:
    """Likelihood and consequence, each 1 to 5, and the band of their cell."""

    likelihood: int
    consequence: int
    band: str

    @property
    def product(self) -> int:
        """Likelihood times consequence: a rank, not a probability."""
        return self.likelihood * self.consequence


def score(likelihood: int, consequence: int, limits: Limits) -> Score:
    """The cell of the table.

    >>> score(1, 5, Limits(5, 10, 15, 5)).band
    'medium'
    """
    product = likelihood * consequence
    band = BANDS[sum(product >= each for each in (limits.medium, limits.high, limits.very_high))]
    if band == "low" and consequence >= limits.grave:
        band = "medium"
    return Score(likelihood, consequence, band)


def lowered(step: int, by: Iterable[float], most: float) -> int:
    """A step of the table after measures that lower it by these parts of a step: rounded up, to the careful side.

    Together they lower it by `most` at most, and never below 1.

    >>> lowered(4, [1.0, 0.5], 2.0), lowered(2, [1.0, 1.0, 1.0], 2.0)
    (3, 1)
    """
    return max(1, math.ceil(step - min(sum(by), most) - 1e-9))
