"""The session: one open plan. The only place that changes it, undoes it and tells others.

One edit: work out the new plan, take the difference, write it to the journal (flushed before anybody is told), push it
on the history, tell the listeners who started it. Listeners compare nothing: they get the `Change`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from venueplanner.domain.memo import Memo
from venueplanner.domain.plan import Change, Plan
from venueplanner.domain.rules import Rules
from venueplanner.domain.site import Layer, Site

Edit = Callable[..., Plan]
Listener = Callable[[Change, object], None]
MERGE_SECONDS = 1.0


class Log(Protocol):
    """The crash journal as the session sees it."""

    def append(self, label: str, change: Change) -> None:
        """Keep one step on disk; returns when it is there."""


@dataclass(frozen=True)
class Step:
    """One step of the history: its name for the menu, the change, and when it was made (UTC seconds)."""

    label: str
    change: Change
    when: float = 0.0
    merge_key: str = ""


@dataclass
class Session:
    """One open plan with its city layers, rule profile, history and selection."""

    plan: Plan
    profile: Rules
    layers: dict[str, Layer] = field(default_factory=dict)
    journal: Log | None = None
    path: Path | None = None
    phase: str | None = None
    _done: list[Step] = field(default_factory=list)
    _undone: list[Step] = field(default_factory=list)
    _saved: Plan | None = None
    _listeners: list[Listener] = field(default_factory=list)
    _memo: Memo = field(default_factory=Memo)

    def __post_init__(self) -> None:
        self._saved = self.plan

    # -- telling ------------------------------------------------------------------------------------------------
    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener(change, initiator)` after every change; the returned function stops that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def _tell(self, change: Change, initiator: object) -> None:
        for listener in list(self._listeners):
            listener(change, initiator)

    # -- changing -----------------------------------------------------------------------------------------------
    def do(self, label: str, edit: Edit, *, initiator: object = None, merge_key: str = "", **args: Any) -> Change:
        """Make an edit. Nothing happens when it changes nothing; errors leave the plan as it was.

        Edits with the same non-empty `merge_key` within a second are one step (typing in one field).
        """
        plan = edit(self.plan, **args)
        change = plan.since(self.plan)
        if not change:
            return change
        if self.journal is not None:
            self.journal.append(label, change)
        self.plan = plan
        self._undone.clear()
        self._push(Step(label, change, time.time(), merge_key))
        self._tell(change, initiator)
        return change

    def _push(self, step: Step) -> None:
        last = self._done[-1] if self._done else None
        if last and step.merge_key and last.merge_key == step.merge_key and step.when - last.when < MERGE_SECONDS:
            self._done[-1] = replace(step, change=last.change.then(step.change))
        else:
            self._done.append(step)

    def undo(self) -> bool:
        """Take back the last step; False when there is none."""
        return self._travel(self._done, self._undone, back=True)

    def redo(self) -> bool:
        """Do again what was taken back; False when there is none."""
        return self._travel(self._undone, self._done, back=False)

    def _travel(self, source: list[Step], target: list[Step], *, back: bool) -> bool:
        if not source:
            return False
        step = source[-1]
        change = ~step.change if back else step.change
        plan = self.plan.apply(change)
        if self.journal is not None:
            self.journal.append(("Undo: " if back else "Redo: ") + step.label, change)
        source.pop()
        target.append(replace(step, merge_key=""))
        self.plan = plan
        self._tell(change, self)
        return True

    # -- history ------------------------------------------------------------------------------------------------
    @property
    def undo_label(self) -> str:
        """Name of the step that undo takes back, or an empty text."""
        return self._done[-1].label if self._done else ""

    @property
    def redo_label(self) -> str:
        """Name of the step that redo does again, or an empty text."""
        return self._undone[-1].label if self._undone else ""

    @property
    def history(self) -> list[Step]:
        """All steps in force, oldest first."""
        return list(self._done)

    @property
    def undone(self) -> list[Step]:
        """The steps taken back, the next to redo first."""
        return self._undone[::-1]

    def go_to(self, steps: int) -> None:
        """Undo or redo until `steps` steps are in force."""
        while len(self._done) > max(steps, 0) and self.undo():
            pass
        while len(self._done) < steps and self.redo():
            pass

    # -- state --------------------------------------------------------------------------------------------------
    @property
    def dirty(self) -> bool:
        """Whether the plan differs from the saved file."""
        return self._saved is None or bool(self.plan.since(self._saved))

    def mark_saved(self, path: Path) -> None:
        """The plan as it is now lies in `path`."""
        self.path = path
        self._saved = self.plan

    def mark_unsaved(self) -> None:
        """The plan is in no file yet (recovered or new)."""
        self._saved = None

    @property
    def rules(self) -> Rules:
        """The rule profile with the plan's own overrides."""
        return self.profile.overridden(self.plan.facts)

    @property
    def live_layers(self) -> Mapping[str, Layer]:
        """The loaded layers that the plan stands on."""
        return {key: layer for key, layer in self.layers.items() if key in self.plan.layers}

    def site(self) -> Site:
        """A snapshot for checks and packs: immutable, safe in any thread."""
        return Site(self.plan, self.live_layers, self.rules, self.phase, self._memo)
