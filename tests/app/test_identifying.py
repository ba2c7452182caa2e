"""What is here, and the views kept in a plan."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import shapely

from venueplanner.app import bookmarks, identifying
from venueplanner.app.session import Session
from venueplanner.domain.errors import BadValue
from venueplanner.domain.plan import LayerRecord, Plan
from venueplanner.domain.rules import Rules
from venueplanner.domain.site import Layer
from venueplanner.edits import facts, features


@pytest.fixture
def session() -> Session:
    plan = facts.put(Plan(), values={"crs": "EPSG:32643"})
    plan = plan.put("layers", {"streets": LayerRecord("streets", "Streets", "streets", "")})
    plan = features.add(plan, kind="post", shape=shapely.Point(467600, 4747100), values={"name": "P1"})
    plan = features.add(plan, kind="perimeter", shape=shapely.box(467500, 4747000, 467700, 4747200), values={})
    shapes = np.array([shapely.LineString([(467600, 4747000), (467600, 4747050)])], dtype=object)
    columns = {"name": np.array(["Chui"], dtype=object), "lanes": np.array([2.0]), "bridge": np.array([False])}
    made = Session(plan, Rules("none", "None", {}))
    made.layers["streets"] = Layer("streets", "streets", "Streets", shapes, columns)
    return made


def test_that_a_place_is_written_three_ways_with_the_nearest_named_street(session: Session) -> None:
    found = identifying.here(session, 467600, 4747100, 2.0)
    assert [label for label, _ in found.positions] == ["Latitude, longitude", "MGRS", "Plan coordinates"]
    assert found.positions[2][1] == "467600.00 4747100.00"
    assert (found.street, found.street_away) == ("Chui", pytest.approx(50))
    assert [each.kind for each in found.features] == ["post", "perimeter"]
    assert not found.things


def test_that_things_of_the_city_come_with_what_is_filled_in(session: Session) -> None:
    (thing,) = identifying.here(session, 467601, 4747020, 2.0).things
    assert thing.values == {"name": "Chui", "lanes": "2"}
    assert not identifying.here(session, 467601, 4747020, 2.0, hidden={"streets"}).things


def test_that_far_from_every_street_none_is_named(session: Session) -> None:
    assert identifying.here(session, 468000, 4747100, 2.0).street == ""


def test_that_views_are_kept_replaced_and_forgotten(session: Session) -> None:
    bookmarks.keep(session, " North  gate ", (0, 0, 10, 10))
    bookmarks.keep(session, "North gate", (0, 0, 20, 10))
    assert bookmarks.views(session.plan) == {"North gate": (0, 0, 20, 10)}
    session.undo()
    bookmarks.drop(session, "North gate")
    assert not bookmarks.views(session.plan)
    with pytest.raises(BadValue):
        bookmarks.keep(session, "  ", (0, 0, 1, 1))


def test_that_a_damaged_view_is_passed_over(session: Session) -> None:
    broken = dataclasses.replace(session.plan, facts={**session.plan.facts, "view.bad": "1,2"})
    assert not bookmarks.views(broken)
