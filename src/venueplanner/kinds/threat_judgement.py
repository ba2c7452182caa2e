"""Threat judgement: what the competent authority says of the threat. It is imported and shown, never edited here."""

from venueplanner.domain.fields import Text, When
from venueplanner.domain.kind import Kind
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.words import N_


def newest(plan: Plan) -> Feature | None:
    """The judgement with the latest date, or None; older versions stay in the plan."""
    return max(plan.of("threat_judgement"), key=lambda each: (str(each["date"] or ""), each.name), default=None)


KIND = Kind(
    id="threat_judgement",
    label=N_("Threat judgement"),
    plural=N_("Threat judgements"),
    short=N_("Threat"),
    help=N_("What the authority says of the threat: imported from its file, shown, not editable in the plan."),
    tag="TJ",
    icon="report",
    audience="command",
    common=("name", "audience"),
    sealed=True,
    fields=(
        Text(id="issued_by", label=N_("Issued by")),
        Text(id="version", label=N_("Version")),
        When(id="date", label=N_("Date")),
        When(id="valid_until", label=N_("Valid until")),
        Text(id="level", label=N_("Threat level")),
        Text(id="text", label=N_("Text"), long=True),
        Text(id="fingerprint", label=N_("Fingerprint of the file"), help=N_("SHA-256 of the imported file.")),
    ),
)
