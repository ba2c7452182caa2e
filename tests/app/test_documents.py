"""New, open, save, save as, recover: no work is lost, and city data goes where the plan goes."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from tests.cli.scenes import dead_end
from venueplanner.app import city, commands, documents
from venueplanner.app.session import Session
from venueplanner.domain.errors import BadFile, UnknownName
from venueplanner.storage import journal


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "festival.gpkg"
    documents.create(path, title="Festival")
    return path


def with_city(path: Path, folder: Path) -> Session:
    session = documents.open_session(path)
    city.add_folder(session, dead_end(folder / "data", 80.0))
    documents.save(session)
    return session


def cut_off(session: Session) -> None:
    """What the system does when the program dies: the journal's lock is let go, the file stays."""
    assert isinstance(session.journal, journal.Journal)
    session.journal._file.close()


def test_that_a_new_plan_is_untitled_journalled_and_not_dirty() -> None:
    session = documents.new_session()
    assert (session.path, session.dirty) == (None, False)
    commands.draw_point(session, "post", 5, 5)
    assert session.dirty
    documents.close(session)
    assert session.journal is None
    assert documents.leftovers() == []


def test_that_a_plan_without_a_file_asks_where_to_save_it() -> None:
    with pytest.raises(BadFile, match="no file yet"):
        documents.save(documents.new_session(keep_journal=False))
    with pytest.raises(BadFile, match="no file yet"):
        city.add_folder(documents.new_session(keep_journal=False), Path())


def test_that_saving_keeps_everything_and_is_no_longer_dirty(saved: Path) -> None:
    session = documents.open_session(saved)
    post = commands.draw_point(session, "post", 5, 5)
    assert session.dirty
    assert documents.save(session) == saved
    assert not session.dirty
    session.undo()
    assert session.dirty
    session.redo()
    assert not session.dirty
    assert list(documents.open_session(saved).plan.features) == [post]


def test_that_save_as_carries_the_city_data_and_leaves_the_old_plan(saved: Path, tmp_path: Path) -> None:
    session = with_city(saved, tmp_path)
    before = saved.read_bytes()
    commands.set_facts(session, {"title": "Other"})
    other = tmp_path / "elsewhere" / "other.gpkg"
    other.parent.mkdir()
    documents.save(session, other)
    assert session.path == other
    assert saved.read_bytes() == before
    for folder in (saved.with_suffix(".city"), other.with_suffix(".city")):
        assert len(list(folder.glob("*.gpkg"))) == 2
    again = documents.open_session(other)
    assert sorted((each.role, len(each)) for each in again.live_layers.values()) == [("buildings", 6), ("streets", 1)]
    assert again.plan.fact("title") == "Other"
    assert documents.open_session(saved).plan.fact("title") == "Festival"


def test_that_work_that_was_cut_off_is_offered_and_recovered(saved: Path) -> None:
    session = documents.open_session(saved, keep_journal=True)
    commands.draw_point(session, "post", 5, 5)
    commands.draw_point(session, "post", 9, 9)
    session.undo()
    wanted = session.plan
    assert documents.leftovers() == []  # still held by a running program
    cut_off(session)
    (leftover,) = documents.leftovers()
    assert (leftover.title, leftover.plan_path, leftover.steps) == ("Festival", saved, 3)
    back = documents.recover(leftover)
    assert not back.plan.since(wanted)
    assert (back.path, back.dirty) == (saved, True)
    assert documents.leftovers() == []
    documents.close(back)


def test_that_recovered_work_can_be_cut_off_again(saved: Path) -> None:
    session = documents.open_session(saved, keep_journal=True)
    commands.draw_point(session, "post", 5, 5)
    cut_off(session)
    back = documents.recover(documents.leftovers()[0])
    commands.draw_point(back, "post", 6, 6)
    cut_off(back)
    (leftover,) = documents.leftovers()
    again = documents.recover(leftover)
    assert len(again.plan.features) == 2
    documents.close(again)


def test_that_saving_leaves_nothing_to_recover(saved: Path) -> None:
    session = documents.open_session(saved, keep_journal=True)
    commands.draw_point(session, "post", 5, 5)
    documents.save(session)
    cut_off(session)
    assert documents.leftovers() == []


def test_that_work_is_recovered_with_its_city_data_and_even_without(saved: Path, tmp_path: Path) -> None:
    with_city(saved, tmp_path)
    for there in (True, False):
        session = documents.open_session(saved, keep_journal=True)
        commands.draw(session, "perimeter", shapely.box(0, 0, 9, 9))
        cut_off(session)
        if not there:
            saved.with_suffix(".city").rename(tmp_path / "gone")
        back = documents.recover(documents.leftovers()[0])
        assert len(back.plan.features) == 1
        assert len(back.live_layers) == (2 if there else 0)
        documents.close(back)


def test_that_a_phase_is_found_by_name_and_by_id(saved: Path) -> None:
    session = documents.open_session(saved)
    phase = commands.draw(session, "phase", values={"name": "Evening"})
    assert documents.phase_named(session.plan, "Evening") == documents.phase_named(session.plan, phase) == phase
    with pytest.raises(UnknownName, match="no phase") as caught:
        documents.phase_named(session.plan, "Noon")
    assert "Evening" in caught.value.say()


def test_that_every_rule_profile_loads_and_an_unknown_one_is_answered_with_the_list() -> None:
    assert documents.profile_ids() == ["kg", "uk"]
    for each in documents.profile_ids():
        assert documents.profile_named(each).number("coverage.limit") > 0
    with pytest.raises(UnknownName, match="mars"):
        documents.profile_named("mars")
