"""What is loaded is not searched for cycles again and again, and is still let go of when nobody needs it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import numpy as np
import pytest
import shapely

from venueplanner.app import documents
from venueplanner.domain.site import Layer


@pytest.fixture(autouse=True)
def searched_as_before() -> Iterator[None]:
    """Leave Python's collector as the other tests find it."""
    yield
    gc.unfreeze()


def layer_of(count: int) -> Layer:
    shapes = shapely.points(np.arange(count), np.zeros(count))
    return Layer("points", "points", "Points", shapes)


def test_that_loaded_shapes_are_no_longer_searched() -> None:
    layer = layer_of(5000)
    before = sum(isinstance(each, shapely.Point) for each in gc.get_objects())
    documents.settle()
    assert before >= 5000
    assert sum(isinstance(each, shapely.Point) for each in gc.get_objects()) == 0
    assert len(layer) == 5000


def test_that_a_settled_layer_is_freed_with_its_last_owner() -> None:
    layer = layer_of(10)
    layer.within(shapely.Point(3, 0), 1.0)
    documents.settle()
    gone = weakref.ref(layer)
    del layer
    assert gone() is None


def test_that_settling_again_finds_cycles_that_have_died_meanwhile() -> None:
    class Knot:
        me: object

    knot = Knot()
    knot.me = knot
    documents.settle()
    gone = weakref.ref(knot)
    del knot
    assert gone() is not None
    documents.settle()
    assert gone() is None
