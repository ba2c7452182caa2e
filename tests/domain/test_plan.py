"""Plans never change; the difference of two plans turned round is undo."""

from __future__ import annotations

import hypothesis.strategies as st
import shapely
from hypothesis import given

from venueplanner.domain.plan import Change, Feature, Plan, Waiver

NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
SHAPES = st.builds(shapely.Point, st.integers(-5, 5), st.integers(-5, 5))
FEATURES = st.builds(
    lambda key, shape, text: Feature(key, "note", shape, {"text": text}), NAMES, SHAPES, st.text(max_size=3)
)
PLANS = st.builds(
    lambda features, facts, waivers: Plan(
        features={each.id: each for each in features},
        facts=facts,
        waivers={key: Waiver(key, "r", "b", "2026-01-01", "c") for key in waivers},
    ),
    st.lists(FEATURES, max_size=5),
    st.dictionaries(NAMES, st.text(max_size=3), max_size=3),
    st.sets(NAMES, max_size=3),
)


def same(one: Plan, other: Plan) -> bool:
    return not one.since(other) and not other.since(one)


@given(PLANS, PLANS)
def test_that_a_change_leads_from_the_old_plan_to_the_new_one(old: Plan, new: Plan) -> None:
    assert same(old.apply(new.since(old)), new)


@given(PLANS, PLANS)
def test_that_a_change_turned_round_is_undo(old: Plan, new: Plan) -> None:
    change = new.since(old)
    assert same(old.apply(change).apply(~change), old)
    assert ~~change == change


@given(PLANS, PLANS, PLANS)
def test_that_two_changes_can_be_taken_as_one(first: Plan, second: Plan, third: Plan) -> None:
    both = second.since(first).then(third.since(second))
    assert same(first.apply(both), third)


@given(PLANS)
def test_that_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert not plan.since(plan)
    assert not plan.since(Plan(dict(plan.features), dict(plan.layers), dict(plan.waivers), dict(plan.facts)))


def test_that_a_change_knows_its_ids_kinds_and_both_places() -> None:
    old = Plan(features={"x": Feature("x", "note", shapely.Point(0, 0))})
    new = old.put("features", {"x": Feature("x", "note", shapely.Point(9, 9)), "y": Feature("y", "post", None)})
    change = new.since(old)
    assert change.ids() == {"x", "y"}
    assert change.kinds() == {"note", "post"}
    assert change.boxes() == [(0, 0, 0, 0), (9, 9, 9, 9)]
    assert not Change({})
