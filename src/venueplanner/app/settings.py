"""What a user has chosen for himself: language, theme, text size, recent plans, last folders. One small JSON file.

A damaged settings file is no reason not to start: it is put aside and the defaults hold.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import locale
import math
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .language import LANGUAGES
from .places import cache_folder, settings_folder

THEMES = ("system", "light", "dark")
MOST_RECENT = 8


def system_language() -> str:
    """The language of the machine where the program speaks it, else English."""
    spoken = os.environ.get("VENUEPLANNER_LANGUAGE") or locale.getlocale()[0] or ""
    code = {"Russian": "ru", "Kyrgyz": "ky"}.get(spoken.split("_")[0], spoken[:2].lower())
    return code if code in {each for each, _ in LANGUAGES} else "en"


@dataclass
class Settings:
    """The choices of one user. `keys` are his own keys by command or kind, several with " | " between them."""

    language: str = ""
    theme: str = "system"
    text_scale: float = 1.0
    signer: str = ""
    recent: list[str] = field(default_factory=list)
    folders: dict[str, str] = field(default_factory=dict)
    panels: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    @property
    def speaks(self) -> str:
        """The language in force."""
        return self.language or system_language()

    def opened(self, path: Path) -> None:
        """Put a plan at the top of the recent ones."""
        text = str(path.resolve())
        self.recent = [text, *(each for each in self.recent if each != text)][:MOST_RECENT]

    def forget(self, path: Path) -> None:
        """Take a plan out of the recent ones."""
        gone = {str(path), str(path.resolve())}
        self.recent = [each for each in self.recent if each not in gone]

    def folder(self, purpose: str) -> str:
        """The folder last used for a purpose (plans, city, packs), or the home folder."""
        last = self.folders.get(purpose, "")
        return last if last and Path(last).is_dir() else str(Path.home())


def _file() -> Path:
    return settings_folder() / "settings.json"


def load() -> Settings:
    """The saved settings, or the defaults."""
    try:
        raw = json.loads(_file().read_text(encoding="utf-8"))
    except OSError:
        return Settings()
    except (ValueError, RecursionError):
        _put_aside()
        return Settings()
    settings = Settings()
    for key, standard in asdict(settings).items():
        value = raw.get(key, standard) if isinstance(raw, dict) else standard
        if isinstance(value, type(standard)) or (isinstance(standard, float) and isinstance(value, int)):
            setattr(settings, key, value)
    settings.theme = settings.theme if settings.theme in THEMES else "system"
    settings.language = settings.language if settings.language in {code for code, _ in LANGUAGES} else ""
    scale = float(settings.text_scale)
    settings.text_scale = min(max(scale, 0.8), 2.0) if math.isfinite(scale) else 1.0
    settings.recent = [each for each in settings.recent if isinstance(each, str)]
    settings.folders = {key: each for key, each in settings.folders.items() if isinstance(each, str)}
    settings.keys = {key: each for key, each in settings.keys.items() if isinstance(each, str)}
    return settings


def _put_aside() -> None:
    """Keep a settings file that cannot be read beside the new one: somebody may want to look at it."""
    with contextlib.suppress(OSError):
        _file().replace(_file().with_suffix(".damaged"))


def save(settings: Settings) -> None:
    """Write the settings whole or not at all; a full or read-only disk is no reason to stop."""
    try:
        path = _file()
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
        fresh.replace(path)
    except OSError:
        return


def picture_of(path: Path) -> Path:
    """Where the small picture of a plan for the start page lies (it may not be there)."""
    folder = cache_folder() / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / (hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:24] + ".png")
