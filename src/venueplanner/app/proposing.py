"""Proposals: answers the engine works out for a place, side by side with their figures; one taken over is one step.

An `Ask` is declared once: what it is called, for which kinds of feature it is asked, and how its answers are found. The
work runs on an immutable site in a worker; taking an answer over is an ordinary edit of the session.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from venueplanner.domain.check import Evidence, Finding
from venueplanner.domain.errors import UnknownName
from venueplanner.domain.plan import Change, Feature
from venueplanner.domain.words import N_, Words
from venueplanner.engine.cordons import Answer as ClosingLines

from . import cordons, sight
from .session import Session


@dataclass(frozen=True)
class Answer:
    """One answer: its name, its figures by label in the order of the columns, what to draw, and how to take it over."""

    name: Words
    figures: tuple[tuple[str, Words], ...]
    evidence: tuple[Evidence, ...]
    take: Callable[[Session, object], Change]

    def shown(self) -> Finding:
        """The answer as something the map can draw."""
        return Finding(
            check="proposal",
            severity="info",
            text=self.name,
            measured=None,
            threshold=None,
            unit="",
            rule="",
            source="",
            confidence="computed",
            features=(),
            evidence=self.evidence,
        )


@dataclass(frozen=True)
class Ask:
    """One sort of proposal. `kinds`: the features it is asked for; `note` what the answers are worth."""

    id: str
    label: str
    icon: str
    kinds: tuple[str, ...]
    note: str
    answers: Callable[[Session, Feature], Sequence[Answer]]


def _posts(session: Session, feature: Feature) -> list[Answer]:
    """Sets of one to five more posts, each the best found for so many."""
    most = sight.suggest(session, 5, lines=(feature.id,))
    answers = []
    for count in range(1, len(most) + 1):
        chosen = most[:count]
        watched, of = chosen[-1].watched, chosen[-1].of
        figures = (
            (N_("Posts"), Words(str(count))),
            (N_("Metres more"), Words(N_("{metres:.0f} m"), {"metres": sum(each.adds for each in chosen)})),
            (N_("Watched then"), Words(N_("{metres:.0f} of {all:.0f} m"), {"metres": watched, "all": of})),
        )
        evidence = tuple(Evidence("point", each.place, Words(f"{n}")) for n, each in enumerate(chosen, 1))
        take = _taking_posts(tuple(chosen))
        answers.append(Answer(Words(N_("{count} more posts"), {"count": count}), figures, evidence, take))
    return answers


def _taking_posts(chosen: tuple[sight.Proposal, ...]) -> Callable[[Session, object], Change]:
    return lambda session, initiator: sight.accept(session, chosen, initiator=initiator)


def _cordons(session: Session, feature: Feature, objective: str) -> list[Answer]:
    """The best three lines of closures for an objective, with what each costs."""
    found = cordons.propose(session, feature.id, objective=objective, answers=3, keep_open=_ways_in(session))
    answers = []
    for number, each in enumerate(found.answers, 1):
        figures = (
            (N_("Closures"), Words(str(len(each.closures)))),
            (N_("Barrier"), Words(N_("{metres:.1f} m"), {"metres": each.metres})),
            (N_("Gates"), Words(str(each.gates))),
            (N_("Widest"), Words(N_("{metres:.1f} m"), {"metres": max(one.width for one in each.closures)})),
        )
        evidence = tuple(
            Evidence("gap", one.line, Words(N_("{metres:.1f} m"), {"metres": one.width})) for one in each.closures
        )
        name = Words(N_("Cordon {number}"), {"number": number})
        answers.append(Answer(name, figures, evidence, partial(_take_cordon, each)))
    return answers


def _take_cordon(answer: ClosingLines, session: Session, initiator: object) -> Change:
    return cordons.accept(session, answer, initiator=initiator)


def _ways_in(session: Session) -> list[str]:
    """What has to stay passable: emergency routes of the plan become managed gates where a closure meets them."""
    return [each.id for each in session.site().of("emergency_route") if each.shape is not None]


ASKS: tuple[Ask, ...] = (
    Ask(
        "cordon-count",
        N_("Fewest closures"),
        "closure",
        cordons.AREAS,
        N_("True minimum cuts of the free ground as it stands; emergency routes become gates. Check each on site."),
        partial(_cordons, objective="count"),
    ),
    Ask(
        "cordon-metres",
        N_("Shortest barrier"),
        "barrier",
        cordons.AREAS,
        N_("True minimum cuts of the free ground as it stands; emergency routes become gates. Check each on site."),
        partial(_cordons, objective="metres"),
    ),
    Ask(
        "posts",
        N_("Suggest posts"),
        "post",
        ("perimeter", "cordon"),
        N_("Chosen one after the other, each where most is not seen yet: at least 63 % of the best possible."),
        _posts,
    ),
)
BY_ID = {each.id: each for each in ASKS}


def subjects(session: Session, ask: Ask) -> list[Feature]:
    """The features an ask can be asked for, those of the first kind first."""
    site = session.site()
    return [each for kind in ask.kinds for each in site.of(kind) if each.shape is not None]


def answers(session: Session, ask_id: str, feature_id: str) -> list[Answer]:
    """The answers for one feature. Raises `UnknownName` when it is gone."""
    feature = session.plan.features.get(feature_id)
    if feature is None:
        raise UnknownName(Words(N_("The feature is not in the plan any more.")))
    return list(BY_ID[ask_id].answers(session, feature))
