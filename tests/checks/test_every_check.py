"""What holds for every check: incremental equals full, the same answer twice, a moved scene changes nothing."""

from __future__ import annotations

import random
from dataclasses import replace

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

from .scenes import layer, site, wall_with_gap

STREETS = layer("streets", *[shapely.LineString([(-150, y), (200, y)]) for y in (-40, 20, 90)], name=["S", "M", "N"])
HOUSES = layer("buildings", shapely.box(-80, 30, -20, 80), shapely.box(70, -30, 120, 10))

PEOPLE = (
    ("crowd_area", shapely.box(10, 10, 50, 50), {"name": "K1", "people": 3300, "arrival_peak": 3000}),
    ("crowd_area", shapely.box(310, 10, 330, 30), {"name": "K2", "people": 600}),
    ("exit", shapely.Point(30, 0), {"name": "X1", "width": 8}),
    ("exit", shapely.Point(30, 60), {"name": "X2", "width": 6}),
    ("assembly_point", shapely.Point(30, -20), {"name": "M1", "purpose": "drop_off"}),
)


def scene() -> Site:
    things = wall_with_gap(3.0)
    far = ("perimeter", shapely.box(300, 0, 340, 40), {"name": "C"})
    return site(*things, far, *PEOPLE, layers=(STREETS, HOUSES))


def session_of(place: Site) -> Session:
    return Session(place.plan, place.rules, layers=dict(place.layers))


def answers(inspector: Inspector) -> dict[str, str]:
    return {f"{each.check} {each.id}": f"{each.severity} {each.text} {each.cover}" for each in inspector.findings}


def random_edit(session: Session, choose: random.Random) -> None:
    """An edit aimed where answers change: near the perimeters."""
    plan = session.plan
    x, y = choose.uniform(-6, 66), choose.choice([-3.0, 0.0, 2.0, 58.0, 61.0])
    act = choose.randrange(7)
    movable = plan.of("barrier", "gate", "cordon", "perimeter", "note")
    if act == 0 or not movable:
        line = shapely.LineString([(x, y), (x + choose.uniform(0.5, 9), y + choose.uniform(-1, 1))])
        values = {"rating": "V/7200[N3C]/80/90:1.1", "as_tested": choose.random() < 0.5}
        session.do("Add", features.add, kind="barrier", shape=line, values=values)
    elif act == 1:
        session.do("Gate", features.add, kind="gate", shape=shapely.Point(x, y), values={"width": 4})
    elif act == 2 and len(plan.of("barrier")) > 1:
        session.do("Remove", features.remove, ids=[choose.choice(plan.of("barrier")).id])
    elif act == 3:
        session.undo()
    elif act == 4:
        kind = choose.choice(["cordon", "exit", "note"])
        shape = shapely.LineString([(x - 8, y + 6), (x + 8, y + 8)]) if kind == "cordon" else shapely.Point(x, y)
        shape = shape.buffer(6) if kind == "note" else shape
        session.do("Add", features.add, kind=kind, shape=shape, values={"takes_ground": True} if kind == "note" else {})
    elif act == 5:
        chosen = choose.choice(plan.of("crowd_area", "exit", "assembly_point"))
        session.do("Move", places.move, ids=[chosen.id], east=choose.uniform(-9, 9), north=choose.uniform(-9, 9))
    else:
        chosen = choose.choice(movable)
        east, north = choose.uniform(-4, 4), choose.uniform(-4, 4)
        session.do("Move", places.move, ids=[chosen.id], east=east, north=north)


def disagreements(checks: tuple[Check, ...], seed: int, steps: int = 10) -> int:
    session = session_of(scene())
    live = Inspector(session, checks, Inline())
    live.check_all()
    choose = random.Random(seed)
    wrong = 0
    for _ in range(steps):
        random_edit(session, choose)
        afresh = Session(session.plan, session.profile, layers=dict(session.layers))  # nothing kept from before
        full = Inspector(afresh, [replace(each) for each in ALL], Inline())
        full.check_all()
        wrong += answers(live) != answers(full)
        full.close()
    return wrong


@pytest.mark.parametrize("seed", range(6))
def test_that_incremental_equals_full_after_edits_near_the_subjects(seed: int) -> None:
    assert disagreements(ALL, seed) == 0


def test_that_the_comparison_notices_a_check_that_forgets_to_watch_barriers() -> None:
    blind = tuple(replace(each, watches=each.watches - {"barrier"}) for each in ALL)
    assert sum(disagreements(blind, seed) for seed in range(3)) > 0


def test_that_the_comparison_notices_a_reach_that_is_too_small() -> None:
    short = tuple(replace(each, reach=lambda site: -1.0) for each in ALL)
    assert sum(disagreements(short, seed) for seed in range(3)) > 0


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.id)
def test_that_the_same_question_gets_the_same_answer(check: Check) -> None:
    place = scene()
    for subject in place.of(check.subject):
        assert check_subject(check, place, subject) == check_subject(check, place, subject)


@pytest.mark.parametrize("check", ALL, ids=lambda check: check.id)
def test_that_moving_the_whole_scene_changes_no_figure(check: Check) -> None:
    place = scene()
    shift = (1024.0, -512.0)
    moved_plan = Plan(
        {k: f.with_shape(affinity.translate(f.shape, *shift)) for k, f in place.plan.features.items() if f.shape},
        place.plan.layers,
    )
    moved_layers = {
        key: replace(each, shapes=shapely.transform(each.shapes, lambda xy: xy + shift), _made={})
        for key, each in place.layers.items()
    }
    moved = Site(moved_plan, moved_layers, place.rules)
    for subject in place.of(check.subject):
        _, before = check_subject(check, place, subject)
        _, after = check_subject(check, moved, moved_plan.features[subject.id])
        figures = [sorted(round(each.measured or 0, 3) for each in several) for several in (before, after)]
        assert figures[0] == pytest.approx(figures[1], abs=0.01)
