"""Street closure: a stretch of street closed to traffic for a time. Signs and tape do not stop a hostile vehicle."""

from venueplanner.domain.fields import Choice, Text, When
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.words import N_

KIND = Kind(
    id="closure",
    label=N_("Street closure"),
    plural=N_("Closures"),
    short=N_("Closure"),
    help=N_("A stretch of street closed to traffic for a time."),
    tag="L",
    icon="closure",
    key="X",
    shapes=("line", "point"),
    style=Style(stroke="#C62828", width=4.0, dash=(1.6, 1.2), dark_stroke="#F0716C"),
    audience="public",
    fields=(
        Text(id="street", label=N_("Street")),
        When(id="start", label=N_("Closed from")),
        When(id="end", label=N_("Closed until")),
        Choice(
            id="means",
            label=N_("Closed by"),
            default="signs",
            help=N_("Signs and tape close a street to law-abiding drivers only."),
            options=(
                ("signs", N_("Signs and tape")),
                ("staffed", N_("Staffed road block")),
                ("barrier", N_("Vehicle barrier (draw it too)")),
            ),
        ),
        Text(id="exempt", label=N_("Let through"), help=N_("Such as residents, buses, emergency services.")),
    ),
)
