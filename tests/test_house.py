"""The rules of the house that no other tool watches: sizes, door signs, names, nothing of one machine in the files."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "venueplanner"
ROOMS = ("domain", "engine", "raster", "kinds", "checks", "edits", "storage", "packs", "app", "cli", "ui")
LONGEST = 400

EMPTY_WORDS = re.compile(r"utils?|managers?|helpers?", re.IGNORECASE)
# Written in pieces so that this file does not contain what it looks for.
OF_ONE_MACHINE = re.compile(
    r"(?<![\w.:~-])/(?:" + "wor" + "k|op" + "t/vp|roo" + r"t|tmp/te" + r"am)/|[a-z]\.pythonhosted\.|\bpyp" + r"i\.org"
)


def sources() -> list[Path]:
    return sorted(path for folder in ("src", "tests") for path in (ROOT / folder).rglob("*.py"))


def tracked() -> list[Path]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    names = listed.stdout.decode("utf-8").split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str | None:
    content = path.read_bytes()
    if b"\0" in content[:8192]:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def test_that_no_file_has_grown_into_two_rooms() -> None:
    lengths = {path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in sources()}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST} == {}


def test_that_the_rooms_are_the_rooms_of_the_house() -> None:
    found = {path.name for path in PACKAGE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert found == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_that_every_room_has_a_door_sign(room: str) -> None:
    sign = ast.get_docstring(ast.parse((PACKAGE / room / "__init__.py").read_text("utf-8"))) or ""
    assert len(sign.splitlines()) >= 2
    assert "import" in sign, "a door sign says what the room may import"
    assert "To add" in sign, "a door sign says how to add one"


def test_that_importing_one_room_loads_no_other() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    assert [type(statement) for statement in tree.body] == [ast.Expr]


def test_that_names_say_what_a_thing_is() -> None:
    empty = []
    for path in sources():
        names = [path.stem]
        tree = ast.parse(path.read_text("utf-8"))
        names += [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        names = [name for name in names if not name.startswith("test_that_")]  # sentences, not names
        parts = ((name, part) for name in names for part in re.findall(r"[A-Z]?[a-z]+", name))
        empty += [f"{path.relative_to(ROOT)}: {name}" for name, part in parts if EMPTY_WORDS.fullmatch(part)]
    assert empty == []


def test_that_no_file_speaks_of_one_machine_or_one_package_server() -> None:
    found = []
    for path in tracked():
        for number, line in enumerate((text_of(path) or "").splitlines(), 1):
            if match := OF_ONE_MACHINE.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {match.group()}")
    assert found == []


def test_that_the_watch_for_machine_paths_sees_them() -> None:
    assert OF_ONE_MACHINE.search("data = '" + "/wor" + "k/main/x'")
    assert OF_ONE_MACHINE.search("see https://pyp" + "i.org/simple")
    assert not OF_ONE_MACHINE.search("docs/work/plan.md and homework/x")


def test_that_every_pinned_package_carries_a_hash_and_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock", "packaging/installer.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "://" not in text, name
        for block in re.split(r"\n(?=\S)", text.strip()):
            assert re.match(r"[a-z0-9.-]+==\S+", block), f"{name}: {block[:60]}"
            assert "--hash=sha256:" in block, f"{name}: {block[:60]}"


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_that_void_qt_calls_do_not_lose_references_to_none() -> None:
    # PySide6 6.12.0 lost one reference a call on Python 3.11 and died after about 5 000 of them.
    from PySide6.QtGui import QPainterPath, QPen

    path, pen = QPainterPath(), QPen()
    before = sys.getrefcount(None)
    for step in range(10_000):
        path.moveTo(step, 0)
        pen.setWidth(2)
    assert sys.getrefcount(None) > before - 1_000
