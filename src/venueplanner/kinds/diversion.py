"""Diversion route: the way traffic takes round a closure."""

from venueplanner.domain.fields import Choice, Flag, Links
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.words import N_

KIND = Kind(
    id="diversion",
    label=N_("Diversion route"),
    plural=N_("Diversions"),
    short=N_("Diversion"),
    help=N_("The way traffic takes round a closure; drawn in the direction of travel."),
    tag="D",
    icon="diversion",
    key="D",
    shapes=("line",),
    style=Style(stroke="#1565C0", width=3.2, dash=(4, 2), symbol="arrow", dark_stroke="#6CB0F5"),
    audience="public",
    fields=(
        Links(id="closures", label=N_("Round the closures"), kinds=("closure",)),
        Choice(
            id="traffic",
            label=N_("For"),
            default="all",
            options=(
                ("all", N_("All traffic")),
                ("cars", N_("Cars")),
                ("lorries", N_("Lorries")),
                ("buses", N_("Buses")),
                ("cycles", N_("Cycles")),
            ),
        ),
        Flag(id="signed", label=N_("Signed"), default=False),
    ),
)
