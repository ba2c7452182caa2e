"""A folder of city data as a whole: what is read, what is asked, what is refused; originals stay as they are."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from tests.storage.city import zoo
from venueplanner.domain.errors import BadFile, BadValue, Cancelled
from venueplanner.storage.city import store
from venueplanner.storage.city.folder import read_folder
from venueplanner.storage.city.report import Override
from venueplanner.storage.coordinates import PlanCoordinates

LON, LAT = 74.6, 42.87


def geojson(path: Path, *shapes: dict[str, object], **extra: object) -> Path:
    features = [
        {"type": "Feature", "properties": {"name": f"№ {n}"}, "geometry": shape} for n, shape in enumerate(shapes)
    ]
    path.write_text(
        json.dumps({"type": "FeatureCollection", "features": features, **extra}, ensure_ascii=False), "utf-8"
    )
    return path


def test_that_an_empty_folder_is_answered_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing here")
    with pytest.raises(BadFile, match="There is no city data in"):
        read_folder(tmp_path)


def test_that_a_folder_that_is_not_there_is_answered_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="does not exist"):
        read_folder(tmp_path / "gone")


def test_that_one_bad_file_does_not_hold_back_the_others(tmp_path: Path) -> None:
    zoo.write(tmp_path, "zdaniya")
    (tmp_path / "dorogi.shp").write_bytes(b"")
    report = read_folder(tmp_path)
    assert [record.name for record in report.records] == ["zdaniya"]
    assert any("dorogi.shp cannot be read" in str(problem) for problem in report.problems)


def test_that_other_data_and_lone_parts_are_named_and_not_passed_over(tmp_path: Path) -> None:
    zoo.write(tmp_path)
    (tmp_path / "plan.dxf").write_bytes(b"0")
    (tmp_path / "ulicy.dbf").write_bytes(b"0")
    text = " ".join(map(str, read_folder(tmp_path).problems))
    assert "plan.dxf" in text
    assert "ulicy.dbf" in text


def test_that_the_plans_system_is_used_when_there_is_one(tmp_path: Path) -> None:
    plan = PlanCoordinates("EPSG:7694")
    report = read_folder(zoo.write(tmp_path), coordinates=plan)
    assert report.crs == "EPSG:7694"
    assert 3.29e6 < report.layers[0].shapes[0].bounds[0] < 3.32e6
    assert report.layers[0].shapes[0].area == pytest.approx(400, rel=2e-3)


def test_that_the_planners_word_wins_file_by_file(tmp_path: Path) -> None:
    zoo.write(tmp_path, "a", codec="cp866", language=0)
    zoo.write(tmp_path, "b", prj=None)
    says = {"a.shp": Override(encoding="cp866", role="areas"), "b": Override(crs="EPSG:32643")}
    found = {record.name: record for record in read_folder(tmp_path, overrides=says).records}
    assert (found["a"].encoding_by, found["a"].role) == ("you", "areas")
    assert found["b"].crs_by == "you"


def test_that_a_layer_far_from_the_others_is_pointed_out(tmp_path: Path) -> None:
    zoo.write(tmp_path, "zdaniya")
    zoo.write(tmp_path, "adresa", shapes=[[zoo.square(zoo.X, zoo.Y - 260_000)]], rows=[("x", "1", "1")])
    assert any("260 km away" in str(problem) for problem in read_folder(tmp_path).problems)
    osh = (72.7, 40.4, 72.9, 40.6)
    told = read_folder(tmp_path / "zdaniya.shp", around=osh).problems
    assert any("km away" in str(problem) for problem in told)


def test_that_an_encoding_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="is not an encoding"):
        read_folder(zoo.write(tmp_path), encoding="klingon")


def test_that_columns_may_have_the_names_a_geopackage_keeps_for_itself(tmp_path: Path) -> None:
    fields = (("FID", "N", 6, 0), ("geom", "C", 5, 0), ("fid", "C", 5, 0))
    zoo.write(tmp_path / "in", shapes=[[zoo.square(zoo.X, zoo.Y)]], fields=fields, rows=[("7", "a", "b")])
    report = read_folder(tmp_path / "in")
    store.save_layers(tmp_path / "fair.city", report)
    assert set(store.read_layer(tmp_path / "fair.city" / report.records[0].file)[1]) == {
        "FID_orig",
        "geom_orig",
        "fid_orig_orig",
    }


def test_that_the_same_file_gets_the_same_id_and_copies_get_their_own(tmp_path: Path) -> None:
    zoo.write(tmp_path / "one")
    zoo.write(tmp_path / "two")
    first, again = read_folder(tmp_path), read_folder(tmp_path)
    assert [record.id for record in first.records] == [record.id for record in again.records]
    assert len({record.id for record in first.records}) == 2


def test_that_progress_is_told_and_a_stop_is_obeyed(tmp_path: Path) -> None:
    zoo.write(tmp_path, "a")
    zoo.write(tmp_path, "b")
    steps: list[tuple[int, int, str]] = []
    read_folder(tmp_path, progress=lambda done, total, name: steps.append((done, total, name)))
    assert steps[0] == (0, 3, "a.shp")
    assert steps[-1][0] == steps[-1][1]
    with pytest.raises(Cancelled):
        read_folder(tmp_path, cancelled=lambda: True)


def test_that_a_plans_own_package_is_never_taken_for_city_data(tmp_path: Path) -> None:
    zoo.write(tmp_path / "fair.city", "copy")
    zoo.write(tmp_path, "zdaniya")
    assert [record.name for record in read_folder(tmp_path).records] == ["zdaniya"]


def test_that_geojson_is_wgs84_unless_it_says_otherwise(tmp_path: Path) -> None:
    square = shapely.geometry.mapping(shapely.box(LON, LAT, LON + 0.001, LAT + 0.001))
    report = read_folder(geojson(tmp_path / "parki.geojson", square))
    assert report.records[0].crs_by.startswith("the file format")
    assert (report.crs, report.records[0].role) == ("EPSG:32643", "areas")
    lon, lat = report.coordinates.to_lonlat(*shapely.get_coordinates(report.layers[0].shapes)[0])
    assert (float(lon), float(lat)) == pytest.approx((LON + 0.001, LAT), abs=0.0011)


def test_that_a_ring_of_two_points_costs_one_row_and_not_the_layer(tmp_path: Path) -> None:
    good = shapely.geometry.mapping(shapely.box(LON, LAT, LON + 0.001, LAT + 0.001))
    bad = {"type": "Polygon", "coordinates": [[[LON, LAT], [LON, LAT]]]}
    report = read_folder(geojson(tmp_path / "parki.geojson", good, bad, good))
    assert (report.records[0].count, [row for row, _ in report.records[0].set_aside]) == (2, [2])


def test_that_the_official_layer_with_a_ring_of_two_points_is_read(shared_data: Path) -> None:
    report = read_folder(shared_data / "broken-open/official-cambridge")
    assert sum(record.count for record in report.records) > 50
    assert sum(len(record.set_aside) for record in report.records) >= 1


def test_that_mixed_geometry_becomes_one_layer_a_kind(tmp_path: Path) -> None:
    shapes = [
        shapely.Point(LON, LAT),
        shapely.LineString([(LON, LAT), (LON, LAT + 0.01)]),
        shapely.box(LON, LAT, LON + 0.001, LAT + 0.001),
    ]
    report = read_folder(geojson(tmp_path / "obekty.geojson", *[shapely.geometry.mapping(each) for each in shapes]))
    assert [record.count for record in report.records] == [1, 1, 1]
    assert {layer.shapes[0].geom_type for layer in report.layers} == {"Point", "LineString", "Polygon"}


def test_that_geojson_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [LON, LAT]}
    features = [{"type": "Feature", "properties": {"name": name}, "geometry": point} for name in zoo.STREETS]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    (tmp_path / "adresa.geojson").write_bytes(text.encode("cp1251"))
    report = read_folder(tmp_path)
    assert report.layers[0].columns["name"].tolist() == list(zoo.STREETS)
    assert report.records[0].encoding == "cp1251"


def test_that_every_layer_of_a_geopackage_is_read_and_the_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "gorod.gpkg"
    for name, shape in (
        ("ulicy", shapely.LineString([(zoo.X, zoo.Y), (zoo.X + 99, zoo.Y)])),
        ("parki", shapely.box(zoo.X, zoo.Y, zoo.X + 9, zoo.Y + 9)),
    ):
        values = np.array(["Чүй проспектиси"], dtype=object)
        pyogrio.raw.write(
            path, shapely.to_wkb(np.array([shape])), [values], ["NAIMEN"], layer=name,
            geometry_type=shape.geom_type, crs="EPSG:32643",
        )  # fmt: skip
    before = (path.read_bytes(), sorted(each.name for each in tmp_path.iterdir()))
    report = read_folder(path)
    assert {record.name: record.role for record in report.records} == {"gorod ulicy": "streets", "gorod parki": "areas"}
    assert report.layers[0].columns["name"].tolist() == ["Чүй проспектиси"]
    assert (path.read_bytes(), sorted(each.name for each in tmp_path.iterdir())) == before


@pytest.mark.parametrize("ending", [".gpkg", ".geojson", ".json", ".tab", ".mif"])
def test_that_a_pointer_dressed_as_data_is_not_followed(tmp_path: Path, ending: str) -> None:
    """A virtual data set may name any file or address; GDAL would open it by its content whatever it is called."""
    secret = zoo.write(tmp_path / "elsewhere")
    (tmp_path / f"map{ending}").write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{secret}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    )
    with pytest.raises(BadFile, match="not what its ending says"):
        read_folder(tmp_path / f"map{ending}")


def test_that_an_address_is_no_folder() -> None:
    for text in ("/vsicurl/http://127.0.0.1:9/x.shp", "http://127.0.0.1:9/x.gpkg"):
        with pytest.raises(BadFile, match="does not exist"):
            read_folder(Path(text))


def test_that_a_zip_with_names_in_the_old_windows_page_reads_with_right_names(tmp_path: Path) -> None:
    path = zoo.write(tmp_path / "in", "Здания")
    parts = [(f"Город/{part.name}".encode("cp866"), part.read_bytes()) for part in sorted(path.parent.iterdir())]
    (tmp_path / "city.zip").write_bytes(zoo.stored_zip(parts))
    assert [record.name for record in read_folder(tmp_path / "city.zip").records] == ["Здания"]


def test_that_a_zip_never_writes_outside_its_folder(tmp_path: Path) -> None:
    good = zoo.write(tmp_path / "in")
    with zipfile.ZipFile(tmp_path / "city.zip", "w") as archive:
        for part in good.parent.iterdir():
            archive.write(part, f"../../../{part.name}")
        archive.writestr("/etc/passwd.shp", b"x")
        archive.writestr("run.exe", b"x")
    before = sorted(each.name for each in tmp_path.iterdir())
    assert read_folder(tmp_path / "city.zip").records[0].count == len(zoo.STREETS)
    assert sorted(each.name for each in tmp_path.iterdir()) == before


def test_that_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", bytes(60_000_000))
    with pytest.raises(BadFile, match="cannot be unpacked"):
        read_folder(tmp_path / "bomb.zip")
