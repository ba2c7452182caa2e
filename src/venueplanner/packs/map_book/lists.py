"""The lists of the book: findings, the state of every check, posts, gates, barriers, exits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from venueplanner.domain.check import STATES
from venueplanner.domain.pack import PackJob
from venueplanner.domain.plan import Feature
from venueplanner.domain.words import N_
from venueplanner.kinds import BY_ID
from venueplanner.packs.editions import check_name, finding_figures, finding_text, in_reading_order, say, say_value

from .tables import Column, Row, Table

STATE_WORDS = dict(STATES)

# Kind, fields shown, and the shares of the columns: name first, MGRS last.
FEATURE_LISTS: tuple[tuple[str, str, tuple[str, ...], tuple[float, ...]], ...] = (
    ("post", N_("Posts"), ("service", "task", "people", "channel"), (0.11, 0.17, 0.27, 0.12, 0.12, 0.21)),
    ("gate", N_("Gates"), ("use", "state", "width", "guards"), (0.11, 0.24, 0.2, 0.1, 0.14, 0.21)),
    ("barrier", N_("Barriers"), ("product", "rating", "foundation", "as_tested"), (0.11, 0.2, 0.19, 0.15, 0.14, 0.21)),
    ("exit", N_("Exits"), ("width", "surface", "accessible"), (0.11, 0.15, 0.25, 0.28, 0.21)),
)


def findings_table(job: PackJob) -> Table:
    """What the checks found, with the sources as numbered notes below."""
    tr = job.translate
    sources = {source: number for number, source in enumerate(dict.fromkeys(each.source for each in job.findings), 1)}
    rows = []
    for each in job.findings:
        text = finding_text(job, each)
        note = f"[{sources[each.source]}]" if each.source else ""
        rows.append(Row((text, finding_figures(job, each), note), each.severity))
    columns = [
        Column(tr(N_("Finding")), 0.7),
        Column(tr(N_("Measured / allowed")), 0.19),
        Column(tr(N_("Source")), 0.11),
    ]
    notes = [f"[{number}] {source}" for source, number in sources.items() if source]
    return Table(tr(N_("Findings")), columns, rows, tr(N_("The checks found nothing.")), notes)


def states_table(job: PackJob) -> Table:
    """The state of every check for every subject: silence is never "all clear"."""
    tr = job.translate
    rows = []
    for (check, subject), status in job.states.items():
        feature = job.site.plan.features.get(subject)
        reason = say(job, status.reason) if status.reason else ""
        rows.append(
            Row((check_name(job, check), feature.name if feature else "–", tr(STATE_WORDS[status.state]), reason))
        )
    columns = [
        Column(tr(N_("Check")), 0.22),
        Column(tr(N_("Subject")), 0.22),
        Column(tr(N_("State")), 0.18),
        Column(tr(N_("Reason")), 0.38),
    ]
    return Table(tr(N_("State of the checks")), columns, rows, tr(N_("No check has run.")))


def feature_tables(job: PackJob, features: Sequence[Feature]) -> Iterator[Table]:
    """Posts, gates, barriers and exits, as far as the edition shows any."""
    tr = job.translate
    for kind, title, fields, shares in FEATURE_LISTS:
        chosen = [each for each in features if each.kind == kind]
        if chosen or kind == "post":
            columns = [Column(*each) for each in zip(_labels(job, kind, fields), shares, strict=True)]
            rows = list(_feature_rows(job, chosen, fields))
            yield Table(tr(title), columns, rows, tr(N_("There are no posts in this edition.")))


def _feature_rows(job: PackJob, features: Sequence[Feature], fields: Sequence[str]) -> Iterator[Row]:
    """One row a feature: name, the fields, and its MGRS reference."""
    for each in in_reading_order(features):
        kind = BY_ID[each.kind]
        cells = [each.name]
        for name in fields:
            field = kind.field(name)
            cells.append(say_value(job, field, each) if field is not None else "")
        place = each.shape.representative_point() if each.shape is not None else None
        cells.append(job.coordinates.to_mgrs(place.x, place.y) if place is not None else "")
        yield Row(tuple(cells))


def _labels(job: PackJob, kind_id: str, fields: Sequence[str]) -> list[str]:
    """Headings for a list of a kind's features."""
    named = [BY_ID[kind_id].field(name) for name in fields]
    return [job.translate(N_("Name")), *(job.translate(each.label) for each in named if each), "MGRS"]
