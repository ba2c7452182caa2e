"""Ways in and proposed cordons as plain data and as lines of text: what the command line prints."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry import Polygon, mapping
from shapely.geometry.base import BaseGeometry

from venueplanner.checks.free_ground import FreeGround, free_ground, inner_area
from venueplanner.checks.passage import FAMILIES
from venueplanner.domain.plan import Feature
from venueplanner.domain.site import Site
from venueplanner.domain.words import N_, Words
from venueplanner.engine.passage import Gap, passage

from .cordons import Proposals, feature_named
from .documents import coordinates_of
from .language import Language
from .session import Session


def report(session: Session, language: Language, perimeter: str = "") -> dict[str, Any]:
    """The widest way into every perimeter, or into one, and all gaps over the limit; geometry in WGS84."""
    site = session.site()
    chosen = [feature_named(session.plan, perimeter, ("perimeter",))] if perimeter else site.of("perimeter")
    known = any(len(layer) for layer in site.layers_of("buildings", "walls"))
    return {
        "limit_m": site.rules.number("coverage.limit"),
        "city": known,
        "perimeters": [_perimeter(session, site, each, language) for each in chosen if isinstance(each.shape, Polygon)],
    }


def _perimeter(session: Session, site: Site, feature: Feature, language: Language) -> dict[str, Any]:
    area: Any = feature.shape
    free = free_ground(site, area, site.rules.number("passage.study"))
    inner = inner_area(area, site.rules.number("coverage.reach"))
    seen = passage(free.ground, inner, limit=site.rules.number("coverage.limit"))
    classes = [(rule_id, words, site.rules.number(rule_id)) for rule_id, words in FAMILIES]
    return {
        "id": feature.id,
        "name": feature.name,
        "open": seen.open,
        "width_m": None if seen.open else round(seen.width, 4),
        "classes": [
            {
                "rule": rule_id,
                "vehicle": language(words),
                "needs_m": width,
                "gets_in": seen.open or seen.width >= width,
                "gaps": sum(gap.width >= width for gap in seen.gaps),
            }
            for rule_id, words, width in classes
        ],
        "gaps": [_gap(session, gap, free, language) for gap in seen.gaps],
    }


def _gap(session: Session, gap: Gap, free: FreeGround, language: Language) -> dict[str, Any]:
    return {
        "width_m": round(gap.width, 4),
        "between": _between(
            [free.standing[owner].words if owner is not None else None for owner in gap.owners], language
        ),
        "geometry": _geojson(session, gap.segment),
        "route": _geojson(session, gap.route),
    }


def lines(found: dict[str, Any], language: Language) -> Iterator[str]:
    """The ways in as text, a line a gap."""
    if not found["city"]:
        yield language(N_("No building layer is loaded: buildings and walls were not counted as closing anything."))
    for each in found["perimeters"]:
        name = {"name": each["name"], "limit": found["limit_m"], "width": each["width_m"]}
        if each["open"]:
            text = N_("Any vehicle reaches perimeter {name} over open ground: nothing stands in its way.")
        elif each["gaps"]:
            text = N_("Perimeter {name}: a vehicle up to {width:.2f} m wide still gets in.")
        else:
            text = N_("Perimeter {name}: nothing wider than {limit:.2f} m gets in.")
        yield language.say(Words(text, name))
        for number, gap in enumerate(each["gaps"], 1):
            yield _gap_line(number, gap["width_m"], gap["between"], language)


def _gap_line(number: int, width: float, between: list[str | None], language: Language) -> str:
    values: dict[str, object] = {"number": number, "width": width}
    if all(between):
        values |= {"one": between[0], "other": between[1]}
        return "  " + language.say(Words(N_("{number}. {width:.2f} m: {one} – {other}"), values))
    return "  " + language.say(Words(N_("{number}. {width:.2f} m"), values))


def proposals_report(session: Session, found: Proposals, language: Language) -> dict[str, Any]:
    """Proposed cordons as plain data; geometry in WGS84."""
    return {
        "area": {"id": found.area.id, "name": found.area.name, "kind": found.area.kind},
        "objective": found.objective,
        "stand_off_m": found.stand_off,
        "answers": [
            {
                "number": number,
                "cost": round(answer.cost, 3),
                "barrier_m": round(answer.metres, 3),
                "closures": [
                    {
                        "width_m": round(each.width, 4),
                        "between": _between(found.between(each), language),
                        "geometry": _geojson(session, each.line),
                        "barriers": [_geojson(session, line) for line in each.barriers],
                        "gates": [_geojson(session, line) for line in each.gates],
                    }
                    for each in answer.closures
                ],
                "gates": answer.gates,
            }
            for number, answer in enumerate(found.answers, 1)
        ],
    }


def proposal_lines(found: dict[str, Any], language: Language) -> Iterator[str]:
    """Proposed cordons as text, a line a closure."""
    if not found["answers"]:
        yield language.say(
            Words(N_("Nothing has to be closed: no vehicle reaches {name}."), {"name": found["area"]["name"]})
        )
    for answer in found["answers"]:
        values = {
            "number": answer["number"],
            "count": len(answer["closures"]),
            "metres": answer["barrier_m"],
            "gates": answer["gates"],
        }
        text = N_("Answer {number}: closures {count}, barrier {metres:.1f} m, gates {gates}")
        yield language.say(Words(text, values))
        for number, each in enumerate(answer["closures"], 1):
            yield _gap_line(number, each["width_m"], each["between"], language)


def _between(words: Any, language: Language) -> list[str | None]:
    return [language.say(each) if each is not None else None for each in words]


def _geojson(session: Session, shape: BaseGeometry) -> Any:
    return mapping(shapely.transform(shape, coordinates_of(session.plan).to_lonlat_array))
