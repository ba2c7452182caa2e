"""Passage and cordons where real buildings stand: what is proposed really closes, and never costs more than it says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from venueplanner.engine.cordons import Wish, cordons
from venueplanner.engine.passage import ground_of, passage

CITIES = {
    "helsinki": ("helsinki-centre/municipal_epsg3879/buildings.shp", (25497150.0, 6672650.0), 60.0),
    "vologda": ("vologda-ru/municipal_sk42_cp1251/zdaniya.shp", None, 120.0),
}


@pytest.fixture(scope="module", params=CITIES)
def scene(request: pytest.FixtureRequest, shared_data: Path):
    """Buildings of about a square km, its window and an area in the middle."""
    import pyogrio

    name, middle, radius = CITIES[request.param]
    _, _, wkb, _ = pyogrio.raw.read(shared_data / name, columns=[])
    shapes = shapely.from_wkb(wkb)
    shapes = shapes[~shapely.is_missing(shapes)]
    if middle is None:
        middle = tuple(np.median(shapely.get_coordinates(shapely.centroid(shapes)), axis=0))
    window = shapely.Point(middle).buffer(500, cap_style="square")
    near = shapes[shapely.intersects(window, shapes)]
    return ground_of(near, widest=2.55, window=window), shapely.Point(middle).buffer(radius)


def test_that_every_gap_is_as_wide_as_told_and_closing_all_leaves_nothing(scene):
    ground, area = scene
    seen = passage(ground, area, limit=1.2)
    assert seen.gaps
    for gap in seen.gaps:
        one, other = (ground.obstacles[owner] for owner in gap.owners)
        assert gap.segment.length == pytest.approx(gap.width)
        assert max(one.distance(gap.segment), other.distance(gap.segment)) < 0.005
    closed = ground.with_more([gap.segment for gap in seen.gaps])
    assert passage(closed, area, limit=1.2).width == 0.0


@pytest.mark.parametrize("objective", ["metres", "count"])
def test_that_proposed_cordons_close_and_their_figures_are_those_of_their_lines(scene, objective):
    ground, area = scene
    found = cordons(ground, area, Wish(objective, 1.2, answers=3))
    assert found
    assert [each.cost for each in found] == sorted(each.cost for each in found)
    for answer in found:
        assert answer.metres == pytest.approx(sum(each.line.length for each in answer.closures))
        assert answer.cost == pytest.approx(answer.metres if objective == "metres" else len(answer.closures))
        over = passage(ground.with_more([each.line for each in answer.closures]), area, limit=1.2)
        assert over.width == 0.0
    gaps = passage(ground, area, limit=1.2).gaps
    if objective == "metres":
        assert found[0].metres <= sum(gap.width for gap in gaps) + 1e-6  # closing gap by gap is one way to do it
