"""The file format: what it is now, which field types it knows, how older files come up to it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from venueplanner.domain import fields
from venueplanner.domain.errors import BadFile
from venueplanner.storage import columns, migrations, opening, plan_file, tables
from venueplanner.storage.database import engine_to_write

from .plans import full_plan

LOCK = Path(__file__).with_name("schema.lock")
_ADVICE = (
    "The kinds no longer make the tables of the lock. An added optional field: write its line into "
    "tests/storage/schema.lock, older plans read its default. Anything else: raise tables.FORMAT and "
    "write a step in storage/migrations, then the lock."
)


def test_that_the_tables_are_those_of_the_lock() -> None:
    locked = LOCK.read_text(encoding="utf-8").splitlines()
    assert [f"format {tables.FORMAT}", *tables.schema_lines()] == locked, _ADVICE


def test_that_every_field_type_has_a_column() -> None:
    assert set(columns.OF_TYPE) == set(fields.TYPES)


def test_that_there_is_a_step_from_every_older_format() -> None:
    assert sorted(migrations.STEPS) == list(range(1, tables.FORMAT))


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    plan_file.save_plan(tmp_path / "plan.gpkg", full_plan())
    return tmp_path / "plan.gpkg"


def _rename(connection: sa.Connection) -> None:
    connection.exec_driver_sql("UPDATE post SET name = 'renamed by the step'")


def test_that_an_older_plan_is_brought_up_on_a_copy(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = saved.read_bytes()
    monkeypatch.setattr(opening, "FORMAT", 3)
    monkeypatch.setattr(
        opening, "migrate", lambda db, old, new: migrations.migrate(db, old, new, {1: _rename, 2: _rename})
    )
    opened = plan_file.open_plan(saved)
    assert opened.migrated_from == 1
    assert [each.name for each in opened.plan.of("post")] == ["renamed by the step"]
    assert saved.read_bytes() == content


def test_that_a_plan_too_old_to_be_read_says_what_to_do(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "FORMAT", 2)
    with pytest.raises(BadFile, match="cannot read any more"):
        plan_file.open_plan(saved)


def test_that_steps_run_in_order_and_the_format_follows(saved: Path) -> None:
    ran: list[int] = []
    steps = {1: lambda _: ran.append(1), 2: lambda _: ran.append(2)}
    with engine_to_write(saved).begin() as connection:
        migrations.migrate(connection, 1, 3, steps)
    assert ran == [1, 2]
    with closing(sqlite3.connect(saved)) as db:
        assert db.execute("SELECT value FROM vp_meta WHERE key = 'format'").fetchone() == ("3",)
