"""Other programs and the plan file: GDAL's checker, pyogrio, QGIS."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pyogrio
import pytest

from venueplanner import kinds
from venueplanner.storage import plan_file

from .plans import EAST, NORTH, STATES, a_finding, full_plan

SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "Иш-чара планы.gpkg"
    plan_file.save_plan(path, full_plan(), findings=[a_finding()], states=STATES)
    return path


def system_python_with(module: str) -> str:
    """The system's Python when it has a module; skips the test otherwise."""
    if not Path(SYSTEM_PYTHON).exists():
        pytest.skip("no system Python")
    run = subprocess.run([SYSTEM_PYTHON, "-c", f"import {module}"], capture_output=True, env={"PATH": "/usr/bin:/bin"})
    if run.returncode:
        pytest.skip(f"the system's Python has no {module}")
    return SYSTEM_PYTHON


def test_that_gdals_own_checker_finds_nothing(saved: Path) -> None:
    python = system_python_with("osgeo_utils.samples.validate_gpkg")
    command = [python, "-m", "osgeo_utils.samples.validate_gpkg", "--extra", "--warning-as-error", str(saved)]
    run = subprocess.run(command, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
    assert run.returncode == 0, run.stdout + run.stderr


def test_that_gdals_own_checker_does_find_a_planted_mistake(saved: Path) -> None:
    import sqlite3
    from contextlib import closing

    python = system_python_with("osgeo_utils.samples.validate_gpkg")
    with closing(sqlite3.connect(saved)) as db, db:
        db.execute("UPDATE gpkg_geometry_columns SET geometry_type_name = 'POINT' WHERE table_name = 'perimeter'")
    command = [python, "-m", "osgeo_utils.samples.validate_gpkg", "--extra", "--warning-as-error", str(saved)]
    run = subprocess.run(command, capture_output=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
    assert run.returncode != 0


@pytest.mark.parametrize("kind", kinds.ALL, ids=lambda kind: kind.id)
def test_that_pyogrio_reads_every_layer_with_kyrgyz_letters(saved: Path, kind: kinds.Kind) -> None:
    frame = pyogrio.read_dataframe(saved, layer=kind.id)
    assert list(frame["name"]) == [f"ңөү ҢӨҮ {kind.id} {number}" for number in range(max(len(kind.shapes), 1))]
    if kind.shapes:
        near = pyogrio.read_dataframe(saved, layer=kind.id, bbox=(EAST - 1, NORTH - 1, EAST + 1, NORTH + 1))
        far = pyogrio.read_dataframe(saved, layer=kind.id, bbox=(EAST - 9, NORTH - 9, EAST - 5, NORTH - 5))
        assert (len(near), len(far)) == (len(kind.shapes), 0)
        assert frame.crs.to_epsg() == 32643


def test_that_ogrinfo_reads_it_without_a_warning(saved: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo is not installed")
    run = subprocess.run(
        ["ogrinfo", "-ro", "-al", str(saved)], capture_output=True, text=True, env={"PATH": "/usr/bin"}
    )
    assert run.returncode == 0
    assert "Warning" not in run.stderr
    assert "ERROR" not in run.stderr


_LOOK = """
import json, os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import *
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor
QgsApplication.setPrefixPath("/usr", True)
app = QgsApplication([], False); app.initQgis()
path, tables = sys.argv[1], json.loads(sys.argv[2])
found = {}
probe = QgsVectorLayer(path, "x", "ogr")
for sub in probe.dataProvider().subLayers():
    parts = sub.split(QgsDataProvider.sublayerSeparator())
    if parts[1] not in tables: continue
    layer = QgsVectorLayer(f"{path}|layername={parts[1]}|geometrytype={parts[3]}", parts[1], "ogr")
    _, styled = layer.loadDefaultStyle()
    layer.setLabelsEnabled(False)
    settings = QgsMapSettings(); settings.setLayers([layer]); settings.setDestinationCrs(layer.crs())
    extent = layer.extent(); extent.grow(20); settings.setExtent(extent)
    settings.setFlag(QgsMapSettings.Antialiasing, False)
    settings.setOutputSize(QSize(200, 200)); settings.setBackgroundColor(QColor("white"))
    job = QgsMapRendererSequentialJob(settings); job.start(); job.waitForFinished(); picture = job.renderedImage()
    colours = {picture.pixelColor(x, y).name() for x in range(200) for y in range(200)}
    aliases = {field.name(): layer.attributeAlias(at) for at, field in enumerate(layer.fields())}
    found[f"{parts[1]} {parts[3]}"] = {"styled": styled, "colours": sorted(colours), "alias": aliases["name"],
                                       "count": layer.featureCount()}
print("FOUND " + json.dumps(found), flush=True)
os._exit(0)  # QGIS takes its objects down in an order of its own
"""


def test_that_qgis_opens_it_with_our_symbols(saved: Path) -> None:
    python = system_python_with("qgis.core")
    tables = {kind.id: kind for kind in kinds.ALL if kind.shapes}
    command = [python, "-c", _LOOK, str(saved), json.dumps(list(tables))]
    run = subprocess.run(command, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"})
    answer = next((line for line in run.stdout.splitlines() if line.startswith("FOUND ")), None)
    assert answer, run.stderr
    found = json.loads(answer.removeprefix("FOUND "))
    assert len(found) == sum(len(kind.shapes) for kind in tables.values())
    for name, seen in found.items():
        style = tables[name.split()[0]].style
        assert style is not None
        assert seen["styled"], name
        assert seen["count"] == 1, name
        assert {style.stroke.lower(), style.fill.lower()} & set(seen["colours"]), (name, seen["colours"])
        assert seen["alias"] == "Name", name
