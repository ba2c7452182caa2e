"""Search and typed positions: streets, addresses, features, degrees in every writing, MGRS, metres of the plan."""

from __future__ import annotations

import mgrs
import pyproj
import pytest
import shapely

from venueplanner.app import commands, whereabouts
from venueplanner.app.searching import search
from venueplanner.app.session import Session
from venueplanner.domain.plan import Plan

from .scenes import EAST, NORTH, layer, session

LON, LAT = pyproj.Transformer.from_crs("EPSG:32643", "EPSG:4326", always_xy=True).transform(EAST, NORTH)
STREETS = layer(
    "streets",
    shapely.LineString([(0, 0), (100, 0)]),
    shapely.LineString([(100, 0), (200, 0)]),
    shapely.LineString([(0, 50), (100, 50)]),
    name=["Чүй проспектиси", "Чүй проспектиси", None],
)
HOUSES = layer(
    "buildings", shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10), name=["Филармония", float("nan")],
    street=["улица Киевская", "улица Киевская"], number=["12", "12а"],
)  # fmt: skip


@pytest.fixture
def city() -> Session:
    gate = ("gate", shapely.Point(5, 5), {"name": "North gate"})
    return session(gate, layers=(HOUSES, STREETS))


@pytest.mark.parametrize(
    ("words", "label", "what", "box"),
    [
        ("ЧҮЙ", "Чүй проспектиси", "Streets", (-20, -20, 220, 20)),
        ("  чүй   просп", "Чүй проспектиси", "Streets", (-20, -20, 220, 20)),
        ("филармония", "Филармония", "Buildings", (-20, -20, 30, 30)),
        ("киевская 12а", "улица Киевская 12а", "Buildings", (0, -20, 50, 30)),
        ("gate north", "North gate", "Gate or checkpoint", (5, 5, 5, 5)),
    ],
)
def test_that_a_name_in_any_case_finds_the_whole_of_it(
    city: Session, words: str, label: str, what: str, box: tuple[float, ...]
) -> None:
    first = search(city, words)[0]
    assert (first.label, first.what, first.box) == (label, what, box)


def test_that_nothing_is_found_for_nothing_and_for_unknown_words(city: Session) -> None:
    assert search(city, "   ") == []
    assert search(city, "Champs-Élysées") == []
    assert search(city, "nan") == []


def test_that_a_feature_is_found_with_its_id_before_the_city(city: Session) -> None:
    commands.change_values(city, ["North gate"], {"name": "Чүй gate"})
    hits = search(city, "чүй")
    assert [each.label for each in hits] == ["Чүй gate", "Чүй проспектиси"]
    assert hits[0].ids == ("North gate",)


DEGREES = [
    f"{LAT:.7f} {LON:.7f}",
    f"{LAT:.7f}, {LON:.7f}",
    f"{LAT:.7f},{LON:.7f}",
    f"{LAT:.7f}; {LON:.7f}",
    f"{LAT:.7f}°N {LON:.7f}°E",
    f"N {LAT:.7f} E {LON:.7f}",
    f"{LON:.7f} E {LAT:.7f} N",
    f"{LAT:.7f} {LON:.7f}".replace(".", ","),
    f"{LAT:.7f}, {LON:.7f}".replace(".", ","),
    f"{LAT:.7f}° с. ш. {LON:.7f}° в. д.".replace(".7", ",7"),
    f"{LON:.7f} В {LAT:.7f} С",
    mgrs.MGRS().toMGRS(LAT, LON),
    mgrs.MGRS().toMGRS(LAT, LON).lower(),
    "43T DH 67000 47000",
    f"{EAST:.0f} {NORTH:.0f}",
    f"{EAST:.2f}, {NORTH:.2f}",
]


@pytest.mark.parametrize("text", DEGREES)
def test_that_a_position_in_any_writing_is_the_place(city: Session, text: str) -> None:
    place = whereabouts.place_of(city.plan, text)
    assert place is not None
    assert place == pytest.approx((EAST, NORTH), abs=1.1)  # MGRS names the metre's south-west corner
    first = search(city, text)[0]
    assert (first.what, first.label) == ("Position", text)
    assert shapely.box(*first.box).contains(shapely.Point(EAST, NORTH))


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [("-33.8568, 151.2153", 151.2153, -33.8568), ("33.8568 S 151.2153 E", 151.2153, -33.8568),
     ("40.7 N 74.0 W", -74.0, 40.7), ("40,7 с.ш. 74,0 з.д.", -74.0, 40.7), ("−33.9 18.4", 18.4, -33.9)],
)  # fmt: skip
def test_that_south_and_west_are_understood(text: str, lon: float, lat: float) -> None:
    zone = pyproj.CRS.from_epsg((32700 if lat < 0 else 32600) + int((lon + 180) // 6) + 1)
    plan = Plan(facts={"crs": f"EPSG:{zone.to_epsg()}"})
    wanted = pyproj.Transformer.from_crs("EPSG:4326", zone, always_xy=True).transform(lon, lat)
    assert whereabouts.place_of(plan, text) == pytest.approx(wanted, abs=0.5)


@pytest.mark.parametrize(
    "text", ["", "12", "12 34 56", "улица 12 34", "95 200", "5 900", "43T DH 6700 470000 1", "99Z ZZ 1 1", "42.87°"]
)
def test_that_what_is_no_position_is_none(city: Session, text: str) -> None:
    assert whereabouts.place_of(city.plan, text) is None


def test_that_a_plan_that_stands_nowhere_has_no_positions() -> None:
    assert whereabouts.place_of(Plan(), "42.87 74.6") is None
    assert whereabouts.texts(Plan(), 0, 0) == ("", "")
    assert whereabouts.system_name(Plan()) == ""


def test_that_a_place_is_told_in_degrees_and_mgrs_that_lead_back_to_it(city: Session) -> None:
    degrees, grid = whereabouts.texts(city.plan, EAST, NORTH)
    assert degrees == f"{LAT:.5f} N {LON:.5f} E"
    assert grid == "43T DH 67000 47000"
    for text in (degrees, grid):
        assert whereabouts.place_of(city.plan, text) == pytest.approx((EAST, NORTH), abs=1.1)
