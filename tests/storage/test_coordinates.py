"""Coordinate systems: pinned operations, the plan's own system, MGRS, and what is refused."""

from __future__ import annotations

import numpy as np
import pyproj
import pytest

from venueplanner.domain.errors import BadValue
from venueplanner.storage.coordinates import (
    PINNED,
    PlanCoordinates,
    UnknownShift,
    metric_crs_at,
    pinned_operation,
    read_crs,
    scale_at,
    suggest_plan_crs,
)

BISHKEK, OSH = (74.60432, 42.87574), (72.7985, 40.5283)
ESRI_SK42_13 = (
    'PROJCS["Pulkovo_1942_GK_Zone_13",GEOGCS["GCS_Pulkovo_1942",DATUM["D_Pulkovo_1942",'
    'SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],'
    'PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",13500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",75.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],'
    'UNIT["Meter",1.0]]'
)


def test_that_sk42_takes_the_most_accurate_operation_made_for_the_centre() -> None:
    north = PlanCoordinates("EPSG:28413", near=BISHKEK).operation
    south = PlanCoordinates("EPSG:28413", near=OSH).operation
    assert (north.name, north.accuracy) == ("Pulkovo 1942 to WGS 84 (20)", 3.0)
    assert (south.name, south.accuracy) == ("Pulkovo 1942 to WGS 84 (16)", 4.5)


def test_that_the_other_published_operation_is_told_with_its_distance() -> None:
    others = {name: metres for name, _, metres in PlanCoordinates("EPSG:28413", near=BISHKEK).operation.others}
    assert others["Pulkovo 1942 to WGS 84 (16)"] == pytest.approx(2.72, abs=0.02)


def test_that_a_pinned_operation_makes_no_step_at_the_edge_of_its_area() -> None:
    """Unpinned, PROJ jumps by 2.7 m at 41.192° N."""
    operation = PlanCoordinates("EPSG:28413", near=BISHKEK).operation
    loose = pyproj.Transformer.from_crs(28413, 4326, always_xy=True)
    x, y = np.full(201, 13332000.0), np.linspace(4.561e6, 4.571e6, 201)  # 50 m steps across the edge
    unpinned = np.abs(np.diff(np.array(loose.transform(x, y)), n=2)).max() * 111_000
    pinned = np.abs(np.diff(np.array(operation.to_lonlat(x, y)), n=2)).max() * 111_000
    assert unpinned > 1.0
    assert pinned < 0.01


def test_that_the_planner_can_name_another_operation() -> None:
    chosen = pinned_operation("EPSG:28413", (13467000.0, 4750000.0), prefer="(16)")
    assert chosen.name == "Pulkovo 1942 to WGS 84 (16)"
    with pytest.raises(BadValue, match="There is no operation"):
        pinned_operation("EPSG:28413", None, prefer="(999)")


def test_that_the_text_kept_in_the_plan_brings_the_same_operation_back() -> None:
    for near in (BISHKEK, OSH):
        first = PlanCoordinates("EPSG:28413", near=near)
        assert PINNED in first.text
        assert PlanCoordinates(first.text).operation.definition == first.operation.definition
    assert PlanCoordinates("EPSG:32643").text == "EPSG:32643"


@pytest.mark.parametrize("crs", ["EPSG:32643", "EPSG:28413", "EPSG:7694", "EPSG:3879", "EPSG:2193"])
def test_that_there_and_back_again_is_the_same_place(crs: str) -> None:
    system = PlanCoordinates(crs)
    area = system.crs.area_of_use
    lon = np.linspace(max(area.west, -179), area.east, 7)[1:-1]
    lat = np.linspace(area.south, min(area.north, 80), 7)[1:-1]
    back = system.to_lonlat(*system.from_lonlat(lon, lat))
    np.testing.assert_allclose(back, (lon, lat), atol=1e-9)


def test_that_axes_are_always_east_then_north_whatever_the_register_says() -> None:
    for crs in ("EPSG:28413", "EPSG:7694"):  # the register lists north first for the one and east first for the other
        x, y = PlanCoordinates(crs, near=BISHKEK).from_lonlat(*BISHKEK)
        assert y == pytest.approx(4.75e6, abs=3e4)
        assert x > 3e6


def test_that_feet_become_metres() -> None:
    for crs, foot, place in (("EPSG:2249", 0.3048006096, (-71.11, 42.37)), ("EPSG:2913", 0.3048, (-122.67, 45.52))):
        operation = pinned_operation(crs)
        x, y = operation.from_lonlat([place[0], place[0]], [place[1], place[1] + 0.001])
        ground = pyproj.Geod(ellps="GRS80").inv(*place, place[0], place[1] + 0.001)[2]
        assert np.hypot(np.diff(x), np.diff(y))[0] * foot == pytest.approx(ground, rel=2e-4)


def test_that_degrees_feet_and_web_mercator_are_refused_as_a_plan_system() -> None:
    for crs in ("EPSG:4326", "EPSG:2249", "EPSG:3857"):
        with pytest.raises(BadValue, match="not in metres"):
            PlanCoordinates(crs)


def test_that_an_unknown_system_is_answered_with_a_sentence() -> None:
    with pytest.raises(BadValue, match="is not a coordinate system this program knows"):
        read_crs("EPSG:999999")


def test_that_a_datum_without_a_known_shift_is_refused_and_not_placed_60_m_off() -> None:
    local = ESRI_SK42_13.replace("D_Pulkovo_1942", "D_Local").replace("GCS_Pulkovo_1942", "GCS_Local")
    local = local.replace("13500000.0", "1300000.0")
    with pytest.raises(UnknownShift, match="does not say how it relates to WGS 84"):
        pinned_operation(local)


def test_that_a_shift_stated_in_the_file_is_used_exactly() -> None:
    stated = pyproj.CRS.from_user_input(
        "+proj=tmerc +lat_0=0 +lon_0=37.9833333333333 +k=1 +x_0=1300000 +y_0=-4511057.628 +ellps=krass "
        "+towgs84=23.57,-140.95,-79.8,0,0.35,0.79,-0.22 +units=m +no_defs"
    ).to_wkt("WKT1_GDAL")
    by_hand = pyproj.Transformer.from_pipeline(
        "+proj=pipeline +step +inv +proj=tmerc +lon_0=37.9833333333333 +x_0=1300000 +y_0=-4511057.628 +ellps=krass "
        "+step +proj=push +v_3 +step +proj=cart +ellps=krass +step +proj=helmert +x=23.57 +y=-140.95 +z=-79.8 +ry=0.35 "
        "+rz=0.79 +s=-0.22 +convention=position_vector +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
        "+step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
    got = pinned_operation(stated).to_lonlat([1300000.0, 1296607.0], [462000.0, 460264.0])
    np.testing.assert_allclose(got, by_hand.transform([1300000.0, 1296607.0], [462000.0, 460264.0]), atol=1e-11)


def test_that_the_utm_zone_follows_the_place_with_its_exceptions() -> None:
    assert metric_crs_at(*BISHKEK) == "EPSG:32643"
    assert metric_crs_at(24.94, 60.17) == "EPSG:32635"
    assert metric_crs_at(5.3, 60.4) == "EPSG:32632"  # Bergen
    assert metric_crs_at(15.6, 78.2) == "EPSG:32633"  # Longyearbyen
    assert metric_crs_at(-51.2, -30.0) == "EPSG:32722"


def test_that_the_citys_own_metric_system_is_preferred_unless_it_stretches_lengths() -> None:
    assert suggest_plan_crs(["EPSG:4326", "EPSG:7694"], *BISHKEK).authority == "EPSG:7694"
    assert suggest_plan_crs(["EPSG:3857"], *BISHKEK).authority == "EPSG:32643"
    assert suggest_plan_crs(["EPSG:2249"], -71.11, 42.37).authority == "EPSG:32619"
    assert suggest_plan_crs(["EPSG:28407"], *BISHKEK).authority == "EPSG:32643"  # a zone 36° away


def test_that_a_metre_on_the_plan_is_a_metre_on_the_ground() -> None:
    for crs, place in (("EPSG:7694", BISHKEK), ("EPSG:32643", BISHKEK), ("EPSG:3879", (24.94, 60.17))):
        assert scale_at(PlanCoordinates(crs), *place) == pytest.approx(1.0, abs=1e-3)


def test_that_mgrs_is_spaced_as_people_say_it_and_read_back_within_a_metre() -> None:
    system = PlanCoordinates("EPSG:32643")
    x, y = system.from_lonlat(74.6027, 42.8762)
    text = system.to_mgrs(float(x), float(y))
    zone, square, east, north = text.split(" ")
    assert (zone, square, len(east), len(north)) == ("43T", "DH", 5, 5)
    assert (int(east), int(north)) == (int(x) % 100000, int(y) % 100000)  # UTM metres of the same zone, cut off
    back = system.from_mgrs(text)
    assert np.hypot(back[0] - x, back[1] - y) < 1.5
    with pytest.raises(BadValue, match="is not an MGRS reference"):
        system.from_mgrs("no such place")
