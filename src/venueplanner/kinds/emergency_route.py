"""Emergency route: the way kept free for ambulance and fire engine."""

from venueplanner.domain.fields import Choice, Number
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.words import N_

KIND = Kind(
    id="emergency_route",
    label=N_("Emergency route"),
    plural=N_("Emergency routes"),
    short=N_("Emergency"),
    help=N_("The way kept free for ambulance and fire engine."),
    tag="E",
    icon="emergency",
    key="E",
    shapes=("line",),
    style=Style(stroke="#00838F", width=3.4, dash=(6, 1.5), symbol="arrow", dark_stroke="#4DC7D1"),
    fields=(
        Number(id="width", label=N_("Clear width"), unit="m", default=3.5, low=0.5, high=30),
        Number(id="height", label=N_("Clear height"), unit="m", default=4.5, low=1, high=30),
        Choice(
            id="service",
            label=N_("For"),
            default="all",
            options=(("all", N_("All services")), ("fire", N_("Fire engine")), ("ambulance", N_("Ambulance"))),
        ),
    ),
)
