"""RACI: every task has exactly one who answers for it, somebody who does it, and a way to reach them."""

from __future__ import annotations

from collections.abc import Iterator

from venueplanner.domain.check import Check, Finding
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words, join_words


def find_faults(site: Site, feature: Feature) -> Iterator[Finding]:
    """What a task lacks (row 46), or a stakeholder with too many tasks in one phase."""
    if feature.kind == "stakeholder":
        yield from _overloaded(site, feature)
        return
    lacking = _roles(site, feature)
    if lacking:
        yield _finding(site, feature, "minor", "roles.accountable", lacking, float(len(feature.links("accountable"))))
    unreachable = _unreachable(site, feature)
    if unreachable:
        yield _finding(site, feature, "info", "roles.reachable", unreachable, None)


def _roles(site: Site, task: Feature) -> list[Words]:
    wanted = int(site.rules.number("roles.accountable"))
    found = []
    there = {field: _stakeholders(site, task, field) for field in ("accountable", "responsible")}
    answering = there["accountable"]
    if not answering:
        found.append(Words(N_("nobody answers for it (A)")))
    elif len(answering) != wanted:
        names = ", ".join(each.name for each in answering)
        found.append(Words(N_("{count} answer for it (A) instead of one: {names}"),
                           {"count": len(answering), "names": names}))  # fmt: skip
    if len(there["responsible"]) < site.rules.number("roles.responsible"):
        found.append(Words(N_("nobody does it (R)")))
    return found


def _unreachable(site: Site, task: Feature) -> list[Words]:
    found = []
    for each in _stakeholders(site, task, "responsible"):
        if not str(each["contact"] or "").strip():
            found.append(Words(N_("{name} has no contact"), {"name": each.name}))
        if not task.links("stand_in") and not str(each["deputy"] or "").strip():
            found.append(Words(N_("{name} has no deputy"), {"name": each.name}))
    return found


def _stakeholders(site: Site, task: Feature, field: str) -> list[Feature]:
    linked = (site.plan.features.get(each) for each in task.links(field))
    return [each for each in linked if each is not None and each.kind == "stakeholder"]


def _finding(
    site: Site, task: Feature, severity: str, rule_id: str, lacking: list[Words], measured: float | None
) -> Finding:
    rule = site.rules[rule_id]
    rest = join_words([Words(N_("{what};"), {"what": each}) for each in lacking[:-1]] + [lacking[-1]])
    return Finding(
        check=CHECK.id,
        severity=severity,
        text=Words(N_("Task {name}: {rest}."), {"name": task.name, "rest": rest}),
        measured=measured,
        threshold=site.rules.number(rule_id) if measured is not None else None,
        unit="",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=(task.id,),
        evidence=(),
        subject=task.id,
        why=(Words(N_("With two who answer, each leaves it to the other; with none, nobody is asked afterwards.")),),
    )


def _overloaded(site: Site, stakeholder: Feature) -> Iterator[Finding]:
    """Tasks a stakeholder is responsible for in one and the same phase; tasks of no phase are spread over months."""
    rule = site.rules["roles.most_responsible"]
    most = site.rules.number(rule.id)
    for phase in site.plan.of("phase"):
        tasks = [
            each
            for each in site.plan.of("task")
            if phase.id in each.phases and stakeholder.id in each.links("responsible")
        ]
        if len(tasks) > most:
            values = {"name": stakeholder.name, "count": len(tasks), "phase": phase.name, "most": most}
            yield Finding(
                check=CHECK.id,
                severity="minor",
                text=Words(
                    N_("{name} is responsible for {count} tasks in phase {phase}: more than {most:.0f} at a time."),
                    values,
                ),
                measured=float(len(tasks)),
                threshold=most,
                unit="",
                rule=rule.id,
                source=rule.cite(),
                confidence=rule.confidence,
                features=(stakeholder.id, phase.id, *(each.id for each in tasks)),
                evidence=(),
                subject=stakeholder.id,
                why=(Words(N_("One body cannot do many things at the same time; share them out.")),),
            )


CHECK = Check(
    id="raci",
    label=N_("Who does what"),
    help=N_("Tasks without exactly one who answers for them, without anybody who does them, or without a contact."),
    subject="task",
    also=("stakeholder",),
    begins="task",
    watches=frozenset({"task", "stakeholder", "phase"}),
    reach=lambda site: 0.0,
    find=find_faults,
    rules=("roles.accountable", "roles.responsible", "roles.reachable", "roles.most_responsible"),
    row="46",
)
