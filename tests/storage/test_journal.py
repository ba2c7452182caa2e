"""The crash journal: what was told to be kept is there, whatever the end was."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from venueplanner.domain.errors import BadFile, NoRoom
from venueplanner.domain.plan import Plan
from venueplanner.storage import journal as journals
from venueplanner.storage import plan_file
from venueplanner.storage.journal import Journal, leftovers, recover
from venueplanner.storage.plan_text import change_in, change_out, plan_in, plan_out

from .plans import full_plan, plans


def retitled(plan: Plan, title: str) -> Plan:
    return plan.put("facts", {"title": title})


def cut_off(journal: Journal) -> None:
    """The end of a program that could not say good-bye: the system closes its files and nothing more."""
    journal._file.close()


def with_steps(folder: Path, count: int, path: Path | None = None, plan: Plan | None = None) -> tuple[Path, list[Plan]]:
    """A journal that was cut off after some steps, and the plans after each of them."""
    states = [plan or full_plan()]
    journal = Journal.start(folder, states[0], path)
    for number in range(count):
        states.append(retitled(states[-1], f"Кадам {number}"))
        journal.append(f"Set title {number}", states[-1].since(states[-2]))
    cut_off(journal)
    return journal.file_path, states


def test_that_every_step_comes_back(tmp_path: Path) -> None:
    _, states = with_steps(tmp_path, 5)
    (left,) = leftovers(tmp_path)
    plan, path, labels = recover(left)
    assert not plan.since(states[-1])
    assert path is None
    assert labels == [f"Set title {number}" for number in range(5)]
    assert (left.steps, left.title, left.note) == (5, "Нооруз — Ала-Тоо", None)
    left.discard()
    assert not leftovers(tmp_path)


def test_that_a_running_program_s_journal_is_not_offered(tmp_path: Path) -> None:
    plan = full_plan()
    journal = Journal.start(tmp_path, plan, None)
    journal.append("Set title", retitled(plan, "x").since(plan))
    assert not leftovers(tmp_path)
    cut_off(journal)
    assert len(leftovers(tmp_path)) == 1


def test_that_a_clean_end_leaves_nothing(tmp_path: Path) -> None:
    journal = Journal.start(tmp_path, full_plan(), None)
    journal.close()
    assert not list(tmp_path.iterdir())


def test_that_an_untitled_plan_with_nothing_in_it_is_not_offered(tmp_path: Path) -> None:
    cut_off(Journal.start(tmp_path, Plan(), None))
    assert not leftovers(tmp_path)
    assert not list(tmp_path.iterdir())


def test_that_recovered_work_survives_a_second_crash_at_once(tmp_path: Path) -> None:
    _, states = with_steps(tmp_path, 3)
    (left,) = leftovers(tmp_path)
    plan, path, _ = recover(left)
    second = Journal.start(tmp_path, plan, path)
    left.discard()
    cut_off(second)
    (again,) = leftovers(tmp_path)
    assert again.steps == 0
    assert not recover(again)[0].since(states[-1])


def test_that_a_plan_whose_file_says_the_same_is_not_offered(tmp_path: Path) -> None:
    path, folder = tmp_path / "plan.gpkg", tmp_path / "journals"
    plan = full_plan()
    plan_file.save_plan(path, plan)
    cut_off(Journal.start(folder, plan_file.open_plan(path).plan, path))
    assert not leftovers(folder)
    _, states = with_steps(folder, 1, path, plan)
    (left,) = leftovers(folder)
    assert left.plan_path == path.resolve()
    plan_file.save_plan(path, states[-1])
    assert not leftovers(folder)


def test_that_after_a_save_only_later_steps_are_offered(tmp_path: Path) -> None:
    path, folder = tmp_path / "plan.gpkg", tmp_path / "journals"
    plan = full_plan()
    journal = Journal.start(folder, plan, None)
    saved = retitled(plan, "saved")
    journal.append("before the save", saved.since(plan))
    plan_file.save_plan(path, saved)
    journal.rebase(saved, path)
    later = retitled(saved, "later")
    journal.append("after the save", later.since(saved))
    assert len(list(folder.iterdir())) == 1
    cut_off(journal)
    (left,) = leftovers(folder)
    found, plan_path, labels = recover(left)
    assert labels == ["after the save"]
    assert plan_path == path.resolve()
    assert not found.since(later)


def test_that_a_cut_between_the_new_journal_and_the_old_one_offers_the_work_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = full_plan()
    journal = Journal.start(tmp_path, plan, None)
    journal.append("step", retitled(plan, "x").since(plan))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        journal.rebase(retitled(plan, "x"), None)
    assert len(list(tmp_path.iterdir())) == 2
    cut_off(journal)
    (left,) = leftovers(tmp_path)
    assert recover(left)[0].fact("title") == "x"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("lost", [1, 2, 17, 40, 90])
def test_that_a_torn_last_step_is_left_out_and_said(tmp_path: Path, lost: int) -> None:
    path, states = with_steps(tmp_path, 4)
    path.write_bytes(path.read_bytes()[:-lost])
    (left,) = leftovers(tmp_path)
    assert left.steps == 3
    assert left.note is not None
    assert "last step" in left.note.say()
    assert not recover(left)[0].since(states[3])


def test_that_damage_in_the_middle_gives_back_what_was_before_and_says_so(tmp_path: Path) -> None:
    path, states = with_steps(tmp_path, 6)
    lines = path.read_bytes().split(b"\n")
    lines[4] = lines[4].replace("Кадам".encode(), "Кадым".encode())
    path.write_bytes(b"\n".join(lines))
    (left,) = leftovers(tmp_path)
    assert left.note is not None
    assert left.note.say() == "The journal is damaged from line 5 on; 3 steps could not be read."
    plan, _, labels = recover(left)
    assert len(labels) == 3
    assert not plan.since(states[3])


@pytest.mark.parametrize("what", ["swapped", "dropped", "twice"])
def test_that_steps_in_another_order_are_not_believed(tmp_path: Path, what: str) -> None:
    path, _ = with_steps(tmp_path, 5)
    lines = path.read_bytes().split(b"\n")
    match what:
        case "swapped":
            lines[2], lines[3] = lines[3], lines[2]
        case "dropped":
            del lines[2]
        case _:
            lines.insert(2, lines[1])
    path.write_bytes(b"\n".join(lines))
    (left,) = leftovers(tmp_path)
    assert left.steps == 1
    assert left.note is not None


@pytest.mark.parametrize("content", [b"", b"\n", b"rubbish\n", bytes(3000), b"0" * 32 + b" {}\n"])
def test_that_a_journal_that_cannot_be_read_is_set_aside_not_removed(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "20260831T120000-0badf00d.journal"
    path.write_bytes(content)
    assert not leftovers(tmp_path)
    assert [(each.suffix, each.read_bytes()) for each in tmp_path.iterdir()] == [(".unreadable", content)]


def test_that_a_journal_that_went_away_is_named(tmp_path: Path) -> None:
    with_steps(tmp_path, 1)
    (left,) = leftovers(tmp_path)
    left.discard()
    with pytest.raises(BadFile, match="cannot be read"):
        recover(left)


def test_that_a_full_disk_refuses_the_step_and_later_steps_still_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = full_plan()
    journal = Journal.start(tmp_path, plan, None)
    one, two = retitled(plan, "one"), retitled(plan, "two")
    journal.append("one", one.since(plan))

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(NoRoom, match="no room left"):
            journal.append("lost", two.since(one))
    journal.append("two", two.since(one))
    cut_off(journal)
    (left,) = leftovers(tmp_path)
    assert left.note is None
    assert recover(left)[2] == ["one", "two"]


def test_that_a_journal_that_cannot_be_started_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom):
        Journal.start(tmp_path / "journals", full_plan(), None)
    assert not list((tmp_path / "journals").iterdir())


def test_that_a_folder_that_is_not_there_has_nothing_to_offer(tmp_path: Path) -> None:
    assert journals.leftovers(tmp_path / "nothing") == []


@settings(max_examples=60, deadline=None)
@given(old=plans(), new=plans(), label=st.text(max_size=5))
def test_that_plans_and_changes_go_through_text_exactly(old: Plan, new: Plan, label: str) -> None:
    assert not plan_in(plan_out(old)).since(old)
    change = new.since(old)
    there_and_back = change_in(change_out(change))
    assert not old.apply(there_and_back).since(new)
    assert not old.apply(change).apply(~there_and_back).since(old)
