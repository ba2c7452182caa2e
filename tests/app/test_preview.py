"""Findings while something is still being dragged: the draft's own, the newest, and gone with the draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import shapely
from shapely import affinity

from tests.checks.scenes import SQUARE, site
from venueplanner.app.inspector import Inspector
from venueplanner.app.jobs import Inline
from venueplanner.app.session import Session
from venueplanner.app.tools.drafting import BEING_DRAWN, drafted
from venueplanner.app.tools.events import Draft
from venueplanner.checks.coverage_gap import CHECK
from venueplanner.edits import features, places


class Later:
    """A runner that keeps jobs until they are let go, one by one."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], None]] = []

    def start(self, work: Callable[[], Any], done: Callable[[Any, BaseException | None], None]) -> None:
        self.jobs.append(lambda: done(work(), None))

    def close(self) -> None:
        """Nothing to finish."""

    def let_go(self) -> None:
        self.jobs.pop(0)()


@pytest.fixture
def session() -> Session:
    """A closed square but for 2.40 m in the middle of its south side, left of it a barrier that can be dragged."""
    rest = shapely.LineString([(31.2, 0), (60, 0), (60, 60), (0, 60), (0, 0)])
    left = shapely.LineString([(0, 0), (28.8, 0)])
    scene = site(("perimeter", SQUARE, {}), ("barrier", rest, {}), ("barrier", left, {"name": "left"}))
    return Session(scene.plan, scene.rules, layers=dict(scene.layers))


def widths(inspector: Inspector) -> list[float]:
    return [round(each.measured or 0.0, 2) for each in inspector.findings]


def gap_closer(session: Session, metres: float) -> Draft:
    """The barrier left of the gap, dragged `metres` into it."""
    (barrier,) = [each for each in session.plan.of("barrier") if each.name == "left"]
    return Draft(shapes={barrier.id: affinity.translate(barrier.shape, metres, 0)})


def test_that_a_drag_shows_the_findings_of_the_draft_and_letting_go_those_of_the_plan(session: Session) -> None:
    inspector = Inspector(session, [CHECK], Inline())
    inspector.check_all()
    assert widths(inspector) == [2.4]
    inspector.preview(drafted(session.plan, gap_closer(session, 0.9), "select"))
    assert widths(inspector) == [1.5]
    assert all(inspector.is_stale(each) for each in inspector.findings)
    inspector.preview(None)
    assert widths(inspector) == [2.4]
    assert not any(inspector.is_stale(each) for each in inspector.findings)


def test_that_the_newest_draft_wins_and_those_between_are_never_looked_at(session: Session) -> None:
    runner = Later()
    inspector = Inspector(session, [CHECK], runner)
    inspector.check_all()
    runner.let_go()
    for metres in (0.2, 0.5, 0.9):
        inspector.preview(drafted(session.plan, gap_closer(session, metres), "select"))
    assert len(runner.jobs) == 1
    runner.let_go()
    assert widths(inspector) == [2.2]
    runner.let_go()
    assert widths(inspector) == [1.5]
    assert runner.jobs == []


def test_that_an_answer_that_comes_after_the_drag_was_given_up_is_thrown_away(session: Session) -> None:
    runner = Later()
    inspector = Inspector(session, [CHECK], runner)
    inspector.check_all()
    runner.let_go()
    inspector.preview(drafted(session.plan, gap_closer(session, 0.9), "select"))
    inspector.preview(None)
    runner.let_go()
    assert widths(inspector) == [2.4]


def test_that_the_real_edit_replaces_the_preview_by_the_same_answer(session: Session) -> None:
    inspector = Inspector(session, [CHECK], Inline())
    inspector.check_all()
    draft = gap_closer(session, 0.9)
    ((key, shape),) = draft.shapes.items()
    inspector.preview(drafted(session.plan, draft, "select"))
    before = [(each.text.say(), each.cover) for each in inspector.findings]
    east = shape.bounds[0] - session.plan.features[key].shape.bounds[0]
    session.do("Move", places.move, ids=[key], east=east, north=0.0)
    assert [(each.text.say(), each.cover) for each in inspector.findings] == before
    assert not any(inspector.is_stale(each) for each in inspector.findings)


def test_that_what_is_drawn_counts_as_if_it_were_finished(session: Session) -> None:
    draft = Draft("LineString", points=((28.0, 0.0),), cursor=(32.0, 0.0))
    plan = drafted(session.plan, draft, "barrier")
    assert plan is not None
    assert plan.features[BEING_DRAWN].shape.length == pytest.approx(4.0)
    inspector = Inspector(session, [CHECK], Inline())
    inspector.check_all()
    inspector.preview(plan)
    assert inspector.findings == []


@pytest.mark.parametrize("draft", [None, Draft(), Draft("LineString", points=(), cursor=(1.0, 1.0))])
def test_that_no_draft_makes_no_plan(session: Session, draft: Draft | None) -> None:
    assert drafted(session.plan, draft, "barrier") is None


def test_that_a_feature_dragged_nowhere_makes_no_plan(session: Session) -> None:
    barrier = session.plan.of("barrier")[0]
    assert drafted(session.plan, Draft(shapes={barrier.id: barrier.shape}), "select") is None
    assert features.new_id() != BEING_DRAWN
