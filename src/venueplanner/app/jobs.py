"""Where work runs: at once (command line, tests) or in threads with the answer posted to the window's own thread."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, Protocol, TypeVar

from venueplanner.domain.errors import Cancelled, PlannerError

log = logging.getLogger("venueplanner.app")
Answer = TypeVar("Answer")


class Stop:
    """Says to work under way that nobody waits for its answer any more.

    Before it does what cannot be half done, work asks `commit`: from then on it is finished, whoever asks it to stop.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked = self._late = False

    @property
    def asked(self) -> bool:
        """Whether the answer is not wanted any more."""
        return self._asked

    @property
    def late(self) -> bool:
        """Whether the work can no longer be stopped."""
        return self._late

    def ask(self) -> bool:
        """Stop the work; False when that is too late."""
        with self._lock:
            self._asked = self._asked or not self._late
            return self._asked

    def check(self) -> None:
        """Raise `Cancelled` when the answer is not wanted any more."""
        if self._asked:
            raise Cancelled

    def commit(self) -> None:
        """Go past the point where work can be stopped. Raises `Cancelled` when it was stopped before."""
        with self._lock:
            if not self._asked:
                self._late = True
        self.check()


class Apart(Generic[Answer]):
    """One piece of work in a thread of its own, which does not keep the program from ending.

    Work that a dead network drive holds is left behind: its answer is dropped when it ever comes. Nothing here waits.
    """

    def __init__(self, work: Callable[[Stop], Answer]) -> None:
        self.stop = Stop()
        self.answer: Answer | None = None
        self.trouble: BaseException | None = None
        self._over = threading.Event()
        self._work = work
        self._thread = threading.Thread(target=self._run, name="venueplanner-apart", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.answer = self._work(self.stop)
        except PlannerError as error:
            self.trouble = error
        except BaseException as error:
            log.exception("A job failed")
            self.trouble = error
        self._over.set()

    @property
    def over(self) -> bool:
        """Whether the answer, or what went wrong, is there."""
        return self._over.is_set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end, for at most so many seconds; whether it came."""
        return self._over.wait(seconds)


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
