"""Passage: which vehicle still reaches a protected area over free ground, how wide, by which way, through which gaps.

Coverage gap says what of the line is open; this check says whether a vehicle gets that far. Gaps that lie on the line
and are told there are given here for information, as the way that leads to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry import LineString, Polygon

from venueplanner.domain.check import Check, Evidence, Finding, Fix
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.passage import Gap, passage

from .free_ground import FreeGround, free_ground, inner_area, is_shut
from .standing import Standing, of_features

# From the widest down: the rule that says how wide a vehicle of that sort is, its words.
FAMILIES = (
    ("passage.lorry", N_("A lorry or bus")),
    ("passage.car", N_("A car or van")),
    ("passage.small_car", N_("A small car")),
    ("coverage.limit", N_("A motorcycle, quad or microcar")),
)
SHOWN = 6  # routes drawn for one finding
LISTED = 12  # widths told of one finding


def find_passages(site: Site, perimeter: Feature) -> Iterator[Finding]:
    """One finding for each sort of vehicle that gets in by gaps no wider sort fits through (row 3, §1.4)."""
    area = perimeter.shape
    if not isinstance(area, Polygon):
        return
    rules = site.rules
    free = free_ground(site, area, rules.number("passage.study"))
    found = passage(free.ground, inner_area(area, rules.number("coverage.reach")), limit=rules.number("coverage.limit"))
    teller = _Teller(site, perimeter, area, free)
    if found.open:
        yield teller.open()
    left = list(found.gaps)
    for rule_id, words in FAMILIES:
        several = [gap for gap in left if gap.width >= rules.number(rule_id)]
        left = [gap for gap in left if gap.width < rules.number(rule_id)]
        told = [gap for gap in several if teller.is_told(gap)]
        for part, severity in ((told, "info"), ([gap for gap in several if gap not in told], "")):
            if part:
                yield teller.finding(part, rule_id, words, severity)


class _Teller:
    """Makes findings of gaps of one perimeter."""

    def __init__(self, site: Site, perimeter: Feature, area: Polygon, free: FreeGround) -> None:
        self.site, self.perimeter, self.free = site, perimeter, free
        self.edge, self.reach = area.boundary, site.rules.number("coverage.reach")
        within = site.rules.number("passage.study")
        self.soft = of_features(site, "cordon", "gate", near=area, within=within, only=_counts_on_the_line_only)

    def is_told(self, gap: Gap) -> bool:
        """Whether coverage gap tells of it: it lies on the line and nothing counts there that does not count here."""
        near = self.edge.distance(gap.segment) <= self.reach
        return near and not any(each.outline.dwithin(gap.segment, self.reach) for each in self.soft)

    def open(self) -> Finding:
        """Nothing at all stands between the area and the ground outside."""
        told = not any(each.outline.dwithin(self.edge, self.reach) for each in self.soft)
        text = Words(
            N_("Any vehicle reaches perimeter {name} over open ground: nothing stands in its way."),
            {"name": self.perimeter.name},
        )
        edge = Evidence("stretch", self.edge)
        return self._finding(text, "info" if told else "critical", None, FAMILIES[0][0], (edge,), [], ())

    def finding(self, gaps: Sequence[Gap], rule_id: str, vehicle: str, severity: str) -> Finding:
        """What one sort of vehicle gets in by."""
        widest = gaps[0]
        values: dict[str, object] = {
            "vehicle": Words(vehicle),
            "name": self.perimeter.name,
            "width": widest.width,
            "count": len(gaps),
        }
        sides = [self._words(owner) for owner in widest.owners]
        template = N_("{vehicle} can drive up to perimeter {name}: the way leads through a gap of {width:.2f} m.")
        if None not in sides:
            values |= {"one": sides[0], "other": sides[1]}
            template = N_(
                "{vehicle} can drive up to perimeter {name} through the gap of {width:.2f} m between {one} and {other}."
            )
        if len(gaps) > 1:
            template = N_(
                "{vehicle} can drive up to perimeter {name} through {count} gaps; the widest is {width:.2f} m wide."
            )
        if not severity:
            severity = "critical" if widest.width >= self.site.rules.number("coverage.major") else "major"
        label = Words(N_("{width:.2f} m"), {"width": widest.width})
        routes = [Evidence("route", gap.route, label if gap is widest else None) for gap in gaps[:SHOWN]]
        places = [Evidence("gap", gap.segment, Words(N_("{width:.2f} m"), {"width": gap.width})) for gap in gaps]
        fixes = self._fixes(gaps) if severity != "info" else ()
        owners = [owner for gap in gaps for owner in gap.owners]
        return self._finding(
            Words(template, values), severity, widest.width, rule_id, (*places, *routes), owners, fixes, gaps
        )

    def _finding(
        self,
        text: Words,
        severity: str,
        width: float | None,
        rule_id: str,
        evidence: tuple[Evidence, ...],
        owners: Sequence[int | None],
        fixes: tuple[Fix, ...],
        gaps: Sequence[Gap] = (),
    ) -> Finding:
        rule = self.site.rules[rule_id]
        features = [self.free.standing[owner].feature for owner in owners if owner is not None]
        ids = [self.perimeter.id, *(each.id for each in features if each is not None)]
        return Finding(
            check=CHECK.id,
            severity=severity,
            text=text,
            measured=width,
            threshold=self.site.rules.number(rule_id),
            unit="m",
            rule=rule.id,
            source=rule.cite(),
            confidence=rule.confidence,
            features=tuple(dict.fromkeys(ids)),
            evidence=evidence,
            subject=self.perimeter.id,
            why=tuple(self._why(gaps, severity)),
            fixes=fixes,
        )

    def _words(self, owner: int | None) -> Words | None:
        return None if owner is None else self.free.standing[owner].words

    def _why(self, gaps: Sequence[Gap], severity: str) -> Iterator[Words]:
        if gaps:
            figures = {f"w{number}": gap.width for number, gap in enumerate(gaps[:LISTED])}
            widths = Words(" · ".join("{" + key + ":.2f}" for key in figures), figures)
            yield Words(N_("Clear widths, face to face, in metres: {widths}"), {"widths": widths})
        if severity == "info":
            yield Words(
                N_("The same gaps on the line are told by the check of coverage gaps; here is the way to them.")
            )
        crossed = [each for each in self.soft if any(each.outline.intersects(gap.route) for gap in gaps[:SHOWN])]
        for each in _by_feature(crossed):
            yield Words(_soft_words(each), {"name": each.words})
        if not self.site.layers_of("buildings"):
            yield Words(N_("No building layer is loaded: buildings and walls were not counted as closing anything."))
        yield Words(N_("Judged by the width of a disc; kerbs, steps and slopes are taken for drivable."))

    def _fixes(self, gaps: Sequence[Gap]) -> tuple[Fix, ...]:
        lines = [LineString(gap.segment) for gap in gaps if gap.segment.length > 0]
        if not lines:
            return ()
        values = {"count": len(lines), "metres": sum(line.length for line in lines)}
        label = Words(N_("Close {count} gaps with {metres:.1f} m of barrier"), values)
        if len(lines) == 1:
            label = Words(N_("Close with a barrier of {width:.1f} m"), {"width": lines[0].length})
        return (Fix(label, "close_lines", {"lines": shapely.MultiLineString(lines)}),)


def _counts_on_the_line_only(feature: Feature) -> bool:
    """What coverage gap counts as closing and this check does not: cordons, and gates that nobody guards really."""
    return feature.kind == "cordon" or (feature["state"] != "open" and not is_shut(feature))


def _by_feature(several: Sequence[Standing]) -> list[Standing]:
    return list({each.feature.id: each for each in several if each.feature is not None}.values())


def _soft_words(each: Standing) -> str:
    if each.feature is not None and each.feature.kind == "gate":
        return N_("The way leads through {name}: nobody is there to guard it.")
    return N_("The way crosses {name}: it keeps people back, not vehicles.")


def _reach(site: Site) -> float:
    return site.rules.number("passage.study")


CHECK = Check(
    id="passage",
    label=N_("Passage"),
    help=N_("Which vehicle still reaches a protected area over the ground that is really free, and by which way."),
    subject="perimeter",
    watches=frozenset({"perimeter", "barrier", "gate", "cordon"}),
    reach=_reach,
    find=find_passages,
    needs=((("buildings", "walls"), Words(N_("without buildings or walls nobody can say which ground is free"))),),
    rules=("coverage.limit", "coverage.reach", "coverage.major", "passage.study", *(rule for rule, _ in FAMILIES[:-1])),
    row="3",
    essential=True,
)
