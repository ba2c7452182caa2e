"""Real municipal sets against control points whose longitude and latitude were noted before they were transformed.

The points are the first vertex of a line, the point itself, or a point inside an area. Points of lines and points are
held to 5 cm (the file's digits); a point inside an area was found on the sphere, so it must be in or on that area.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
import shapely

from venueplanner.storage.city.folder import read_folder
from venueplanner.storage.coordinates import distance

TIGHT = 0.05  # m
INSIDE = 3.0  # m; straight edges in a projection and on the sphere differ by this much over 10 km

SETS = {
    "kg-bishkek-osh/bishkek_sk42_zone13_cp1251": ("control_points_wgs84.csv", "Pulkovo 1942 to WGS 84 (20)"),
    "kg-bishkek-osh/bishkek_sk42_zone13_cp1251#": (
        "control_points_glavnye_ulicy_wgs84.csv",
        "Pulkovo 1942 to WGS 84 (20)",
    ),
    "kg-bishkek-osh/osh_sk42_zone13_cp1251": ("control_points_wgs84.csv", "Pulkovo 1942 to WGS 84 (16)"),
    "kg-bishkek-osh/osh_kyrg06_zone2_utf8": ("control_points_wgs84.csv", "Kyrg-06 to WGS 84 (1)"),
    "krymsk-ru/municipal_sk42": ("control_points_wgs84.csv", "Pulkovo 1942 to WGS 84 (20)"),
    "vologda-ru/municipal_sk42_cp1251": ("control_points_wgs84.csv", "Pulkovo 1942 to WGS 84 (20)"),
    "helsinki-centre/municipal_epsg3879": ("control_points_wgs84.csv", "ETRS89 to WGS 84 (1)"),
    "portland-or-dem/municipal_epsg2913": ("control_points_wgs84.csv", "NAD83(HARN) to WGS 84 (3)"),
    "porto-alegre-dem/municipal_epsg31982": ("control_points_wgs84.csv", "SIRGAS 2000 to WGS 84 (1)"),
    "cambridge-ma-official/shp_epsg2249": ("control_points_wgs84.csv", "NAD83 to WGS 84 (1)"),
}


@pytest.mark.parametrize("name", SETS)
def test_that_a_city_lies_where_its_control_points_are(shared_data: Path, name: str) -> None:
    folder = shared_data / name.rstrip("#")
    points, operation = SETS[name]
    report = read_folder(folder)
    records = {record.name: record for record in report.records}
    layers = {layer.name: layer for layer in report.layers}
    asked: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (folder / points).open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            asked[row["layer"]].append(row)
    tight = inside = 0
    for layer_name, rows in asked.items():
        assert records[layer_name].operation == operation
        aside = {number for number, _ in records[layer_name].set_aside}
        kept = [number for number in range(1, 10**6) if number not in aside][: len(layers[layer_name])]
        place_of = {number: position for position, number in enumerate(kept)}
        for row in rows:
            shape = layers[layer_name].shapes[place_of[int(row["feature_index_0based"]) + 1]]
            expected = (float(row["lon_wgs84"]), float(row["lat_wgs84"]))
            if shape.geom_type in ("Point", "LineString", "MultiLineString", "MultiPoint"):
                first = shapely.get_coordinates(shape)[0]
                lon, lat = report.coordinates.to_lonlat(first[0], first[1])
                assert distance((float(lon), float(lat)), expected) < TIGHT, (layer_name, row)
                tight += 1
            else:
                x, y = report.coordinates.from_lonlat(*expected)
                assert shape.distance(shapely.Point(float(x), float(y))) < INSIDE, (layer_name, row)
                inside += 1
    assert tight >= 5
    assert tight + inside == sum(map(len, asked.values()))


def test_that_a_local_system_with_its_shift_in_the_prj_is_exact(shared_data: Path) -> None:
    """MSK-23 has no code; the same roads are there in degrees, so every vertex can be compared."""
    local = read_folder(shared_data / "krymsk-ru/municipal_msk23")
    plain = read_folder(shared_data / "krymsk-ru/original/highways", coordinates=local.coordinates)
    assert local.records[0].crs == "local"
    assert local.records[0].accuracy is None
    one, other = (shapely.get_coordinates(report.layers[0].shapes) for report in (local, plain))
    assert np.abs(one - other).max() < 0.01


def test_that_two_exports_of_one_city_fall_on_each_other(shared_data: Path) -> None:
    """Bishkek in SK-42 and in Kyrg-06, both into Kyrg-06: the shift's own error is all that may remain."""
    kyrg = read_folder(shared_data / "kg-bishkek-osh/bishkek_kyrg06_zone3_utf8")
    sk42 = read_folder(shared_data / "kg-bishkek-osh/bishkek_sk42_zone13_cp1251", coordinates=kyrg.coordinates)
    for layer in kyrg.layers:
        twin = next(other for other in sk42.layers if other.name == layer.name)
        apart = np.abs(shapely.get_coordinates(layer.shapes) - shapely.get_coordinates(twin.shapes)).max()
        assert apart < 0.01


def test_that_every_set_of_shapefiles_comes_in_whole(shared_data: Path) -> None:
    counts = {
        "krymsk-ru/municipal_sk42": {"dorogi": 2013, "zdaniya": 16741, "granica": 1, "zdaniya_bez_prj": 419},
        "vologda-ru/municipal_sk42_cp1251": {"zdaniya": 25324, "dorogi": 1901, "zheldor": 328, "shkoly": 42},
        "helsinki-centre/municipal_epsg3879": {"roads": 2468, "buildings": 572, "areas": 382, "points": 5651},
        "kg-bishkek-osh/bishkek_sk42_zone13_cp1251": {"glavnye_ulicy": 259, "adresa": 94, "medicina": 569},
    }
    for name, expected in counts.items():
        report = read_folder(shared_data / name)
        found = {record.name: record.count for record in report.records}
        assert {layer: found[layer] for layer in expected} == expected
        assert not report.questions
    schools = next(each for each in read_folder(shared_data / "vologda-ru").records if each.name == "shkoly")
    assert len(schools.set_aside) == 21
