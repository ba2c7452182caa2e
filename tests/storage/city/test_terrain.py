"""Elevation files: what is taken, where it lands, how much of it, and what is refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyogrio
import pyproj
import pytest
import rasterio
import shapely
from rasterio import Affine

from venueplanner.domain.errors import BadFile
from venueplanner.storage.city import store
from venueplanner.storage.city import terrain as module
from venueplanner.storage.city.folder import read_folder
from venueplanner.storage.city.report import NeedsAnswer, Override
from venueplanner.storage.coordinates import PlanCoordinates

UTM = PlanCoordinates("EPSG:32643")
WEST, NORTH = 470_000.0, 4_750_000.0


def write(path: Path, z: np.ndarray, *, place: Affine, crs: str | None = "EPSG:32643", **more: object) -> Path:
    z = z if z.ndim == 3 else z[None]
    with rasterio.open(
        path, "w", driver="GTiff", count=len(z), height=z.shape[1], width=z.shape[2], dtype=z.dtype, crs=crs,
        transform=place, **more,
    ) as sink:  # fmt: skip
        sink.write(z)
    return path


def metric(cell: float = 10.0) -> Affine:
    return Affine(cell, 0.0, WEST, 0.0, -cell, NORTH)


def street_file(path: Path, street: shapely.LineString) -> None:
    pyogrio.raw.write(
        path, shapely.to_wkb(np.array([street], dtype=object)), [np.array(["A"], dtype=object)], ["name"],
        geometry_type="LineString", crs="EPSG:32643", driver="GPKG",
    )  # fmt: skip


def heights_of(report, name):
    record = next(each for each in report.records if each.name == name)
    return record, report.layer(record.id).grid


def test_that_a_grid_in_the_plans_own_system_is_taken_as_it_is(tmp_path: Path) -> None:
    z = np.arange(600, dtype=np.float32).reshape(20, 30)
    z[3, 4] = -9999
    write(tmp_path / "dem.tif", z, place=metric(), nodata=-9999)
    report = read_folder(tmp_path, coordinates=UTM)
    record, grid = heights_of(report, "dem")
    assert (record.role, record.file, record.count, record.accuracy) == ("terrain", f"{record.id}.tif", 599, 0.0)
    assert record.crs == "WGS 84 / UTM zone 43N (EPSG:32643)"
    assert (grid.west, grid.north, grid.cell) == (WEST, NORTH, 10.0)
    assert np.isnan(grid.z[3, 4])
    z[3, 4] = np.nan
    assert np.array_equal(grid.z, z, equal_nan=True)
    assert "30 × 20 cells of 10 m, heights from 0 to 599 m, 1 cells unknown" in report.warnings[0].say()


@pytest.mark.parametrize(("crs", "lon", "lat"), [("EPSG:4326", 74.6, 42.87), ("EPSG:4284", 74.6, 42.87)])
def test_that_a_slope_in_degrees_lands_where_exact_transformation_puts_it(tmp_path, crs, lon, lat) -> None:
    """A plane of degrees, read beside pyproj's way for every cell: bilinear mixing of a plane is exact."""
    step = 0.0003
    place = Affine(step, 0.0, lon, 0.0, -step, lat)
    rows, columns = np.mgrid[0:150, 0:170] + 0.5
    write(tmp_path / "srtm.tif", (700 + 2 * columns - rows).astype(np.float32), place=place, crs=crs)
    report = read_folder(tmp_path, coordinates=UTM)
    record, grid = heights_of(report, "srtm")
    assert 20 < grid.cell < 35
    x = grid.west + (np.arange(grid.z.shape[1]) + 0.5) * grid.cell
    y = grid.north - (np.arange(grid.z.shape[0]) + 0.5) * grid.cell
    there = report.details[record.id].operation.from_lonlat(
        *UTM.to_lonlat(*(each.ravel() for each in np.meshgrid(x, y)))
    )
    column, row = (there[0] - lon) / step, (lat - there[1]) / step
    inside = (column > 0.5) & (column < 169.5) & (row > 0.5) & (row < 149.5)
    found = grid.z.ravel()
    assert np.isfinite(found[inside]).all()
    assert found[inside] == pytest.approx((700 + 2 * column - row)[inside], abs=0.02)
    outside = (column < 0) | (column > 170) | (row < 0) | (row > 150)
    assert np.isnan(found[outside]).all()
    if crs == "EPSG:4284":  # Pulkovo: left without its datum shift it would lie a hundred metres off
        assert record.operation.startswith("Pulkovo 1942 to WGS 84")


def test_that_a_missing_cell_hides_what_it_has_a_say_in_and_no_more(tmp_path: Path) -> None:
    z = np.full((9, 9), 100.0, dtype=np.float32)
    z[4, 4] = np.nan
    write(tmp_path / "dem.tif", z, place=Affine(10.0, 0.0, WEST + 5, 0.0, -10.0, NORTH + 5), crs="EPSG:32642")
    other = PlanCoordinates("EPSG:32642", near=(69.0, 42.9))
    exact = heights_of(read_folder(tmp_path, coordinates=other), "dem")[1]
    assert np.isnan(exact.z).sum() == 1
    moved = heights_of(read_folder(tmp_path, coordinates=UTM), "dem")[1]
    assert 1 <= np.isnan(moved.z[2:-2, 2:-2]).sum() <= 12


def test_that_only_the_city_and_its_surroundings_are_taken(tmp_path: Path) -> None:
    write(tmp_path / "dem.tif", np.full((2000, 2000), 5, dtype=np.int16), place=metric())
    x, y = WEST + 9_000, NORTH - 9_000
    street = shapely.LineString([(x, y), (x + 400, y + 300)])
    street_file(tmp_path / "streets.gpkg", street)
    grid = heights_of(read_folder(tmp_path, coordinates=UTM), "dem")[1]
    left, low, right, high = grid.box
    assert left <= x - module.AROUND < left + 60
    assert high >= y + 300 + module.AROUND > high - 60
    assert right - left < 3600
    assert high - low < 3500


def test_that_a_fine_grid_of_a_wide_area_is_kept_coarser_and_bounded(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_CELLS", 2_500)
    columns = np.tile(np.arange(400), (400, 1))
    write(tmp_path / "dem.tif", (columns * 2.0).astype(np.float32), place=metric(), tiled=True)
    grid = heights_of(read_folder(tmp_path, coordinates=UTM), "dem")[1]
    assert grid.z.size <= 2_700
    middle = grid.west + (np.arange(grid.z.shape[1]) + 0.5) * grid.cell
    expected = 2.0 * ((middle - WEST) / 10.0 - 0.5)
    assert grid.z[20, 2:-2] == pytest.approx(expected[2:-2], abs=0.1)


def test_that_feet_become_metres_and_what_cannot_be_a_height_is_unknown(tmp_path: Path) -> None:
    z = np.array([[1000.0, 3.4e38], [-32768.0, 2000.0]], dtype=np.float32)
    path = write(tmp_path / "dem.tif", z, place=metric())
    with rasterio.open(path, "r+") as data:
        data.units = ("ft",)
    grid = heights_of(read_folder(tmp_path, coordinates=UTM), "dem")[1]
    assert grid.z[[0, 1], [0, 1]] == pytest.approx([304.8, 609.6])
    assert np.isnan(grid.z[[0, 1], [1, 0]]).all()


@pytest.mark.parametrize(
    ("name", "dtype", "bands", "role"),
    [
        ("DEM_centre", "uint8", 1, "terrain"),
        ("relyef_goroda", "int16", 1, "terrain"),
        ("unnamed", "float32", 1, "terrain"),
        ("DSM_centre", "float32", 1, "surface"),
        ("ortho", "uint8", 3, ""),
        ("photo", "uint8", 1, ""),
        ("CDSM_trees", "float32", 1, ""),
        ("slope", "float32", 1, ""),
    ],
)
def test_that_heights_are_told_from_pictures_and_from_other_values(tmp_path, name, dtype, bands, role) -> None:
    write(tmp_path / f"{name}.tif", np.full((bands, 4, 4), 9, dtype=dtype), place=metric())
    if role:
        assert read_folder(tmp_path, coordinates=UTM).records[0].role == role
    else:
        with pytest.raises(BadFile, match="was not taken as an elevation model"):
            read_folder(tmp_path, coordinates=UTM)


def test_that_the_planner_can_say_that_a_file_holds_heights(tmp_path: Path) -> None:
    write(tmp_path / "photo.tif", np.full((1, 4, 4), 9, dtype="uint8"), place=metric())
    report = read_folder(tmp_path, coordinates=UTM, overrides={"photo.tif": Override(role="terrain")})
    assert report.records[0].role == "terrain"


def test_that_a_file_without_a_system_falls_on_its_neighbours_or_becomes_a_question(tmp_path: Path) -> None:
    write(tmp_path / "dem.tif", np.full((50, 50), 5, dtype=np.int16), place=metric(), crs=None)
    with pytest.raises(NeedsAnswer, match="does not say its coordinate system"):
        read_folder(tmp_path)
    street = shapely.LineString([(WEST + 50, NORTH - 50), (WEST + 400, NORTH - 300)])
    street_file(tmp_path / "streets.gpkg", street)
    report = read_folder(tmp_path)
    record, grid = heights_of(report, "dem")
    assert record.crs == "WGS 84 / UTM zone 43N (EPSG:32643)"
    assert record.crs_by.startswith("a guess")
    assert (grid.west, grid.cell) == (WEST, 10.0)


def test_that_a_file_without_a_place_is_refused(tmp_path: Path) -> None:
    with pytest.warns(rasterio.errors.NotGeoreferencedWarning):
        write(tmp_path / "dem.tif", np.ones((4, 4), dtype=np.int16), place=Affine.identity(), crs=None)
    with pytest.raises(BadFile, match="does not say where it lies"):
        read_folder(tmp_path)


def test_that_half_a_continent_is_cut_to_the_city_and_not_taken_without_one(tmp_path: Path) -> None:
    wide = Affine(0.1, 0.0, 60.0, 0.0, -0.1, 50.0)
    write(tmp_path / "gebco.tif", np.full((200, 300), 800, dtype=np.int16), place=wide, crs="EPSG:4326")
    with pytest.raises(BadFile, match="covers far more than a city"):
        read_folder(tmp_path)
    lon, lat = UTM.to_lonlat(WEST, NORTH)
    around = (float(lon), float(lat), float(lon) + 0.02, float(lat) + 0.02)
    grid = heights_of(read_folder(tmp_path, coordinates=UTM, around=around), "gebco")[1]
    assert grid.box[2] - grid.box[0] < 30_000
    assert set(np.unique(grid.z[np.isfinite(grid.z)])) == {800}


def test_that_a_header_that_promises_too_much_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with rasterio.open(
        tmp_path / "dem.tif", "w", driver="GTiff", count=1, height=40_000, width=40_000, dtype="float32",
        crs="EPSG:32643", transform=metric(1.0), tiled=True, blockxsize=16384, blockysize=16384, SPARSE_OK=True,
    ):  # fmt: skip
        pass
    with pytest.raises(BadFile, match="promises more than this program unpacks"):
        read_folder(tmp_path, coordinates=UTM)
    with rasterio.open(
        tmp_path / "dem.tif", "w", driver="GTiff", count=1, height=90_000, width=90_000, dtype="float32",
        crs="EPSG:32643", transform=metric(0.5), tiled=True, SPARSE_OK=True,
    ):  # fmt: skip
        pass
    with pytest.raises(BadFile, match="promises more than this program unpacks"):
        read_folder(tmp_path, coordinates=UTM)


def test_that_hostile_files_are_refused_with_a_sentence_whatever_the_planner_says(shared_data: Path) -> None:
    files = sorted((shared_data / "broken-open").rglob("*.tif"))
    assert len(files) > 20
    for path in files:
        for role in ("", "terrain"):
            said = refusal(path, role)
            assert said is None or (path.name in said and "\n" not in said)


def refusal(path: Path, role: str) -> str | None:
    """Why a file was refused; None when it was taken, and then it is no larger than a grid may be."""
    try:
        report = read_folder(path, coordinates=UTM, overrides={path.name: Override(role=role)}, crs="EPSG:32643")
    except BadFile as refused:
        return refused.say()
    assert report.layers[0].grid.z.size <= 1.2 * module.MOST_CELLS
    return None


def test_that_elevation_is_kept_beside_the_plan_and_comes_back_the_same(tmp_path: Path) -> None:
    z = np.linspace(0, 99, 300, dtype=np.float32).reshape(15, 20)
    z[0, 0] = np.nan
    (tmp_path / "city").mkdir()
    write(tmp_path / "city" / "dem.tif", z, place=metric())
    report = read_folder(tmp_path / "city", coordinates=UTM)
    package = tmp_path / "fair.city"
    store.save_layers(package, report)
    record, grid = heights_of(report, "dem")
    again = store.load_layer(package, record)
    assert (again.role, len(again)) == ("terrain", 0)
    assert again.grid is not None
    assert (again.grid.west, again.grid.north, again.grid.cell) == (grid.west, grid.north, grid.cell)
    assert np.array_equal(again.grid.z, grid.z, equal_nan=True)
    with rasterio.open(package / record.file) as data:  # any program knows where it is
        assert pyproj.CRS(data.crs.to_wkt()).to_epsg() == 32643
    store.copy_folder(package, tmp_path / "copy.city")
    assert (tmp_path / "copy.city" / record.file).is_file()
    assert store.set_aside_of(package, record) == []
    (package / record.file).write_bytes((package / record.file).read_bytes()[:200])
    with pytest.raises(BadFile, match="cannot be used: it is damaged"):
        store.load_layer(package, record)
    store.discard(package, [record])
    assert not package.exists()


@pytest.mark.parametrize(
    ("folder", "name", "cell", "low", "high"),
    [
        ("portland-or-dem", "dem_ned_epsg4269", 7.2, 0, 328),
        ("porto-alegre-dem", "poa_elevation", 26.8, 0, 254),
        ("goteborg-dsm", "DEM_KRbig", 1.0, 0, 23),
        ("kg-bishkek-osh", "dem_gebco2023_bishkek", 341, 594, 4660),
    ],
)
def test_that_real_cities_bring_their_heights(shared_data: Path, folder, name, cell, low, high) -> None:
    record, grid = heights_of(read_folder(shared_data / folder), name)
    assert record.role == "terrain"
    assert grid.cell == pytest.approx(cell, rel=0.01)
    assert grid.range == pytest.approx((low, high), abs=1.0)
