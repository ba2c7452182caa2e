"""What every test of the command line gets: `run`, and an empty plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from .scenes import Run, runner


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


@pytest.fixture
def plan(run: Run, tmp_path: Path) -> Path:
    """An empty plan file in a folder of its own."""
    path = tmp_path / "plans" / "festival.gpkg"
    path.parent.mkdir()
    assert run("new", path).code == 0
    return path
