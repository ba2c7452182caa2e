"""Approaches: how fast, at what angle and by which route a vehicle class can reach a perimeter.

Lives here: attainable speed on the streets (one exact fixed point), straight runs over open ground among obstacles, one
concrete route for every answer, and the approaches grouped and ranked. All speeds are upper bounds.
May import: engine.streets, engine.vehicle, engine.compiled, numpy, shapely, numba. To add a limit on speed: put it into
`speeds` as a cap, into the slow twin in tests/oracles, and name it in `findings.BOUNDS`.
"""

from .findings import BOUNDS, Approach, Arrival, Leg, Samples, Survey
from .speeds import Speeds, attainable_speeds
from .stations import Caps
from .survey import Rules, approaches, survey_perimeter

__all__ = [
    "BOUNDS",
    "Approach",
    "Arrival",
    "Caps",
    "Leg",
    "Rules",
    "Samples",
    "Speeds",
    "Survey",
    "approaches",
    "attainable_speeds",
    "survey_perimeter",
]
