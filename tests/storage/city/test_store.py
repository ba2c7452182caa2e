"""The copy of city data beside the plan: whole or not there, the same after reloading, open to other programs."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from tests.storage.city import zoo
from venueplanner.domain.errors import BadFile, Cancelled, NoRoom
from venueplanner.domain.site import Layer
from venueplanner.storage.city import store, twin
from venueplanner.storage.city.folder import read_folder
from venueplanner.storage.city.report import CityImport


@pytest.fixture
def report(tmp_path: Path) -> CityImport:
    fields = (
        ("NAIMEN", "C", 60, 0),
        ("ODNOSTOR", "C", 4, 0),
        ("MOST", "C", 4, 0),
        ("SKOROST", "N", 6, 1),
        ("POLOSY", "N", 3, 0),
    )
    lines = [[[(zoo.X + 20 * n, zoo.Y), (zoo.X + 20 * n, zoo.Y + 300)]] for n in range(4)]
    rows = [
        ("Чүй", "yes", "no", "60.0", "2"),
        ("", "-1", "yes", "", "4"),
        ("Көчө «Ата-Журт»", "", "", "40.5", ""),
        ("x", "", "", "", "1"),
    ]
    zoo.write(
        tmp_path / "in", "dorogi", kind=zoo.LINE, shapes=lines, fields=fields, rows=rows, codec="utf-8", language=0
    )
    broken = zoo.write(tmp_path / "in", "zdaniya")
    zoo.patch(broken, zoo.offset_of(broken, 4), b"\0\0\0\0")
    return read_folder(tmp_path / "in")


def same(one: Layer, other: Layer) -> bool:
    assert list(one.columns) == list(other.columns)
    for name, column in one.columns.items():
        assert other.columns[name].dtype == column.dtype, name
        pairs = zip(column.tolist(), other.columns[name].tolist(), strict=True)
        assert all(a == b or (a != a and b != b) for a, b in pairs), name
    return bool(shapely.equals_exact(one.shapes, other.shapes).all())


@pytest.mark.parametrize("with_twin", [True, False])
def test_that_layers_come_back_as_they_were_saved(tmp_path: Path, report: CityImport, with_twin: bool) -> None:
    folder = store.folder_of(tmp_path / "fair.gpkg")
    store.save_layers(folder, report)
    if not with_twin:
        for each in folder.glob("*.npz"):
            each.unlink()
    loaded = store.load_layers(folder, report.records)
    assert all(same(one, other) for one, other in zip(report.layers, loaded, strict=True))


def test_that_a_changed_geopackage_counts_more_than_its_twin(tmp_path: Path, report: CityImport) -> None:
    folder = tmp_path / "fair.city"
    store.save_layers(folder, report)
    record = next(each for each in report.records if each.name == "zdaniya")
    path = folder / record.file
    layer = report.layer(record.id)
    fewer = Layer(layer.id, layer.role, layer.name, layer.shapes[:3], {k: v[:3] for k, v in layer.columns.items()})
    path.unlink()
    store.write_layer(path, fewer, report.coordinates.wkt)
    assert len(store.load_layer(folder, record)) == 3


def test_that_a_damaged_twin_is_passed_over(tmp_path: Path, report: CityImport) -> None:
    folder = tmp_path / "fair.city"
    store.save_layers(folder, report)
    for path in folder.glob("*.npz"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert all(same(*pair) for pair in zip(report.layers, store.load_layers(folder, report.records), strict=True))


def test_that_rows_set_aside_are_kept_with_what_they_held(tmp_path: Path, report: CityImport) -> None:
    folder = tmp_path / "fair.city"
    store.save_layers(folder, report)
    record = next(each for each in report.records if each.name == "zdaniya")
    (aside,) = store.set_aside_of(folder, record)
    assert (aside.row, aside.values["ULICA"]) == (5, zoo.STREETS[4])


def test_that_other_programs_open_the_copy_with_its_system(tmp_path: Path, report: CityImport) -> None:
    folder = tmp_path / "fair.city"
    store.save_layers(folder, report)
    record = next(each for each in report.records if each.name == "dorogi")
    meta, _, _, values = pyogrio.raw.read(folder / record.file, layer=record.id)
    assert meta["crs"] == "EPSG:32643"
    assert values[meta["fields"].tolist().index("name")].tolist() == ["Чүй", None, "Көчө «Ата-Журт»", "x"]
    assert pyogrio.read_info(folder / record.file, layer=record.id)["features"] == 4


def test_that_the_copy_passes_gdals_own_reader(tmp_path: Path, report: CityImport) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo is not installed")
    store.save_layers(tmp_path / "fair.city", report)
    for record in report.records:
        path = tmp_path / "fair.city" / record.file
        told = subprocess.run(
            ["ogrinfo", "-ro", "-so", str(path), record.id], capture_output=True, text=True, check=True
        )
        assert f"Feature Count: {record.count}" in told.stdout
        assert "ERROR" not in told.stderr


def test_that_a_missing_package_is_named(tmp_path: Path, report: CityImport) -> None:
    with pytest.raises(BadFile, match=r"city data is missing: fair\.city/"):
        store.load_layers(tmp_path / "fair.city", report.records)


def test_that_a_package_that_is_no_geopackage_is_named(tmp_path: Path, report: CityImport) -> None:
    folder = tmp_path / "fair.city"
    store.save_layers(folder, report)
    (folder / report.records[0].file).write_bytes(b"not a database")
    with pytest.raises(BadFile, match="cannot be used"):
        store.load_layers(folder, report.records)


def test_that_a_full_disk_leaves_the_old_copy_whole(
    tmp_path: Path, report: CityImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "fair.city"
    store.save_layers(folder, report)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    calls = iter(range(100))

    def full(*_: object) -> None:
        if next(calls) == 1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(twin, "write", full)
    with pytest.raises(NoRoom):
        store.save_layers(folder, report)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["fair.city", "in"]


def test_that_a_full_disk_leaves_nothing_of_a_first_copy(
    tmp_path: Path, report: CityImport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(twin, "write", full)
    with pytest.raises(NoRoom):
        store.save_layers(tmp_path / "fair.city", report)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["in"]


def test_that_a_read_only_folder_is_named(tmp_path: Path, report: CityImport, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> str:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    with pytest.raises(NoRoom, match="read-only"):
        store.save_layers(tmp_path / "fair.city", report)


def test_that_saving_as_takes_the_city_data_along(tmp_path: Path, report: CityImport) -> None:
    store.save_layers(tmp_path / "fair.city", report)
    store.copy_folder(tmp_path / "fair.city", tmp_path / "other.city")
    assert len(store.load_layers(tmp_path / "other.city", report.records)) == 2
    store.copy_folder(tmp_path / "gone.city", tmp_path / "nothing.city")
    assert not (tmp_path / "nothing.city").exists()


def test_that_an_empty_layer_is_kept_too(tmp_path: Path) -> None:
    report = read_folder(zoo.write(tmp_path / "in", shapes=[], rows=[]))
    store.save_layers(tmp_path / "fair.city", report)
    assert len(store.load_layers(tmp_path / "fair.city", report.records)[0]) == 0
    assert np.array_equal(report.layers[0].shapes, store.load_layers(tmp_path / "fair.city", report.records)[0].shapes)


def test_that_stopping_before_the_folder_is_touched_leaves_it_as_it_was(tmp_path: Path, report: CityImport) -> None:
    folder = store.folder_of(tmp_path / "fair.gpkg")
    store.save_layers(folder, report)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    beside = sorted(tmp_path.iterdir())

    def stopped() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        store.save_layers(folder, report, commit=stopped)
    with pytest.raises(Cancelled):
        store.save_layers(folder, report, cancelled=lambda: True)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert sorted(tmp_path.iterdir()) == beside
