"""Random shapes beside two slow twins."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import shapely
import shapely.ops
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.oracles.coverage import by_clipping, by_points
from venueplanner.raster import ClassStyle, Painted, Ragged, Stroke, Style, View, colour, render_frame

W, H = 30, 24
VIEW = View(W / 2, H / 2, 1.0, W, H)
BLACK = colour("#000000")
FILL = ClassStyle(fill=BLACK)
LEVEL = 1.01 / 255
# Vertices nearer than 0.2 px are passed over, so a boundary may lie up to 0.2 px off over a pixel's breadth and a half.
SKIPPED = 0.3

real = st.floats(0.0, 1.0)
slow = settings(deadline=None, max_examples=60)


@st.composite
def stars(draw: st.DrawFn) -> shapely.Polygon:
    """A simple polygon round a centre that may lie beside the frame, with a hole now and then."""
    cx, cy = draw(st.floats(-8, W + 8)), draw(st.floats(-8, H + 8))
    n = draw(st.integers(4, 9))
    turns = (np.arange(n) + 0.8 * np.array(draw(st.lists(real, min_size=n, max_size=n)))) * 2 * math.pi / n
    reach = 3.0 + draw(st.floats(0, 25)) * np.array(draw(st.lists(real, min_size=n, max_size=n)))
    ring = np.column_stack([cx + reach * np.cos(turns), cy + reach * np.sin(turns)])
    holes = [0.4 * (ring - (cx, cy)) + (cx, cy)] if draw(st.booleans()) else []
    return shapely.Polygon(ring, holes)


def cover_of(look: ClassStyle, shapes: list[shapely.Geometry], family: str = "polygon") -> NDArray[np.float64]:
    ragged = Ragged.build(shapes, family=family)  # type: ignore[arg-type]
    frame = render_frame(VIEW, (Painted(ragged, Style.of(look)),), 0xFFFFFF, threads=1)
    assert frame is not None
    return 1.0 - (frame & 0xFF) / 255.0


@slow
@given(stars())
def test_that_a_polygon_covers_pixels_as_clipping_says(polygon: shapely.Polygon) -> None:
    exact = by_clipping(polygon, W, H)
    off = np.abs(cover_of(FILL, [polygon]) - exact)
    assert off.max() <= SKIPPED
    assert np.median(off) <= LEVEL
    sides = [math.dist(a, b) for a, b in pairwise(polygon.exterior.coords)]
    if min(sides) > 1.0 and not polygon.interiors:
        assert off.max() <= LEVEL


@slow
@given(stars())
def test_that_a_polygon_covers_pixels_as_counting_sample_points_says(polygon: shapely.Polygon) -> None:
    off = np.abs(cover_of(FILL, [polygon]) - by_points(polygon, W, H))
    # One straight edge through a pixel puts at most 1 of 16 sample columns wrong in each of 16 rows, half of it on
    # average; corners bring a second and third edge.
    assert off.max() <= SKIPPED + 3 / 16
    assert off.mean() <= 0.01


@slow
@given(st.lists(stars(), min_size=2, max_size=4))
def test_that_overlapping_polygons_merge(polygons: list[shapely.Polygon]) -> None:
    solid = [shapely.Polygon(p.exterior).buffer(0) for p in polygons]
    cover = cover_of(FILL, solid)
    union = by_clipping(shapely.union_all(solid), W, H)
    total = sum(by_clipping(p, W, H) for p in solid)
    assert np.all(cover >= union - SKIPPED)
    assert np.all(cover <= np.minimum(1.0, total) + SKIPPED)
    assert np.all(cover[union > 1 - 1e-9] >= 1 - SKIPPED)


@st.composite
def paths(draw: st.DrawFn) -> shapely.LineString:
    """A line that wanders, doubles back and takes short steps."""
    n = draw(st.integers(2, 8))
    at = [(draw(st.floats(-5, W + 5)), draw(st.floats(-5, H + 5)))]
    for _ in range(n - 1):
        length, turn = draw(st.sampled_from([0.3, 1.0, 2.5, 6.0, 20.0])), draw(st.floats(0, 2 * math.pi))
        at.append((at[-1][0] + length * math.cos(turn), at[-1][1] + length * math.sin(turn)))
    return shapely.LineString(at)


@slow
@given(paths(), st.sampled_from([2.0, 3.5, 6.0, 11.0]))
def test_that_a_stroke_has_no_gaps_and_does_not_spill(path: shapely.LineString, width: float) -> None:
    cover = cover_of(ClassStyle(stroke=Stroke(BLACK, width)), [path], "line")
    # Chords of round joins lie up to 0.15 px inside; a passed-over vertex moves the line up to 0.2·√2 px; a line within
    # one pixel is a dot in its middle.
    x0, y0, x1, y1 = path.bounds
    inside = 0.45 if max(x1 - x0, y1 - y0) >= 1.0 else 0.15 + math.sqrt(0.5)
    surely = by_clipping(path.buffer(max(width / 2 - inside, 0.0), quad_segs=32), W, H)
    perhaps = by_clipping(path.buffer(width / 2 + 0.3, quad_segs=32), W, H)
    assert np.all(cover[surely > 1 - 1e-9] >= 1 - LEVEL)
    assert np.all(cover[perhaps == 0] <= LEVEL)


@slow
@given(stars(), st.sampled_from([1.0, 2.0, 5.0]))
def test_that_an_outline_follows_every_ring_and_closes(polygon: shapely.Polygon, width: float) -> None:
    cover = cover_of(ClassStyle(outline=Stroke(BLACK, width)), [polygon])
    surely = by_clipping(polygon.boundary.buffer(max(width / 2 - 0.4, 0.01), quad_segs=32), W, H)
    perhaps = by_clipping(polygon.boundary.buffer(width / 2 + 0.3, quad_segs=32), W, H)
    assert np.all(cover[surely > 1 - 1e-9] >= 1 - LEVEL)
    assert np.all(cover[perhaps == 0] <= LEVEL)


@slow
@given(paths(), st.sampled_from([(3.0, 2.0), (7.0, 3.0), (1.0, 1.0, 4.0, 2.0)]))
def test_that_dashes_lie_where_the_length_along_the_line_says(
    path: shapely.LineString, dash: tuple[float, ...]
) -> None:
    cover = cover_of(ClassStyle(stroke=Stroke(BLACK, 2.0, dash=dash)), [path], "line")
    edges = np.concatenate([[0.0], np.cumsum(dash)])
    pieces = [
        shapely.ops.substring(path, start + edges[j], start + edges[j + 1])
        for start in np.arange(0.0, path.length, edges[-1])
        for j in range(0, len(dash), 2)
        if start + edges[j] < path.length
    ]
    lines = [p for p in pieces if p.geom_type == "LineString" and p.length > 1e-6]
    perhaps = by_clipping(shapely.union_all([p.buffer(1.3) for p in lines]), W, H)
    surely = by_clipping(shapely.union_all([p.buffer(0.7, cap_style="flat") for p in lines]), W, H)
    assert np.all(cover[perhaps == 0] <= LEVEL)
    assert np.all(cover[surely > 1 - 1e-9] >= 1 - LEVEL)
