"""`python -m venueplanner.ui [--pictures DIR] [PLAN]`: the window as a process of its own."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from venueplanner.domain.surroundings import tidy


def main(argv: list[str]) -> int:
    """Open the window, or take its pictures."""
    tidy(os.environ)
    parser = argparse.ArgumentParser(prog="venueplanner-window")
    parser.add_argument("plan", type=Path, nargs="?")
    parser.add_argument("--pictures", type=Path, default=None)
    parser.add_argument("--large", action="store_true")
    words = parser.parse_args(argv)
    from .application import run_window, take_pictures

    if words.pictures is not None:
        sizes = ((1366, 768), (1920, 1080)) if words.large else ((1366, 768),)
        for path in take_pictures(words.plan, words.pictures, sizes):
            print(f"Wrote {path}")  # noqa: T201 - what the command line shows
        return 0
    return run_window(words.plan)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
