"""Ways in and smallest cordons on the densest km² of two cities, beside a script of shapely and networkx.

The script finds the widest way in by eroding: free ground is what is left of the window after buffering what stands
there by half a width, found by bisection to 5 cm. Its cordon is a minimum cut of networkx on squares of 10 m that are
free or not, so it is coarser than ours by some metres a closure.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import shapely
from shapely import affinity

from tests.bench import Missing
from tests.bench.city_sets import CitySet, vologda
from tests.bench.figure import Figure
from tests.bench.grid_city import grid_city
from venueplanner.engine.cordons import Wish, cordons
from venueplanner.engine.passage import ground_of, passage

NAME = "passage"
SIDE, AREA, LIMIT, WIDEST = 1000.0, 120.0, 1.2, 2.55
ROUNDS = 7
SQUARE = 10.0
SCRIPT = "shapely + networkx"


def run() -> list[Figure]:
    """Both cities; one that is not here is told on standard error."""
    figures: list[Figure] = []
    for build in (vologda, grid_city):
        try:
            city = build()
        except Missing as missing:
            print(f"  {build.__name__} not measured: {missing}", file=sys.stderr)
            continue
        figures += of_city(city)
    return figures


def of_city(city: CitySet) -> list[Figure]:
    """Passage from scratch and after one barrier moved, cordons for both objectives."""
    window, middle, standing = densest(city.shapes["polygon"])
    area = shapely.Point(middle).buffer(AREA)
    barriers = ring_of_barriers(middle)
    where = f"{city.name}, {len(standing)} buildings"

    def scratch() -> float:
        return passage(ground_of(standing, widest=WIDEST, window=window).with_more(barriers), area, limit=LIMIT).width

    ground = ground_of(standing, widest=WIDEST, window=window)
    moves = iter(range(1000))

    def moved() -> float:
        here = [*barriers[1:], affinity.translate(barriers[0], 0.1 * next(moves), 0)]
        return passage(ground.with_more(here), area, limit=LIMIT).width

    width, by_script = scratch(), 0.0
    started = time.perf_counter()
    by_script = eroded_width([*standing, *barriers], area, window)
    script = 1000 * (time.perf_counter() - started)
    print(f"  {where}: widest way in {width:.2f} m, by the script {by_script:.2f} m", file=sys.stderr)
    figures = [
        Figure(f"{where}: passage from scratch", milliseconds(scratch), script, "ms", SCRIPT),
        Figure(f"{where}: passage, one of {len(barriers)} barriers moved", milliseconds(moved), script, "ms", SCRIPT),
    ]
    started = time.perf_counter()
    squares = cut_of_squares(standing, area, window)
    script = 1000 * (time.perf_counter() - started)
    for objective in ("metres", "count"):

        def propose(objective: str = objective) -> Any:
            fresh = ground_of(standing, widest=WIDEST, window=window)
            return cordons(fresh, area, Wish(objective, LIMIT, answers=3))

        answer = propose()[0]
        print(
            f"  {where}: cordon by {objective} {answer.metres:.0f} m in {len(answer.closures)} closures, "
            f"by the script {squares:.0f} m",
            file=sys.stderr,
        )
        what = f"{where}: three cordons by {objective}, from scratch"
        figures.append(Figure(what, milliseconds(propose), script, "ms", f"{SCRIPT}, 1 cordon"))
    return figures


def densest(buildings: Any) -> tuple[Any, Any, Any]:
    """The square km with most buildings: its window, middle and buildings."""
    centre = shapely.get_coordinates(shapely.centroid(buildings))
    low, high = centre.min(axis=0), centre.max(axis=0)
    steps = [np.arange(a, b + SIDE, SIDE / 2) for a, b in zip(low, high, strict=True)]
    count, east, north = np.histogram2d(centre[:, 0], centre[:, 1], bins=steps)
    i, j = np.unravel_index(count.argmax(), count.shape)
    middle = np.array([east[i], north[j]]) + SIDE / 4
    window = shapely.box(*(middle - SIDE / 2), *(middle + SIDE / 2))
    return window, middle, buildings[shapely.intersects(window, buildings)]


def ring_of_barriers(middle: Any, count: int = 60) -> list[Any]:
    """Barriers 8 m long and 0.6 m deep, 2 m apart or so, round the area at 150 m."""
    made = []
    for turn in 2 * np.pi * np.arange(count) / count:
        line = shapely.LineString([(-4.0, 0.0), (4.0, 0.0)]).buffer(0.3, cap_style="flat")
        line = affinity.rotate(line, np.degrees(turn) + 90, origin=(0, 0))
        made.append(affinity.translate(line, middle[0] + 150 * np.cos(turn), middle[1] + 150 * np.sin(turn)))
    return made


def milliseconds(act: Callable[[], Any]) -> float:
    """Median of several runs after a first one that does not count."""
    act()
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - started))
    return float(np.median(taken))


def eroded_width(standing: list[Any], area: Any, window: Any) -> float:
    """Widest disc that gets from the window's edge to the area, by bisection on erosion."""
    solid = shapely.union_all(standing)

    def gets_in(width: float) -> bool:
        free = window.difference(solid.buffer(width / 2))
        parts = [each for each in shapely.get_parts(free) if each.intersects(window.exterior)]
        return any(each.intersects(area) for each in parts)

    low, high = 0.0, 100.0
    while high - low > 0.05:
        middle = (low + high) / 2
        low, high = (middle, high) if gets_in(middle) else (low, middle)
    return low


def cut_of_squares(standing: Any, area: Any, window: Any) -> float:
    """Metres of the minimum cut of a grid of squares; a square is free when its middle is."""
    x0, y0, x1, y1 = window.bounds
    xs, ys = np.arange(x0 + SQUARE / 2, x1, SQUARE), np.arange(y0 + SQUARE / 2, y1, SQUARE)
    x, y = np.meshgrid(xs, ys)
    free = np.ones(x.shape, dtype=bool)
    tree = shapely.STRtree(standing)
    free.ravel()[tree.query(shapely.points(x.ravel(), y.ravel()), predicate="within")[0]] = False
    inside = shapely.contains_xy(area, x.ravel(), y.ravel()).reshape(x.shape)
    graph = nx.Graph()
    rows, columns = x.shape
    for r in range(rows):
        for c in range(columns):
            if not free[r, c]:
                continue
            if inside[r, c]:
                graph.add_edge("area", (r, c), capacity=1e9)
            if r in (0, rows - 1) or c in (0, columns - 1):
                graph.add_edge("outside", (r, c), capacity=1e9)
            for there in ((r + 1, c), (r, c + 1)):
                if there[0] < rows and there[1] < columns and free[there]:
                    graph.add_edge((r, c), there, capacity=SQUARE)
    return float(nx.minimum_cut_value(graph, "area", "outside"))
