"""What a layer is and what its columns mean, by geometry, names and values, in four spellings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from venueplanner.storage.city.columns import number_of, read_column
from venueplanner.storage.city.folder import read_folder
from venueplanner.storage.city.raw import Column, RawLayer
from venueplanner.storage.city.recognise import columns_for, role_of, standard_names

SHAPES = {
    "line": shapely.LineString([(0, 0), (9, 9)]),
    "polygon": shapely.box(0, 0, 9, 9),
    "point": shapely.Point(1, 1),
}


def layer(name: str, kind: str, columns: dict[str, list[object]] | None = None) -> RawLayer:
    made: dict[str, Column] = {}
    count = max((len(values) for values in (columns or {}).values()), default=1)
    for title, values in (columns or {}).items():
        numbers = all(isinstance(value, int | float) for value in values)
        made[title] = np.array(values, dtype=float if numbers else object)
    shapes = np.full(count, SHAPES[kind], dtype=object)
    return RawLayer(Path(f"{name}.shp"), name, kind, np.arange(1, count + 1), shapes, made)


@pytest.mark.parametrize(
    ("name", "kind", "role"),
    [
        ("dorogi", "line", "streets"),
        ("glavnye_ulicy", "line", "streets"),
        ("УДС_города", "line", "streets"),
        ("көчөлөр", "line", "streets"),
        ("TRANS_Centerlines", "line", "streets"),
        ("zdaniya", "polygon", "buildings"),
        ("Здания_центр", "polygon", "buildings"),
        ("имараттар", "polygon", "buildings"),
        ("bldg_footprints", "polygon", "buildings"),
        ("granica_goroda", "polygon", "boundary"),
        ("rayony_vokrug", "polygon", "boundary"),
        ("чек_ара", "polygon", "boundary"),
        ("kanaly", "line", "water"),
        ("voda_pl", "polygon", "water"),
        ("суулар", "polygon", "water"),
        ("zabory", "line", "walls"),
        ("BASEMAP_Walls", "line", "walls"),
        ("zheldor", "line", "rails"),
        ("железные_дороги", "line", "rails"),
        ("adresa", "point", "points"),
        ("skvery_i_parki", "polygon", "areas"),
        ("BASEMAP_Curbs_LineString", "line", "other"),
        ("kanalizaciya", "line", "other"),
        ("водопровод", "line", "other"),
        ("kolledzhi", "polygon", "areas"),
        ("sloy_17", "line", "other"),
        ("sloy_17", "polygon", "areas"),
    ],
)
def test_that_the_name_of_a_file_tells_its_role(name: str, kind: str, role: str) -> None:
    assert role_of(layer(name, kind)) == role


def test_that_columns_and_values_tell_the_role_of_a_file_with_a_dumb_name() -> None:
    assert role_of(layer("export1", "line", {"KLASS": ["residential", "primary"], "POLOSY": [2, 4]})) == "streets"
    assert role_of(layer("export2", "polygon", {"ЭТАЖЕЙ": [5, 9], "НОМЕР_ДОМА": ["1", "3"]})) == "buildings"
    assert role_of(layer("export3", "line", {"BARRIER": ["fence", "wall", "bollard"]})) == "walls"
    assert role_of(layer("export4", "line", {"tip": ["fence", "wall", "wall"]})) == "walls"


def test_that_a_point_is_never_a_street() -> None:
    assert role_of(layer("ulicy", "point")) == "points"


def test_that_columns_are_found_in_four_spellings() -> None:
    assert standard_names(["NAIMEN", "KLASS", "ODNOSTOR", "SHIRINA", "POLOSY", "SKOROST"], "streets") == {
        "name": "NAIMEN", "class": "KLASS", "oneway": "ODNOSTOR", "width": "SHIRINA", "lanes": "POLOSY",
        "maxspeed": "SKOROST",
    }  # fmt: skip
    assert standard_names(["УЛИЦА", "НОМЕР_ДОМА", "НАИМЕН", "ЭТАЖЕЙ"], "buildings") == {
        "street": "УЛИЦА", "number": "НОМЕР_ДОМА", "name": "НАИМЕН", "levels": "ЭТАЖЕЙ",
    }  # fmt: skip
    assert standard_names(["аталышы", "кабат"], "buildings") == {"name": "аталышы", "levels": "кабат"}
    assert standard_names(["name", "highway", "addr:street", "building:levels"])["class"] == "highway"


def test_that_a_name_cut_off_by_the_format_is_still_found() -> None:
    """Ten bytes hold five Cyrillic letters of UTF-8."""
    assert standard_names(["НАИМЕ"]) == {"name": "НАИМЕ"}
    assert standard_names(["StreetNumb"])["number"] == "StreetNumb"


def test_that_a_street_is_named_by_its_street_column() -> None:
    assert standard_names(["Label", "Street", "ULICA"], "streets")["name"] == "Street"
    assert standard_names(["ULICA", "KLASS"], "streets") == {"name": "ULICA", "class": "KLASS"}


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        ("width", "3,5 м", 3.5),
        ("width", "12'", 3.6576),
        ("maxspeed", "60", 60.0),
        ("maxspeed", "30 mph", 48.28032),
        ("maxspeed", "RU:urban".lower(), 60.0),
        ("lanes", "2; 3", 2.0),
    ],
)
def test_that_numbers_are_read_with_their_units(column: str, text: str, value: float) -> None:
    assert number_of(column, text) == pytest.approx(value)


def test_that_yes_and_da_and_minus_one_mean_directions() -> None:
    texts = np.array(["yes", "да", "ооба", "-1", "no", None, "reversible", "1"], dtype=object)
    found = read_column("oneway", texts)
    assert found is not None
    assert found.tolist() == [1, 1, 1, -1, 0, 0, 0, 1]
    assert read_column("bridge", np.array(["мост", None, "no", "viaduct"], dtype=object)).tolist() == [
        True,
        False,
        False,
        True,
    ]  # type: ignore[union-attr]


def test_that_impossible_numbers_are_unknown_and_not_believed() -> None:
    found = read_column("maxspeed", np.array([0.0, -5.0, 50.0, 9999.0]))
    assert found is not None
    assert [value if value == value else None for value in found.tolist()] == [None, None, 50.0, None]


def test_that_own_columns_stay_beside_the_standard_ones() -> None:
    made = columns_for(
        layer("dorogi", "line", {"ONEWAY": ["yes", None], "OSM_ID": [1, 2], "NAME": ["a", "b"]}), "streets"
    )
    assert set(made) == {"oneway", "ONEWAY_orig", "OSM_ID", "name"}  # one name in two capitals would break a GeoPackage
    assert made["oneway"].tolist() == [1, 0]
    assert made["ONEWAY_orig"].tolist() == ["yes", None]


def test_that_the_roles_of_real_cities_are_right(shared_data: Path) -> None:
    expected = {
        "helsinki-centre/municipal_epsg3879": {
            "roads": "streets", "buildings": "buildings", "areas": "areas", "points": "points", "barriers": "walls",
        },
        "vologda-ru/municipal_sk42_cp1251": {
            "dorogi": "streets", "zdaniya": "buildings", "voda_lin": "water", "voda_pl": "water", "zheldor": "rails",
            "granica": "boundary", "shkoly": "points", "detsady": "points",
        },
        "kg-bishkek-osh/bishkek_sk42_zone13_cp1251": {
            "glavnye_ulicy": "streets", "kanaly": "water", "granica_goroda": "boundary", "adresa": "points",
        },
        "cambridge-ma-official/shp_epsg2249": {
            "TRANS_Centerlines": "streets", "BASEMAP_Walls": "walls", "HYDRO_WaterBodies": "water",
            "TRANS_Rail": "rails",
            "BASEMAP_Sidewalks": "areas", "BASEMAP_Roads": "areas", "BOUNDARY_CityBoundary": "boundary",
        },
    }  # fmt: skip
    for folder, roles in expected.items():
        found = {record.name: record.role for record in read_folder(shared_data / folder).records}
        assert {name: found[name] for name in roles} == roles


def test_that_real_streets_keep_their_numbers(shared_data: Path) -> None:
    """Counts stated for this set by its makers."""
    report = read_folder(shared_data / "helsinki-centre/municipal_epsg3879/roads.shp")
    columns = report.layers[0].columns
    said = [value for value in columns["ONEWAY_orig"] if value is not None]
    assert len(said) == 465
    assert int((columns["oneway"] != 0).sum()) == sum(value != "no" for value in said)
    assert int(np.isfinite(columns["maxspeed"]).sum()) == 754
    assert int(np.isfinite(columns["lanes"]).sum()) == 557
    assert int(columns["tunnel"].sum()) == 270
