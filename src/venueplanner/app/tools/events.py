"""What tools are told and what they show."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import Any

from venueplanner.app.snapping import Snap
from venueplanner.domain.words import Words

Place = tuple[float, float]


@dataclass(frozen=True)
class Pointer:
    """One event. `what`: press, move, release, double, key, cancel. Places are metres; `raw` is before snapping.

    `key` is a key's name (Enter, Backspace, Delete, Tab, Undo, Redo) or the typed character. `near` is the tolerance of
    the hand in metres.
    """

    what: str
    x: float = 0.0
    y: float = 0.0
    raw: Place = (0.0, 0.0)
    button: str = "left"
    shift: bool = False
    ctrl: bool = False
    key: str = ""
    near: float = 1.0
    snap: Snap | None = None

    @property
    def place(self) -> Place:
        """Where it is, snapped."""
        return self.x, self.y


@dataclass(frozen=True)
class Draft:
    """What a tool shows while it runs: points of a line or area, the typed numbers, lengths for the cursor.

    `typed_angle` is None until an angle is being typed; `way` are the vertices a followed street puts before the
    cursor; `note` is something the user should be told; `taken_back` vertices can be put back.
    """

    family: str = "LineString"
    points: tuple[Place, ...] = ()
    cursor: Place | None = None
    snap: Snap | None = None
    typed: str = ""
    typed_angle: str | None = None
    way: tuple[Place, ...] = ()
    note: Words | None = None
    length: float | None = None
    leg: float | None = None
    angle: float | None = None
    area: float | None = None
    shapes: Mapping[str, Any] = field(default_factory=dict)
    taken_back: int = 0

    @property
    def begun(self) -> bool:
        """Whether something is being drawn, even if its vertices have all been taken back."""
        return bool(self.points or self.taken_back)


@dataclass(frozen=True)
class Done:
    """The edit a tool ends with: a label for the history, the edit's function and its arguments."""

    label: Words
    edit: Callable[..., Any] | None = None
    args: Mapping[str, Any] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    zoom: tuple[float, float, float, float] | None = None
    again: bool = True


Tool = Generator[Draft, Pointer, Done | None]
