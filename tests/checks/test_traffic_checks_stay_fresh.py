"""The checks of traffic in a living session: after any edit, near or far, incremental equals full."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
import shapely
from shapely.geometry import LineString, Point

from venueplanner.app.inspector import Inspector
from venueplanner.app.jobs import Inline
from venueplanner.app.session import Session
from venueplanner.checks import ALL
from venueplanner.domain.check import Check
from venueplanner.edits import features, places

from .scenes import layer, site
from .test_traffic_checks import AREA, HOUSES, closure, route, streets

IDS = ("closure-detour", "closure-signs", "access", "emergency-ways", "first-engine")
TRAFFIC = tuple(each for each in ALL if each.id in IDS)
FAR = LineString([(300, 100), (5000, 100)])


def session() -> Session:
    fire = layer("points", Point(590, 104), kind=["fire_station"])
    things: list[tuple[str, Any, dict[str, Any]]] = [closure(), AREA, route((0, 0), (290, 0))]
    place = site(*things, layers=(streets(FAR), HOUSES, fire))
    return Session(place.plan, place.rules, layers=dict(place.layers))


def random_edit(living: Session, choose: random.Random) -> None:
    plan = living.plan
    row, start = 100 * choose.randrange(3), choose.choice([choose.uniform(0, 200), 120.0, 400.0])
    along = LineString([(start, row), (start + choose.uniform(20, 90), row)])
    act = choose.randrange(7)
    if act == 0:
        means = choose.choice(["signs", "barrier", "barrier"])
        hours = choose.choice([{}, {"start": "2027-01-01T10:00", "end": "2027-01-01T12:00"}])
        living.do("Close", features.add, kind="closure", shape=along, values={"means": means, **hours})
    elif act == 1:
        linked = [each.id for each in plan.of("closure")][:1]
        living.do("Divert", features.add, kind="diversion", shape=along, values={"closures": linked})
    elif act == 2:
        at = choose.choice([Point(start, row + 4), Point(112, 96), Point(186, 96)])
        purpose = choose.choice(["closed", "advance", "detour"])
        living.do("Sign", features.add, kind="sign", shape=at, values={"purpose": purpose})
    elif act == 3:
        line = shapely.LineString([(start, -6), (start, 6)])
        kind = choose.choice(["barrier", "gate", "cordon"])
        living.do("Stand", features.add, kind=kind, shape=line, values={"use": "emergency"} if kind == "gate" else {})
    elif act == 4:
        living.undo()
    elif act == 5 and len(plan.of("closure")) > 1:
        living.do("Remove", features.remove, ids=[choose.choice(plan.of("closure")).id])
    else:
        there = plan.of("closure", "diversion", "sign", "barrier", "gate", "perimeter", "emergency_route")
        shift = {"east": choose.uniform(-60, 60), "north": choose.choice([-100.0, 0.0, 100.0])}
        living.do("Move", places.move, ids=[choose.choice(there).id], **shift)


def answers(inspector: Inspector) -> dict[str, str]:
    return {f"{each.check} {each.id}": f"{each.severity} {each.text} {each.cover}" for each in inspector.findings}


def disagreements(checks: tuple[Check, ...], seed: int, steps: int = 14) -> int:
    living = session()
    live = Inspector(living, checks, Inline())
    live.check_all()
    choose, wrong = random.Random(seed), 0
    for _ in range(steps):
        random_edit(living, choose)
        full = Inspector(living, TRAFFIC, Inline())
        full.check_all()
        assert all(status.state != "failed" for status in full.states.values()), full.states
        wrong += answers(live) != answers(full)
        full.close()
    return wrong


@pytest.mark.parametrize("seed", range(5))
def test_that_incremental_equals_full(seed: int) -> None:
    assert disagreements(TRAFFIC, seed) == 0


@pytest.mark.parametrize("kind", ["closure", "diversion", "sign"])
def test_that_a_check_that_forgets_to_watch_is_noticed(kind: str) -> None:
    blind = tuple(replace(each, watches=each.watches - {kind}) for each in TRAFFIC)
    assert sum(disagreements(blind, seed) for seed in range(5)) > 0


def test_that_a_reach_that_is_too_small_is_noticed() -> None:
    short = tuple(replace(each, reach=lambda site: 1.0) for each in TRAFFIC)
    assert sum(disagreements(short, seed) for seed in range(5)) > 0
