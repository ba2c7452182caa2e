"""Commands that open the window, or do the same job without one: `open`, `start`.

The window is a process of its own, so this room needs no Qt.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from venueplanner.app import documents, packing, reporting
from venueplanner.app.places import sample_plan

from .words import Commands


def declare_open(commands: Commands) -> None:
    """`open [PLAN]`."""
    command = commands.add_parser("open", help="open the window, with a plan when one is named")
    command.add_argument("plan", type=Path, nargs="?", metavar="PLAN", help="the plan file (default: the start page)")
    command.set_defaults(run=lambda words: _window([str(words.plan)] if words.plan else []))


def declare_start(commands: Commands) -> None:
    """`start [--out DIR]`."""
    command = commands.add_parser("start", help="open the sample plan; without a display do the same job into a folder")
    command.add_argument(
        "--out", type=Path, default=Path("out"), metavar="DIR", help="folder used without a display (default: out)"
    )
    command.add_argument("--headless", action="store_true", help="work without a window even where there is a display")
    command.set_defaults(run=_start)


def has_display() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _window(arguments: list[str], **environment: str) -> int:
    command = [sys.executable, "-m", "venueplanner.ui", *arguments]
    return subprocess.call(command, env={**os.environ, **environment})  # noqa: S603 - our own module


def _start(words: argparse.Namespace) -> int:
    if has_display() and not words.headless:
        return _window([str(sample_plan())])
    print("There is no display here: the sample plan is checked, packed and pictured without a window.")
    session = documents.open_session(sample_plan(), to_change=False)
    inspector = reporting.inspect(session)
    for line in reporting.lines(session, inspector, words.language):
        print(line)
    out = words.out.resolve()
    written = packing.make(session, out, words.language, inspector=inspector)
    for path in written:
        print(f"Wrote {path}")
    return _window(["--pictures", str(out), str(sample_plan())], QT_QPA_PLATFORM="offscreen")
