"""The map canvas of the window."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence

import shapely
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from venueplanner.app.drawing import (
    PALETTES,
    Palette,
    Sheet,
    paint_north,
    paint_scale_bar,
)
from venueplanner.app.language import Language
from venueplanner.app.session import Session
from venueplanner.app.tools.following import Follower
from venueplanner.domain.check import Finding
from venueplanner.domain.pack import Frame
from venueplanner.domain.plan import Change, Feature

from .blit import blit_frame, blit_overlay
from .draft_paint import paint_draft
from .frame_maker import Frame as CityFrame
from .frame_maker import FrameMaker, Wish
from .hand import Hand
from .overlay import Overlay
from .sheet_paint import paint_sheets
from .view import Box, Trail, Window, scale_of, showing


class MapCanvas(QWidget):
    """Shows the city and the plan, and runs the tools.

    Signals: `pointer_moved(x, y)` metres; `view_changed()`; `selection_changed(ids)`; `tool_changed(id)`;
    `hint(text)` something to tell the user; `draft_changed(plan)` the plan a drag would make, None when it is over;
    `context_requested(x, y, global_x, global_y)`; `escaped()` Esc when nothing was left to stop.
    """

    pointer_moved = Signal(float, float)
    view_changed = Signal()
    selection_changed = Signal(tuple)
    tool_changed = Signal(str)
    hint = Signal(str)
    draft_changed = Signal(object)
    context_requested = Signal(float, float, int, int)
    escaped = Signal()

    def __init__(
        self, session: Session, language: Language, theme: str = "light", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.language = language
        self.palette_now: Palette = PALETTES[theme]
        self.window_now = Window()
        self.selected: tuple[str, ...] = ()
        self.hidden: set[str] = set()
        self.sheets: tuple[Frame, ...] = ()
        self.snapping = True
        self.following = False
        self.follower = Follower(session)
        self._trail = Trail()
        self._frame: CityFrame | None = None
        self._overlay = Overlay(self)
        self._picture: QPixmap | None = None
        self._overlay_window = Window()
        self.findings: list[Finding] = []
        self.chosen: Finding | None = None
        self._placed = False
        self._maker = FrameMaker(self)
        self._maker.made.connect(self._take)
        self._maker.problem.connect(self.hint)
        self._later = QTimer(self, singleShot=True, interval=40)
        self._later.timeout.connect(self._renew)
        self._after: list[Callable[[], object]] = []
        self.hand = Hand(self)
        self._stop = session.listen(self._changed)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(240, 160)
        self.retranslate(language)

    # -- what the window asks for -------------------------------------------------------------------------------
    def set_session(self, session: Session) -> None:
        """Show another plan."""
        self._stop()
        self.session = session
        self.follower = Follower(session)
        self._stop = session.listen(self._changed)
        self.selected, self.findings, self.chosen, self._placed, self.sheets = (), [], None, False, ()
        self._frame = None
        self.hidden = set()
        self.hand.take_up("select")
        self.zoom_to("plan")

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self.language = language
        self.setAccessibleName(language("Map"))
        self._repaint_plan()

    def set_theme(self, theme: str) -> None:
        """Light or dark."""
        self.palette_now = PALETTES[theme]
        self._renew()

    def set_tool(self, tool_id: str) -> None:
        """select, pan, measure, or a kind's id to draw one."""
        self.hand.take_up(tool_id)
        self.setFocus()  # the next key is for the tool: a figure, Esc, S, T

    def set_visible(self, item_id: str, visible: bool) -> None:
        """Show or hide a kind or a city layer."""
        (self.hidden.discard if visible else self.hidden.add)(item_id)
        self._renew()

    def show_sheets(self, frames: Sequence[Frame]) -> None:
        """Lay the frames of a pack's sheets on the map, all in view; with none, take them away."""
        fresh = bool(frames) and not self.sheets
        self.sheets = tuple(frames)
        self.update()
        if fresh:
            bounds = shapely.total_bounds([shapely.box(*each.bounds) for each in frames])
            self.zoom_to([float(each) for each in bounds])

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Draw these findings' gaps and stretches."""
        fresh = list(findings)
        if len(fresh) == len(self.findings) and all(map(operator.is_, fresh, self.findings)):
            return
        self.findings = fresh
        if self.chosen is not None:
            self.chosen = next((each for each in fresh if each.id == self.chosen.id), self.chosen)
        self._repaint_evidence()

    def show_evidence(self, finding: Finding | None, *, zoom: bool = True) -> None:
        """Draw everything of one finding, and bring it into view."""
        self.chosen = finding
        if finding is not None and zoom and finding.evidence:
            shapes = [each.shape for each in finding.evidence if each.role in ("gap", "zone", "point", "stretch")]
            shapes = shapes or [finding.evidence[0].shape]
            bounds = shapely.total_bounds(shapes)
            middle = self._bounds(bounds, margin=25.0)
            self.go(showing(middle, self.width(), self.height(), 1.6))
        self._repaint_evidence()

    def select(self, ids: Sequence[str]) -> None:
        """Select features; tells `selection_changed` when that is news."""
        chosen = tuple(each for each in ids if each in self.session.plan.features)
        if chosen != self.selected:
            self.selected = chosen
            self._overlay.forget_names()
            self.update()
            self.selection_changed.emit(chosen)

    def zoom_to(self, what: str | Sequence[float] | Sequence[str]) -> None:
        """Show "plan", "city", a box in metres, or features by id."""
        bounds = self._extent(what)
        if bounds is not None:
            self._placed = self.isVisible() or self._placed
            self.go(showing(bounds, self.width(), self.height()))

    def _extent(self, what: str | Sequence[float] | Sequence[str]) -> Box | None:
        plan = self.session.plan
        numbers = [float(each) for each in what if isinstance(each, float | int)]
        if len(numbers) == 4:
            return self._bounds(numbers)
        if what == "plan":
            features = plan.of("perimeter") or list(plan.features.values())
        elif what == "city":
            features = []
        else:
            features = [plan.features[each] for each in what if isinstance(each, str) and each in plan.features]
        shapes = [each.shape for each in features if each.shape is not None]
        if not shapes and what in ("plan", "city"):
            shapes = [layer.shapes for layer in self.session.live_layers.values() if len(layer)]  # type: ignore[misc]
            if not shapes:
                return -200.0, -200.0, 200.0, 200.0
            all_bounds = [shapely.total_bounds(each) for each in shapes]
            return self._bounds(shapely.total_bounds([shapely.box(*each) for each in all_bounds]))
        if not shapes:
            return None
        return self._bounds(shapely.total_bounds(shapes), margin=20.0)

    @staticmethod
    def _bounds(bounds: Iterable[float], margin: float = 0.0) -> Box:
        x0, y0, x1, y1 = (float(each) for each in bounds)
        return x0 - margin, y0 - margin, x1 + margin, y1 + margin

    @property
    def sheet(self) -> Sheet:
        """The ground as the widget shows it now."""
        return self.window_now.sheet(self.width(), self.height())

    @property
    def scale(self) -> float:
        """The scale's denominator on this screen."""
        return scale_of(self.window_now.metres_per_pixel, float(self.logicalDpiX()))

    @property
    def busy(self) -> bool:
        """Whether the picture is not final yet."""
        return self._maker.busy or self._later.isActive() or bool(self._after)

    def after_frame(self, act: Callable[[], object]) -> None:
        """Do something when the next picture of the city is there, or when none comes for a second."""
        self._after.append(act)
        QTimer.singleShot(1000, self, self._do_after)

    def _do_after(self) -> None:
        acts, self._after = self._after, []
        for act in acts:
            act()

    # -- moving about -------------------------------------------------------------------------------------------
    def go(self, window: Window, *, remember: bool = True) -> None:
        """Show another piece of ground: at once with what is there, then with a fresh frame."""
        if remember:
            self._trail.leave(self.window_now)
        self.window_now = window
        self._later.start()
        self.update()
        self.view_changed.emit()

    def back(self) -> None:
        """The view before."""
        self.go(self._trail.back(self.window_now), remember=False)

    def forth(self) -> None:
        """The view after."""
        self.go(self._trail.forth(self.window_now), remember=False)

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Closer by `factor` at a widget point, or at the middle."""
        where = at or QPointF(self.width() / 2, self.height() / 2)
        self.go(self.window_now.zoomed(factor, self.sheet.to_ground(where.x(), where.y())))

    # -- frames -------------------------------------------------------------------------------------------------
    def _renew(self) -> None:
        """Ask for a fresh city frame and paint the plan again for this view."""
        self._later.stop()
        if self.width() < 2 or self.height() < 2:
            return
        ratio = self.devicePixelRatioF()
        layers = tuple(self.session.live_layers.values())
        window = self.window_now
        wish = Wish(
            window.x,
            window.y,
            window.metres_per_pixel / ratio,
            round(self.width() * ratio),
            round(self.height() * ratio),
            layers,
            frozenset(self.hidden),
            self.palette_now,
        )
        self._maker.ask(wish)
        self._repaint_plan()

    def _take(self, frame: CityFrame) -> None:
        self._frame = frame
        self.update()
        if self._after:
            QTimer.singleShot(0, self, self._do_after)  # after the picture has been painted

    def _changed(self, change: Change, initiator: object) -> None:
        kept = tuple(each for each in self.selected if each in self.session.plan.features)
        if kept != self.selected:
            self.selected = kept
            self.selection_changed.emit(kept)
        if change.rows("layers"):
            self._renew()
        self._repaint_plan()

    def refresh(self) -> None:
        """Paint the plan again: another phase is looked at."""
        self._repaint_plan()

    def _repaint_plan(self) -> None:
        self._overlay.forget()
        self.update()

    def _repaint_evidence(self) -> None:
        self._overlay.forget_evidence()
        self.update()

    def _visible(self, feature: Feature) -> bool:
        return feature.kind not in self.hidden and self.session.site().active(feature)

    def shown_features(self) -> list[Feature]:
        """The plan's features that are active and not hidden."""
        return [each for each in self.session.plan.features.values() if self._visible(each)]

    # -- Qt -----------------------------------------------------------------------------------------------------
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.palette_now.land))
        if self._frame is not None:
            blit_frame(painter, self.sheet, self._frame)
        if not self._overlay.fresh and not self.hand.panning:
            self._picture = self._overlay.picture()
            self._overlay_window = self.window_now
        if self._picture is not None:
            blit_overlay(painter, self.sheet, self._picture, self._overlay_window)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = self.sheet
        if self.sheets:
            dragged = self.hand.draft.shapes if self.hand.draft and self.hand.tool_id == "sheets" else {}
            paint_sheets(painter, sheet, self.sheets, dragged, self.palette_now)
        elif self.hand.draft is not None:
            paint_draft(painter, sheet, self.hand.draft, self.palette_now, self.language)
        self.hand.paint_box(painter, self.palette_now)
        paint_scale_bar(painter, sheet, self.palette_now, QPointF(14, self.height() - 12))
        paint_north(painter, sheet, self.palette_now, QPointF(self.width() - 24, 28))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if not self._placed and self.width() > 2:
            self._placed = True
            bounds = self._extent("plan")
            if bounds is not None:
                self.window_now = showing(bounds, self.width(), self.height())
                self.view_changed.emit()
        self._overlay.forget()
        self._later.start()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.shut()
        super().closeEvent(event)

    def shut(self) -> None:
        """Stop the drawing thread and follow the session no longer."""
        self._later.stop()
        self.hand.shut()
        self._stop()
        self._maker.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        self.hand.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.hand.move(event)
        ground = self.sheet.to_ground(event.position().x(), event.position().y())
        self.pointer_moved.emit(*ground)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.hand.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.hand.double(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() / 120
        if steps:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.zoom((1.1 if fine else 1.4) ** steps, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Keys of the tool in use come before commands (Delete) and before the next widget (Tab)."""
        if isinstance(event, QKeyEvent) and self.hand.wants(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.keyPressEvent(event)
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hand.let_go()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.hand.key(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.hand.key_up(event):
            super().keyReleaseEvent(event)
