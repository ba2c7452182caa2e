"""Vehicle barrier: what stops a vehicle, judged by its tested rating and by whether it stands as it was tested."""

from venueplanner.domain.fields import Choice, Flag, Number, Text
from venueplanner.domain.kind import Kind, Style
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.rules import Rules
from venueplanner.domain.words import N_
from venueplanner.engine.outlines import barrier_modules


def _outline(feature: Feature, plan: Plan, rules: Rules) -> list[object]:
    width = feature.number("module_width", rules.number("outline.barrier_module"))
    return list(barrier_modules(feature.shape, width, feature.number("clear_gap"), feature.number("depth", width)))


KIND = Kind(
    id="barrier",
    label=N_("Vehicle barrier"),
    plural=N_("Barriers"),
    short=N_("Barrier"),
    help=N_("Blocks, bollards or a barrier line that stops vehicles. A point is one module."),
    tag="B",
    icon="barrier",
    key="B",
    shapes=("line", "point"),
    style=Style(stroke="#1B1B1B", width=5.0, symbol="blocks", edge="#FFD54F", dark_stroke="#FFD54F"),
    audience="command",
    roles=frozenset({"closes", "obstacle"}),
    outline=_outline,
    fields=(
        Text(id="product", label=N_("Product"), help=N_("Maker and model, as on the test certificate.")),
        Text(
            id="rating",
            label=N_("Rating"),
            help=N_("As printed on the certificate, e.g. V/7200[N3C]/80/90:1.1 or M50/P1. Empty means unrated."),
        ),
        Number(
            id="module_width",
            label=N_("Module width"),
            unit="m",
            default=1.2,
            low=0.05,
            high=50,
            help=N_("Width of one block or bollard along the line."),
        ),
        Number(
            id="clear_gap",
            label=N_("Clear gap"),
            unit="m",
            default=0.0,
            low=0,
            high=50,
            help=N_("Clear air between two modules, face to face. 0 means a continuous line."),
        ),
        Number(id="depth", label=N_("Depth"), unit="m", default=0.6, low=0.05, high=10),
        Choice(
            id="foundation",
            label=N_("Foundation"),
            default="free",
            options=(
                ("free", N_("Free-standing")),
                ("pinned", N_("Pinned or bolted to the surface")),
                ("shallow", N_("Foundation up to 0.5 m")),
                ("deep", N_("Foundation deeper than 0.5 m")),
            ),
        ),
        Flag(
            id="as_tested",
            label=N_("Installed as tested"),
            default=False,
            help=N_("Same product, ground, length and formation as in the test. Otherwise the rating does not count."),
        ),
    ),
)
