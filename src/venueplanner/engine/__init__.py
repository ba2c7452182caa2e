"""Geometry and networks: pure functions on shapes and arrays that know no plan.

Lives here: streets, approaches, coverage, outlines, ratings. Lengths are metres, angles degrees clockwise from north,
speeds metres per second. Thresholds are arguments, never literals.
May import: numpy, shapely, scipy, numba. Nothing else of this house.
To add one: the function with its source and one runnable example, a slow twin in tests/oracles, a closed-form test.
"""
