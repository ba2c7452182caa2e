"""The session: one drag one step, everything on one stack, the journal before anybody else."""

from __future__ import annotations

import shapely

from venueplanner.app.session import Session
from venueplanner.domain.plan import Change, Plan
from venueplanner.domain.rules import Rule, Rules
from venueplanner.edits import facts, features, places

RULES = Rules("test", "Test", {"a": Rule("a", 1.0)})


class Journal:
    def __init__(self) -> None:
        self.steps: list[str] = []

    def append(self, label: str, change: Change) -> None:
        self.steps.append(label)


def session() -> Session:
    return Session(Plan(), RULES, journal=Journal())


def test_that_everything_done_can_be_undone_and_done_again() -> None:
    desk = session()
    desk.do("Add", features.add, kind="post", shape=shapely.Point(0, 0))
    (post,) = desk.plan.features
    desk.do("Move", places.move, ids=[post], east=5, north=0)
    desk.do("Title", facts.put, values={"title": "T"})
    after = desk.plan
    assert all([desk.undo(), desk.undo(), desk.undo()])
    assert not desk.plan.features
    assert not desk.plan.facts
    assert not desk.undo()
    while desk.redo():
        pass
    assert not desk.plan.since(after)


def test_that_an_edit_that_changes_nothing_is_no_step() -> None:
    desk = session()
    desk.do("Nothing", facts.put, values={})
    assert desk.undo_label == ""
    assert not desk.history


def test_that_the_journal_is_written_before_listeners_are_told() -> None:
    desk = session()
    seen: list[list[str]] = []
    desk.listen(lambda change, by: seen.append(list(desk.journal.steps)))  # type: ignore[union-attr]
    desk.do("Add", features.add, kind="post", shape=shapely.Point(0, 0))
    desk.undo()
    assert seen == [["Add"], ["Add", "Undo: Add"]]


def test_that_typing_in_one_field_is_one_step() -> None:
    desk = session()
    for text in ("F", "Fe", "Fest"):
        desk.do("Title", facts.put, merge_key="title", values={"title": text})
    assert len(desk.history) == 1
    desk.undo()
    assert desk.plan.fact("title") == ""


def test_that_a_new_edit_ends_redo() -> None:
    desk = session()
    desk.do("One", facts.put, values={"a": "1"})
    desk.undo()
    desk.do("Two", facts.put, values={"b": "2"})
    assert not desk.redo()


def test_that_history_can_be_walked_to_any_step() -> None:
    desk = session()
    for number in range(5):
        desk.do(f"Step {number}", facts.put, values={str(number): "x"})
    desk.go_to(2)
    assert sorted(desk.plan.facts) == ["0", "1"]
    desk.go_to(4)
    assert sorted(desk.plan.facts) == ["0", "1", "2", "3"]


def test_that_the_plan_is_dirty_until_saved_and_clean_again_after_undo(tmp_path: object) -> None:
    from pathlib import Path

    desk = session()
    assert not desk.dirty
    desk.do("Title", facts.put, values={"title": "x"})
    assert desk.dirty
    desk.mark_saved(Path("a.gpkg"))
    desk.do("Title", facts.put, values={"title": "y"})
    desk.undo()
    assert not desk.dirty


def test_that_a_rule_can_be_overridden_by_the_plan() -> None:
    desk = session()
    desk.do("Rule", facts.put, values={"rule.a": "2,5"})
    assert desk.rules.number("a") == 2.5
    assert desk.rules["a"].overridden
