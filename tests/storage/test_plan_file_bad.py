"""Files that are no plan, no longer whole, or too new: a plain sentence each, never a traceback."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import geopandas
import pytest
import shapely

from venueplanner.domain.errors import BadFile, NewerFile
from venueplanner.storage import plan_file

from .plans import full_plan

FLIPS = 300


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a sound plan file."""
    path = tmp_path_factory.mktemp("good") / "plan.gpkg"
    plan_file.save_plan(path, full_plan())
    return path.read_bytes()


def refusal(path: Path) -> str:
    with pytest.raises(BadFile) as caught:
        plan_file.open_plan(path)
    assert path.name in caught.value.say() or str(path.parent.name) in caught.value.say()
    assert str(caught.value.hint)
    return caught.value.say()


def test_that_a_missing_file_is_named(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "nothing.gpkg")


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + bytes(500), b"<html></html>" * 50])
def test_that_something_else_named_gpkg_is_not_a_plan(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.gpkg"
    path.write_bytes(content)
    assert "not a GeoPackage" in refusal(path)


def test_that_a_database_is_not_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("CREATE TABLE accounts (id INTEGER)")
    assert "not a GeoPackage" in refusal(path)


def test_that_another_programs_geopackage_is_not_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "streets.gpkg"
    geopandas.GeoDataFrame({"name": ["a"]}, geometry=[shapely.Point(0, 0)], crs="EPSG:32643").to_file(path)
    assert "another program" in refusal(path)


def test_that_a_newer_plan_asks_for_a_newer_program(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "plan.gpkg"
    path.write_bytes(good)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE vp_meta SET value = '99' WHERE key = 'format'")
    with pytest.raises(NewerFile, match="format 99"):
        plan_file.open_plan(path)


@pytest.mark.parametrize("part", [16, 50, 99, 100, 101, 4096, 0.1, 0.5, 0.9, 0.999, -1])
def test_that_a_truncated_plan_is_refused(tmp_path: Path, good: bytes, part: float) -> None:
    path = tmp_path / "plan.gpkg"
    path.write_bytes(good[:-1] if part == -1 else good[: int(part if part >= 1 else part * len(good))])
    assert refusal(path)


def test_that_bytes_put_behind_the_end_are_noticed(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "plan.gpkg"
    path.write_bytes(good + b"more")
    assert "damaged" in refusal(path)


def test_that_every_single_changed_byte_is_noticed_or_harmless(tmp_path: Path, good: bytes) -> None:
    """SQLite's own check misses about four in ten of these; the seal may miss none that changes the plan."""
    chance = random.Random(20261123)
    path = tmp_path / "plan.gpkg"
    path.write_bytes(good)
    whole = plan_file.open_plan(path).plan
    places = [*range(100), *(chance.randrange(100, len(good)) for _ in range(FLIPS))]
    unnoticed = []
    for at in places:
        changed = bytearray(good)
        changed[at] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        try:
            opened = plan_file.open_plan(path)
        except BadFile:
            continue
        unnoticed.append(at)
        assert not opened.plan.since(whole), f"byte {at}"
    assert not unnoticed


def test_that_changed_bytes_do_get_past_sqlites_own_check(tmp_path: Path, good: bytes) -> None:
    """Why there is a seal: without it most changes of content would pass."""
    chance = random.Random(7)
    path = tmp_path / "plan.gpkg"
    passed = 0
    for _ in range(60):
        changed = bytearray(good)
        changed[chance.randrange(100, len(good))] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)
        try:
            with closing(sqlite3.connect(path)) as db:
                passed += db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except sqlite3.DatabaseError:
            continue
    assert passed > 10


def test_that_opening_never_writes(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "plan.gpkg"
    path.write_bytes(good)
    before = path.stat().st_mtime_ns
    plan_file.open_plan(path)
    assert path.read_bytes() == good
    assert path.stat().st_mtime_ns == before
    assert [each.name for each in tmp_path.iterdir()] == ["plan.gpkg"]
