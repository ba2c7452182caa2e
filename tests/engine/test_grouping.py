"""Grouping places into approaches, beside its slow twin."""

from __future__ import annotations

import numpy as np
import pytest

from tests.oracles.grouping import stretches_one_by_one
from venueplanner.engine.approaches.grouping import stretches
from venueplanner.engine.approaches.places import Places


def places_of(sizes: list[float]) -> Places:
    """Places of these sizes one after the other; only the sizes matter here."""
    size = np.asarray(sizes)
    nowhere = np.zeros((len(size), 2))
    return Places(nowhere, nowhere, nowhere, nowhere, np.cumsum(size) - size, size)


@pytest.mark.parametrize("seed", range(60))
def test_that_the_groups_are_those_of_joining_one_run_after_the_other(seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = int(rng.integers(1, 80))
    keys = np.repeat(rng.integers(-2, 4, count), rng.integers(1, 5, count))[:count]
    values, sizes = rng.random(count), rng.choice([0.5, 1.0, 2.0], count)
    found = stretches(keys, values, places_of(sizes.tolist()), 4.0)
    assert found == stretches_one_by_one(keys.tolist(), values.tolist(), sizes.tolist(), 4.0)


def test_that_a_run_across_the_first_vertex_is_one_group() -> None:
    keys = [7, 7, 9, 9, 9, 7]
    assert stretches(np.asarray(keys), np.ones(6), places_of([4.0] * 6), 4.0) == [[2, 3, 4], [5, 0, 1]]


def test_that_places_nothing_arrives_at_belong_to_no_group() -> None:
    assert stretches(np.full(5, -2), np.ones(5), places_of([1.0] * 5), 4.0) == []
