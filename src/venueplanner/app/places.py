"""Where things lie: the program's resources, and the user's own folders for settings, journals and caches."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_HERE = Path(__file__).resolve()


def resources() -> Path:
    """The folder of languages, help, rules and icons: inside an installed wheel, or beside `src` in a checkout."""
    packed = _HERE.parents[1] / "_resources"
    return packed if packed.is_dir() else _HERE.parents[3] / "resources"


def sample_plan() -> Path:
    """The sample event plan that comes with the program."""
    return resources().parent / "sample_data" / "festival.gpkg"


def _own(name: str, otherwise: str) -> Path:
    home = os.environ.get("VENUEPLANNER_HOME")
    folder = Path(home) / name if home else Path(otherwise)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def settings_folder() -> Path:
    """The user's settings. `VENUEPLANNER_HOME` moves all own folders to one place (tests, USB sticks)."""
    return _own("settings", platformdirs.user_config_dir("venueplanner", appauthor=False))


def journal_folder() -> Path:
    """The crash journals of open plans."""
    return _own("journal", platformdirs.user_state_dir("venueplanner", appauthor=False))


def cache_folder() -> Path:
    """What can be made again: compiled kernels, thumbnails."""
    return _own("cache", platformdirs.user_cache_dir("venueplanner", appauthor=False))
