"""Stand-off zone: a ring of the chosen row of the public-safety stand-off card round its source. It follows the source.

The distances are rules of the profile (`standoff.<row>.<ring>`), not numbers of this file.
"""

from venueplanner.domain.fields import Choice, Links
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.rules import Rules
from venueplanner.domain.words import N_


def _outline(feature: Feature, plan: Plan, rules: Rules) -> list[object]:
    if feature.shape is None:
        return []
    distance = rules.number(f"standoff.{feature['card_row']}.{feature['ring']}")
    return [feature.shape.buffer(distance, quad_segs=32)]


KIND = Kind(
    id="standoff",
    label=N_("Stand-off zone"),
    plural=N_("Stand-off zones"),
    short=N_("Stand-off"),
    help=N_("A ring of the stand-off card round a place or a feature; it follows its source when that moves."),
    tag="Z",
    icon="standoff",
    key="Z",
    shapes=("point", "line", "polygon"),
    style=Style(stroke="#E07B00", width=2.2, dash=(4, 3), fill="#E07B00", fill_opacity=0.06, dark_stroke="#F5A742"),
    audience="command",
    outline=_outline,
    fields=(
        Choice(
            id="card_row",
            label=N_("Row of the card"),
            default="car",
            options=(
                ("pipe", N_("Pipe-size item")),
                ("worn", N_("Worn item")),
                ("case", N_("Briefcase or suitcase")),
                ("car", N_("Car")),
                ("van", N_("SUV or van")),
                ("small_truck", N_("Small delivery truck")),
                ("water_truck", N_("Container or water truck")),
                ("semi_trailer", N_("Semi-trailer")),
                ("lpg_small", N_("LPG: small tank, 9 kg")),
                ("lpg_large", N_("LPG: large tank, 45 kg")),
                ("lpg_site", N_("LPG: site tank, 907 kg")),
                ("lpg_truck", N_("LPG: small tank lorry")),
            ),
        ),
        Choice(
            id="ring",
            label=N_("Ring"),
            default="mandatory",
            options=(("mandatory", N_("Mandatory evacuation")), ("preferred", N_("Preferred evacuation"))),
        ),
        Links(
            id="source",
            label=N_("Follows"),
            most=1,
            kinds=("barrier", "gate", "closure", "crowd_area", "post", "exit", "note", "perimeter", "hazard"),
            help=N_("The feature whose place this zone keeps. Empty: the zone stays where it was drawn."),
        ),
    ),
)
