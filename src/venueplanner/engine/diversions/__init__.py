"""Closures and diversions: what a closed street does to traffic, access and the fire engine.

Lives here: closing stretches of a street network, ways round them, who loses access, two ways that share no street, and
the load other streets take over. A closure is a mask over links; the network is never rebuilt.
May import: engine.compiled, engine.streets, numpy, shapely, scipy, numba. To add a vehicle: a `Mover`.
"""

from .access import Served, Spots, served, spots_of
from .closing import Ends, closed_by, ends_of, stretch_of
from .disjoint import Pair, two_ways
from .equilibrium import Assignment, Roadbook, assign
from .roads import Mover, Roads, fitting_turns, obstacles_on, roads_of
from .search import Field, Way, field_from, way_between
from .signing import SignPlace, junctions_along, signs_for

__all__ = [
    "Assignment",
    "Ends",
    "Field",
    "Mover",
    "Pair",
    "Roadbook",
    "Roads",
    "Served",
    "SignPlace",
    "Spots",
    "Way",
    "assign",
    "closed_by",
    "ends_of",
    "field_from",
    "fitting_turns",
    "junctions_along",
    "obstacles_on",
    "roads_of",
    "served",
    "signs_for",
    "spots_of",
    "stretch_of",
    "two_ways",
    "way_between",
]
