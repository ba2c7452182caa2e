"""Exit: an opening people leave by. It stays open to people; vehicles are kept out by the barriers before it."""

from venueplanner.domain.fields import Choice, Flag, Number
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.words import N_

KIND = Kind(
    id="exit",
    label=N_("Exit"),
    plural=N_("Exits"),
    help=N_("An opening people leave by."),
    tag="X",
    icon="exit",
    key="I",
    shapes=("point", "line"),
    style=Style(stroke="#2E7D32", width=4.0, symbol="exit", edge="#FFFFFF", dark_stroke="#69C26E"),
    audience="public",
    fields=(
        Number(id="width", label=N_("Width"), unit="m", default=4.0, low=0.5, high=100),
        Number(
            id="clear_width",
            label=N_("Clear width"),
            unit="m",
            default=None,
            low=0.1,
            high=100,
            help=N_("What barriers leave of the width, all clear gaps together. Empty means the whole width."),
        ),
        Choice(
            id="surface",
            label=N_("Way"),
            default="level",
            options=(("level", N_("Level")), ("stepped", N_("With steps"))),
        ),
        Flag(id="accessible", label=N_("Usable with a wheelchair"), default=True),
        Number(
            id="gradient",
            label=N_("Steepest slope"),
            unit="%",
            default=None,
            low=0,
            high=50,
            help=N_("Of the way through the exit, as measured on site. Empty means not known."),
        ),
        Choice(
            id="opening",
            label=N_("Kept"),
            default="open",
            options=(
                ("open", N_("Open all the time")),
                ("staffed", N_("Opened by staff who stand there")),
                ("locked", N_("Locked: does not count")),
            ),
        ),
        Flag(id="emergency_only", label=N_("Emergency only"), default=False),
    ),
)
