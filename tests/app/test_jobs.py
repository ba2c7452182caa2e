"""Jobs: the answer or the trouble comes to the owner's thread, and nothing comes after closing."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

import pytest

from venueplanner.app.jobs import Apart, Inline, Stop, Threads
from venueplanner.domain.errors import Cancelled

WAIT = 20.0


def test_that_inline_tells_at_once() -> None:
    told: list[Any] = []
    Inline().start(lambda: 7, lambda answer, trouble: told.append((answer, trouble)))
    assert told == [(7, None)]


def test_that_inline_tells_of_trouble() -> None:
    told: list[Any] = []
    Inline().start(lambda: 1 // 0, lambda answer, trouble: told.append((answer, type(trouble))))
    assert told == [(None, ZeroDivisionError)]


@pytest.mark.parametrize("fails", [False, True])
def test_that_work_runs_in_a_thread_and_is_told_where_it_is_taken(fails: bool) -> None:
    posted: queue.Queue[Callable[[], None]] = queue.Queue()
    threads, where, told = Threads(posted.put), [], []

    def work() -> int:
        where.append(threading.current_thread())
        return 1 // 0 if fails else 7

    try:
        threads.start(work, lambda answer, trouble: told.append((answer, type(trouble), threading.current_thread())))
        posted.get(timeout=WAIT)()
    finally:
        threads.close()
    wanted = (None, ZeroDivisionError) if fails else (7, type(None))
    assert told == [(*wanted, threading.current_thread())]
    assert where != [threading.current_thread()]


def test_that_nothing_is_told_after_closing() -> None:
    posted: queue.Queue[Callable[[], None]] = queue.Queue()
    told: list[Any] = []
    threads = Threads(posted.put)
    threads.start(lambda: 7, lambda answer, trouble: told.append(answer))
    waiting = posted.get(timeout=WAIT)
    threads.close()
    waiting()
    threads.start(lambda: 8, lambda answer, trouble: told.append(answer))
    assert told == []
    assert posted.empty()


def test_that_work_asked_to_stop_before_it_commits_is_stopped_and_after_it_is_not() -> None:
    early, late = Stop(), Stop()
    assert early.ask()
    with pytest.raises(Cancelled):
        early.commit()
    assert not early.late
    late.commit()
    assert not late.ask()
    late.check()


def test_that_work_apart_gives_its_answer_or_its_trouble() -> None:
    fine, bad = Apart(lambda _stop: 7), Apart(lambda _stop: 1 // 0)
    assert fine.wait(WAIT)
    assert bad.wait(WAIT)
    assert (fine.answer, fine.trouble, bad.answer, type(bad.trouble)) == (7, None, None, ZeroDivisionError)
