"""Chicanes: what stands in a carriageway, the shift it forces on a vehicle, and whether a large one still gets through.

Lives here: a street straightened to (along, across), the free places of a vehicle's centre, the best S-curve between
two of them, and the search for a way of a long vehicle. May import: engine.compiled, numpy, shapely, numba. To add a
rule of driving: a closed form in `curves`, beside its twin in tests/oracles.
"""

from .curves import best_radius, held_at, shift_radius
from .rows import Row, Straight, free_places, rows_of, straightened
from .sweep import LongVehicle, way_through

__all__ = [
    "LongVehicle",
    "Row",
    "Straight",
    "best_radius",
    "free_places",
    "held_at",
    "rows_of",
    "shift_radius",
    "straightened",
    "way_through",
]
