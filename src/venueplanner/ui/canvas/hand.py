"""The hand: Qt's mouse and keyboard turned into pointer events in metres for the tool in use, and into pan and zoom.

Habits kept: left drag pans where no tool takes it, middle drag and Space always; Shift drag zooms to a box, Ctrl drag
selects what a box touches; the wheel zooms at the cursor; arrows pan; S turns snapping off and on, Ctrl held turns it
off for now; T follows the streets; Ctrl+Z takes back the last vertex of what is being drawn.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from venueplanner.app.drawing import Palette
from venueplanner.app.snapping import Snap, snap
from venueplanner.app.tools.choosing import choose, in_box
from venueplanner.app.tools.drafting import drafted
from venueplanner.app.tools.drawing import draw, go_on, measure
from venueplanner.app.tools.events import Done, Draft, Place, Pointer, Tool
from venueplanner.app.tools.framing import frame_at, lay_out
from venueplanner.domain.errors import PlannerError
from venueplanner.domain.words import N_
from venueplanner.kinds import BY_ID

from .keys import ARROWS, KEYS, held, stroke_key, with_ctrl
from .view import Window, showing

if TYPE_CHECKING:
    from .map_canvas import MapCanvas

SNAP_PIXELS = 12.0
HAND_PIXELS = 8.0


class Hand:
    """Holds the tool in use and its draft."""

    def __init__(self, canvas: MapCanvas) -> None:
        self._canvas = canvas
        self.tool_id = "select"
        self.draft: Draft | None = None
        self.panning = False
        self._space = False
        self._pan_from: tuple[QPointF, Window] | None = None
        self._box_from: QPointF | None = None
        self._box_to: QPointF | None = None
        self._ctrl_press: Pointer | None = None  # a click until it moves, a box from then on
        self._going_on: tuple[str, bool] = ("", False)
        self._last = QPointF()
        self._tool: Tool | None = None
        self._told = False
        self._look_for_streets = QTimer(canvas, interval=50, singleShot=True)
        self._look_for_streets.timeout.connect(self._say_streets)
        self._begin()

    # -- tools --------------------------------------------------------------------------------------------------
    def take_up(self, tool_id: str) -> None:
        """Change the tool; what the old one was drawing is dropped."""
        self._end()
        self.tool_id = tool_id
        self._begin()
        self._show_cursor()
        self._canvas.tool_changed.emit(tool_id)
        self._canvas.update()

    def _show_cursor(self) -> None:
        drawing = self.tool_id in BY_ID or self.tool_id in ("measure", "continue")
        shape = Qt.CursorShape.CrossCursor if drawing else Qt.CursorShape.ArrowCursor
        self._canvas.setCursor(Qt.CursorShape.OpenHandCursor if self.tool_id == "pan" else shape)

    def _begin(self) -> None:
        canvas = self._canvas
        if self.tool_id == "pan":
            self._tool, self.draft = None, None
            return
        if self.tool_id == "measure":
            self._tool = measure()
        elif self.tool_id == "sheets":
            self._tool = lay_out(lambda: canvas.sheets)
        elif self.tool_id == "continue" and self._going_on[0] in canvas.session.plan.features:
            line, at_start = self._going_on
            self._tool = go_on(canvas.session.plan.features[line], at_start=at_start, follow=self._follow)
        elif self.tool_id in BY_ID and BY_ID[self.tool_id].shapes:
            self._tool = draw(BY_ID[self.tool_id], follow=self._follow)
        else:
            self._tool = choose(lambda: canvas.session.plan, lambda: canvas.selected, canvas._visible)
        self.draft = next(self._tool)

    def go_on(self, line_id: str, at_start: bool) -> None:
        """Continue a line from one of its ends."""
        self._going_on = (line_id, at_start)
        self.take_up("continue")

    def begin_at(self, kind_id: str, place: Place) -> None:
        """Begin drawing a kind with its first vertex at a place."""
        self.take_up(kind_id)
        self._send(Pointer("press", *place, raw=place))

    def stroke(self, key: str) -> bool:
        """Take back ("Undo") or put back ("Redo") a vertex of what is being drawn; False when nothing is."""
        if not (self.draft and self.draft.begun):
            return False
        self._send(self._key_event(key))
        return True

    @property
    def ground(self) -> Place:
        """Where the pointer was seen last, in metres."""
        x, y = self._canvas.sheet.to_ground(self._last.x(), self._last.y())
        return float(x), float(y)

    def _key_event(self, name: str) -> Pointer:
        ground = self._canvas.sheet.to_ground(self._last.x(), self._last.y())
        near = HAND_PIXELS * self._canvas.window_now.metres_per_pixel
        return Pointer("key", *ground, raw=ground, key=name, near=near)

    def _follow(self, start: Place, end: Place, near: float) -> list[Place] | None:
        """The way along the streets while T is on; a hand's width round the pointer finds them."""
        return self._canvas.follower(start, end, 3 * near) if self._canvas.following else None

    def _end(self) -> None:
        if self._tool is not None:
            self._tool.close()
        self._tool, self.draft = None, None
        self._tell_draft()

    def _send(self, event: Pointer) -> None:
        if self._tool is None:
            return
        try:
            self.draft = self._tool.send(event)
        except StopIteration as stop:
            self._tool = None
            self._finish(stop.value)
            if self.tool_id == "continue":
                self.take_up("select")
            elif self._tool is None:
                self._begin()
        if self.draft is not None and self.draft.note is not None:
            self._canvas.hint.emit(self._canvas.language.say(self.draft.note))
        self._tell_draft()
        self._canvas.update()

    def _tell_draft(self) -> None:
        """Tell what plan the draft would make, so that the checks can answer while it is dragged or drawn."""
        plan = drafted(self._canvas.session.plan, self.draft, self.tool_id)
        if plan is not None or self._told:
            self._told = plan is not None
            self._canvas.draft_changed.emit(plan)

    def _finish(self, outcome: Done | None) -> None:
        if outcome is None:
            return
        canvas = self._canvas
        if outcome.edit is not None:
            try:
                canvas.session.do(outcome.label.template, outcome.edit, initiator=canvas, **outcome.args)
            except PlannerError as error:
                canvas.hint.emit(error.say(canvas.language))
                return
        if self.tool_id != "sheets":
            canvas.select(outcome.select)

    # -- events -------------------------------------------------------------------------------------------------
    def _pointer(self, what: str, event: QMouseEvent) -> Pointer:
        canvas = self._canvas
        at = event.position()
        self._last = at
        raw = canvas.sheet.to_ground(at.x(), at.y())
        per_pixel = canvas.window_now.metres_per_pixel
        modifiers = event.modifiers()
        button = event.button() if what != "move" else held(event.buttons())
        names = {Qt.MouseButton.LeftButton: "left", Qt.MouseButton.RightButton: "right"}
        ctrl = with_ctrl(event)
        caught = None if ctrl else self._snap(raw, per_pixel)
        x, y = (caught.x, caught.y) if caught else raw
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        name = names.get(button, "none")
        return Pointer(what, x, y, raw, name, shift, ctrl, near=HAND_PIXELS * per_pixel, snap=caught)

    def _snap(self, raw: tuple[float, float], per_pixel: float) -> Snap | None:
        canvas = self._canvas
        if not canvas.snapping or per_pixel > 6.0 or self.tool_id == "pan":
            return None
        moving = set(canvas.selected) if self.tool_id == "select" else set()
        if self.tool_id == "select" and not (self.draft and self.draft.shapes):
            return None
        return snap(
            canvas.session, raw[0], raw[1], SNAP_PIXELS * per_pixel, hidden=frozenset(canvas.hidden), without=moving
        )

    def press(self, event: QMouseEvent) -> None:
        """A button goes down: pan, box or tool."""
        button = event.button()
        if button == Qt.MouseButton.BackButton:
            self._canvas.back()
        elif button == Qt.MouseButton.ForwardButton:
            self._canvas.forth()
        elif button == Qt.MouseButton.MiddleButton or (button == Qt.MouseButton.LeftButton and self._pans(event)):
            self._pan_from = (event.position(), self._canvas.window_now)
            self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif button == Qt.MouseButton.LeftButton and self._boxes(event):
            self._box_from = self._box_to = event.position()
        elif button == Qt.MouseButton.LeftButton and self.tool_id == "select" and with_ctrl(event):
            self._box_from = self._box_to = event.position()
            self._ctrl_press = self._pointer("press", event)
        elif button == Qt.MouseButton.RightButton and not (self.draft and self.draft.points):
            ground = self._canvas.sheet.to_ground(event.position().x(), event.position().y())
            where = event.globalPosition()
            self._canvas.context_requested.emit(*ground, int(where.x()), int(where.y()))
        else:
            self._send(self._pointer("press", event))

    def _pans(self, event: QMouseEvent) -> bool:
        if self._space:
            return True
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier or self.tool_id not in ("select", "pan", "sheets"):
            return False
        if self.tool_id == "sheets":
            at = event.position()
            return frame_at(self._canvas.sheets, self._canvas.sheet.to_ground(at.x(), at.y())) is None
        if self.tool_id == "select" and with_ctrl(event):
            return False
        if self.tool_id == "pan":
            return True
        return not self._something_at(event.position())

    def _something_at(self, at: QPointF) -> bool:
        from venueplanner.app.tools.choosing import feature_at, grip_at

        canvas = self._canvas
        ground = canvas.sheet.to_ground(at.x(), at.y())
        near = HAND_PIXELS * canvas.window_now.metres_per_pixel
        plan = canvas.session.plan
        grip = grip_at(plan, canvas.selected, ground, near)
        return grip is not None or feature_at(plan, ground, near, canvas._visible) is not None

    def _boxes(self, event: QMouseEvent) -> bool:
        return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) and not (self.draft and self.draft.points)

    def move(self, event: QMouseEvent) -> None:
        """The pointer moves."""
        canvas = self._canvas
        if self._pan_from is not None:
            start, window = self._pan_from
            offset = event.position() - start
            self.panning = self.panning or offset.manhattanLength() > 3
            scale = window.metres_per_pixel
            canvas.go(window.shifted(-offset.x() * scale, offset.y() * scale), remember=False)
        elif self._box_from is not None:
            self._box_to = event.position()
            canvas.update()
        else:
            self._send(self._pointer("move", event))

    def release(self, event: QMouseEvent) -> None:
        """A button comes up."""
        canvas = self._canvas
        if self._pan_from is not None:
            _, window = self._pan_from
            self._pan_from = None
            moved, self.panning = self.panning, False
            self._show_cursor()
            if moved:
                canvas._trail.leave(window)
                canvas._renew()
            elif self.tool_id == "select" and event.button() == Qt.MouseButton.LeftButton:
                canvas.select(())
        elif self._box_from is not None and self._box_to is not None:
            one, other, click = self._box_from, self._box_to, self._ctrl_press
            self._box_from = self._box_to = self._ctrl_press = None
            x0, y0 = canvas.sheet.to_ground(min(one.x(), other.x()), max(one.y(), other.y()))
            x1, y1 = canvas.sheet.to_ground(max(one.x(), other.x()), min(one.y(), other.y()))
            if (one - other).manhattanLength() <= 12:
                if click is not None:
                    self._send(click)
                    self._send(replace(click, what="release"))
            elif click is not None:
                found = in_box(canvas.session.plan, (x0, y0, x1, y1), canvas._visible)
                canvas.select(tuple(dict.fromkeys((*canvas.selected, *found))))
            else:
                canvas.go(showing((x0, y0, x1, y1), canvas.width(), canvas.height(), 1.0))
            canvas.update()
        elif self.tool_id in ("select", "sheets"):
            self._send(self._pointer("release", event))

    def double(self, event: QMouseEvent) -> None:
        """A double click finishes a drawing."""
        self._send(self._pointer("double", event))

    def key(self, event: QKeyEvent) -> bool:
        """A key goes down; False when it is not for the map."""
        canvas, code = self._canvas, Qt.Key(event.key())
        if code == Qt.Key.Key_Space:
            self._space = True
            return True
        if code in ARROWS and not event.modifiers():
            east, north = ARROWS[code]
            step = 60 * canvas.window_now.metres_per_pixel
            canvas.go(canvas.window_now.shifted(east * step, north * step))
            return True
        if code == Qt.Key.Key_Escape:
            return self._escape()
        if code in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and not event.modifiers():
            canvas.zoom(2.0 if code == Qt.Key.Key_PageUp else 0.5)
            return True
        if code == Qt.Key.Key_S and not event.modifiers() and not (self.draft and self.draft.typed):
            canvas.snapping = not canvas.snapping
            canvas.hint.emit(canvas.language(N_("Snapping is on.") if canvas.snapping else N_("Snapping is off.")))
            return True
        if code == Qt.Key.Key_T and not event.modifiers():
            self._follow_streets(not canvas.following)
            return True
        if (stroke := stroke_key(event)) and self.stroke(stroke):
            return True
        name = KEYS.get(code, event.text())
        if not name or (len(name) == 1 and not (name.isdigit() or name in ".,")):
            return False
        self._send(self._key_event(name))
        return True

    def _follow_streets(self, on: bool) -> None:
        canvas = self._canvas
        canvas.following = on and canvas.follower.possible
        if canvas.following:
            canvas.hint.emit(canvas.language(N_("Reading the streets …")))
            self._say_streets()
            return
        missing = N_("There are no streets to follow: add the city's streets first.")
        canvas.hint.emit(canvas.language(missing if on else N_("Lines are drawn straight.")))

    def _say_streets(self) -> None:
        """Say that lines follow the streets, once the street network is there; a large city's takes seconds."""
        canvas = self._canvas
        if not (canvas.following and canvas.follower.possible):
            return
        canvas.follower.prepare()
        if canvas.follower.ready:
            canvas.hint.emit(canvas.language(N_("Lines follow the streets. T draws them straight again.")))
        else:
            self._look_for_streets.start()

    def wants(self, event: QKeyEvent) -> bool:
        """Whether a key belongs to the tool in use even where a command or the next widget would take it."""
        if stroke_key(event):
            return bool(self.draft and self.draft.begun)
        if event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            return False
        drawing = bool(self.draft and self.draft.points)
        if event.key() == Qt.Key.Key_Delete:
            chosen = self.tool_id == "select" and bool(self._canvas.selected)
            return drawing or chosen or self.tool_id == "sheets"
        return event.key() == Qt.Key.Key_Tab and drawing

    def shut(self) -> None:
        """The canvas is about to go."""
        self._look_for_streets.stop()

    def let_go(self) -> None:
        """The keyboard goes elsewhere: no key is held any more."""
        self._space = False

    def _escape(self) -> bool:
        """Esc: first what is being drawn, then the tool, then the selection."""
        canvas = self._canvas
        if self._box_from is not None:
            self._box_from = self._box_to = self._ctrl_press = None
            canvas.update()
        elif self.draft and (self.draft.begun or self.draft.shapes):
            self._send(Pointer("cancel"))
        elif self.tool_id != "select":
            self.take_up("select")
        else:
            canvas.select(())
            canvas.escaped.emit()
        return True

    def key_up(self, event: QKeyEvent) -> bool:
        """A key comes up."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            return True
        return False

    def paint_box(self, painter: QPainter, palette: Palette) -> None:
        """The box that Shift drag zooms to and Ctrl drag selects with."""
        if self._box_from is None or self._box_to is None:
            return
        colour = QColor(palette.accent)
        painter.setPen(QPen(colour, 1.4, Qt.PenStyle.DashLine))
        colour.setAlphaF(0.12)
        painter.setBrush(QBrush(colour))
        painter.drawRect(QRectF(self._box_from, self._box_to).normalized())
