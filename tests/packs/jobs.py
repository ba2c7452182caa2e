"""A small plan on a small town near Bishkek, and jobs that make packs of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import shapely

from tests.checks.scenes import layer
from venueplanner.app.documents import profile_named
from venueplanner.app.language import Language
from venueplanner.app.places import resources
from venueplanner.domain.check import Evidence, Finding, Status
from venueplanner.domain.pack import PackJob
from venueplanner.domain.plan import LayerRecord, Plan
from venueplanner.domain.site import Site
from venueplanner.domain.words import Words
from venueplanner.edits import features
from venueplanner.storage.coordinates import PlanCoordinates

X, Y = 467_640.0, 4_747_160.0  # UTM 43N, the centre of Bishkek
CRS = "EPSG:32643"
TITLE = "Өнөр майрамы – Аламүдүн, ң ө ү Ң Ө Ү"
MADE = "2027-03-01T09:30+06:00"
VALID = "2027-03-22 06:00"
RULER = shapely.LineString([(X - 50, Y + 12.5), (X + 50, Y + 12.5)])  # 100 m, to measure the scale on

SECRET = {
    "command": "COMMANDONLYPOST", "field": "FIELDONLYPOST", "contact": "CONTACT0555", "deputy": "DEPUTY0777",
    "finding": "FINDINGSECRET", "remark": "REMARKSECRET",
}  # fmt: skip


def shifted(shape: Any, x: float = X, y: float = Y) -> Any:
    """A shape drawn about (0, 0), put into its place."""
    return shapely.transform(shape, lambda points: points + np.array([x, y]))


def town(x: float = X, y: float = Y) -> tuple[Any, ...]:
    """A street with a Kyrgyz name, a house and a green."""
    line = shapely.LineString([(-260, -90), (0, -88), (260, -90)])
    return (
        layer("streets", shifted(line, x, y), name=["Чүй көчөсү"], **{"class": ["primary"]}),
        layer("buildings", shifted(shapely.box(70, -40, 110, 20), x, y)),
        layer("areas", shifted(shapely.box(-120, 30, -80, 80), x, y), kind=["park"]),
    )


def plan_of(*things: tuple[str, Any, dict[str, Any]], attribution: str = "© Шаар") -> Plan:
    """A plan with features (kind, shape, values) on the town."""
    layers = {each.id: LayerRecord(each.id, each.name, each.role, "", attribution=attribution) for each in town()}
    plan = Plan(layers=layers, facts={"title": TITLE, "crs": CRS})
    for kind, shape, values in things:
        plan = features.add(plan, kind=kind, shape=shape, values=values)
    return plan


def usual(x: float = X, y: float = Y) -> list[tuple[str, Any, dict[str, Any]]]:
    """A perimeter with a crowd, gate, posts for each audience, a note, a ruler of 100 m, and a stakeholder."""
    square = shapely.box(-60, -60, 60, 60)
    return [
        ("perimeter", shifted(square, x, y), {"name": "Аянт", "audience": "public"}),
        ("crowd_area", shifted(shapely.box(-40, -40, 30, 0), x, y), {"name": "K1", "people": 4500}),
        ("cordon", shifted(shapely.LineString([(-50, 12.5), (50, 12.5)]), x, y), {"name": "C1"}),
        ("gate", shifted(shapely.LineString([(-4, -60), (4, -60)]), x, y), {"name": "G1", "audience": "public"}),
        ("exit", shifted(shapely.LineString([(-60, 6), (-60, 14)]), x, y), {"name": "X1", "audience": "public"}),
        ("post", shifted(shapely.Point(20, -55), x, y), {"name": SECRET["command"], "audience": "command"}),
        ("post", shifted(shapely.Point(-20, -55), x, y), {"name": SECRET["field"], "remark": SECRET["remark"]}),
        ("note", shifted(shapely.Point(-30, 40), x, y), {"name": "Бала жоголсо – ушул жерге", "audience": "public"}),
        ("stakeholder", None, {"name": "Мэрия", "contact": SECRET["contact"], "deputy": SECRET["deputy"]}),
    ]


def finding_at(x: float = X, y: float = Y, text: str = SECRET["finding"]) -> Finding:
    """A gap of 2.4 m in the south of the square."""
    line = shifted(shapely.LineString([(10, -60), (12.4, -60)]), x, y)
    source = "Source of the finding"
    return Finding(
        "coverage-gap", "critical", Words(text), 2.4, 1.2, "m", "gap", source, "high", (), (Evidence("gap", line),)
    )


def job(
    folder: Path,
    language: str = "en",
    *,
    plan: Plan | None = None,
    findings: tuple[Finding, ...] | None = None,
    crs: str = CRS,
    at: tuple[float, float] = (X, Y),
    **options: Any,
) -> PackJob:
    """A job for the usual plan. `options` are those of the packs."""
    plan = plan or plan_of(*usual(*at))
    voice = Language(language)
    return PackJob(
        site=Site(plan, {each.id: each for each in town(*at)}, profile_named("kg")),
        findings=(finding_at(*at),) if findings is None else findings,
        states={("coverage-gap", plan.of("perimeter")[0].id if plan.of("perimeter") else ""): Status("findings")},
        options=options,
        folder=folder,
        resources=resources(),
        coordinates=PlanCoordinates(crs),
        language=language,
        translate=voice,
        decimal=voice.decimal,
        made_at=MADE,
        checks={"coverage-gap": "Coverage gap"},
    )
