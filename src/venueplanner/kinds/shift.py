"""Shift: people at a post, a gate, a crowd area or a task for some hours. Names stay out of every pack."""

from venueplanner.domain.fields import Links, Text, When, Whole
from venueplanner.domain.kind import Kind
from venueplanner.domain.words import N_

KIND = Kind(
    id="shift",
    label=N_("Shift"),
    plural=N_("Shifts"),
    help=N_("People at a post, a gate, a crowd area or a task, from when to when and under whom."),
    tag="SH",
    icon="calendar",
    audience="command",
    common=("name", "audience", "remark"),
    fields=(
        Text(id="who", label=N_("Person or team"), help=N_("Call sign or name. Leaves the program in no pack.")),
        Links(id="body", label=N_("Sent by"), kinds=("stakeholder",), most=1),
        Links(id="at", label=N_("Works at"), kinds=("post", "gate", "crowd_area", "task"), most=1),
        Whole(id="people", label=N_("Number of people"), default=1, low=1, high=1000),
        When(id="start", label=N_("Starts")),
        When(id="end", label=N_("Ends")),
        Links(id="led_by", label=N_("Led by"), kinds=("shift",), most=1, help=N_("The shift of whoever leads it.")),
    ),
)
