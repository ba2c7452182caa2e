"""Proposals and what hangs on estimates: worked out beside the window, looked at, taken over, taken back."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QTreeWidget

from venueplanner.app import commands

from .hands import Hands


def ask_for_posts(sample: Hands) -> None:
    window = sample.window
    sample.desk.select([each.id for each in sample.desk.session.plan.of("perimeter")])
    window.actions_book["propose_posts"].trigger()
    sample.until(lambda: window.findings.proposals.table.rowCount() > 0)


def test_that_a_proposal_is_shown_taken_over_in_one_step_and_taken_back(sample: Hands) -> None:
    ask_for_posts(sample)
    panel, session = sample.window.findings.proposals, sample.desk.session
    posts = len(session.plan.of("post"))
    answer = panel.chosen()
    assert answer is not None
    assert answer.evidence[0].role == "point"
    assert sample.canvas.chosen is not None, "the answer is drawn"
    assert panel.table.item(0, 1).text() == "1"
    panel.take()
    sample.settle()
    assert len(session.plan.of("post")) == posts + 1
    assert session.undo_label == "Add proposed posts"
    session.undo()
    assert len(session.plan.of("post")) == posts


def test_that_answers_of_a_changed_plan_say_that_they_are_old(sample: Hands) -> None:
    ask_for_posts(sample)
    panel = sample.window.findings.proposals
    assert "ask again" not in panel.told.text()
    commands.delete(sample.desk.session, [sample.desk.session.plan.of("post")[0].id])
    assert "ask again" in panel.told.text()


def test_that_a_plan_without_lines_says_what_to_draw_first(empty: Hands) -> None:
    window = empty.window
    window.actions_book["propose_posts"].trigger()
    assert "first" in window.findings.proposals.told.text()
    assert window.findings.proposals.chosen() is None


def test_that_the_sensitivity_dialog_fills_when_the_answer_is_there(sample: Hands) -> None:
    window = sample.window
    window.actions_book["sensitivity"].trigger()
    (dialog,) = [each for each in window.findChildren(QDialog) if each.isVisible()]
    tree = dialog.findChild(QTreeWidget)
    sample.until(lambda: tree.topLevelItemCount() > 0, 60)
    head = tree.topLevelItem(0)
    assert "instead of" in head.text(0)
    assert head.childCount() > 0
    assert head.child(0).text(0)[0] in "+–"
    dialog.close()


def test_that_two_cordons_stand_side_by_side_and_the_taken_one_closes_every_gap(sample: Hands) -> None:
    window, session = sample.window, sample.desk.session
    sample.desk.select([each.id for each in session.plan.of("perimeter")])
    window.actions_book["propose_cordon"].trigger()
    panel = window.findings.proposals
    sample.until(lambda: panel.table.rowCount() > 1, 60)
    assert panel.table.columnCount() == 5
    assert panel.chosen().evidence[0].role == "gap"
    barriers = len(session.plan.of("barrier"))
    assert [each for each in sample.desk.inspector.findings if each.check == "coverage-gap"]
    panel.take()
    sample.settle()
    assert len(session.plan.of("barrier")) > barriers
    assert [each for each in sample.desk.inspector.findings if each.check == "coverage-gap"] == []
    session.undo()
    assert len(session.plan.of("barrier")) == barriers
