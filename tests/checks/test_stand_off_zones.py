"""Stand-off rings, gas bottles, stores, assembly points, unsearched things and run-out: distances known beforehand."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import shapely

from venueplanner.app.inspector import check_subject
from venueplanner.checks import BY_ID
from venueplanner.domain.check import Finding
from venueplanner.domain.site import Site

from .scenes import layer, site

RATED = {"rating": "V/7200[N3C]/80/90:1.1"}
CROWD = shapely.box(0, 0, 10, 10)


def found(check_id: str, scene: Site) -> list[Finding]:
    """The findings of one check for all its subjects."""
    check = BY_ID[check_id]
    answers = [check_subject(check, scene, each) for each in scene.plan.of(check.subject)]
    assert all(status.state in ("fine", "findings") for status, _ in answers)
    return list(itertools.chain.from_iterable(findings for _, findings in answers))


def crowd(shape: Any = CROWD, people: int | None = 400) -> tuple[str, Any, dict[str, Any]]:
    return ("crowd_area", shape, {"name": "K1", "people": people})


def test_that_a_ring_counts_the_people_of_the_part_that_is_inside() -> None:
    zone = ("standoff", shapely.Point(-93, 5), {"name": "Z1", "card_row": "car", "ring": "mandatory"})
    (finding,) = found("stand-off", site(zone, crowd(shapely.box(0, -1000, 10, 1000), 2000)))
    inside = shapely.Point(-93, 5).buffer(98, quad_segs=32).intersection(shapely.box(0, -1000, 10, 1000))
    assert finding.measured == pytest.approx(2000 * inside.area / 20_000, abs=1)
    assert finding.severity == "major"
    assert "98 m" in finding.text.say()
    assert finding.shape is not None
    assert finding.shape.area == pytest.approx(3.14159 * 98**2, rel=0.002)


def test_that_a_ring_with_nobody_of_the_plan_inside_is_no_finding_and_its_own_source_does_not_count() -> None:
    far = ("standoff", shapely.Point(2000, 0), {"card_row": "pipe", "ring": "mandatory"})
    assert found("stand-off", site(far, crowd())) == []


def test_that_a_ring_lists_posts_exits_and_routes_and_counts_buildings() -> None:
    zone = ("standoff", shapely.Point(0, 0), {"name": "Z1", "card_row": "pipe", "ring": "mandatory"})
    things = (
        ("post", shapely.Point(5, 0), {"name": "P1"}),
        ("exit", shapely.Point(0, 20), {"name": "X1"}),
        ("exit", shapely.Point(0, 22), {"name": "X2"}),
        ("emergency_route", shapely.LineString([(-50, 3), (50, 3)]), {"name": "E1"}),
    )
    houses = layer("buildings", shapely.box(15, 15, 17, 17), shapely.box(12, -3, 14, 3), shapely.box(10, 10, 11, 11))
    (finding,) = found("stand-off", site(zone, *things, layers=(houses,)))
    said = " ".join(each.say() for each in finding.why)
    assert "posts: P1." in said
    assert "exits: X1." in said
    assert "emergency routes: E1." in said
    assert "2 buildings" in finding.text.say()


def test_that_people_who_were_not_counted_are_said_and_not_taken_for_none() -> None:
    zone = ("standoff", shapely.Point(5, 5), {"name": "Z1", "card_row": "car", "ring": "mandatory"})
    (finding,) = found("stand-off", site(zone, crowd(people=None)))
    assert any("not given for 1 crowd areas" in each.say() for each in finding.why)


def test_that_an_exit_inside_the_fireball_is_graver_than_one_inside_the_safe_distance() -> None:
    bottle = ("hazard", shapely.Point(0, 0), {"name": "H1", "what": "lpg_large"})
    near = ("exit", shapely.Point(10, 0), {"name": "X1"})
    far = ("exit", shapely.Point(80, 0), {"name": "X2"})
    assert [each.severity for each in found("gas-bottles", site(bottle, near))] == ["major"]
    assert [each.severity for each in found("gas-bottles", site(bottle, far))] == ["info"]
    assert found("gas-bottles", site(bottle, ("exit", shapely.Point(85, 0), {}))) == []


@pytest.mark.parametrize(("apart", "count"), [(5.9, 1), (6.0, 0)])
def test_that_two_stalls_with_gas_too_close_are_told_once(apart: float, count: int) -> None:
    stalls = [("hazard", shapely.Point(x, 0), {"name": f"H{x}", "what": "lpg_small"}) for x in (0.0, apart)]
    findings = found("gas-bottles", site(*stalls))
    assert len(findings) == count
    assert all(each.measured == pytest.approx(apart) for each in findings)


def test_that_a_store_keeps_z_times_the_cube_root_from_crowds_and_houses() -> None:
    store = ("hazard", shapely.Point(0, 0), {"name": "H1", "what": "fireworks", "quantity": 1000})
    houses = layer("buildings", shapely.box(100, 0, 110, 10), shapely.box(500, 0, 510, 10), kind=["house", "hospital"])
    scene = site(store, crowd(shapely.box(0, 290, 10, 320)), layers=(houses,))
    by_what = {round(each.threshold or 0): each.measured for each in found("quantity-distance", scene)}
    assert by_what == {300: pytest.approx(290), 220: pytest.approx(100), 600: pytest.approx(500)}
    assert len(found("quantity-distance", site(store, crowd(shapely.box(0, 301, 10, 320))))) == 0


def test_that_a_store_without_a_quantity_is_said_to_be_unknown() -> None:
    (finding,) = found("quantity-distance", site(("hazard", shapely.Point(0, 0), {"what": "fireworks"}), crowd()))
    assert finding.measured is None
    assert "cannot be worked out" in finding.text.say()


@pytest.mark.parametrize(
    ("what", "apart", "screened", "count"),
    [("parking", 24.9, False, 1), ("parking", 25, False, 0), ("parking", 5, True, 0), ("bin", 9.9, False, 1),
     ("bin", 10, False, 0), ("fuel", 1, False, 0)],
)  # fmt: skip
def test_that_unsearched_things_keep_their_distance(what: str, apart: float, screened: bool, count: int) -> None:
    thing = ("hazard", shapely.Point(-apart, 5), {"name": "H1", "what": what, "screened": screened})
    findings = found("unscreened", site(thing, crowd()))
    assert [each.measured for each in findings] == [pytest.approx(apart)] * count


def test_that_an_assembly_point_inside_a_preferred_ring_or_on_a_car_park_is_found() -> None:
    zone = ("standoff", shapely.Point(0, 0), {"name": "Z1", "card_row": "car", "ring": "mandatory"})
    park = layer("areas", shapely.box(-700, -10, -650, 10), kind=["parking"])
    points = [("assembly_point", shapely.Point(x, 0), {"name": f"M{x}"}) for x in (579, -720)]
    findings = found("assembly-points", site(zone, crowd(), *points, layers=(park,)))
    assert {(each.unit, round(each.measured or 0)) for each in findings} == {("m", 579), ("m", 20)}


@pytest.mark.parametrize(("second", "turn"), [((5, 900), 0), ((-900, 5), 90), (None, 0)])
def test_that_two_assembly_points_must_lie_in_different_directions(second: Any, turn: float) -> None:
    places = [(5, 800), *([second] if second else [])]
    points = [("assembly_point", shapely.Point(*at), {"name": f"M{n}"}) for n, at in enumerate(places)]
    findings = found("assembly-points", site(crowd(), *points))
    if turn >= 90:
        assert findings == []
    else:
        (finding,) = findings
        assert finding.measured == pytest.approx(turn, abs=0.1)
        assert finding.unit == "deg"


@pytest.mark.parametrize(
    ("values", "free"),
    [({**RATED, "as_tested": True}, 3.1), (RATED, 15.0), ({}, 15.0)],
)
def test_that_the_run_out_is_penetration_and_allowance_or_what_is_assumed(values: dict[str, Any], free: float) -> None:
    barrier = ("barrier", shapely.LineString([(0, 0), (60, 0)]), {"name": "B1", **values})
    perimeter = ("perimeter", shapely.box(0, 0, 60, 60), {})
    near, far = (crowd(shapely.box(0, y, 60, y + 10)) for y in (free - 0.1, free + 0.1))
    (finding,) = found("run-out", site(barrier, perimeter, near))
    assert (finding.threshold, finding.measured) == (pytest.approx(free), pytest.approx(free - 0.1))
    assert finding.severity == "critical"
    assert found("run-out", site(barrier, perimeter, far)) == []


def test_that_people_before_the_barrier_are_not_behind_it() -> None:
    barrier = ("barrier", shapely.LineString([(0, 0), (60, 0)]), {"name": "B1"})
    perimeter = ("perimeter", shapely.box(0, 0, 60, 60), {})
    assert found("run-out", site(barrier, perimeter, crowd(shapely.box(0, -14, 60, -5)))) == []
    assert len(found("run-out", site(barrier, crowd(shapely.box(0, -14, 60, -5))))) == 1
