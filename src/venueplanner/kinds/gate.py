"""Gate or checkpoint: an opening that is only as good as its lock or its guard."""

from venueplanner.domain.fields import Choice, Flag, Number, Text, Whole
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.rules import Rules
from venueplanner.domain.words import N_
from venueplanner.engine.outlines import disc, strip


def _outline(feature: Feature, plan: Plan, rules: Rules) -> list[object]:
    if feature.shape is not None and feature.shape.geom_type == "Point":
        return [disc(feature.shape, feature.number("width", rules.number("outline.gate_width")))]
    return [strip(feature.shape, rules.number("outline.gate_depth"))]


KIND = Kind(
    id="gate",
    label=N_("Gate or checkpoint"),
    plural=N_("Gates"),
    short=N_("Gate"),
    help=N_("An opening in the line that people or vehicles are let through."),
    tag="G",
    icon="gate",
    key="G",
    shapes=("line", "point"),
    style=Style(stroke="#2E7D32", width=4.5, symbol="gate", edge="#FFFFFF", dark_stroke="#69C26E"),
    roles=frozenset({"closes", "openable"}),
    outline=_outline,
    fields=(
        Number(id="width", label=N_("Width"), unit="m", default=4.0, low=0.3, high=60),
        Choice(
            id="state",
            label=N_("State"),
            default="guarded",
            options=(
                ("locked", N_("Closed and locked")),
                ("guarded", N_("Guarded")),
                ("open", N_("Open, nobody guards it")),
            ),
        ),
        Choice(
            id="use",
            label=N_("For"),
            default="people",
            options=(
                ("people", N_("People")),
                ("vehicles", N_("Authorised vehicles")),
                ("emergency", N_("Emergency services")),
            ),
        ),
        Whole(id="guards", label=N_("Guards"), default=2, low=0, high=200),
        Whole(id="lanes", label=N_("Entry lanes"), default=1, low=0, high=100),
        Text(id="rating", label=N_("Rating"), help=N_("Of the closed gate, as certified. Empty means unrated.")),
        Flag(id="as_tested", label=N_("Installed as tested"), default=False),
        Choice(
            id="fail_state",
            label=N_("When power fails"),
            default=None,
            help=N_("What a rising bollard or drop barrier does without power; by hand where it needs none."),
            options=(
                ("stays", N_("Stays as it is")),
                ("opens", N_("Opens")),
                ("closes", N_("Closes")),
                ("by_hand", N_("Worked by hand")),
            ),
        ),
    ),
)
