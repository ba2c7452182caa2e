"""Smallest cordon: the cheapest line of closures that leaves no vehicle a way in, using the buildings that stand there.

`cordons` proposes, the best first; `minimum_cut` is what it stands on. May import: engine.passage, numpy, shapely,
scipy, numba.
"""

from .cutting import Network, minimum_cut, reduced
from .proposals import Answer, Closure, Wish, cordons

__all__ = ["Answer", "Closure", "Network", "Wish", "cordons", "minimum_cut", "reduced"]
