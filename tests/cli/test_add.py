"""`add`: every kind with every field, and whatever is wrong with a file said by number with what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from venueplanner import kinds
from venueplanner.app import documents
from venueplanner.storage.coordinates import PlanCoordinates

from .scenes import Run, geojson, in_zone, row

SHAPES = {
    "point": shapely.Point(5, 5),
    "line": shapely.LineString([(0, 0), (30, 10)]),
    "polygon": shapely.box(0, 0, 20, 10),
}
KINDS = [
    "perimeter", "cordon", "barrier", "gate", "closure", "diversion", "standoff", "crowd_area", "post",
    "emergency_route", "exit", "note", "stakeholder", "phase", "risk", "restriction",
]  # fmt: skip
OPEN_KINDS = [key for key, kind in kinds.BY_ID.items() if not kind.sealed]
PARTIES = (row("stakeholder", name="Police"), row("phase", name="Evening"), row("closure", SHAPES["line"], name="C1"))


def value_for(field: dict[str, Any], links: dict[str, str]) -> Any:
    """A value that is not the field's default, of the sort it takes."""
    if field["type"] == "choice":
        return next(each for each in field["options"] if each != field["default"])
    if field["type"] == "flag":
        return not field["default"]
    if field["type"] in ("number", "whole"):
        low = field["low"] if field["low"] is not None else 1
        high = field["high"] if field["high"] is not None else low + 40
        return int(low + 1) if field["type"] == "whole" else round(min(low + 1.25, high), 2)
    if field["type"] == "when":
        return "2026-08-31T17:30"
    if field["type"] == "links":
        return [links[next(each for each in links if each in field["kinds"])]]
    return "V/7200[N3C]/80/90:1.1" if field["id"] == "rating" else f"Слово ңөү {field['id']}"


def test_that_no_kind_of_the_contract_is_missing(run: Run) -> None:
    assert {each["id"] for each in run("kinds", "--json").json} >= set(KINDS)


@pytest.mark.parametrize("kind_id", OPEN_KINDS)
def test_that_every_kind_can_be_added_with_every_field_and_every_shape(
    run: Run, plan: Path, tmp_path: Path, kind_id: str
) -> None:
    declared = run("kinds", "--json").json
    kind = next(each for each in declared if each["id"] == kind_id)
    links = {each: f"{each}-1" for each in OPEN_KINDS}
    targets = [
        {**row(each, SHAPES[shapes[0]] if shapes else None, name=f"{each} target"), "id": f"{each}-1"}
        for each, shapes in ((other["id"], other["shapes"]) for other in declared)
        if each in OPEN_KINDS
    ]
    values = {field["id"]: value_for(field, links) for field in kind["fields"]}
    rows = [{**row(kind_id, SHAPES.get(each), **values), "id": f"mine-{each}"} for each in kind["shapes"] or ["record"]]
    assert run("add", plan, geojson(tmp_path / "f.geojson", *targets, *rows)).code == 0
    opened = documents.open_session(plan).plan
    for shape in kind["shapes"] or ["record"]:
        feature = opened.features[f"mine-{shape}"]
        kept = {key: list(value) if isinstance(value, tuple) else value for key, value in feature.values.items()}
        assert kept == values
        if kind["shapes"] and kind_id != "standoff":  # a stand-off ring stands where its source does
            wanted = in_zone(SHAPES[shape])
            assert feature.shape is not None
            assert feature.shape.hausdorff_distance(wanted) < 0.001


def test_that_a_plan_without_a_place_takes_the_zone_of_its_features_in_one_step(run: Run, tmp_path: Path) -> None:
    london = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [-0.1276, 51.5074]},
              "properties": {"kind": "post"}}  # fmt: skip
    plan = tmp_path / "london.gpkg"
    run("new", plan)
    assert run("add", plan, geojson(tmp_path / "f.geojson", london)).out == "Added 1: 1 post\n"
    session = documents.open_session(plan)
    assert PlanCoordinates(session.plan.fact("crs")).authority == "EPSG:32630"
    (post,) = session.plan.of("post")
    assert post.name == "P1"


def test_that_features_without_a_name_get_the_next_tags(run: Run, plan: Path, tmp_path: Path) -> None:
    rows = [row("barrier", SHAPES["line"]), row("barrier", SHAPES["line"], name="B7"), row("barrier", SHAPES["line"])]
    run("add", plan, geojson(tmp_path / "f.geojson", *rows))
    run("add", plan, geojson(tmp_path / "f.geojson", rows[0]))
    assert [each.name for each in documents.open_session(plan).plan.of("barrier")] == ["B8", "B7", "B9", "B10"]


def refused(run: Run, plan: Path, file: Path) -> str:
    """The sentence of an `add` that cannot be done: on standard error, with the file; the plan keeps its bytes."""
    before, names = plan.read_bytes(), sorted(plan.parent.iterdir())
    said = run("add", plan, file)
    assert said.code == 4
    assert said.out == ""
    assert file.name in said.err
    assert "Nothing was added. Mend the file and add it again." in said.err
    assert plan.read_bytes() == before
    assert sorted(plan.parent.iterdir()) == names
    return said.err


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (row("gaet", SHAPES["point"]), ("there is no kind “gaet”", "did you mean “gate”?")),
        (row(None, SHAPES["point"]), ("“kind” is missing", "perimeter")),
        (row("perimeter", SHAPES["point"]), ("“perimeter” needs an area, not a Point",)),
        (row("post", SHAPES["polygon"]), ("“post” needs a point, not a Polygon",)),
        (row("diversion", SHAPES["point"]), ("“diversion” needs a line",)),
        (row("phase", SHAPES["point"]), ("a record without a shape",)),
        (row("gate"), ("“gate” needs a shape",)),
        (row("gate", SHAPES["point"], width="wide"), ("Width", "wide", "a number is needed")),
        (row("gate", SHAPES["point"], width=-2), ("Width", "the least is 0.3 m")),
        (row("gate", SHAPES["point"], guards=1.5), ("Guards", "a whole number is needed")),
        (row("gate", SHAPES["point"], state="ajar"), ("locked, guarded, open",)),
        (row("gate", SHAPES["point"], as_tested="perhaps"), ("yes or no is needed",)),
        (row("gate", SHAPES["point"], phases=["Noon"]), ("phases", "Noon", "neither in the file nor in the plan")),
        (row("gate", SHAPES["point"], owner=["Police", "Fire"]), ("at most 1",)),
        (row("closure", SHAPES["line"], start="soon"), ("a date and time such as",)),
        (row("gate", SHAPES["point"], widht=3), ("did you mean “width”?",)),
        (row("perimeter", shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)])), ("its area is not sound",)),
    ],
)  # fmt: skip
def test_that_what_is_wrong_in_a_row_is_said_with_its_number(
    run: Run, plan: Path, tmp_path: Path, bad: dict[str, Any], words: tuple[str, ...]
) -> None:
    run("add", plan, geojson(tmp_path / "before.geojson", *PARTIES))
    said = refused(run, plan, geojson(tmp_path / "f.geojson", row("post", SHAPES["point"]), bad))
    assert "Feature 2:" in said
    for each in words:
        assert each in said


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00",
        b"null",
        b'{"type": "FeatureCollection"}',
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "FeatureCollection", "features": [1]}',
        b"[" * 100_000,
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null, "properties": 5}]}',
    ],
)  # fmt: skip
def test_that_a_file_that_is_no_geojson_is_said(run: Run, plan: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "f.geojson"
    path.write_bytes(content)
    refused(run, plan, path)


def test_that_a_missing_file_and_a_folder_are_said(run: Run, plan: Path, tmp_path: Path) -> None:
    assert "it does not exist" in refused(run, plan, tmp_path / "nothing.geojson")
    assert refused(run, plan, tmp_path)


def test_that_a_first_file_with_a_mistake_leaves_the_plan_without_a_place(run: Run, plan: Path, tmp_path: Path) -> None:
    refused(run, plan, geojson(tmp_path / "f.geojson", row("post", SHAPES["point"], people="many")))
    assert documents.open_session(plan).plan.fact("crs") == ""


def test_that_the_same_id_twice_is_refused(run: Run, plan: Path, tmp_path: Path) -> None:
    file = geojson(tmp_path / "f.geojson", {**row("post", SHAPES["point"]), "id": "a"})
    assert run("add", plan, file).code == 0
    assert "“a” is there already" in refused(run, plan, file)


def test_that_json_that_the_program_itself_wrote_is_taken(run: Run, plan: Path, tmp_path: Path) -> None:
    text = json.dumps({"type": "FeatureCollection", "features": [row("post", SHAPES["point"])]})
    path = tmp_path / "f.geojson"
    path.write_text("\ufeff" + text, encoding="utf-8")
    assert run("add", plan, path).code == 0
