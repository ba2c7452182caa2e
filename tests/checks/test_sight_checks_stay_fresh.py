"""The checks of cameras and posts in a living session: after any edit near them incremental equals full."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
import shapely
from shapely import affinity

from venueplanner.app.inspector import Inspector, check_subject
from venueplanner.app.jobs import Inline
from venueplanner.app.session import Session
from venueplanner.checks import ALL
from venueplanner.domain.check import Check
from venueplanner.domain.plan import Plan
from venueplanner.domain.site import Site
from venueplanner.edits import features, places

from .scenes import layer, site

HOUSES = layer("buildings", shapely.box(-40, 20, -20, 60), shapely.box(70, -30, 120, 10), kind=["apartments", "school"])
SIGHT = tuple(each for each in ALL if each.id.startswith(("camera-", "post-", "cordon-")))
KINDS = ("camera", "sign", "gate", "cordon", "post", "crowd_area", "perimeter", "note")


def scene() -> Site:
    things: list[tuple[str, Any, dict[str, Any]]] = [
        ("perimeter", shapely.box(0, 0, 60, 60), {"name": "A"}),
        ("perimeter", shapely.box(500, 0, 560, 60), {"name": "far"}),
        ("crowd_area", shapely.box(10, 10, 50, 50), {"name": "K1"}),
        ("cordon", shapely.LineString([(-10, -10), (80, -10)]), {"name": "C1"}),
        ("cordon", shapely.LineString([(5, 40), (55, 45)]), {"name": "C2", "see_through": False, "height": 2.0}),
        ("gate", shapely.LineString([(20, 0), (26, 0)]), {"name": "G1", "use": "people"}),
        ("camera", shapely.Point(30, 2), {"name": "V1", "vfov": 50.0}),
        ("camera", shapely.Point(-5, 55), {"name": "V2", "azimuth": 250.0, "pixels": 3840}),
        ("post", shapely.Point(3, 3), {"name": "P1"}),
        ("post", shapely.Point(58, 58), {"name": "P2", "range": 70}),
        ("sign", shapely.Point(23, -6), {"name": "S1"}),
    ]
    return site(*things, layers=(HOUSES,))


def random_edit(session: Session, choose: random.Random) -> None:
    x, y = choose.uniform(-20, 80), choose.uniform(-20, 80)
    act = choose.randrange(6)
    plan = session.plan
    there = plan.of(*KINDS)
    if act == 0:
        values = {"azimuth": choose.uniform(0, 360), "mast": choose.choice([1.6, 4.0, 9.0])}
        session.do("Camera", features.add, kind="camera", shape=shapely.Point(x, y), values=values)
    elif act == 1:
        line = shapely.LineString([(x, y), (x + choose.uniform(5, 40), y + choose.uniform(-9, 9))])
        values = {"see_through": choose.random() < 0.5}
        session.do("Cordon", features.add, kind="cordon", shape=line, values=values)
    elif act == 2:
        kind = choose.choice(["post", "sign"])
        session.do("Add", features.add, kind=kind, shape=shapely.Point(x, y), values={})
    elif act == 3 and len(there) > 4:
        session.do("Remove", features.remove, ids=[choose.choice(there).id])
    elif act == 4:
        session.undo()
    elif there:
        east, north = choose.uniform(-30, 30), choose.uniform(-30, 30)
        session.do("Move", places.move, ids=[choose.choice(there).id], east=east, north=north)


def answers(inspector: Inspector) -> dict[str, str]:
    return {f"{each.check} {each.id}": f"{each.severity} {each.text} {each.cover}" for each in inspector.findings}


def disagreements(checks: tuple[Check, ...], seed: int, steps: int = 12) -> int:
    place = scene()
    session = Session(place.plan, place.rules, layers=dict(place.layers))
    live = Inspector(session, checks, Inline())
    live.check_all()
    choose = random.Random(seed)
    wrong = 0
    for _ in range(steps):
        random_edit(session, choose)
        afresh = Session(session.plan, session.profile, layers=dict(session.layers))  # nothing kept from before
        full = Inspector(afresh, SIGHT, Inline())
        full.check_all()
        wrong += answers(live) != answers(full)
        full.close()
    return wrong


@pytest.mark.parametrize("seed", range(5))
def test_that_incremental_equals_full_after_edits_near_the_subjects(seed: int) -> None:
    assert disagreements(SIGHT, seed) == 0


@pytest.mark.parametrize("kind", ["camera", "cordon", "post", "sign"])
def test_that_the_comparison_notices_a_check_that_forgets_to_watch(kind: str) -> None:
    blind = tuple(replace(each, watches=each.watches - {kind}) for each in SIGHT)
    assert sum(disagreements(blind, seed) for seed in range(4)) > 0


def test_that_the_comparison_notices_a_reach_that_is_too_small() -> None:
    short = tuple(replace(each, reach=lambda site: -1.0) for each in SIGHT)
    assert sum(disagreements(short, seed) for seed in range(3)) > 0


@pytest.mark.parametrize("check", SIGHT, ids=lambda check: check.id)
def test_that_moving_the_whole_scene_changes_no_figure(check: Check) -> None:
    place = scene()
    shift = (25_496_000.0, 6_672_000.0)
    moved_plan = Plan(
        {k: f.with_shape(affinity.translate(f.shape, *shift)) for k, f in place.plan.features.items() if f.shape},
        place.plan.layers,
    )
    moved_layers = {
        key: replace(each, shapes=shapely.transform(each.shapes, lambda xy: xy + shift), _made={})
        for key, each in place.layers.items()
    }
    moved = Site(moved_plan, moved_layers, place.rules)
    found = 0
    for subject in place.of(check.subject):
        _, before = check_subject(check, place, subject)
        _, after = check_subject(check, moved, moved_plan.features[subject.id])
        figures = [sorted(each.measured or 0 for each in several) for several in (before, after)]
        assert figures[0] == pytest.approx(figures[1], abs=0.01)
        found += len(before)
    assert found > 0, "a scene without findings proves nothing"
