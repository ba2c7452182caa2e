"""Risk: a threat to an asset, how likely and how grave, and the measures of the plan that answer it.

How much a measure lowers a risk are rules `risk.lowers.<kind>.likelihood` and `….consequence`, proposals of the
planner; each kind of measure counts once. What the authority says of the threat is a record of its own.
"""

from collections.abc import Iterable

from venueplanner.domain.fields import Choice, Links, Text, When
from venueplanner.domain.kind import Kind
from venueplanner.domain.plan import Feature, Plan
from venueplanner.domain.rules import Rules
from venueplanner.domain.words import N_
from venueplanner.engine.scoring import Limits, Score, lowered, score

_STEPS = ("1", "2", "3", "4", "5")
_LIKELIHOOD = (N_("1 – very low"), N_("2 – low"), N_("3 – medium"), N_("4 – high"), N_("5 – very high"))
_CONSEQUENCE = (N_("1 – minor"), N_("2 – limited"), N_("3 – moderate"), N_("4 – major"), N_("5 – catastrophic"))
LIKELIHOOD = tuple(zip(_STEPS, _LIKELIHOOD, strict=True))
CONSEQUENCE = tuple(zip(_STEPS, _CONSEQUENCE, strict=True))
MEASURES = (
    *("perimeter", "cordon", "barrier", "gate", "closure", "diversion", "standoff"),
    *("post", "camera", "emergency_route", "exit", "assembly_point"),
)
BANDS: tuple[tuple[str, str], ...] = (
    ("low", N_("Low")),
    ("medium", N_("Medium")),
    ("high", N_("High")),
    ("very_high", N_("Very high")),
)


def limits_of(rules: Rules) -> Limits:
    """The bands of the table."""
    return Limits(*(rules.number(f"risk.{each}") for each in ("medium", "high", "very_high", "grave")))


def inherent(risk: Feature, rules: Rules) -> Score | None:
    """The risk without any measure, as judged; None while it is not judged."""
    return _judged(risk, "likelihood", "consequence", rules)


def recorded(risk: Feature, rules: Rules) -> Score | None:
    """What the planner has written down as left over; None while nothing is."""
    return _judged(risk, "residual_likelihood", "residual_consequence", rules)


def after(risk: Feature, measures: Iterable[Feature], rules: Rules) -> Score | None:
    """What these measures leave of the risk, worked out; None while it is not judged."""
    start = inherent(risk, rules)
    if start is None:
        return None
    kinds = sorted({each.kind for each in measures})
    most = rules.number("risk.lowers.most")
    likelihood, consequence = (
        lowered(step, [_lowers(rules, kind, what) for kind in kinds], most)
        for what, step in (("likelihood", start.likelihood), ("consequence", start.consequence))
    )
    return score(likelihood, consequence, limits_of(rules))


def measures_of(risk: Feature, plan: Plan) -> list[Feature]:
    """The measures of a risk that are in the plan."""
    linked = (plan.features.get(each) for each in risk.links("measures"))
    return [each for each in linked if each is not None]


def _lowers(rules: Rules, kind: str, what: str) -> float:
    rule_id = f"risk.lowers.{kind}.{what}"
    return rules.number(rule_id) if rule_id in rules.rules else 0.0


def _judged(risk: Feature, likelihood: str, consequence: str, rules: Rules) -> Score | None:
    steps = [str(risk[each] or "") for each in (likelihood, consequence)]
    if not all(each in _STEPS for each in steps):
        return None
    return score(int(steps[0]), int(steps[1]), limits_of(rules))


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
        Links(
            id="places",
            label=N_("Where"),
            kinds=("perimeter", "crowd_area", "gate", "post", "exit", "emergency_route", "hazard"),
            help=N_("Their findings, and those of the measures, say how vulnerable it is."),
        ),
        Choice(id="likelihood", label=N_("Likelihood"), default="3", options=LIKELIHOOD),
        Choice(id="consequence", label=N_("Consequence"), default="3", options=CONSEQUENCE),
        Links(id="measures", label=N_("Measures"), kinds=MEASURES),
        Text(id="treatment", label=N_("What will be done"), long=True),
        When(id="due", label=N_("Due")),
        Choice(id="residual_likelihood", label=N_("Likelihood left over"), default=None, options=LIKELIHOOD),
        Choice(
            id="residual_consequence",
            label=N_("Consequence left over"),
            default=None,
            options=CONSEQUENCE,
            help=N_("Your own judgement; what the measures are worth by the rules is shown beside it."),
        ),
        Text(id="signed_off", label=N_("Signed off by"), help=N_("Who accepts what is left over.")),
    ),
)
