"""Time to draw a whole frame of a city, 1600 x 1000 pixels, beside QGIS drawing the same GeoPackage.

Ours keeps the layer in memory and paints class by class; QGIS reads its file for each frame and keeps the order of
features. So QGIS with its layers copied into memory is measured as well. Where a building is smaller than a pixel we
paint its area and no outline, QGIS paints its outline too: at city scale that is part of the difference. Rounds
alternate and the median is given, because a neighbour on the machine moves single figures by a factor of two.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from tests.bench import Missing
from tests.bench.city_sets import CitySet, made_up, porto, vologda
from tests.bench.figure import Figure
from venueplanner.raster import ClassStyle, Painted, Ragged, Stroke, Style, View, colour, ready, render_frame

WIDTH, HEIGHT = 1600, 1000
ROUNDS = 5
THREADS = max(2, (os.cpu_count() or 2) - 1)
LOOKS: dict[str, dict[str, Any]] = {
    "polygon": {"fill": "#D9D5CC", "outline": "#BDB7AA", "outline_px": 1},
    "line": {"line": "#FFFFFF", "width_px": 3, "casing": "#CFCAC0", "casing_px": 1},
}
STYLES = {
    "polygon": Style.of(ClassStyle(fill=colour("#D9D5CC"), outline=Stroke(colour("#BDB7AA"), 1))),
    "line": Style.of(ClassStyle(stroke=Stroke(colour("#FFFFFF"), 3, casing=colour("#CFCAC0"), casing_px=1))),
}


def run() -> list[Figure]:
    """All sets at hand at four scales."""
    found = ready()
    if not found.ok:
        raise Missing(f"the kernels cannot be used here: {found.reason}")
    figures = [Figure("kernels ready", found.seconds, None, "s")]
    for build in (vologda, porto, made_up):
        try:
            city = build()
        except Missing as missing:
            print(f"  {build.__name__} not measured: {missing}", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as folder:
            figures += of_city(city, Path(folder))
    return figures


def of_city(city: CitySet, folder: Path) -> list[Figure]:
    """Preparing, keeping and drawing one set."""
    start = time.perf_counter()
    ragged = {family: Ragged.build(shapes, family=family) for family, shapes in city.shapes.items()}  # type: ignore[arg-type]
    built = 1000 * (time.perf_counter() - start)
    for family, each in ragged.items():
        each.save(folder / family)
    start = time.perf_counter()
    layers = tuple(Painted(Ragged.load(folder / family), STYLES[family]) for family in ragged)
    figures = [
        Figure(
            f"{city.name}: arrays mapped from disk",
            1000 * (time.perf_counter() - start),
            built,
            "ms",
            "made from shapes",
        )
    ]
    views = views_of(city)
    paths = city.write(folder)
    with qgis(paths, memory=False) as from_file, qgis(paths, memory=True) as from_memory:
        for scale, view in views.items():
            ours: list[float] = []
            alone: list[float] = []
            file: list[float | None] = []
            memory: list[float | None] = []
            for _ in range(ROUNDS):
                ours.append(timed(lambda view=view: render_frame(view, layers, 0xF2F0EB, THREADS)))
                alone.append(timed(lambda view=view: render_frame(view, layers, 0xF2F0EB, 1)))
                file.append(from_file(view))
                memory.append(from_memory(view))
            what = f"{city.name}: {scale}, {view.metres_per_pixel:.3g} m/px"
            figures += [
                Figure(f"{what}, {THREADS} threads", statistics.median(ours), middle(file), "ms", "QGIS from file"),
                Figure(f"{what}, {THREADS} threads", statistics.median(ours), middle(memory), "ms", "QGIS from memory"),
                Figure(f"{what}, 1 thread", statistics.median(alone), middle(file), "ms", "QGIS from file"),
            ]
    return figures


def views_of(city: CitySet) -> dict[str, View]:
    """The whole set, then closer and closer to where it is densest."""
    west, south, east, north = shapely.total_bounds(np.concatenate(list(city.shapes.values())))
    main = city.shapes[max(city.shapes, key=lambda family: len(city.shapes[family]))]
    box = shapely.bounds(main)
    cx, cy = (float(v) for v in np.median(0.5 * (box[:, :2] + box[:, 2:]), axis=0))
    whole = max((east - west) / WIDTH, (north - south) / HEIGHT)
    return {
        "city": View(0.5 * (west + east), 0.5 * (south + north), whole, WIDTH, HEIGHT),
        "district": View(cx, cy, 5.0, WIDTH, HEIGHT),
        "neighbourhood": View(cx, cy, 1.25, WIDTH, HEIGHT),
        "block": View(cx, cy, 0.25, WIDTH, HEIGHT),
    }


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def middle(values: Sequence[float | None]) -> float | None:
    """The median, or None where nothing was measured."""
    known = [v for v in values if v is not None]
    return statistics.median(known) if known else None


@contextmanager
def qgis(paths: dict[str, Path], memory: bool) -> Iterator[Callable[[View], float | None]]:
    """A function that gives the milliseconds QGIS takes for a view, and None for ever where QGIS is not installed."""
    python = os.environ.get("VENUEPLANNER_QGIS_PYTHON", "/usr/bin/python3")
    script = Path(__file__).with_name("qgis_frames.py")
    folder = next(iter(paths.values())).parent
    environment = {"PATH": os.environ.get("PATH", ""), "QT_QPA_PLATFORM": "offscreen", "HOME": str(folder)}
    layers = [{"path": str(path), **LOOKS[family]} for family, path in paths.items()]
    try:
        peer = subprocess.Popen(
            [python, str(script)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    except OSError:
        yield lambda view: None
        return
    assert peer.stdin is not None
    assert peer.stdout is not None
    told, heard = peer.stdin, peer.stdout

    def ask(question: dict[str, Any]) -> dict[str, Any]:
        try:
            told.write(json.dumps(question) + "\n")
            told.flush()
            return dict(json.loads(heard.readline() or "{}"))
        except BrokenPipeError:
            return {}

    def frame(view: View) -> float | None:
        return ask({"cx": view.cx, "cy": view.cy, "mpp": view.metres_per_pixel}).get("ms")

    try:
        ask({"width": WIDTH, "height": HEIGHT, "memory": memory, "layers": layers})
        yield frame
    finally:
        with suppress(BrokenPipeError):
            told.close()
        heard.close()
        peer.wait(timeout=60)
