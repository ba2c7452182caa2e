"""Cordon: a line people are kept behind, in one of three rings. It closes a perimeter to people, not to vehicles."""

from venueplanner.domain.fields import Choice, Flag, Number
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.rules import Rules
from venueplanner.domain.words import N_
from venueplanner.engine.outlines import strip


def _outline(feature: Feature, plan: Plan, rules: Rules) -> list[object]:
    return [strip(feature.shape, rules.number("outline.cordon_depth"))]


KIND = Kind(
    id="cordon",
    label=N_("Cordon"),
    plural=N_("Cordons"),
    help=N_("A line that people are kept behind: outer, middle or inner ring."),
    tag="C",
    icon="cordon",
    key="C",
    shapes=("line",),
    style=Style(stroke="#B0175F", width=2.6, dash=(5, 2.5), dark_stroke="#F06AA8"),
    roles=frozenset({"closes"}),
    outline=_outline,
    fields=(
        Choice(
            id="ring",
            label=N_("Ring"),
            default="outer",
            options=(("outer", N_("Outer")), ("middle", N_("Middle")), ("inner", N_("Inner"))),
        ),
        Choice(
            id="means",
            label=N_("Made of"),
            default="fence",
            options=(
                ("fence", N_("Crowd fence")),
                ("hoarding", N_("Solid hoarding")),
                ("people", N_("Line of police or stewards")),
                ("tape", N_("Tape or rope")),
            ),
        ),
        Number(id="height", label=N_("Height"), unit="m", default=1.1, low=0, high=6),
        Flag(id="see_through", label=N_("Can be seen through"), default=True),
    ),
)
