"""Restriction record: the test that every measure limiting people's rights has to pass, kept with the plan.

The seven points follow the ODIHR/Venice Commission Guidelines on Freedom of Peaceful Assembly: legality, legitimate
aim, necessity, proportionality, non-discrimination, a reasoned decision open to appeal, expiry and review.
"""

from venueplanner.domain.fields import Choice, Links, Text, When
from venueplanner.domain.kind import Kind
from venueplanner.domain.words import N_

KIND = Kind(
    id="restriction",
    label=N_("Restriction record"),
    plural=N_("Restriction records"),
    short=N_("Restriction"),
    help=N_("Why a measure that limits people's rights is lawful, needed and proportionate, and when it ends."),
    tag="RR",
    icon="restriction",
    audience="command",
    common=("name", "owner", "audience", "remark"),
    fields=(
        Links(
            id="measures",
            label=N_("Measures"),
            kinds=("perimeter", "cordon", "barrier", "gate", "closure", "standoff", "post", "exit", "camera"),
        ),
        Text(id="legal_basis", label=N_("Legal basis"), help=N_("Law and article. Verify with a lawyer.")),
        Choice(
            id="aim",
            label=N_("Legitimate aim"),
            default=None,
            options=(
                ("national_security", N_("National security")),
                ("public_order", N_("Public order")),
                ("health", N_("Public health")),
                ("morals", N_("Public morals")),
                ("rights_of_others", N_("Rights and freedoms of others")),
            ),
        ),
        Text(id="necessity", label=N_("Necessity"), long=True, help=N_("Milder means tried, and why not enough.")),
        Text(
            id="proportionality",
            label=N_("Proportionality"),
            long=True,
            help=N_("Area, time and people affected against what is gained."),
        ),
        Text(id="non_discrimination", label=N_("Non-discrimination"), long=True),
        Text(id="decided_by", label=N_("Decided by"), help=N_("The body that decides, its reasons.")),
        Text(id="appeal", label=N_("Way to appeal")),
        When(id="expiry", label=N_("Expires")),
    ),
)
