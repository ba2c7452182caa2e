"""Hazard: something that can burn, burst or hide what nobody has searched: gas bottles, fireworks, parked vehicles."""

from venueplanner.domain.fields import Choice, Flag, Number
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.words import N_

KIND = Kind(
    id="hazard",
    label=N_("Hazard"),
    plural=N_("Hazards"),
    help=N_("Gas bottles, a fireworks or fuel store, unsearched vehicles, bins: what must keep its distance."),
    tag="H",
    icon="hazard",
    key="H",
    shapes=("point", "polygon"),
    style=Style(
        stroke="#9A5B00",
        width=2.0,
        fill="#F5A742",
        fill_opacity=0.25,
        symbol="warning",
        edge="#FFFFFF",
        dark_stroke="#F5B85C",
    ),
    audience="command",
    fields=(
        Choice(
            id="what",
            label=N_("What it is"),
            default="lpg_small",
            options=(
                ("lpg_small", N_("LPG: small tank, 9 kg")),
                ("lpg_large", N_("LPG: large tank, 45 kg")),
                ("lpg_site", N_("LPG: site tank, 907 kg")),
                ("lpg_truck", N_("LPG: small tank lorry")),
                ("fireworks", N_("Fireworks store")),
                ("fuel", N_("Fuel store")),
                ("parking", N_("Parked vehicles")),
                ("bin", N_("Bin or storage")),
            ),
        ),
        Number(
            id="quantity",
            label=N_("Net explosive quantity"),
            unit="kg",
            default=None,
            low=0,
            high=100_000,
            help=N_("For a licensed fireworks store: the net quantity of its licence."),
        ),
        Flag(
            id="screened",
            label=N_("Searched and guarded"),
            default=False,
            help=N_("Vehicles or bins that are searched, sealed or watched all the time."),
        ),
    ),
)
