"""Make the sample plan file from its sources, with the program's own command line.

    python -m sample_data.make_plan

Takes ``sample_data/town``, ``festival.geojson`` and ``festival_threat.json`` into ``sample_data/festival.gpkg`` and
its folder of city data ``festival.city``. Run it again when one of the sources or the format of the plan file changes.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from venueplanner.cli.main import main as venueplanner

HERE = Path(__file__).resolve().parent
TITLE = "Summer Square Festival (fictitious)"


def make(plan: Path) -> None:
    """Make the plan file and its city folder at a new place. Raises `SystemExit` with the code of a failed step."""
    steps = (
        ["new", str(plan), "--title", TITLE, "--crs", "EPSG:3879"],
        ["import", str(plan), str(HERE / "town")],
        ["add", str(plan), str(HERE / "festival.geojson")],
        ["threat", str(plan), str(HERE / "festival_threat.json")],
    )
    for step in steps:
        code = venueplanner(step)
        if code != 0:
            raise SystemExit(code)


def main() -> None:
    """Make the plan aside, then put both parts in place of the old ones."""
    with tempfile.TemporaryDirectory() as aside:
        made = Path(aside) / "festival.gpkg"
        make(made)
        shutil.copyfile(made, HERE / made.name)
        shutil.rmtree(HERE / "festival.city", ignore_errors=True)
        shutil.copytree(made.with_suffix(".city"), HERE / "festival.city")


if __name__ == "__main__":
    sys.exit(main())
