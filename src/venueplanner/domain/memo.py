"""Answers kept with what they were worked out from, so that an edit pays only for what it changed.

A plan's features never change: an edit puts a new one in the place of the old. So "the same things went in" can be seen
by identity, without comparing shapes: `Same(feature)` in a key. A key has to name everything the answer depends on.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Made = TypeVar("Made")


class Same:
    """A part of a key that is met again only by the very same object, which it keeps alive.

    >>> one = [1]
    >>> Same(one) == Same(one), Same(one) == Same([1])
    (True, False)
    """

    __slots__ = ("it",)

    def __init__(self, it: object) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.it is other.it


class Memo:
    """At most `most` answers; those not asked for longest go first. Safe from several threads.

    >>> memo = Memo()
    >>> memo.kept(("square", 3), lambda: 9), memo.kept(("square", 3), lambda: 0)
    (9, 9)
    """

    def __init__(self, most: int = 4096) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def kept(self, key: Hashable, build: Callable[[], Made]) -> Made:
        """The answer kept for `key`, or what `build` says. Two threads that need it at once may both build it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: Made = self._kept[key]
                return found
        made = build()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
