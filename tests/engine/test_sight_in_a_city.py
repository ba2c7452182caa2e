"""Visibility polygons at the real cameras of a real city centre, against rays."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from tests.bench import Missing, sight
from tests.oracles.sight import first_hits, seen_lengths
from venueplanner.engine.sightlines import look, obstacles_of
from venueplanner.engine.sightlines.outline import ARC

REACH = 120.0
ANGLES = np.linspace(-np.pi, np.pi, 181)[:-1] + 0.00123


def test_that_polygons_at_real_cameras_reach_as_far_as_rays_do(shared_data: Path) -> None:
    try:
        houses, places = sight._helsinki()
    except Missing as missing:
        pytest.skip(str(missing))
    table = obstacles_of(houses)
    looked = 0
    for x, y in places[::3]:
        seen = look(table, x, y, REACH, mount=1.5)
        if seen.stand.shut_in or seen.stand.touching:
            continue  # the twin knows no façades
        eye = (seen.stand.x, seen.stand.y)
        area = seen.area()
        assert shapely.is_valid(area)
        near = [table.shapes[each] for each in table.near(*eye, REACH + 1)]
        expected = first_hits(eye, near, REACH, ANGLES)
        slack = np.where(expected > REACH - 2 * ARC, ARC + 1e-6, 1e-5)
        assert (np.abs(seen_lengths(eye, area, REACH, ANGLES) - expected) <= slack).all()
        looked += 1
    assert looked > 40
