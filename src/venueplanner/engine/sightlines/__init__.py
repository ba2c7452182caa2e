"""Sight: what an eye or a camera sees among buildings, who sees which metre, where posts see most.

Lives here: visibility polygons, optics of a camera, shadows of low obstacles, sight over a surface grid, owners of a
line, the choice of posts. Everything is in metres; bearings are degrees clockwise from north.
May import: numpy, shapely, numba. Heights of eye and target, tasks and limits are arguments of the caller.
"""

from venueplanner.engine.optics import Lens, field_angle, near_limit

from .choosing import Chosen, choose
from .looking import Look, Stand, field_of, look, stand_clear
from .obstacles import Obstacles, obstacles_of
from .posts import Stretch, mutual_sight, owned_stretches
from .terrain import Surface, hidden_ground, sees_over, visible_cells

__all__ = [
    "Chosen",
    "Lens",
    "Look",
    "Obstacles",
    "Stand",
    "Stretch",
    "Surface",
    "choose",
    "field_angle",
    "field_of",
    "hidden_ground",
    "look",
    "mutual_sight",
    "near_limit",
    "obstacles_of",
    "owned_stretches",
    "sees_over",
    "stand_clear",
    "visible_cells",
]
