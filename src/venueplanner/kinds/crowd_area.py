"""Crowd area: where people are expected to stand or sit, and how many."""

from venueplanner.domain.fields import Choice, Flag, Whole
from venueplanner.domain.kind import VIEW_TASKS, Kind, Style
from venueplanner.domain.words import N_

KIND = Kind(
    id="crowd_area",
    label=N_("Crowd area"),
    plural=N_("Crowd areas"),
    short=N_("Crowd"),
    help=N_("Where people are expected, and how many."),
    tag="K",
    icon="crowd",
    key="K",
    shapes=("polygon",),
    style=Style(stroke="#D81B60", width=1.8, fill="#D81B60", fill_opacity=0.13, dark_stroke="#F2699A"),
    roles=frozenset({"crowd"}),
    fields=(
        Whole(id="people", label=N_("Expected people"), default=None, low=0, high=2_000_000),
        Choice(
            id="posture",
            label=N_("People"),
            default="standing",
            options=(("standing", N_("Stand")), ("seated", N_("Sit")), ("moving", N_("Walk through"))),
        ),
        Choice(
            id="risk",
            label=N_("Risk if they cannot leave"),
            default="medium",
            options=(("low", N_("Low")), ("medium", N_("Medium")), ("high", N_("High"))),
            help=N_("Sets how fast everybody has to be able to leave: rules crowd.exit_time."),
        ),
        Choice(
            id="flow_profile",
            label=N_("Exit flows"),
            default=None,
            options=(
                ("guide", N_("Guide figures")),
                ("alcohol", N_("Alcohol is sold")),
                ("observed", N_("Observed at events")),
            ),
            help=N_("How many people pass a metre of exit. Nothing chosen: as the rule crowd.flow_profile says."),
        ),
        Whole(
            id="arrival_peak",
            label=N_("Arrivals at the peak, per hour"),
            default=None,
            low=1,
            high=2_000_000,
            help=N_("Nothing given: everybody within the time of the rule entry.period."),
        ),
        Flag(id="accessible", label=N_("Has places for wheelchair users"), default=True),
        Choice(
            id="camera_task",
            label=N_("Cameras are to"),
            default=None,
            options=(("none", N_("Not watch it")), *VIEW_TASKS),
            help=N_("Nothing chosen: as the rule camera.crowd_task says."),
        ),
    ),
)
