"""Compiling at the first call: the same answers, also through functions that call each other, and never old ones."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

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


ENGINE = """
import sys; sys.path.insert(0, {root!r})
from house.engine.user import ask
print(ask(1.0))
"""


def answer(root: Path) -> str:
    script = ENGINE.format(root=str(root))
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()


def test_that_a_change_in_another_file_is_not_answered_by_old_code(tmp_path: Path) -> None:
    engine = tmp_path / "house" / "engine"
    engine.mkdir(parents=True)
    source = Path(__file__).parents[2] / "src" / "venueplanner" / "engine" / "compiled.py"
    (tmp_path / "house" / "__init__.py").write_text("")
    (engine / "__init__.py").write_text("")
    (engine / "compiled.py").write_text(source.read_text("utf-8"), "utf-8")
    top = "from house.engine.compiled import compiled\n"
    (engine / "deep.py").write_text(f"{top}@compiled\ndef inner(x):\n    return x + 1.0\n")
    user = f"{top}from house.engine.deep import inner\n@compiled\ndef ask(x):\n    return 10.0 * inner(x)\n"
    (engine / "user.py").write_text(user)
    assert answer(tmp_path) == "20.0"
    assert answer(tmp_path) == "20.0"
    assert list(engine.rglob("*.nbi"))
    (engine / "deep.py").write_text(f"{top}@compiled\ndef inner(x):\n    return x + 2.0\n")
    assert answer(tmp_path) == "30.0"
