"""Starts the window with a plan, says when the first map is painted and ends. Run by `start.py`, a process each."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path


def begun() -> float:
    """When this process was started, on the clock of `time.time`; the interpreter's own start counts too."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
        up = float(Path("/proc/uptime").read_text().split()[0])
        return time.time() - (up - ticks / os.sysconf("SC_CLK_TCK"))
    except (OSError, ValueError, IndexError):
        return NOW


NOW = time.time()


def main() -> None:
    """Open as `run_window` does, wait for a painted frame, tell."""
    start = begun()
    from venueplanner.domain.surroundings import tidy

    tidy(os.environ)
    from venueplanner.app import documents, settings
    from venueplanner.ui.application import Running, application

    app = application()
    imported = time.time() - start
    running = Running(documents.new_session(), settings.load())
    canvas = running.window.canvas
    painted: list[float] = []
    canvas._maker.made.connect(lambda _: (canvas.repaint(), painted.append(time.time() - start)))
    running.window.resize(1366, 768)
    running.window.show()
    app.processEvents()
    if len(sys.argv) > 1:
        running.window.open_plan(Path(sys.argv[1]))
    else:  # the start page stands where the map will be
        running.window.repaint()
        painted.append(time.time() - start)
    end = time.time() + 60
    while time.time() < end:
        if painted and (len(sys.argv) < 2 or (canvas._frame is not None and canvas.session.live_layers)):
            break
        app.processEvents()
        time.sleep(0.002)
    shown, worked = painted[-1], time.process_time()
    print(json.dumps({"imported": imported, "shown": shown, "worked": worked}), flush=True)
    running.end()


if __name__ == "__main__":
    main()
