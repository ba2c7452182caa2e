"""Form, tree, phases and findings: what a click in a panel does to the plan and to the map."""

from __future__ import annotations

import pytest
import shapely
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from venueplanner.domain.fields import Choice, Flag, Links, Number, Text, Whole
from venueplanner.kinds import ALL
from venueplanner.ui.findings_model import RowRole
from venueplanner.ui.links_editor import LinksBox, LinksPopup

from .hands import LEFT, NONE, Hands, choosing, words_of
from .small_town import at

Key = Qt.Key


def chosen(hands: Hands, kind: str = "post") -> Hands:
    hands.desk.select((hands.only(kind).id,))
    return hands


# -- form -------------------------------------------------------------------------------------------------------
def test_that_typing_in_the_form_changes_the_plan_in_one_step(hands: Hands) -> None:
    chosen(hands).fill("name", "North gate")
    assert hands.only("post").name == "North gate"
    assert len(hands.desk.session.history) == 1
    assert "North gate" in hands.window.properties._title.text()


def test_that_a_bad_value_gets_a_sentence_and_the_plan_is_kept(hands: Hands) -> None:
    before = hands.only("post")["people"]
    chosen(hands).fill("people", "-5x")
    cell = hands.window.properties.form.cells["people"]
    assert not cell.error.isHidden()
    assert len(cell.error.text()) > 10
    assert hands.only("post")["people"] == before
    hands.fill("people", "7")
    assert cell.error.isHidden()
    assert hands.only("post")["people"] == 7


@pytest.mark.parametrize("kind", [each for each in ALL if not each.sealed], ids=lambda kind: kind.id)
def test_that_every_field_of_every_kind_has_an_editor_that_changes_the_plan(hands: Hands, kind) -> None:
    if not hands.plan.of(kind.id):
        hands.tool(kind.id, step="draw" if kind.shapes else "organise")
        if kind.id == "closure":  # where there are streets it takes whole streets, until T
            hands.key(Key.Key_T)
        if kind.shapes:
            hands.click(at(-60, -40))
            if kind.shapes[0] != "point":
                hands.click(at(-20, -70), at(20, -40))
                hands.key(Key.Key_Return)
            hands.key(Key.Key_Escape)
        if kind.id == "closure":  # the window keeps to it
            hands.key(Key.Key_T)
    feature = hands.plan.of(kind.id)[0]
    hands.desk.select((feature.id,))
    form = hands.window.properties.form
    assert list(form.cells) == [field.id for field in kind.all_fields]
    for field in kind.all_fields:
        target, before = hands.editor(field.id), hands.plan.features[feature.id][field.id]
        if isinstance(field, Flag):
            target.click()
        elif isinstance(field, Choice):
            target.setFocus()
            hands.key(Key.Key_End if target.currentIndex() < target.count() - 1 else Key.Key_Home, on=target)
        elif isinstance(field, Number | Whole):
            hands.fill(field.id, f"{field.low + 1 if before != field.low + 1 else field.low + 2:g}")
        elif isinstance(field, Text):
            hands.fill(field.id, "Abc")
        elif isinstance(field, Links):
            assert isinstance(target, LinksBox)
            continue
        else:
            hands.fill(field.id, "2026-08-31 18:30")
        assert hands.plan.features[feature.id][field.id] != before, field.id


def test_that_links_are_ticked_in_a_list_and_phases_are_links(hands: Hands) -> None:
    chosen(hands)
    box = hands.editor("phases")
    QTest.mouseClick(box, LEFT)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, LinksPopup)
    rows = popup.list
    assert [rows.item(at).text() for at in range(rows.count())] == ["Setup", "Event"]
    QTest.mouseClick(rows.viewport(), LEFT, NONE, rows.visualItemRect(rows.item(1)).center())
    popup.close()
    (event,) = [each.id for each in hands.plan.of("phase") if each.name == "Event"]
    assert hands.only("post").phases == (event,)
    assert "Event" in box.text()


def test_that_with_nothing_selected_the_form_is_the_plan_s_own_data(hands: Hands) -> None:
    hands.fill("title", "Day of the city")
    assert hands.plan.fact("title") == "Day of the city"
    assert "Day of the city*" in hands.window.windowTitle()


def test_that_what_several_features_have_in_common_is_changed_for_all(hands: Hands) -> None:
    hands.desk.select((hands.only("post").id,))
    hands.do("copy")
    hands.do("paste")
    hands.desk.select(tuple(each.id for each in hands.plan.of("post")))
    hands.fill("channel", "4")
    assert [each["channel"] for each in hands.plan.of("post")] == ["4", "4"]


# -- tree and phases --------------------------------------------------------------------------------------------
def row_of(hands: Hands, key: str):
    from venueplanner.ui.layer_tree import KEY

    tree = hands.window.tree
    rows = [
        tree.topLevelItem(head).child(at) for head in range(2) for at in range(tree.topLevelItem(head).childCount())
    ]
    return next(row for row in rows if row.data(0, KEY) == key)


@pytest.mark.parametrize("key", ["post", "streets"])
def test_that_a_tick_in_the_tree_hides_and_shows(hands: Hands, key: str) -> None:
    row = row_of(hands, key)
    row.setCheckState(0, Qt.CheckState.Unchecked)
    assert key in hands.canvas.hidden
    if key == "post":
        hands.click(at(-30, 30))
        assert hands.desk.selected == ()
    row_of(hands, key).setCheckState(0, Qt.CheckState.Checked)
    assert key not in hands.canvas.hidden


def test_that_what_is_hidden_stays_hidden_when_the_plan_changes(hands: Hands) -> None:
    row_of(hands, "post").setCheckState(0, Qt.CheckState.Unchecked)
    chosen(hands, "barrier")
    hands.do("delete")
    assert row_of(hands, "post").checkState(0) == Qt.CheckState.Unchecked
    assert "post" in hands.canvas.hidden


def test_that_a_click_in_the_tree_selects_and_a_double_click_shows(hands: Hands) -> None:
    tree, row = hands.window.tree, row_of(hands, "post")
    spot = tree.visualItemRect(row).center()
    QTest.mouseClick(tree.viewport(), LEFT, NONE, spot)
    assert hands.desk.selected == (hands.only("post").id,)
    QTest.mouseDClick(tree.viewport(), LEFT, NONE, spot)
    assert (hands.canvas.window_now.x, hands.canvas.window_now.y) == pytest.approx(at(-30, 30))


def test_that_the_phase_strip_filters_the_map_and_the_checks(hands: Hands) -> None:
    (setup,) = [each.id for each in hands.plan.of("phase") if each.name == "Setup"]
    chosen(hands)
    from venueplanner.app import commands

    commands.change_values(hands.desk.session, (hands.only("post").id,), {"phases": [setup]})
    buttons = {each.text(): each for each in hands.window.phases._group.buttons()}
    event = next(each for text, each in buttons.items() if text.startswith("Event"))
    hands.press_button(event)
    assert hands.desk.session.phase
    hands.click(at(-50, -80))
    hands.click(at(-30, 30))
    assert hands.desk.selected == ()
    hands.press_button(buttons["All phases"])
    hands.click(at(-30, 30))
    assert hands.desk.selected


# -- findings ---------------------------------------------------------------------------------------------------
def click_row(hands: Hands, tab: str, at_row: int, *, button: bool = False) -> None:
    rows = hands.window.findings.lists[tab]
    index = rows.rows.index(at_row, 0)
    rows.scrollTo(index)
    rect = rows.visualRect(index)
    spot = QPoint(rect.right() - 40, rect.center().y()) if button else QPoint(rect.left() + 60, rect.center().y())
    QTest.mouseClick(rows.viewport(), LEFT, NONE, spot)


def gap_row(hands: Hands, act: str = "fix") -> int:
    rows = hands.window.findings.lists["findings"].rows.rows
    return next(n for n, row in enumerate(rows) if row.finding and row.check == "coverage-gap" and row.act == act)


def test_that_a_click_on_a_finding_zooms_and_draws_its_evidence(sample: Hands) -> None:
    before = sample.canvas.window_now
    click_row(sample, "findings", 0)
    finding = sample.desk.finding
    assert finding is not None
    assert sample.canvas.chosen is finding
    assert sample.canvas.window_now != before
    x, y = shapely.get_coordinates(finding.evidence[0].shape).mean(axis=0)
    assert sample.canvas.rect().contains(sample.pixel((float(x), float(y)))) or finding.check == "vehicle-approach"
    sample.settle()
    assert sample.window.why.isVisible()
    assert sample.desk.language.say(finding.text) in words_of(sample.window.why)


def test_that_a_fix_is_one_step_and_the_finding_goes(hands: Hands) -> None:
    shape = shapely.LineString([at(0, 0), at(0, 60), at(60, 60), at(60, 0), at(36, 0)])
    from venueplanner.app import commands

    commands.draw(hands.desk.session, "barrier", shape)
    chosen_id = next(each.id for each in hands.plan.of("barrier") if each.name == "B1")
    commands.delete(hands.desk.session, [chosen_id])
    commands.draw(hands.desk.session, "barrier", shapely.LineString([at(0, 0), at(33, 0)]))
    hands.settle()
    before, steps = hands.plan, len(hands.desk.session.history)
    row = gap_row(hands)
    finding = hands.window.findings.lists["findings"].rows.rows[row].finding
    click_row(hands, "findings", row, button=True)
    assert len(hands.desk.session.history) == steps + 1
    assert "{" not in hands.window.actions_book["undo"].text()
    assert "{" not in hands.window.findings.history.item(0).text()
    hands.settle()
    assert finding.id not in {each.id for each in hands.desk.inspector.findings}
    hands.do("undo")
    assert not hands.plan.since(before)
    hands.settle()
    assert finding.id in {each.id for each in hands.desk.inspector.findings}


def test_that_a_waiver_needs_a_reason_is_shown_and_dies_when_the_geometry_moves(sample: Hands) -> None:
    click_row(sample, "findings", 0)
    finding = sample.desk.finding

    def sign(dialog) -> None:
        reason, name = dialog.findChild(QPlainTextEdit), dialog.findChild(QLineEdit)
        sample.type("Police car stands here", on=reason)
        name.setText("Duty officer")
        choosing("Waive")(dialog)

    texts = sample.answering(sign)
    sample.do("waive")
    assert sample.desk.language.say(finding.text) in texts[0]
    assert sample.desk.inspector.is_waived(finding)
    assert finding.id not in [
        row.finding.id for row in sample.window.findings.lists["findings"].rows.rows if row.finding
    ]
    sample.press_button(sample.window.findings._tabs["waived"])
    waived = sample.window.findings.lists["waived"]
    text = waived.rows.index(0, 0).data(RowRole).text
    assert "Police car stands here" in text
    assert "Duty officer" in text
    from venueplanner.app import commands

    commands.move(sample.desk.session, [each.id for each in sample.plan.features.values() if each.shape], 9.0, 4.0)
    sample.settle()
    assert not any(sample.desk.inspector.is_waived(each) for each in sample.desk.inspector.findings)


def test_that_a_waiver_without_a_reason_is_refused_with_a_sentence(sample: Hands) -> None:
    click_row(sample, "findings", 0)
    sample.answering(choosing("Waive"))
    sample.do("waive")
    assert not sample.plan.waivers
    assert len(sample.window.status.told.text()) > 10


def test_that_not_checked_says_why_and_what_to_do(empty: Hands) -> None:
    empty.press_button(empty.window.findings._tabs["unchecked"])
    rows = empty.window.findings.lists["unchecked"].rows.rows
    assert len(rows) == len(empty.desk.checks)
    asking = [row for row in rows if "nothing to check" not in row.text]
    assert asking
    assert all("not checked: " in row.text and row.button for row in asking), [row.text for row in asking]
    empty.press_button(empty.window.findings._tabs["findings"])
    assert "silence means nothing" in empty.window.findings._empty.head.text()


def test_that_the_keys_walk_through_the_findings(sample: Hands) -> None:
    sample.key(Key.Key_F8)
    one = sample.desk.finding
    sample.key(Key.Key_F8)
    assert sample.desk.finding is not one
    sample.key(Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert sample.desk.finding is one
    sample.key(Key.Key_F5)
    sample.settle()
    assert sample.desk.inspector.findings
