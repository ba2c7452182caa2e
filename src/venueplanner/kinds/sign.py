"""Sign: what people read before they enter or drive on: the notice of cameras, a closed street, the way round it."""

from venueplanner.domain.fields import Choice, Links, Text
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.words import N_

KIND = Kind(
    id="sign",
    label=N_("Sign"),
    plural=N_("Signs"),
    help=N_("A board for people or drivers: the notice of cameras, a closed street, the way round it."),
    tag="S",
    icon="sign",
    key="Y",
    shapes=("point",),
    style=Style(stroke="#1565C0", width=2.0, symbol="sign", edge="#FFFFFF", dark_stroke="#64B5F6"),
    audience="public",
    fields=(
        Choice(
            id="purpose",
            label=N_("Purpose"),
            default="camera",
            options=(
                ("camera", N_("Notice of cameras")),
                ("closed", N_("Street closed")),
                ("advance", N_("Closure ahead")),
                ("detour", N_("Way round")),
                ("other", N_("Other")),
            ),
        ),
        Choice(
            id="shows",
            label=N_("Arrow"),
            default=None,
            help=N_("Where the sign of a way round points."),
            options=(("ahead", N_("Straight on")), ("left", N_("To the left")), ("right", N_("To the right"))),
        ),
        Links(
            id="serves",
            label=N_("Belongs to"),
            kinds=("closure", "diversion"),
            help=N_("The closure or diversion the sign is for."),
        ),
        Text(id="text_ky", label=N_("Text in Kyrgyz"), long=True),
        Text(id="text_ru", label=N_("Text in Russian"), long=True),
    ),
)
