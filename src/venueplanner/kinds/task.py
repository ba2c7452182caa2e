"""Task: a piece of work of the plan, and who is responsible, accountable, consulted and informed (RACI)."""

from venueplanner.domain.fields import Links, Text, When
from venueplanner.domain.kind import Kind
from venueplanner.domain.words import N_

_WHO = ("stakeholder",)

KIND = Kind(
    id="task",
    label=N_("Task"),
    plural=N_("Tasks"),
    help=N_("A piece of work: who does it, who answers for it, who is asked and who is told."),
    tag="TA",
    icon="tick",
    audience="command",
    common=("name", "phases", "audience", "remark"),
    fields=(
        Links(id="responsible", label=N_("Responsible (R)"), kinds=_WHO, help=N_("Who does the work; at least one.")),
        Links(id="accountable", label=N_("Accountable (A)"), kinds=_WHO, help=N_("Who answers for it; exactly one.")),
        Links(id="consulted", label=N_("Consulted (C)"), kinds=_WHO, help=N_("Whose advice is asked before.")),
        Links(id="informed", label=N_("Informed (I)"), kinds=_WHO, help=N_("Who is told.")),
        Links(
            id="stand_in",
            label=N_("Stands in"),
            kinds=_WHO,
            most=1,
            help=N_("Who takes over; empty means the deputy of whoever is responsible."),
        ),
        Text(id="work", label=N_("What has to be done"), long=True),
        When(id="due", label=N_("Due")),
    ),
)
