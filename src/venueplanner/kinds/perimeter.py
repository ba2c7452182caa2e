"""Perimeter: the line round the place that is protected. The checks ask what closes it and who can drive up to it."""

from venueplanner.domain.fields import Choice, Text
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.words import N_

KIND = Kind(
    id="perimeter",
    label=N_("Perimeter"),
    plural=N_("Perimeters"),
    help=N_("The line round the place that is protected."),
    tag="A",
    icon="perimeter",
    key="P",
    shapes=("polygon",),
    style=Style(stroke="#7A1FA2", width=3.0, dark_stroke="#C583E0", fill="#7A1FA2", fill_opacity=0.04),
    audience="command",
    fields=(
        Choice(
            id="entry",
            label=N_("Public"),
            default=None,
            help=N_("Whether people may come in: a closed perimeter limits them and needs a restriction record."),
            options=(
                ("free", N_("Comes in freely")),
                ("checked", N_("Comes in through checks")),
                ("closed", N_("Is kept out")),
            ),
        ),
        Text(id="protects", label=N_("Protects"), help=N_("What lies inside, such as stage and crowd.")),
        Choice(
            id="vehicle_class",
            label=N_("Vehicle to withstand"),
            default="M1",
            help=N_("The test vehicle class whose approach is checked (ISO 22343-1)."),
            options=(
                ("M1", N_("M1 – passenger car, 1 500 kg")),
                ("N1G", N_("N1G – 4×4 pick-up, 2 500 kg")),
                ("N1", N_("N1 – van, 3 500 kg")),
                ("N2A", N_("N2A – two-axle lorry, 7 200 kg")),
                ("N3C", N_("N3C – 18 t lorry, 7 200 kg")),
                ("N3G", N_("N3G – four-axle tipper, 30 000 kg")),
                ("worst", N_("The worst of all these classes")),
            ),
        ),
    ),
)
