"""Crowds: how many fit, how long they wait to get in, and how fast they get out.

`figures` are the formulas of the guidance, `arrivals` the queue before entry lanes, `ground` and `walking` distances
over free cells, `quickest` the time until the last one is out, `openings` what barriers leave of an exit,
`narrow_places` where the way is narrow.
May import: numpy, shapely, scipy, numba, and `passage` and `cordons` of this room.
"""

from .arrivals import Queue, arrivals_of, peak_arrivals, queue
from .figures import Capacity, exit_capacity, hydraulic_time, level_of_service, net_area, width_needed
from .ground import Walkable, walkable
from .groups import groups
from .narrow_places import Narrow, Widest, narrows, widest_way
from .openings import Array, across
from .quickest import Clearing, clearing
from .walking import Distances, distances

__all__ = [
    "Array",
    "Capacity",
    "Clearing",
    "Distances",
    "Narrow",
    "Queue",
    "Walkable",
    "Widest",
    "across",
    "arrivals_of",
    "clearing",
    "distances",
    "exit_capacity",
    "groups",
    "hydraulic_time",
    "level_of_service",
    "narrows",
    "net_area",
    "peak_arrivals",
    "queue",
    "walkable",
    "widest_way",
    "width_needed",
]
