"""The inspector: only what is touched, the newest wins, answers to be replaced are marked, a failure is a state."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
import shapely

from venueplanner.app import commands
from venueplanner.app.inspector import Inspector
from venueplanner.app.jobs import Inline, Threads
from venueplanner.app.session import Session
from venueplanner.checks import ALL
from venueplanner.domain.check import Check, Evidence, Finding
from venueplanner.domain.errors import BadValue
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import Words

from .scenes import layer, session

REACH = 1000.0  # m
WAIT = 20.0  # seconds after which a test that waits for a thread gives up


class Late:
    """A runner that keeps jobs until the test lets them run: the one moment in which everything can happen."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], None]] = []

    def start(self, work: Callable[[], Any], done: Callable[[Any, BaseException | None], None]) -> None:
        answer = work()
        self.jobs.append(lambda: done(answer, None))

    def close(self) -> None:
        self.jobs.clear()

    def deliver(self) -> None:
        self.jobs.pop(0)()


def counting(subject: Feature, site: Site) -> Finding:
    posts = sum(each.shape.dwithin(subject.shape, REACH) for each in site.of("post") if each.shape is not None)
    place = Evidence("point", subject.shape.centroid) if subject.shape is not None else None
    evidence = (place,) if place else ()
    return Finding("count", "minor", Words(str(posts)), float(posts), 0.0, "", "r", "s", "found", (), evidence,
                   subject=subject.id)  # fmt: skip


def check_of(find: Callable[[Site, Feature], Any], **more: Any) -> Check:
    watches = frozenset({"perimeter", "post"})
    return Check("count", "Count", "", "perimeter", watches, lambda site: REACH, find, **more)


COUNT = check_of(lambda site, subject: [counting(subject, site)])


def two_squares() -> Session:
    near, far = shapely.box(0, 0, 9, 9), shapely.box(5000, 0, 5009, 9)
    return session(("perimeter", near, {"name": "near"}), ("perimeter", far, {"name": "far"}))


def counts(inspector: Inspector) -> dict[str, float | None]:
    return {each.subject: each.measured for each in inspector.findings}


def test_that_only_subjects_within_reach_are_checked_again() -> None:
    desk = two_squares()
    asked: list[str] = []

    def find(site: Site, subject: Feature) -> Iterator[Finding]:
        asked.append(subject.id)
        yield counting(subject, site)

    inspector = Inspector(desk, [check_of(find)], Inline())
    inspector.check_all()
    assert sorted(asked) == ["far", "near"]
    asked.clear()
    commands.draw_point(desk, "post", 20, 0)
    assert asked == ["near"]
    asked.clear()
    commands.draw_point(desk, "note", 20, 0)
    assert asked == []
    commands.set_facts(desk, {"rule.coverage.limit": "2"})
    assert sorted(asked) == ["far", "near"]


def test_that_what_changes_while_a_job_runs_is_checked_again_and_the_newest_wins() -> None:
    desk, runner = two_squares(), Late()
    inspector = Inspector(desk, [COUNT], runner)
    inspector.check_all()
    commands.draw_point(desk, "post", 1, 1)
    commands.draw_point(desk, "post", 2, 2)
    assert len(runner.jobs) == 1  # one job at a time: what came meanwhile waits and is merged
    runner.deliver()
    assert counts(inspector) == {"near": 0.0, "far": 0.0}
    stale = {each.subject: inspector.is_stale(each) for each in inspector.findings}
    assert stale == {"near": True, "far": False}
    assert inspector.states["count", "near"].state == "checking"
    assert inspector.states["count", "far"].state == "findings"
    runner.deliver()
    assert counts(inspector) == {"near": 2.0, "far": 0.0}
    assert not any(inspector.is_stale(each) for each in inspector.findings)
    assert not inspector.busy
    assert runner.jobs == []


def test_that_a_subject_deleted_while_its_job_runs_has_no_answer() -> None:
    desk, runner = two_squares(), Late()
    inspector = Inspector(desk, [COUNT], runner)
    inspector.check_all()
    commands.delete(desk, ["near"])
    runner.deliver()
    assert set(counts(inspector)) == {"far"}
    assert set(inspector.states) == {("count", "far")}


@pytest.mark.parametrize(
    ("trouble", "said"),
    [(BadValue(Words("No area.")), "No area."), (ZeroDivisionError("by nothing"), "ZeroDivisionError: by nothing")],
)
def test_that_a_check_that_fails_is_a_state_of_its_subject_only(trouble: Exception, said: str) -> None:
    def find(site: Site, subject: Feature) -> Iterator[Finding]:
        if subject.id == "near":
            raise trouble
        yield counting(subject, site)

    inspector = Inspector(two_squares(), [check_of(find)], Inline())
    inspector.check_all()
    states = inspector.states
    assert (states["count", "near"].state, states["count", "far"].state) == ("failed", "findings")
    assert said in str(states["count", "near"].reason)


def test_that_a_check_whose_needs_cannot_be_asked_fails_as_a_state(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Check, site: Site) -> Words | None:
        raise RuntimeError("needs")

    desk = two_squares()
    inspector = Inspector(desk, [COUNT], Inline())
    with monkeypatch.context() as patch:
        patch.setattr(Check, "missing", broken)
        inspector.check_all()
    assert {each.state for each in inspector.states.values()} == {"failed"}


def test_that_missing_city_data_is_said_and_goes_when_it_comes() -> None:
    desk = session(("perimeter", shapely.box(0, 0, 9, 9), {"name": "A"}), layers=(layer("streets"),))
    inspector = Inspector(desk, ALL, Inline())
    inspector.check_all()
    state = inspector.states["vehicle-approach", "A"]
    assert (state.state, str(state.reason)) == ("unchecked", "no street layer")
    street = layer("streets", shapely.LineString([(-90, 4), (5, 4)]), name=["Чүй"])
    desk.layers["streets"] = street
    record = replace(desk.plan.layers["streets"], count=1)
    desk.do("Layers", lambda plan: plan.put("layers", {"streets": record}))
    assert inspector.states["vehicle-approach", "A"].state == "findings"


def test_that_a_check_without_subjects_is_never_all_clear() -> None:
    inspector = Inspector(session(), ALL, Inline())
    inspector.check_all()
    states = {check: each.state for (check, _), each in inspector.states.items()}
    assert states == {each.id: "unchecked" if each.essential else "idle" for each in ALL}
    assert states["coverage-gap"] == states["vehicle-approach"] == "unchecked"


def test_that_a_waiver_holds_until_the_place_moves() -> None:
    desk = two_squares()
    inspector = Inspector(desk, [COUNT], Inline())
    inspector.check_all()
    finding = next(each for each in inspector.findings if each.subject == "near")
    commands.waive(desk, finding, "seen", "Duty officer")
    assert inspector.is_waived(finding)
    commands.move(desk, ["near"], 3.0, 0.0)
    moved = next(each for each in inspector.findings if each.subject == "near")
    assert not inspector.is_waived(moved)


def test_that_a_closed_inspector_follows_no_more() -> None:
    desk = two_squares()
    inspector = Inspector(desk, [COUNT], Inline())
    inspector.check_all()
    inspector.close()
    commands.draw_point(desk, "post", 1, 1)
    assert counts(inspector) == {"near": 0.0, "far": 0.0}


def test_that_threads_and_inline_give_the_same_answers_after_the_same_edits() -> None:
    desk = two_squares()
    posted: queue.Queue[Callable[[], None]] = queue.Queue()
    threads = Threads(posted.put)
    try:
        live = Inspector(desk, [*ALL, COUNT], threads)
        live.check_all()
        for number in range(6):
            commands.draw_point(desk, "post", number, number)
            commands.move(desk, ["near"], 0.5, 0.0)
        while live.busy:
            posted.get(timeout=WAIT)()
    finally:
        threads.close()
    full = Inspector(desk, [*ALL, COUNT], Inline())
    full.check_all()
    answers = [[(each.id, str(each.text)) for each in inspector.findings] for inspector in (live, full)]
    assert answers[0] == answers[1]
    assert dict(live.states) == dict(full.states)
    assert counts(live)["near"] is not None
