"""What the packs load before anybody makes one."""

from __future__ import annotations

import subprocess
import sys


def test_that_the_libraries_of_the_field_map_are_loaded_with_the_first_page_only() -> None:
    told = subprocess.run(
        [sys.executable, "-c", "import sys, venueplanner.packs; print(*{'folium', 'pandas'} & set(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == ""
