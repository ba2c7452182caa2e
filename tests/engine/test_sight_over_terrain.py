"""Sight over a surface: GDAL's own unit cases, two engines on a real city, and lines followed step by step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from venueplanner.engine.sightlines import Surface, hidden_ground, sees_over, visible_cells
from venueplanner.engine.sightlines.terrain import lowest_seen


def flat(rows: int, columns: int) -> np.ndarray:
    return np.zeros((rows, columns))


@pytest.fixture(scope="module")
def reference(shared_data: Path) -> Path:
    return shared_data / "reference-open" / "viewshed"


def agreement(case: dict[str, Any]) -> float:
    """Share of the cells on which we and GDAL say the same."""
    width, height = case["width"], case["height"]
    z = flat(height, width) if isinstance(case["input"], str) else np.array(case["input"], float).reshape(height, width)
    column, row = case["observer"]
    needed = lowest_seen(z, row, column, z[row, column])
    rows, columns = np.ogrid[:height, :width]
    if case["mode"] == "DEM":
        ours = np.maximum(needed, z)
    elif case["mode"] == "Ground":
        ours = np.maximum(needed - z, 0.0)
    else:
        options = case.get("options", {})
        away = np.hypot(rows - row, columns - column)
        seen = (z >= needed) & (away <= options.get("max_distance", 1e9)) & (away >= options.get("min_distance", 0))
        if "end_angle" in options:
            turn = np.degrees(np.arctan2(columns - column, row - rows)) % 360.0
            seen &= (turn >= options["start_angle"]) & (turn <= options["end_angle"])
        ours = np.where(seen, 127.0, 0.0)
    expected = np.array(case["expected"], float)
    if case.get("output_width"):  # GDAL cuts the picture to the cells in question
        expected = expected.reshape(-1, case["output_width"])
        high, wide = expected.shape
        left = column - wide // 2 if wide % 2 else column
        ours = ours[:high, left : left + wide]
    return float(np.isclose(ours.ravel(), expected.ravel(), atol=1e-9).mean())


def test_that_the_unit_cases_of_gdal_come_out_alike(reference: Path) -> None:
    cases = json.loads((reference / "gdal_unit_cases.json").read_text(encoding="utf-8"))["cases"]
    found = [agreement(case) for case in cases]
    sizes = [len(case["expected"]) for case in cases]
    heights = [share for share, case in zip(found, cases, strict=True) if "options" not in case]
    assert len(heights) == 13
    assert min(heights) == 1.0, "elevations and visibility agree in every cell"
    # Two cases are about which cells a distance or an angle takes in; cells on the rim are a matter of taste.
    assert np.average(found, weights=sizes) >= 0.97, found


@pytest.mark.parametrize("number", range(4))
def test_that_two_engines_agree_with_us_on_a_real_city(reference: Path, shared_data: Path, number: int) -> None:
    import rasterio

    about = json.loads((reference / "goteborg-dsm" / "observers.json").read_text(encoding="utf-8"))
    case = about["observers"][number]
    with rasterio.open(shared_data / "goteborg-dsm" / about["dsm"]) as data:
        surface = Surface(data.read(1).astype(float), data.transform.c, data.transform.f, data.transform.a)
    heights = case["observer_height_m"], case["target_height_m"], case["max_distance_m"]
    seen = visible_cells(surface, case["x"], case["y"], *heights)
    shares = {}
    for engine in ("gdal", "grass"):
        with rasterio.open(reference / "goteborg-dsm" / f"obs{number}_{engine}.tif") as data:
            shares[engine] = float((seen == (data.read(1) > 0)).mean())
    assert min(shares.values()) >= 0.97, shares


def test_that_level_ground_is_seen_whole_and_a_wall_hides_what_is_behind() -> None:
    z = flat(41, 41)
    assert visible_cells(Surface(z, 0, 41, 1), 20.5, 20.5, 1.7, 0.0, 100).all()
    z[:, 25] = 10.0
    seen = visible_cells(Surface(z, 0, 41, 1), 20.5, 20.5, 1.7, 1.5, 100)
    assert seen[:, :26].all()
    assert not seen[:, 26:].any()


def test_that_a_wall_is_looked_over_as_similar_triangles_say() -> None:
    z = flat(1, 61)
    z[0, 10] = 2.9
    seen = visible_cells(Surface(z, 0, 1, 1), 0.5, 0.5, 6.0, 0.0, 100)[0]
    assert list(np.flatnonzero(~seen)) == list(range(11, 20))


def test_that_cells_agree_with_lines_followed_one_by_one() -> None:
    choose = np.random.default_rng(11)
    same = total = 0
    for _ in range(12):
        z = choose.normal(0, 1, (9, 9)).repeat(5, 0).repeat(5, 1) * choose.uniform(0.3, 2.0)
        surface = Surface(z, 0, 45, 1)
        seen = visible_cells(surface, 22.5, 22.5, 2.0, 1.0, 100)
        for row, column in choose.integers(0, 45, (60, 2)):
            line = sees_over(surface, (22.5, 22.5), (column + 0.5, 44.5 - row), 2.0, 1.0)
            same, total = same + (line == seen[row, column]), total + 1
    assert same / total >= 0.97


def test_that_sight_over_a_hill_works_both_ways() -> None:
    choose = np.random.default_rng(5)
    surface = Surface(choose.uniform(0, 4, (20, 20)), 100, 60, 2)
    for _ in range(50):
        a, b = (tuple(place) for place in choose.uniform((102, 22), (138, 58), (2, 2)))
        assert sees_over(surface, a, b, 1.7, 1.7) == sees_over(surface, b, a, 1.7, 1.7)


def test_that_hidden_ground_is_the_cells_not_seen() -> None:
    z = flat(21, 21)
    z[:, 14] = 9.0
    hidden = hidden_ground(Surface(z, 50, 71, 1), 60.5, 60.5, 1.7, 1.5, 100)
    assert hidden.equals(shapely.box(65, 50, 71, 71))
    assert hidden_ground(Surface(flat(5, 5), 0, 5, 1), 2.5, 2.5, 1.7, 0.0, 9).is_empty


def test_that_buildings_stand_on_the_ground_under_them() -> None:
    ground = Surface(np.full((20, 20), 100.0), 0, 20, 1).raised(
        [shapely.box(5, 5, 10, 10), shapely.Point()], [7.0, 3.0]
    )
    assert (ground.z == 107.0).sum() == 25
    assert ground.z[19 - 7, 7] == 107.0


def test_that_an_eye_outside_the_model_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the elevation model"):
        visible_cells(Surface(flat(5, 5), 0, 5, 1), 9.0, 2.0, 1.7, 0.0, 9)
