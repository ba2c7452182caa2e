"""What is drawn of plan and findings: every kind with a place, rings round points, colours that do not mislead."""

from __future__ import annotations

import pytest
import shapely
from PySide6.QtGui import QColor, QImage

from venueplanner.app.documents import profile_named
from venueplanner.domain.check import Evidence, Finding
from venueplanner.domain.kind import Kind
from venueplanner.domain.plan import Plan
from venueplanner.domain.site import Site
from venueplanner.edits import features
from venueplanner.kinds import ALL
from venueplanner.packs.drawing.palette import LIGHT
from venueplanner.packs.picture import draw

SHAPES = {
    "point": shapely.Point(0, 0),
    "line": shapely.LineString([(-20, 0), (20, 0)]),
    "polygon": shapely.box(-20, -10, 20, 10),
}
BOUNDS = (-60.0, -40.0, 60.0, 40.0)


def drawn(plan: Plan, *evidence: Evidence, severity: str = "critical") -> QImage:
    finding = Finding("x", severity, "", None, None, "", "", "", "", (), evidence) if evidence else None  # type: ignore[arg-type]
    site = Site(plan, {}, profile_named("kg"))
    return draw(site, [finding] if finding else [], str, width=240, height=160, bounds=BOUNDS, chosen=finding)


def colours(image: QImage) -> set[str]:
    return {QColor(image.pixel(x, y)).name().upper() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize(("kind", "shape"), [(kind, shape) for kind in ALL for shape in kind.shapes],
                         ids=lambda each: each if isinstance(each, str) else each.id)  # fmt: skip
def test_that_every_kind_with_a_place_is_drawn_in_every_shape_it_may_have(kind: Kind, shape: str) -> None:
    plan = features.add(Plan(), kind=kind.id, shape=SHAPES[shape], values={})
    assert drawn(plan) != drawn(Plan())


@pytest.mark.parametrize("severity", ["critical", "major", "minor"])
def test_that_a_point_is_ringed_in_the_colour_of_its_finding(severity: str) -> None:
    image = drawn(Plan(), Evidence("point", SHAPES["point"]), severity=severity)
    ringed = QColor(LIGHT.severity(severity)).name().upper()
    assert QColor(image.pixel(120 + 17, 80)).name().upper() == ringed
    assert QColor(image.pixel(120, 80)).name().upper() == LIGHT.land, "what stands there stays readable"


def test_that_a_stretch_without_speeds_is_not_drawn_as_a_slow_one() -> None:
    line = SHAPES["line"]
    plain, slow = drawn(Plan(), Evidence("stretch", line)), drawn(Plan(), Evidence("stretch", line, values=(1.0,)))
    assert LIGHT.critical in colours(plain)
    assert LIGHT.slow not in colours(plain)
    assert LIGHT.slow in colours(slow)


def test_that_a_picture_of_twice_the_pixels_shows_the_same_ground_with_symbols_twice_as_large() -> None:
    plan = features.add(Plan(), kind="post", shape=SHAPES["point"], values={"name": "P1"})
    site = Site(plan, {}, profile_named("kg"))
    one = draw(site, [], str, width=240, height=160, bounds=BOUNDS)
    two = draw(site, [], str, width=480, height=320, bounds=BOUNDS, pixel=2)
    dark = [sum(QColor(image.pixel(x, image.height() // 2)).blue() > 120 and
                QColor(image.pixel(x, image.height() // 2)).red() < 60 for x in range(image.width()))
            for image in (one, two)]  # fmt: skip
    assert dark[0] > 0
    assert dark[1] / dark[0] == pytest.approx(2.0, rel=0.35)
