"""Risk: a threat to an asset, how likely and how grave, and the measures of the plan that answer it."""

from venueplanner.domain.fields import Choice, Links, Text, When
from venueplanner.domain.kind import Kind
from venueplanner.domain.words import N_

_STEPS = ("1", "2", "3", "4", "5")
_LIKELIHOOD = (N_("1 – very low"), N_("2 – low"), N_("3 – medium"), N_("4 – high"), N_("5 – very high"))
_CONSEQUENCE = (N_("1 – minor"), N_("2 – limited"), N_("3 – moderate"), N_("4 – major"), N_("5 – catastrophic"))

KIND = Kind(
    id="risk",
    label=N_("Risk"),
    plural=N_("Risks"),
    help=N_("A threat, how likely and how grave, and the measures that answer it."),
    tag="R",
    icon="risk",
    audience="command",
    common=("name", "owner", "audience", "remark"),
    fields=(
        Text(id="threat", label=N_("Threat"), long=True),
        Text(id="asset", label=N_("What is at risk")),
        Choice(
            id="likelihood", label=N_("Likelihood"), default="3", options=tuple(zip(_STEPS, _LIKELIHOOD, strict=True))
        ),
        Choice(
            id="consequence",
            label=N_("Consequence"),
            default="3",
            options=tuple(zip(_STEPS, _CONSEQUENCE, strict=True)),
        ),
        Links(
            id="measures",
            label=N_("Measures"),
            kinds=(
                "perimeter",
                "cordon",
                "barrier",
                "gate",
                "closure",
                "diversion",
                "standoff",
                "post",
                "emergency_route",
                "exit",
            ),
        ),
        Text(id="treatment", label=N_("What will be done"), long=True),
        When(id="due", label=N_("Due")),
    ),
)
