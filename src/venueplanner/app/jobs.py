"""Where work runs: at once (command line, tests) or in threads with the answer posted to the window's own thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

log = logging.getLogger("venueplanner.app")
Answer = TypeVar("Answer")


class Runner(Protocol):
    """Runs `work` somewhere and hands its answer, or the exception it raised, to `done` on the caller's thread."""

    def start(self, work: Callable[[], Answer], done: Callable[[Answer | None, BaseException | None], None]) -> None:
        """Begin one job."""

    def close(self) -> None:
        """Finish what runs and take no more."""


class Inline:
    """Runs work at once: for the command line and for tests."""

    def start(self, work: Callable[[], Answer], done: Callable[[Answer | None, BaseException | None], None]) -> None:
        """Run now and tell now."""
        try:
            answer = work()
        except Exception as error:
            log.exception("A job failed")
            done(None, error)
        else:
            done(answer, None)

    def close(self) -> None:
        """Nothing runs after `start` has returned."""


class Threads:
    """Runs work in a few threads; `post` brings a call to the owner's thread (a queued signal in the window)."""

    def __init__(self, post: Callable[[Callable[[], None]], None], count: int = 2) -> None:
        self._post = post
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="venueplanner")
        self._closed = threading.Event()

    def start(self, work: Callable[[], Answer], done: Callable[[Answer | None, BaseException | None], None]) -> None:
        """Begin in a thread; `done` is called on the owner's thread unless closed before."""
        if self._closed.is_set():
            return

        def run() -> None:
            answer: Answer | None = None
            trouble: BaseException | None = None
            try:
                answer = work()
            except Exception as error:
                log.exception("A job failed")
                trouble = error
            if not self._closed.is_set():
                self._post(lambda: None if self._closed.is_set() else done(answer, trouble))

        self._pool.submit(run)

    def close(self) -> None:
        """Wait for what runs; answers that come later are dropped."""
        self._closed.set()
        self._pool.shutdown(wait=True, cancel_futures=True)
