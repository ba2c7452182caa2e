"""Compiling at the first call: the same answers, also through functions that call each other."""

from __future__ import annotations

import threading

import numpy as np

from venueplanner.engine.compiled import compiled


@compiled
def _twice(value: float) -> float:
    return 2.0 * value


@compiled
def _sum_of_doubles(values: np.ndarray) -> float:
    total = 0.0
    for value in values:
        total += _twice(value)
    return total


def test_that_a_compiled_function_may_call_another_one() -> None:
    assert _sum_of_doubles(np.array([1.0, 2.5])) == 7.0
    assert _twice(3.0) == 6.0


def test_that_threads_that_call_first_at_once_get_the_same_answer() -> None:
    @compiled
    def cube(value: float) -> float:
        return value**3

    answers: list[float] = []
    threads = [threading.Thread(target=lambda: answers.append(cube(2.0))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [8.0] * 4


def test_that_the_name_and_the_words_of_the_function_stay() -> None:
    assert _twice.__name__ == "_twice"
    assert _twice.__module__ == __name__
