"""A disk that is full or cannot be written to: a sentence, and the plan that was there is untouched."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from venueplanner.domain.errors import NoRoom
from venueplanner.domain.plan import Plan
from venueplanner.storage import database, plan_file, writing_plan

from .plans import full_plan

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "plans" / "plan.gpkg"
    path.parent.mkdir()
    plan_file.save_plan(path, Plan().put("facts", {"title": "before"}))
    return path


def refused(path: Path, plan: Plan | None = None) -> str:
    """The sentence of a save that cannot be done; what was there is still there, and nothing else is."""
    content = path.read_bytes()
    names = sorted(each.name for each in path.parent.iterdir() if each.suffix != ".versions")
    with pytest.raises(NoRoom) as caught:
        plan_file.save_plan(path, plan or full_plan())
    assert path.read_bytes() == content
    assert sorted(each.name for each in path.parent.iterdir() if each.suffix != ".versions") == names
    assert plan_file.open_plan(path).plan.fact("title") == "before"
    return caught.value.say()


@pytest.mark.parametrize("pages", [1, 2, 5, 20, 60, 100])
def test_that_a_disk_that_fills_up_while_writing_leaves_the_old_plan(
    saved: Path, pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def engine(path: Path) -> sa.Engine:
        made = database.engine_to_write(path)
        sa.event.listen(made, "connect", lambda db, _: db.execute(f"PRAGMA max_page_count={pages}"))
        return made

    monkeypatch.setattr(writing_plan, "engine_to_write", engine)
    assert "no room left" in refused(saved)


def _failing(real: Callable[..., object], at: int, number: int) -> Callable[..., object]:
    calls = iter(range(10**6))

    def call(*args: object, **named: object) -> object:
        if next(calls) == at:
            raise OSError(number, os.strerror(number))
        return real(*args, **named)

    return call


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
@pytest.mark.parametrize("name", ["os.fsync", "os.open", "pathlib.Path.replace", "pathlib.Path.open"])
def test_that_a_failure_of_any_single_disk_call_leaves_the_old_plan_or_the_new_one(
    saved: Path, name: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = saved.read_bytes()
    plan = full_plan()
    failed = 0
    for at in range(12):
        with monkeypatch.context() as patch:
            owner: object = {"os.fsync": os, "os.open": os}.get(name, Path)
            attribute = name.rsplit(".", 1)[1]
            patch.setattr(owner, attribute, _failing(getattr(owner, attribute), at, number))
            try:
                plan_file.save_plan(saved, plan)
            except NoRoom:
                failed += 1
        opened = plan_file.open_plan(saved).plan
        assert saved.read_bytes() == content or not opened.since(plan)
        saved.write_bytes(content)
        assert not list(saved.parent.glob(".*"))
    assert failed > 0


def test_that_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoRoom, match=r"folder of .* does not exist"):
        plan_file.save_plan(tmp_path / "gone" / "plan.gpkg", Plan())


def test_that_what_reads_back_differently_never_replaces_a_plan(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = writing_plan.write_plan

    def forgetful(path: Path, plan: Plan, *rest: object) -> None:
        real(path, plan.put("features", {next(iter(plan.features)): None}), *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(plan_file, "write_plan", forgetful)
    assert "reads back differently" in refused(saved)


_AS_SOMEBODY = """
import os, sys
from pathlib import Path
from venueplanner.domain.errors import NoRoom
from venueplanner.storage import plan_file
plan = plan_file.open_plan(Path(sys.argv[1])).plan
plan_file.save_plan(Path(sys.argv[2]), plan)  # whatever is loaded late is loaded while it can be
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
plan = plan_file.open_plan(Path(sys.argv[1])).plan
try:
    plan_file.save_plan(Path(sys.argv[1]), plan)
except NoRoom as error:
    print("REFUSED", error.say())
"""


def test_that_a_read_only_folder_is_named_and_its_plan_can_still_be_read(saved: Path, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plan = folder / "plan.gpkg"
        plan.write_bytes(saved.read_bytes())
        plan.chmod(0o444)
        folder.chmod(0o555)
        command = [sys.executable, "-c", _AS_SOMEBODY, str(plan), str(tmp_path / "scratch.gpkg")]
        source = {**os.environ, "PYTHONPATH": str(CHECKOUT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        run = subprocess.run(command, capture_output=True, text=True, env=source)
        folder.chmod(0o755)
    assert run.stdout.startswith("REFUSED"), run.stdout + run.stderr
    assert "read-only" in run.stdout


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte, where the system lets us have one."""
    folder = tmp_path / "stick"
    folder.mkdir()
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True)
    if mount.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_that_a_stick_that_is_really_full_keeps_the_old_plan(small_disk: Path) -> None:
    path = small_disk / "plan.gpkg"
    plan_file.save_plan(path, Plan().put("facts", {"title": "before"}))
    (small_disk / "film.bin").write_bytes(bytes(400_000))
    assert "no room left" in refused(path)


def test_that_errors_of_sqlite_itself_are_put_in_words(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(plan_file, "write_plan", broken)
    assert "disk I/O error" in refused(saved)
