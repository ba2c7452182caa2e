"""Damaged shapefiles: what can be saved is saved, what cannot is named with its row, nothing is silent."""

from __future__ import annotations

import hashlib
import math
import random
import shutil
import struct
from pathlib import Path

import pytest
import shapely

from tests.storage.city import zoo
from venueplanner.domain.errors import BadFile, PlannerError
from venueplanner.storage.city import shapefiles, shapes
from venueplanner.storage.city.encoding import BY_BYTES_AGAINST
from venueplanner.storage.city.folder import read_folder
from venueplanner.storage.city.repair import mend
from venueplanner.storage.city.report import CityImport, NeedsAnswer

COUNT = len(zoo.STREETS)


def reasons(report: CityImport) -> dict[int, str]:
    (record,) = report.records
    return dict(record.set_aside)


def test_that_a_good_shapefile_comes_in_whole(tmp_path: Path) -> None:
    report = read_folder(zoo.write(tmp_path))
    (layer,), (record,) = report.layers, report.records
    assert (record.count, record.repaired, record.set_aside) == (COUNT, 0, ())
    assert (record.role, record.encoding, record.crs) == ("buildings", "cp1251", "WGS 84 / UTM zone 43N (EPSG:32643)")
    assert layer.columns["street"].tolist() == list(zoo.STREETS)
    assert layer.columns["levels"].tolist()[:3] == [1.0, 2.0, 3.0]
    assert [round(shape.area) for shape in layer.shapes] == [400] * COUNT


def test_that_a_missing_index_is_rebuilt_and_nothing_is_written(tmp_path: Path) -> None:
    path = zoo.write(tmp_path)
    path.with_suffix(".shx").unlink()
    before = sorted(each.name for each in tmp_path.iterdir())
    report = read_folder(path)
    assert report.records[0].count == COUNT
    assert any(shapes.INDEX_MISSING in str(problem) for problem in report.problems)
    assert sorted(each.name for each in tmp_path.iterdir()) == before


def test_that_a_short_index_does_not_lose_half_of_the_features(tmp_path: Path) -> None:
    path = zoo.write(tmp_path)
    index = path.with_suffix(".shx")
    index.write_bytes(index.read_bytes()[: 100 + 8 * (COUNT // 2)])
    report = read_folder(path)
    assert report.records[0].count == COUNT
    assert any(shapes.INDEX_DAMAGED in str(problem) for problem in report.problems)


def test_that_a_missing_table_leaves_the_shapes_and_is_said(tmp_path: Path) -> None:
    path = zoo.write(tmp_path)
    path.with_suffix(".dbf").unlink()
    report = read_folder(path)
    assert report.records[0].count == COUNT
    assert any("no readable .dbf" in str(problem) for problem in report.problems)


def test_that_a_missing_prj_becomes_a_question_and_never_wgs84(tmp_path: Path) -> None:
    path = zoo.write(tmp_path, prj=None)
    with pytest.raises(NeedsAnswer, match="does not say its coordinate system") as raised:
        read_folder(path)
    assert "EPSG:32643" in raised.value.questions[0].candidates
    answered = read_folder(path, crs="EPSG:32643")
    assert (answered.records[0].count, answered.records[0].crs_by) == (COUNT, "you")


def test_that_a_missing_prj_is_guessed_from_the_neighbours_and_called_a_guess(tmp_path: Path) -> None:
    zoo.write(tmp_path, "dorogi", kind=zoo.LINE, shapes=[[[(zoo.X, zoo.Y), (zoo.X + 900, zoo.Y + 700)]]])
    zoo.write(tmp_path, "zdaniya", prj=None)
    found = {record.name: record for record in read_folder(tmp_path).records}
    assert found["zdaniya"].crs == found["dorogi"].crs
    assert found["zdaniya"].crs_by.startswith("a guess")


def test_that_exchanged_axes_are_found_from_the_neighbours(tmp_path: Path) -> None:
    zoo.write(tmp_path, "dorogi", kind=zoo.LINE, shapes=[[[(zoo.X, zoo.Y), (zoo.X + 900, zoo.Y + 700)]]])
    turned = [[[(y, x) for x, y in reversed(zoo.square(zoo.X + 30 * each, zoo.Y))]] for each in range(5)]
    zoo.write(tmp_path, "zdaniya", shapes=turned, prj=None)
    report = read_folder(tmp_path)
    layer = next(each for each in report.layers if each.name == "zdaniya")
    assert layer.shapes[0].bounds == pytest.approx((zoo.X, zoo.Y, zoo.X + 20, zoo.Y + 20), abs=0.01)
    assert "exchanged" in next(record.crs_by for record in report.records if record.name == "zdaniya")


def test_that_the_rows_behind_a_cut_are_named(tmp_path: Path) -> None:
    path = zoo.write(tmp_path)
    raw = path.read_bytes()
    path.write_bytes(raw[: zoo.offset_of(path, 12) + 20])
    report = read_folder(path)
    assert report.records[0].count == 12
    assert reasons(report) == dict.fromkeys(range(13, COUNT + 1), shapes.ENDS_EARLY)


def test_that_a_short_table_keeps_the_shapes_and_tells_how_many_have_no_columns(tmp_path: Path) -> None:
    path = zoo.write(tmp_path)
    table = path.with_suffix(".dbf")
    table.write_bytes(table.read_bytes()[: 33 + 32 * 3 + 73 * 15 + 30])
    report = read_folder(path)
    assert report.records[0].count == COUNT
    assert report.layers[0].columns["street"].tolist() == [*zoo.STREETS[:15], *[None] * 5]
    assert any("rows 16 to 20" in str(problem) for problem in report.problems)


def test_that_rows_of_the_table_without_a_shape_are_named_with_what_they_held(tmp_path: Path) -> None:
    path = zoo.write(tmp_path, rows=[(name, "1", "2") for name in (*zoo.STREETS, "лишняя улица")])
    report = read_folder(path)
    assert reasons(report) == {COUNT + 1: shapefiles.NO_SHAPE_FOR_ROW}
    (aside,) = report.details[report.records[0].id].set_aside
    assert aside.values["ULICA"] == "лишняя улица"


def test_that_deleted_rows_do_not_come_back_and_are_counted(tmp_path: Path) -> None:
    path = zoo.write(tmp_path)
    for row in (0, 7):
        zoo.patch(path.with_suffix(".dbf"), 33 + 32 * 3 + 73 * row, b"*")
    report = read_folder(path)
    assert report.records[0].count == COUNT - 2
    assert reasons(report) == {1: shapefiles.DELETED, 8: shapefiles.DELETED}


def test_that_null_shapes_are_named_and_keep_their_attributes(tmp_path: Path) -> None:
    path = zoo.write(tmp_path)
    zoo.patch(path, zoo.offset_of(path, 4), struct.pack("<i", 0))
    report = read_folder(path)
    assert reasons(report) == {5: shapes.NULL_SHAPE}
    assert report.details[report.records[0].id].set_aside[0].values["ULICA"] == zoo.STREETS[4]


def test_that_a_record_of_another_type_is_named(tmp_path: Path) -> None:
    path = zoo.write(tmp_path)
    zoo.patch(path, zoo.offset_of(path, 2), struct.pack("<i", zoo.LINE))
    assert reasons(read_folder(path)) == {3: shapes.OTHER_TYPE}


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf, 1e300])
def test_that_coordinates_that_are_no_numbers_are_named(tmp_path: Path, number: float) -> None:
    path = zoo.write(tmp_path)
    zoo.patch(path, zoo.offset_of(path, 9) + 48 + 16, struct.pack("<d", number))
    report = read_folder(path)
    assert reasons(report) == {10: shapes.NOT_FINITE}
    assert shapely.total_bounds(report.layers[0].shapes)[2] < 1e6


@pytest.mark.parametrize("claim", [2_000_000_000, -1, 0x7FFFFFFF])
def test_that_a_claim_of_two_billion_points_costs_nothing(tmp_path: Path, claim: int) -> None:
    path = zoo.write(tmp_path)
    zoo.patch(path, zoo.offset_of(path, 3) + 40, struct.pack("<i", claim))
    assert reasons(read_folder(path)) == {4: shapes.DAMAGED}


def test_that_a_wrong_record_length_costs_no_other_record(tmp_path: Path) -> None:
    path = zoo.write(tmp_path)
    zoo.patch(path, zoo.offset_of(path, 3) - 4, struct.pack(">i", 0x7FFFFFF0))
    report = read_folder(path)
    assert report.records[0].count == COUNT
    assert any(shapes.INDEX_DAMAGED in str(problem) for problem in report.problems) or report.records[0].count == COUNT


def test_that_a_false_extent_in_the_header_is_not_believed(tmp_path: Path) -> None:
    path = zoo.write(tmp_path)
    zoo.patch(path, 36, struct.pack("<4d", -1e9, -1e9, 1e9, 1e9))
    assert read_folder(path).records[0].count == COUNT


def test_that_capitals_and_blanks_and_cyrillic_names_read_as_usual(tmp_path: Path) -> None:
    path = zoo.write(tmp_path, "улицы города (2024) №1")
    for each in list(tmp_path.iterdir()):
        each.rename(each.with_name(each.stem.upper() + each.suffix.upper()))
    report = read_folder(tmp_path)
    assert report.records[0].count == COUNT
    assert report.records[0].encoding == "cp1251"
    assert path.stem.upper() == report.records[0].name


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", shapes.EMPTY_FILE),
        (b"<!DOCTYPE html><html><body>404 Not Found</body></html>" * 3, shapes.NOT_A_SHP),
        (b"PK\x03\x04" + bytes(200), shapes.NOT_A_SHP),
        (struct.pack(">i", 1234) + bytes(200), shapes.NOT_A_SHP),
        (b"\x00\x00\x27\x0a" + bytes(50), shapes.NOT_A_SHP),
    ],
)
def test_that_what_is_no_shapefile_is_said_to_be_none(tmp_path: Path, content: bytes, why: str) -> None:
    path = zoo.write(tmp_path)
    path.write_bytes(content)
    with pytest.raises(BadFile) as raised:
        read_folder(path)
    assert why in str(raised.value)
    assert "zdaniya.shp" in str(raised.value)


def test_that_a_layer_without_features_is_an_empty_layer(tmp_path: Path) -> None:
    report = read_folder(zoo.write(tmp_path, shapes=[], rows=[]))
    assert report.records[0].count == len(report.layers[0]) == 0


def test_that_a_prj_of_another_zone_is_a_question(tmp_path: Path) -> None:
    with pytest.raises(NeedsAnswer, match="do not fit there"):
        read_folder(zoo.write(tmp_path, prj=zoo.SK42_13.replace("13500000", "7500000").replace("75.0", "39.0")))


def test_that_metres_called_degrees_are_a_question(tmp_path: Path) -> None:
    degrees = zoo.UTM43[zoo.UTM43.index("GEOGCS") : zoo.UTM43.index(",PROJECTION")]
    with pytest.raises(NeedsAnswer, match="do not fit there"):
        read_folder(zoo.write(tmp_path, prj=degrees))


def test_that_rubbish_in_the_prj_is_a_question(tmp_path: Path) -> None:
    path = zoo.write(tmp_path)
    path.with_suffix(".prj").write_bytes(b"\xff\xfe\x00garbage PROJCS[")
    with pytest.raises(NeedsAnswer, match="does not say"):
        read_folder(path)


def test_that_a_polygon_that_crosses_itself_is_mended_and_counted(tmp_path: Path) -> None:
    x, y = zoo.X, zoo.Y
    bow = [(x, y), (x + 20, y + 20), (x + 20, y), (x, y + 20), (x, y)]
    report = read_folder(zoo.write(tmp_path, shapes=[[bow], [zoo.square(x + 50, y)]]))
    assert (report.records[0].repaired, report.records[0].count) == (1, 2)
    assert shapely.is_valid(report.layers[0].shapes).all()
    assert report.layers[0].shapes[0].area == pytest.approx(200.0)


def test_that_a_ring_without_area_is_named(tmp_path: Path) -> None:
    x, y = zoo.X, zoo.Y
    line = [(x, y), (x + 20, y), (x, y), (x, y)]
    layer = shapefiles.read_shapefile(zoo.write(tmp_path, shapes=[[line], [zoo.square(x + 50, y)]]))
    mend(layer)
    assert [aside.row for aside in layer.set_aside] == [1]


@pytest.mark.parametrize("reverse", [False, True])
def test_that_holes_stay_holes_and_islands_stay_islands(tmp_path: Path, reverse: bool) -> None:
    """A court with a house in it, and a second part; also when the program that wrote it ignored the direction."""
    x, y = zoo.X, zoo.Y
    hole = zoo.square(x + 20, y + 20, 40)[:: 1 if reverse else -1]
    parts = [zoo.square(x, y, 100), hole, zoo.square(x + 30, y + 30, 10), zoo.square(x + 200, y, 50)]
    (shape,) = read_folder(zoo.write(tmp_path, shapes=[parts])).layers[0].shapes
    assert shape.is_valid
    assert shape.area == pytest.approx(10000 - 1600 + 100 + 2500)
    assert not shape.contains(shapely.Point(x + 25, y + 25))


def test_that_a_false_cpg_does_not_crash_and_the_truth_is_offered(tmp_path: Path) -> None:
    report = read_folder(zoo.write(tmp_path, cpg="UTF-8"))
    assert report.layers[0].columns["street"].tolist() == list(zoo.STREETS)
    assert report.records[0].encoding_by == BY_BYTES_AGAINST


def test_that_any_damage_ends_in_layers_or_in_a_sentence(tmp_path: Path) -> None:
    """200 files with random bytes, cuts and swapped parts: never anything but a report or a `PlannerError`."""
    good = zoo.write(tmp_path / "good")
    picker = random.Random(7)
    for turn in range(200):
        folder = tmp_path / "bad"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(good.parent, folder)
        victim = picker.choice([each for each in folder.iterdir() if each.suffix in (".shp", ".shx", ".dbf", ".prj")])
        raw = bytearray(victim.read_bytes())
        for _ in range(picker.choice([1, 3, 30])):
            raw[picker.randrange(len(raw))] = picker.randrange(256)
        victim.write_bytes(bytes(raw[: picker.choice([len(raw), picker.randrange(len(raw))])]))
        try:
            report = read_folder(folder)
        except PlannerError:
            continue
        (record,) = report.records
        assert record.count == len(report.layers[0]), turn
        assert shapely.is_valid(report.layers[0].shapes).all(), turn


DERIVED = {  # what MANIFEST-derived.csv promises a user: features on the map, rows set aside, a word that must be said
    "_good": (598, 0, ""),
    "no_shx": (598, 0, "index is missing"),
    "no_dbf": (598, 0, "no readable .dbf"),
    "truncated_shp": (357, 241, ""),
    "truncated_dbf": (598, 0, "rows 300 to 598"),
    "truncated_shx": (598, 0, "index is damaged"),
    "header_only": (0, 0, ""),
    "dbf_fewer_rows": (598, 0, "(37)"),
    "dbf_more_rows": (598, 11, ""),
    "dbf_deleted_flags": (478, 120, ""),
    "cpg_nonsense": (598, 0, ""),
    "cpg_wrong": (598, 0, ""),
    "UPPERCASE": (598, 0, ""),
    "cyrillic name с пробелом": (598, 0, ""),
    "bbox_header_wrong": (598, 0, ""),
    "mixed_types_in_records": (586, 12, ""),
    "null_shapes": (538, 60, ""),
    "nan_coordinates": (583, 15, ""),
    "huge_record_length": (597, 1, ""),
    "zip_cp866_names.zip": (598, 0, ""),
}
ASKED = ("no_prj", "only_shp", "prj_garbage", "prj_wrong_zone", "prj_wgs84_but_metres")
REFUSED = ("empty_shp_0_bytes", "wrong_file_code", "html_named_shp", "zip_named_shp")


@pytest.mark.parametrize("case", DERIVED)
def test_that_a_damaged_city_file_gives_what_a_user_should_get(shared_data: Path, case: str) -> None:
    report = read_folder(shared_data / "broken-open/derived-krymsk-buildings" / case)
    count, aside, word = DERIVED[case]
    (record,) = report.records
    assert (record.count, len(record.set_aside)) == (count, aside)
    assert record.encoding == ("utf-8" if case == "no_dbf" else "cp1251")
    assert word in " ".join(map(str, report.problems))


@pytest.mark.parametrize("case", ASKED)
def test_that_a_city_file_without_a_usable_system_is_asked_about(shared_data: Path, case: str) -> None:
    folder = shared_data / "broken-open/derived-krymsk-buildings" / case
    with pytest.raises(NeedsAnswer) as raised:
        read_folder(folder)
    assert raised.value.questions[0].candidates[0] == "EPSG:28407"
    answered = read_folder(folder, crs="EPSG:28407")
    assert answered.records[0].count == 598
    lon, lat = answered.coordinates.to_lonlat(*shapely.get_coordinates(answered.layers[0].shapes)[0])
    assert (37.9 < lon < 38.1, 44.8 < lat < 45.0) == (True, True)


@pytest.mark.parametrize("case", REFUSED)
def test_that_a_file_that_is_no_shapefile_is_refused_in_a_sentence(shared_data: Path, case: str) -> None:
    with pytest.raises(BadFile, match=r"zdaniya\.shp cannot be read"):
        read_folder(shared_data / "broken-open/derived-krymsk-buildings" / case)


def test_that_random_bytes_are_survived_and_reported(shared_data: Path) -> None:
    report = read_folder(shared_data / "broken-open/derived-krymsk-buildings/random_bytes")
    (record,) = report.records
    assert record.count + len(record.set_aside) == 598
    assert record.count > 540
    west, south, east, north = shapely.total_bounds(report.layers[0].shapes)
    assert max(east - west, north - south) < 2_000_000


def test_that_no_file_of_the_broken_collection_crashes_and_none_is_changed(shared_data: Path) -> None:
    """Every file that begins like something readable; the rest is refused by its ending."""
    root = shared_data / "broken-open"
    endings = {".shp", ".gpkg", ".geojson", ".json", ".tab", ".mif", ".zip", ".kml", ".csv", ".osm", ".fgb", ".gpx"}
    files = [each for each in sorted(root.rglob("*")) if each.suffix.lower() in endings]
    before = _fingerprint(root)
    outcomes = {"read": 0, "asked": 0, "said": 0}
    for path in files:
        try:
            read_folder(path)
            outcomes["read"] += 1
        except NeedsAnswer:
            outcomes["asked"] += 1
        except PlannerError:
            outcomes["said"] += 1
    assert outcomes["read"] > 120
    assert sum(outcomes.values()) == len(files) > 350
    assert _fingerprint(root) == before


def _fingerprint(root: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        total.update(f"{path.name} {path.stat().st_size} {path.stat().st_mtime_ns}".encode())
    return total.hexdigest()
