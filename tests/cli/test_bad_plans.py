"""Plans that cannot be read or written: a sentence on standard error, a documented code, nothing half-written."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from venueplanner.packs import picture
from venueplanner.storage import plan_file

from .scenes import Run, Said, closed_but_for, dead_end, geojson, row

CHECKOUT = Path(__file__).parents[2]


def words_of(command: str, plan: Path, folder: Path) -> list[object]:
    """A whole command on a plan; what it needs beside the plan is made in `folder`."""
    if command == "import":
        return ["import", plan, dead_end(folder / "city", 60.0)]
    if command == "add":
        return ["add", plan, geojson(folder / "f.geojson", row("post", shapely.Point(0, 0)))]
    if command == "pack":
        return ["pack", plan, "--out", folder / "out", "--only", "field-map"]
    if command == "render":
        return ["render", plan, folder / "picture.png"]
    return [command, plan]


def _is_sentence(said: Said) -> None:
    assert said.out == ""
    assert said.err.startswith("venueplanner: ")
    assert said.err.endswith((".\n", "?\n"))
    assert len(said.err.splitlines()) == 1


def _foreign(path: Path) -> None:
    geopandas.GeoDataFrame({"name": ["a"]}, geometry=[shapely.Point(0, 0)], crs="EPSG:32643").to_file(path)


def _newer(path: Path) -> None:
    plan_file.save_plan(path, plan_file.Plan())
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE vp_meta SET value = '99' WHERE key = 'format'")


def _cut(path: Path) -> None:
    plan_file.save_plan(path, plan_file.Plan())
    path.write_bytes(path.read_bytes()[:5000])


BAD: dict[str, tuple[int, Callable[[Path], Any]]] = {
    "missing": (4, lambda path: None),
    "empty": (4, lambda path: path.write_bytes(b"")),
    "text": (4, lambda path: path.write_text("a plan, honestly")),
    "folder": (4, lambda path: path.mkdir()),
    "another program's": (4, _foreign),
    "truncated": (4, _cut),
    "newer": (5, _newer),
}


@pytest.mark.parametrize("command", ["check", "info", "add", "import", "pack", "render"])
@pytest.mark.parametrize("sort", BAD)
def test_that_a_plan_that_is_none_is_said_and_left_alone(run: Run, tmp_path: Path, command: str, sort: str) -> None:
    code, spoil = BAD[sort]
    plan = tmp_path / "plans" / "bad.gpkg"
    plan.parent.mkdir()
    spoil(plan)
    before = plan.read_bytes() if plan.is_file() else None
    said = run(*words_of(command, plan, tmp_path))
    _is_sentence(said)
    assert said.code == code
    assert "bad.gpkg" in said.err
    assert (plan.read_bytes() if plan.is_file() else None) == before
    assert {path.name for path in plan.parent.iterdir()} <= {"bad.gpkg"}
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "picture.png").exists()


def test_that_new_never_replaces_a_plan_unasked(run: Run, plan: Path) -> None:
    before = plan.read_bytes()
    said = run("new", plan, "--title", "Other")
    _is_sentence(said)
    assert said.code == 4
    assert "--force" in said.err
    assert plan.read_bytes() == before
    assert run("new", plan, "--title", "Other", "--force").code == 0
    assert run("info", plan, "--json").json["facts"]["title"] == "Other"


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--crs", "EPSG:4326"], 7, "not in metres"),
        (["--crs", "EPSG:nonsense"], 7, "EPSG:nonsense"),
        (["--profile", "mars"], 8, "The profiles are: kg"),
        (["--profile", "../rules/kg"], 8, "The profiles are: kg"),
    ],
)
def test_that_new_refuses_what_it_cannot_know(
    run: Run, tmp_path: Path, options: list[str], code: int, words: str
) -> None:
    said = run("new", tmp_path / "p.gpkg", *options)
    _is_sentence(said)
    assert (said.code, words in said.err) == (code, True), said.err
    assert not list(tmp_path.glob("p*"))


@pytest.mark.parametrize("force", [False, True])
def test_that_new_cannot_write_over_a_folder(run: Run, tmp_path: Path, force: bool) -> None:
    (tmp_path / "p.gpkg").mkdir()
    said = run("new", tmp_path / "p.gpkg", *(["--force"] if force else []))
    _is_sentence(said)
    assert said.code == (6 if force else 4)
    assert list(tmp_path.iterdir()) == [tmp_path / "p.gpkg"]


def test_that_a_folder_that_does_not_exist_is_named(run: Run, tmp_path: Path) -> None:
    said = run("new", tmp_path / "gone" / "p.gpkg")
    _is_sentence(said)
    assert said.code == 6
    assert "folder of" in said.err


@pytest.mark.parametrize(
    ("words", "code", "said_words"),
    [
        (["check", "--only", "gaps"], 8, "The checks are: coverage-gap"),
        (["check", "--phase", "Noon"], 8, "The phases are: –"),
        (["pack", "--only", "poster"], 8, "The packs are: map-book"),
        (["pack", "--paper", "A9"], 7, "A4, A3"),
        (["pack", "--scale", "big"], 7, "a number is needed"),
        (["pack", "--exercise", "perhaps"], 7, "yes or no"),
        (["render", "--size", "huge"], 7, "1600x1000"),
        (["render", "--size", "5x5"], 7, "1600x1000"),
    ],
)
def test_that_an_unknown_word_is_answered_with_the_known_ones(
    run: Run, plan: Path, tmp_path: Path, words: list[str], code: int, said_words: str
) -> None:
    more: list[object] = {"pack": ["--out", tmp_path / "out"], "render": [tmp_path / "p.png"]}.get(words[0], [])
    before = plan.read_bytes()
    said = run(words[0], plan, *more, *words[1:])
    _is_sentence(said)
    assert (said.code, said_words in said.err) == (code, True), said.err
    assert plan.read_bytes() == before
    assert not list(tmp_path.glob("out/*"))
    assert not list(tmp_path.glob("*.png"))


@pytest.mark.parametrize(
    "wrong", [[], ["fly"], ["check"], ["check", "p", "--loud"], ["render", "p", "q", "--theme", "x"]]
)
def test_that_wrong_words_are_code_64_with_the_usage(run: Run, wrong: list[str]) -> None:
    said = run(*wrong)
    assert said.code == 64
    assert "usage: venueplanner" in said.err


def test_that_a_picture_or_pack_where_none_can_be_is_said(run: Run, plan: Path, tmp_path: Path) -> None:
    run("add", plan, geojson(tmp_path / "f.geojson", *closed_but_for(2.4)))
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "file").write_text("in the way")
    before = plan.read_bytes()
    for words in (
        ["render", plan, tmp_path / "folder.png"],
        ["render", plan, tmp_path / "gone" / "p.png"],
        ["pack", plan, "--out", tmp_path / "file"],
        ["pack", plan, "--out", tmp_path / "file" / "below"],
    ):
        said = run(*words)
        _is_sentence(said)
        assert said.code == 6, said.err
    assert plan.read_bytes() == before
    assert not list(tmp_path.glob(".*"))
    assert not list((tmp_path / "folder.png").iterdir())


@pytest.mark.parametrize("command", ["add", "import"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_that_a_full_or_read_only_disk_leaves_plan_and_folder(
    run: Run, plan: Path, tmp_path: Path, command: str, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_of(command, plan, tmp_path)
    before, names = plan.read_bytes(), sorted(plan.parent.rglob("*"))

    def full(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(plan_file, "write_plan", full)
        said = run(*words)
    _is_sentence(said)
    assert said.code == 6
    assert ("no room left" if number == errno.ENOSPC else "read-only") in said.err
    assert plan.read_bytes() == before
    assert sorted(plan.parent.rglob("*")) == names
    assert run(*words).code == 0


def test_that_a_full_disk_leaves_the_old_picture(
    run: Run, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("add", plan, geojson(tmp_path / "f.geojson", *closed_but_for(2.4)))
    old = tmp_path / "p.png"
    old.write_bytes(b"the old one")

    class Full:
        def __init__(self, image: Any) -> None:
            self.image = image

        def save(self, name: str) -> bool:
            Path(name).write_bytes(b"half")
            return False

    real = picture.draw
    monkeypatch.setattr(picture, "draw", lambda *args, **named: Full(real(*args, **named)))
    said = run("render", plan, old)
    _is_sentence(said)
    assert said.code == 6
    assert old.read_bytes() == b"the old one"
    assert not list(tmp_path.glob(".*"))


_AS_SOMEBODY = """
import os, sys
from venueplanner.cli.main import main
main(["add", sys.argv[3], sys.argv[2]])  # whatever is loaded late is loaded while it can be
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
sys.exit(main(["add", sys.argv[1], sys.argv[2]]))
"""


def test_that_a_read_only_folder_is_said(run: Run, plan: Path, tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        locked, file = folder / "plan.gpkg", folder / "f.geojson"
        locked.write_bytes(plan.read_bytes())
        geojson(file, row("post", shapely.Point(0, 0)))
        locked.chmod(0o444)
        folder.chmod(0o555)
        words = [sys.executable, "-c", _AS_SOMEBODY, str(locked), str(file), str(plan)]
        source = {**os.environ, "PYTHONPATH": str(CHECKOUT / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(words, capture_output=True, text=True, env=source)
        folder.chmod(0o755)
        assert sorted(path.name for path in folder.iterdir()) == ["f.geojson", "plan.gpkg"]
    assert done.returncode == 6, done.stderr
    assert "read-only" in done.stderr
    assert "Traceback" not in done.stderr
