"""From starting the process to the first map on the screen, with the kernels compiled before (not the first run ever).

Each start is a process of its own without a screen, with fresh settings: the plan on the command line, until the canvas
has painted the city's first frame. "First" is the first start of this benchmark, when files may not be in the disk
cache; "next" the median of those after it. Compiling kernels on a machine for the first time is measured in `frames`.
QGIS is the C++ library opened by its Python, without its window, plugins and project, drawing the same layers.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.city_sets import CitySet
from tests.bench.event import plan_on
from tests.bench.figure import Figure
from tests.bench.grid_city import grid_city
from venueplanner.app import documents
from venueplanner.app.places import sample_plan
from venueplanner.domain.site import Layer
from venueplanner.storage import plan_file
from venueplanner.storage.city import store

STARTS = 3
HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]


def run() -> list[Figure]:
    """No plan, the sample, and the made-up city with 500 features."""
    with tempfile.TemporaryDirectory() as folder:
        large = written(grid_city(), Path(folder))
        figures = of_plan("without a plan", None, Path(folder))
        figures += of_plan("sample plan", sample_plan(), Path(folder))
        figures += of_plan("150 000 buildings, 500 features", large, Path(folder))
    return figures


def of_plan(name: str, plan: Path | None, folder: Path) -> list[Figure]:
    """Starts with one plan, ours and QGIS's in turn."""
    ours, theirs, bare, worked = [], [], [], []
    for number in range(STARTS):
        told = _started(plan, folder / f"home-{number}")
        ours.append(told["shown"])
        bare.append(told["imported"])
        worked.append(told["worked"])
        if plan is not None and (seconds := _qgis(plan, folder)) is not None:
            theirs.append(seconds)
    theirs_first = theirs[0] if theirs else None
    theirs_next = statistics.median(theirs[1:]) if theirs[1:] else None
    return [
        Figure(f"{name}: to the first map, first", ours[0], theirs_first, "s", "QGIS without its window"),
        Figure(
            f"{name}: to the first map, next", statistics.median(ours[1:]), theirs_next, "s", "QGIS without its window"
        ),
        Figure(f"{name}: of it until the window's code is loaded", statistics.median(bare[1:]), None, "s"),
        Figure(f"{name}: processor time, all threads", statistics.median(worked[1:]), None, "s"),
    ]


def written(city: CitySet, folder: Path) -> Path:
    """A plan file with the set in its package folder."""
    path = folder / "large.gpkg"
    plan = plan_on(city)
    package = store.folder_of(path)
    package.mkdir()
    from tests.bench.event import layers_of

    coordinates = documents.coordinates_of(plan)
    for layer in layers_of(city).values():
        _write(package, layer, coordinates.wkt)
    plan_file.save_plan(path, plan, rules=documents.profile_named("kg"))
    return path


def _write(package: Path, layer: Layer, wkt: str) -> None:
    from venueplanner.storage.city import twin

    target = package / f"{layer.id}.gpkg"
    store.write_layer(target, layer, wkt)
    twin.write(target.with_suffix(".npz"), layer, target)


def _started(plan: Path | None, home: Path) -> dict[str, float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "VENUEPLANNER_HOME": str(home)}
    cache = os.environ.get("VENUEPLANNER_HOME")
    environment["VENUEPLANNER_BENCH_KERNELS"] = cache or ""
    command = [sys.executable, str(HERE.with_name("first_map.py")), *([str(plan)] if plan else [])]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=ROOT)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _qgis(plan: Path, folder: Path) -> float | None:
    python = os.environ.get("VENUEPLANNER_QGIS_PYTHON", "/usr/bin/python3")
    environment = {"PATH": os.environ.get("PATH", ""), "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)}
    layers = sorted(store.folder_of(plan).glob("*.gpkg"))
    script = HERE.with_name("qgis_first_map.py")
    try:
        done = subprocess.run(
            [python, str(script), *map(str, layers)], env=environment, capture_output=True, text=True, check=True
        )
        return float(json.loads(done.stdout.splitlines()[-1])["shown"])
    except (OSError, subprocess.CalledProcessError, IndexError, ValueError):
        return None
