"""Getting the kernels ready: in a fresh process, with a cache of one's own, without numba."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src"


def run(code: str, **environment: str) -> str:
    """What a fresh interpreter prints."""
    known = {k: v for k, v in os.environ.items() if k != "NUMBA_CACHE_DIR"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**known, "PYTHONPATH": str(SRC), **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_that_the_room_can_be_entered_without_numba() -> None:
    assert run("import venueplanner.raster, sys; print('numba' in sys.modules)") == "False"


def test_that_a_machine_without_numba_is_told_so_and_nothing_breaks() -> None:
    code = """
import sys
sys.modules["numba"] = None
from venueplanner.raster import KernelsMissingError, View, ready, render_frame, state
assert state() is None
found = ready()
assert not found.ok and "numba" in found.reason and state() is found
try:
    render_frame(View(0, 0, 1, 5, 5), ())
except KernelsMissingError as error:
    print("told:", "numba" in str(error))
"""
    assert run(code) == "told: True"


def test_that_machine_code_goes_to_the_folder_given_and_is_found_again(tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from venueplanner.raster import ready
assert ready(Path({str(tmp_path / "kernels")!r})).ok
from venueplanner.raster import kernel
print(sum(kernel.stroke.stats.cache_hits.values()))
"""
    assert run(code) == "0"
    assert list((tmp_path / "kernels").rglob("*.nbi"))
    assert run(code) == "1"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="permissions of this kind exist on POSIX only")
def test_that_a_folder_that_cannot_be_used_is_replaced_for_this_run(tmp_path: Path) -> None:
    blocked = tmp_path / "a file, not a folder"
    blocked.write_text("")
    code = f"""
from pathlib import Path
from venueplanner.raster import ready
print(ready(Path({str(blocked)!r})).ok)
"""
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    assert run(code, TMPDIR=str(temporary)) == "True"
    assert not list(temporary.iterdir())
