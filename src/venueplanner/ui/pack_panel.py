"""The side panel of a pack: its options as a form, what it will be, and the button that writes it.

It stands beside the live map instead of over it, so that the blue frames of the sheets can be dragged while paper and
scale are in sight. Every option is kept in the plan at once, as any other edit.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from venueplanner.app import packing
from venueplanner.app.language import Language
from venueplanner.domain.errors import PlannerError
from venueplanner.domain.pack import Frame
from venueplanner.domain.words import N_, Words

from .desk import Desk
from .form import Form
from .pieces import button, ground, label

LAID_OUT = "frame"  # the option that dragging the frames sets


class PackPanel(QWidget):
    """Signals: `frames_changed(frames)` to lay on the map; `write_wanted(pack id)`; `left()` it was closed."""

    frames_changed = Signal(tuple)
    write_wanted = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.pack_id = ""
        self.frames: tuple[Frame, ...] = ()
        self.form: Form | None = None
        self.title = label(role="title", wrap=True)
        self.about = label(role="muted", wrap=True)
        self.hint = label(role="muted", wrap=True)
        self.again = button("", self._lay_anew, "link")
        self.state = label(wrap=True)
        self.error = label(role="error", wrap=True)
        self.write = button("", lambda: self.write_wanted.emit(self.pack_id), "primary")
        self.close_button = button("", self.shut)
        self._column = QVBoxLayout()
        self._column.setSpacing(6)
        for piece in (self.title, self.about, self.hint, self.again):
            self._column.addWidget(piece)
        self._column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(ground("page", self._column, (14, 12, 14, 12)))
        foot, row = QVBoxLayout(), QHBoxLayout()
        foot.addWidget(self.state)
        foot.addWidget(self.error)
        row.addWidget(self.write, 1)
        row.addWidget(self.close_button)
        foot.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(ground("bottom", foot, (14, 8, 14, 10)))
        self._later = QTimer(self, singleShot=True, interval=60)
        self._later.timeout.connect(self.refresh)
        desk.plan_changed.connect(lambda _change, _who: self._soon())
        desk.findings_changed.connect(self._soon)
        desk.session_changed.connect(self.shut)

    # -- opening and leaving ------------------------------------------------------------------------------------
    def open(self, pack_id: str) -> None:
        """Show the options of a pack, and its sheets on the map."""
        self.pack_id = pack_id
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        fields = tuple(field for field in packing.pack_of(pack_id).fields if field.id != LAID_OUT)
        self.form = Form(fields, self._desk, self._scroll.widget())
        self.form.entered.connect(self._entered)
        self._column.insertWidget(self._column.count() - 1, self.form)
        self.retranslate(self._desk.language)
        self._scroll.verticalScrollBar().setValue(0)
        self.refresh()

    def shut(self) -> None:
        """Leave the pack: its frames go from the map; what was chosen stays in the plan."""
        if self.pack_id:
            self.pack_id = ""
            self._later.stop()
            self._show(())
            self.left.emit()

    def retranslate(self, language: Language) -> None:
        """Say everything in another language."""
        self.write.setText(language(N_("Write…")))
        self.close_button.setText(language(N_("Close")))
        self.again.setText(language(N_("Lay the sheets over the plan again")))
        if not self.pack_id:
            return
        pack = packing.pack_of(self.pack_id)
        self.setAccessibleName(language(pack.label))
        self.title.setText(language(pack.label))
        self.about.setText(language(pack.help))
        text = N_("Drag the blue frames on the map. Delete leaves out the sheet under the pointer, Esc ends.")
        self.hint.setText(language(text) if pack.frames else "")
        self.hint.setVisible(bool(pack.frames))
        if self.form is not None:
            self.form.retranslate(language)
        self._soon()

    # -- showing ------------------------------------------------------------------------------------------------
    def _soon(self) -> None:
        if self.pack_id:
            self._later.start()

    def refresh(self) -> None:
        """Work out what the pack would be now, and show it."""
        if not self.pack_id or self.form is None:
            return
        desk = self._desk
        try:
            laid = packing.layout(desk.session, self.pack_id, desk.language, desk.inspector)
        except PlannerError as error:
            self.error.setText(error.say(desk.language))
            self._settle(wrong=True)
            self.again.show()
            return
        self.form.show_values(laid.values)
        self._settle(wrong=False)
        self.again.setVisible(bool(laid.values.get(LAID_OUT)))
        self.state.setText(self._state(laid))
        self.state.setVisible(bool(self.state.text()))
        self._show(laid.frames)

    def _settle(self, *, wrong: bool) -> None:
        self.error.setVisible(wrong)
        self.write.setEnabled(not wrong)
        self.state.setVisible(not wrong)

    def _state(self, laid: packing.Layout) -> str:
        if not laid.frames:
            return ""
        scale = f"{laid.frames[0].scale:,.0f}".replace(",", "\u00a0")
        values = {"sheets": len(laid.frames), "scale": scale, "pages": laid.pages or 0}
        return self._desk.language.say(Words(N_("Map sheets: {sheets} at 1 : {scale}. Pages: {pages}."), values))

    def _show(self, frames: tuple[Frame, ...]) -> None:
        if frames != self.frames:
            self.frames = frames
            self.frames_changed.emit(frames)

    # -- entering -----------------------------------------------------------------------------------------------
    def _entered(self, field_id: str, value: object) -> None:
        packing.set_option(self._desk.session, self.pack_id, field_id, value, initiator=self)

    def _lay_anew(self) -> None:
        packing.set_option(self._desk.session, self.pack_id, LAID_OUT, None, initiator=self)
