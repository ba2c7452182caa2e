"""Every example in the docstrings of streets and approaches runs and says what it says."""

from __future__ import annotations

import doctest

import pytest

from venueplanner.engine import vehicle
from venueplanner.engine.approaches import places, speeds, survey
from venueplanner.engine.streets import bends, blocks, building


@pytest.mark.parametrize("module", [vehicle, bends, blocks, building, places, speeds, survey], ids=lambda m: m.__name__)
def test_that_the_examples_in_the_docstrings_are_true(module):
    failed, _ = doctest.testmod(module)
    assert failed == 0
