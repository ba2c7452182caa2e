"""What the checks would say of a plan that is not made yet: the answer while a barrier is still being dragged.

Only the subjects the draft can touch are looked at, one job at a time on an immutable snapshot; what is asked meanwhile
replaces what waits, so the newest wins, and an answer that comes after the draft was dropped is thrown away.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from venueplanner.domain.check import Check, Finding, Status
from venueplanner.domain.plan import Change
from venueplanner.domain.site import Site

from .jobs import Runner

Answers = dict[str, tuple[Status, tuple[Finding, ...]]]


@dataclass(frozen=True)
class _Wish:
    site: Site
    change: Change
    asked: float


class Preview:
    """Answers by check and subject for the newest draft. `check(check, site, change)` gives those of one check."""

    def __init__(
        self,
        checks: tuple[Check, ...],
        runner: Runner,
        check: Callable[[Check, Site, Change], Answers],
        news: Callable[[], None],
    ) -> None:
        self._checks, self._runner, self._check, self._news = checks, runner, check, news
        self._wish: _Wish | None = None
        self._running = False
        self._draft = 0
        self.answers: Mapping[str, Answers] = {}
        self.last_latency: float | None = None

    @property
    def busy(self) -> bool:
        """Whether a newer answer is on its way."""
        return self._running or self._wish is not None

    def ask(self, site: Site, change: Change) -> None:
        """Look at a draft: the site as it would be, and what the draft changes of the plan."""
        self._wish = _Wish(site, change, time.perf_counter())
        if not self._running:
            self._next()

    def drop(self) -> bool:
        """The draft is done or given up; True when answers of it were shown."""
        self._wish = None
        self._draft += 1
        shown = bool(self.answers)
        self.answers = {}
        return shown

    def _next(self) -> None:
        wish, draft = self._wish, self._draft
        if wish is None:
            return
        self._wish, self._running = None, True

        def work() -> dict[str, Answers]:
            return {each.id: self._check(each, wish.site, wish.change) for each in self._checks}

        def done(answers: dict[str, Answers] | None, trouble: BaseException | None) -> None:
            self._running = False
            if answers is not None and draft == self._draft:
                self.answers = answers
                self.last_latency = time.perf_counter() - wish.asked
                self._news()
            self._next()

        self._runner.start(work, done)
