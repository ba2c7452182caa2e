"""Fields understand what people type and refuse the rest by name."""

from __future__ import annotations

import pytest

from venueplanner.domain.errors import BadValue
from venueplanner.domain.fields import Choice, Flag, Links, Number, Text, When, Whole


@pytest.mark.parametrize(("raw", "value"), [("1,5", 1.5), ("1.5", 1.5), ("1 500", 1500.0), (2, 2.0), ("", None)])
def test_that_a_number_takes_both_decimal_marks(raw: object, value: float | None) -> None:
    assert Number(id="n", label="N").parse(raw) == value


@pytest.mark.parametrize("raw", ["x", "nan", "inf", "1e999", True, "1.2.3"])
def test_that_what_is_no_number_is_refused(raw: object) -> None:
    with pytest.raises(BadValue, match="N cannot be"):
        Number(id="n", label="N").parse(raw)


def test_that_limits_are_named() -> None:
    field = Number(id="n", label="Width", unit="m", low=0, high=5)
    with pytest.raises(BadValue, match="the most is 5 m"):
        field.parse(6)
    with pytest.raises(BadValue, match="the least is 0 m"):
        field.parse(-1)


def test_that_a_count_is_whole() -> None:
    assert Whole(id="n", label="N").parse("12") == 12
    with pytest.raises(BadValue, match="whole number"):
        Whole(id="n", label="N").parse("1.5")


@pytest.mark.parametrize(("raw", "value"), [("да", True), ("ооба", True), ("no", False), (True, True), (0, False)])
def test_that_yes_and_no_are_understood_in_three_languages(raw: object, value: bool) -> None:
    assert Flag(id="f", label="F").parse(raw) is value


def test_that_a_choice_takes_value_or_label() -> None:
    field = Choice(id="c", label="C", options=(("a", "Alpha"), ("b", "Beta")))
    assert field.parse("a") == field.parse("ALPHA") == "a"
    with pytest.raises(BadValue, match="a, b"):
        field.parse("z")


@pytest.mark.parametrize("raw", ["2026-08-31 17:00", "2026-08-31T17:00", "31.08.2026 17:00", "2026-08-31T17:00:30"])
def test_that_a_time_is_kept_to_the_minute(raw: str) -> None:
    assert When(id="w", label="W").parse(raw) == "2026-08-31T17:00"


def test_that_links_come_from_lists_and_text() -> None:
    assert Links(id="l", label="L").parse("a, b") == Links(id="l", label="L").parse(["a", "b"]) == ("a", "b")
    with pytest.raises(BadValue, match="at most 1"):
        Links(id="l", label="L", most=1).parse(["a", "b"])


def test_that_text_is_kept_as_it_is() -> None:
    assert Text(id="t", label="T").parse("Чүй көчөсү №1") == "Чүй көчөсү №1"
