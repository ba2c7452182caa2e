"""The step Organise: the usual tasks, who does what, the register, and a judgement nobody edits."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QTableWidget

from .hands import Hands


def table_of(hands: Hands) -> QTableWidget:
    dialogs = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    (table,) = [table for each in dialogs for table in each.findChildren(QTableWidget)]
    return table


def test_that_the_usual_tasks_come_in_one_step_and_are_shown_as_a_matrix(empty: Hands) -> None:
    empty.do("roles")
    assert "no tasks yet" in empty.window.status.told.text(), "an empty plan says what to do first"
    empty.do("usual_tasks")
    assert len(empty.plan.of("task")) == 18
    assert empty.desk.session.undo_label == "Add the usual tasks"
    empty.do("roles")
    table = table_of(empty)
    assert (table.rowCount(), table.columnCount()) == (18, 9)
    assert table.item(0, 1).text() == "RA"
    empty.desk.session.undo()
    assert not empty.plan.of("task", "stakeholder")


def test_that_the_register_is_shown_with_its_caveat(sample: Hands) -> None:
    sample.do("risks")
    table = table_of(sample)
    assert table.rowCount() == len(sample.plan.of("risk"))
    assert "not probabilities" in table.window().windowTitle()


def test_that_the_judgement_of_the_authority_can_be_read_and_not_edited(sample: Hands) -> None:
    (judgement,) = sample.plan.of("threat_judgement")
    sample.desk.select((judgement.id,))
    assert sample.editor("level").text() == judgement["level"]
    assert not sample.editor("level").isEnabled()
    sample.do("delete")
    assert sample.plan.of("threat_judgement") == [judgement]
    assert "belongs to the authority" in sample.window.status.told.text()


def test_that_phases_and_checks_are_worked_out_beside_the_window_and_a_double_click_looks_at_one(sample: Hands) -> None:
    sample.do("phase_matrix")
    sample.until(lambda: table_of(sample).rowCount() == len(sample.desk.checks))
    table = table_of(sample)
    assert [table.horizontalHeaderItem(at).text() for at in range(5)] == [
        "Setup", "Arrival", "Event", "Dispersal", "Teardown",
    ]  # fmt: skip
    staffing = list(sample.desk.checks).index("staffing")
    assert [table.item(staffing, at).text() for at in range(5)] == ["✓", "✓", "✓", "◆1", "✓"]
    assert "P9" in table.item(staffing, 3).toolTip()
    table.cellDoubleClicked.emit(staffing, 3)
    assert sample.plan.features[sample.desk.session.phase].name == "Dispersal"
