"""GDAL, loaded only when needed and only after the environment forbids it the network and pointing drivers."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from venueplanner.domain.surroundings import tidy


@lru_cache(maxsize=1)
def gdal() -> Any:
    """The pyogrio module."""
    tidy(os.environ)  # GDAL reads it once, when it is loaded
    import pyogrio
    import pyogrio.errors

    return pyogrio


def answers(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """The errors by which GDAL says that it cannot read or write something, and `others`."""
    errors = gdal().errors
    return errors.DataSourceError, errors.DataLayerError, errors.FeatureError, errors.GeometryError, *others


@contextmanager
def quiet() -> Iterator[None]:
    """Without GDAL's remarks: what they are about is counted and told row by row."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
