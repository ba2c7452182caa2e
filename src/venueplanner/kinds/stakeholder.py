"""Stakeholder: a public or private party, its duties and a contact. Contacts stay out of packs for others."""

from venueplanner.domain.fields import Choice, Text
from venueplanner.domain.kind import Kind
from venueplanner.domain.words import N_

BODIES: tuple[tuple[str, str], ...] = (
    ("organiser", N_("Organiser")),
    ("city", N_("City hall")),
    ("police", N_("Police and interior ministry")),
    ("fire", N_("Fire and rescue service")),
    ("health", N_("Health and ambulance service")),
    ("transport", N_("Transport body")),
    ("guards", N_("Private security company")),
    ("venue", N_("Owner of the place")),
)

KIND = Kind(
    id="stakeholder",
    label=N_("Stakeholder"),
    plural=N_("Stakeholders"),
    help=N_("A public or private party to the plan, its duties and how to reach it."),
    tag="S",
    icon="stakeholder",
    audience="command",
    common=("name", "audience", "remark"),
    fields=(
        Choice(
            id="sector",
            label=N_("Sector"),
            default="public",
            options=(("public", N_("Public body")), ("private", N_("Private body"))),
        ),
        Choice(
            id="body",
            label=N_("Kind of body"),
            default=None,
            help=N_("Who it is in the table of the usual tasks."),
            options=BODIES,
        ),
        Text(id="role", label=N_("Role in the event")),
        Text(id="duties", label=N_("Duties"), long=True),
        Text(id="contact", label=N_("Contact"), help=N_("Duty phone or radio call sign; a function, not a person.")),
        Text(id="deputy", label=N_("Deputy")),
    ),
)
