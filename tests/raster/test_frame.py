"""Strips, threads, cancelling and what a frame refuses."""

from __future__ import annotations

import threading
from itertools import count

import numpy as np
import pytest
import shapely

from venueplanner.raster import ClassStyle, Mark, Painted, Ragged, Stroke, Style, View, blank, colour, draw_strip
from venueplanner.raster import render_frame as render

RNG = np.random.default_rng(20)
VIEW = View(500.3, 499.8, 2.1, 333, 287)


def town(order: np.ndarray | None = None) -> tuple[Painted, ...]:
    """Some thousand features of all families, in a given order."""
    rng = np.random.default_rng(7)
    at = rng.uniform(-100, 1100, (1500, 2))
    size = rng.lognormal(1.5, 1.0, (1500, 2))
    houses = shapely.box(at[:, 0], at[:, 1], at[:, 0] + size[:, 0], at[:, 1] + size[:, 1])
    walks = at[:600, None, :] + np.cumsum(rng.normal(0, 30, (600, 8, 2)), axis=1)
    streets = shapely.linestrings(walks)
    trees = shapely.points(rng.uniform(0, 1000, (800, 2)))
    kind = rng.integers(0, 3, 1500)
    sort = np.arange(600) % 2
    if order is not None:
        houses, kind = houses[order], kind[order]
        streets, sort = streets[order[order < 600]], sort[order[order < 600]]
    fills = [ClassStyle(fill=colour(c, 0.8), outline=Stroke(colour("#443322"), 1.2)) for c in ("#aa8866", "#669966")]
    lines = ClassStyle(stroke=Stroke(colour("#ffffff"), 7, "m", min_px=1, casing=colour("#777777")))
    broken = ClassStyle(stroke=Stroke(colour("#cc0000"), 1.7, dash=(5, 3)))
    dots = ClassStyle(mark=Mark(colour("#2244cc", 0.7), 6, rim=colour("#ffffff")))
    return (
        Painted(Ragged.build(houses, kind, family="polygon"), Style.of(*fills, ClassStyle(fill=colour("#8899bb")))),
        Painted(Ragged.build(streets, sort, family="line"), Style.of(lines, broken)),
        Painted(Ragged.build(trees, family="point"), Style.of(dots)),
    )


@pytest.mark.parametrize("rows", [1, 7, 64, 287])
@pytest.mark.parametrize("threads", [1, 3])
def test_that_strips_of_any_height_in_any_thread_make_the_same_frame(rows: int, threads: int) -> None:
    layers = town()
    whole = blank(VIEW, 0xF2F0EB)
    draw_strip(whole, 0, VIEW.height, VIEW, layers)
    frame = render(VIEW, layers, 0xF2F0EB, threads=threads, strip_rows=rows)
    assert frame is not None
    assert len(np.unique(frame)) > 1000
    assert np.array_equal(frame, whole)


def test_that_the_order_of_features_inside_a_class_does_not_matter() -> None:
    one = render(VIEW, town(), 0xFFFFFF)
    other = render(VIEW, town(RNG.permutation(1500)), 0xFFFFFF)
    assert one is not None
    assert other is not None
    levels = np.abs(one[..., None].view(np.uint8).astype(int) - other[..., None].view(np.uint8).astype(int))
    # Sums of single-precision shares in another order may tip a level over.
    assert levels.max() <= 1


def test_that_every_pixel_is_opaque_whatever_the_background() -> None:
    frame = render(VIEW, town(), np.zeros((VIEW.height, VIEW.width), np.uint32))
    assert frame is not None
    assert np.all(frame >> 24 == 0xFF)


def test_that_a_background_picture_is_copied_not_painted_over() -> None:
    picture = np.full((VIEW.height, VIEW.width), 0xFF336699, np.uint32)
    frame = render(VIEW, town(), picture)
    assert frame is not None
    assert not np.array_equal(frame, picture)
    assert np.all(picture == 0xFF336699)


def test_that_a_frame_nobody_wants_is_given_up_between_strips() -> None:
    asked = count()
    frame = render(VIEW, town(), 0, threads=1, strip_rows=10, cancelled=lambda: next(asked) >= 3)
    assert frame is None
    assert next(asked) == 4


def test_that_no_thread_outlives_its_frame() -> None:
    before = threading.active_count()
    render(VIEW, town(), 0, threads=4)
    assert threading.active_count() == before


def test_that_an_error_in_a_helper_thread_reaches_the_caller() -> None:
    def fail() -> bool:
        raise RuntimeError("no more room")

    with pytest.raises(RuntimeError, match="no more room"):
        render(VIEW, town(), 0, threads=3, cancelled=fail)


def test_that_classes_are_seen_only_between_their_scales() -> None:
    ragged = Ragged.build([shapely.box(0, 0, 1000, 1000)], family="polygon")
    look = Style.of(ClassStyle(fill=colour("#000000"), min_mpp=1.0, max_mpp=3.0))
    for scale, seen in ((0.5, False), (1.0, True), (3.0, True), (3.1, False)):
        frame = render(View(500, 500, scale, 10, 10), (Painted(ragged, look),), 0xFFFFFF)
        assert frame is not None
        assert bool(np.all(frame == 0xFF000000)) is seen


def test_that_classes_without_a_look_and_looks_without_a_class_are_passed_over() -> None:
    ragged = Ragged.build([shapely.box(0, 0, 9, 9)] * 2, [0, 3], family="polygon")
    for style in (Style(), Style.of(*[ClassStyle(fill=colour("#000000"))] * 9)):
        assert render(View(5, 5, 1, 4, 4), (Painted(ragged, style),)) is not None


@pytest.mark.parametrize(("width", "height"), [(0, 0), (0, 5), (5, 0), (1, 1)])
def test_that_frames_of_hardly_any_pixels_are_drawn(width: int, height: int) -> None:
    frame = render(View(500, 500, 2, width, height), town())
    assert frame is not None
    assert frame.shape == (height, width)


@pytest.mark.parametrize(
    "view", [(np.nan, 0, 1, 9, 9), (0, np.inf, 1, 9, 9), (0, 0, 0, 9, 9), (0, 0, -1, 9, 9), (0, 0, 1, -1, 9)]
)
def test_that_a_view_that_makes_no_sense_is_refused(view: tuple[float, float, float, int, int]) -> None:
    with pytest.raises(ValueError, match=r"view|pixel"):
        View(*view)


@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1e4, 1e9])
@pytest.mark.parametrize("centre", [(500.0, 500.0), (1e7, -1e7), (-3e200, 5.0)])
def test_that_absurd_scales_and_places_neither_crash_nor_hang(scale: float, centre: tuple[float, float]) -> None:
    view = View(*centre, scale, 200, 100)
    frame = render(view, town(), 0xFFFFFF)
    assert frame is not None
    if abs(centre[0]) > 1e8:
        assert np.all(frame == 0xFFFFFFFF)


def test_that_the_inside_of_a_huge_shape_is_painted_however_close_one_looks() -> None:
    world = Ragged.build([shapely.Point(0, 0).buffer(9e7)], family="polygon")
    for scale in (1e-4, 1.0, 1e5):
        frame = render(View(10, -20, scale, 60, 40), (Painted(world, Style.of(ClassStyle(fill=colour("#000000")))),))
        assert frame is not None
        assert np.all(frame == 0xFF000000)


def test_that_a_strip_refuses_a_buffer_of_another_shape() -> None:
    with pytest.raises(ValueError, match="frame must be"):
        draw_strip(np.zeros((9, 9), np.uint32), 0, 9, View(0, 0, 1, 9, 8), town())


def test_that_places_and_pixels_convert_both_ways() -> None:
    view = View(100.0, 50.0, 0.5, 640, 480)
    assert view.to_pixels(view.left, view.top) == (0.0, 0.0)
    assert view.to_metres(*view.to_pixels(123.25, 44.5)) == (123.25, 44.5)
    assert view.bounds == (-60.0, -70.0, 260.0, 170.0)
