"""Elevation as a city layer carries it: heights on a square grid in the plan's own metres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Heights = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Terrain:
    """Heights on square cells: z (rows, columns) metres, north row first, nan where nothing is known.

    west, north: the grid's corner in the plan's system; cell: side of a cell, both in metres. Outside nothing is known.
    """

    z: Heights
    west: float
    north: float
    cell: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, south, east, north edge, metres."""
        rows, columns = self.z.shape
        return self.west, self.north - rows * self.cell, self.west + columns * self.cell, self.north

    @property
    def known(self) -> int:
        """How many cells have a height."""
        return int(np.isfinite(self.z).sum())

    @property
    def range(self) -> tuple[float, float]:
        """Lowest and highest height, metres; nan where no cell has one."""
        return (float(np.nanmin(self.z)), float(np.nanmax(self.z))) if self.known else (float("nan"), float("nan"))
