"""Phase: a stretch of the event's time, such as arrival. Features are active in some phases or in all."""

from venueplanner.domain.fields import When
from venueplanner.domain.kind import Kind
from venueplanner.domain.words import N_

KIND = Kind(
    id="phase",
    label=N_("Phase"),
    plural=N_("Phases"),
    help=N_("A stretch of the event's time in local time, such as arrival or dispersal."),
    tag="T",
    icon="phase",
    common=("name", "audience", "remark"),
    fields=(
        When(id="start", label=N_("Starts")),
        When(id="end", label=N_("Ends")),
    ),
)
