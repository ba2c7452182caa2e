"""Who a pack is for, and what that reader may see; with the options every pack shares.

Data minimisation: a pack carries what its readers need. Contacts of stakeholders leave the program in no pack. The
public edition carries features marked for everyone, and no findings, speeds or gaps.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from venueplanner.domain.check import Finding
from venueplanner.domain.fields import Choice, Field, Flag, Text
from venueplanner.domain.kind import Kind
from venueplanner.domain.pack import PackJob
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_, Words

_RULED = re.compile(r"[=_*#~-]{5,}")

# Fields that no pack may carry, by kind.
PRIVATE = frozenset({("stakeholder", "contact"), ("stakeholder", "deputy"), ("shift", "who")})
# What each edition's readers may see, by audience of the feature.
SEEN_BY = {"restricted": frozenset({"command", "field", "public"}), "public": frozenset({"public"})}

SHARED: tuple[Field, ...] = (
    Choice(
        id="edition",
        label=N_("Edition"),
        default="restricted",
        options=(("restricted", N_("Restricted: command and field teams")), ("public", N_("Public"))),
        help=N_("The public edition shows only what is marked for everyone."),
    ),
    Text(id="classification", label=N_("Classification"), default=None, help=N_("Printed on every sheet.")),
    Text(id="version", label=N_("Version"), default=None),
    Text(id="valid_until", label=N_("Valid until"), default=None),
    Flag(id="exercise", label=N_("Exercise"), default=False, help=N_("Prints EXERCISE on every sheet.")),
)


def seen(job: PackJob) -> list[Feature]:
    """The features the job's edition may carry, in its phase."""
    audiences = SEEN_BY[str(job.options.get("edition") or "restricted")]
    site = job.site
    return [
        each
        for each in site.plan.features.values()
        if site.active(each) and str(each.values.get("audience") or "field") in audiences
    ]


def is_public(job: PackJob) -> bool:
    """Whether the job makes the public edition."""
    return job.options.get("edition") == "public"


def say(job: PackJob, words: Words | str) -> str:
    """A sentence in the sheet's language."""
    return words.say(job.translate, job.decimal) if isinstance(words, Words) else job.translate(words)


def check_name(job: PackJob, check: str) -> str:
    """A check's label in the sheet's language."""
    return job.translate(job.checks.get(check, check))


def finding_text(job: PackJob, finding: Finding) -> str:
    """A finding's sentence; a waived one says by whom and why."""
    text = say(job, finding.text)
    waiver = job.site.plan.waivers.get(finding.id)
    if waiver is not None and waiver.cover == finding.cover:
        values = {"reason": waiver.reason, "by": waiver.by, "date": waiver.date[:10]}
        text += "\n" + say(job, Words(N_("Waived: {reason} ({by}, {date})"), values))
    return text


def finding_figures(job: PackJob, finding: Finding) -> str:
    """Measured against allowed, such as "2.40 m / 1.20 m"; "" when nothing was measured."""
    if finding.measured is None:
        return ""
    decimals, unit = 0 if finding.unit == "km/h" else 2, job.translate(finding.unit)
    text = f"{finding.measured:.{decimals}f} {unit}"
    if finding.threshold:
        text += f" / {finding.threshold:.{decimals}f} {unit}"
    return text.replace(".", job.decimal)


def in_reading_order(features: Sequence[Feature]) -> list[Feature]:
    """Features as people look for them: by kind, then P2 before P10."""

    def natural(name: str) -> tuple[str, int, str]:
        digits = "".join(letter for letter in name if letter.isdecimal())
        return "".join(letter for letter in name if letter.isalpha()), int(digits or 0), name

    return sorted(features, key=lambda each: (each.kind, natural(each.name)))


def shown_fields(kind: Kind) -> list[Field]:
    """The fields of a kind that a pack may print."""
    return [each for each in kind.all_fields if (kind.id, each.id) not in PRIVATE and each.id != "audience"]


def say_value(job: PackJob, field: Field, feature: Feature) -> str:
    """A value as people read it: choices by label, links by name, numbers with unit; "" when there is none."""
    value = feature.values.get(field.id)
    if value is None or value in ("", ()):
        return ""
    if isinstance(field, Choice):
        return job.translate(field.label_of(value))
    if isinstance(value, bool):
        return job.translate(N_("yes")) if value else job.translate(N_("no"))
    if isinstance(value, tuple):
        linked = (job.site.plan.features.get(each) for each in value)
        return ", ".join(each.name for each in linked if each is not None)
    unit = job.translate(str(getattr(field, "unit", "") or ""))
    text = f"{value:g}".replace(".", job.decimal) if isinstance(value, float) else str(value)
    if field.__class__.__name__ == "When":
        text = text.replace("T", " ")
    return f"{text} {unit}".strip()


def cartouche(job: PackJob) -> Mapping[str, str]:
    """Title, version, classification, validity and making time as printed on every sheet."""
    plan, options = job.site.plan, job.options

    def first(name: str, otherwise: str = "") -> str:
        return str(options.get(name) or plan.fact(name) or otherwise)

    public = is_public(job)
    class_default = (
        job.translate(N_("PUBLIC")) if public else job.translate(N_("RESTRICTED – for the event's services"))
    )
    return {
        "title": plan.fact("title") or job.translate(N_("Event plan")),
        "version": first("version", "1"),
        "valid_until": first("valid_until"),
        "classification": class_default if public else first("classification", class_default),
        "made": job.made_at.replace("T", " ")[:16],
        "exercise": job.translate(N_("EXERCISE")) if options.get("exercise") else "",
    }


def file_stem(job: PackJob) -> str:
    """The beginning of the names of a pack's files: the title in letters every file system takes, and the edition,
    so that one edition never lands on the other.
    """
    title = job.site.plan.fact("title") or "plan"
    stem = re.sub(r"[^\w]+", "-", title, flags=re.UNICODE).strip("-").lower()[:60] or "plan"
    return f"{stem}-public" if is_public(job) else stem


def attributions(job: PackJob) -> list[str]:
    """Whose city data is on the map, each once and as one line; what stands below a ruled line in a notice is left."""
    found: dict[str, None] = {}
    for record in job.site.plan.layers.values():
        text = " ".join(_RULED.split(record.attribution or "", maxsplit=1)[0].split())
        if text:
            found[text] = None
    return list(found)


def options_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """The shared options' defaults with `values` over them."""
    return {**{field.id: field.default for field in SHARED}, **values}
