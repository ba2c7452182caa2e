"""What the window asks of a map, whoever paints it: the canvas of `ui.canvas`, or a plain double in tests.

A map also has the signals `pointer_moved(float, float)` metres, `view_changed()`, `selection_changed(tuple)`,
`tool_changed(str)`, `hint(str)` and `context_requested(float, float, int, int)`: metres, then global pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from venueplanner.app.language import Language
from venueplanner.app.session import Session
from venueplanner.domain.check import Finding


class MapView(Protocol):
    """A widget that shows the city and the plan and runs the tools."""

    selected: tuple[str, ...]
    pointer_moved: Any
    view_changed: Any
    selection_changed: Any
    tool_changed: Any
    hint: Any
    context_requested: Any

    @property
    def scale(self) -> float:
        """The scale's denominator on this screen."""

    @property
    def busy(self) -> bool:
        """Whether the picture is not final yet."""

    def set_session(self, session: Session) -> None:
        """Show another plan."""

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""

    def set_theme(self, theme: str) -> None:
        """Light or dark."""

    def set_tool(self, tool_id: str) -> None:
        """select, pan, measure, or a kind's id to draw one."""

    def set_visible(self, item_id: str, visible: bool) -> None:
        """Show or hide a kind or a city layer."""

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Draw these findings' gaps and stretches."""

    def show_evidence(self, finding: Finding | None, *, zoom: bool = True) -> None:
        """Draw everything of one finding, and bring it into view."""

    def select(self, ids: Sequence[str]) -> None:
        """Select features."""

    def zoom_to(self, what: str | Sequence[float] | Sequence[str]) -> None:
        """Show "plan", "city", a box in metres, or features by id."""

    def zoom(self, factor: float) -> None:
        """Closer by `factor`."""

    def back(self) -> None:
        """The view before."""

    def forth(self) -> None:
        """The view after."""

    def update(self) -> None:
        """Paint again."""

    def shut(self) -> None:
        """Stop working; the widget is about to go."""


MakeMap = Callable[[Session, Language, str], Any]
