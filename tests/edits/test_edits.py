"""Edits make new plans; what follows a feature moves with it; links to what is gone go too."""

from __future__ import annotations

import pytest
import shapely

from venueplanner.domain.errors import BadValue, UnknownName
from venueplanner.domain.plan import Plan
from venueplanner.edits import facts, features, places, vertices, waivers

SQUARE = shapely.box(0, 0, 100, 100)


def plan_with(*kinds: tuple[str, object]) -> tuple[Plan, list[str]]:
    plan = Plan()
    for kind, shape in kinds:
        plan = features.add(plan, kind=kind, shape=shape)  # type: ignore[arg-type]
    return plan, list(plan.features)


def test_that_a_new_feature_has_defaults_and_the_next_name() -> None:
    plan, ids = plan_with(("barrier", shapely.LineString([(0, 0), (5, 0)])), ("barrier", shapely.Point(1, 1)))
    assert [plan.features[each].name for each in ids] == ["B1", "B2"]
    assert plan.features[ids[0]]["foundation"] == "free"


@pytest.mark.parametrize(
    ("kind", "shape"),
    [("perimeter", shapely.Point(0, 0)), ("post", SQUARE), ("phase", shapely.Point(0, 0)), ("perimeter", None)],
)
def test_that_a_kind_refuses_another_sort_of_shape(kind: str, shape: object) -> None:
    with pytest.raises(BadValue):
        features.add(Plan(), kind=kind, shape=shape)  # type: ignore[arg-type]


def test_that_a_closed_line_becomes_an_area_and_one_part_a_single_shape() -> None:
    ring = shapely.LineString([(0, 0), (9, 0), (9, 9), (0, 0)])
    plan, ids = plan_with(("perimeter", ring), ("post", shapely.MultiPoint([(3, 4)])))
    assert plan.features[ids[0]].shape.geom_type == "Polygon"  # type: ignore[union-attr]
    assert plan.features[ids[1]].shape == shapely.Point(3, 4)


def test_that_unknown_fields_and_kinds_are_named() -> None:
    with pytest.raises(UnknownName, match="has no field"):
        features.add(Plan(), kind="note", shape=shapely.Point(0, 0), values={"colour": "red"})
    with pytest.raises(UnknownName, match="no kind"):
        features.add(Plan(), kind="tank", shape=shapely.Point(0, 0))


def test_that_a_stand_off_zone_follows_its_source() -> None:
    plan, (post, zone) = plan_with(("post", shapely.Point(0, 0)), ("standoff", shapely.Point(5, 5)))
    plan = features.change(plan, id=zone, values={"source": [post]})
    plan = places.move(plan, ids=[post], east=10, north=-2)
    assert plan.features[zone].shape == plan.features[post].shape == shapely.Point(10, -2)


def test_that_removing_a_feature_takes_the_links_to_it_out() -> None:
    plan, (barrier, risk) = plan_with(("barrier", shapely.Point(0, 0)), ("risk", None))
    plan = features.change(plan, id=risk, values={"measures": [barrier]})
    plan = features.remove(plan, ids=[barrier])
    assert plan.features[risk].links("measures") == ()


def test_that_vertices_move_come_and_go() -> None:
    plan, (line,) = plan_with(("cordon", shapely.LineString([(0, 0), (10, 0)])))
    plan = vertices.insert(plan, id=line, ring=0, index=1, at=(5, 5))
    plan = vertices.move(plan, id=line, ring=0, index=2, to=(12, 0))
    assert plan.features[line].shape == shapely.LineString([(0, 0), (5, 5), (12, 0)])
    plan = vertices.remove(plan, id=line, ring=0, index=1)
    with pytest.raises(BadValue, match="At least 2 points"):
        vertices.remove(plan, id=line, ring=0, index=0)


def test_that_a_paste_has_new_ids_and_names() -> None:
    plan, (post,) = plan_with(("post", shapely.Point(0, 0)))
    plan = features.paste(plan, features=[plan.features[post]], east=3, north=4)
    first, second = plan.of("post")
    assert (first.id, first.name) != (second.id, second.name)
    assert second.shape == shapely.Point(3, 4)


def test_that_a_waiver_needs_reason_and_name() -> None:
    with pytest.raises(BadValue, match="reason"):
        waivers.waive(Plan(), finding="f", cover="c", reason=" ", by="Chief", date="2026-08-31")
    plan = waivers.waive(Plan(), finding="f", cover="c", reason="watched", by="Chief", date="2026-08-31")
    assert waivers.take_back(plan, finding="f").waivers == {}


def test_that_an_empty_fact_is_taken_out() -> None:
    plan = facts.put(Plan(), values={"title": "Festival"})
    assert facts.put(plan, values={"title": ""}).facts == {}


def test_that_turning_goes_clockwise() -> None:
    plan, (line,) = plan_with(("cordon", shapely.LineString([(0, 0), (0, 10)])))
    turned = places.turn(plan, ids=[line], degrees=90).features[line].shape
    assert shapely.get_coordinates(turned).round(9).tolist() == [[-5, 5], [5, 5]]
