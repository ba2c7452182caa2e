"""The program's and the plan's contents in words and as plain data: kinds, checks, a plan's summary."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from venueplanner.checks import ALL as CHECKS
from venueplanner.domain.fields import Choice, Field, Links, Number
from venueplanner.domain.plan import LayerRecord
from venueplanner.domain.words import N_, Words
from venueplanner.kinds import ALL as KINDS
from venueplanner.kinds import BY_ID

from .documents import coordinates_of
from .language import Language
from .searching import ROLE_LABELS
from .session import Session


def kinds(language: Language) -> list[dict[str, Any]]:
    """Every kind with the shapes it takes and its fields."""
    return [
        {
            "id": kind.id,
            "label": language(kind.label),
            "help": language(kind.help),
            "shapes": list(kind.shapes),
            "fields": [_field(each, language) for each in kind.all_fields],
        }
        for kind in KINDS
    ]


def _field(field: Field, language: Language) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": field.id,
        "type": type(field).__name__.lower(),
        "label": language(field.label),
        "default": field.default,
    }
    if field.help:
        row["help"] = language(field.help)
    if isinstance(field, Number):
        row |= {"unit": field.unit, "low": field.low, "high": field.high}
    if isinstance(field, Choice):
        row["options"] = [value for value, _ in field.options]
    if isinstance(field, Links):
        row |= {"kinds": list(field.kinds), "most": field.most}
    return row


def kind_lines(language: Language) -> list[str]:
    """The kinds as text, a line a field."""
    lines: list[str] = []
    for kind in KINDS:
        shapes = ", ".join(kind.shapes) or language(N_("record"))
        lines.append(f"{kind.id} ({shapes}): {language(kind.help)}")
        lines += [f"    {each.id}: {_field_words(each, language)}" for each in kind.all_fields]
    return lines


def _field_words(field: Field, language: Language) -> str:
    words = language(field.label)
    if isinstance(field, Number) and field.unit:
        words += f" [{language(field.unit)}]"
    if isinstance(field, Choice):
        words += ": " + " | ".join(value for value, _ in field.options)
    if field.default in (None, "", ()):
        return words
    said = field.default
    if isinstance(said, bool):
        said = language(N_("yes")) if said else language(N_("no"))
    return words + " " + language.say(Words(N_("(default: {value})"), {"value": said}))


def checks(language: Language) -> list[dict[str, Any]]:
    """Every check with its subject, what it watches, needs and which rules it uses."""
    return [
        {
            "id": check.id,
            "label": language(check.label),
            "help": language(check.help),
            "subject": check.subject,
            "also": list(check.also),
            "watches": sorted(check.watches),
            "needs": [" | ".join(roles) for roles, _ in check.needs],
            "rules": list(check.rules),
        }
        for check in CHECKS
    ]


def check_lines(language: Language) -> list[str]:
    """The checks as text."""
    lines: list[str] = []
    for check in CHECKS:
        lines.append(f"{check.id}: {language(check.help)}")
        lines.append(f"    {language(N_('Looks at'))}: {check.subject} ({language(BY_ID[check.subject].label)})")
        lines.append(f"    {language(N_('Watches'))}: {', '.join(sorted(check.watches))}")
        lines.append(f"    {language(N_('Rules'))}: {', '.join(check.rules)}")
    return lines


def info(session: Session) -> dict[str, Any]:
    """What is in a plan: facts, features by kind, layers with how they were read, waivers."""
    plan = session.plan
    return {
        "facts": dict(plan.facts),
        "crs": coordinates_of(plan).label,
        "profile": session.profile.title,
        "features": {kind.id: len(plan.of(kind.id)) for kind in KINDS if plan.of(kind.id)},
        "layers": [
            {
                "name": record.name,
                "role": record.role,
                "count": record.count,
                "repaired": record.repaired,
                "set_aside": len(record.set_aside),
                "encoding": f"{record.encoding} ({record.encoding_by})",
                "crs": f"{record.crs} ({record.crs_by})",
                "operation": record.operation,
                "accuracy_m": record.accuracy,
                "source": record.source,
                "attribution": record.attribution,
            }
            for record in plan.layers.values()
        ],
        "waivers": len(plan.waivers),
    }


def info_lines(session: Session, language: Language) -> list[str]:
    """The summary of a plan as text."""
    data = info(session)
    lines = [
        data["facts"].get("title", ""),
        f"{language(N_('Coordinate system'))}: {data['crs']}",
        f"{language(N_('Rules'))}: {data['profile']}",
    ]
    lines += [f"  {count:7d}  {kind} ({language(BY_ID[kind].plural)})" for kind, count in data["features"].items()]
    lines += [f"  {record.count:7d}  {_layer_words(record, language)}" for record in session.plan.layers.values()]
    return lines


def _layer_words(record: LayerRecord, language: Language) -> str:
    role = language(ROLE_LABELS.get(record.role, record.role))
    crs, encoding = (f"{what} ({language(by)})" for what, by in _decided(record))
    return f"{record.name} [{role}] {crs}, {encoding}"


def _decided(record: LayerRecord) -> Iterator[tuple[str, str]]:
    yield record.crs, record.crs_by
    yield record.encoding, record.encoding_by
