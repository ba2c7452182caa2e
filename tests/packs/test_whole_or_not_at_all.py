"""Where a pack cannot be written, people are told why, and nothing half-written lies about."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.packs import jobs
from venueplanner.domain.errors import NoRoom
from venueplanner.domain.pack import Pack
from venueplanner.packs import BY_ID


@pytest.fixture(params=["map-book", "field-map"])
def pack(request: pytest.FixtureRequest) -> Pack:
    return BY_ID[request.param]


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file may grow beyond `size` bytes: what a full disk looks like to a program."""
    resource = pytest.importorskip("resource", reason="limits of file sizes are not to be had on Windows")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("size", [0, 1000, 20_000])
def test_that_a_full_disk_is_said_and_the_older_file_stays(tmp_path: Path, pack: Pack, size: int) -> None:
    older = pack.make(jobs.job(tmp_path))[0]
    before = older.read_bytes()
    with room_for(size), pytest.raises(NoRoom) as told:
        pack.make(jobs.job(tmp_path, version="2"))
    assert older.read_bytes() == before
    assert list(tmp_path.iterdir()) == [older]
    assert older.name in told.value.say()


def test_that_a_folder_that_is_gone_is_said(tmp_path: Path, pack: Pack) -> None:
    with pytest.raises(NoRoom) as told:
        pack.make(jobs.job(tmp_path / "gone"))
    assert "gone" in told.value.say()
    assert "room on the disk" in told.value.say()


def test_that_a_folder_nobody_may_write_into_is_said(tmp_path: Path, pack: Pack) -> None:
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("this user may write into every folder")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(NoRoom):
            pack.make(jobs.job(tmp_path))
        assert not list(tmp_path.iterdir())
    finally:
        tmp_path.chmod(0o700)


def test_that_calling_off_leaves_nothing_behind(tmp_path: Path, pack: Pack) -> None:
    class CalledOff(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done:
            raise CalledOff

    job = jobs.job(tmp_path)
    object.__setattr__(job, "progress", stop)
    with pytest.raises(CalledOff):
        pack.make(job)
    assert not list(tmp_path.iterdir())
