"""The sample event plan: complete, linked, standing on the real ground, and leaking only where it says so."""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from shapely.geometry import shape

from sample_data import derive_festival
from sample_data.town_geometry import TOWN, Town
from venueplanner.domain.fields import Links
from venueplanner.engine.coverage import coverage_gaps
from venueplanner.engine.outlines import barrier_modules, strip
from venueplanner.kinds import ALL, BY_ID

SOURCE = Path(__file__).parents[2] / "sample_data" / "festival.geojson"
GEOMETRY_WORD = {"Point": "point", "LineString": "line", "Polygon": "polygon"}


@pytest.fixture(scope="module")
def features() -> list[dict[str, Any]]:
    return json.loads(SOURCE.read_text(encoding="utf-8"))["features"]


@pytest.fixture(scope="module")
def town() -> Town:
    return Town()


@pytest.fixture(scope="module")
def placed(features: list[dict[str, Any]]) -> geopandas.GeoDataFrame:
    rows = [
        {**each["properties"], "id": each["id"], "geometry": shape(each["geometry"])}
        for each in features
        if each["geometry"]
    ]
    return geopandas.GeoDataFrame(rows, crs="EPSG:4326").to_crs("EPSG:3879")


def of_kind(placed: geopandas.GeoDataFrame, *kinds: str) -> geopandas.GeoDataFrame:
    return placed[placed["kind"].isin(kinds)]


def test_that_the_plan_uses_every_kind_and_has_about_sixty_features_on_the_map(features: list[dict[str, Any]]) -> None:
    assert {each["properties"]["kind"] for each in features} == {kind.id for kind in ALL if not kind.sealed}
    assert len(BY_ID) == len(ALL) >= 16
    assert 38 <= sum(each["geometry"] is not None for each in features) <= 64
    assert sum(each["geometry"] is None for each in features) >= 15


def test_that_every_value_is_one_its_kind_declares_and_accepts(features: list[dict[str, Any]]) -> None:
    for each in features:
        values = dict(each["properties"])
        kind = BY_ID[values.pop("kind")]
        for name, value in values.items():
            field = kind.field(name)
            assert field is not None, f"{kind.id} has no field {name}"
            parsed = field.parse(value)
            assert parsed == (tuple(value) if isinstance(field, Links) else value), f"{values['name']}: {name}"
        word = None if each["geometry"] is None else GEOMETRY_WORD[each["geometry"]["type"]]
        assert (word in kind.shapes) if word else not kind.shapes, values["name"]


def test_that_ids_last_names_are_told_apart_and_links_lead_somewhere(features: list[dict[str, Any]]) -> None:
    kinds = {each["id"]: each["properties"]["kind"] for each in features}
    assert len(kinds) == len(features)
    assert len({(each["properties"]["kind"], each["properties"]["name"]) for each in features}) == len(features)
    for each in features:
        values = each["properties"]
        assert uuid.UUID(each["id"]).version == 5
        assert each["id"] == derive_festival.identity(values["kind"], values["name"])
        for field in BY_ID[values["kind"]].all_fields:
            if isinstance(field, Links):
                for target in values.get(field.id, ()):
                    assert kinds[target] in field.kinds, f"{values['name']}: {field.id}"


def test_that_deriving_the_plan_again_gives_the_same_plan(town: Town) -> None:
    again = json.dumps(derive_festival.festival(town), ensure_ascii=False, indent=1) + "\n"
    assert json.loads(again) == json.loads(SOURCE.read_text(encoding="utf-8"))


def test_that_nothing_goes_through_a_building(placed: geopandas.GeoDataFrame, town: Town) -> None:
    for row in placed.itertuples():
        through = row.geometry.boundary if row.kind == "perimeter" else row.geometry
        inside = through.intersection(town.buildings)
        assert inside.length + inside.area < 0.01, f"{row.kind} {row.name} stands {inside.length:.2f} m in a building"
        assert row.geometry.is_valid, row.name


def test_that_barriers_gates_and_exits_stand_on_the_perimeter(placed: geopandas.GeoDataFrame) -> None:
    edge = of_kind(placed, "perimeter").geometry.iloc[0].boundary
    for row in of_kind(placed, "barrier", "gate", "exit").itertuples():
        assert row.geometry.within(edge.buffer(0.01)), row.name


def test_that_people_posts_and_stage_are_inside_and_the_outer_cordons_outside(placed: geopandas.GeoDataFrame) -> None:
    protected = of_kind(placed, "perimeter").geometry.iloc[0]
    assert of_kind(placed, "crowd_area").within(protected).all()
    posts = of_kind(placed, "post").set_index("name").geometry
    assert set(posts[~posts.within(protected)].index) == {"P9"}
    outer = placed[(placed["kind"] == "cordon") & (placed["ring"] == "outer")]
    assert len(outer) == 4
    assert not outer.intersects(protected).any()
    crowd = of_kind(placed, "crowd_area")
    assert (crowd["people"] / crowd.area).max() < 2.0
    stage = placed[placed["name"] == "N1 Stage"].geometry.iloc[0]
    assert not crowd.intersects(stage).any()


def test_that_closures_and_diversions_follow_real_streets(placed: geopandas.GeoDataFrame, town: Town) -> None:
    for row in of_kind(placed, "closure").itertuples():
        named = town.streets[town.streets["name"] == row.street].union_all().buffer(0.05)
        assert row.geometry.within(named), row.name
        assert row.geometry.length > 50.0
    closed = of_kind(placed, "closure").union_all().buffer(0.05)
    for row in of_kind(placed, "diversion").itertuples():
        streets = town.streets[town.streets.intersects(row.geometry)]
        assert row.geometry.within(streets.buffer(0.05).union_all()), row.name
        assert row.geometry.intersection(closed).length < 0.5, row.name
    one, two = of_kind(placed, "emergency_route").geometry
    assert one.intersection(two.buffer(0.05)).length < 1.0, "the two emergency routes must not share a street"


def test_that_the_emergency_routes_cross_the_perimeter_at_their_gates_only(placed: geopandas.GeoDataFrame) -> None:
    edge = of_kind(placed, "perimeter").geometry.iloc[0].boundary
    gates = of_kind(placed, "gate").set_index("name").geometry
    for row in of_kind(placed, "emergency_route").itertuples():
        gate = gates["G3" if row.name == "E1" else "G4"]
        crossing = row.geometry.intersection(edge)
        assert not crossing.is_empty, row.name
        assert crossing.distance(gate) < 0.05, row.name
        assert crossing.geom_type == "Point", row.name


def test_that_the_only_gaps_are_the_two_left_on_purpose(placed: geopandas.GeoDataFrame, town: Town) -> None:
    protected = of_kind(placed, "perimeter").geometry.iloc[0]
    standing: list[Any] = []
    names: list[str] = []
    for row in of_kind(placed, "barrier").itertuples():
        modules = barrier_modules(row.geometry, row.module_width, row.clear_gap, row.depth)
        standing += modules
        names += [row.name] * len(modules)
    for row in of_kind(placed, "gate").itertuples():
        standing.append(strip(row.geometry, 0.3))
        names.append(row.name)
    walls = geopandas.read_file(TOWN / "walls.shp").geometry
    for each in [*town.blocks, *walls[walls.dwithin(protected.boundary, 10.0)]]:
        standing.append(shapely.force_2d(each))
        names.append("building or wall")
    gaps = coverage_gaps(protected, standing, limit=1.2, reach=10.0)
    found = {frozenset(names[side] for side in gap.sides if side is not None): gap.width for gap in gaps}
    assert found == {
        frozenset({"B8", "B9"}): pytest.approx(derive_festival.GAP_LEFT_OPEN, abs=0.01),
        frozenset({"B6", "building or wall"}): pytest.approx(derive_festival.END_LEFT_OPEN, abs=0.01),
    }


def test_that_one_barrier_is_unrated_and_faces_a_straight_street(placed: geopandas.GeoDataFrame, town: Town) -> None:
    rows = of_kind(placed, "barrier")
    unrated = rows[rows["rating"].isna()]
    assert list(unrated["name"]) == ["B5"]
    assert not unrated["as_tested"].any()
    middle = unrated.geometry.iloc[0].centroid
    run_up = shapely.LineString([(middle.x + 1, middle.y), (middle.x + 100, middle.y + 5.5)])
    assert not run_up.intersects(town.buildings)
    street = town.streets[town.streets["name"] == "Vilhonkatu"].union_all()
    assert run_up.within(street.buffer(6.0))
