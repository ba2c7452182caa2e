"""What is dropped from and set in the environment before GDAL, PROJ and Qt are loaded."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from venueplanner.domain.surroundings import FOREIGN, tidy

SRC = Path(__file__).resolve().parents[2] / "src"
READ_ALL = """
import os, sys
sys.path.insert(0, sys.argv[1])
from venueplanner.domain.surroundings import tidy
tidy(os.environ)
import pyogrio, rasterio.crs
drivers = pyogrio.list_drivers()
print(rasterio.crs.CRS.from_epsg(32643).to_string(), "OGR_VRT" in drivers, "GPKG" in drivers)
try:
    pyogrio.read_info(sys.argv[2])
except Exception as error:
    print(type(error).__name__)
"""


def test_that_what_other_programs_left_behind_is_dropped() -> None:
    environment = dict.fromkeys(FOREIGN, "/elsewhere") | {"HOME": "/home/planner"}
    tidy(environment)
    assert not set(FOREIGN) & set(environment)
    assert environment["HOME"] == "/home/planner"


def test_that_foreign_data_folders_and_pointing_files_do_no_harm(tmp_path: Path) -> None:
    (tmp_path / "proj.db").write_bytes(b"not a database")
    other = tmp_path / "secret.csv"
    other.write_text("name\nsecret\n", "utf-8")
    pointer = tmp_path / "streets.vrt"
    pointer.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{other}</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>",
        "utf-8",
    )
    polluted = {**os.environ, "PROJ_DATA": str(tmp_path), "PROJ_LIB": str(tmp_path), "GDAL_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(SRC), str(pointer)],
        env=polluted,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["EPSG:32643", "False", "True", "DataSourceError"]
