"""Post: a place where somebody stands with a task."""

from venueplanner.domain.fields import Choice, Number, Text, Whole
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.words import N_

KIND = Kind(
    id="post",
    label=N_("Post"),
    plural=N_("Posts"),
    help=N_("A place where somebody stands with a task."),
    tag="P",
    icon="post",
    key="O",
    shapes=("point",),
    style=Style(stroke="#0D3B8C", width=2.0, symbol="disc", fill="#0D3B8C", fill_opacity=1.0, edge="#FFFFFF"),
    roles=frozenset({"observer"}),
    fields=(
        Choice(
            id="service",
            label=N_("Service"),
            default="police",
            options=(
                ("police", N_("Police")),
                ("steward", N_("Stewards")),
                ("medical", N_("First aid")),
                ("fire", N_("Fire service")),
                ("traffic", N_("Traffic control")),
                ("command", N_("Command post")),
            ),
        ),
        Text(id="task", label=N_("Task"), long=True),
        Whole(id="people", label=N_("Number of people"), default=2, low=0, high=1000),
        Text(id="channel", label=N_("Radio channel")),
        Number(id="range", label=N_("Sees up to"), unit="m", default=50.0, low=0, high=2000, decimals=0),
    ),
)
