"""A kind: one sort of thing a planner keeps, declared once as data.

From the declaration follow the table in the plan file, the form, the tool, the symbol, the legend row, the options of
the command line, the help table and the texts for translators.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .fields import Choice, Field, FieldValue, Links, Text
from .words import N_

if TYPE_CHECKING:
    from .plan import Feature, Plan
    from .rules import Rules

AUDIENCES: tuple[tuple[str, str], ...] = (
    ("command", N_("Command only")),
    ("field", N_("Command and field teams")),
    ("public", N_("Everyone")),
)

# What a picture must be good for: the names of EN 62676-4:2014, from the least to the most pixels a metre.
VIEW_TASKS: tuple[tuple[str, str], ...] = (
    ("monitor", N_("Monitor")),
    ("detect", N_("Detect")),
    ("observe", N_("Observe")),
    ("recognise", N_("Recognise")),
    ("identify", N_("Identify")),
    ("inspect", N_("Inspect")),
)

COMMON: tuple[Field, ...] = (
    Text(id="name", label=N_("Name"), help=N_("Short name shown on the map, such as B7 or North gate.")),
    Links(id="owner", label=N_("Owner"), kinds=("stakeholder",), most=1, help=N_("Who answers for it.")),
    Links(id="doer", label=N_("Placed by"), kinds=("stakeholder",), most=1, help=N_("Who puts it there.")),
    Links(id="phases", label=N_("Active in"), kinds=("phase",), help=N_("Nothing chosen means all phases.")),
    Choice(
        id="audience",
        label=N_("Shown to"),
        default="field",
        options=AUDIENCES,
        help=N_("Packs leave out what their readers must not see."),
    ),
    Text(id="remark", label=N_("Remark"), long=True),
)


@dataclass(frozen=True)
class Style:
    """How a kind looks on the map, in the legend, on paper and in QGIS.

    Colours are #RRGGBB; widths are pixels at 96 dpi; `dash` is in multiples of the width. `symbol` is "disc" (numbered
    disc), "gate", "exit", "note", "camera", "sign", "blocks", "arrow" or "none".
    """

    stroke: str
    width: float = 2.0
    dash: tuple[float, ...] = ()
    fill: str = ""
    fill_opacity: float = 0.0
    symbol: str = "none"
    edge: str = ""
    dark_stroke: str = ""


# Given a feature, its plan and the rules: what really stands there (a ring, a row of blocks), in metres.
Outline = Callable[["Feature", "Plan", "Rules"], Any]


@dataclass(frozen=True)
class Kind:
    """One sort of thing. `shapes` are the geometry types it accepts, the first being the one its tool draws;
    an empty tuple means a record without a shape. `short` is the one word under its tool (the label where it is one).
    `roles` say what it does in the engine: "obstacle", "openable",
    "closes", "crowd", "observer". A `sealed` kind belongs to somebody else: it is taken in and shown, never edited.
    """

    id: str
    label: str
    plural: str
    help: str
    tag: str
    icon: str
    fields: tuple[Field, ...]
    shapes: tuple[str, ...] = ()
    style: Style | None = None
    key: str = ""
    audience: str = "field"
    short: str = ""
    roles: frozenset[str] = frozenset()
    outline: Outline | None = None
    common: tuple[str, ...] = ("name", "owner", "doer", "phases", "audience", "remark")
    sealed: bool = False

    @property
    def word(self) -> str:
        """The one word under its tool."""
        return self.short or self.label

    @property
    def all_fields(self) -> tuple[Field, ...]:
        """The common fields this kind uses, its own between the name and the rest."""
        shared = [field for field in COMMON if field.id in self.common]
        return (*shared[:1], *self.fields, *shared[1:])

    def field(self, field_id: str) -> Field | None:
        """The field of that id, or None."""
        return next((field for field in self.all_fields if field.id == field_id), None)

    def defaults(self) -> Mapping[str, FieldValue]:
        """The values of a new feature."""
        values = {field.id: field.default for field in self.all_fields}
        if "audience" in values:
            values["audience"] = self.audience
        return values
