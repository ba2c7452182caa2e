"""Power cut after any disk operation of a save: the plan before or the plan after, never something between."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from venueplanner.domain.errors import BadFile
from venueplanner.domain.plan import Plan
from venueplanner.storage import disk as disks
from venueplanner.storage import plan_file, seal, writing_plan
from venueplanner.storage.journal import Journal, leftovers, recover

from .plans import full_plan
from .power import Connection, Disk, NotingVFS, cuts


@pytest.fixture
def disk() -> Iterator[Disk]:
    made = Disk()
    vfs = NotingVFS("cut", made)
    yield made
    vfs.unregister()


def noted_save(path: Path, plan: Plan, disk: Disk, patch: pytest.MonkeyPatch, *, careful: bool) -> None:
    """Save a plan with every disk operation noted; `careful` is how the program does it, else nothing is synced."""

    def engine(fresh: Path) -> sa.Engine:
        creator = lambda: Connection(fresh, "cut", "FULL" if careful else "OFF")  # noqa: E731
        made = sa.create_engine("sqlite://", creator=creator, poolclass=NullPool)
        made.dialect.on_connect = lambda: None  # type: ignore[method-assign]  # it would talk to the usual module
        return made

    def noting_seal(fresh: Path) -> None:
        before = fresh.read_bytes()
        seal.put_seal(fresh)
        after = fresh.read_bytes()
        places = [at for at in range(len(before)) if before[at] != after[at]]
        disk.note("write", str(fresh), places[0], after[places[0] : places[-1] + 1])
        if careful:
            disk.note("sync", str(fresh))

    def noting_sync(fresh: Path) -> None:
        disks.sync_file(fresh)
        if careful:
            disk.note("sync", str(fresh))

    def noting_replace(fresh: Path, target: Path) -> None:
        disks.replace_whole(fresh, target)
        disk.note("rename", str(fresh), 0, target.name.encode())
        if careful:
            disk.note("sync folder", str(target.parent))

    with patch.context() as inner:
        inner.setattr(writing_plan, "engine_to_write", engine)
        inner.setattr(writing_plan, "put_seal", noting_seal)
        inner.setattr(plan_file, "sync_file", noting_sync)
        inner.setattr(plan_file, "replace_whole", noting_replace)
        plan_file.save_plan(path, plan)


def outcomes(folder: Path, old: bytes, new: Plan, disk: Disk) -> dict[str, int]:
    """How many cuts leave the old plan, the new one, damage, and lose a save that was reported done."""
    found = {"cuts": 0, "old": 0, "new": 0, "damaged": 0, "lost": 0}
    known: dict[str, str] = {hashlib.sha256(old).hexdigest(): "old"}
    look = folder / "after" / "plan.gpkg"
    look.parent.mkdir()
    for count, files in cuts(disk, seed=11):
        content = files.get("plan.gpkg", old)
        key = hashlib.sha256(content).hexdigest()
        if key not in known:
            look.write_bytes(content)
            try:
                known[key] = "damaged" if plan_file.open_plan(look).plan.since(new) else "new"
            except BadFile:
                known[key] = "damaged"
        found["cuts"] += 1
        found[known[key]] += 1
        found["lost"] += count == len(disk.log) and known[key] != "new"
    return found


@pytest.fixture
def old(tmp_path: Path) -> bytes:
    plan_file.save_plan(tmp_path / "plan.gpkg", Plan().put("facts", {"title": "before"}))
    return (tmp_path / "plan.gpkg").read_bytes()


def test_that_no_power_cut_damages_a_plan_or_loses_a_finished_save(
    tmp_path: Path, old: bytes, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = full_plan()
    noted_save(tmp_path / "plan.gpkg", new, disk, monkeypatch, careful=True)
    found = outcomes(tmp_path, old, new, disk)
    assert found["cuts"] > 500
    assert found["old"] > 0
    assert found["new"] > 0
    assert (found["damaged"], found["lost"]) == (0, 0), found


def test_that_the_harness_notices_a_save_that_synchronises_nothing(
    tmp_path: Path, old: bytes, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = full_plan()
    noted_save(tmp_path / "plan.gpkg", new, disk, monkeypatch, careful=False)
    found = outcomes(tmp_path, old, new, disk)
    assert found["damaged"] > 0
    assert found["lost"] > 0


def test_that_the_disk_model_is_the_disk(tmp_path: Path, disk: Disk) -> None:
    """All operations applied give the very file that SQLite left."""
    path = tmp_path / "x.db"
    db = apsw.Connection(str(path), vfs="cut")
    db.execute("PRAGMA journal_mode=DELETE; CREATE TABLE t (a); INSERT INTO t VALUES (randomblob(9000)); DELETE FROM t")
    db.execute("VACUUM")
    db.close()
    *_, (_, files) = [each for each in cuts(disk, 1) if each[0] == len(disk.log)]
    assert files == {"x.db": path.read_bytes()}


def test_that_a_journal_cut_at_any_byte_gives_back_the_whole_steps_before(tmp_path: Path) -> None:
    plan = Plan()
    journal = Journal.start(tmp_path / "made", plan, None)
    ends = [journal.file_path.stat().st_size]
    for number in range(4):
        new = plan.put("facts", {"title": f"Кадам {number}"})
        journal.append(f"{number}", new.since(plan))
        plan = new
        ends.append(journal.file_path.stat().st_size)
    data = journal.file_path.read_bytes()
    journal.close()
    folder = tmp_path / "cut"
    folder.mkdir()
    for length in range(ends[0], len(data) + 1):
        path = folder / f"20260831T120000-{length:08d}.journal"
        path.write_bytes(data[:length])
        whole = sum(length >= end for end in ends[1:])
        found = leftovers(folder)
        if whole == 0:
            assert not any(left.steps for left in found)
        else:
            (left,) = found
            assert recover(left)[2] == [str(number) for number in range(whole)]
            assert (left.note is None) == (length in ends)
            left.discard()
        path.unlink(missing_ok=True)
    assert list(folder.iterdir()) == []
