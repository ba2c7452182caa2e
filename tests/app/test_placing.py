"""Adding a file of features: one step or none."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from tests.cli.scenes import geojson, in_zone, row
from venueplanner.app import documents, placing
from venueplanner.domain.errors import BadFile


def test_that_a_file_is_one_step_even_when_it_says_where_the_plan_is(tmp_path: Path) -> None:
    desk = documents.new_session(keep_journal=False)
    path = geojson(tmp_path / "f.geojson", row("post", shapely.Point(1, 2), name="P1"), row("phase", name="Day"))
    placing.add_geojson(desk, path)
    assert len(desk.history) == 1
    assert desk.plan.fact("crs") == "EPSG:32643"
    (post,) = desk.plan.of("post")
    assert post.shape is not None
    assert post.shape.distance(in_zone(shapely.Point(1, 2))) < 0.001
    desk.undo()
    assert not desk.plan.features
    assert desk.plan.fact("crs") == ""


def test_that_a_file_with_a_mistake_is_no_step_and_gives_no_place(tmp_path: Path) -> None:
    desk = documents.new_session(keep_journal=False)
    before = desk.plan
    path = geojson(tmp_path / "f.geojson", row("post", shapely.Point(1, 2)), row("post", shapely.box(0, 0, 1, 1)))
    with pytest.raises(BadFile, match="Feature 2"):
        placing.add_geojson(desk, path)
    assert desk.plan is before
    assert desk.history == []


def test_that_a_ring_without_a_shape_of_its_own_stands_at_its_source(tmp_path: Path) -> None:
    desk = documents.new_session(keep_journal=False)
    ring = row("standoff", shapely.Point(50, 50), source=["Tank"])
    placing.add_geojson(desk, geojson(tmp_path / "f.geojson", ring, row("note", shapely.Point(1, 2), name="Tank")))
    (standoff,), (note,) = desk.plan.of("standoff"), desk.plan.of("note")
    assert standoff.shape is not None
    assert standoff.shape.equals(note.shape)
