"""Slope in the check of vehicle approaches: what it does to speeds, and that the finding says whether it counted."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString

from tests.checks.scenes import layer, site
from venueplanner.checks.driving import survey
from venueplanner.checks.slopes import model_at, slope_words
from venueplanner.checks.vehicle_approach import find_approaches
from venueplanner.domain.site import Layer
from venueplanner.domain.terrain import Terrain

AREA = shapely.box(0, -10, 40, 10)
STREET = layer("streets", LineString([(-200, 0), (20, 0)]), name=["Hill Street"], width=[7.0])
WALLS = layer(
    "buildings", shapely.box(-300, 4, -0.5, 90), shapely.box(-300, -90, -0.5, -4), shapely.box(60, -90, 61, 90)
)


def ground(height, cell=10.0, role="terrain", name="model", east=400.0):
    """A model of 800 m by 800 m whose heights are a function of x."""
    x = np.arange(-400 + cell / 2, east, cell)
    z = np.tile(height(x), (int(800 / cell), 1)).astype(np.float32)
    return Layer(name, role, name, np.empty(0, dtype=object), {}, Terrain(z, -400.0, 400.0, cell))


def fastest(*layers):
    scene = site(("perimeter", AREA, {"name": "A", "vehicle_class": "N3C"}), layers=(STREET, WALLS, *layers))
    perimeter = scene.of("perimeter")[0]
    by_street = [each for each in survey(scene, perimeter).approaches if each.line == 0]
    return max(each.speed for each in by_street), list(find_approaches(scene, perimeter))


def test_that_a_street_downhill_is_faster_and_uphill_slower_by_exactly_its_height():
    level, _ = fastest()
    down, found = fastest(ground(lambda x: -0.01 * x))
    up, _ = fastest(ground(lambda x: 0.01 * x))
    assert level**2 == pytest.approx(2 * 1.25 * 200)
    assert down**2 == pytest.approx(2 * (1.25 * 200 + 9.82 * 200 * 0.01), abs=0.05)
    assert up**2 == pytest.approx(2 * (1.25 * 200 - 9.82 * 200 * 0.01), abs=0.05)
    assert all("elevation model model, cells of 10 m" in " ".join(w.say() for w in each.why) for each in found)
    assert any("Hill Street: 200 m, -2.0 m of height" in line.say() for each in found for line in each.why)


def test_that_without_a_model_of_the_ground_the_finding_says_so():
    level, found = fastest()
    assert "Slope is not counted" in " ".join(each.say() for each in found[0].why)
    roofs, found = fastest(ground(lambda x: -0.3 * x, role="surface"))
    assert roofs == level
    assert "Slope is not counted" in " ".join(each.say() for each in found[0].why)


def test_that_level_ground_changes_nothing():
    assert fastest(ground(lambda x: 760.0 + 0.0 * x))[0] == pytest.approx(fastest()[0], abs=1e-9)


def test_that_a_hill_in_the_middle_of_the_street_is_a_second_start():
    """Nobody climbs it from its foot, but who starts on its top has its height and the rest of the street."""

    def hill(x):
        return 15.0 * np.clip(1 - np.abs(x + 100) / 60, 0.0, 1.0)

    speed, _ = fastest(ground(hill, cell=2.0))
    assert speed**2 == pytest.approx(2 * (1.25 * 100 + 9.82 * 15), rel=0.02)


def test_that_the_finest_model_that_covers_the_place_counts():
    fine, coarse = ground(lambda x: x * 0, cell=2.0, name="fine"), ground(lambda x: x * 0, cell=40.0, name="coarse")
    away = ground(lambda x: x * 0, cell=1.0, name="away", east=-350.0)
    scene = site(layers=(coarse, away, fine))
    assert model_at(scene, AREA).name == "fine"
    assert "cells of 2 m" in slope_words(scene, AREA).say()
    assert model_at(scene, shapely.box(900, 900, 901, 901)) is None


def test_that_where_the_model_ends_streets_are_level():
    level, _ = fastest()
    assert fastest(ground(lambda x: -0.3 * x, east=-150.0))[0] == pytest.approx(level)
