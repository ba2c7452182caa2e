"""Shapes whose coverage can be worked out by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from venueplanner.raster import ClassStyle, Mark, Painted, Ragged, Stroke, Style, View, colour, render_frame

BLACK = colour("#000000")
FILL = ClassStyle(fill=BLACK)
# Coverage is stored as a whole level of 255, by way of whole 256ths.
LEVEL = 1.01 / 255


def darkness(look: ClassStyle, shapes: Any, view: View, **more: Any) -> NDArray[np.float64]:
    """The share of each pixel that black shapes cover on white ground, 0…1."""
    first = shapes[0]
    family = {"Polygon": "polygon", "LineString": "line", "Point": "point"}[first.geom_type.removeprefix("Multi")]
    frame = render_frame(view, (Painted(Ragged.build(shapes, family=family), Style.of(look)),), 0xFFFFFF, **more)
    assert frame is not None
    return 1.0 - (frame & 0xFF) / 255.0


def test_that_a_rectangle_with_edges_inside_pixels_covers_each_pixel_by_its_exact_share() -> None:
    cover = darkness(FILL, [shapely.box(2.25, 2.5, 5.75, 7.25)], View(5, 5, 1, 10, 10))
    across = np.clip(np.minimum(np.arange(10) + 1, 5.75) - np.maximum(np.arange(10), 2.25), 0, None)
    down = np.clip(np.minimum(np.arange(10) + 1, 7.5) - np.maximum(np.arange(10), 2.75), 0, None)
    assert np.abs(cover - np.outer(down, across)).max() <= LEVEL


def test_that_a_slanted_half_plane_is_cut_exactly_along_its_edge() -> None:
    # Below the line y = x/2, over a frame of 8 x 8: in a pixel whose left edge is x, the line rises from x/2 by 1/2.
    cover = darkness(FILL, [shapely.Polygon([(-100, -50), (100, 50), (100, -90), (-100, -90)])], View(4, 4, 1, 8, 8))
    for row in range(8):
        low = 7 - row
        for column in range(8):
            a = column / 2 - low
            b = a + 0.5
            share = 1.0 if a >= 1 else 0.0 if b <= 0 else (a + b) / 2
            assert cover[row, column] == pytest.approx(share, abs=LEVEL)


@pytest.mark.parametrize("radius", [3.0, 10.0, 47.0])
@pytest.mark.parametrize("shift", [0.0, 0.37])
def test_that_a_circle_of_many_corners_has_its_area(radius: float, shift: float) -> None:
    disc = shapely.Point(50 + shift, 50 - shift).buffer(radius, quad_segs=64)
    cover = darkness(FILL, [disc], View(50, 50, 1, 100, 100))
    assert cover.sum() == pytest.approx(disc.area, rel=4e-3)


@pytest.mark.parametrize("size", [2.0, 5.0, 12.0, 30.0])
def test_that_a_point_is_a_disc_of_its_size_or_a_square(size: float) -> None:
    view = View(20, 20, 1, 40, 40)
    disc = darkness(ClassStyle(mark=Mark(BLACK, size)), [shapely.Point(20.3, 20.6)], view)
    assert disc.sum() == pytest.approx(math.pi * size**2 / 4, rel=0.01)
    square = darkness(ClassStyle(mark=Mark(BLACK, size, shape="square")), [shapely.Point(20.3, 20.6)], view)
    assert square.sum() == pytest.approx(size**2, rel=0.005)


@pytest.mark.parametrize("width", [0.25, 0.5, 1.0, 2.5, 7.0])
@pytest.mark.parametrize("degrees", [0.0, 17.0, 45.0, 90.0])
def test_that_a_line_is_as_wide_as_it_should_be_at_any_angle(width: float, degrees: float) -> None:
    a = math.radians(degrees)
    dx, dy = 30 * math.cos(a), 30 * math.sin(a)
    line = shapely.LineString([(50 - dx, 50 - dy), (50 + dx, 50 + dy)])
    look = ClassStyle(stroke=Stroke(BLACK, width, cap="butt"))
    cover = darkness(look, [line], View(50.2, 50.4, 1, 100, 100))
    # A pixel of a thin line is one of 256 levels; the bound is half a level on each pixel it touches.
    assert cover.sum() == pytest.approx(60 * width, abs=0.5 / 255 * np.count_nonzero(cover) + 0.01 * width)


def test_that_a_width_in_metres_follows_the_scale_between_its_limits() -> None:
    stroke = Stroke(BLACK, 8.0, unit="m", min_px=1.5, max_px=20.0)
    assert [stroke.pixels(m) for m in (0.1, 1.0, 4.0, 100.0)] == [20.0, 8.0, 2.0, 1.5]


def test_that_a_hole_stays_empty_and_an_island_in_it_is_filled() -> None:
    ring = shapely.Polygon(shapely.box(2, 2, 18, 18).exterior, [shapely.box(6, 6, 14, 14).exterior])
    cover = darkness(FILL, [ring, shapely.box(9, 9, 11, 11)], View(10, 10, 1, 20, 20))
    assert not cover[7:8, 7:13].any()
    assert np.all(cover[9:11, 9:11] == 1)
    assert cover.sum() == pytest.approx(256 - 64 + 4, abs=1e-6)


def test_that_rings_given_the_wrong_way_round_are_filled_all_the_same() -> None:
    right = shapely.box(1, 1, 6, 6)
    wrong = shapely.Polygon(list(shapely.box(5, 1, 9, 6).exterior.coords)[::-1])
    cover = darkness(FILL, [right, wrong], View(5, 5, 1, 10, 10))
    assert cover.sum() == pytest.approx(8 * 5)


def test_that_a_translucent_class_does_not_darken_where_its_features_overlap() -> None:
    half = ClassStyle(fill=colour("#000000", 0.5))
    one = darkness(half, [shapely.box(2, 2, 8, 8)], View(5, 5, 1, 10, 10))
    many = darkness(half, [shapely.box(2, 2, 8, 8)] * 3 + [shapely.box(2, 2, 5, 5)], View(5, 5, 1, 10, 10))
    assert np.array_equal(one, many)
    assert one[5, 5] == pytest.approx(0.5, abs=2 * LEVEL)


def test_that_buildings_smaller_than_a_pixel_keep_their_area() -> None:
    at = np.arange(5, 95, 3.0)
    tiny = [shapely.box(x, y, x + 0.3, y + 0.5) for x in at for y in at]
    cover = darkness(FILL, tiny, View(50, 50, 1, 100, 100))
    assert cover.sum() == pytest.approx(0.15 * len(tiny), rel=0.02)


def test_that_dashes_cover_their_share_of_the_line_and_go_round_corners() -> None:
    line = shapely.LineString([(10, 10), (90, 10), (90, 90)])
    look = ClassStyle(stroke=Stroke(BLACK, 2.0, dash=(6.0, 4.0)))
    cover = darkness(look, [line], View(50, 50, 1, 100, 100))
    # 160 pixels are 16 whole periods; the corner falls on the start of a dash.
    assert cover.sum() == pytest.approx(16 * 6 * 2, abs=0.6)
    assert cover[89, 13] == 1.0
    assert cover[89, 18] == 0.0


def test_that_street_junctions_of_one_group_merge() -> None:
    streets = [shapely.LineString([(0, 20), (40, 20)]), shapely.LineString([(20, 0), (20, 40)])]
    look = ClassStyle(stroke=Stroke(colour("#FFFFFF"), 8, casing=BLACK, casing_px=2))
    ragged = Ragged.build(streets, [0, 1], family="line")
    view = View(20, 20, 1, 40, 40)
    merged = render_frame(view, (Painted(ragged, Style.of(look, look)),), 0x808080)
    assert merged is not None
    assert np.all(merged[16:24, 16:24] & 0xFF == 0xFF)
    over = ClassStyle(stroke=look.stroke, group=1)
    stacked = render_frame(view, (Painted(ragged, Style.of(look, over)),), 0x808080)
    assert stacked is not None
    assert np.all(stacked[16:24, 14:16] & 0xFF == 0)
