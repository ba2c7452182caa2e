"""Zones: shares of people, quantity-distance, directions; and the card's rows beside the law they follow."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from venueplanner.app.documents import profile_named
from venueplanner.engine.standoff import bearings, people_inside, quantity_distance, widest_turn

# Capacity of each row of the stand-off card in kg (2.3 kg is 5 lb …); the distances are the profile's own.
_CAPACITY = {"pipe": 2.3, "worn": 9.2, "case": 23, "car": 227, "van": 454, "small_truck": 1814, "water_truck": 4536,
             "semi_trailer": 27216}  # fmt: skip
_POUND, _FOOT = 0.45359237, 0.3048


@pytest.mark.parametrize("profile", ["kg", "uk"])
def test_that_the_rows_of_the_card_follow_the_cube_root_so_no_digit_was_mistyped(profile: str) -> None:
    rules = profile_named(profile)
    for row, kilograms in _CAPACITY.items():
        root = (kilograms / _POUND) ** (1 / 3)
        assert rules.number(f"standoff.{row}.mandatory") == pytest.approx(40 * root * _FOOT, rel=0.04)
        assert rules.number(f"standoff.{row}.preferred") > rules.number(f"standoff.{row}.mandatory")
        if kilograms >= 227:
            assert rules.number(f"standoff.{row}.preferred") == pytest.approx(239 * root * _FOOT, rel=0.02)


@pytest.mark.parametrize(("factor", "metres"), [(14.8, 69), (22.2, 103), (44.4, 206)])
def test_that_quantity_distance_gives_the_published_example_of_100_kg(factor: float, metres: int) -> None:
    assert round(quantity_distance(factor, 100)) == metres


@given(st.floats(0, 1e5), st.floats(1, 60), st.floats(1.01, 8))
def test_that_eight_times_the_quantity_doubles_the_distance(quantity: float, factor: float, more: float) -> None:
    assert quantity_distance(factor, 8 * quantity) == pytest.approx(2 * quantity_distance(factor, quantity))
    assert quantity_distance(factor * more, quantity) == pytest.approx(more * quantity_distance(factor, quantity))


@given(st.floats(-20, 20), st.integers(1, 10_000))
def test_that_two_halves_of_the_ground_hold_all_people(cut: float, people: int) -> None:
    area = [shapely.box(-10, -10, 10, 10)]
    left = people_inside(shapely.box(-1000, -1000, cut, 1000), area, [people])
    right = people_inside(shapely.box(cut, -1000, 1000, 1000), area, [people])
    assert left.sum() + right.sum() == pytest.approx(people)


def test_that_an_unknown_number_of_people_stays_unknown_only_where_they_are() -> None:
    areas = [shapely.box(0, 0, 1, 1), shapely.box(50, 0, 51, 1)]
    inside = people_inside(shapely.box(0, 0, 10, 10), areas, [math.nan, math.nan])
    assert math.isnan(inside[0])
    assert inside[1] == 0


@given(st.lists(st.floats(0, 360), min_size=2, max_size=6), st.floats(0, 720))
def test_that_turning_all_directions_changes_no_angle_between_them(directions: list[float], by: float) -> None:
    turned = [each + by for each in directions]
    assert widest_turn(turned) == pytest.approx(widest_turn(directions), abs=1e-6)
    assert 0 <= widest_turn(directions) <= 180


def test_that_bearings_run_clockwise_from_north() -> None:
    around = bearings((10, 10), [(10, 20), (20, 10), (10, 0), (0, 10)])
    assert around.tolist() == pytest.approx([0, 90, 180, 270])
