"""Features from GeoJSON: taken whole or refused whole, with the number of every wrong feature."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from venueplanner.domain.errors import BadFile
from venueplanner.domain.plan import Plan
from venueplanner.storage.coordinates import PlanCoordinates
from venueplanner.storage.features_io import place_of, read_geojson, to_geojson

from .plans import CRS, full_plan

COORDINATES = PlanCoordinates(CRS)
POINT = {"type": "Point", "coordinates": [74.6, 42.87]}
LINE = {"type": "LineString", "coordinates": [[74.6, 42.87], [74.601, 42.87], [74.601, 42.871]]}
RING = [[74.6, 42.87], [74.601, 42.87], [74.601, 42.871], [74.6, 42.87]]
AREA = {"type": "Polygon", "coordinates": [RING]}


def row(geometry: object, **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def written(folder: Path, *rows: object, **more: object) -> Path:
    path = folder / "features.geojson"
    data = {"type": "FeatureCollection", "features": list(rows), **more}
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def read(folder: Path, *rows: object, plan: Plan | None = None, **more: object) -> list[Any]:
    return read_geojson(written(folder, *rows, **more), plan or Plan(), COORDINATES)


def refusal(folder: Path, *rows: object, plan: Plan | None = None, **more: object) -> str:
    with pytest.raises(BadFile) as caught:
        read(folder, *rows, plan=plan, **more)
    assert "features.geojson" in caught.value.say()
    assert "Nothing was added" in caught.value.say()
    return caught.value.say()


def test_that_values_and_defaults_are_taken(tmp_path: Path) -> None:
    (gate,) = read(tmp_path, row(POINT, kind="gate", name="Түндүк", width="3,5", state="locked"))
    assert (gate.name, gate["width"], gate["state"], gate["guards"]) == ("Түндүк", 3.5, "locked", 2)
    lon, lat = COORDINATES.to_lonlat(gate.shape.x, gate.shape.y)
    assert (round(float(lon), 9), round(float(lat), 9)) == (74.6, 42.87)


def test_that_everything_written_is_read_back(tmp_path: Path) -> None:
    plan = full_plan()
    data = to_geojson(plan.features.values(), COORDINATES)
    back = read(tmp_path, *data["features"])
    assert [each.id for each in back] == list(plan.features)
    for old, new in zip(plan.features.values(), back, strict=True):
        assert dict(old.values) == dict(new.values)
        assert (old.shape is None) == (new.shape is None)
        if old.shape is not None:
            assert old.shape.hausdorff_distance(new.shape) < 0.002


def test_that_a_closed_line_is_an_area_where_an_area_is_wanted(tmp_path: Path) -> None:
    closed = {"type": "LineString", "coordinates": RING}
    area, line = read(tmp_path, row(closed, kind="perimeter"), row(closed, kind="cordon"))
    assert area.shape.geom_type == "Polygon"
    assert line.shape.geom_type == "LineString"


def test_that_a_collection_of_one_is_unwrapped_and_heights_are_dropped(tmp_path: Path) -> None:
    one = {"type": "MultiPolygon", "coordinates": [[[[*corner, 760.0] for corner in RING]]]}
    (found,) = read(tmp_path, row(one, kind="perimeter"))
    assert found.shape.geom_type == "Polygon"
    assert not found.shape.has_z


def test_that_ids_are_kept_whether_member_or_property(tmp_path: Path) -> None:
    first, second, third = read(
        tmp_path, {**row(POINT, kind="post"), "id": "p-1"}, row(POINT, kind="post", id="p-2"), row(POINT, kind="post")
    )
    assert (first.id, second.id, len(third.id)) == ("p-1", "p-2", 36)


def test_that_links_are_found_by_id_and_by_name_in_file_and_plan(tmp_path: Path) -> None:
    plan = full_plan()
    stakeholder = plan.of("stakeholder")[0]
    phase, post = read(
        tmp_path,
        row(None, kind="phase", name="Келүү"),
        row(POINT, kind="post", phases=["келүү"], owner=stakeholder.name, doer=stakeholder.id),
        plan=plan,
    )
    assert post.phases == (phase.id,)
    assert post.links("owner") == post.links("doer") == (stakeholder.id,)


def test_that_an_unknown_field_is_refused_with_the_nearest_name(tmp_path: Path) -> None:
    said = refusal(tmp_path, row(POINT, kind="gate", widht=3))
    assert "Feature 1: “gate” has no field “widht” (did you mean “width”?)" in said
    assert "guards" in said


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (row(POINT), "“kind” is missing"),
        (row(POINT, kind="gaet"), "there is no kind “gaet” (did you mean “gate”?)"),
        (row(None, kind="gate"), "“gate” needs a shape"),
        (row(POINT, kind="phase"), "a record without a shape"),
        (row(POINT, kind="perimeter"), "“perimeter” needs an area, not a Point"),
        (row(AREA, kind="barrier"), "“barrier” needs a line or a point, not a Polygon"),
        (row(LINE, kind="perimeter"), "needs an area, not a LineString"),
        (row(POINT, kind="gate", width="wide"), "Width cannot be “wide”: a number is needed"),
        (row(POINT, kind="gate", width=-1), "the least is 0.3 m"),
        (row(POINT, kind="gate", state="ajar"), "one of these is needed: locked, guarded, open"),
        (row(POINT, kind="gate", width={"a": 1}), "“width” is not a plain value"),
        (row({"type": "Point", "coordinates": [467000, 4747000]}, kind="post"), "not degrees"),
        (row({"type": "Point", "coordinates": []}, kind="post"), "empty"),
        (row({"type": "Point", "coordinates": ["a", "b"]}, kind="post"), "cannot be read"),
        (row({"type": "Circle"}, kind="post"), "cannot be read"),
        (row({"type": "MultiPoint", "coordinates": [[74, 42], [75, 43]]}, kind="post"), "it has 2 parts"),
        (row({"type": "LineString", "coordinates": [[74, 42], [74, 42]]}, kind="cordon"), "no length"),
        (
            row({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, kind="perimeter"),
            "not sound",
        ),
        (row(POINT, kind="post", owner="Nobody"), "“owner” links “Nobody”, which is neither"),
        (row(POINT, kind="post", phases="aaa"), "“phases” links “aaa”"),
        ({"type": "Feature", "geometry": POINT, "properties": [1]}, "not a list of names and values"),
        ({"type": "Point"}, "not a feature"),
    ],
)
def test_that_a_wrong_feature_is_named_by_number_and_nothing_is_added(tmp_path: Path, bad: object, said: str) -> None:
    whole = refusal(tmp_path, row(POINT, kind="post"), bad)
    assert "Feature 2: " in whole
    assert said in whole


def test_that_the_first_problems_are_listed_and_the_others_counted(tmp_path: Path) -> None:
    said = refusal(tmp_path, *(row(POINT, kind="perimeter") for _ in range(12)))
    assert "Feature 8:" in said
    assert "Feature 9:" not in said
    assert "And 4 more." in said


def test_that_an_id_used_twice_or_already_there_is_refused(tmp_path: Path) -> None:
    plan = full_plan()
    there = next(iter(plan.features))
    twice = {**row(POINT, kind="post"), "id": "p-1"}
    assert "Feature 2: the id “p-1”" in refusal(tmp_path, twice, twice)
    assert "is there already" in refusal(tmp_path, {**row(POINT, kind="post"), "id": there}, plan=plan)


def test_that_a_name_two_features_have_needs_the_id(tmp_path: Path) -> None:
    phases = [row(None, kind="phase", name="A"), row(None, kind="phase", name="A")]
    assert "2 features have that name" in refusal(tmp_path, *phases, row(POINT, kind="post", phases="A"))


def test_that_a_link_to_the_wrong_kind_is_refused(tmp_path: Path) -> None:
    post = {**row(POINT, kind="post", name="P1"), "id": "p-1"}
    assert "it is a post" in refusal(tmp_path, post, row(POINT, kind="post", owner="p-1"))


def test_that_another_coordinate_system_is_refused(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32643"}}
    assert "WGS 84 is needed" in refusal(tmp_path, row(POINT, kind="post"), crs=crs)
    wgs84 = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert len(read(tmp_path, row(POINT, kind="post"), crs=wgs84)) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"type": "Topology"}', b'{"type": "FeatureCollection"}', b"\xff\xfe", b"[" * 100_000],
)
def test_that_what_is_no_geojson_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "features.geojson"
    path.write_bytes(content)
    with pytest.raises(BadFile, match=r"features\.geojson"):
        read_geojson(path, Plan(), COORDINATES)


def test_that_an_empty_collection_is_refused(tmp_path: Path) -> None:
    assert "no feature in it" in refusal(tmp_path)


def test_that_the_place_of_a_file_is_the_middle_of_its_features(tmp_path: Path) -> None:
    far = {"type": "Point", "coordinates": [74.8, 42.91]}
    place = place_of(written(tmp_path, row(POINT, kind="post"), row(far, kind="post"), row(None, kind="phase")))
    assert place == pytest.approx((74.7, 42.89))
    assert place_of(written(tmp_path, row(None, kind="phase"))) is None


def test_that_null_shapes_come_out_as_null(tmp_path: Path) -> None:
    (found,) = read(tmp_path, row(None, kind="risk", threat="Толкундоо"))
    assert found.shape is None
    assert to_geojson([found], COORDINATES)["features"][0]["geometry"] is None
    assert shapely.from_geojson(json.dumps(to_geojson([], COORDINATES))).is_empty
