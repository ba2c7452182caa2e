"""The change log: steps once each, and a chain that shows what was done to it."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from venueplanner.domain.plan import Plan
from venueplanner.storage import plan_file
from venueplanner.storage.change_log import LogRow, extend, first_break

from .plans import full_plan


def steps_to(plan: Plan, count: int = 5) -> list[tuple[str, object, float]]:
    return [(f"Set title {n}", plan.put("facts", {"title": f"{n}"}).since(plan), 1.7e9 + n) for n in range(count)]


def test_that_steps_saved_twice_are_logged_once(tmp_path: Path) -> None:
    plan, path = full_plan(), tmp_path / "plan.gpkg"
    steps = steps_to(plan)
    plan_file.save_plan(path, plan, log=steps[:3])
    plan_file.save_plan(path, plan, log=steps)
    opened = plan_file.open_plan(path)
    labels = [row.label for row in opened.log]
    assert labels == ["Set title 0", "Set title 1", "Set title 2", "Saved", "Set title 3", "Set title 4", "Saved"]
    assert opened.log[0].changed == ("title",)
    assert opened.log_broken_at is None


def test_that_the_log_goes_on_in_a_file_of_another_name(tmp_path: Path) -> None:
    plan = full_plan()
    plan_file.save_plan(tmp_path / "one.gpkg", plan, log=steps_to(plan, 1))
    plan_file.save_plan(tmp_path / "two.gpkg", plan, continues=tmp_path / "one.gpkg")
    assert [row.label for row in plan_file.open_plan(tmp_path / "two.gpkg").log] == ["Set title 0", "Saved", "Saved"]


@pytest.mark.parametrize("seed", range(40))
def test_that_changed_removed_and_moved_rows_are_noticed(seed: int) -> None:
    chance = random.Random(seed)
    log: list[LogRow] = extend([], steps_to(Plan(), 12), ("2026-08-31T10:00:00.000Z", "", "ff"))
    assert first_break(log) is None
    at = chance.randrange(len(log) - 1)
    match seed % 4:
        case 0:
            log[at] = replace(log[at], label="Something else")
        case 1:
            del log[at]
        case 2:
            log[at], log[at + 1] = log[at + 1], log[at]
        case _:
            log[at] = replace(log[at], after="00" * 32)
    assert first_break(log) is not None
