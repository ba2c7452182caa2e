"""Time to take the largest sets into a plan, beside a plain read by pyogrio and geopandas, and QGIS loading the files.

Ours does more: encoding and coordinate system are decided with evidence, damaged rows mended or set aside, everything
transformed, written into the plan's package and made ready to open fast. The plain reads only bring shapes and
columns into memory. So opening what was imported is measured too. QGIS reads every feature of every layer once.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench import Missing
from tests.bench.city_sets import SHARED
from tests.bench.figure import Figure
from tests.bench.grid_city import grid_city

READ_ALL = """
import json, sys, time
from qgis.core import QgsApplication, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
start = time.perf_counter()
count = 0
for path in sys.argv[1:]:
    layer = QgsVectorLayer(path, path, "ogr")
    for feature in layer.getFeatures():
        count += feature.hasGeometry()
print(json.dumps({"ms": 1000 * (time.perf_counter() - start), "count": count}))
"""


def run() -> list[Figure]:
    """Vologda as the municipality would give it, and the made-up city as GeoPackages."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as folder:
        for prepare in (_vologda, _grid):
            try:
                name, source = prepare(Path(folder))
            except Missing as missing:
                print(f"  {prepare.__name__} not measured: {missing}", file=sys.stderr)
                continue
            figures += of_folder(name, source, Path(folder))
    return figures


def _vologda(folder: Path) -> tuple[str, Path]:
    source = SHARED / "vologda-ru" / "municipal_sk42_cp1251"
    if not source.is_dir():
        raise Missing("the shared city data is not beside this checkout")
    return "vologda", source


def _grid(folder: Path) -> tuple[str, Path]:
    source = folder / "grid-source"
    source.mkdir()
    grid_city().write(source)
    return "grid", source


def of_folder(name: str, source: Path, folder: Path) -> list[Figure]:
    """Import, opening, and the plain reads of one folder."""
    from venueplanner.app import city, documents

    plan = folder / f"{name}.gpkg"
    documents.create(plan)

    def bring_in() -> None:
        session = documents.open_session(plan)
        city.add_folder(session, source, plan_path=plan)
        documents.save(session, plan)

    files = sorted([*source.glob("*.shp"), *source.glob("*.gpkg")])
    ours = _timed(bring_in)
    opening = min(_timed(lambda: documents.open_session(plan)) for _ in range(3))
    plain = _timed(lambda: _pyogrio(files))
    frames = _timed(lambda: _geopandas(files))
    qgis = _qgis(files, folder)
    size = sum(layer.count for layer in documents.open_session(plan).plan.layers.values())
    shutil.rmtree(folder / f"{name}.city", ignore_errors=True)
    what = f"{name}, {size} rows"
    return [
        Figure(f"{what}: import", ours, plain, "ms", "pyogrio, read only"),
        Figure(f"{what}: import", ours, frames, "ms", "geopandas, read only"),
        Figure(f"{what}: import", ours, qgis, "ms", "QGIS, read only"),
        Figure(f"{what}: opening what was imported", opening, plain, "ms", "pyogrio, read only"),
        Figure(f"{what}: opening what was imported", opening, qgis, "ms", "QGIS, read only"),
    ]


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - start)


def _pyogrio(files: list[Path]) -> None:
    import pyogrio
    import shapely

    for path in files:
        _, _, wkb, _ = pyogrio.raw.read(path, encoding="cp1251" if path.suffix == ".shp" else None)
        shapely.from_wkb(wkb)


def _geopandas(files: list[Path]) -> None:
    import geopandas

    for path in files:
        geopandas.read_file(path, encoding="cp1251" if path.suffix == ".shp" else None)


def _qgis(files: list[Path], folder: Path) -> float | None:
    python = os.environ.get("VENUEPLANNER_QGIS_PYTHON", "/usr/bin/python3")
    environment = {"PATH": os.environ.get("PATH", ""), "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)}
    try:
        told = subprocess.run(
            [python, "-c", READ_ALL, *map(str, files)], env=environment, capture_output=True, text=True, check=True
        ).stdout
        return float(json.loads(told.splitlines()[-1])["ms"])
    except (OSError, subprocess.CalledProcessError, IndexError, ValueError):
        return None
