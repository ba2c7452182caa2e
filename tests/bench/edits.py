"""Time from an edit to fresh findings with 500 features round a perimeter of 2 km, all checks on, real threads.

Beside two baselines on the same data: checking everything afresh, and what one would script with shapely and networkx
(`script.py`). The journal is written, as in the window. Edits that no check watches (a post) are counted apart: they
would only make the median look better.
"""

from __future__ import annotations

import queue
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from shapely import affinity

from tests.bench import Missing, script
from tests.bench.city_sets import CitySet, vologda
from tests.bench.event import FEATURES, session_on
from tests.bench.figure import Figure
from tests.bench.grid_city import grid_city
from venueplanner.app.checking import CHECKS
from venueplanner.app.inspector import Inspector
from venueplanner.app.jobs import Threads
from venueplanner.app.session import Session
from venueplanner.domain.plan import Plan
from venueplanner.edits import features, vertices
from venueplanner.storage.journal import Journal

WATCHED, UNWATCHED, FULL = 72, 24, 12
PATIENCE = 60.0
Act = Callable[[Session], None]


def run() -> list[Figure]:
    """The largest real set with streets and buildings, then a made-up one."""
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
    """First findings, edits, full checks and the script on one set."""
    session = session_on(city)
    desk = Desk(session)
    with tempfile.TemporaryDirectory() as folder:
        session.journal = Journal.start(Path(folder), session.plan, None)
        try:
            first = desk.fresh_after(lambda: desk.inspector.check_all())
            watched, full, worked = [], [], 0.0
            for number, act in enumerate(acts(session.plan, WATCHED)):
                before = time.process_time()
                watched.append(desk.fresh_after(act, session))
                worked += 1000 * (time.process_time() - before) / WATCHED
                if number % (WATCHED // FULL) == 0:  # in between, so that a busy machine is as busy for both
                    full.append(desk.fresh_after(lambda: desk.inspector.check_all()))
            unwatched = [desk.fresh_after(act, session) for act in posts(session.plan, UNWATCHED)]
        finally:
            desk.close()
            session.journal.close()
    started = time.perf_counter()
    script.answer(city, session.plan)
    by_hand = 1000 * (time.perf_counter() - started)
    sizes = f"{city.name}, {FEATURES} features"
    everything, plain = "everything checked afresh", "shapely + networkx"
    return [
        Figure(f"{sizes}: first findings", first, None, "ms"),
        Figure(f"{sizes}: {WATCHED} edits, median", middle(watched), middle(full), "ms", everything),
        Figure(f"{sizes}: {WATCHED} edits, p95", high(watched), high(full), "ms", everything),
        Figure(f"{sizes}: {WATCHED} edits, longest", max(watched), max(full), "ms", everything),
        Figure(f"{sizes}: {WATCHED} edits, median", middle(watched), by_hand, "ms", plain),
        Figure(f"{sizes}: processor time an edit, all threads, mean", worked, None, "ms"),
        Figure(f"{sizes}: {UNWATCHED} moves of a post, p95", high(unwatched), high(full), "ms", everything),
    ]


class Desk:
    """A session with its inspector in threads, and this thread in the part of the window's."""

    def __init__(self, session: Session) -> None:
        self._posted: queue.Queue[Callable[[], None]] = queue.Queue()
        self._runner = Threads(self._posted.put)
        self.inspector = Inspector(session, CHECKS, self._runner)

    def fresh_after(self, act: Callable[..., None], *args: Any) -> float:
        """Milliseconds from the act to the moment no answer is stale any more."""
        start = time.perf_counter()
        act(*args)
        while self.inspector.busy:
            self._posted.get(timeout=PATIENCE)()
        return 1000 * (time.perf_counter() - start)

    def close(self) -> None:
        """End the threads."""
        self.inspector.close()
        self._runner.close()


def acts(plan: Plan, count: int) -> Iterator[Act]:
    """What a planner does to the line: moves a barrier, a cordon, a corner of the perimeter, changes, adds, undoes."""
    barriers = [each.id for each in plan.of("barrier")]
    cordons = [each.id for each in plan.of("cordon")]
    gates = [each.id for each in plan.of("gate")]
    rng = np.random.default_rng(1)
    for number in range(count):
        east, north = (float(each) for each in rng.uniform(-3, 3, 2))
        barrier, cordon = barriers[number % len(barriers)], cordons[(7 * number) % len(cordons)]
        yield (
            move(barrier, east, north),
            move(cordon, east / 3, north / 3),
            corner(number, east, north),
            change(barrier, clear_gap=float(1 + number % 3)),
            change(gates[number % len(gates)], state=("open", "guarded")[number % 2]),
            lambda session: session.undo() and None,
            add(barrier, east, north),
            change("perimeter", vehicle_class=("N1", "N2A", "M1")[(number // 8) % 3]),
        )[number % 8]


def posts(plan: Plan, count: int) -> Iterator[Act]:
    """Moves of posts, which no check watches."""
    ids = [each.id for each in plan.of("post")]
    for number in range(count):
        yield move(ids[number % len(ids)], 1.0 + number / 10, -1.0)


def move(feature_id: str, east: float, north: float) -> Act:
    """A feature dragged by some metres."""

    def act(session: Session) -> None:
        shape = affinity.translate(session.plan.features[feature_id].shape, east, north)
        session.do("Move", vertices.reshape, id=feature_id, shape=shape)

    return act


def corner(number: int, east: float, north: float) -> Act:
    """A corner of the perimeter dragged by some metres."""

    def act(session: Session) -> None:
        old = session.plan.features["perimeter"].shape
        assert old is not None
        ring = [list(place) for place in old.exterior.coords[:-1]]  # type: ignore[attr-defined]
        ring[number % len(ring)][0] += east
        ring[number % len(ring)][1] += north
        session.do("Move corner", vertices.reshape, id="perimeter", shape=type(old)(ring))

    return act


def change(feature_id: str, **values: object) -> Act:
    """A value typed into the form."""
    return lambda session: session.do("Change", features.change, id=feature_id, values=values) and None  # type: ignore[func-returns-value]


def add(like: str, east: float, north: float) -> Act:
    """One more barrier beside another."""

    def act(session: Session) -> None:
        shape = affinity.translate(session.plan.features[like].shape, east, north)
        session.do("Add", features.add, kind="barrier", shape=shape)

    return act


def middle(values: list[float]) -> float:
    """The median."""
    return float(np.median(values))


def high(values: list[float]) -> float:
    """The 95th percentile."""
    return float(np.percentile(values, 95))
