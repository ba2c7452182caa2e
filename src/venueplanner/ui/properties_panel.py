"""Properties: the form of what is selected; with nothing selected, the plan's own data."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from venueplanner.app import commands, whereabouts
from venueplanner.app.language import Language
from venueplanner.domain.errors import PlannerError
from venueplanner.domain.fields import Field, Text
from venueplanner.domain.plan import Change, Feature
from venueplanner.domain.words import N_
from venueplanner.kinds import BY_ID

from .desk import Desk
from .form import Form
from .measures import size_of
from .pieces import label

FACTS: tuple[Field, ...] = tuple(Text(id=key, label=text, help=tip) for key, text, tip in commands.PLAN_FACTS)


class PropertiesPanel(QScrollArea):
    """A form made from the kind's fields. Every change that fits is an edit at once; typing is one step."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[str, ...] | None = None
        self.form: Form | None = None
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget(self)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(14, 12, 14, 14)
        self._column.setSpacing(4)
        self._title = label(role="title", wrap=True)
        self._subtitle = label(role="muted", wrap=True)
        self._hint = label(role="muted", wrap=True)
        self._column.addWidget(self._title)
        self._column.addWidget(self._subtitle)
        self._column.addSpacing(8)
        self._column.addWidget(self._hint)
        self._column.addStretch(1)
        self.setWidget(inner)
        desk.selection_changed.connect(lambda _ids: self.refresh())
        desk.session_changed.connect(self._begin)
        desk.plan_changed.connect(self._changed)

    def retranslate(self, language: Language) -> None:
        """Say the form in another language."""
        self.setAccessibleName(language(N_("Properties")))
        if self.form is not None:
            self.form.retranslate(language)
        self._shown = None if self.form is None else self._shown
        self.refresh()

    def _begin(self) -> None:
        self._shown = None
        self.refresh()

    def _changed(self, change: Change, initiator: object) -> None:
        if change.ids() & set(self._desk.selected) or change.rows("facts") or change.kinds() & {"stakeholder", "phase"}:
            if initiator is self:
                self._say_head()
            else:
                self.refresh()

    def refresh(self) -> None:
        """Show what is selected now."""
        features = self._desk.chosen_features()
        kinds = {feature.kind for feature in features}
        fields: tuple[Field, ...] = FACTS
        if len(kinds) == 1:
            fields = BY_ID[features[0].kind].all_fields
            if len(features) > 1:
                fields = tuple(field for field in fields if field.id != "name")
        elif kinds:
            fields = ()
        key = (*sorted(kinds), str(len(features) > 1))
        if key != self._shown or self.form is None:
            self._shown = key
            self._make(fields)
        if self.form is not None:
            self.form.show_values(self._values(features))
        self._say_head()

    def _make(self, fields: tuple[Field, ...]) -> None:
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
        self.form = Form(fields, self._desk, self.widget())
        self.form.entered.connect(self._entered)
        chosen = self._desk.chosen_features()
        if any(BY_ID[each.kind].sealed for each in chosen):
            self.form.lock()
        self._column.insertWidget(self._column.count() - 1, self.form)

    def _values(self, features: list[Feature]) -> dict[str, object]:
        """The values to show: of several features those on which all agree."""
        if not features:
            return dict(self._desk.session.plan.facts)
        first = dict(features[0].values)
        return {key: value for key, value in first.items() if all(each[key] == value for each in features)}

    def _entered(self, field_id: str, value: object) -> None:
        desk = self._desk
        try:
            if desk.selected:
                commands.change_values(desk.session, desk.selected, {field_id: value}, initiator=self)
            else:
                commands.set_facts(desk.session, {field_id: str(value or "")}, initiator=self)
        except PlannerError as error:
            if self.form is not None:
                self.form.show_error(field_id, error.say(desk.language))

    def _say_head(self) -> None:
        desk, features = self._desk, self._desk.chosen_features()
        self._hint.hide()
        if not features:
            self._title.setText(desk.session.plan.fact("title") or desk.say(N_("Untitled plan")))
            self._subtitle.setText(desk.say(N_("The plan's data. Select something on the map to see its properties.")))
            return
        kind = BY_ID[features[0].kind]
        if len(features) > 1:
            self._title.setText(desk.say(N_("{count} selected"), count=len(features)))
            same = len({each.kind for each in features}) == 1
            text = desk.language(kind.plural) if same else desk.say(N_("Of several kinds"))
            self._subtitle.setText(text)
            self._hint.setText(desk.say(N_("What is entered here is set for all of them.")) if same else "")
            self._hint.setVisible(same)
            return
        feature = features[0]
        self._title.setText(f"{desk.language(kind.label)} {feature.name}".strip())
        self._subtitle.setText(self._about(feature))
        self._subtitle.setToolTip(desk.language(kind.help))

    def _about(self, feature: Feature) -> str:
        desk = self._desk
        parts = [size_of(feature, desk.language)]
        shape = feature.shape
        if shape is not None and shape.geom_type == "Point":
            parts += list(whereabouts.texts(desk.session.plan, shape.x, shape.y))[1:]  # type: ignore[attr-defined]
        text = " · ".join(part for part in parts if part)
        return text or desk.language(BY_ID[feature.kind].help)
