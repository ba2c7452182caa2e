"""Sign: what people read before they enter: the notice of cameras, or something else."""

from venueplanner.domain.fields import Choice, Text
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.words import N_

KIND = Kind(
    id="sign",
    label=N_("Sign"),
    plural=N_("Signs"),
    help=N_("A board that people read before they enter, such as the notice of cameras."),
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
            options=(("camera", N_("Notice of cameras")), ("other", N_("Other"))),
        ),
        Text(id="text_ky", label=N_("Text in Kyrgyz"), long=True),
        Text(id="text_ru", label=N_("Text in Russian"), long=True),
    ),
)
