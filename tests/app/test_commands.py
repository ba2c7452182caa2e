"""Named actions: each is one step that undo takes back whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import shapely

from venueplanner.app import commands
from venueplanner.app.inspector import Inspector
from venueplanner.app.jobs import Inline
from venueplanner.app.session import Session
from venueplanner.checks import ALL
from venueplanner.domain.check import Fix
from venueplanner.domain.errors import BadValue, UnknownName
from venueplanner.domain.words import Words

from .scenes import session


def scene() -> Session:
    left, right = (
        shapely.LineString([(0, 0), (28.8, 0)]),
        shapely.LineString([(31.2, 0), (60, 0), (60, 60), (0, 60), (0, 0)]),
    )
    return session(
        ("perimeter", shapely.box(0, 0, 60, 60), {"name": "A"}),
        ("barrier", left, {"name": "B1"}),
        ("barrier", right, {"name": "B2"}),
        ("stakeholder", None, {"name": "Police"}),
        ("post", shapely.Point(5, 5), {"name": "P1", "owner": ["Police"]}),
    )


ACTIONS: dict[str, Callable[[Session], object]] = {
    "draw": lambda desk: commands.draw_point(desk, "post", 1, 1),
    "values": lambda desk: commands.change_values(desk, ["B1", "B2"], {"foundation": "deep"}),
    "delete": lambda desk: commands.delete(desk, ["Police", "B1"]),
    "paste": lambda desk: commands.paste(desk, commands.copy(desk, ["B1", "P1", "gone"]), 5, 5),
    "move": lambda desk: commands.move(desk, ["B1", "P1"], 5, 0),
    "turn": lambda desk: commands.turn(desk, ["B1"], 90),
    "facts": lambda desk: commands.set_facts(desk, {"title": "Other", "place": "Osh"}),
    "rule": lambda desk: commands.override_rule(desk, "coverage.limit", "2,5"),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_that_an_action_is_one_step_and_undo_takes_all_of_it_back(name: str) -> None:
    desk = scene()
    before = desk.plan
    ACTIONS[name](desk)
    after = desk.plan
    assert after.since(before)
    assert len(desk.history) == 1
    assert commands.undo(desk)
    assert not desk.plan.since(before)
    assert commands.redo(desk)
    assert not desk.plan.since(after)


def test_that_deleting_a_party_takes_out_the_links_to_it() -> None:
    desk = scene()
    commands.delete(desk, ["Police"])
    assert desk.plan.features["P1"].links("owner") == ()


def test_that_pasted_features_have_new_ids_and_names_and_are_shifted() -> None:
    desk = scene()
    (made,) = commands.paste(desk, commands.copy(desk, ["P1"]), 5, -2)
    feature = desk.plan.features[made]
    assert feature.name == "P2"
    assert feature.shape is not None
    assert feature.shape.equals(shapely.Point(10, 3))


def test_that_a_value_that_does_not_fit_changes_none_of_the_features() -> None:
    desk = scene()
    before = desk.plan
    with pytest.raises(BadValue, match="one of these"):
        commands.change_values(desk, ["B1", "B2"], {"foundation": "floating"})
    with pytest.raises(BadValue):
        commands.override_rule(desk, "coverage.limit", "wide")
    assert desk.plan is before
    assert not desk.history


def test_that_a_fix_mends_its_finding_in_one_click() -> None:
    desk = scene()
    inspector = Inspector(desk, [each for each in ALL if each.id == "coverage-gap"], Inline())
    inspector.check_all()
    (gap,) = inspector.findings
    commands.apply_fix(desk, gap.fixes[0])
    assert inspector.findings == []
    assert len(desk.history) == 1
    desk.undo()
    assert len(inspector.findings) == 1
    with pytest.raises(UnknownName, match="fly"):
        commands.apply_fix(desk, Fix(Words("Fly"), "fly"))


def test_that_a_waiver_needs_a_reason_and_a_name_and_can_be_withdrawn() -> None:
    desk = scene()
    inspector = Inspector(desk, ALL, Inline())
    inspector.check_all()
    gap = next(each for each in inspector.findings if each.check == "coverage-gap")
    for reason, by in (("", "Officer"), ("seen", "")):
        with pytest.raises(BadValue):
            commands.waive(desk, gap, reason, by)
    commands.waive(desk, gap, "seen", "Officer")
    assert inspector.is_waived(gap)
    commands.take_back_waiver(desk, gap.id)
    assert not inspector.is_waived(gap)


def test_that_a_rule_says_the_plans_own_value_and_goes_back_to_the_profiles() -> None:
    desk = scene()
    inspector = Inspector(desk, ALL, Inline())
    inspector.check_all()
    gap = next(each for each in inspector.findings if each.check == "coverage-gap")
    commands.override_rule(desk, "coverage.limit", "2,5")
    assert desk.rules.number("coverage.limit") == 2.5
    assert not [each for each in inspector.findings if each.check == "coverage-gap"]
    rule = commands.rule_of(desk, gap)
    assert rule is not None
    assert rule.value == 2.5
    commands.override_rule(desk, "coverage.limit", "")
    assert desk.rules.number("coverage.limit") == 1.2


def test_that_looking_at_a_phase_checks_the_plan_as_it_is_then_and_is_no_step() -> None:
    desk = scene()
    phase = commands.draw(desk, "phase", values={"name": "Evening"})
    other = commands.draw(desk, "phase", values={"name": "Day"})
    commands.change_values(desk, ["B1"], {"phases": [phase]})
    steps = len(desk.history)
    inspector = Inspector(desk, [each for each in ALL if each.id == "coverage-gap"], Inline())
    widest = []
    for each in (phase, other, None):
        commands.set_phase(desk, inspector, each)
        inspector.check_all()
        widest.append(max(found.measured or 0 for found in inspector.findings))
    assert widest[0] == widest[2] == pytest.approx(2.4)
    assert widest[1] > 28
    assert len(desk.history) == steps
