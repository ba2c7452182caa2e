"""A plan edited in another program: what it changed is read back, and what cannot be taken is said."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import shapely

from venueplanner.domain.errors import BadFile
from venueplanner.domain.plan import Plan
from venueplanner.storage import plan_file
from venueplanner.storage.database import add_functions
from venueplanner.storage.geometry import to_blob

from .plans import EAST, NORTH, full_plan
from .test_plan_file_readers import system_python_with


@pytest.fixture
def plan() -> Plan:
    return full_plan()


@pytest.fixture
def saved(tmp_path: Path, plan: Plan) -> Path:
    plan_file.save_plan(tmp_path / "plan.gpkg", plan)
    return tmp_path / "plan.gpkg"


@contextmanager
def editing(path: Path) -> Iterator[sqlite3.Connection]:
    """The file in the hands of a program that knows the functions of its triggers."""
    with closing(sqlite3.connect(path)) as db, db:
        add_functions(db)
        yield db


def test_that_moved_renamed_and_deleted_features_are_read_back(saved: Path, plan: Plan) -> None:
    post, gate, note = plan.of("post")[0], plan.of("gate")[0], plan.of("note")[0]
    moved = shapely.Point(EAST + 5, NORTH + 7)
    with editing(saved) as db:
        db.execute("UPDATE post SET geom = ? WHERE uid = ?", (to_blob(moved, 32643), post.id))
        db.execute("UPDATE gate SET name = 'Түндүк дарбаза', width = 6.5 WHERE uid = ?", (gate.id,))
        db.execute("DELETE FROM note WHERE uid = ?", (note.id,))
    opened = plan_file.open_plan(saved)
    assert opened.edited
    assert opened.remarks == ()
    assert opened.plan.since(plan).ids() == {post.id, gate.id, note.id}
    assert opened.plan.features[post.id].shape == moved
    assert opened.plan.features[gate.id].name == "Түндүк дарбаза"
    assert opened.plan.features[gate.id]["width"] == 6.5


def test_that_a_new_row_without_an_id_gets_one(saved: Path, plan: Plan) -> None:
    with editing(saved) as db:
        db.execute("INSERT INTO post (geom, name) VALUES (?, 'P9')", (to_blob(shapely.Point(EAST, NORTH), 32643),))
    opened = plan_file.open_plan(saved)
    (new,) = [each for each in opened.plan.of("post") if each.id not in plan.features]
    assert uuid.UUID(new.id)
    assert new.name == "P9"
    assert new["people"] is None


def test_that_a_row_pasted_with_the_id_of_another_gets_its_own(saved: Path, plan: Plan) -> None:
    """Pasting from one layer into another copies the id; in one layer the file itself forbids it."""
    gate = plan.of("gate")[0]
    with editing(saved) as db:
        db.execute("INSERT INTO exit (uid, geom, name) SELECT uid, geom, name FROM gate WHERE uid = ?", (gate.id,))
    opened = plan_file.open_plan(saved)
    assert len(opened.plan.features) == len(plan.features) + 1
    assert "an id of its own" in opened.remarks[0].say()


def test_that_a_value_that_does_not_fit_is_left_empty_and_named(saved: Path, plan: Plan) -> None:
    perimeter = plan.of("perimeter")[0]
    with editing(saved) as db:
        db.execute("UPDATE perimeter SET vehicle_class = 'tank' WHERE uid = ?", (perimeter.id,))
        db.execute("UPDATE post SET people = -4")
        db.execute("UPDATE gate SET width = 'wide'")
    opened = plan_file.open_plan(saved)
    said = " | ".join(remark.say() for remark in opened.remarks)
    assert "Perimeters, row 1, Vehicle to withstand" in said
    assert "the least is 0" in said
    assert opened.plan.features[perimeter.id]["vehicle_class"] is None
    assert all(gate["width"] is None for gate in opened.plan.of("gate"))
    assert len(opened.remarks) == 4


def test_that_multi_shapes_become_single_ones(saved: Path, plan: Plan) -> None:
    first, second = plan.of("crowd_area")[0], plan.of("cordon")[0]
    one = shapely.MultiPolygon([shapely.box(EAST, NORTH, EAST + 5, NORTH + 5)])
    two = shapely.MultiLineString([[(EAST, NORTH), (EAST + 5, NORTH)], [(EAST, NORTH + 9), (EAST + 5, NORTH + 9)]])
    with editing(saved) as db:
        db.execute("UPDATE crowd_area SET geom = ? WHERE uid = ?", (to_blob(one, 32643), first.id))
        db.execute("UPDATE cordon SET geom = ? WHERE uid = ?", (to_blob(two, 32643), second.id))
    opened = plan_file.open_plan(saved)
    shape = opened.plan.features[first.id].shape
    assert shape is not None
    assert shape.equals(one.geoms[0])
    assert [each.shape for each in opened.plan.of("cordon")] == list(two.geoms)
    assert "made of 2 parts" in opened.remarks[0].say()


def test_that_shapes_with_heights_are_flattened(saved: Path, plan: Plan) -> None:
    high = b"GP" + bytes([0, 1]) + (32643).to_bytes(4, "little") + shapely.to_wkb(shapely.Point(1, 2, 3), flavor="iso")
    with editing(saved) as db:
        db.execute("UPDATE post SET geom = ?", (high,))
    (post,) = plan_file.open_plan(saved).plan.of("post")
    assert post.shape == shapely.Point(1, 2)
    assert post.shape is not None
    assert not post.shape.has_z


def test_that_added_and_removed_columns_are_no_obstacle(saved: Path, plan: Plan) -> None:
    with editing(saved) as db:
        db.execute("ALTER TABLE post ADD COLUMN asset_number TEXT")
        db.execute("UPDATE post SET asset_number = 'A-17'")
        db.execute("ALTER TABLE gate DROP COLUMN lanes")
        db.execute("DROP TABLE risk")
    opened = plan_file.open_plan(saved)
    assert [each["asset_number"] for each in opened.plan.of("post")] == ["A-17"]
    assert all(each["lanes"] == 1 for each in opened.plan.of("gate"))
    assert not opened.plan.of("risk")
    plan_file.save_plan(saved, opened.plan)
    again = plan_file.open_plan(saved)
    assert not again.edited
    assert not again.plan.since(opened.plan)


def test_that_an_edited_plan_with_damage_on_top_is_still_refused(saved: Path) -> None:
    with editing(saved) as db:
        db.execute("UPDATE post SET name = 'x'")
    data = bytearray(saved.read_bytes())
    data[4096:4200] = bytes(104)
    saved.write_bytes(data)
    with pytest.raises(BadFile, match="damaged"):
        plan_file.open_plan(saved)


def test_that_edits_still_in_the_log_of_another_program_are_read(saved: Path, plan: Plan, tmp_path: Path) -> None:
    """A stick pulled while QGIS had the plan open: the last edits lie in the -wal file beside it."""
    pulled = tmp_path / "stick" / "plan.gpkg"
    pulled.parent.mkdir()
    with closing(sqlite3.connect(saved)) as db:
        add_functions(db)
        db.execute("PRAGMA journal_mode=WAL")
        with db:
            db.execute("UPDATE post SET name = 'from the log'")
        for ending in ("", "-wal", "-shm"):
            shutil.copy(f"{saved}{ending}", f"{pulled}{ending}")
    before = {each.name: each.read_bytes() for each in pulled.parent.iterdir()}
    opened = plan_file.open_plan(pulled)
    assert [each.name for each in opened.plan.of("post")] == ["from the log"]
    assert {each.name: each.read_bytes() for each in pulled.parent.iterdir()} == before


def test_that_a_plan_left_in_the_other_journal_mode_is_read(saved: Path) -> None:
    with closing(sqlite3.connect(saved)) as db:
        db.execute("PRAGMA journal_mode=WAL")
    assert len(plan_file.open_plan(saved).plan.of("post")) == 1


_EDIT = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import *
QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False); app.initQgis()
layer = QgsVectorLayer(sys.argv[1] + "|layername=post", "post", "ogr")
assert layer.startEditing()
feature = next(layer.getFeatures())
assert layer.changeGeometry(feature.id(), QgsGeometry.fromPointXY(QgsPointXY(467050, 4747060)))
assert layer.changeAttributeValue(feature.id(), layer.fields().indexOf("name"), "Жылды")
new = QgsFeature(layer.fields()); new["name"] = "Жаңы"
new.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(467001, 4747002)))
assert layer.addFeature(new)
assert layer.commitChanges(), layer.commitErrors()
del layer
print("DONE", flush=True)
os._exit(0) if len(sys.argv) > 2 else app.exitQgis()
"""


@pytest.mark.parametrize("manner", [[], ["cut off"]], ids=["closed", "cut off"])
def test_that_edits_made_in_qgis_are_read_back(saved: Path, plan: Plan, manner: list[str]) -> None:
    python = system_python_with("qgis.core")
    command = [python, "-c", _EDIT, str(saved), *manner]
    run = subprocess.run(command, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
    assert "DONE" in run.stdout, run.stderr
    opened = plan_file.open_plan(saved)
    assert opened.edited
    assert opened.remarks == ()
    old, new = opened.plan.of("post")
    assert (old.name, old.shape) == ("Жылды", shapely.Point(467050, 4747060))
    assert (new.name, new.shape) == ("Жаңы", shapely.Point(467001, 4747002))
    assert opened.plan.since(plan).ids() == {old.id, new.id}
    plan_file.save_plan(saved, opened.plan)
    assert json.dumps([each.name for each in plan_file.open_plan(saved).plan.of("post")], ensure_ascii=False)
    assert not plan_file.open_plan(saved).plan.since(opened.plan)
