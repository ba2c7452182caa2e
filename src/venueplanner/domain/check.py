"""Checks and findings. A check is declared once; a finding is a sentence with numbers, source and evidence.

Silence is never "all clear": every check has a state for every subject, and a check that could not run says why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from shapely.geometry.base import BaseGeometry

from .plan import Feature
from .site import Site
from .words import N_, Words

SEVERITIES: tuple[tuple[str, str], ...] = (
    ("critical", N_("critical")),
    ("major", N_("major")),
    ("minor", N_("minor")),
    ("info", N_("for information")),
)

# State of one check for one subject.
STATES: tuple[tuple[str, str], ...] = (
    ("fine", N_("nothing found")),
    ("findings", N_("findings")),
    ("checking", N_("checking …")),
    ("unchecked", N_("not checked")),
    ("failed", N_("could not run")),
    ("idle", N_("nothing to check")),
)


@dataclass(frozen=True)
class Fix:
    """A way to mend a finding: the name of an edit and its arguments. One click, one undo step."""

    label: Words
    edit: str
    args: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """Something to draw for a finding: `role` is gap, route, stretch, zone or point; `label` stands beside it.

    `values` (one per vertex or segment) colours a stretch, such as the speed in m/s along the perimeter.
    """

    role: str
    shape: BaseGeometry
    label: Words | None = None
    values: tuple[float, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing the planner should know. `measured` and `threshold` are in `unit`; `features` are the ids concerned."""

    check: str
    severity: str
    text: Words
    measured: float | None
    threshold: float | None
    unit: str
    rule: str
    source: str
    confidence: str
    features: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    subject: str = ""
    why: tuple[Words, ...] = ()
    fixes: tuple[Fix, ...] = ()

    @property
    def shape(self) -> BaseGeometry | None:
        """The main evidence: what the map zooms to."""
        return self.evidence[0].shape if self.evidence else None

    @cached_property
    def id(self) -> str:
        """The same finding has the same id after re-checking: made of check, features and the place to 1 m.

        A finding about records is nowhere; its rule tells it from others about the same ones.
        """
        place = self.rule if not self.evidence else ""
        if self.shape is not None and not self.shape.is_empty:
            middle = self.shape.representative_point()
            place = f"{middle.x:.0f},{middle.y:.0f}"
        text = "|".join((self.check, self.subject, ",".join(sorted(self.features)), place))
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def cover(self) -> str:
        """Hash of the evidence geometry to 1 cm and of the severity: a waiver holds for this and dies with it.

        Without geometry the sentence stands in for it.
        """
        parts = [self.severity] if self.evidence else [self.severity, self.text.say()]
        parts += [
            evidence.shape.wkt if evidence.shape.is_empty else _rounded(evidence.shape) for evidence in self.evidence
        ]
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]


def _rounded(shape: BaseGeometry) -> str:
    import shapely

    return str(shapely.to_wkt(shape, rounding_precision=2))


@dataclass(frozen=True)
class Question:
    """Something that neither plan nor city data says and that a look on site settles: what to measure, where, why.

    `topic` groups the questions of one sort; `unit` is that of the answer, empty where it is yes or no.
    """

    topic: str
    text: Words
    shape: BaseGeometry
    why: Words
    unit: str = ""
    features: tuple[str, ...] = ()


@dataclass(frozen=True)
class Status:
    """State of one check for one subject, with what is missing when it was not checked."""

    state: str
    reason: Words | None = None


Find = Callable[[Site, Feature], Iterable[Finding]]
Ask = Callable[[Site, Feature], Iterable[Question]]


@dataclass(frozen=True)
class Check:
    """One check. `subject` is the kind looked at one by one; `watches` the kinds whose edits can change the answer;
    `reach(site, subject)` how far away (m) such an edit can matter; `needs` groups of layer roles: one role of each
    group must be there; `rules` the rule ids whose values it uses; `ask` what a look on site would settle; `uncertain`
    the rule ids whose value is an estimate that may flip a finding; `essential`: a plan without any subject of it has
    not been checked, whatever else was. `also` are further kinds looked at one by one; `begins` names a kind without
    which the plan has not begun with the matter, so that nothing is looked at.
    """

    id: str
    label: str
    help: str
    subject: str
    watches: frozenset[str]
    reach: Callable[[Site], float]
    find: Find
    needs: tuple[tuple[tuple[str, ...], Words], ...] = ()
    rules: tuple[str, ...] = ()
    row: str = ""
    ask: Ask | None = None
    uncertain: tuple[str, ...] = ()
    essential: bool = False
    also: tuple[str, ...] = ()
    begins: str = ""

    def subjects(self, site: Site) -> list[Feature]:
        """The features it looks at, as the site's phase has them."""
        if self.begins and not site.plan.of(self.begins):
            return []
        return site.of(self.subject, *self.also)

    def missing(self, site: Site) -> Words | None:
        """What keeps the check from running on this site, or None."""
        for roles, sentence in self.needs:
            if not any(len(layer) for layer in site.layers_of(*roles)):
                return sentence
        return None
