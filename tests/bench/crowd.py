"""Walking distances, shares of exits and the time to leave, beside a networkx grid and a linear program."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import shapely

from tests.bench.figure import Figure
from tests.oracles.crowds import clearing_by_programs, covered_by_points
from venueplanner.app import documents
from venueplanner.app.inspector import check_subject
from venueplanner.app.places import sample_plan
from venueplanner.checks import BY_ID, evacuation
from venueplanner.checks.leaving import gathering
from venueplanner.engine import crowds

NAME = "crowd"


def run() -> list[Figure]:
    """A made-up square of 200 m with 60 blocks, and the sample festival."""
    choose = np.random.default_rng(3)
    blocks = [shapely.box(x, y, x + 8, y + 6) for x, y in choose.uniform(0, 190, (60, 2))]
    box, cell = (0.0, 0.0, 200.0, 200.0), 0.5
    ground = crowds.walkable(box, blocks, cell=cell, most=10**6)
    door = ground.cells_of(shapely.Point(100, 2).buffer(2))
    crowds.distances(ground, door)  # compiled once
    figures = [
        Figure(
            "200 x 200 m with 60 blocks as cells",
            _best(lambda: crowds.walkable(box, blocks, cell=cell, most=10**6)),
            _best(lambda: covered_by_points(blocks, 0.0, 0.0, cell, ground.shape), 1),
            "ms",
            "shapely, point by point",
        ),
        Figure(
            "distances to one exit, 160,000 cells",
            _best(lambda: crowds.distances(ground, door)),
            _best(lambda: _by_networkx(ground.free, door), 1),
            "ms",
            "networkx, eight steps",
        ),
    ]
    people, walk = choose.uniform(20, 120, 40), choose.uniform(10, 150, (40, 5))
    rates = [4.0, 5.0, 3.0, 8.0, 4.0]
    figures.append(
        Figure(
            "40 groups, 5 exits: who leaves where",
            _best(lambda: crowds.clearing(people, walk, rates)),
            _best(lambda: clearing_by_programs(people, walk, rates, tolerance=1.0), 1),
            "ms",
            "linear programs",
        )
    )
    return figures + _sample()


def _sample() -> list[Figure]:
    session = documents.open_session(sample_plan(), to_change=False)
    site = session.site()
    area = max(site.of("crowd_area"), key=lambda each: each.number("people"))
    found = gathering(site, area)
    figures = [
        Figure("sample: whole evacuation, 5 exits", _best(lambda: evacuation._work_out(site, found)), None, "ms")
    ]
    for name in ("crowd-density", "exit-capacity", "entry-queue", "accessible-route", "enclosed"):
        check = BY_ID[name]
        took = _best(lambda check=check: check_subject(check, site, area))  # type: ignore[misc]
        figures.append(Figure(f"sample: check {name}", took, None, "ms"))
    return figures


def _best(work: Callable[[], Any], times: int = 3) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found) * 1000.0


def _by_networkx(free: np.ndarray, door: np.ndarray) -> object:
    graph = nx.Graph()
    rows, columns = free.shape
    for dr, dc in ((0, 1), (1, 0), (1, 1), (1, -1)):
        here = np.argwhere(free)
        there = here + np.array([dr, dc])
        inside = (there[:, 0] < rows) & (there[:, 1] >= 0) & (there[:, 1] < columns)
        here, there = here[inside], there[inside]
        both = free[there[:, 0], there[:, 1]]
        length = float(np.hypot(dr, dc))
        graph.add_weighted_edges_from(
            (tuple(a), tuple(b), length) for a, b in zip(here[both].tolist(), there[both].tolist(), strict=True)
        )
    goals = {tuple(each) for each in np.argwhere(door & free).tolist()}
    return nx.multi_source_dijkstra_path_length(graph, goals)
