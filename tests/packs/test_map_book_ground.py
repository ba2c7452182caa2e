"""The map book against the ground: scale, grid, georeference and QR code, each worked out another way."""

from __future__ import annotations

import math
import re
from pathlib import Path

import mgrs
import numpy as np
import pyproj
import pytest
import segno

from tests.packs import jobs
from tests.packs.reading import Read, flat, pages_of
from venueplanner.packs import map_book

# Bishkek in its own UTM zone, and near the zone's edge in Finland's GK25, where the grid is turned by 2 degrees.
PLACES = [(jobs.CRS, (jobs.X, jobs.Y)), ("EPSG:3879", (25_496_700.0, 6_673_100.0))]


def maps(
    folder: Path, crs: str = jobs.CRS, at: tuple[float, float] = (jobs.X, jobs.Y), **options: object
) -> list[Read]:
    made = map_book.PACK.make(jobs.job(folder, crs=crs, at=at, **options))[0]
    return [page for page in pages_of(made) if page.viewports]


def ruler_on(page: Read, long: float) -> float:
    """The length in points of the straight level line on the page that is nearest to `long` points."""
    lengths = [
        math.dist(path[0], path[1]) for path in page.paths if len(path) == 2 and abs(path[0][1] - path[1][1]) < 0.01
    ]
    return min(lengths, key=lambda each: abs(each - long))


@pytest.mark.parametrize("scale", [400, 1000, 1333, 2500, 7000])
@pytest.mark.parametrize("paper", ["A4", "A3"])
def test_that_a_hundred_metres_are_as_long_on_paper_as_the_scale_says(tmp_path: Path, scale: int, paper: str) -> None:
    page = maps(tmp_path, scale=scale, paper=paper, frame=f"{jobs.X},{jobs.Y}")[1]
    expected = 100 / scale / 0.0254 * 72
    assert ruler_on(page, expected) == pytest.approx(expected, abs=0.2 / 25.4 * 72)  # 0.2 mm
    assert page.says(f"1 : {scale:,}".replace(",", " "))


def test_that_the_scale_bar_is_as_long_as_it_says(tmp_path: Path) -> None:
    page = maps(tmp_path, scale=1000, frame=f"{jobs.X},{jobs.Y}")[1]
    said = next(text for text in (flat(run.text) for run in page.runs()) if re.fullmatch(r"[0-9]+m", text))
    parts = [path for path in page.paths if len(path) in (4, 5) and np.ptp(path[:, 1]) == pytest.approx(3.75, abs=0.05)]
    assert len(parts) >= 4
    wide = max(part[:, 0].max() for part in parts) - min(part[:, 0].min() for part in parts)
    assert wide == pytest.approx(int(said[:-1]) / 1000 / 0.0254 * 72, abs=0.2)


@pytest.mark.parametrize(("crs", "at"), PLACES)
def test_that_the_figures_at_the_grid_are_those_of_mgrs(tmp_path: Path, crs: str, at: tuple[float, float]) -> None:
    page = maps(tmp_path, crs, at, scale=2500)[1]
    (left, bottom, right, top), _ = page.viewports[0]
    checked = {"east": 0, "north": 0}
    for run in page.runs():
        if not (len(run.text) == 3 and run.text.isdigit()):
            continue
        middle = run.x + 1.5 * 3.81  # three figures of the 8 px type
        level = run.y + 2.2
        if bottom - 12 < run.y < bottom or top < run.y < top + 12:
            x, y, part = middle, (bottom if run.y < bottom else top), "east"
        elif left - 20 < run.x < left or right < run.x < right + 20:
            x, y, part = (left if run.x < left else right), level, "north"
        else:
            continue
        reference = mgrs.MGRS().toMGRS(*reversed(page.lonlat(x, y)), MGRSPrecision=5)
        metres = int(reference[-10:-5] if part == "east" else reference[-5:])
        off = (metres - int(run.text) * 100 + 5_000) % 100_000 - 5_000
        assert abs(off % 100_000) < 3 or abs(off) < 3, (run.text, reference)  # 3 m are 1.2 mm here: where the figure is
        checked[part] += 1
    assert checked["east"] >= 8
    assert checked["north"] >= 4


@pytest.mark.parametrize(("crs", "at"), PLACES)
def test_that_the_cartouche_names_zone_and_square_of_mgrs(tmp_path: Path, crs: str, at: tuple[float, float]) -> None:
    lon, lat = pyproj.Transformer.from_crs(crs, 4326, always_xy=True).transform(*at)
    reference = mgrs.MGRS().toMGRS(lat, lon, MGRSPrecision=0)
    assert all(page.says(f"MGRS {reference[:-2]} {reference[-2:]}") for page in maps(tmp_path, crs, at))


@pytest.mark.parametrize(("crs", "at"), PLACES)
@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_that_a_known_point_lies_where_the_georeference_says(
    tmp_path: Path, crs: str, at: tuple[float, float], orientation: str
) -> None:
    scale = 1000
    page = maps(tmp_path, crs, at, scale=scale, orientation=orientation, frame=f"{at[0]},{at[1]}")[1]
    expected = 100 / scale / 0.0254 * 72
    ruler = min(
        (path for path in page.paths if len(path) == 2),
        key=lambda path: abs(math.dist(path[0], path[1]) - expected),
    )
    there = pyproj.Transformer.from_crs(4326, crs, always_xy=True)
    for point, (dx, dy) in zip(sorted(ruler.tolist()), [(-50, 12.5), (50, 12.5)], strict=True):
        x, y = there.transform(*page.lonlat(*point))
        assert math.dist((x, y), (at[0] + dx, at[1] + dy)) < 0.2 * scale / 1000  # 0.2 mm on paper


def qr_matrix(page: Read) -> np.ndarray:
    """The code in the lower right corner, read from its rectangles."""
    right = page.size[0]
    rows = [
        path for path in page.paths
        if len(path) in (4, 5) and path[:, 0].min() > right - 100 and path[:, 1].max() < 110
    ]  # fmt: skip
    high = min(np.ptp(path[:, 1]) for path in rows if np.ptp(path[:, 1]) > 0.5)
    rows = [path for path in rows if np.ptp(path[:, 1]) == pytest.approx(high, rel=0.05)]
    x0, y1 = min(path[:, 0].min() for path in rows), max(path[:, 1].max() for path in rows)
    count = round((max(path[:, 0].max() for path in rows) - x0) / high)
    matrix = np.zeros((count, count), dtype=bool)
    for path in rows:
        row = round((y1 - path[:, 1].max()) / high)
        matrix[row, round((path[:, 0].min() - x0) / high) : round((path[:, 0].max() - x0) / high)] = True
    return matrix


@pytest.mark.parametrize("orientation", ["landscape", "portrait"])
def test_that_the_qr_code_is_the_place_of_the_sheet(tmp_path: Path, orientation: str) -> None:
    page = maps(tmp_path, frame=f"{jobs.X},{jobs.Y}", version="7", orientation=orientation)[1]
    lon, lat = pyproj.Transformer.from_crs(jobs.CRS, 4326, always_xy=True).transform(jobs.X, jobs.Y)
    text = f"geo:{lat:.5f},{lon:.5f}?q={lat:.5f},{lon:.5f}&v=7"
    expected = np.array([[bool(cell) for cell in row] for row in segno.make(text, error="m", micro=False).matrix])
    assert np.array_equal(qr_matrix(page), expected)


@pytest.mark.parametrize(
    ("lon", "lat", "zone"), [(74.6, 42.9, 43), (5.3, 60.4, 32), (20.0, 78.2, 33), (-70.0, -33.0, 19)]
)
def test_that_the_utm_zone_is_the_one_of_mgrs(lon: float, lat: float, zone: int) -> None:
    from venueplanner.packs.grid import utm_of

    assert int(mgrs.MGRS().toMGRS(lat, lon, MGRSPrecision=0)[:-3]) == zone
    assert utm_of(lon, lat).to_epsg() == (32600 if lat > 0 else 32700) + zone
