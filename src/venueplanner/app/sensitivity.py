"""Sensitivity: which findings flip when an estimate is off, and what on site would settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from venueplanner.checks import ALL as CHECKS
from venueplanner.checks.driving import classes_of
from venueplanner.domain.check import Check, Finding
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words

from .inspector import check_subject, subjects_of

SHARE = 0.2  # a fifth more, a fifth less
_SETTLED_BY = {
    "approach.friction": N_("look at the surface: asphalt, setts, gravel; wet or icy at that season?"),
    "approach.street_width": N_("measure the carriageways on the site-walk list"),
    "vehicle.*.acceleration": N_("ask which vehicles the threat assessment means, and their weight and power"),
}


@dataclass(frozen=True)
class Flip:
    """What changes when one rule is `factor` times its value: findings that come and findings that go."""

    rule: str
    label: str
    value: float
    factor: float
    come: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    settled_by: Words

    def __bool__(self) -> bool:
        return bool(self.come or self.gone)


def flips(
    site: Site,
    checks: Sequence[Check] = CHECKS,
    share: float = SHARE,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> list[Flip]:
    """Run the checks with each uncertain rule a `share` higher and lower, and say which findings flip.

    A finding is the same when check, subject, features and severity are; its number may move. What is only for
    information does not count.
    """
    wanted = list(_wanted(site, checks))
    before: dict[str, list[Finding]] = {}
    answers: list[Flip] = []
    for done, (check, rule_id, pattern) in enumerate(wanted):
        progress(done, len(wanted))
        if check.id not in before:
            before[check.id] = _findings(check, site)
        rule = site.rules[rule_id]
        value = site.rules.number(rule_id)
        for factor in (1 - share, 1 + share):
            there = replace(site, rules=site.rules.overridden({f"rule.{rule_id}": repr(value * factor)}))
            after = _findings(check, there)
            come, gone = _difference(before[check.id], after)
            words = Words(_SETTLED_BY.get(pattern, N_("ask whoever set this value")))
            answers.append(Flip(rule_id, rule.label, value, factor, come, gone, words))
    progress(len(wanted), len(wanted))
    return answers


def _wanted(site: Site, checks: Iterable[Check]) -> Iterable[tuple[Check, str, str]]:
    classes = {class_id for each in site.of("perimeter") for class_id in classes_of(each, site.rules)}
    for check in checks:
        if check.missing(site) is not None:
            continue
        for pattern in check.uncertain:
            ids = [pattern.replace("*", each) for each in sorted(classes)] if "*" in pattern else [pattern]
            for rule_id in ids:
                yield check, rule_id, pattern


def _findings(check: Check, site: Site) -> list[Finding]:
    found = (each for subject in subjects_of(check, site) for each in check_subject(check, site, subject)[1])
    return [each for each in found if each.severity != "info"]


def _key(finding: Finding) -> tuple[str, str, tuple[str, ...], str]:
    return finding.check, finding.subject, tuple(sorted(finding.features)), finding.severity


def _difference(before: list[Finding], after: list[Finding]) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    return _without(after, Counter(map(_key, before))), _without(before, Counter(map(_key, after)))


def _without(findings: list[Finding], known: Counter[tuple[str, str, tuple[str, ...], str]]) -> tuple[Finding, ...]:
    left: list[Finding] = []
    for each in findings:
        if known[_key(each)]:
            known[_key(each)] -= 1
        else:
            left.append(each)
    return tuple(left)
