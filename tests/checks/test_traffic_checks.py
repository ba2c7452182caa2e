"""Closures, diversions, signs, access and emergency ways: small towns whose answer is known."""

from __future__ import annotations

from typing import Any

import pytest
import shapely
from shapely.geometry import LineString, Point

from venueplanner.app.inspector import check_subject
from venueplanner.checks import BY_ID
from venueplanner.domain.check import Finding
from venueplanner.domain.site import Site
from venueplanner.edits import BY_NAME

from .scenes import layer, site

# Four streets east, four north, 100 m apart; a lane out to the east.
GRID = [LineString([(0, 100 * n), (300, 100 * n)]) for n in range(4)]
GRID += [LineString([(100 * n, 0), (100 * n, 300)]) for n in range(4)]
LANE = LineString([(300, 100), (600, 100)])
CLOSED = LineString([(110, 100), (190, 100)])


def streets(*more: LineString, **columns: list[Any]):
    return layer("streets", *GRID, *more, **columns)


def town(*things: tuple[str, Any, dict[str, Any]], layers: tuple[Any, ...] = ()) -> Site:
    return site(*things, layers=(streets(LANE), *layers))


def found(check: str, place: Site, name: str = "") -> list[Finding]:
    subjects = [each for each in place.of(BY_ID[check].subject) if name in ("", each.name)]
    answers = [check_subject(BY_ID[check], place, each) for each in subjects]
    assert all(status.state in ("fine", "findings") for status, _ in answers), answers
    return [each for _, several in answers for each in several]


def closure(line: LineString = CLOSED, name: str = "L1", **values: Any) -> tuple[str, Any, dict[str, Any]]:
    return ("closure", line, {"name": name, **values})


def test_that_a_closed_block_has_a_way_round_of_two_hundred_metres_more():
    (finding,) = found("closure-detour", town(closure()))
    assert finding.measured == pytest.approx(200)
    assert finding.severity == "major"
    assert {each.role for each in finding.evidence} == {"before", "after"}
    assert len(finding.why) == 6  # both directions, three classes


def test_that_one_click_adds_ways_round_and_signs_after_which_nothing_is_found():
    place = town(closure())
    (finding,) = found("closure-detour", place)
    (fix,) = finding.fixes
    mended = BY_NAME[fix.edit](place.plan, **fix.args)
    after = Site(mended, place.layers, place.rules)
    routes, signs = mended.of("diversion"), mended.of("sign")
    assert [each["traffic"] for each in routes] == ["all", "all"]
    assert all(each.links("closures") == (place.of("closure")[0].id,) for each in routes)
    assert {each["purpose"] for each in signs} == {"closed", "advance", "detour"}
    assert {each["shows"] for each in signs if each["purpose"] == "detour"} >= {"left", "right"}
    assert found("closure-detour", after) == []
    assert found("closure-signs", after) == []


def test_that_buses_and_lorries_without_a_way_round_are_told_where_cars_have_one():
    heights = ["" if n == 1 else "3.0" for n in range(8)]  # all streets but the closed one are low
    told = found("closure-detour", site(closure(), layers=(streets(maxheight=heights),)))
    none = [each.text.say() for each in told if "no way round" in each.text.say()]
    assert len(none) == 4
    assert {word for each in none for word in ("cars", "buses", "lorries") if word in each} == {"buses", "lorries"}
    assert len(told) == 5


def test_that_a_closure_off_the_streets_is_told():
    (finding,) = found("closure-detour", town(closure(LineString([(20, 40), (80, 60)]))))
    assert "lies on no street" in finding.text.say()


def diversion(*coords: tuple[float, float], **values: Any) -> tuple[str, Any, dict[str, Any]]:
    return ("diversion", LineString(coords), {"name": "D1", "signed": True, **values})


def linked(place: Site) -> Site:
    """The same site with every diversion linked to every closure."""
    plan = place.plan
    for each in plan.of("diversion"):
        closures = tuple(f.id for f in plan.of("closure") if f.name == "L1")
        plan = BY_NAME["change"](plan, id=each.id, values={"closures": closures})
    return Site(plan, place.layers, place.rules)


ROUND = ((100, 100), (100, 0), (200, 0), (200, 100))


def test_that_a_planned_way_through_another_closure_is_told():
    other = closure(LineString([(110, 0), (190, 0)]), "L2")
    (finding,) = found("closure-detour", linked(town(closure(), other, diversion(*ROUND))), "L1")
    assert "(L2)" in finding.text.say()
    later = closure(LineString([(110, 0), (190, 0)]), "L2", start="2027-01-02T00:00", end="2027-01-03T00:00")
    first = closure(start="2027-01-01T00:00", end="2027-01-02T00:00")
    assert found("closure-detour", linked(town(first, later, diversion(*ROUND))), "L1") == []


def test_that_a_planned_way_that_leaves_the_streets_is_told():
    short_cut = ((100, 100), (100, 0), (150, 50), (200, 0), (200, 100))
    (finding,) = found("closure-detour", linked(town(closure(), diversion(*short_cut))))
    assert "cannot be driven" in finding.text.say()


def test_that_low_and_narrow_streets_of_a_planned_way_are_told_with_what_the_rule_asks():
    widths = [3.0 if n == 0 else 12.0 for n in range(8)]
    place = linked(site(closure(), diversion(*ROUND, traffic="buses"), layers=(
        streets(width=widths, maxheight=["3.2" if n == 4 + 1 else "" for n in range(8)]),)))  # fmt: skip
    told = {each.rule: each for each in found("closure-detour", place)}
    assert told["diversion.two_way"].measured == 3.0
    assert told["diversion.two_way"].threshold == 6.0
    assert told["traffic.bus.height"].measured == pytest.approx(3.2)


def test_that_missing_signs_are_told_and_put_up_by_one_click():
    place = linked(town(closure(), diversion(*ROUND)))
    several = found("closure-signs", place)
    assert [each.severity for each in sorted(several, key=lambda each: each.severity)] == ["major", "minor"]
    plan = place.plan
    for each in several:
        plan = BY_NAME[each.fixes[0].edit](plan, **each.fixes[0].args)
    assert found("closure-signs", Site(plan, place.layers, place.rules)) == []


HOUSES = layer(
    "buildings",
    *[shapely.box(x, y, x + 20, y + 12) for x, y in ((140, 104), (500, 104), (560, 84), (40, 204))],
    kind=["apartments", "house", "hospital", "house"], name=["", "", "St Anna", ""],
)  # fmt: skip


def test_that_what_is_cut_off_is_told_from_what_lies_on_the_closed_stretch():
    place = town(closure(), closure(LineString([(320, 100), (340, 100)]), "L2"), layers=(HOUSES,))
    (front,) = [each for each in found("access", place, "L1") if each.unit == ""]
    assert (front.measured, front.severity) == (1.0, "minor")
    (cut,) = [each for each in found("access", place, "L2") if each.unit == ""]
    assert (cut.measured, cut.severity) == (2.0, "critical")
    assert "1 hospitals" in cut.text.say()
    assert any("St Anna" in each.say() for each in cut.why)


def test_that_a_stop_on_the_closed_stretch_asks_how_far_the_next_one_is():
    stops = layer("points", Point(150, 103), Point(150, 603), kind=["bus_stop", "bus_stop"])
    (finding,) = found("access", town(closure(), layers=(stops,)))
    assert (finding.measured, finding.severity) == (pytest.approx(500), "major")


def test_that_without_buildings_access_is_not_checked():
    place = town(closure())
    status, _ = check_subject(BY_ID["access"], place, place.of("closure")[0])
    assert status.state == "unchecked"


STATION = layer("buildings", shapely.box(590, 104, 600, 114), kind=["fire_station"], name=["East"])
AREA = ("perimeter", shapely.box(20, 220, 80, 280), {"name": "A"})


def test_that_without_a_fire_station_the_first_engine_is_not_checked():
    place = town(AREA, layers=(HOUSES,))
    status, _ = check_subject(BY_ID["first-engine"], place, place.of("perimeter")[0])
    assert status.state == "unchecked"
    assert "fire station" in status.reason.say()


def test_that_the_lane_all_engines_must_use_is_told_and_a_barrier_across_it_keeps_them_out():
    (finding,) = found("first-engine", town(AREA, layers=(STATION,)))
    assert finding.rule == "emergency.ways"
    assert finding.evidence[0].shape.equals(LANE)
    shut = closure(LineString([(400, 100), (450, 100)]), means="barrier")
    (finding,) = found("first-engine", town(AREA, shut, layers=(STATION,)))
    assert "No fire engine" in finding.text.say()
    gate = ("gate", Point(420, 100), {"use": "emergency"})
    (finding,) = found("first-engine", town(AREA, shut, gate, layers=(STATION,)))
    assert finding.rule == "emergency.ways"


def test_that_a_long_drive_is_critical():
    far = layer("streets", *GRID, LineString([(300, 100), (20000, 100)]))
    station = layer("buildings", shapely.box(19990, 104, 20000, 114), kind=["fire_station"])
    told = found("first-engine", site(AREA, layers=(far, station)))
    late = next(each for each in told if each.rule == "emergency.time")
    assert late.severity == "critical"
    assert late.measured > late.threshold


def route(*coords: tuple[float, float], **values: Any) -> tuple[str, Any, dict[str, Any]]:
    return ("emergency_route", LineString(coords), {"name": "E1", **values})


def barrier(line: LineString) -> tuple[str, Any, dict[str, Any]]:
    return ("barrier", line, {"depth": 0.5, "clear_gap": 0.0})


def test_that_the_narrowest_place_of_a_route_is_told_with_its_width():
    sides = barrier(LineString([(20, 2), (60, 2)])), barrier(LineString([(50, -1), (70, -1)]))
    (finding,) = found("emergency-ways", town(route((0, 0), (90, 0)), *sides))
    assert finding.severity == "critical"
    assert finding.measured == pytest.approx(2.5, abs=0.05)
    assert 9 < finding.evidence[0].shape.length < 12
    assert found("emergency-ways", town(route((0, 0), (90, 0)), sides[0])) == []


def test_that_a_barrier_across_bars_a_route_and_a_gate_opens_it():
    across = barrier(LineString([(40, -8), (40, 8)]))
    (finding,) = found("emergency-ways", town(route((0, 0), (90, 0)), across))
    assert "barred" in finding.text.say()
    gate = ("gate", LineString([(40, -3), (40, 3)]), {"use": "emergency", "name": "G1"})
    assert found("emergency-ways", town(route((0, 0), (90, 0)), across, gate)) == []
    small = ("gate", LineString([(40, -1), (40, 1)]), {"use": "emergency", "name": "G1"})
    told = found("emergency-ways", town(route((0, 0), (90, 0)), across, small))
    assert any("opens 2.00 m" in each.text.say() for each in told)


def test_that_a_low_place_of_the_citys_data_is_told():
    low = streets(maxheight=["3,8 m" if n == 0 else None for n in range(8)])
    (finding,) = found("emergency-ways", site(route((10, 0), (290, 0)), layers=(low,)))
    assert finding.measured == pytest.approx(3.8)


def test_that_a_long_dead_end_needs_room_to_turn():
    walls = layer("walls", LineString([(430, 105), (615, 105)]), LineString([(430, 95), (615, 95)]),
                  LineString([(615, 95), (615, 105)]), height=[3, 3, 3])  # fmt: skip
    way = route((300, 100), (600, 100))
    (finding,) = found("emergency-ways", town(way, layers=(walls,)))
    assert finding.measured == pytest.approx(300)
    assert found("emergency-ways", town(way)) == []
