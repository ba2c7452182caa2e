"""What stands round the map: head, foot, and the panel with legend, findings and posts."""

from __future__ import annotations

from collections.abc import Sequence

from venueplanner.domain.check import Finding
from venueplanner.domain.pack import PackJob
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_
from venueplanner.kinds import ALL, BY_ID
from venueplanner.packs.editions import (
    attributions,
    cartouche,
    check_name,
    finding_figures,
    finding_text,
    in_reading_order,
    is_public,
    say_value,
)

from .guards import safe
from .shapes import box_text
from .signs import sample

LISTED = ("post", "gate", "exit")
BELOW = {"post": ("service", "task", "channel"), "gate": ("use", "state"), "exit": ("width",)}


def head(job: PackJob) -> str:
    """Exercise mark, title, classification, version, making time, and until when the map is valid."""
    said, tr = cartouche(job), job.translate
    exercise = f'<span class="vp-exercise">{safe(said["exercise"])}</span> ' if said["exercise"] else ""
    parts = [f"<b>{safe(said['classification'])}</b>", f"{safe(tr(N_('Version')))} {safe(said['version'])}"]
    parts.append(f"{safe(tr(N_('Made')))} {safe(said['made'])}")
    if said["valid_until"]:
        parts.append(f"{safe(tr(N_('Valid until')))} <b>{safe(said['valid_until'])}</b>")
    return f'<div id="vp-head"><h1>{exercise}{safe(said["title"])}</h1><p>{" · ".join(parts)}</p></div>'


def foot(job: PackJob) -> str:
    """Whose city data is on the map."""
    return f'<div id="vp-foot">{safe("; ".join(attributions(job)))}</div>'


def panel(job: PackJob, features: Sequence[Feature]) -> str:
    """Legend, findings (not in the public edition), posts, gates and exits; a tap on a row goes to its place."""
    tr = job.translate
    parts = [_title(tr(N_("Legend"))), _legend(job, features)]
    if not is_public(job):
        parts += [_title(tr(N_("Findings"))), _findings(job)]
    for kind_id in LISTED:
        chosen = [each for each in features if each.kind == kind_id and each.shape is not None]
        if chosen:
            parts += [_title(tr(BY_ID[kind_id].plural)), *(_feature(job, each) for each in in_reading_order(chosen))]
    return f'<details id="vp-panel"><summary>{safe(tr(N_("Legend and lists")))}</summary>{"".join(parts)}</details>'


def _title(text: str) -> str:
    return f"<h2>{safe(text)}</h2>"


def _legend(job: PackJob, features: Sequence[Feature]) -> str:
    rows = []
    for kind in ALL:
        count = sum(each.kind == kind.id and each.shape is not None for each in features)
        if count and kind.style is not None:
            rows.append(f"<li>{sample(kind)}<span>{safe(job.translate(kind.plural))}</span><span>{count}</span></li>")
    return f"<ul>{''.join(rows)}</ul>"


def _findings(job: PackJob) -> str:
    rows = [_finding(job, each) for each in job.findings if each.severity != "info"]
    return "".join(rows) or f'<p class="vp-none">{safe(job.translate(N_("The checks found nothing.")))}</p>'


def _finding(job: PackJob, finding: Finding) -> str:
    mark = f'<i class="vp-{finding.severity}"></i>'
    below = " · ".join(part for part in (check_name(job, finding.check), finding_figures(job, finding)) if part)
    place = (
        f' data-box="{box_text(job, finding.shape)}"'
        if finding.shape is not None and not finding.shape.is_empty
        else ""
    )
    return f"<button{place}>{mark}{safe(finding_text(job, finding))}<br><small>{safe(below)}</small></button>"


def _feature(job: PackJob, feature: Feature) -> str:
    kind = BY_ID[feature.kind]
    fields = (kind.field(name) for name in BELOW.get(feature.kind, ()))
    said = [say_value(job, field, feature) for field in fields if field is not None]
    below = " · ".join(part for part in said if part)
    place = box_text(job, feature.shape) if feature.shape is not None else ""
    return f'<button data-box="{place}"><b>{safe(feature.name)}</b> <small>{safe(below)}</small></button>'
