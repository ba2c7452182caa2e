"""How wide a vehicle still gets in, where, by which way, and every gap that must be closed.

`ground_of` prepares what stands on a site, `Ground.with_more` lays a plan's barriers over it, `passage` asks. It needs
no clean topology: outlines may overlap, touch, repeat or be mere lines. May import: numpy, shapely, scipy, numba.
"""

from .ground import Ground, ground_of
from .mesh import Mesh
from .widest import Gap, Passage, Search, passage

__all__ = ["Gap", "Ground", "Mesh", "Passage", "Search", "ground_of", "passage"]
