"""Note: words at a place."""

from venueplanner.domain.fields import Flag, Text
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.words import N_

KIND = Kind(
    id="note",
    label=N_("Note"),
    plural=N_("Notes"),
    help=N_("Words at a place."),
    tag="N",
    icon="note",
    key="N",
    shapes=("point", "line", "polygon"),
    style=Style(stroke="#5C6977", width=1.6, symbol="note", edge="#FFFFFF", dark_stroke="#B9C4CF"),
    fields=(
        Text(id="text", label=N_("Text"), long=True),
        Flag(
            id="takes_ground",
            label=N_("Takes up ground"),
            default=False,
            help=N_("A stage, tent or stall drawn as an area: nobody stands or walks there."),
        ),
    ),
)
