"""What a saved plan file says about itself, without loading the plan."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def saved_hash(path: Path) -> str:
    """The hash of the plan that a file was written with, or an empty text when it cannot be told."""
    if not path.is_file():
        return ""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
            row = db.execute("SELECT value FROM vp_meta WHERE key = 'plan_hash'").fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""
