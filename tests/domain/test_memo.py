"""The memo: an answer is worked out once for what went in, and again as soon as anything else does."""

from __future__ import annotations

from venueplanner.domain.memo import Memo, Same
from venueplanner.domain.plan import Feature


def test_that_an_answer_is_worked_out_once() -> None:
    memo, asked = Memo(), []
    for _ in range(3):
        assert memo.kept(("a", 1), lambda: asked.append(1) or len(asked)) == 1
    assert asked == [1]


def test_that_another_key_is_another_answer() -> None:
    memo = Memo()
    assert memo.kept(("a", 1), lambda: "one") == "one"
    assert memo.kept(("a", 2), lambda: "two") == "two"
    assert memo.kept(("b", 1), lambda: "three") == "three"


def test_that_an_equal_feature_is_not_the_same_one() -> None:
    one, other = Feature("f", "post", None), Feature("f", "post", None)
    assert one == other
    memo = Memo()
    assert memo.kept(Same(one), lambda: 1) == 1
    assert memo.kept(Same(other), lambda: 2) == 2
    assert memo.kept(Same(one), lambda: 3) == 1


def test_that_the_answers_not_asked_for_longest_go_first() -> None:
    memo = Memo(most=2)
    memo.kept(1, lambda: "one")
    memo.kept(2, lambda: "two")
    memo.kept(1, lambda: "again")
    memo.kept(3, lambda: "three")
    assert len(memo) == 2
    assert memo.kept(1, lambda: "anew") == "one"
    assert memo.kept(2, lambda: "anew") == "anew"


def test_that_what_cannot_be_worked_out_is_not_kept() -> None:
    memo = Memo()
    for attempt in range(2):
        try:
            memo.kept("bad", lambda: 1 // 0)
        except ZeroDivisionError:
            continue
        raise AssertionError(attempt)
    assert memo.kept("bad", lambda: 7) == 7
