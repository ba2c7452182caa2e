"""Coverage gap: what of a perimeter is really closed, and every clear gap that remains, with its width and who fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry import Polygon

from venueplanner.domain.check import Check, Evidence, Finding, Fix
from venueplanner.domain.plan import Feature
from venueplanner.domain.rules import Rules
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.coverage import Gap, closing_line, coverage_gaps

from .standing import Standing, of_city, of_features

# From the widest down: the rule that says how wide it must be, and the words for who fits.
_WHO = (
    ("passing.lorry", N_("a lorry or bus fits")),
    ("passing.van", N_("a van fits")),
    ("passing.any_car", N_("a car fits")),
    ("passing.car", N_("a narrow car may fit")),
    ("passing.motorcycle", N_("a motorcycle or quad fits")),
)


def find_gaps(site: Site, perimeter: Feature) -> Iterator[Finding]:
    """The gaps of one perimeter that are wider than rule `coverage.limit` (TAL 1/11: 1.20 m clear, face to face)."""
    if not isinstance(perimeter.shape, Polygon):
        return
    rules = site.rules
    limit, reach = rules.number("coverage.limit"), rules.number("coverage.reach")
    edge = perimeter.shape.boundary
    closers = [*of_features(site, "barrier", "cordon", near=edge, within=reach), *_shut_gates(site, edge, reach)]
    closers += of_city(site, near=edge, within=reach)
    gaps = coverage_gaps(perimeter.shape, [each.outline for each in closers], limit=limit, reach=reach)
    for gap, like in _grouped(gaps, closers):
        yield _finding(site, perimeter, gap, closers, like)


def _shut_gates(site: Site, edge: object, reach: float) -> list[Standing]:
    gates = of_features(site, "gate", near=edge, within=reach)  # type: ignore[arg-type]
    return [each for each in gates if each.feature is not None and each.feature["state"] != "open"]


def _grouped(gaps: Sequence[Gap], closers: Sequence[Standing]) -> Iterator[tuple[Gap, list[Gap]]]:
    """Equal gaps between the modules of one barrier are one finding: the same advice mends them all."""
    groups: dict[tuple[str, float], list[Gap]] = {}
    for number, gap in enumerate(gaps):
        features = [closers[side].feature for side in gap.sides if side is not None]
        sides = {each.id for each in features if each is not None}
        same = len(sides) == 1 and None not in features and None not in gap.sides and gap.kind == "gap"
        key = (next(iter(sides)), round(gap.width, 2)) if same else (f"#{number}", gap.width)
        groups.setdefault(key, []).append(gap)
    for several in groups.values():
        yield several[0], several


def _finding(site: Site, perimeter: Feature, gap: Gap, closers: Sequence[Standing], like: list[Gap]) -> Finding:
    rules = site.rules
    sides = [closers[side] for side in gap.sides if side is not None]
    ids = tuple(dict.fromkeys([perimeter.id, *(each.feature.id for each in sides if each.feature)]))
    shape = gap.segment if len(like) == 1 else shapely.MultiLineString([each.segment for each in like])
    rule = rules["coverage.limit"]
    label = Words(N_("{width:.2f} m"), {"width": gap.width})
    return Finding(
        check=CHECK.id,
        severity="critical" if gap.width >= rules.number("coverage.major") else "major",
        text=_sentence(perimeter, gap, sides, len(like), _who_fits(gap.width, rules)),
        measured=gap.width,
        threshold=rules.number("coverage.limit"),
        unit="m",
        rule=rule.id,
        source=rule.cite(),
        confidence=rule.confidence,
        features=ids,
        evidence=(Evidence("gap", shape, label),),
        subject=perimeter.id,
        why=tuple(_why(site, gap)),
        fixes=_fixes(site, gap, like),
    )


def _sentence(perimeter: Feature, gap: Gap, sides: list[Standing], count: int, who: Words) -> Words:
    values: dict[str, object] = {"width": gap.width, "who": who, "name": perimeter.name, "count": count}
    if gap.kind == "entirely open":
        return Words(N_("Perimeter {name} is open all round: nothing stands on its {width:.0f} m."), values)
    if len(sides) < 2 or gap.kind == "open stretch":
        if sides:
            values["one"] = sides[0].words
            template = N_("{width:.2f} m of perimeter {name} beside {one} are open: {who}.")
            if len(sides) == 2:
                values["other"] = sides[1].words
                template = N_("{width:.2f} m of perimeter {name} between {one} and {other} are open: {who}.")
            return Words(template, values)
        return Words(N_("{width:.2f} m of perimeter {name} are open: {who}."), values)
    values |= {"one": sides[0].words, "other": sides[1].words}
    if count > 1:
        return Words(N_("{count} gaps of {width:.2f} m between the modules of {one}: {who}. Set them closer."), values)
    return Words(N_("Gap of {width:.2f} m between {one} and {other}: {who}."), values)


def _who_fits(width: float, rules: Rules) -> Words:
    for rule_id, words in _WHO:
        if width >= rules.number(rule_id):
            return Words(words)
    return Words(_WHO[-1][1])


def _why(site: Site, gap: Gap) -> Iterator[Words]:
    rules = site.rules
    limit = rules["coverage.limit"]
    values = {"width": gap.width, "limit": rules.number("coverage.limit"), "source": limit.cite()}
    yield Words(N_("Measured clear, face to face: {width:.2f} m; allowed {limit:.2f} m ({source})."), values)
    if not site.layers_of("buildings"):
        yield Words(N_("No building layer is loaded: buildings and walls were not counted as closing anything."))
    yield Words(N_("A motorcycle or scooter cannot be kept out by gap width alone; that needs people."))


def _fixes(site: Site, gap: Gap, like: list[Gap]) -> tuple[Fix, ...]:
    if len(like) > 1:
        return ()
    line = closing_line(gap)
    if line is None or line.length <= 0:
        return ()
    label = Words(N_("Close with a barrier of {width:.1f} m"), {"width": line.length})
    values = {"module_width": round(max(line.length, 0.05), 2), "remark": "", "clear_gap": 0.0}
    if line.length > 50:
        values.pop("module_width")
    return (Fix(label, "add", {"kind": "barrier", "shape": line, "values": values}),)


def _reach(site: Site) -> float:
    return site.rules.number("coverage.reach")


CHECK = Check(
    id="coverage-gap",
    label=N_("Coverage gap"),
    help=N_("What of a perimeter is really closed, and every clear gap that remains."),
    subject="perimeter",
    watches=frozenset({"perimeter", "barrier", "cordon", "gate"}),
    reach=_reach,
    find=find_gaps,
    rules=("coverage.limit", "coverage.reach", "coverage.major", *(rule for rule, _ in _WHO)),
    row="1, 2, 4",
    essential=True,
)
