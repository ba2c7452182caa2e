"""Assembly point: where people gather after leaving, or where the services meet before they go in."""

from venueplanner.domain.fields import Choice, Whole
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.words import N_

KIND = Kind(
    id="assembly_point",
    label=N_("Assembly point"),
    plural=N_("Assembly points"),
    short=N_("Assembly"),
    help=N_("Where people gather after leaving, or where the services meet (rendezvous point)."),
    tag="M",
    icon="assembly",
    key="M",
    shapes=("point", "polygon"),
    style=Style(
        stroke="#1B7F3B",
        width=2.0,
        fill="#1B7F3B",
        fill_opacity=0.12,
        symbol="assembly",
        edge="#FFFFFF",
        dark_stroke="#63C783",
    ),
    audience="public",
    fields=(
        Choice(
            id="purpose",
            label=N_("For"),
            default="public",
            options=(
                ("public", N_("People who leave the event")),
                ("services", N_("Services: rendezvous point")),
                ("drop_off", N_("Disabled people are set down here")),
            ),
        ),
        Whole(id="capacity", label=N_("Holds people"), default=None, low=0, high=1_000_000),
    ),
)
