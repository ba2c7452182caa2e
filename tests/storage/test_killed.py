"""Programs killed in the middle of their work (signal 9): nothing that was told to be kept is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from venueplanner.storage import plan_file
from venueplanner.storage.journal import leftovers, recover

CHECKOUT = Path(__file__).parents[2]
KILLS = 24
SAVE_KILLS = 12

_DRAW = """
import sys
from pathlib import Path
from types import MappingProxyType
import shapely
from venueplanner.domain.plan import Feature, Plan
from venueplanner.storage.journal import Journal
plan = Plan()
journal = Journal.start(Path(sys.argv[1]), plan, None)
print("ready", flush=True)
for number in range(100000):
    feature = Feature(f"id-{number}", "post", shapely.Point(number, number), MappingProxyType({"name": f"П{number}"}))
    new = plan.put("features", {feature.id: feature})
    journal.append(f"Draw {number}", new.since(plan))
    plan = new
    print(number, flush=True)
"""

_SAVE = """
import sys
from pathlib import Path
from types import MappingProxyType
import shapely
from venueplanner.domain.plan import Feature, Plan
from venueplanner.storage import plan_file
features = {}
for n in range(300):
    values = MappingProxyType({"name": f"{n}"})
    features[f"id-{n}"] = Feature(f"id-{n}", "note", shapely.Point(n, n), values)
for number in range(1, 100000):
    plan = Plan(MappingProxyType(features)).put("facts", {"title": str(number)})
    plan_file.save_plan(Path(sys.argv[1]), plan)
    print(number, flush=True)
"""


def killed_after(script: str, argument: Path, first: bytes, seconds: float) -> list[int]:
    """Run a script until it says `first`, then for some seconds more, and kill it. What it had acknowledged."""
    source = {**os.environ, "PYTHONPATH": str(CHECKOUT / "src")}
    command = [sys.executable, "-c", script, str(argument)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=source) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        assert line.strip() == first, process.stderr.read()
        time.sleep(seconds)
        process.kill()
        said = process.stdout.read().split()
    assert process.returncode != 0
    return [int(each) for each in said] if first == b"ready" else [int(first), *(int(each) for each in said)]


@pytest.mark.parametrize("seed", range(KILLS))
def test_that_work_survives_a_kill_with_at_most_the_step_in_progress_lost(tmp_path: Path, seed: int) -> None:
    told = killed_after(_DRAW, tmp_path, b"ready", random.Random(seed).uniform(0.0, 0.15))
    found = leftovers(tmp_path)
    if not told and not found:
        return  # killed before the first step was kept: an empty untitled plan is not offered
    (left,) = found
    plan, _, labels = recover(left)
    kept = len(labels)
    assert len(told) <= kept <= len(told) + 1
    assert list(plan.features) == [f"id-{number}" for number in range(kept)]
    assert labels == [f"Draw {number}" for number in range(kept)]


def test_that_a_kill_during_saving_leaves_the_plan_before_or_after(tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    chance = random.Random(3)
    for _ in range(SAVE_KILLS):
        last = killed_after(_SAVE, path, b"1", chance.uniform(0.0, 0.4))[-1]
        opened = plan_file.open_plan(path)
        assert int(opened.plan.fact("title")) in (last, last + 1)
        assert len(opened.plan.features) == 300
        assert not opened.edited
        assert opened.log_broken_at is None
    plan_file.save_plan(path, opened.plan)
    assert not list(tmp_path.glob(".*")), "the next save sweeps up"
