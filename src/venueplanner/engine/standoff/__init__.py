"""Stand-off: how many people a zone takes in, quantity-distance, run-out behind a barrier, ways out in two directions.

Lives here: pure functions on shapes; the distances themselves are rows of published cards and live in the rule
profile. May import: numpy, shapely. To add one: a function with its source and one example, a closed-form test.
"""

from .zones import bearings, people_inside, quantity_distance, run_out, widest_turn

__all__ = ["bearings", "people_inside", "quantity_distance", "run_out", "widest_turn"]
